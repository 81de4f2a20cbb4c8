//! Pages about improvements, and the ranking they begin from.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::identity::{Actor, Permission};
use kernel::texts::T;
use kernel::{Day, Error, FieldError, Id};
use serde::Deserialize;
use understand::indicators::Measure;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, html, html_with, redirect_with,
};

use super::model::{Effect, Improvement, ImprovementInput, Side, State, Verdict};
use super::rules::{self, Due};
use super::{actions, ranking as ranked, store, url};
use crate::causes;

/// Days the ranking looks back.
const RANKED_DAYS: i64 = 90;

struct Row {
    id: Id,
    title: String,
    sub: String,
    state: String,
    class: &'static str,
    next: String,
    effect: String,
}

fn row(
    t: T,
    tree: &causes::model::Tree,
    sites: &kernel::organisation::SiteNames,
    today: Day,
    i: &Improvement,
) -> Row {
    let due = rules::due(i, today);
    let next = match (i.state, due) {
        (State::Planned, _) => t.one("improvement-due-start", "day", t.day(i.due_day)),
        (State::InPlace, _) => t.one("improvement-due-remeasure", "day", t.day(i.remeasure_day)),
        _ => String::new(),
    };
    let about = [tree.path(i.cause, t.locale()), sites.get(i.site).to_owned()];
    Row {
        id: i.id,
        title: i.title.clone(),
        sub: about.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · "),
        state: t.get(&format!("improvement-state-{}", i.state.name().replace('_', "-"))),
        class: match due {
            Due::Start | Due::Remeasure => "tag tag--soon",
            Due::Nothing => "tag tag--water",
            Due::Over => "tag tag--line",
        },
        next,
        effect: i.verdict.as_ref().map(|v| effect_in_words(t, v.effect)).unwrap_or_default(),
    }
}

fn effect_in_words(t: T, effect: Effect) -> String {
    t.get(&format!("improvement-effect-{}", effect.name().replace('_', "-")))
}

#[derive(Template)]
#[template(path = "improvements/views/list.html")]
struct ListView {
    page: Page,
    rows: Vec<Row>,
    may_write: bool,
}

pub(crate) async fn list(Shared(app): Shared<App>, me: SignedIn, headers: HeaderMap) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (found, tree, today) = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            Ok((actions::list(tx, &actor, None)?, tree, actions::today(tx)?))
        })
        .await?;
    let (t, sites) = (me.t(), me.site_names());
    let view = ListView {
        page: Page::new(&app, &me, &headers, "/improvements"),
        rows: found.iter().map(|i| row(t, &tree, &sites, today, i)).collect(),
        may_write: me.may(Permission::ImprovementsWrite),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

#[derive(Template)]
#[template(path = "improvements/views/due.html")]
struct DueView {
    t: T,
    rows: Vec<Row>,
}

/// What is to be put in place or measured again now.
pub(crate) async fn due(Shared(app): Shared<App>, me: SignedIn) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (found, tree, today) = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            Ok((actions::list(tx, &actor, None)?, tree, actions::today(tx)?))
        })
        .await?;
    let (t, sites) = (me.t(), me.site_names());
    let is_due = |i: &&Improvement| matches!(rules::due(i, today), Due::Start | Due::Remeasure);
    let rows = found.iter().filter(is_due).take(5).map(|i| row(t, &tree, &sites, today, i)).collect();
    html(&DueView { t, rows })
}

#[derive(Template)]
#[template(path = "improvements/views/form.html")]
struct FormPage {
    page: Page,
    form: FormView,
    title: String,
    action: String,
    input: ImprovementInput,
    causes: Vec<(String, String)>,
    sites: Vec<(String, String)>,
    owners: Vec<(String, String)>,
    measures: Vec<(String, String)>,
    surveys: Vec<(String, String)>,
    is_stale: bool,
}

/// From what an improvement begins.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct From {
    cause: String,
    case: String,
    words: String,
}

