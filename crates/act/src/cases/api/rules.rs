//! The rules of cases over REST.

use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use web_kit::api::{IfMatch, json};
use web_kit::{App, Caller, HttpResult, Json, Problem};

use crate::cases::rules::CaseRules;
use crate::cases::settings::{self, RulesForm};

/// What is to be decided anew; what is absent stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RulesPatch {
    /// Hours to the first contact.
    contact_hours: Option<i64>,
    /// Hours to the answer.
    answer_hours: Option<i64>,
    /// `open_days`, `open_hours` or `continuous`.
    counting: Option<String>,
    /// Opening hours to the first contact where health or safety is at stake.
    danger_contact_hours: Option<i64>,
    /// Opening hours to the answer there.
    danger_answer_hours: Option<i64>,
    /// How often a deadline may be moved.
    extensions_most: Option<i64>,
    /// How many times the time of the answer a moved deadline may take in all.
    extended_times: Option<i64>,
    /// A recommendation score up to this opens a case; -1 for none.
    nps_most: Option<i64>,
    /// A satisfaction score up to this; 0 for none.
    csat_most: Option<i64>,
    /// An ease score up to this; 0 for none.
    ces2_most: Option<i64>,
    /// Mail to the owner when half the time is used.
    mail_half: Option<bool>,
    /// Mail to the owner when four fifths are.
    mail_soon: Option<bool>,
    /// Mail to owner and managers when it is due.
    mail_late: Option<bool>,
}

impl RulesPatch {
    /// The form somebody would send who changes only this.
    fn onto(&self, now: &CaseRules, version: i64) -> RulesForm {
        let mut form = RulesForm::of(now, version);
        let numbers = [
            self.contact_hours,
            self.answer_hours,
            self.danger_contact_hours,
            self.danger_answer_hours,
            self.extensions_most,
            self.extended_times,
            self.nps_most,
            self.csat_most,
            self.ces2_most,
        ];
        for ((_, field), given) in form.numbers().into_iter().zip(numbers) {
            *field = given.map_or_else(|| field.clone(), |n| n.to_string());
        }
        let on = |is: bool| if is { "on".to_owned() } else { String::new() };
        let mails = [
            (&mut form.mail_half, self.mail_half),
            (&mut form.mail_soon, self.mail_soon),
            (&mut form.mail_late, self.mail_late),
        ];
        for (field, given) in mails {
            *field = given.map_or_else(|| field.clone(), on);
        }
        form.counting = self.counting.clone().unwrap_or(form.counting);
        form
    }
}

/// The rules of cases: how long they may take, what opens one, who is warned by mail.
#[utoipa::path(get, path = "/api/v1/cases/rules", tag = "cases",
    responses((status = 200, body = CaseRules), (status = "default", body = Problem)))]
pub(crate) async fn show(State(app): State<App>, caller: Caller) -> HttpResult {
    let (rules, version) = app.read(move |tx| settings::read(tx, &caller.actor)).await?;
    json(StatusCode::OK, &rules, Some(version))
}

/// Decides rules anew for the whole organisation: what runs already keeps those it began with.
#[utoipa::path(patch, path = "/api/v1/cases/rules", tag = "cases", request_body = RulesPatch,
    params(("If-Match" = String, Header, description = "Version the change was made against")),
    responses((status = 200, body = CaseRules), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    IfMatch(version): IfMatch,
    Json(patch): Json<RulesPatch>,
) -> HttpResult {
    let (rules, version) = app
        .write(move |tx| {
            let (now, _) = settings::read(tx, &caller.actor)?;
            settings::decide(tx, &caller.actor, &patch.onto(&now, version))?;
            settings::read(tx, &caller.actor)
        })
        .await?;
    json(StatusCode::OK, &rules, Some(version))
}
