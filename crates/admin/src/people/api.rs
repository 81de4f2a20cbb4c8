//! Colleagues over REST.

use axum::extract::State as Shared;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::api::{PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Problem};

use super::actions;
use super::model::{Colleague, ColleagueInput, Filter, RoleInput, State};
use crate::shared::{OnceSecret, link};

/// A colleague.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ColleagueBody {
    /// Identifier.
    id: String,
    /// Name.
    name: String,
    /// Address they sign in with.
    email: String,
    /// What they do.
    title: String,
    /// Whether they can come in.
    state: State,
    /// Their roles.
    roles: Vec<RoleInput>,
    /// When they were last here.
    seen_at: Option<String>,
    /// Version.
    version: i64,
    /// One-time link to join, only in the answer to the invitation itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    join_url: Option<String>,
}

impl From<Colleague> for ColleagueBody {
    fn from(colleague: Colleague) -> Self {
        let user = colleague.user;
        Self {
            id: user.id.to_string(),
            name: user.name,
            email: user.email,
            title: user.title,
            state: colleague.state,
            roles: colleague.grants.iter().map(RoleInput::from).collect(),
            seen_at: colleague.seen_at.map(|at| at.to_string()),
            version: user.version,
            join_url: None,
        }
    }
}

/// Lists the colleagues the token may manage, by name; there are never so many that it needs pages.
#[utoipa::path(get, path = "/api/v1/colleagues", tag = "colleagues",
    responses(
    (status = 200, description = "The colleagues", body = PageOf<ColleagueBody>),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks people.manage", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(Shared(app): Shared<App>, caller: Caller) -> HttpResult {
    let all = app.read(move |tx| actions::list(tx, &caller.actor, &Filter::default())).await?;
    let items: Vec<ColleagueBody> = all.into_iter().map(ColleagueBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Invites a colleague. The answer holds the one-time link to hand to them; a repeated request does not.
#[utoipa::path(post, path = "/api/v1/colleagues", tag = "colleagues",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request safe to repeat")),
    request_body = ColleagueInput, responses(
    (status = 201, description = "The invited colleague", body = ColleagueBody),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks people.manage", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The idempotency key was used for another request", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "Some fields are wrong", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn invite(
    Shared(app): Shared<App>,
    caller: Caller,
    request: Repeatable<ColleagueInput>,
) -> HttpResult {
    let (actor, locale) = (caller.actor.clone(), caller.t.locale());
    let secret = OnceSecret::new("")?;
    let making = secret.clone();
    let answer = request
        .create(&app, &caller, move |tx, input| {
            let made = actions::invite(tx, &actor, input, locale, &making.use_hash())?;
            Ok((format!("/api/v1/colleagues/{}", made.user.id), ColleagueBody::from(made)))
        })
        .await?;
    let url = link(&app, &format!("/join/{}", secret.text()));
    secret.add_to(answer, "join_url", url).await
}
