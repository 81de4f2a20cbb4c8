//! Improvements and the ranking of causes over REST.

use axum::extract::State as Shared;
use http::StatusCode;
use kernel::{Day, Id};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Path, Problem, Query};

use super::model::{Attained, Effect, Improvement, ImprovementInput, State, Told, Verdict};
use super::{Ranked, actions, ranked_cases, ranking as ranked, url};
use crate::costs::AmountBody;

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, create, show, start, judge, ranking))]
pub(crate) struct Document;

/// An improvement.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImprovementBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// What is done.
    title: String,
    /// More about it.
    description: String,
    /// The cause it removes.
    #[schema(value_type = Option<String>)]
    cause: Option<Id>,
    /// Where; everywhere when absent.
    #[schema(value_type = Option<String>)]
    site: Option<Id>,
    /// Who sees to it.
    #[schema(value_type = String)]
    owner: Id,
    /// `planned`, `in_place`, `judged` or `abandoned`.
    state: String,
    /// Cost, in minor units.
    cost: i64,
    /// ISO 4217 code.
    currency: String,
    /// `nps`, `csat` or `ces2`.
    measure: String,
    /// Expected difference.
    expected: f64,
    /// In place until.
    #[schema(value_type = String, format = Date)]
    due: Day,
    /// In place since.
    #[schema(value_type = Option<String>, format = Date)]
    in_place: Option<Day>,
    /// Measured again on.
    #[schema(value_type = String, format = Date)]
    remeasure: Day,
    /// What that showed, in a word.
    effect: Option<Effect>,
    /// Whether the expected difference was reached: only where the whole interval of the difference agrees.
    expected_reached: Option<Attained>,
    /// What that showed, in figures; absent for whoever may not see them.
    verdict: Option<Verdict>,
    /// What was learnt.
    lesson: String,
    /// Customers told: their mail left and did not come back; absent for whoever may not see figures of it, and until
    /// customers are told.
    told: Option<u64>,
    /// What became of all mails to them.
    told_mails: Option<Told>,
    /// Optimistic version.
    version: i64,
}

impl From<&Improvement> for ImprovementBody {
    fn from(i: &Improvement) -> Self {
        Self {
            id: i.id,
            title: i.title.clone(),
            description: i.description.clone(),
            cause: i.cause,
            site: i.site,
            owner: i.owner,
            state: i.state.name().to_owned(),
            cost: i.cost,
            currency: i.currency.clone(),
            measure: i.measure.name().to_owned(),
            expected: i.expected,
            due: i.due_day,
            in_place: i.in_place_day,
            remeasure: i.remeasure_day,
            effect: i.effect,
            expected_reached: i.attained,
            verdict: i.verdict.clone(),
            lesson: i.lesson.clone(),
            told: i.told.map(|told| told.left),
            told_mails: i.told,
            version: i.version,
        }
    }
}

/// Which improvements.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// `planned`, `in_place`, `judged` or `abandoned`; all of them unless said.
    #[serde(default)]
    state: Option<String>,
}

