//! Interactions over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, Instant};
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::api::{PageOf, PageQuery, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Path, Problem, Query};

use super::actions;
use super::model::{Interaction, InteractionInput};

/// One entry of a customer's timeline.
#[derive(Serialize, ToSchema)]
pub(crate) struct InteractionBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// `phone`, `counter`, `mail`, `letter`, `visit`, `web`, `survey` or `order`.
    channel: String,
    /// `in` or `out`.
    direction: String,
    /// What about.
    subject: String,
    /// In our words.
    summary: String,
    /// In the customer's words.
    words: String,
    /// Which colleague.
    actor: String,
    /// Amount of an order, in minor units.
    amount: Option<i64>,
}

impl From<&Interaction> for InteractionBody {
    fn from(entry: &Interaction) -> Self {
        Self {
            id: entry.id,
            at: entry.at,
            channel: entry.channel.name().to_owned(),
            direction: entry.direction.name().to_owned(),
            subject: entry.subject.clone(),
            summary: entry.summary.clone(),
            words: entry.words.clone(),
            actor: entry.actor_name.clone(),
            amount: entry.amount,
        }
    }
}

/// Timeline of a customer, newest first.
#[utoipa::path(get, path = "/api/v1/customers/{id}/interactions", tag = "customers",
    params(("id" = String, Path, description = "Identifier"), PageQuery),
    responses((status = 200, body = PageOf<InteractionBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    Query(page): Query<PageQuery>,
) -> HttpResult {
    let before = page.cursor.as_deref().filter(|c| !c.is_empty()).map(cursor).transpose()?;
    let limit = usize::try_from(page.limit()).unwrap_or(50);
    let part = app.read(move |tx| actions::timeline(tx, &caller.actor, id, None, before, limit)).await?;
    let items: Vec<InteractionBody> = part.entries.iter().map(Into::into).collect();
    let next_cursor = part.next.map(|(at, id)| format!("{}-{id}", at.as_micros()));
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Reads `micros-id`, as given by the previous part.
pub(crate) fn cursor(text: &str) -> kernel::Result<(Instant, Id)> {
    let parsed = text
        .split_once('-')
        .and_then(|(at, id)| Some((Instant::from_micros(at.parse().ok()?), id.parse().ok()?)));
    parsed.ok_or_else(|| Error::field("cursor", "kit-bad-cursor"))
}

/// Notes a contact.
#[utoipa::path(post, path = "/api/v1/customers/{id}/interactions", tag = "customers",
    request_body = InteractionInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = InteractionBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<InteractionInput>,
) -> HttpResult {
    let by = caller.actor.clone();
    body.create(&app, &caller, move |tx, input| {
        let entry = actions::create(tx, &by, id, input)?;
        Ok((format!("/api/v1/customers/{id}/interactions"), InteractionBody::from(&entry)))
    })
    .await
}
