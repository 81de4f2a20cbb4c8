//! One case: its clock, the customer's words, what to do next, the letter, and everything that happened.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::clock::Zone;
use kernel::identity::Permission;
use kernel::texts::{Locale, T};
use kernel::{Day, Error, FieldError, Id, Instant, Tx};
use know::customers::model::{Customer, Details};
use serde::Deserialize;
use web_kit::{App, FormView, HttpResult, Page, Path, Query, SignedIn};

use super::choices;
use super::history::{self, Line, Words};
use super::letter::{self, Todo, todos};
use super::others::Other;
use super::query::QueueQuery;
use super::refused_page;
use crate::cases::model::{Case, CaseEdit, Closing, Phase, Remedy, Severity, Step};
use crate::cases::rules::{self, CaseRules, NextStep};
use crate::cases::store::{self, Draft};
use crate::cases::{actions, composer, url};
use crate::causes;
use crate::clocks::ClockView;

/// What was typed into one of the small forms of the page, and did not fit.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// Which form: `attempt`, `notice`, `extension`, `handover`, `note`, `opening`, `closing`, `cause`, `letter` or
    /// `edit`.
    pub(super) form: &'static str,
    /// Text of a note or reason.
    pub(super) text: String,
    /// Channel chosen.
    pub(super) channel: String,
    /// Outcome chosen.
    pub(super) outcome: String,
    /// Day chosen.
    pub(super) until: String,
    /// Colleague chosen.
    pub(super) to: String,
    /// Closing as typed.
    pub(super) closing: Option<Closing>,
    /// Case as typed.
    pub(super) edit: Option<CaseEdit>,
    /// Letter as typed.
    pub(super) draft: Option<Draft>,
    /// What did not fit.
    pub(super) errors: Vec<FieldError>,
    /// Somebody else saved first: both versions are shown.
    pub(super) is_stale: bool,
}

/// A case that is asked for, from a list.
pub(super) struct Asked<'a> {
    pub(super) app: &'a App,
    pub(super) me: &'a SignedIn,
    pub(super) headers: &'a HeaderMap,
    pub(super) id: Id,
    pub(super) list: &'a QueueQuery,
}

/// The page of a case within the list it was opened from.
pub(super) fn within(id: Id, list: &QueueQuery) -> String {
    format!("{}{}", url(id), list.kept())
}

/// A date on the line of the case.
struct Mark {
    label: String,
    date: String,
    class: &'static str,
}

/// A field both people changed.
struct Both {
    field: &'static str,
    label: String,
    theirs: String,
    theirs_value: String,
    /// Who saved it otherwise, and when.
    who: String,
    ours: String,
    ours_value: String,
}

/// A call made by pressing the number.
struct Phone {
    shown: String,
    href: String,
}

/// What the customer was promised.
struct Promised {
    words: String,
    day: String,
    is_late: bool,
    is_today: bool,
}

#[derive(Template)]
#[template(path = "cases/views/sheet.html")]
struct SheetView {
    page: Page,
    case: Case,
    name: String,
    phone: Option<Phone>,
    site: String,
    owner: String,
    is_mine: bool,
    clock: Option<ClockView>,
    phase: String,
    next: NextStep,
    marks: Vec<Mark>,
    said_when: String,
    score: String,
    cost: String,
    form: FormView,
    typed: Typed,
    edit: CaseEdit,
    base: String,
    both: Vec<Both>,
    closing: Closing,
    promise: Option<Promised>,
    no_extension: String,
    severities: Vec<(String, String)>,
    causes: Vec<(String, String)>,
    remedies: Vec<(String, String)>,
    endings: Vec<(String, String)>,
    remedy: String,
    cause: String,
    outcomes: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    carriers: Vec<(String, String)>,
    draft: Draft,
    draft_kept: String,
    draft_since: i64,
    todos: Vec<Todo>,
    others: Vec<String>,
    address: Option<String>,
    is_leaving: bool,
    lines: Vec<Line>,
    up_next: Option<Case>,
    /// Other cases of the same customer.
    of_customer: Vec<Other>,
    /// The contact that can still be taken back.
    take_back: Option<Id>,
    /// Their customer was erased: nobody is left to be told.
    is_erased: bool,
    /// What addresses end with to stay within the list the case was opened from.
    keep: String,
    may_write: bool,
    may_close: bool,
}

impl SheetView {
    /// Whether this is the contact that can still be taken back.
    fn may_take_back(&self, line: &Line) -> bool {
        self.may_write && self.take_back == Some(line.id)
    }

