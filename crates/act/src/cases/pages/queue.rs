//! The queue: what is due first, with a bowl and words.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::{Actor, Permission};
use kernel::texts::T;
use kernel::{Error, Id, Instant, Result, Tx};
use web_kit::{App, FormView, HttpResult, Page, Query, SignedIn};

use super::query::QueueQuery;
use super::{Beside, Promised, counted, counted_alone, excerpt};
use crate::cases::actions::Listing;
use crate::cases::model::{Case, Counts, Filter, Phase, Severity, Sort, View};
use crate::cases::rules::{self, Due};
use crate::cases::store::Place;
use crate::cases::{actions, url};
use crate::causes;
use crate::clocks::ClockView;

/// Letters of the customer's words shown in a row.
const EXCERPT: usize = 110;

/// A row.
struct Row {
    id: Id,
    href: String,
    title: String,
    customer: String,
    reference: String,
    words: String,
    next: String,
    owner: String,
    site: String,
    clock: Option<ClockView>,
    ended: String,
    is_danger: bool,
    /// How bad it is, where that is more than an annoyance and no danger.
    severity: String,
    is_open: bool,
    is_free: bool,
}

/// Rows under one heading, with how many there are of them in all.
struct Group {
    title: String,
    n: String,
    rows: Vec<Row>,
}

struct Tab {
    label: String,
    href: String,
    n: String,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "cases/views/queue.html")]
struct QueueView {
    page: Page,
    form: FormView,
    q: QueueQuery,
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    sites: Vec<(String, String)>,
    causes: Vec<(String, String)>,
    owners: Vec<(String, String)>,
    severities: Vec<(String, String)>,
    sorts: Vec<(String, String)>,
    promises: Vec<Promised>,
    /// What restricts the list beside the choices of the form, in words.
    tags: Vec<String>,
    clear: String,
    /// This page of the list.
    here: String,
    previous: Option<String>,
    next: Option<String>,
    /// How many cases the whole list holds, and in which order.
    total: String,
    order: String,
    is_filtered: bool,
    may_write: bool,
    may_manage: bool,
    /// Rows may be chosen and worked on together.
    may_choose: bool,
    export: String,
    /// The file leaves customers out.
    is_export_bare: bool,
    /// What nobody has; empty when there is nothing.
    to_take: String,
}

/// Everything the page reads.
struct Read {
    filter: Filter,
    listing: Listing,
    cut: Cut,
    total: i64,
    beside: Beside,
    counts: Counts,
    tree: causes::model::Tree,
    owners: Vec<(Id, String, String)>,
    team: String,
    promises: Vec<Promised>,
}

/// How many cases the first and the last part on a page hold in all, where they go on beyond it.
#[derive(Clone, Copy, Default)]
struct Cut {
    first: Option<i64>,
    last: Option<i64>,
}

impl Cut {
    fn read(tx: &mut Tx<'_>, by: &Actor, filter: &Filter, listing: &Listing, me: &SignedIn) -> Result<Self> {
        if !filter.is_by_deadline() {
            return Ok(Self::default());
        }
        let (zone, now) = (&me.organisation().zone, tx.now());
        let mut count = |case: Option<&Case>, goes_on: bool| match case {
            Some(case) if goes_on => actions::count_due(tx, by, filter, Due::of(case, zone, now)).map(Some),
            _ => Ok(None),
        };
        let first = count(listing.cases.first(), listing.previous.is_some())?;
        Ok(Self { first, last: count(listing.cases.last(), listing.next.is_some())? })
    }
}

