//! Jobs over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::Id;
use kernel::jobs::Job;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::api::{PageOf, PageQuery, json};
use web_kit::{App, Caller, HttpResult, Path, Problem, Query};

use super::actions;

/// A job.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct JobBody {
    /// Identifier.
    id: String,
    /// What kind of work.
    name: String,
    /// What it works on.
    subject: Option<String>,
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    state: &'static str,
    /// Somebody asked it to stop.
    stopping: bool,
    /// Who asked for it.
    created_by: String,
    /// When.
    created_at: String,
    /// When it began.
    started_at: Option<String>,
    /// When it ended.
    ended_at: Option<String>,
    /// Attempts so far.
    attempts: i64,
    /// Units of work done.
    done: i64,
    /// Units of work in all; 0 while unknown.
    total: i64,
    /// What went wrong the last time.
    error: Option<String>,
}

impl From<Job> for JobBody {
    fn from(job: Job) -> Self {
        let text = |at: Option<kernel::Instant>| at.map(|at| at.to_string());
        Self {
            id: job.id.to_string(),
            name: job.name,
            subject: job.subject.map(|id| id.to_string()),
            state: job.state.name(),
            stopping: job.cancel && !job.state.is_over(),
            created_by: job.created_by,
            created_at: job.created_at.to_string(),
            started_at: text(job.started_at),
            ended_at: text(job.ended_at),
            attempts: job.attempts,
            done: job.done,
            total: job.total,
            error: job.error,
        }
    }
}

/// Lists jobs, newest first.
#[utoipa::path(get, path = "/api/v1/jobs", tag = "jobs",
    params(PageQuery), responses(
    (status = 200, description = "A page of jobs", body = PageOf<JobBody>),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks jobs.manage", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> HttpResult {
    let (limit, before) = (page.limit(), page.after()?);
    let mut all = app.read(move |tx| actions::list(tx, &caller.actor, before, limit + 1)).await?;
    let has_more = all.len() as i64 > limit;
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next_cursor = all.last().filter(|_| has_more).map(|job| job.id.to_string());
    let items: Vec<JobBody> = all.into_iter().map(JobBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Shows one job.
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "jobs",
    params(("id" = String, Path, description = "Identifier of the job")), responses(
    (status = 200, description = "The job", body = JobBody),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks jobs.manage", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such job within reach", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let job = app.read(move |tx| actions::find(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &JobBody::from(job), None)
}

/// Asks a job to stop; what it has done stays done. Repeating the request changes nothing.
#[utoipa::path(post, path = "/api/v1/jobs/{id}/cancellation", tag = "jobs",
    params(("id" = String, Path, description = "Identifier of the job")), responses(
    (status = 200, description = "The job, stopping or stopped", body = JobBody),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks jobs.manage", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such job within reach", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The job is over", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn cancel(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let job = app.write(move |tx| actions::cancel(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &JobBody::from(job), None)
}
