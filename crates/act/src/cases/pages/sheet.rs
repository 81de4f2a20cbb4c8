//! One case: its clock, the customer's words, what to do next, the letter, and everything that happened.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::clock::Zone;
use kernel::identity::Permission;
use kernel::texts::T;
use kernel::{Error, FieldError, Id, Instant, Tx};
use know::customers::model::Customer;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect_with};

use super::letter::{Todo, todos};
use crate::cases::model::{Case, CaseEdit, Detail, Outcome, Phase, Remedy, Severity, Step, StepKind};
use crate::cases::rules::{self, NextStep};
use crate::cases::store::{self, Draft};
use crate::cases::{actions, composer, url};
use crate::causes;
use crate::clocks::ClockView;

/// What was typed into one of the small forms of the page, and did not fit.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// Which form: `attempt`, `notice`, `extension`, `handover`, `note`, `opening`, `letter` or `edit`.
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
    /// Case as typed.
    pub(super) edit: Option<CaseEdit>,
    /// Letter as typed.
    pub(super) draft: Option<Draft>,
    /// What did not fit.
    pub(super) errors: Vec<FieldError>,
    /// Somebody else saved first: both versions are shown.
    pub(super) is_stale: bool,
}

/// A date on the line of the case.
struct Mark {
    label: String,
    date: String,
    class: &'static str,
}

/// Something that happened, in words.
struct Line {
    icon: &'static str,
    lead: String,
    detail: String,
    text: String,
    /// The customer's own words.
    is_voice: bool,
    href: String,
    when: String,
}

/// A field both people changed.
struct Both {
    label: String,
    theirs: String,
    ours: String,
}

#[derive(Template)]
#[template(path = "cases/views/sheet.html")]
struct SheetView {
    page: Page,
    case: Case,
    name: String,
    phone: String,
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
    both: Vec<Both>,
    severities: Vec<(String, String)>,
    causes: Vec<(String, String)>,
    remedies: Vec<(String, String)>,
    outcomes: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    carriers: Vec<(String, String)>,
    draft: Draft,
    draft_kept: String,
    todos: Vec<Todo>,
    others: Vec<String>,
    address: Option<String>,
    is_leaving: bool,
    lines: Vec<Line>,
    may_write: bool,
    may_close: bool,
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    render(&app, &me, &headers, id, Typed::default(), StatusCode::OK).await
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
}

fn read(tx: &mut Tx<'_>, me: &SignedIn, id: Id) -> kernel::Result<Read> {
    let actor = me.actor();
    let case = actions::read(tx, actor, id)?;
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
        tree: causes::actions::tree(tx, actor)?,
        carriers: actions::carriers(tx, actor, case.site)?,
        draft: composer::draft(tx, actor, me.t(), &case)?,
        others: store::other_drafts(tx, id, me_id)?,
        address: composer::address(tx, &case)?,
        customer,
        owner,
        case,
    })
}

