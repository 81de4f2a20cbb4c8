//! Working on a case over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::Id;
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::api::{Repeatable, json};
use web_kit::{App, Caller, HttpResult, Json, Path, Problem};

use super::body::CaseBody;
use crate::cases::model::Closing;
use crate::cases::store::Draft;
use crate::cases::{actions, composer, url};

/// To whom a case goes.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandoverInput {
    /// Identifier of the colleague, or `team` to give it back.
    to: String,
    /// What whoever goes on should know.
    #[serde(default)]
    note: String,
}

/// Gives a case to a colleague, or back to its team.
#[utoipa::path(post, path = "/api/v1/cases/{id}/handover", tag = "cases", request_body = HandoverInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn hand_over(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<HandoverInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let case = actions::hand_over(tx, &who.actor, id, &input.to, &input.note)?;
        Ok((format!("/api/v1{}", url(id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// An attempt to reach the customer.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttemptInput {
    /// `phone`, `mail`, `counter`, `letter` or `visit`.
    channel: String,
    /// `reached`, `not_reached`, `wrong_number` or `refused`.
    outcome: String,
    /// What was said; the ground, when contact was refused.
    #[serde(default)]
    note: String,
}

/// Notes an attempt to reach the customer. The same one again within half a minute is taken for the first.
#[utoipa::path(post, path = "/api/v1/cases/{id}/attempts", tag = "cases", request_body = AttemptInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn attempt(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<AttemptInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let case = actions::attempt(tx, &who.actor, id, &input.channel, &input.outcome, &input.note)?;
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// A text.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteInput {
    /// The text.
    text: String,
}

/// Adds a note for colleagues.
#[utoipa::path(post, path = "/api/v1/cases/{id}/notes", tag = "cases", request_body = NoteInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn note(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<NoteInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let case = actions::note(tx, &who.actor, id, &input.text)?;
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// A letter.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyInput {
    /// Subject.
    subject: String,
    /// Text; an empty line ends a paragraph.
    body: String,
    /// Elements vouched for although their wording is not found: `facts`, `feeling`, `cause`, `change`, `next`,
    /// `respect`.
    #[serde(default)]
    confirmed: Vec<String>,
}

/// Sends a letter by e-mail, when it holds what it must.
#[utoipa::path(post, path = "/api/v1/cases/{id}/reply", tag = "cases", request_body = ReplyInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn reply(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<ReplyInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let draft = Draft {
            subject: input.subject.clone(),
            body: input.body.clone(),
            confirmed: input.confirmed.clone(),
            saved_at: None,
        };
        let case = composer::send(tx, &who.actor, id, &draft)?;
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// What the customer was told.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeInput {
    /// `phone`, `counter`, `letter`, `visit` or `mail`.
    channel: String,
    /// What they were told.
    text: String,
}

/// Notes what the customer was told, and how.
#[utoipa::path(post, path = "/api/v1/cases/{id}/notice", tag = "cases", request_body = NoticeInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn tell(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<NoticeInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let case = actions::tell(tx, &who.actor, id, &input.channel, &input.text)?;
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// A later deadline.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtensionInput {
    /// Day by whose end of work it is due, `YYYY-MM-DD`.
    until: String,
    /// `mail` writes the reason to the customer; any other says how they were told it.
    channel: String,
    /// Why, as the customer is told.
    reason: String,
}

/// Moves the deadline, with a reason the customer is told.
#[utoipa::path(post, path = "/api/v1/cases/{id}/extension", tag = "cases", request_body = ExtensionInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn extend(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<ExtensionInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let case = actions::extend(tx, &who.actor, who.t, id, &input.until, &input.channel, &input.reason)?;
        Ok((format!("/api/v1{}", url(id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// Closes a case: the customer was told, or refused contact; cause, or why none was found, and remedy are said.
#[utoipa::path(post, path = "/api/v1/cases/{id}/closure", tag = "cases", request_body = Closing,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn close(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<Closing>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, closing| {
        let case = actions::close(tx, &who.actor, id, closing)?;
        Ok((format!("/api/v1{}", url(id)), CaseBody::new(who.t, &case)))
    })
    .await
}

/// Notes that what a letter promised was done.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/promise", tag = "cases",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn keep_promise(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.write(move |tx| actions::keep_promise(tx, &by, id)).await?;
    json(StatusCode::OK, &CaseBody::new(caller.t, &case), Some(case.version))
}

/// Takes the last contact back, noted by mistake, as long as nothing followed it.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/attempts", tag = "cases",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn take_back(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.write(move |tx| actions::take_back(tx, &by, id)).await?;
    json(StatusCode::OK, &CaseBody::new(caller.t, &case), Some(case.version))
}

/// Opens a closed case again.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/closure", tag = "cases", request_body = NoteInput,
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn reopen(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    Json(input): Json<NoteInput>,
) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.write(move |tx| actions::reopen(tx, &by, id, &input.text)).await?;
    json(StatusCode::OK, &CaseBody::new(caller.t, &case), Some(case.version))
}