async fn form_page(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    known: Option<&Improvement>,
    input: ImprovementInput,
    errors: Vec<FieldError>,
) -> HttpResult<FormPage> {
    let actor = me.actor().clone();
    actor.require(Permission::ImprovementsWrite)?;
    let (tree, owners, surveys) = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            let surveys = listen::surveys::actions::find(tx, &Actor::system("bocal"), "", 50)?;
            Ok((tree, actions::owners(tx, None)?, surveys))
        })
        .await?;
    let t = me.t();
    let any = |key: &str| vec![(String::new(), t.get(key))];
    let mut cause_choices = any("improvement-no-cause");
    cause_choices.extend(tree.choices(t.locale(), input.cause.parse().ok()));
    let mut sites = any("improvement-everywhere");
    sites.extend(me.sites().into_iter().map(|s| (s.id.to_string(), s.name)));
    let mut survey_choices = any("improvement-any-survey");
    survey_choices.extend(surveys.into_iter().map(|s| (s.id.to_string(), s.settings.name)));
    let page = Page::new(app, me, headers, "/improvements");
    let (page, title, action) = match known {
        Some(i) => (page.crumb(i.title.clone(), ""), i.title.clone(), url(i.id)),
        None => {
            let title = t.get("improvement-new");
            (page.crumb(title.clone(), ""), title, "/improvements".to_owned())
        }
    };
    Ok(FormPage {
        page,
        form: FormView::new(t, me.csrf(), errors),
        title,
        action,
        input,
        causes: cause_choices,
        sites,
        owners: owners.into_iter().map(|(id, name, _)| (id.to_string(), name)).collect(),
        measures: Measure::ALL
            .iter()
            .map(|m| (m.name().to_owned(), t.get(&format!("indicator-{}", m.name()))))
            .collect(),
        surveys: survey_choices,
        is_stale: false,
    })
}

