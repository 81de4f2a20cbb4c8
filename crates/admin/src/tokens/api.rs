//! Tokens over REST.

use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::Id;
use kernel::identity::Permission;
use kernel::identity::store::Token;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::api::{PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Path, Problem};

use super::actions;
use super::model::TokenInput;
use crate::shared::OnceSecret;

/// A token of a program.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct TokenBody {
    /// Identifier, not secret.
    id: String,
    /// What it is for.
    name: String,
    /// What it allows.
    permissions: Vec<&'static str>,
    /// Identifiers of the sites it reaches; absent for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<Vec<String>>,
    /// When it was made.
    created_at: String,
    /// When it ends by itself.
    expires_at: Option<String>,
    /// When it was last used, to within five minutes.
    used_at: Option<String>,
    /// When it was revoked.
    revoked_at: Option<String>,
    /// The secret, only in the answer to the request that made the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl From<Token> for TokenBody {
    fn from(token: Token) -> Self {
        let text = |at: Option<kernel::Instant>| at.map(|at| at.to_string());
        Self {
            id: token.id.to_string(),
            name: token.name,
            permissions: token.permissions.iter().map(Permission::name).collect(),
            sites: token.sites.map(|sites| sites.iter().map(ToString::to_string).collect()),
            created_at: token.created_at.to_string(),
            expires_at: text(token.expires_at),
            used_at: text(token.used_at),
            revoked_at: text(token.revoked_at),
            secret: None,
        }
    }
}

/// Lists the tokens within reach, latest first, revoked ones included.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", responses(
    (status = 200, description = "The tokens", body = PageOf<TokenBody>),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks tokens.manage", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> HttpResult {
    let all = app.read(move |tx| actions::list(tx, &caller.actor)).await?;
    let items: Vec<TokenBody> = all.into_iter().map(TokenBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Makes a token. The answer holds its secret, which is stored nowhere; a repeated request is answered
/// without it.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request safe to repeat")),
    request_body = TokenInput, responses(
    (status = 201, description = "The new token", body = TokenBody),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks tokens.manage", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The idempotency key was used for another request", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "Some fields are wrong", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    request: Repeatable<TokenInput>,
) -> HttpResult {
    let actor = caller.actor.clone();
    let secret = OnceSecret::new(actions::PREFIX)?;
    let making = secret.clone();
    let answer = request
        .create(&app, &caller, move |tx, input| {
            let token = actions::create(tx, &actor, input, &making.use_hash())?;
            Ok((format!("/api/v1/tokens/{}", token.id), TokenBody::from(token)))
        })
        .await?;
    let text = secret.text().to_owned();
    secret.add_to(answer, "secret", text).await
}

/// Revokes a token: it works no longer from this instant. Revoking it again changes nothing.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "tokens",
    params(("id" = String, Path, description = "Identifier of the token")), responses(
    (status = 204, description = "It is revoked"),
    (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The token lacks tokens.manage", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such token within reach", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn revoke(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    app.write(move |tx| actions::revoke(tx, &caller.actor, id)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
