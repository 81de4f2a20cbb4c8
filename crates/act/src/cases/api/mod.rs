//! Cases over REST.

mod acts;
mod body;
mod rules;

use axum::extract::State;
use http::StatusCode;
use kernel::identity::Permission::{CasesManage, CasesRead, CasesWrite};
use kernel::{Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{IfMatch, PageOf, PageQuery, Repeatable, json};
use web_kit::{Access, App, Caller, HttpResult, Json, Path, Problem, Query, Routes};

pub use body::CaseBody;

use super::model::{Asked, CaseInput, CasePatch, Change, Origin, Step};
use super::pages::queue::{cursor, cursor_text};
use super::{actions, url};

/// Routes under `/api/v1`.
pub(super) fn routes() -> Routes {
    let (read, write) = (Access::Api(CasesRead), Access::Api(CasesWrite));
    Routes::new()
        .get("/api/v1/cases", read, list)
        .post("/api/v1/cases", write, create)
        .get("/api/v1/cases/rules", Access::Api(CasesManage), rules::show)
        .patch("/api/v1/cases/rules", Access::Api(CasesManage), rules::change)
        .get("/api/v1/cases/{id}", read, show)
        .patch("/api/v1/cases/{id}", write, change)
        .get("/api/v1/cases/{id}/steps", read, steps)
        .post("/api/v1/cases/{id}/handover", write, acts::hand_over)
        .post("/api/v1/cases/{id}/attempts", write, acts::attempt)
        .delete("/api/v1/cases/{id}/attempts", write, acts::take_back)
        .post("/api/v1/cases/{id}/notes", write, acts::note)
        .post("/api/v1/cases/{id}/reply", write, acts::reply)
        .post("/api/v1/cases/{id}/notice", write, acts::tell)
        .post("/api/v1/cases/{id}/extension", write, acts::extend)
        .post("/api/v1/cases/{id}/closure", write, acts::close)
        .delete("/api/v1/cases/{id}/closure", write, acts::reopen)
        .delete("/api/v1/cases/{id}/promise", write, acts::keep_promise)
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    list,
    create,
    show,
    change,
    steps,
    acts::hand_over,
    acts::attempt,
    acts::take_back,
    acts::note,
    acts::reply,
    acts::tell,
    acts::extend,
    acts::close,
    acts::reopen,
    acts::keep_promise,
    rules::show,
    rules::change,
))]
pub(crate) struct Document;

/// Which cases.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// `open` (unless said), `free`, `late`, `closed` or `all`.
    #[serde(default)]
    view: Option<String>,
    /// Only those of one site.
    #[serde(default)]
    site: Option<String>,
    /// Only those as bad as this: `minor`, `major` or `critical`.
    #[serde(default)]
    severity: Option<String>,
    /// Only those somebody carries.
    #[serde(default)]
    owner: Option<String>,
    /// Only those of one team.
    #[serde(default)]
    team: Option<String>,
    /// Only those of a cause and of what stands below it.
    #[serde(default)]
    cause: Option<String>,
    /// Only those opened on this day or later.
    #[serde(default)]
    from: Option<String>,
    /// Only those opened on this day or before.
    #[serde(default)]
    to: Option<String>,
    /// Only those that stand so in the figures of the loop, as the addresses of the board name it: `in_time`,
    /// `too_late`, `contacted`, `closed`, `costly` and so on.
    #[serde(default)]
    standing: Option<String>,
    /// Only those found by these words: part of a reference, a customer, words of what it is about, of what the
    /// customer said.
    #[serde(default)]
    q: Option<String>,
    /// Where the previous page ended: its `next_cursor`.
    #[serde(default)]
    cursor: Option<String>,
    /// Rows wanted, 50 unless said, 500 at most.
    #[serde(default)]
    limit: Option<i64>,
}

impl ListQuery {
    fn asked(&self) -> Asked {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Asked {
            view: text(&self.view),
            site: text(&self.site),
            team: text(&self.team),
            severity: text(&self.severity),
            owner: text(&self.owner),
            cause: text(&self.cause),
            from: text(&self.from),
            to: text(&self.to),
            standing: text(&self.standing),
            words: text(&self.q),
        }
    }
}

/// Cases, in the order of their deadlines; closed ones and all, the latest first.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(ListQuery),
    responses((status = 200, body = PageOf<CaseBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller, Query(q): Query<ListQuery>) -> HttpResult {
    let beyond = q.cursor.as_deref().filter(|c| !c.is_empty()).map(cursor).transpose()?;
    let limit = PageQuery { cursor: None, limit: q.limit }.limit();
    let (by, asked) = (caller.actor.clone(), q.asked());
    let (cases, next) = app
        .read(move |tx| {
            let filter = actions::asked(tx, &by, &asked)?;
            actions::page(tx, &by, &filter, beyond, limit)
        })
        .await?;
    let items = cases.iter().map(|case| CaseBody::new(caller.t, case)).collect();
    json(StatusCode::OK, &PageOf::<CaseBody> { items, next_cursor: next.map(cursor_text) }, None)
}

/// Opens a case.
#[utoipa::path(post, path = "/api/v1/cases", tag = "cases", request_body = CaseInput,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    body: Repeatable<CaseInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let case = actions::create(tx, &who.actor, input, Origin::Api)?;
        Ok((format!("/api/v1{}", url(case.id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// One case.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn show(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.read(move |tx| actions::read(tx, &by, id)).await?;
    json(StatusCode::OK, &CaseBody::new(caller.t, &case), Some(case.version))
}

/// Changes title, severity, cause, remedy and cost: what is absent stays as it is. Of a closed case, the cause alone.
#[utoipa::path(patch, path = "/api/v1/cases/{id}", tag = "cases", request_body = CasePatch,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version the change was made against")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(patch): Json<CasePatch>,
) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.write(move |tx| actions::patch(tx, &by, id, version, &patch)).await?;
    json(StatusCode::OK, &CaseBody::new(caller.t, &case), Some(case.version))
}

/// Something that happened on a case.
#[derive(Serialize, ToSchema)]
pub struct StepBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// What: `opened`, `attempted`, `told`, `closed` and so on.
    kind: String,
    /// Who.
    actor: String,
    /// A note, a letter, a reason.
    text: String,
    /// Channel it went through.
    channel: String,
    /// Outcome of an attempt.
    outcome: String,
    /// What changed.
    changes: Vec<Change>,
}

impl From<Step> for StepBody {
    fn from(step: Step) -> Self {
        Self {
            id: step.id,
            at: step.at,
            kind: step.kind.name().to_owned(),
            actor: step.actor_name,
            text: step.text,
            channel: step.detail.channel,
            outcome: step.detail.outcome,
            changes: step.detail.changes,
        }
    }
}

/// What happened on a case, in order.
#[utoipa::path(get, path = "/api/v1/cases/{id}/steps", tag = "cases",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = PageOf<StepBody>), (status = "default", body = Problem)))]
pub(crate) async fn steps(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let found = app.read(move |tx| actions::steps(tx, &caller.actor, id)).await?;
    let items: Vec<StepBody> = found.into_iter().map(Into::into).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}
