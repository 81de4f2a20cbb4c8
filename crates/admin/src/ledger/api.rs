//! The ledger over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::Id;
use kernel::ledger::Recorded;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{PageOf, PageQuery, json};
use web_kit::{App, Caller, HttpResult, Problem, Query};

use super::actions;
use super::model::LedgerQuery;

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct EventBody {
    /// Identifier, in order of time.
    id: String,
    /// When.
    at: String,
    /// `user`, `token`, `system` or `public`.
    actor_kind: String,
    /// The user or token, if it was one.
    actor_id: Option<String>,
    /// Their name at that time.
    actor_name: String,
    /// What happened, such as `customer.created`.
    kind: String,
    /// To which kind of thing.
    subject_kind: String,
    /// To which one.
    subject: String,
    /// State before.
    #[schema(value_type = Option<serde_json::Value>)]
    before: Option<serde_json::Value>,
    /// State after, or what the event says.
    #[schema(value_type = Option<serde_json::Value>)]
    after: Option<serde_json::Value>,
}

impl From<Recorded> for EventBody {
    fn from(event: Recorded) -> Self {
        Self {
            id: event.id.to_string(),
            at: event.at.to_string(),
            actor_kind: event.actor_kind,
            actor_id: event.actor_id.map(|id| id.to_string()),
            actor_name: event.actor_name,
            kind: event.kind,
            subject_kind: event.subject_kind,
            subject: event.subject.to_string(),
            before: event.before,
            after: event.after,
        }
    }
}

/// Which events.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventQuery {
    /// Where the previous page ended: its `next_cursor`.
    cursor: Option<String>,
    /// Rows wanted, 50 unless said, 500 at most.
    limit: Option<i64>,
    /// Beginning of the kind: `customer` or `customer.created`.
    kind: Option<String>,
    /// Identifier of what it happened to.
    subject: Option<String>,
    /// Identifier of the user or token who did it.
    actor: Option<String>,
}

/// Lists events, newest first.
#[utoipa::path(get, path = "/api/v1/events", tag = "events",
    params(EventQuery), responses(
    (status = 200, description = "A page of events", body = PageOf<EventBody>),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks ledger.read for the whole organisation", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<EventQuery>,
) -> HttpResult {
    let page = PageQuery { cursor: query.cursor, limit: query.limit };
    let limit = page.limit();
    let wanted = LedgerQuery {
        kind: query.kind.unwrap_or_default(),
        actor: query.actor.unwrap_or_default(),
        subject: query.subject.unwrap_or_default(),
        before: page.after()?.map(|id: Id| id.to_string()).unwrap_or_default(),
    };
    let mut all = app.read(move |tx| actions::list(tx, &caller.actor, &wanted, limit + 1)).await?;
    let has_more = all.len() as i64 > limit;
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next_cursor = all.last().filter(|_| has_more).map(|event| event.id.to_string());
    let items: Vec<EventBody> = all.into_iter().map(EventBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}