/// Improvements: open ones by what is due next, then the others; 500 at most.
#[utoipa::path(get, path = "/api/v1/improvements", tag = "improvements", params(ListQuery),
    responses((status = 200, body = PageOf<ImprovementBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(Shared(app): Shared<App>, caller: Caller, Query(q): Query<ListQuery>) -> HttpResult {
    let state = q.state.as_deref().filter(|s| !s.is_empty()).map(State::parse).transpose()?;
    let found = app.read(move |tx| actions::list(tx, &caller.actor, state)).await?;
    let items: Vec<ImprovementBody> = found.iter().map(Into::into).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

/// Begins an improvement.
#[utoipa::path(post, path = "/api/v1/improvements", tag = "improvements", request_body = ImprovementInput,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = ImprovementBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    Shared(app): Shared<App>,
    caller: Caller,
    body: Repeatable<ImprovementInput>,
) -> HttpResult {
    let by = caller.actor.clone();
    body.create(&app, &caller, move |tx, input| {
        let made = actions::create(tx, &by, input)?;
        Ok((format!("/api/v1{}", url(made.id)), ImprovementBody::from(&made)))
    })
    .await
}

/// One improvement.
#[utoipa::path(get, path = "/api/v1/improvements/{id}", tag = "improvements",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = ImprovementBody), (status = "default", body = Problem)))]
pub(crate) async fn show(Shared(app): Shared<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let found = app.read(move |tx| actions::read(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &ImprovementBody::from(&found), Some(found.version))
}

/// Since when it is in place.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartInput {
    /// Day, `YYYY-MM-DD`; today when empty.
    #[serde(default)]
    since: String,
}

/// Says that an improvement is in place.
#[utoipa::path(post, path = "/api/v1/improvements/{id}/start", tag = "improvements", request_body = StartInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = ImprovementBody), (status = "default", body = Problem)))]
pub(crate) async fn start(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<StartInput>,
) -> HttpResult {
    let by = caller.actor.clone();
    body.create(&app, &caller, move |tx, input| {
        let made = actions::start(tx, &by, id, &input.since)?;
        Ok((format!("/api/v1{}", url(id)), ImprovementBody::from(&made)))
    })
    .await
}

/// What was learnt.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerdictInput {
    /// In a sentence.
    lesson: String,
}

/// Measures again and keeps what that shows, from the day that was set.
#[utoipa::path(post, path = "/api/v1/improvements/{id}/verdict", tag = "improvements", request_body = VerdictInput,
    params(("id" = String, Path, description = "Identifier"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = ImprovementBody), (status = "default", body = Problem)))]
pub(crate) async fn judge(
    Shared(app): Shared<App>,
    caller: Caller,
    Path(id): Path<Id>,
    body: Repeatable<VerdictInput>,
) -> HttpResult {
    let by = caller.actor.clone();
    body.create(&app, &caller, move |tx, input| {
        let made = actions::judge(tx, &by, id, &input.lesson)?;
        Ok((format!("/api/v1{}", url(id)), ImprovementBody::from(&made)))
    })
    .await
}

/// A cause among the others.
#[derive(Serialize, ToSchema)]
pub struct RankedBody {
    /// The cause; absent for cases whose cause is not found yet.
    #[schema(value_type = Option<String>)]
    cause: Option<Id>,
    /// Cases.
    n: i64,
    /// People behind them.
    people: i64,
    /// Share of all cases, 0 to 1.
    share: f64,
    /// Mean weight of severity, 1 to 4.
    severity: f64,
    /// Importance as stated, 1 to 5.
    importance: i64,
    /// Frequency × severity × importance.
    weight: i64,
    /// Few people said most of it.
    vocal_minority: bool,
    /// Cost of remedies, by currency.
    costs: Vec<AmountBody>,
}

impl From<&Ranked> for RankedBody {
    fn from(r: &Ranked) -> Self {
        Self {
            cause: r.cause,
            n: r.n,
            people: r.people,
            share: r.share,
            severity: r.severity,
            importance: r.importance,
            weight: r.weight,
            vocal_minority: r.is_vocal,
            costs: r.costs.bodies(),
        }
    }
}

/// Period and place of a ranking.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RankQuery {
    /// First day the cases were opened, `YYYY-MM-DD`; 90 days before the last unless said.
    #[serde(default)]
    from: Option<String>,
    /// Last day; today unless said.
    #[serde(default)]
    to: Option<String>,
    /// One site.
    #[serde(default)]
    site: Option<String>,
}

/// Causes of the cases opened within a period, the heaviest first.
#[utoipa::path(get, path = "/api/v1/causes/ranking", tag = "improvements", params(RankQuery),
    responses((status = 200, body = PageOf<RankedBody>), (status = "default", body = Problem)))]
pub(crate) async fn ranking(
    Shared(app): Shared<App>,
    caller: Caller,
    Query(q): Query<RankQuery>,
) -> HttpResult {
    let (from, to) = (q.from.unwrap_or_default(), q.to.unwrap_or_default());
    let site = q.site.unwrap_or_default();
    let (_, found) = app
        .read(move |tx| {
            let (site, period) = ranked_cases(tx, &from, &to, &site)?;
            ranked(tx, &caller.actor, site, period)
        })
        .await?;
    let items: Vec<RankedBody> = found.iter().map(Into::into).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}
