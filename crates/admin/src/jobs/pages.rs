//! The list of jobs and the page of one.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::jobs::Job;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::job::{JobView, name_in_words};
use web_kit::{App, Form, HttpResult, Page, Path, Query, SignedIn, Toast, redirect_with};

use super::actions;
use crate::shared::Nothing;

/// Jobs of a page.
const PAGE: usize = 50;

pub(crate) struct Row {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) state: &'static str,
    pub(crate) state_words: String,
    pub(crate) percent: Option<String>,
    pub(crate) who: String,
    pub(crate) at: String,
}

#[derive(Template)]
#[template(path = "jobs/views/list.html")]
struct ListView {
    page: Page,
    rows: Vec<Row>,
    older: Option<Id>,
    is_first: bool,
    with_routine: bool,
}

#[derive(Template)]
#[template(path = "jobs/views/show.html")]
struct ShowView {
    page: Page,
    job: JobView,
    title: String,
    who: String,
    at: String,
    attempts: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    before: String,
    /// With the routine Bocal gives itself.
    all: bool,
}

/// Who asked for it; work the program gives itself is Bocal's.
fn who(t: kernel::texts::T, job: &Job) -> String {
    if matches!(job.created_by.as_str(), "" | "bocal") {
        t.get("actor-system")
    } else {
        job.created_by.clone()
    }
}

/// A job as a line of a list.
pub(crate) fn row(me: &SignedIn, job: &Job) -> Row {
    let t = me.t();
    Row {
        id: job.id,
        name: name_in_words(t, &job.name),
        state: job.state.name(),
        state_words: t.get(&format!("job-state-{}", job.state.name())),
        percent: job.share().filter(|_| !job.state.is_over()).map(|share| t.percent(share, 0)),
        who: who(t, job),
        at: t.moment(job.created_at, &me.organisation().zone),
    }
}

pub(super) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(query): Query<ListQuery>,
) -> HttpResult {
    let given = Some(query.before.as_str()).filter(|text| !text.is_empty());
    let before = given.map(str::parse).transpose().map_err(|_| Error::refused("kit-query-unreadable"))?;
    let actor = me.actor().clone();
    let (limit, with_routine) = (PAGE as i64 + 1, query.all);
    let mut all = app
        .read(move |tx| match with_routine {
            true => actions::list(tx, &actor, before, limit),
            false => actions::list_but_routine(tx, &actor, before, limit),
        })
        .await?;
    let has_more = all.len() > PAGE;
    all.truncate(PAGE);
    let older = all.last().filter(|_| has_more).map(|job| job.id);
    let rows = all.iter().map(|job| row(&me, job)).collect();
    let page = Page::new(&app, &me, &headers, "/jobs");
    let view = ListView { page, rows, older, is_first: before.is_none(), with_routine };
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn job_view(app: &App, me: &SignedIn, job: Job) -> JobView {
    let id = job.id;
    // The page's title names the job already.
    JobView::new(app, me, job)
        .titled("")
        .refreshed_from(format!("/jobs/{id}/fragment"))
        .cancelled_at(format!("/jobs/{id}/cancellation"))
        .retried_at(format!("/jobs/{id}/retry"))
}

pub(super) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    let actor = me.actor().clone();
    let job = app.read(move |tx| actions::find(tx, &actor, id)).await?;
    let title = name_in_words(me.t(), &job.name);
    let view = ShowView {
        page: Page::new(&app, &me, &headers, "/jobs").crumb(title.clone(), ""),
        title,
        who: who(me.t(), &job),
        at: me.t().moment(job.created_at, &me.organisation().zone),
        attempts: job.attempts,
        job: job_view(&app, &me, job),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(super) async fn fragment(State(app): State<App>, me: SignedIn, Path(id): Path<Id>) -> HttpResult {
    let actor = me.actor().clone();
    let job = app.read(move |tx| actions::find(tx, &actor, id)).await?;
    job_view(&app, &me, job).respond()
}

pub(super) async fn cancel(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::cancel(tx, &actor, id)).await?;
    Ok(redirect_with(&app, &format!("/jobs/{id}"), &Toast::done("jobs-cancelled")))
}

pub(super) async fn retry(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::retry(tx, &actor, id)).await?;
    Ok(redirect_with(&app, &format!("/jobs/{id}"), &Toast::done("jobs-retried")))
}
