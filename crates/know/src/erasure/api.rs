//! Erasure for programs.

use axum::extract::State;
use http::StatusCode;
use kernel::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::api::json;
use web_kit::{App, Caller, HttpResult, Json, Path, Problem};

use super::{Reason, actions};

/// What is asked.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErasureInput {
    /// `asked` by the person, `expired` or `mistake`.
    reason: String,
    /// The name of the customer as it stands: there is no way back.
    name: String,
}

/// What was done.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErasureBody {
    /// The customer, of whom nothing is left but this identifier.
    #[schema(value_type = String)]
    customer: Id,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    erased_at: kernel::Instant,
    /// Why.
    reason: &'static str,
    /// Events of the ledger that held something about them.
    events: i64,
}

/// Erases a customer, with everything known of them.
#[utoipa::path(post, path = "/api/v1/customers/{id}/erasure", tag = "customers", request_body = ErasureInput,
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = ErasureBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    Json(input): Json<ErasureInput>,
) -> HttpResult {
    let done = app
        .write(move |tx| {
            let reason = Reason::parse(&input.reason)?;
            actions::erase(tx, &caller.actor, id, reason, &input.name)
        })
        .await?;
    let body =
        ErasureBody { customer: id, erased_at: done.at, reason: done.reason.name(), events: done.events };
    json(StatusCode::OK, &body, None)
}