fn read(tx: &mut Tx<'_>, me: &SignedIn, q: &QueueQuery) -> Result<Read> {
    let (actor, t) = (me.actor(), me.t());
    let window = q.window(actions::PAGE)?;
    let tree = causes::actions::tree(tx, actor)?;
    let filter = actions::find(tx, actor, q.filter(actor.user(), &tree), &q.q)?;
    let listing = actions::listing(tx, actor, &filter, window)?;
    let today = me.organisation().zone.day_of(tx.now());
    let promised = match (q.view, window.beyond) {
        (View::Mine, None) => actions::promised(tx, actor, today)?,
        _ => Vec::new(),
    };
    let team = match filter.team {
        Some(team) => actions::teams_and_owners(tx, actor)?.0.remove(&team).unwrap_or_default(),
        None => String::new(),
    };
    Ok(Read {
        cut: Cut::read(tx, actor, &filter, &listing, me)?,
        total: actions::count(tx, actor, &filter)?,
        beside: Beside::read(tx, &actor.scope, &listing.cases)?,
        counts: actions::counts(tx, actor)?,
        owners: actions::carriers(tx, actor, None)?,
        promises: Promised::all(t, &Beside::read(tx, &actor.scope, &promised)?, &promised, today),
        team,
        tree,
        filter,
        listing,
    })
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(mut q): Query<QueueQuery>,
) -> HttpResult {
    if let Some(found) = by_reference(&app, &me, &q.q).await? {
        return Ok(web_kit::redirect(&url(found)));
    }
    if q.view == View::Mine && !me.may(Permission::CasesWrite) {
        // Who carries no cases has no queue of their own.
        q.view = View::Open;
    }
    let (who, query) = (me.clone(), q.clone());
    let found = app.read(move |tx| read(tx, &who, &query)).await?;
    let has_place = !q.cursor.is_empty() || !q.before.is_empty();
    if found.listing.cases.is_empty() && has_place {
        // What was there is done meanwhile.
        return Ok(web_kit::redirect(&q.address(q.view)));
    }
    let page = Page::new(&app, &me, &headers, "/cases");
    let view = view(page, &app, &me, q, found);
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn view(page: Page, app: &App, me: &SignedIn, q: QueueQuery, found: Read) -> QueueView {
    let t = me.t();
    let list = q.address(q.view);
    let way =
        |name: &str, place: Option<Place>| place.map(|place| format!("{list}&{name}={}", cursor_text(place)));
    let may_write = me.may(Permission::CasesWrite);
    let mut causes = vec![(String::new(), t.get("case-any-cause"))];
    causes.extend(found.tree.choices(t.locale(), q.cause.parse().ok()));
    QueueView {
        form: FormView::new(t, me.csrf(), Vec::new()),
        tabs: tabs(t, &q, found.counts, may_write),
        groups: groups(app, me, &q, &found),
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        causes,
        owners: with_any(
            t,
            "case-any-owner",
            found.owners.into_iter().map(|(id, name, _)| (id.to_string(), name)),
        ),
        severities: with_any(
            t,
            "case-any-severity",
            Severity::ALL.iter().map(|s| (s.name().to_owned(), t.get(s.key()))),
        ),
        sorts: sorts(t, q.view),
        promises: found.promises,
        tags: tags(t, &found.filter, found.team),
        clear: format!("/cases?view={}", q.view.name()),
        here: match (q.before.as_str(), q.cursor.as_str()) {
            ("", "") => list.clone(),
            ("", cursor) => format!("{list}&cursor={cursor}"),
            (before, _) => format!("{list}&before={before}"),
        },
        previous: way("before", found.listing.previous),
        next: way("cursor", found.listing.next),
        total: t.one("case-total", "n", counted(t, found.total)),
        order: t.get(order_keys(&found.filter).1),
        is_filtered: q.is_filtered(),
        may_write,
        may_manage: me.actor().require_whole(Permission::CasesManage).is_ok(),
        may_choose: may_write && q.view != View::Closed,
        export: list.replacen("/cases?", "/cases/export.csv?", 1),
        is_export_bare: !me.may(Permission::CustomersExport),
        to_take: match found.counts.free {
            0 => String::new(),
            n => t.one("case-none-mine-help", "n", counted(t, n)),
        },
        q,
        page,
    }
}

/// Orders to choose from: each once.
fn sorts(t: T, view: View) -> Vec<(String, String)> {
    let orders = Sort::ALL.into_iter().filter(|sort| view != View::All || *sort != Sort::Newest);
    let shown = orders.map(|sort| {
        let filter = Filter { view, sort, ..Filter::default() };
        (sort.name().to_owned(), t.get(order_keys(&filter).0))
    });
    shown.collect()
}

/// Text keys of the order a list is in: among the choices, and as a sentence.
const fn order_keys(filter: &Filter) -> (&'static str, &'static str) {
    match (filter.sort, filter.view) {
        (Sort::Oldest, _) => ("case-sort-oldest", "case-sorted-oldest"),
        (Sort::Newest, _) | (_, View::All) => ("case-sort-latest", "case-sorted-latest"),
        (_, View::Closed) => ("case-sort-closed", "case-sorted-closed"),
        _ => ("case-sort-due", "case-sorted-due"),
    }
}

/// What restricts a list that a figure opened, in words: its standing, its team, its period.
fn tags(t: T, filter: &Filter, team: String) -> Vec<String> {
    let standing = filter.standing.map(|s| t.get(&format!("case-standing-{}", s.name().replace('_', "-"))));
    let period = match (filter.from, filter.to) {
        (Some(from), Some(to)) => Some(t.two("case-opened-between", "from", t.day(from), "to", t.day(to))),
        (Some(from), None) => Some(t.one("case-opened-from", "from", t.day(from))),
        (None, Some(to)) => Some(t.one("case-opened-to", "to", t.day(to))),
        (None, None) => None,
    };
    [standing, Some(team).filter(|team| !team.is_empty()), period].into_iter().flatten().collect()
}

/// A reference that was typed leads straight to its case.
async fn by_reference(app: &App, me: &SignedIn, typed: &str) -> Result<Option<Id>> {
    let typed = typed.trim().to_uppercase();
    if !crate::reference::holds(&typed) {
        return Ok(None);
    }
    let actor = me.actor().clone();
    let found = app.read(move |tx| actions::by_reference(tx, &actor, &typed)).await?;
    Ok(found.map(|case| case.id))
}

/// The choices of a list after the one that restricts nothing.
fn with_any(t: T, any: &str, choices: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), t.get(any))).chain(choices).collect()
}

