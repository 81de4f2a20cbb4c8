//! Consents over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::{Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::api::{PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Path, Problem};

use super::{Decision, Purpose, actions};

/// A decision of a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionBody {
    /// `survey`, `call_back` or `offers`.
    purpose: String,
    /// Yes or no.
    granted: bool,
    /// How we know.
    source: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// Who noted it.
    actor: String,
}

impl From<&Decision> for DecisionBody {
    fn from(decision: &Decision) -> Self {
        Self {
            purpose: decision.purpose.name().to_owned(),
            granted: decision.granted,
            source: decision.source.clone(),
            at: decision.at,
            actor: decision.actor_name.clone(),
        }
    }
}

/// A decision to note.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDecision {
    /// `survey`, `call_back` or `offers`.
    purpose: String,
    /// Yes or no.
    granted: bool,
    /// How we know: a form, a call.
    #[serde(default)]
    source: String,
}

/// Every decision of a customer, latest first.
#[utoipa::path(get, path = "/api/v1/customers/{id}/consents", tag = "customers",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = PageOf<DecisionBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let history = app.read(move |tx| actions::history(tx, &caller.actor, id)).await?;
    let items: Vec<DecisionBody> = history.iter().map(Into::into).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Notes a decision of a customer.
#[utoipa::path(post, path = "/api/v1/customers/{id}/consents", tag = "customers", request_body = NewDecision,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = DecisionBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<NewDecision>,
) -> HttpResult {
    let by = caller.actor.clone();
    body.create(&app, &caller, move |tx, new| {
        let purpose = Purpose::parse(&new.purpose)?;
        let decision = actions::decide(tx, &by, id, purpose, new.granted, &new.source)?;
        Ok((format!("/api/v1/customers/{id}/consents"), DecisionBody::from(&decision)))
    })
    .await
}
