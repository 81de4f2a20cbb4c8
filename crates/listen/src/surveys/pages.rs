//! Pages: the list, the choice of a template, the sheet of a survey, and what one does from there.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use kernel::texts::T;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, redirect, redirect_with};

use super::model::{
    Content, Line, NewSurvey, Settings, State as SurveyState, Survey, Template as SurveyTemplate,
};
use super::{actions, rules, sheet_url, templates};
use crate::invitations;

/// Days shown on the sheet.
const DAYS: i64 = 30;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListQuery {
    before: Option<Id>,
}

struct Row {
    line: Line,
    last: String,
    answers: String,
}

#[derive(Template)]
#[template(path = "surveys/views/list.html")]
struct ListView {
    page: Page,
    rows: Vec<Row>,
    next: Option<Id>,
    may_write: bool,
    may_import: bool,
}

pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(query): Query<ListQuery>,
) -> HttpResult {
    let actor = me.actor().clone();
    let mut lines = app.read(move |tx| actions::list(tx, &actor, query.before, actions::PAGE + 1)).await?;
    let more = lines.len() > actions::PAGE as usize;
    lines.truncate(actions::PAGE as usize);
    let next = lines.last().filter(|_| more).map(|l| l.survey.id);
    let t = me.t();
    let rows = lines.into_iter().map(|line| Row {
        last: line.last_day.map(|day| t.day(day)).unwrap_or_default(),
        answers: t.count(line.answers),
        line,
    });
    let rows = rows.collect();
    let page = Page::new(&app, &me, &headers, "/surveys");
    let has_toast = page.toast.is_some();
    let (may_write, may_import) = (me.may(Permission::SurveysWrite), me.may(Permission::AnswersImport));
    Page::show(has_toast, &app, &ListView { page, rows, next, may_write, may_import })
}

/// A template with how long it takes to answer.
struct Offered {
    template: SurveyTemplate,
    question: String,
    seconds: String,
}

#[derive(Template)]
#[template(path = "surveys/views/choose.html")]
struct ChooseView {
    page: Page,
    form: FormView,
    offered: Vec<Offered>,
}

pub(crate) async fn choose(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    me.actor().require(Permission::SurveysWrite)?;
    let t = me.t();
    let offered = SurveyTemplate::OFFERED.into_iter().map(|template| {
        let content = templates::content(t, template, &me.organisation().name);
        let question = content.first_score().map(|q| q.text.read_in(t.locale()).to_owned());
        Offered { template, question: question.unwrap_or_default(), seconds: in_seconds(t, &content) }
    });
    let offered = offered.collect();
    let form = FormView::new(t, me.csrf(), Vec::new());
    let page = Page::new(&app, &me, &headers, "/surveys").crumb(t.get("survey-new"), "");
    Page::show(false, &app, &ChooseView { page, form, offered })
}

/// Answering time in words.
pub(crate) fn in_seconds(t: T, content: &Content) -> String {
    t.one("survey-seconds", "n", rules::seconds(content, t.locale()).round())
}

#[derive(Deserialize)]
pub(crate) struct NewForm {
    template: String,
}

pub(crate) async fn create(State(app): State<App>, me: SignedIn, Form(form): Form<NewForm>) -> HttpResult {
    let template = SurveyTemplate::parse(&form.template)?;
    if !SurveyTemplate::OFFERED.contains(&template) {
        return Err(Error::field("template", "survey-error-template").into());
    }
    let content = templates::content(me.t(), template, &me.organisation().name);
    let name = content.title.read_in(me.t().locale()).to_owned();
    let settings = Settings { name, after_contact: false, quiet_days: rules::QUIET_DAYS };
    let (actor, new) = (me.actor().clone(), NewSurvey { template, settings, content });
    let survey = app.write(move |tx| actions::create(tx, &actor, &new)).await?;
    Ok(redirect_with(&app, &format!("{}/edit", sheet_url(survey.id)), &Toast::done("survey-created")))
}

/// What was counted on one day.
struct DayCount {
    day: String,
    n: String,
    /// Width of its bar, out of 600.
    width: i64,
}

#[derive(Template)]
#[template(path = "surveys/views/sheet.html")]
struct SheetView {
    page: Page,
    form: FormView,
    survey: Survey,
    link: String,
    answers: i64,
    last: String,
    days: Vec<DayCount>,
    /// The questions, in the reader's language: what there is to see of a draft.
    questions: Vec<String>,
    counts: invitations::model::Counts,
    rate: Option<String>,
    measure: Option<&'static str>,
    published: String,
    closed: String,
    draft_waits: bool,
    codes: Vec<(String, String)>,
    may_write: bool,
    may_import: bool,
    may_read_answers: bool,
    may_see_indicators: bool,
}

