//! Responses over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::figures::Collection;
use kernel::texts::Locale;
use kernel::{Day, Error, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Path, Problem, Query};

use super::actions::{self, Brought};
use super::model::{Filter, Full};
use crate::answering::model::Given;

/// A response.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResponseBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// The version of the survey that was answered.
    version: i64,
    /// Who answered, when known.
    #[schema(value_type = Option<String>)]
    customer: Option<Id>,
    /// Where.
    #[schema(value_type = Option<String>)]
    site: Option<Id>,
    /// Through what.
    channel: String,
    /// How it was collected.
    collection: String,
    /// Language of the reader.
    locale: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// May be called back.
    contact_ok: bool,
    /// Weight in figures.
    weight: Option<f64>,
    /// The answers.
    answers: Vec<Given>,
}

impl From<Full> for ResponseBody {
    fn from(full: Full) -> Self {
        let response = full.response;
        let given =
            |a: crate::answering::model::Answer| Given { question: a.question, value: a.value, text: a.text };
        Self {
            id: response.id,
            version: response.version,
            customer: response.customer,
            site: response.site,
            channel: response.channel,
            collection: response.collection.name().to_owned(),
            locale: response.locale.code().to_owned(),
            at: response.submitted_at,
            contact_ok: response.contact_ok,
            weight: response.weight,
            answers: full.answers.into_iter().map(given).collect(),
        }
    }
}

/// Which responses.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Search {
    /// From this day, `YYYY-MM-DD`.
    from: String,
    /// To this day, included.
    to: String,
    /// Of one site.
    site: String,
    /// Through one channel.
    channel: String,
    /// Where the previous page ended.
    cursor: String,
    /// Rows wanted, 50 unless said, 500 at most.
    limit: Option<i64>,
}

impl Search {
    fn filter(&self) -> kernel::Result<Filter> {
        let day = |field: &'static str, text: &str| -> kernel::Result<Option<Day>> {
            let given = Some(text).filter(|t| !t.is_empty());
            given.map(str::parse).transpose().map_err(|_| Error::field(field, "response-error-day"))
        };
        let site = Some(self.site.as_str()).filter(|s| !s.is_empty()).map(str::parse).transpose();
        Ok(Filter {
            from: day("from", &self.from)?,
            to: day("to", &self.to)?,
            site: site.map_err(|_| Error::field("site", "response-error-site"))?,
            channel: Some(self.channel.clone()).filter(|c| !c.is_empty()),
            with_words: false,
        })
    }
}

/// Reads `days-id`, as given by the previous page.
pub(crate) fn cursor(text: &str) -> kernel::Result<Option<(Day, Id)>> {
    if text.is_empty() {
        return Ok(None);
    }
    let parts = text
        .split_once('-')
        .and_then(|(day, id)| Some((Day::from_days(day.parse().ok()?), id.parse().ok()?)));
    parts.map(Some).ok_or_else(|| Error::field("cursor", "kit-bad-cursor"))
}

/// Responses of a survey, the latest day first.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/responses", tag = "surveys",
    params(("id" = String, Path, description = "Identifier of the survey"), Search),
    responses((status = 200, body = PageOf<ResponseBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    Query(search): Query<Search>,
) -> HttpResult {
    let (filter, beyond) = (search.filter()?, cursor(&search.cursor)?);
    let limit = search.limit.unwrap_or(actions::PAGE).clamp(1, 500);
    let mut found =
        app.read(move |tx| actions::list(tx, &caller.actor, id, &filter, beyond, limit + 1)).await?;
    let more = found.len() as i64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or_default());
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|f| format!("{}-{}", f.response.day.as_days(), f.response.id));
    let items: Vec<ResponseBody> = found.into_iter().map(Into::into).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Answers to record.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewResponse {
    /// The answers; only the first score must be given.
    answers: Vec<Given>,
    /// Who answered, when known.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    customer: Option<Id>,
    /// Where.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    site: Option<Id>,
    /// Through what: `link`, `qr`, `paper`, `phone`, `counter`, `mail`, `letter`, `visit`, `web`, or a word of
    /// your own in lower case. `web` unless said.
    #[serde(default)]
    channel: Option<String>,
    /// How it was collected: `random_draw`, `census`, `quota`, `self_selected` or `unknown`. `unknown` unless said.
    #[serde(default)]
    collection: Option<String>,
    /// Language of the reader, `fr` or `en`; `fr` unless said.
    #[serde(default)]
    locale: Option<String>,
    /// When, RFC 3339; now unless said.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Instant>,
    /// Weight in figures.
    #[serde(default)]
    weight: Option<f64>,
}

/// What was recorded.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordedBody {
    /// Identifier of the response.
    #[schema(value_type = String)]
    id: Id,
}

/// Records the answers of one person to a published survey. Send an `Idempotency-Key`: a repeated request then
/// records once.
#[utoipa::path(post, path = "/api/v1/surveys/{id}/responses", tag = "surveys", request_body = NewResponse,
    params(("id" = String, Path, description = "Identifier of the survey"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = RecordedBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    new: Repeatable<NewResponse>,
) -> HttpResult {
    let by = caller.actor.clone();
    new.create(&app, &caller, move |tx, new| {
        let response = actions::bring(tx, &by, id, &brought(new)?)?;
        Ok((format!("/api/v1/surveys/{id}/responses"), RecordedBody { id: response }))
    })
    .await
}

fn brought(new: &NewResponse) -> kernel::Result<Brought> {
    let collection = match new.collection.as_deref() {
        None => Some(Collection::Unknown),
        Some(name) => Collection::parse(name),
    };
    let locale: Locale = new.locale.as_deref().map_or(Ok(Locale::Fr), str::parse)?;
    Ok(Brought {
        answers: new.answers.clone(),
        customer: new.customer,
        site: new.site,
        channel: new.channel.clone().unwrap_or_else(|| "web".to_owned()),
        collection: collection.ok_or_else(|| Error::field("collection", "response-error-collection"))?,
        locale,
        at: new.at,
        weight: new.weight,
    })
}
