//! Surveys over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web_kit::api::{IfMatch, PageOf, PageQuery, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Json, Path, Problem, Query};

use super::model::{Content, NewSurvey, Settings, State as SurveyState, Survey, Template};
use super::{actions, rules, templates};

/// A survey.
#[derive(Serialize, ToSchema)]
pub(crate) struct SurveyBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// Name among colleagues.
    name: String,
    /// What it was made from.
    template: Template,
    /// `draft`, `open` or `closed`.
    state: SurveyState,
    /// Customers are invited by themselves after each contact.
    after_contact: bool,
    /// Nobody is invited who was invited to anything in the last so many days.
    quiet_days: i64,
    /// What it will say and ask once published again.
    content: Content,
    /// Number of the version customers answer; null before the first publication.
    published_version: Option<i64>,
    /// The public link.
    public_url: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When it was last published.
    #[schema(value_type = Option<String>, format = DateTime)]
    published_at: Option<Instant>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Instant>,
    /// Version of the row, for `If-Match`.
    version: i64,
}

fn body(survey: &Survey, base: &str) -> SurveyBody {
    SurveyBody {
        id: survey.id,
        name: survey.settings.name.clone(),
        template: survey.template,
        state: survey.state,
        after_contact: survey.settings.after_contact,
        quiet_days: survey.settings.quiet_days,
        content: survey.draft.clone(),
        published_version: survey.published_number,
        public_url: format!("{base}{}", survey.public_path()),
        created_at: survey.created_at,
        published_at: survey.published_at,
        closed_at: survey.closed_at,
        version: survey.version,
    }
}

/// A survey to make: what is left out comes from the template.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSurveyBody {
    /// `nps`, `csat` or `ces2`.
    template: Template,
    /// Name among colleagues.
    #[serde(default)]
    name: Option<String>,
    /// Invite customers by themselves after each contact.
    #[serde(default)]
    after_contact: bool,
    /// Days without another invitation, 90 unless said.
    #[serde(default)]
    quiet_days: Option<i64>,
    /// What it says and asks.
    #[serde(default)]
    content: Option<Content>,
}

/// What to change: only what is sent.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SurveyPatch {
    /// Name among colleagues.
    #[serde(default)]
    name: Option<String>,
    /// Invite customers by themselves after each contact.
    #[serde(default)]
    after_contact: Option<bool>,
    /// Days without another invitation.
    #[serde(default)]
    quiet_days: Option<i64>,
    /// What it says and asks, whole.
    #[serde(default)]
    content: Option<Content>,
}

/// Surveys, newest first.
#[utoipa::path(get, path = "/api/v1/surveys", tag = "surveys", params(PageQuery),
    responses((status = 200, body = PageOf<SurveyBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> HttpResult {
    let (before, limit) = (page.after()?, page.limit());
    let mut lines = app.read(move |tx| actions::list(tx, &caller.actor, before, limit + 1)).await?;
    let more = lines.len() as i64 > limit;
    lines.truncate(usize::try_from(limit).unwrap_or_default());
    let base = app.config().base_url();
    let items: Vec<SurveyBody> = lines.iter().map(|line| body(&line.survey, &base)).collect();
    let next_cursor = lines.last().filter(|_| more).map(|l| l.survey.id.to_string());
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Makes a draft.
#[utoipa::path(post, path = "/api/v1/surveys", tag = "surveys", request_body = NewSurveyBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = SurveyBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    new: Repeatable<NewSurveyBody>,
) -> HttpResult {
    let (by, t, base) = (caller.actor.clone(), caller.t, app.config().base_url());
    new.create(&app, &caller, move |tx, new| {
        if new.template == Template::Imported {
            return Err(Error::field("template", "survey-error-template"));
        }
        let organisation = kernel::organisation::store::get(tx)?;
        let content = match &new.content {
            Some(content) => content.clone(),
            None => templates::content(t, new.template, &organisation.name),
        };
        let usual = content.title.read_in(organisation.locale).to_owned();
        let settings = Settings {
            name: new.name.clone().unwrap_or(usual),
            after_contact: new.after_contact,
            quiet_days: new.quiet_days.unwrap_or(rules::QUIET_DAYS),
        };
        let survey = actions::create(tx, &by, &NewSurvey { template: new.template, settings, content })?;
        Ok((format!("/api/v1/surveys/{}", survey.id), body(&survey, &base)))
    })
    .await
}

/// One survey.
#[utoipa::path(get, path = "/api/v1/surveys/{id}", tag = "surveys",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = SurveyBody), (status = "default", body = Problem)))]
pub(crate) async fn read(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let survey = app.read(move |tx| actions::read(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &body(&survey, &app.config().base_url()), Some(survey.version))
}

/// Changes a survey. A wording that is published stays as it is until the survey is published again.
#[utoipa::path(patch, path = "/api/v1/surveys/{id}", tag = "surveys", request_body = SurveyPatch,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version read, from ETag")),
    responses((status = 200, body = SurveyBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(patch): Json<SurveyPatch>,
) -> HttpResult {
    let survey = app
        .write(move |tx| {
            let before = actions::read(tx, &caller.actor, id)?;
            let settings = Settings {
                name: patch.name.clone().unwrap_or(before.settings.name),
                after_contact: patch.after_contact.unwrap_or(before.settings.after_contact),
                quiet_days: patch.quiet_days.unwrap_or(before.settings.quiet_days),
            };
            let content = patch.content.clone().unwrap_or(before.draft);
            actions::save(tx, &caller.actor, id, version, &settings, &content)
        })
        .await?;
    json(StatusCode::OK, &body(&survey, &app.config().base_url()), Some(survey.version))
}

/// Nothing to say.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Empty {}

/// Publishes the draft as the next version.
#[utoipa::path(post, path = "/api/v1/surveys/{id}/publication", tag = "surveys", request_body = Empty,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = SurveyBody), (status = "default", body = Problem)))]
pub(crate) async fn publish(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    empty: Repeatable<Empty>,
) -> HttpResult {
    let (by, base) = (caller.actor.clone(), app.config().base_url());
    empty
        .create(&app, &caller, move |tx, _| {
            let survey = actions::publish(tx, &by, id)?;
            Ok((format!("/api/v1/surveys/{id}"), body(&survey, &base)))
        })
        .await
}

/// Closes a survey: it takes no more answers.
#[utoipa::path(post, path = "/api/v1/surveys/{id}/closure", tag = "surveys", request_body = Empty,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = SurveyBody), (status = "default", body = Problem)))]
pub(crate) async fn close(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    empty: Repeatable<Empty>,
) -> HttpResult {
    let (by, base) = (caller.actor.clone(), app.config().base_url());
    empty
        .create(&app, &caller, move |tx, _| {
            let survey = actions::close(tx, &by, id)?;
            Ok((format!("/api/v1/surveys/{id}"), body(&survey, &base)))
        })
        .await
}

/// Opens a closed survey again.
#[utoipa::path(delete, path = "/api/v1/surveys/{id}/closure", tag = "surveys",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = SurveyBody), (status = "default", body = Problem)))]
pub(crate) async fn reopen(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let survey = app.write(move |tx| actions::reopen(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &body(&survey, &app.config().base_url()), Some(survey.version))
}