    /// The fields of the form nobody else changed otherwise.
    fn agreed(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("title", self.edit.title.as_str()),
            ("severity", self.edit.severity.as_str()),
            ("cause", self.edit.cause.as_str()),
            ("remedy", self.edit.remedy.as_str()),
            ("cost", self.edit.cost.as_str()),
        ];
        all.into_iter().filter(|(name, _)| self.both.iter().all(|both| both.field != *name)).collect()
    }
}

/// What the address says beside the list: `refused` where a letter was just kept back.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct LetterQuery {
    letter: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(list): Query<QueueQuery>,
    Query(letter): Query<LetterQuery>,
) -> HttpResult<Response> {
    let asked = Asked { app: &app, me: &me, headers: &headers, id, list: &list };
    let form = if letter.letter == letter::REFUSED { "letter" } else { "" };
    render(&asked, Typed { form, ..Typed::default() }, StatusCode::OK).await
}

/// Everything the page reads.
struct Read {
    case: Case,
    customer: Option<Customer>,
    steps: Vec<Step>,
    tree: causes::model::Tree,
    carriers: Vec<(Id, String, String)>,
    owner: String,
    draft: Draft,
    others: Vec<(String, Instant)>,
    address: Option<String>,
    up_next: Option<Case>,
    rules: CaseRules,
    is_erased: bool,
    /// Other cases of the same customer, the latest first.
    of_customer: Vec<Case>,
    /// What keeps the letter back as it was kept, where that is asked.
    kept_back: Vec<FieldError>,
}

/// Other cases of the customer that are shown.
const OTHERS: usize = 6;

fn read(tx: &mut Tx<'_>, me: &SignedIn, id: Id, list: &QueueQuery, typed: &Typed) -> kernel::Result<Read> {
    let actor = me.actor();
    let case = actions::read(tx, actor, id)?;
    let tree = causes::actions::tree(tx, actor)?;
    let came_from = actions::find(tx, actor, list.filter(actor.user(), &tree), &list.q)?;
    let draft = composer::draft(tx, actor, me.t(), &case)?;
    let is_refused = typed.form == "letter" && typed.errors.is_empty() && case.is_open();
    let mut of_customer = match case.customer {
        Some(customer) => store::of_customers(tx, &actor.scope, &[customer], OTHERS + 1)?,
        None => Vec::new(),
    };
    of_customer.retain(|other| other.id != id);
    let customer = match case.customer {
        Some(customer) if actor.may(Permission::CustomersRead) => {
            know::customers::store::by_ids(tx, &actor.scope, &[customer])?.pop()
        }
        _ => None,
    };
    let owner = match case.owner {
        Some(owner) => store::names(tx, &[owner])?.remove(&owner).unwrap_or_default(),
        None => String::new(),
    };
    let me_id = me.user().id;
    Ok(Read {
        steps: store::steps(tx, id)?,
        carriers: actions::carriers(tx, actor, case.site)?,
        kept_back: if is_refused { composer::keeps_back(tx, &case, &draft)? } else { Vec::new() },
        others: store::other_drafts(tx, id, me_id)?,
        rules: store::case_rules(tx)?.0,
        address: composer::address(tx, &case)?,
        up_next: actions::next_after(tx, actor, &case, &came_from)?,
        is_erased: match case.customer {
            Some(customer) => know::customers::store::is_erased(tx, customer)?,
            None => false,
        },
        customer,
        owner,
        of_customer,
        draft,
        tree,
        case,
    })
}

/// The page with what was typed into one of its forms, and why it was refused.
pub(super) async fn refused(asked: &Asked<'_>, typed: Typed) -> HttpResult<Response> {
    let status = if typed.is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    render(asked, typed, status).await
}

async fn render(asked: &Asked<'_>, typed: Typed, status: StatusCode) -> HttpResult<Response> {
    let Asked { app, me, headers, id, list } = *asked;
    let (who, from, sent) = (me.clone(), list.clone(), typed.clone());
    let found = app.read(move |tx| read(tx, &who, id, &from, &sent)).await?;
    let page = Page::new(app, me, headers, "/cases").crumb(found.case.reference.clone(), "");
    let has_toast = page.toast.is_some();
    let view = view(page, asked, found, typed);
    if status == StatusCode::OK {
        return Page::show(has_toast, app, &view);
    }
    refused_page(status, &view)
}