/// The page, with what was typed into one of its forms when it did not fit.
pub(super) async fn render(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    typed: Typed,
    status: StatusCode,
) -> HttpResult<Response> {
    let who = me.clone();
    let found = app.read(move |tx| read(tx, &who, id)).await?;
    let (t, zone, now) = (me.t(), me.organisation().zone.clone(), app.db().clock().now());
    let Read { case, customer, steps, tree, carriers, owner, draft, others, address } = found;
    let saved = rules::to_edit(&case);
    let edit = typed.edit.clone().unwrap_or_else(|| saved.clone());
    let draft_kept = draft.saved_at.map(|at| t.time(at, &zone)).unwrap_or_default();
    let draft = typed.draft.clone().unwrap_or(draft);
    let runs = case.is_open() && case.clock.phase != Phase::Over;
    let choice = |names: &[(&'static str, &'static str)]| -> Vec<(String, String)> {
        names.iter().map(|(name, key)| ((*name).to_owned(), t.get(key))).collect()
    };
    let mut cause_choices = vec![(String::new(), t.get("case-cause-unknown"))];
    cause_choices.extend(tree.choices(t.locale(), case.cause));
    let page = Page::new(app, me, headers, "/cases").crumb(case.reference.clone(), "");
    let has_toast = page.toast.is_some();
    let details = customer.as_ref().map(|c| &c.details);
    let view = SheetView {
        name: details.map_or_else(|| case.reach.clone(), know::customers::model::Details::name),
        phone: details.and_then(|d| d.mobile.clone().or_else(|| d.phone.clone())).unwrap_or_default(),
        site: me.site_names().get(case.site).to_owned(),
        is_mine: case.owner == Some(me.user().id),
        owner,
        clock: runs.then(|| ClockView::new(t, &zone, case.clock.from, &case.clock.times, now)),
        phase: t.get(case.clock.phase.key()),
        next: rules::next_step(&case),
        marks: marks(t, &zone, &case),
        said_when: t.moment(case.opened_at, &zone),
        score: score(t, &case),
        cost: if case.cost > 0 { t.money(case.cost, &case.currency) } else { String::new() },
        form: FormView::new(t, me.csrf(), typed.errors.clone()),
        both: if typed.is_stale { both(t, &tree, &saved, &edit) } else { Vec::new() },
        edit: CaseEdit { version: case.version.to_string(), ..edit },
        severities: Severity::ALL.iter().map(|s| (s.name().to_owned(), t.get(s.key()))).collect(),
        causes: cause_choices,
        remedies: Remedy::ALL.iter().map(|r| (r.name().to_owned(), t.get(r.key()))).collect(),
        outcomes: Outcome::ALL.iter().map(|o| (o.name().to_owned(), t.get(o.key()))).collect(),
        channels: choice(&[
            ("phone", "channel-phone"),
            ("counter", "channel-counter"),
            ("mail", "channel-mail"),
            ("letter", "channel-letter"),
            ("visit", "channel-visit"),
        ]),
        carriers: carriers
            .into_iter()
            .filter(|(id, _, _)| Some(*id) != case.owner)
            .map(|(id, name, title)| {
                let label = if title.is_empty() { name } else { format!("{name}, {title}") };
                (id.to_string(), label)
            })
            .collect(),
        todos: todos(t, &composer::check(&draft, &case.words)),
        draft,
        draft_kept,
        others: others
            .into_iter()
            .map(|(name, at)| t.two("letter-other-draft", "name", name, "time", t.moment(at, &zone)))
            .collect(),
        address,
        is_leaving: is_leaving(&steps),
        lines: lines(t, &zone, &steps),
        may_write: me.may(Permission::CasesWrite),
        may_close: rules::may_close(&case).is_ok(),
        page,
        typed,
        case,
    };
    if status == StatusCode::OK {
        return Page::show(has_toast, app, &view);
    }
    html_with(status, &view)
}

fn score(t: T, case: &Case) -> String {
    let Some((measure, score)) = &case.score else { return String::new() };
    t.one(&format!("case-score-{measure}"), "score", *score)
}

/// A letter left, and its arrival is not known yet.
fn is_leaving(steps: &[Step]) -> bool {
    let last = steps.iter().rev().find(|s| {
        s.detail.mail.is_some()
            && matches!(s.kind, StepKind::Replied | StepKind::Told | StepKind::NotDelivered)
    });
    last.is_some_and(|step| step.kind == StepKind::Replied)
}

