//! Invitations over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::{Error, Id, Instant, jobs, organisation};
use know::customers::model::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Path, Problem, Query};

use super::model::{Invitation, Method, Selection, State as Standing};
use super::{actions, reminders, rules};
use crate::surveys::model::ByMail;

/// An invitation.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// Who is invited.
    #[schema(value_type = String)]
    customer: Id,
    /// For which site.
    #[schema(value_type = Option<String>)]
    site: Option<Id>,
    /// How the invited were chosen: `random_draw`, `census`, `unknown`.
    collection: String,
    /// `created`, `opened`, `answered` or `expired`.
    state: Standing,
    /// The single-use link.
    url: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// Until when it can be answered.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Instant,
    /// When it was answered.
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<Instant>,
}

fn body(invitation: &Invitation, now: Instant, base: &str, key: &[u8]) -> InvitationBody {
    InvitationBody {
        id: invitation.id,
        customer: invitation.customer,
        site: invitation.site,
        collection: invitation.collection.name().to_owned(),
        state: invitation.state(now),
        url: format!("{base}/a/{}", rules::token(key, invitation.id)),
        created_at: invitation.created_at,
        expires_at: invitation.expires_at,
        answered_at: invitation.answered_at,
    }
}

/// Which invitations.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Search {
    /// `created`, `opened`, `answered` or `expired`.
    state: String,
    /// Where the previous page ended.
    cursor: String,
    /// Rows wanted, 50 unless said, 500 at most.
    limit: Option<i64>,
}

/// Invitations of a survey, newest first.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/invitations", tag = "surveys",
    params(("id" = String, Path, description = "Identifier of the survey"), Search),
    responses((status = 200, body = PageOf<InvitationBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    Query(search): Query<Search>,
) -> HttpResult {
    let limit = search.limit.unwrap_or(actions::PAGE).clamp(1, 500);
    let before: Option<Id> = Some(search.cursor.as_str())
        .filter(|c| !c.is_empty())
        .map(str::parse)
        .transpose()
        .map_err(|_| Error::field("cursor", "kit-bad-cursor"))?;
    let state = Standing::parse(&search.state);
    if state.is_none() && !search.state.is_empty() {
        return Err(Error::field("state", "invitation-error-state").into());
    }
    let (base, now) = (app.config().base_url(), app.db().clock().now());
    let (mut lines, key) = app
        .read(move |tx| {
            let lines = actions::list(tx, &caller.actor, id, state, before, limit + 1)?;
            Ok((lines, organisation::store::get(tx)?.link_key))
        })
        .await?;
    let more = lines.len() as i64 > limit;
    lines.truncate(usize::try_from(limit).unwrap_or_default());
    let next_cursor = lines.last().filter(|_| more).map(|l| l.invitation.id.to_string());
    let items: Vec<InvitationBody> = lines.iter().map(|l| body(&l.invitation, now, &base, &key)).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Whom to invite: one customer, so many drawn at random, or everybody a selection holds; one of the three is said.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvitations {
    /// One customer: everything else is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    customer: Option<Id>,
    /// Customers of one site.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    site: Option<Id>,
    /// `prospect`, `customer` or `former`.
    #[serde(default)]
    role: Option<Role>,
    /// So many, drawn at random.
    #[serde(default)]
    draw: Option<i64>,
    /// Everybody the site and role leave, without a draw.
    #[serde(default)]
    everybody: bool,
    /// Send each of them a message; leaves out who cannot be written to.
    #[serde(default)]
    by_mail: bool,
    /// The key of the draw: the same key draws the same customers.
    #[serde(default)]
    key: Option<String>,
    /// Leave out who was invited to anything in the last so many days; the survey's own number unless said.
    #[serde(default)]
    quiet_days: Option<i64>,
}

/// What was made, or is being made.
#[derive(Serialize, ToSchema)]
pub(crate) struct Made {
    /// The invitation of one customer.
    invitation: Option<InvitationBody>,
    /// The job that makes invitations of a selection.
    #[schema(value_type = Option<String>)]
    job: Option<Id>,
    /// Where that job stands.
    #[schema(value_type = Option<String>)]
    state: Option<jobs::State>,
}

/// Invites one customer at once, or a selection by a job. Those who do not want to be asked, or were asked lately,
/// are left out.
#[utoipa::path(post, path = "/api/v1/surveys/{id}/invitations", tag = "surveys", request_body = NewInvitations,
    params(("id" = String, Path, description = "Identifier of the survey"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = Made), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    new: Repeatable<NewInvitations>,
) -> HttpResult {
    let (by, base) = (caller.actor.clone(), app.config().base_url());
    new.create(&app, &caller, move |tx, new| {
        let location = format!("/api/v1/surveys/{id}/invitations");
        if let Some(customer) = new.customer {
            let made = if new.by_mail {
                actions::invite_by_mail(tx, &by, id, customer)?
            } else {
                actions::invite(tx, &by, id, customer)?
            };
            let key = organisation::store::get(tx)?.link_key;
            let invitation = Some(body(&made, tx.now(), &base, &key));
            return Ok((location, Made { invitation, job: None, state: None }));
        }
        let survey = crate::surveys::actions::read(tx, &by, id)?;
        let method = match new.draw {
            // An empty body must not write to all customers.
            None if !new.everybody => return Err(Error::field("everybody", "invitation-error-whom")),
            None => Method::Census,
            Some(n) => Method::Draw { n, key: new.key.clone().unwrap_or_else(|| id.to_string()) },
        };
        let quiet_days = new.quiet_days.unwrap_or(survey.settings.quiet_days);
        let (site, role, by_mail) = (new.site, new.role, new.by_mail);
        let selection = Selection { site, role, method, quiet_days, by_mail };
        let job = actions::order(tx, &by, id, &selection)?;
        Ok((location, Made { invitation: None, job: Some(job), state: Some(jobs::State::Waiting) }))
    })
    .await
}

/// Changes how a survey is sent by e-mail: after contacts or not, how many reminders, after how many days.
#[utoipa::path(post, path = "/api/v1/surveys/{id}/reminders", tag = "surveys", request_body = ByMail,
    params(("id" = String, Path, description = "Identifier of the survey"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = ByMail), (status = "default", body = Problem)))]
pub(crate) async fn set_by_mail(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    wanted: Repeatable<ByMail>,
) -> HttpResult {
    let by = caller.actor.clone();
    wanted
        .create(&app, &caller, move |tx, wanted| {
            let survey = reminders::set(tx, &by, id, wanted)?;
            Ok((format!("/api/v1/surveys/{id}"), survey.by_mail))
        })
        .await
}
