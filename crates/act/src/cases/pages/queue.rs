//! The queue: what is due first, with a bowl and words.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use kernel::texts::T;
use kernel::{Day, Error, Id, Instant, Result};
use serde::Deserialize;
use web_kit::{App, HttpResult, Page, Query, SignedIn, query_value};

use super::{Beside, Promised, counted, counted_alone, excerpt};
use crate::cases::model::{Case, Counts, Filter, Phase, Severity, Standing, View};
use crate::cases::store::Place;
use crate::cases::{actions, rules};
use crate::causes;
use crate::clocks::ClockView;

/// Letters of the customer's words shown in a row.
const EXCERPT: usize = 110;

/// What the address says.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct QueueQuery {
    view: View,
    site: String,
    team: String,
    cause: String,
    from: String,
    to: String,
    standing: String,
    owner: String,
    severity: String,
    /// What was typed: a reference or a part of it, a customer, words of the title.
    pub(crate) q: String,
    cursor: String,
}

impl QueueQuery {
    /// The filter; what cannot be read restricts nothing.
    pub(crate) fn filter(&self, owner: Option<Id>, causes: &causes::model::Tree) -> Filter {
        let cause: Option<Id> = self.cause.parse().ok();
        Filter {
            view: self.view,
            owner,
            // Mine are mine, and those to take are nobody's.
            carrier: self.owner.parse().ok().filter(|_| !matches!(self.view, View::Mine | View::Free)),
            severity: Severity::parse(&self.severity).ok(),
            site: self.site.parse().ok(),
            team: self.team.parse().ok(),
            causes: cause.map(|id| causes.below(id)).unwrap_or_default(),
            from: self.from.parse::<Day>().ok(),
            to: self.to.parse::<Day>().ok(),
            standing: Standing::ALL.into_iter().find(|s| s.name() == self.standing),
            found: None,
        }
    }

    /// The same choice in an address, with another view.
    fn address(&self, view: View) -> String {
        let pairs = [
            ("site", &self.site),
            ("team", &self.team),
            ("cause", &self.cause),
            ("from", &self.from),
            ("to", &self.to),
            ("standing", &self.standing),
            ("owner", &self.owner),
            ("severity", &self.severity),
            ("q", &self.q),
        ];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let rest: String = given.map(|(name, value)| format!("&{name}={}", query_value(value))).collect();
        format!("/cases?view={}{rest}", view.name())
    }

    fn is_filtered(&self) -> bool {
        let restricting = [
            &self.site,
            &self.team,
            &self.cause,
            &self.from,
            &self.to,
            &self.standing,
            &self.owner,
            &self.severity,
            &self.q,
        ];
        restricting.iter().any(|v| !v.is_empty())
    }
}

/// A row.
struct Row {
    id: Id,
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
}

