//! Sites over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::organisation::Site;
use kernel::{Error, Id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::api::{IfMatch, PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Json, Path, Problem};

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
#[utoipa::path(get, path = "/api/v1/sites", tag = "sites", responses((status = 200, description = "The sites", body = PageOf<SiteBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> HttpResult {
    let sites = app.read(move |tx| actions::list(tx, &caller.actor)).await?;
    let items: Vec<SiteBody> = sites.into_iter().map(SiteBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Adds a site.
#[utoipa::path(post, path = "/api/v1/sites", tag = "sites",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request safe to repeat")),
    request_body = SiteInput, responses((status = 201, description = "The new site", body = SiteBody), (status = "default", body = Problem)))]
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

/// One site.
#[utoipa::path(get, path = "/api/v1/sites/{id}", tag = "sites",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, description = "The site", body = SiteBody), (status = "default", body = Problem)))]
pub(crate) async fn read(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let site = app.read(move |tx| actions::find(tx, &caller.actor, id)).await?;
    answer(site)
}

fn answer(site: Site) -> HttpResult {
    let version = Some(site.version);
    json(StatusCode::OK, &SiteBody::from(site), version)
}

/// Changes to a site: what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SiteChange {
    /// Name, as customers know it; 80 characters at most.
    name: Option<String>,
    /// Short code, as in files.
    code: Option<String>,
    /// Nothing new is attached to a closed site; what was stays.
    closed: Option<bool>,
}

/// Changes name or code of a site, closes it or opens it again.
#[utoipa::path(patch, path = "/api/v1/sites/{id}", tag = "sites", request_body = SiteChange,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version the change was made against")),
    responses((status = 200, description = "The site", body = SiteBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(change): Json<SiteChange>,
) -> HttpResult {
    let by = caller.actor;
    let site = app
        .write(move |tx| {
            let site = actions::find(tx, &by, id)?;
            if site.version != version {
                return Err(Error::Stale(site.version));
            }
            if change.name.is_some() || change.code.is_some() {
                let name = change.name.clone().unwrap_or(site.name);
                let code = change.code.clone().unwrap_or(site.code);
                actions::change(tx, &by, id, version, &SiteInput { name, code })?;
            }
            match change.closed {
                Some(true) => actions::close(tx, &by, id)?,
                Some(false) => actions::reopen(tx, &by, id)?,
                None => (),
            }
            actions::find(tx, &by, id)
        })
        .await?;
    answer(site)
}