/// Opened, first contact, told, closed.
fn marks(t: T, zone: &Zone, case: &Case) -> Vec<Mark> {
    let day = |at: Instant| t.moment(at, zone);
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

/// The fields somebody else saved otherwise than they were typed here.
fn both(t: T, tree: &causes::model::Tree, theirs: &CaseEdit, ours: &CaseEdit) -> Vec<Both> {
    let cause = |text: &str| tree.path(text.parse().ok(), t.locale());
    let word = |prefix: &str, name: &str| t.get(&format!("case-{prefix}-{name}"));
    let pairs = [
        ("case-title", theirs.title.clone(), ours.title.clone()),
        ("case-severity", word("severity", &theirs.severity), word("severity", &ours.severity)),
        ("case-cause", cause(&theirs.cause), cause(&ours.cause)),
        ("case-remedy", word("remedy", &theirs.remedy), word("remedy", &ours.remedy)),
        ("case-cost", theirs.cost.clone(), ours.cost.clone()),
    ];
    let differ = pairs.into_iter().filter(|(_, theirs, ours)| theirs != ours);
    differ.map(|(key, theirs, ours)| Both { label: t.get(key), theirs, ours }).collect()
}

/// Everything that happened, the latest first.
fn lines(t: T, zone: &Zone, steps: &[Step]) -> Vec<Line> {
    steps.iter().rev().map(|step| line(t, zone, step)).collect()
}

fn line(t: T, zone: &Zone, step: &Step) -> Line {
    let Detail { channel, outcome, to, subject, confirmed, until, percent, response, .. } = &step.detail;
    let key = format!("case-step-{}", step.kind.name());
    let lead = match step.kind {
        StepKind::Attempted => t.get(&format!("case-outcome-{}", outcome.replace('_', "-"))),
        StepKind::HandedOver if to.is_empty() => t.get("case-step-handed-back"),
        StepKind::HandedOver | StepKind::OwnerLeft => t.one(&key, "name", to.clone()),
        StepKind::Alerted => t.one(&key, "percent", percent.unwrap_or(0)),
        StepKind::Extended => t.one(&key, "when", until.map_or_else(String::new, |at| t.moment(at, zone))),
        _ => t.get(&key),
    };
    let mut detail = Vec::new();
    if !channel.is_empty() {
        detail.push(t.get(&format!("said-by-{channel}")));
    }
    if !step.actor_name.is_empty() {
        detail.push(t.one("flow-by", "name", step.actor_name.clone()));
    }
    if !subject.is_empty() {
        detail.push(subject.clone());
    }
    if !confirmed.is_empty() {
        let names: Vec<String> = confirmed.iter().map(|name| t.get(&format!("letter-{name}"))).collect();
        detail.push(t.one("letter-vouched", "elements", names.join(", ")));
    }
    Line {
        icon: icon(step.kind, channel),
        lead,
        detail: detail.join(" · "),
        text: step.text.clone(),
        is_voice: step.kind == StepKind::Again,
        href: response.map(listen::responses::url).unwrap_or_default(),
        when: t.moment(step.at, zone),
    }
}

fn icon(kind: StepKind, channel: &str) -> &'static str {
    match kind {
        StepKind::Opened | StepKind::Reopened => "flag",
        StepKind::Again => "listen",
        StepKind::Taken | StepKind::HandedOver | StepKind::OwnerLeft => "user",
        StepKind::Noted | StepKind::Changed => "note",
        StepKind::Replied | StepKind::NotDelivered => "mail",
        StepKind::Extended | StepKind::Alerted => "clock",
        StepKind::Closed => "check",
        StepKind::Attempted | StepKind::Told => match channel {
            "mail" => "mail",
            "letter" => "letter",
            "counter" => "counter",
            "visit" => "users",
            _ => "phone",
        },
    }
}

pub(crate) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(edit): Form<CaseEdit>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), edit.clone());
    let version = edit.version.parse().unwrap_or(0);
    let outcome = app.write(move |tx| actions::change(tx, &actor, id, version, &typed)).await;
    let typed = Typed { form: "edit", edit: Some(edit), ..Typed::default() };
    match outcome {
        Ok(_) => Ok(redirect_with(&app, &url(id), &Toast::done("case-saved"))),
        Err(Error::Invalid(errors)) => {
            let typed = Typed { errors, ..typed };
            render(&app, &me, &headers, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Stale(_)) => {
            let typed = Typed { is_stale: true, ..typed };
            render(&app, &me, &headers, id, typed, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other.into()),
    }
}