/// A place in the queue as text: `micros-id`.
pub fn cursor_text((at, id): Place) -> String {
    format!("{}-{id}", at.as_micros())
}

/// Reads it.
///
/// # Errors
/// At `cursor`, when it was not written by [`cursor_text`].
pub fn cursor(text: &str) -> Result<Place> {
    let parsed = text
        .rsplit_once('-')
        .and_then(|(at, id)| Some((Instant::from_micros(at.parse().ok()?), id.parse().ok()?)));
    parsed.ok_or_else(|| Error::field("cursor", "kit-bad-cursor"))
}

fn tabs(t: T, q: &QueueQuery, counts: Counts, may_write: bool) -> Vec<Tab> {
    let views = View::ALL.into_iter().filter(|view| may_write || *view != View::Mine);
    views
        .map(|view| Tab {
            label: t.get(&format!("case-view-{}", view.name())),
            href: q.address(view),
            n: match view {
                View::Mine => counted_alone(t, counts.mine),
                View::Free => counted_alone(t, counts.free),
                View::Late => counted_alone(t, counts.late),
                View::Open => counted_alone(t, counts.open),
                View::Closed | View::All => String::new(),
            },
            is_here: view == q.view,
        })
        .collect()
}

/// Rows under headings by deadline; in any other order they stand under none.
fn groups(app: &App, me: &SignedIn, q: &QueueQuery, found: &Read) -> Vec<Group> {
    let (t, now, zone) = (me.t(), app.db().clock().now(), &me.organisation().zone);
    let kept = q.kept();
    let mut groups: Vec<(Option<Due>, Vec<Row>)> = Vec::new();
    for case in &found.listing.cases {
        let due = found.filter.is_by_deadline().then(|| Due::of(case, zone, now));
        let row = row(me, case, &found.beside, now, &kept);
        match groups.last_mut().filter(|(last, _)| *last == due) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((due, vec![row])),
        }
    }
    let last = groups.len().saturating_sub(1);
    let shown = groups.into_iter().enumerate().map(|(n, (due, rows))| {
        let whole = found.cut.first.filter(|_| n == 0).or(found.cut.last.filter(|_| n == last));
        let held = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        Group {
            title: due.map_or_else(String::new, |due| t.get(due.key())),
            n: counted_alone(t, whole.unwrap_or(held)),
            rows,
        }
    });
    shown.collect()
}

fn row(me: &SignedIn, case: &Case, beside: &Beside, now: Instant, kept: &str) -> Row {
    let (t, zone) = (me.t(), &me.organisation().zone);
    let runs = case.is_open() && case.clock.phase != Phase::Over;
    let is_told_apart = case.severity != Severity::Minor && !case.is_danger();
    Row {
        id: case.id,
        href: format!("{}{kept}", url(case.id)),
        is_danger: case.is_danger(),
        severity: if is_told_apart { t.get(case.severity.key()) } else { String::new() },
        is_open: case.is_open(),
        is_free: case.is_open() && case.owner.is_none(),
        title: case.title.clone(),
        customer: beside.customer(t, case),
        reference: case.reference.clone(),
        words: excerpt(&case.words, EXCERPT),
        next: t.get(rules::next_step(case).key()),
        owner: beside.owner(case),
        site: me.site_names().get(case.site).to_owned(),
        clock: runs.then(|| ClockView::new(t, zone, case.clock.from, &case.clock.times, now)),
        ended: match (case.closed_at, case.told_at) {
            (Some(at), _) => t.one("case-closed-on", "day", t.day(zone.day_of(at))),
            (None, Some(at)) => t.one("case-told-on", "day", t.day(zone.day_of(at))),
            _ if case.refusal.is_some() => t.get("case-wants-none"),
            _ => String::new(),
        },
    }
}
