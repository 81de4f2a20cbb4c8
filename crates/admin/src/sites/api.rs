//! Sites over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::organisation::Site;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::api::{PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Problem};

use super::actions;
use super::model::SiteInput;

/// A place where customers are served.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SiteBody {
    /// Identifier.
    id: String,
    /// Short code, as in files.
    code: String,
    /// Name.
    name: String,
    /// No longer in use.
    closed: bool,
    /// Version.
    version: i64,
}

impl From<Site> for SiteBody {
    fn from(site: Site) -> Self {
        Self {
            id: site.id.to_string(),
            code: site.code,
            name: site.name,
            closed: site.closed,
            version: site.version,
        }
    }
}

/// Lists every site within reach, by name; there are never so many that it needs pages.
#[utoipa::path(get, path = "/api/v1/sites", tag = "sites", responses(
    (status = 200, description = "The sites", body = PageOf<SiteBody>),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks people.manage", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> HttpResult {
    let sites = app.read(move |tx| actions::list(tx, &caller.actor)).await?;
    let items: Vec<SiteBody> = sites.into_iter().map(SiteBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Adds a site.
#[utoipa::path(post, path = "/api/v1/sites", tag = "sites",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request safe to repeat")),
    request_body = SiteInput, responses(
    (status = 201, description = "The new site", body = SiteBody),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks people.manage for the whole organisation", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The idempotency key was used for another request", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "Some fields are wrong", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    request: Repeatable<SiteInput>,
) -> HttpResult {
    let actor = caller.actor.clone();
    request
        .create(&app, &caller, move |tx, input| {
            let site = actions::create(tx, &actor, input)?;
            Ok((format!("/api/v1/sites/{}", site.id), SiteBody::from(site)))
        })
        .await
}