fn view(page: Page, asked: &Asked<'_>, found: Read, typed: Typed) -> SheetView {
    let (me, now) = (asked.me, asked.app.db().clock().now());
    let (t, zone, keep) = (me.t(), me.organisation().zone.clone(), asked.list.kept());
    let Read { case, customer, steps, tree, carriers, owner, draft, others, address, up_next, rules, .. } =
        found;
    let errors = if typed.errors.is_empty() { found.kept_back } else { typed.errors.clone() };
    let words = Words::of(t, &zone, &tree, &case);
    let saved = rules::to_edit(&case);
    let (edit, both) = typed_edit(&words, &steps, &saved, &typed);
    let draft_kept = draft.saved_at.map(|at| t.time(at, &zone)).unwrap_or_default();
    let draft_since = draft.saved_at.map_or(0, |at| at.as_micros() / 1_000);
    let draft = typed.draft.clone().unwrap_or(draft);
    let runs = case.is_open() && case.clock.phase != Phase::Over;
    let mut cause_choices = vec![(String::new(), t.get("case-cause-unknown"))];
    cause_choices.extend(tree.choices(t.locale(), case.cause));
    let details = customer.as_ref().map(|c| &c.details);
    SheetView {
        name: details.map_or_else(|| case.reach.clone(), know::customers::model::Details::name),
        phone: phone(details, &case),
        site: me.site_names().get(case.site).to_owned(),
        is_mine: case.owner == Some(me.user().id),
        owner,
        clock: runs.then(|| ClockView::new(t, &zone, case.clock.from, &case.clock.times, now)),
        phase: t.get(case.clock.phase.key()),
        next: rules::next_step(&case),
        marks: marks(t, &zone, &case),
        said_when: t.happened(case.opened_at, &zone),
        score: score(t, &case),
        cost: if case.cost > 0 { t.money(case.cost, &case.currency) } else { String::new() },
        form: FormView::new(t, me.csrf(), errors.into_iter().map(letter::at_element).collect()),
        of_customer: found.of_customer.iter().map(|other| Other::new(t, &zone, other, now)).collect(),
        take_back: rules::last_contact(&steps).filter(|_| case.is_open()).map(|step| step.id),
        base: serde_json::to_string(&saved).unwrap_or_default(),
        both,
        closing: typed.closing.clone().unwrap_or_else(|| prefilled(&case)),
        promise: promised(t, &case, zone.day_of(now)),
        no_extension: actions::may_extend(me.actor(), &case, &rules)
            .err()
            .map_or_else(String::new, |e| said(t, &e)),
        edit: CaseEdit { version: case.version.to_string(), cost: in_form(t, &edit.cost), ..edit },
        severities: Severity::ALL.iter().map(|s| (s.name().to_owned(), t.get(s.key()))).collect(),
        cause: tree.path(case.cause, t.locale()),
        causes: cause_choices,
        remedies: Remedy::ALL.iter().map(|r| (r.name().to_owned(), t.get(r.key()))).collect(),
        endings: choices::endings(t),
        remedy: match case.remedy {
            Remedy::None if !case.is_open() => t.get("case-remedy-nothing"),
            other => t.get(other.key()),
        },
        outcomes: choices::outcomes(t),
        channels: ["phone", "counter", "mail", "letter", "visit"]
            .map(|name| (name.to_owned(), t.get(&format!("channel-{name}"))))
            .into(),
        carriers: carriers
            .into_iter()
            .filter(|(id, _, _)| Some(*id) != case.owner)
            .map(|(id, name, title)| {
                let label = if title.is_empty() { name } else { format!("{name}, {title}") };
                (id.to_string(), label)
            })
            .collect(),
        todos: todos(t, &draft.body, &composer::check(&draft, &case.words)),
        draft,
        draft_kept,
        draft_since,
        others: others
            .into_iter()
            .map(|(name, at)| t.two("letter-other-draft", "name", name, "time", t.moment(at, &zone)))
            .collect(),
        address,
        is_leaving: history::is_leaving(&steps),
        lines: history::lines(&words, &steps),
        up_next,
        is_erased: found.is_erased,
        keep,
        may_write: me.may(Permission::CasesWrite),
        may_close: rules::may_close(&case).is_ok(),
        page,
        typed,
        case,
    }
}

