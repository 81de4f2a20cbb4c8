//! Cases over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::identity::Permission::{CasesRead, CasesWrite};
use kernel::{Error, Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{IfMatch, PageOf, PageQuery, Repeatable, json};
use web_kit::{Access, App, Caller, HttpResult, Json, Path, Problem, Query, Routes};

use super::actions;
use super::composer;
use super::model::{Case, CaseEdit, CaseInput, Filter, Origin, View};
use super::pages::queue::cursor;
use super::store::{self, Draft};
use super::{rules, url};
use crate::causes;

/// Routes under `/api/v1`.
pub(super) fn routes() -> Routes {
    let (read, write) = (Access::Api(CasesRead), Access::Api(CasesWrite));
    Routes::new()
        .get("/api/v1/cases", read, list)
        .post("/api/v1/cases", write, create)
        .get("/api/v1/cases/{id}", read, show)
        .patch("/api/v1/cases/{id}", write, change)
        .get("/api/v1/cases/{id}/steps", read, steps)
        .post("/api/v1/cases/{id}/handover", write, hand_over)
        .post("/api/v1/cases/{id}/attempts", write, attempt)
        .post("/api/v1/cases/{id}/notes", write, note)
        .post("/api/v1/cases/{id}/reply", write, reply)
        .post("/api/v1/cases/{id}/notice", write, tell)
        .post("/api/v1/cases/{id}/extension", write, extend)
        .post("/api/v1/cases/{id}/closure", write, close)
        .delete("/api/v1/cases/{id}/closure", write, reopen)
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(
    list, create, show, change, steps, hand_over, attempt, note, reply, tell, extend, close, reopen
))]
pub(crate) struct Document;

/// A case.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// What people say aloud: `B-2026-000123-7`.
    reference: String,
    /// `answer`, `hand`, `api` or `import`.
    origin: String,
    /// What it is about, in our words.
    title: String,
    /// What the customer said, untouched.
    words: String,
    /// The customer, when known.
    #[schema(value_type = Option<String>)]
    customer: Option<Id>,
    /// Where somebody unknown asked to be reached.
    reach: String,
    /// The answer that opened it.
    #[schema(value_type = Option<String>)]
    response: Option<Id>,
    /// Measure of that answer: `nps`, `csat` or `ces2`.
    measure: Option<String>,
    /// Its score.
    score: Option<i64>,
    /// Where.
    #[schema(value_type = Option<String>)]
    site: Option<Id>,
    /// Which team.
    #[schema(value_type = Option<String>)]
    team: Option<Id>,
    /// Who carries it.
    #[schema(value_type = Option<String>)]
    owner: Option<Id>,
    /// `minor`, `major` or `critical`.
    severity: String,
    /// Why it happened.
    #[schema(value_type = Option<String>)]
    cause: Option<Id>,
    /// What puts it right.
    remedy: String,
    /// Cost of the remedy, in minor units.
    cost: i64,
    /// ISO 4217 code.
    currency: String,
    /// When it opened.
    #[schema(value_type = String, format = DateTime)]
    opened_at: Instant,
    /// Until when the first contact was due.
    #[schema(value_type = String, format = DateTime)]
    contact_due_at: Instant,
    /// First contact.
    #[schema(value_type = Option<String>, format = DateTime)]
    contacted_at: Option<Instant>,
    /// When the customer was told.
    #[schema(value_type = Option<String>, format = DateTime)]
    told_at: Option<Instant>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Instant>,
    /// What its clock runs against: `contact`, `answer`, or `over`.
    phase: String,
    /// Deadline of that phase.
    #[schema(value_type = String, format = DateTime)]
    due_at: Instant,
    /// Rule of that deadline: `open_days`, `open_hours`, `continuous` or `extended`.
    rule: String,
    /// What is to be done next, in the caller's language.
    next_step: String,
    /// Optimistic version.
    version: i64,
}

impl CaseBody {
    fn new(caller: &Caller, case: &Case) -> Self {
        let (measure, score) = case.score.clone().unzip();
        Self {
            id: case.id,
            reference: case.reference.clone(),
            origin: case.origin.name().to_owned(),
            title: case.title.clone(),
            words: case.words.clone(),
            customer: case.customer,
            reach: case.reach.clone(),
            response: case.response,
            measure,
            score,
            site: case.site,
            team: case.team,
            owner: case.owner,
            severity: case.severity.name().to_owned(),
            cause: case.cause,
            remedy: case.remedy.name().to_owned(),
            cost: case.cost,
            currency: case.currency.clone(),
            opened_at: case.opened_at,
            contact_due_at: case.contact_due_at,
            contacted_at: case.contacted_at,
            told_at: case.told_at,
            closed_at: case.closed_at,
            phase: case.clock.phase.name().to_owned(),
            due_at: case.clock.times.due_at,
            rule: case.clock.rule().name().to_owned(),
            next_step: caller.t.get(rules::next_step(case).key()),
            version: case.version,
        }
    }
}

