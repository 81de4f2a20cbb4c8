//! Colleagues over REST.

use axum::extract::State as Shared;
use http::StatusCode;
use kernel::{Error, Id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::api::{IfMatch, PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Json, Path, Problem};

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
    responses((status = 200, description = "The colleagues", body = PageOf<ColleagueBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(Shared(app): Shared<App>, caller: Caller) -> HttpResult {
    let all = app.read(move |tx| actions::list(tx, &caller.actor, &Filter::default())).await?;
    let items: Vec<ColleagueBody> = all.into_iter().map(ColleagueBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Invites a colleague. The answer holds the one-time link to hand to them; a repeated request does not.
#[utoipa::path(post, path = "/api/v1/colleagues", tag = "colleagues",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes the request safe to repeat")),
    request_body = ColleagueInput, responses((status = 201, description = "The invited colleague", body = ColleagueBody), (status = "default", body = Problem)))]
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

/// One colleague.
#[utoipa::path(get, path = "/api/v1/colleagues/{id}", tag = "colleagues",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, description = "The colleague", body = ColleagueBody), (status = "default", body = Problem)))]
pub(crate) async fn read(Shared(app): Shared<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let colleague = app.read(move |tx| actions::find(tx, &caller.actor, id)).await?;
    answer(colleague)
}

fn answer(colleague: Colleague) -> HttpResult {
    let version = Some(colleague.user.version);
    json(StatusCode::OK, &ColleagueBody::from(colleague), version)
}

/// Changes to a colleague: what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ColleagueChange {
    /// Name as colleagues see it, 120 characters at most.
    name: Option<String>,
    /// Address they sign in with.
    email: Option<String>,
    /// What they do, in a few words; may be empty.
    title: Option<String>,
    /// All their roles from now on, at least one.
    roles: Option<Vec<RoleInput>>,
    /// Whether they are kept from signing in.
    disabled: Option<bool>,
}

impl ColleagueChange {
    fn is_of_identity(&self) -> bool {
        self.name.is_some() || self.email.is_some() || self.title.is_some() || self.roles.is_some()
    }

    /// The colleague as it would be typed whole.
    fn over(self, was: &Colleague) -> ColleagueInput {
        let user = &was.user;
        ColleagueInput {
            name: self.name.unwrap_or_else(|| user.name.clone()),
            email: self.email.unwrap_or_else(|| user.email.clone()),
            title: self.title.unwrap_or_else(|| user.title.clone()),
            roles: self.roles.unwrap_or_else(|| was.grants.iter().map(RoleInput::from).collect()),
        }
    }
}

/// Changes a colleague's identity and roles, keeps them from signing in or lets them again.
#[utoipa::path(patch, path = "/api/v1/colleagues/{id}", tag = "colleagues", request_body = ColleagueChange,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version the change was made against")),
    responses((status = 200, description = "The colleague", body = ColleagueBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(change): Json<ColleagueChange>,
) -> HttpResult {
    let by = caller.actor;
    let colleague = app
        .write(move |tx| {
            let was = actions::find(tx, &by, id)?;
            if was.user.version != version {
                return Err(Error::Stale(was.user.version));
            }
            if change.is_of_identity() {
                actions::change(tx, &by, id, version, &change.clone().over(&was))?;
            }
            match change.disabled {
                Some(true) => actions::disable(tx, &by, id)?,
                Some(false) => actions::enable(tx, &by, id)?,
                None => (),
            }
            actions::find(tx, &by, id)
        })
        .await?;
    answer(colleague)
}