/// What the form of the case shows: what was typed, together with what others saved meanwhile; and the fields both
/// changed.
fn typed_edit(words: &Words<'_>, steps: &[Step], saved: &CaseEdit, typed: &Typed) -> (CaseEdit, Vec<Both>) {
    let Some(ours) = typed.edit.clone() else { return (saved.clone(), Vec::new()) };
    if !typed.is_stale {
        return (ours, Vec::new());
    }
    let (merged, clashes) = match serde_json::from_str::<CaseEdit>(&ours.base) {
        Ok(base) => rules::merged(&base, &ours, saved),
        Err(_) => {
            let fields = ["title", "severity", "cause", "remedy", "cost"];
            let differ = rules::changes(saved, &ours);
            (ours, fields.into_iter().filter(|field| differ.iter().any(|d| d.field == *field)).collect())
        }
    };
    let differ = rules::changes(saved, &merged);
    let both = clashes.into_iter().filter_map(|field| {
        let change = differ.iter().find(|change| change.field == field)?;
        Some(Both {
            field,
            label: words.field(field),
            theirs: words.value(field, &change.from),
            theirs_value: change.from.clone(),
            who: who_changed(words, steps, field),
            ours: words.value(field, &change.to),
            ours_value: change.to.clone(),
        })
    });
    let both = both.collect();
    (merged, both)
}

/// Who changed a field last, and when.
fn who_changed(words: &Words<'_>, steps: &[Step], field: &str) -> String {
    let of = |step: &&Step| step.detail.changes.iter().any(|change| change.field == field);
    let Some(step) = steps.iter().rev().find(of) else { return String::new() };
    let when = words.t.moment(step.at, words.zone);
    match step.actor_name.as_str() {
        "" => when,
        name => words.t.two("case-saved-by", "name", name, "when", when),
    }
}

/// An amount as a reader of this language writes it.
fn in_form(t: T, cost: &str) -> String {
    if t.locale() == Locale::En { cost.replace(',', ".") } else { cost.to_owned() }
}

/// The closing as it stands on the case.
fn prefilled(case: &Case) -> Closing {
    Closing {
        cause: case.cause.map(|id| id.to_string()).unwrap_or_default(),
        no_cause: case.no_cause.clone().unwrap_or_default(),
        remedy: if case.remedy == Remedy::None { String::new() } else { case.remedy.name().to_owned() },
        ..Closing::default()
    }
}

fn promised(t: T, case: &Case, today: Day) -> Option<Promised> {
    let promise = case.promise.as_ref()?;
    Some(Promised {
        words: promise.words.clone(),
        day: t.long_day(promise.day),
        is_late: promise.day < today,
        is_today: promise.day == today,
    })
}

/// The customer's number, or the one somebody unknown left.
fn phone(details: Option<&Details>, case: &Case) -> Option<Phone> {
    let country = details.map_or("", |d| d.country.as_str());
    let left = Some(case.reach.clone()).filter(|reach| !reach.is_empty() && !reach.contains('@'));
    let shown = details.and_then(|d| d.mobile.clone().or_else(|| d.phone.clone())).or(left)?;
    Some(Phone { href: know::customers::rules::tel_href(&shown, country), shown })
}

/// Why something is refused, in words.
fn said(t: T, error: &Error) -> String {
    match error {
        Error::Refused(message) => t.message(message),
        _ => String::new(),
    }
}

fn score(t: T, case: &Case) -> String {
    let Some((measure, score)) = &case.score else { return String::new() };
    t.one(&format!("case-score-{measure}"), "score", *score)
}

/// Opened, first contact, told, closed.
fn marks(t: T, zone: &Zone, case: &Case) -> Vec<Mark> {
    let day = |at: Instant| t.happened(at, zone);
    let mark = |key: &str, at: Option<Instant>, due: Option<Instant>| Mark {
        label: t.get(key),
        date: match (at, due) {
            (Some(at), _) => day(at),
            (None, Some(due)) => t.one("case-due-on", "when", day(due)),
            (None, None) => String::new(),
        },
        class: match (at, due) {
            (Some(_), _) => "is-done",
            (None, Some(_)) => "is-due",
            (None, None) => "",
        },
    };
    let contact_due =
        case.contacted_at.is_none().then_some(case.clock.times.due_at).filter(|_| case.is_open());
    let answer_due = (case.clock.phase == Phase::Answer && case.is_open()).then_some(case.clock.times.due_at);
    vec![
        mark("case-mark-opened", Some(case.opened_at), None),
        mark("case-mark-contacted", case.contacted_at, contact_due),
        mark("case-mark-told", case.told_at, answer_due),
        mark("case-mark-closed", case.closed_at, None),
    ]
}