pub(crate) async fn sheet(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    let (actor, today) = (me.actor().clone(), me.today(&app));
    let (line, days, counts, published) = app
        .read(move |tx| {
            let survey = actions::read(tx, &actor, id)?;
            let published = actions::published(tx, &survey)?;
            let days = actions::by_day(tx, &actor, id, today.plus_days(1 - DAYS))?;
            let counts = invitations::actions::counts(tx, &actor, id)?;
            Ok((actions::line(tx, &actor, survey)?, days, counts, published))
        })
        .await?;
    let (t, zone, survey) = (me.t(), me.organisation().zone.clone(), line.survey);
    let most = days.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let days =
        days.into_iter().map(|(day, n)| DayCount { day: t.day(day), n: t.count(n), width: n * 600 / most });
    let page = Page::new(&app, &me, &headers, "/surveys").crumb(survey.settings.name.clone(), "");
    let has_toast = page.toast.is_some();
    let moment = |at: Option<kernel::Instant>| at.map(|at| t.moment(at, &zone)).unwrap_or_default();
    let view = SheetView {
        form: FormView::new(t, me.csrf(), Vec::new()),
        link: format!("{}{}", app.config().base_url(), survey.public_path()),
        answers: line.answers,
        last: line.last_day.map(|day| t.day(day)).unwrap_or_default(),
        days: days.collect(),
        questions: survey.draft.questions.iter().map(|q| q.text.read_in(t.locale()).to_owned()).collect(),
        rate: counts.rate().map(|rate| t.percent(rate, 1)),
        counts,
        measure: published.as_ref().unwrap_or(&survey.draft).first_score().and_then(|q| q.kind.measure()),
        published: moment(survey.published_at),
        closed: moment(survey.closed_at),
        draft_waits: published.is_some_and(|content| content != survey.draft),
        codes: me.sites().into_iter().filter(|s| !s.closed).map(|s| (s.code, s.name)).collect(),
        may_write: me.may(Permission::SurveysWrite),
        may_import: me.may(Permission::AnswersImport),
        may_read_answers: me.may(Permission::AnswersRead),
        may_see_indicators: me.may(Permission::IndicatorsRead),
        survey,
        page,
    };
    Page::show(has_toast, &app, &view)
}

/// A form without fields of its own.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

pub(crate) async fn publish(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(Nothing {}): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    match app.write(move |tx| actions::publish(tx, &actor, id)).await {
        Ok(_) => Ok(redirect_with(&app, &sheet_url(id), &Toast::done("survey-published"))),
        // The editor shows each error at its place.
        Err(Error::Invalid(_)) => Ok(redirect(&format!("{}/edit?check=on", sheet_url(id)))),
        Err(Error::Refused(message)) => Ok(redirect_with(&app, &sheet_url(id), &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn close(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(Nothing {}): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::close(tx, &actor, id)).await?;
    let toast = Toast::done("survey-closed").undo(&format!("{}/opening", sheet_url(id)));
    Ok(redirect_with(&app, &sheet_url(id), &toast))
}

pub(crate) async fn reopen(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(Nothing {}): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::reopen(tx, &actor, id)).await?;
    Ok(redirect_with(&app, &sheet_url(id), &Toast::done("survey-reopened")))
}

pub(crate) async fn duplicate(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(Nothing {}): Form<Nothing>,
) -> HttpResult {
    let (actor, t) = (me.actor().clone(), me.t());
    let copy = app
        .write(move |tx| {
            let original = actions::read(tx, &actor, id)?;
            let name = t.one("survey-copy-of", "name", original.settings.name.as_str());
            actions::duplicate(tx, &actor, id, &name)
        })
        .await?;
    Ok(redirect_with(&app, &format!("{}/edit", sheet_url(copy.id)), &Toast::done("survey-duplicated")))
}

impl SheetView {
    fn is_open(&self) -> bool {
        self.survey.state == SurveyState::Open
    }
    fn is_closed(&self) -> bool {
        self.survey.state == SurveyState::Closed
    }
    fn is_draft(&self) -> bool {
        self.survey.state == SurveyState::Draft
    }
}

/// The tag that shows a state.
pub(crate) const fn tag_class(state: SurveyState) -> &'static str {
    match state {
        SurveyState::Draft => "tag tag--line",
        SurveyState::Open => "tag tag--good",
        SurveyState::Closed => "tag",
    }
}

impl Row {
    fn tag(&self) -> &'static str {
        tag_class(self.line.survey.state)
    }
}

impl SheetView {
    fn n(&self, n: &i64) -> String {
        self.page.t.count(*n)
    }
    fn tag(&self) -> &'static str {
        tag_class(self.survey.state)
    }
}