/// Which cases.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// `open` (unless said), `free`, `late`, `closed` or `all`.
    #[serde(default)]
    view: Option<String>,
    /// Only those of one site.
    #[serde(default)]
    site: Option<String>,
    /// Only those of a cause and of what stands below it.
    #[serde(default)]
    cause: Option<String>,
    /// Where the previous page ended: its `next_cursor`.
    #[serde(default)]
    cursor: Option<String>,
    /// Rows wanted, 50 unless said, 500 at most.
    #[serde(default)]
    limit: Option<i64>,
}

/// Cases, in the order of their deadlines; closed ones and all, the latest first.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(ListQuery),
    responses((status = 200, body = PageOf<CaseBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller, Query(q): Query<ListQuery>) -> HttpResult {
    let view = match q.view.as_deref() {
        None | Some("" | "open") => View::Open,
        Some(name) => View::ALL
            .into_iter()
            .find(|view| view.name() == name && *view != View::Mine)
            .ok_or_else(|| Error::field("view", "case-error-view"))?,
    };
    let id = |text: &Option<String>, field: &'static str, key: &'static str| {
        let given = text.as_deref().filter(|text| !text.is_empty());
        given.map(str::parse::<Id>).transpose().map_err(|_| Error::field(field, key))
    };
    let (site, cause) = (id(&q.site, "site", "case-error-site")?, id(&q.cause, "cause", "case-error-cause")?);
    let beyond = q.cursor.as_deref().filter(|c| !c.is_empty()).map(cursor).transpose()?;
    let limit = PageQuery { cursor: None, limit: q.limit }.limit();
    let by = caller.actor.clone();
    let mut found = app
        .read(move |tx| {
            let causes = match cause {
                Some(cause) => causes::actions::tree(tx, &by)?.below(cause),
                None => Vec::new(),
            };
            let filter = Filter { view, site, causes, ..Filter::default() };
            actions::list(tx, &by, &filter, beyond, limit + 1)
        })
        .await?;
    let more = found.len() as i64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(50));
    let last = found.last().filter(|_| more).map(|case| store::place(view, case));
    let items: Vec<CaseBody> = found.iter().map(|case| CaseBody::new(&caller, case)).collect();
    let next_cursor = last.map(|(at, id)| format!("{}-{id}", at.as_micros()));
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Opens a case.
#[utoipa::path(post, path = "/api/v1/cases", tag = "cases", request_body = CaseInput,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    body: Repeatable<CaseInput>,
) -> HttpResult {
    let who = caller.clone();
    body.create(&app, &caller, move |tx, input| {
        let case = actions::create(tx, &who.actor, input, Origin::Api)?;
        Ok((format!("/api/v1{}", url(case.id)), CaseBody::new(&who, &case)))
    })
    .await
}

/// One case.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn show(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.read(move |tx| actions::read(tx, &by, id)).await?;
    json(StatusCode::OK, &CaseBody::new(&caller, &case), Some(case.version))
}

/// Changes title, severity, cause, remedy and cost: every one of them is given.
#[utoipa::path(patch, path = "/api/v1/cases/{id}", tag = "cases", request_body = CaseEdit,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version the change was made against")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(edit): Json<CaseEdit>,
) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.write(move |tx| actions::change(tx, &by, id, version, &edit)).await?;
    json(StatusCode::OK, &CaseBody::new(&caller, &case), Some(case.version))
}

/// Something that happened on a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// What: `opened`, `attempted`, `told`, `closed` and so on.
    kind: String,
    /// Who.
    actor: String,
    /// A note, a letter, a reason.
    text: String,
    /// Channel it went through.
    channel: String,
    /// Outcome of an attempt.
    outcome: String,
}

/// What happened on a case, in order.
#[utoipa::path(get, path = "/api/v1/cases/{id}/steps", tag = "cases",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = PageOf<StepBody>), (status = "default", body = Problem)))]
pub(crate) async fn steps(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let found = app.read(move |tx| actions::steps(tx, &caller.actor, id)).await?;
    let body = |step: super::model::Step| StepBody {
        id: step.id,
        at: step.at,
        kind: step.kind.name().to_owned(),
        actor: step.actor_name,
        text: step.text,
        channel: step.detail.channel,
        outcome: step.detail.outcome,
    };
    let items: Vec<StepBody> = found.into_iter().map(body).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor: None }, None)
}

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
        Ok((format!("/api/v1{}", url(id)), CaseBody::new(&who, &case)))
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

/// Notes an attempt to reach the customer.
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
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(&who, &case)))
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
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(&who, &case)))
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
    /// Elements vouched for although their wording is not found: `facts`, `feeling`, `cause`, `change`, `next`.
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
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(&who, &case)))
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
        Ok((format!("/api/v1{}/steps", url(id)), CaseBody::new(&who, &case)))
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
        Ok((format!("/api/v1{}", url(id)), CaseBody::new(&who, &case)))
    })
    .await
}

/// Closes a case: the customer was told, or refused contact.
#[utoipa::path(post, path = "/api/v1/cases/{id}/closure", tag = "cases",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = CaseBody), (status = "default", body = Problem)))]
pub(crate) async fn close(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let by = caller.actor.clone();
    let case = app.write(move |tx| actions::close(tx, &by, id)).await?;
    json(StatusCode::OK, &CaseBody::new(&caller, &case), Some(case.version))
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
    json(StatusCode::OK, &CaseBody::new(&caller, &case), Some(case.version))
}