pub(crate) async fn new(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> HttpResult<Response> {
    let today = me.today(&app);
    let input = ImprovementInput {
        cause: from.cause,
        case: from.case,
        said: from.words.chars().take(500).collect(),
        owner: me.user().id.to_string(),
        measure: Measure::Nps.name().to_owned(),
        due: today.plus_days(30).to_string(),
        remeasure: today.plus_days(120).to_string(),
        ..ImprovementInput::default()
    };
    html(&form_page(&app, &me, &headers, None, input, Vec::new()).await?)
}

pub(crate) async fn create(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(input): Form<ImprovementInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    match app.write(move |tx| actions::create(tx, &actor, &typed)).await {
        Ok(made) => Ok(redirect_with(&app, &url(made.id), &Toast::done("improvement-created"))),
        Err(Error::Invalid(errors)) => {
            let view = form_page(&app, &me, &headers, None, input, errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn edit(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    actor.require(Permission::ImprovementsWrite)?;
    let known = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let input = rules::to_input(&known);
    html(&form_page(&app, &me, &headers, Some(&known), input, Vec::new()).await?)
}

pub(crate) async fn change(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(input): Form<ImprovementInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    let version = input.version.parse().unwrap_or(0);
    let outcome = app.write(move |tx| actions::change(tx, &actor, id, version, &typed)).await;
    let (errors, is_stale) = match outcome {
        Ok(_) => return Ok(redirect_with(&app, &url(id), &Toast::done("improvement-saved"))),
        Err(Error::Invalid(errors)) => (errors, false),
        Err(Error::Stale(_)) => (Vec::new(), true),
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    let known = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let input = ImprovementInput { version: known.version.to_string(), ..input };
    let view = FormPage { is_stale, ..form_page(&app, &me, &headers, Some(&known), input, errors).await? };
    html_with(if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}

/// One side of the comparison, in words.
struct SideView {
    days: String,
    value: String,
    interval: String,
    n: String,
}

fn side(t: T, measure: Measure, side: &Side) -> SideView {
    let value = |v: f64| value_in_words(t, measure, v);
    SideView {
        days: t.two("improvement-days", "from", t.day(side.from), "to", t.day(side.to)),
        value: side.value.map_or_else(|| t.get("improvement-no-answers"), value),
        interval: side
            .interval
            .map(|(low, high)| format!("[{} ; {}]", value(low), value(high)))
            .unwrap_or_default(),
        n: t.one("improvement-n", "n", side.n),
    }
}

/// A value in the unit people read.
fn value_in_words(t: T, measure: Measure, value: f64) -> String {
    match measure {
        Measure::Nps => t.signed(value, 1),
        Measure::Csat => t.percent(value, 1),
        Measure::Ces2 => t.decimal(value, 2),
    }
}

fn difference_in_words(t: T, measure: Measure, value: f64) -> String {
    match measure {
        Measure::Nps => t.signed(value, 1),
        Measure::Csat => t.signed(value * 100.0, 1),
        Measure::Ces2 => t.signed(value, 2),
    }
}

/// A verdict in words.
struct VerdictView {
    before: SideView,
    after: SideView,
    difference: String,
    range: String,
    effect: String,
    class: &'static str,
    definition: String,
}

fn verdict(t: T, measure: Measure, v: &Verdict) -> VerdictView {
    let difference = |d: f64| difference_in_words(t, measure, d);
    VerdictView {
        before: side(t, measure, &v.before),
        after: side(t, measure, &v.after),
        difference: v.difference.map(difference).unwrap_or_default(),
        range: v
            .interval
            .map(|(low, high)| format!("[{} ; {}]", difference(low), difference(high)))
            .unwrap_or_default(),
        effect: effect_in_words(t, v.effect),
        class: match v.effect {
            Effect::Better => "tag tag--good",
            Effect::Worse => "tag tag--late",
            _ => "tag tag--line",
        },
        definition: v.definition.clone(),
    }
}

#[derive(Template)]
#[template(path = "improvements/views/show.html")]
struct ShowView {
    page: Page,
    form: FormView,
    i: Improvement,
    state: String,
    cause: String,
    site: String,
    owner: String,
    cost: String,
    expected: String,
    due_day: String,
    in_place: String,
    remeasure: String,
    cases: String,
    told: String,
    verdict: Option<VerdictView>,
    is_final: bool,
    may_judge: bool,
    may_write: bool,
    typed: String,
    which: &'static str,
}

pub(crate) async fn show(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    shown(&app, &me, &headers, id, "", String::new(), Vec::new()).await
}

/// The page, with what was typed into one of its forms when it did not fit.
async fn shown(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    which: &'static str,
    typed: String,
    errors: Vec<FieldError>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (i, tree, cases, owner, now, today) = app
        .read(move |tx| {
            let i = actions::read(tx, &actor, id)?;
            let tree = causes::actions::tree(tx, &actor)?;
            let owner = crate::cases::store::names(tx, &[i.owner])?.remove(&i.owner).unwrap_or_default();
            let now = if i.verdict.is_some() { None } else { actions::compare(tx, &i)? };
            Ok((i, tree, store::case_count(tx, id)?, owner, now, actions::today(tx)?))
        })
        .await?;
    let t = me.t();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let day = |day: Day| t.day(day);
    let view = ShowView {
        page: Page::new(app, me, headers, "/improvements").crumb(i.title.clone(), ""),
        form: FormView::new(t, me.csrf(), errors),
        state: t.get(&format!("improvement-state-{}", i.state.name().replace('_', "-"))),
        cause: tree.path(i.cause, t.locale()),
        site: me.site_names().get(i.site).to_owned(),
        owner,
        cost: t.money(i.cost, &i.currency),
        expected: t.two(
            &format!("improvement-expects-{}", i.measure.name()),
            "n",
            t.decimal(i.expected, usize::from(i.expected.fract() != 0.0)),
            "measure",
            t.get(&format!("indicator-{}", i.measure.name())),
        ),
        due_day: day(i.due_day),
        in_place: i.in_place_day.map(day).unwrap_or_default(),
        remeasure: day(i.remeasure_day),
        cases: t.one("improvement-cases", "n", cases),
        told: i
            .told_at
            .map(|at| {
                let day = t.day(me.organisation().zone.day_of(at));
                t.two("improvement-was-told", "n", i.told_n, "day", day)
            })
            .unwrap_or_default(),
        is_final: i.verdict.is_some(),
        verdict: i.verdict.as_ref().or(now.as_ref()).map(|v| verdict(t, i.measure, v)),
        may_judge: i.state == State::InPlace && today >= i.remeasure_day,
        may_write: me.may(Permission::ImprovementsWrite),
        typed,
        which,
        i,
    };
    if status == StatusCode::OK {
        return Page::show(view.page.toast.is_some(), app, &view);
    }
    html_with(status, &view)
}

/// What the small forms send.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ActForm {
    since: String,
    lesson: String,
    reason: String,
}

async fn back(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    outcome: kernel::Result<Improvement>,
    done: &str,
    typed: (&'static str, String),
) -> HttpResult<Response> {
    match outcome {
        Ok(_) => Ok(redirect_with(app, &url(id), &Toast::done(done))),
        Err(Error::Invalid(errors)) => shown(app, me, headers, id, typed.0, typed.1, errors).await,
        Err(Error::Refused(message)) => Ok(redirect_with(app, &url(id), &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn start(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, since) = (me.actor().clone(), form.since.clone());
    let outcome = app.write(move |tx| actions::start(tx, &actor, id, &since)).await;
    back(&app, &me, &headers, id, outcome, "improvement-started", ("start", form.since)).await
}

pub(crate) async fn judge(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, lesson) = (me.actor().clone(), form.lesson.clone());
    let outcome = app.write(move |tx| actions::judge(tx, &actor, id, &lesson)).await;
    back(&app, &me, &headers, id, outcome, "improvement-was-judged", ("verdict", form.lesson)).await
}

pub(crate) async fn abandon(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, reason) = (me.actor().clone(), form.reason.clone());
    let outcome = app.write(move |tx| actions::abandon(tx, &actor, id, &reason)).await;
    back(&app, &me, &headers, id, outcome, "improvement-was-abandoned", ("abandonment", form.reason)).await
}

pub(crate) async fn tell(
    Shared(app): Shared<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    let toast = match app.write(move |tx| actions::tell(tx, &actor, t, id)).await {
        Ok(n) => Toast::done("improvement-told").with("n", &n.to_string()),
        Err(Error::Refused(message)) => Toast::failed(&message),
        Err(other) => return Err(other.into()),
    };
    Ok(redirect_with(&app, &url(id), &toast))
}

struct RankRow {
    cause: Option<Id>,
    name: String,
    n: String,
    share: String,
    severity: String,
    importance: String,
    weight: String,
    /// Tenths of the heaviest weight.
    bar: i64,
    people: String,
    is_vocal: bool,
    cost: String,
    improvement: Option<Id>,
}

/// Which cases are ranked.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RankQuery {
    site: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "improvements/views/ranking.html")]
struct RankingView {
    page: Page,
    q: RankQuery,
    rows: Vec<RankRow>,
    sites: Vec<(String, String)>,
    may_write: bool,
}

pub(crate) async fn ranking(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<RankQuery>,
) -> HttpResult<Response> {
    let today = me.today(&app);
    let to = q.to.parse::<Day>().unwrap_or(today);
    let from = q.from.parse::<Day>().unwrap_or_else(|_| to.plus_days(-RANKED_DAYS));
    let (actor, site) = (me.actor().clone(), q.site.parse::<Id>().ok());
    let (tree, found) = app.read(move |tx| ranked(tx, &actor, site, from, to)).await?;
    let t = me.t();
    let heaviest = found.iter().map(|r| r.weight).max().unwrap_or(0).max(1);
    let currency = me.organisation().currency.clone();
    let rows = found
        .iter()
        .map(|r| RankRow {
            cause: r.cause,
            name: if r.cause.is_some() { tree.path(r.cause, t.locale()) } else { t.get("ranking-no-cause") },
            n: t.count(r.n),
            share: t.percent(r.share, 0),
            severity: t.decimal(r.severity, 1),
            importance: if r.cause.is_some() { t.count(r.importance) } else { String::new() },
            weight: if r.cause.is_some() { t.count(r.weight) } else { String::new() },
            bar: r.weight * 10 / heaviest,
            people: t.one("ranking-people", "n", r.people),
            is_vocal: r.is_vocal,
            cost: if r.cost > 0 { t.money(r.cost, &currency) } else { String::new() },
            improvement: r.improvement,
        })
        .collect();
    let view = RankingView {
        page: Page::new(&app, &me, &headers, "/causes/ranking"),
        q: RankQuery { from: from.to_string(), to: to.to_string(), ..q },
        rows,
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        may_write: me.may(Permission::ImprovementsWrite),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}
