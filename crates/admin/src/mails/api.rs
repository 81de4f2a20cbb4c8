//! Mails over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::clock::Zone;
use kernel::mail::store::Filter;
use kernel::mail::{Bounced, Mail, State as Standing, said};
use kernel::texts::T;
use kernel::{Error, Id};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{PageOf, json};
use web_kit::{App, Caller, HttpResult, Json, Path, Problem, Query};

use super::actions;

/// A mail.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct MailBody {
    /// Identifier.
    id: String,
    /// Unique key: person and message.
    key: String,
    /// What kind of message.
    kind: String,
    /// Address it goes to.
    address: String,
    /// Name of the person.
    name: String,
    /// The customer, if it is one.
    customer: Option<String>,
    /// Its subject.
    subject: String,
    /// What it is about: kind of thing.
    about_kind: Option<String>,
    /// What it is about.
    about: Option<String>,
    /// `waiting`, `claimed`, `sent`, `settled`, `doubtful` or `given_up`.
    state: &'static str,
    /// How it ended: `delivered`, `bounced`, `refused`, `left` or `withdrawn`.
    outcome: Option<&'static str>,
    /// Attempts so far.
    attempts: i64,
    /// What the mail server said, or what went wrong, in the caller's language.
    error: Option<String>,
    /// Its Message-ID, once it was on its way.
    message_id: Option<String>,
    /// When it was queued.
    created_at: String,
    /// When the mail server took it.
    sent_at: Option<String>,
    /// When its end was known.
    settled_at: Option<String>,
}

impl MailBody {
    fn of(t: T, mail: Mail) -> Self {
        let text = |at: Option<kernel::Instant>| at.map(|at| at.to_string());
        Self {
            id: mail.id.to_string(),
            key: mail.key,
            kind: mail.kind,
            address: mail.address,
            name: mail.name,
            customer: mail.customer.map(|id| id.to_string()),
            subject: mail.subject,
            about_kind: mail.about_kind,
            about: mail.about_id.map(|id| id.to_string()),
            state: mail.state.name(),
            outcome: mail.outcome.map(kernel::mail::Outcome::name),
            attempts: mail.attempts,
            error: mail.error.map(|error| said::in_words(t, &Zone::UTC, &error)),
            message_id: mail.message_id,
            created_at: mail.created_at.to_string(),
            sent_at: text(mail.sent_at),
            settled_at: text(mail.settled_at),
        }
    }
}

/// Which mails.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Search {
    /// `waiting`, `claimed`, `sent`, `settled`, `doubtful` or `given_up`.
    state: String,
    /// Kind of message.
    kind: String,
    /// Beginning of the address.
    address: String,
    /// Where the previous page ended.
    cursor: String,
    /// Rows wanted, 50 unless said, 500 at most.
    limit: Option<i64>,
}

impl Search {
    fn filter(&self) -> kernel::Result<Filter> {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let state = Standing::parse(&self.state);
        if state.is_none() && !self.state.is_empty() {
            return Err(Error::field("state", "mails-error-state"));
        }
        let before = some(&self.cursor).map(|text| text.parse()).transpose();
        let before = before.map_err(|_| Error::field("cursor", "kit-bad-cursor"))?;
        Ok(Filter { state, kind: some(&self.kind), address: some(&self.address), before })
    }
}

/// Lists mails, newest first.
#[utoipa::path(get, path = "/api/v1/mails", tag = "mails", params(Search), responses(
    (status = 200, description = "A page of mails", body = PageOf<MailBody>),
    (status = "default", body = Problem)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller, Query(search): Query<Search>) -> HttpResult {
    let (filter, limit) = (search.filter()?, search.limit.unwrap_or(50).clamp(1, 500));
    let t = caller.t;
    let mut all = app.read(move |tx| actions::list(tx, &caller.actor, &filter, limit + 1)).await?;
    let has_more = all.len() as i64 > limit;
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next_cursor = all.last().filter(|_| has_more).map(|mail| mail.id.to_string());
    let items: Vec<MailBody> = all.into_iter().map(|mail| MailBody::of(t, mail)).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Shows one mail.
#[utoipa::path(get, path = "/api/v1/mails/{id}", tag = "mails",
    params(("id" = String, Path, description = "Identifier of the mail")),
    responses((status = 200, body = MailBody), (status = "default", body = Problem)))]
pub(crate) async fn show(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let t = caller.t;
    let mail = app.read(move |tx| actions::find(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &MailBody::of(t, mail), None)
}

/// Has a mail that is doubtful, refused or given up sent again. Repeating the request is refused.
#[utoipa::path(post, path = "/api/v1/mails/{id}/retry", tag = "mails",
    params(("id" = String, Path, description = "Identifier of the mail")),
    responses((status = 200, body = MailBody), (status = "default", body = Problem)))]
pub(crate) async fn retry(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let t = caller.t;
    let mail = app.write(move |tx| actions::retry(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &MailBody::of(t, mail), None)
}

/// Leaves a mail that is doubtful, refused or given up as it is.
#[utoipa::path(post, path = "/api/v1/mails/{id}/leaving", tag = "mails",
    params(("id" = String, Path, description = "Identifier of the mail")),
    responses((status = 200, body = MailBody), (status = "default", body = Problem)))]
pub(crate) async fn leave(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let t = caller.t;
    let mail = app.write(move |tx| actions::leave(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &MailBody::of(t, mail), None)
}

/// Why a mail came back.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// In the words of whoever sent it back; required.
    #[serde(default)]
    reason: String,
}

/// Notes that a mail came back: its address is not written to any more. Repeating the request changes nothing more.
#[utoipa::path(post, path = "/api/v1/mails/{id}/bounce", tag = "mails", request_body = Reason,
    params(("id" = String, Path, description = "Identifier of the mail")),
    responses((status = 200, body = MailBody), (status = "default", body = Problem)))]
pub(crate) async fn bounce(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    Json(body): Json<Reason>,
) -> HttpResult {
    let t = caller.t;
    let mail = app.write(move |tx| actions::bounce(tx, &caller.actor, id, &body.reason)).await?;
    json(StatusCode::OK, &MailBody::of(t, mail), None)
}

/// An address that bounced.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct BouncedBody {
    /// The address.
    address: String,
    /// When.
    at: String,
    /// Why.
    reason: String,
    /// Which mail.
    mail: Option<String>,
}

impl From<Bounced> for BouncedBody {
    fn from(found: Bounced) -> Self {
        let mail = found.mail.map(|id| id.to_string());
        Self { address: found.address, at: found.at.to_string(), reason: found.reason, mail }
    }
}

/// Which page.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Page {
    /// Where the previous page ended.
    cursor: String,
}

/// Addresses that bounced, latest first, 200 a page.
#[utoipa::path(get, path = "/api/v1/bounced-addresses", tag = "mails", params(Page),
    responses((status = 200, body = PageOf<BouncedBody>), (status = "default", body = Problem)))]
pub(crate) async fn bounced(State(app): State<App>, caller: Caller, Query(page): Query<Page>) -> HttpResult {
    let cursor = Some(page.cursor.as_str()).filter(|text| !text.is_empty());
    let before = cursor.map(str::parse).transpose().map_err(|_| Error::field("cursor", "kit-bad-cursor"))?;
    let mut all = app.read(move |tx| actions::bounced(tx, &caller.actor, before, 201)).await?;
    let has_more = all.len() > 200;
    all.truncate(200);
    let next_cursor = all.last().filter(|_| has_more).map(|found| found.at.to_string());
    let items: Vec<BouncedBody> = all.into_iter().map(BouncedBody::from).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}