/// Rows under one heading.
struct Group {
    title: String,
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
    q: QueueQuery,
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    sites: Vec<(String, String)>,
    causes: Vec<(String, String)>,
    owners: Vec<(String, String)>,
    severities: Vec<(String, String)>,
    promises: Vec<Promised>,
    standing: String,
    clear: String,
    next: Option<String>,
    is_filtered: bool,
    may_write: bool,
    may_manage: bool,
    export: String,
    /// What nobody has; empty when there is nothing.
    to_take: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(mut q): Query<QueueQuery>,
) -> HttpResult {
    if let Some(found) = by_reference(&app, &me, &q.q).await? {
        return Ok(web_kit::redirect(&crate::cases::url(found)));
    }
    if q.view == View::Mine && !me.may(Permission::CasesWrite) {
        // Who carries no cases has no queue of their own.
        q.view = View::Open;
    }
    let (actor, t) = (me.actor().clone(), me.t());
    let query = q.clone();
    let beyond = Some(q.cursor.as_str()).filter(|c| !c.is_empty()).map(cursor).transpose()?;
    let today = me.today(&app);
    let ((found, next), beside, counts, tree, owners, promises) = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            let filter = actions::find(tx, &actor, query.filter(actor.user(), &tree), &query.q)?;
            let (found, next) = actions::page(tx, &actor, &filter, beyond, actions::PAGE)?;
            let promised = match (query.view, beyond) {
                (View::Mine, None) => actions::promised(tx, &actor, today)?,
                _ => Vec::new(),
            };
            let promises = Promised::all(t, &Beside::read(tx, &actor.scope, &promised)?, &promised, today);
            let beside = Beside::read(tx, &actor.scope, &found)?;
            let owners = actions::carriers(tx, &actor, None)?;
            Ok(((found, next), beside, actions::counts(tx, &actor)?, tree, owners, promises))
        })
        .await?;
    let next = next.map(|place| format!("{}&cursor={}", q.address(q.view), cursor_text(place)));
    let page = Page::new(&app, &me, &headers, "/cases");
    let mut causes = vec![(String::new(), t.get("case-any-cause"))];
    causes.extend(tree.choices(t.locale(), q.cause.parse().ok()));
    let view = QueueView {
        tabs: tabs(t, &q, counts, me.may(Permission::CasesWrite)),
        groups: groups(&app, &me, q.view, &found, &beside),
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        causes,
        owners: with_any(t, "case-any-owner", owners.into_iter().map(|(id, name, _)| (id.to_string(), name))),
        severities: with_any(
            t,
            "case-any-severity",
            Severity::ALL.iter().map(|s| (s.name().to_owned(), t.get(s.key()))),
        ),
        promises,
        standing: standing(t, &q.standing),
        clear: format!("/cases?view={}", q.view.name()),
        next,
        is_filtered: q.is_filtered(),
        may_write: me.may(Permission::CasesWrite),
        may_manage: me.actor().require_whole(Permission::CasesManage).is_ok(),
        export: q.address(q.view).replacen("/cases?", "/cases/export.csv?", 1),
        to_take: match counts.free {
            0 => String::new(),
            n => t.one("case-none-mine-help", "n", counted(t, n)),
        },
        q,
        page,
    };
    Page::show(view.page.toast.is_some(), &app, &view)
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

fn standing(t: T, name: &str) -> String {
    let known = Standing::ALL.into_iter().find(|s| s.name() == name);
    known.map_or_else(String::new, |s| t.get(&format!("case-standing-{}", s.name().replace('_', "-"))))
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

/// Rows under headings by deadline; closed ones stand under one.
fn groups(app: &App, me: &SignedIn, view: View, cases: &[Case], beside: &Beside) -> Vec<Group> {
    let (t, now) = (me.t(), app.db().clock().now());
    let mut groups: Vec<(&'static str, Group)> = Vec::new();
    for case in cases {
        let key = heading(me, view, case, now);
        let row = row(me, case, beside, now);
        match groups.last_mut().filter(|(last, _)| *last == key) {
            Some((_, group)) => group.rows.push(row),
            None => {
                let title = if key.is_empty() { String::new() } else { t.get(key) };
                groups.push((key, Group { title, rows: vec![row] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn heading(me: &SignedIn, view: View, case: &Case, now: Instant) -> &'static str {
    if matches!(view, View::Closed | View::All) {
        return "";
    }
    let zone = &me.organisation().zone;
    let due = case.clock.times.due_at;
    match zone.day_of(due).days_since(zone.day_of(now)) {
        _ if case.is_danger() => "case-group-danger",
        _ if case.clock.phase == Phase::Over => "case-group-told",
        _ if due <= now => "case-group-late",
        0 => "case-group-today",
        1 => "case-group-tomorrow",
        2..=6 => "case-group-week",
        _ => "case-group-later",
    }
}

fn row(me: &SignedIn, case: &Case, beside: &Beside, now: Instant) -> Row {
    let (t, zone) = (me.t(), &me.organisation().zone);
    let runs = case.is_open() && case.clock.phase != Phase::Over;
    Row {
        id: case.id,
        is_danger: case.is_danger(),
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
