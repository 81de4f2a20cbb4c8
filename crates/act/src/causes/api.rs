//! Causes over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::Id;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use web_kit::api::{IfMatch, PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Json, Path, Problem};

use super::model::{Cause, CauseInput};
use super::{actions, rules};

/// A cause.
#[derive(Serialize, ToSchema)]
pub(crate) struct CauseBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// The cause it is a kind of.
    #[schema(value_type = Option<String>)]
    parent: Option<Id>,
    /// Short name, unique.
    code: String,
    /// Name in French.
    name_fr: String,
    /// Name in English.
    name_en: String,
    /// Importance to customers, 1 to 5.
    importance: i64,
    /// No longer offered.
    retired: bool,
    /// Optimistic version.
    version: i64,
}

impl From<&Cause> for CauseBody {
    fn from(cause: &Cause) -> Self {
        Self {
            id: cause.id,
            parent: cause.parent,
            code: cause.code.clone(),
            name_fr: cause.name_fr.clone(),
            name_en: cause.name_en.clone(),
            importance: cause.importance,
            retired: cause.retired,
            version: cause.version,
        }
    }
}

/// Every cause, families first, each followed by its kinds.
#[utoipa::path(get, path = "/api/v1/causes", tag = "cases",
    responses((status = 200, body = PageOf<CauseBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> HttpResult {
    let tree = app.read(move |tx| actions::tree(tx, &caller.actor)).await?;
    let items: Vec<CauseBody> = tree.branches().iter().map(|branch| (&branch.cause).into()).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Adds a cause.
#[utoipa::path(post, path = "/api/v1/causes", tag = "cases", request_body = CauseInput,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CauseBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    body: Repeatable<CauseInput>,
) -> HttpResult {
    let by = caller.actor.clone();
    body.create(&app, &caller, move |tx, input| {
        let cause = actions::create(tx, &by, input)?;
        Ok(("/api/v1/causes".to_owned(), CauseBody::from(&cause)))
    })
    .await
}

/// Changes a cause: only the fields sent are changed, `null` empties one.
#[utoipa::path(patch, path = "/api/v1/causes/{id}", tag = "cases", request_body = CauseInput,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version the change was made against")),
    responses((status = 200, body = CauseBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(patch): Json<Map<String, Value>>,
) -> HttpResult {
    let cause = app
        .write(move |tx| {
            let before = actions::read(tx, &caller.actor, id)?;
            actions::change(tx, &caller.actor, id, version, &patched(&before, &patch)?)
        })
        .await?;
    json(StatusCode::OK, &CauseBody::from(&cause), Some(cause.version))
}

/// A cause as it would be typed, with what was sent in its place.
fn patched(before: &Cause, patch: &Map<String, Value>) -> kernel::Result<CauseInput> {
    let mut fields = serde_json::to_value(rules::to_input(before))?;
    if let Some(object) = fields.as_object_mut() {
        let sent = |value: &Value| if value.is_null() { Value::from("") } else { value.clone() };
        object.extend(patch.iter().map(|(name, value)| (name.clone(), sent(value))));
    }
    web_kit::api::parse(fields.to_string().as_bytes())
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, create, change))]
pub(crate) struct Document;
