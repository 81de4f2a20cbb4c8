//! Reminders: after some days without an answer, so many at most, and never to somebody who answered, said no, whose
//! address bounced, or who has none.

use kernel::clock::SignedDuration;
use kernel::identity::{Actor, Permission};
use kernel::jobs::{Context, Go, Handler, Recurring, Step};
use kernel::ledger::Event;
use kernel::{Error, FieldError, Id, Result, Tx};

use super::mailing::{self, Purpose};
use super::{actions, store};
use crate::surveys;
use crate::surveys::model::{ByMail, State, Survey};

/// Reminders queued in one transaction.
const BATCH: i64 = 500;

/// Its handler.
pub const JOB: Handler = Handler { name: "listen.remind", run };

/// How often it runs.
pub const OFTEN: Recurring = Recurring { name: "listen.remind", every: SignedDuration::from_hours(1) };

/// Changes how a survey is sent by e-mail.
pub fn set(tx: &mut Tx<'_>, by: &Actor, survey: Id, wanted: &ByMail) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    let before = surveys::store::get(tx, survey)?;
    let mut errors = Vec::new();
    if !(0..=5).contains(&wanted.reminders) {
        errors.push(FieldError::new("reminders", "reminder-error-most"));
    }
    if !(1..=60).contains(&wanted.reminder_days) {
        errors.push(FieldError::new("reminder_days", "reminder-error-days"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if before.by_mail != *wanted {
        surveys::store::set_by_mail(tx, survey, wanted)?;
        Event::new("survey.mail-changed", survey).before(&before.by_mail).after(wanted).record(tx, by)?;
    }
    surveys::store::get(tx, survey)
}

fn run(context: &Context) -> Result<()> {
    let mut done: i64 = context.checkpoint()?.unwrap_or(0);
    loop {
        let (send, receive) = std::sync::mpsc::channel();
        let go = context.step(move |tx| {
            let n = remind_some(tx)?;
            // The step may be run again; the last number counts.
            let _ = send.send(n);
            Ok(Step { done: done + n, total: done + n, checkpoint: (done + n).into() })
        })?;
        let n = receive.try_iter().last().unwrap_or(0);
        done += n;
        if go == Go::Stop || n == 0 {
            return Ok(());
        }
    }
}

/// Looks at invitations whose reminder is due; returns how many it looked at.
fn remind_some(tx: &mut Tx<'_>) -> Result<i64> {
    let due = store::to_remind(tx, BATCH)?;
    let mut by_survey: Vec<(Id, i64, Vec<super::model::Invitation>)> = Vec::new();
    for (invitation, reminded, may) in &due {
        let rank = reminded + 1;
        let survey = invitation.survey;
        let place = by_survey.iter().position(|(s, r, _)| (*s, *r) == (survey, rank));
        let place = place.unwrap_or_else(|| {
            by_survey.push((survey, rank, Vec::new()));
            by_survey.len() - 1
        });
        if *may && let Some((_, _, some)) = by_survey.get_mut(place) {
            some.push(invitation.clone());
        }
        store::set_reminder(tx, invitation.id, *reminded, None)?;
    }
    for (survey, rank, invitations) in by_survey {
        let survey = surveys::store::get(tx, survey)?;
        remind(tx, &survey, rank, &invitations)?;
    }
    Ok(due.len() as i64)
}

fn remind(tx: &mut Tx<'_>, survey: &Survey, rank: i64, some: &[super::model::Invitation]) -> Result<()> {
    if some.is_empty() || survey.state != State::Open || rank > survey.by_mail.reminders {
        return Ok(());
    }
    let by = Actor::system(&survey.settings.name);
    let n = mailing::queue(tx, &by, survey, some, Purpose::Remind(rank))?;
    let next =
        (rank < survey.by_mail.reminders).then(|| tx.now().plus(actions::days(survey.by_mail.reminder_days)));
    for invitation in some {
        store::set_reminder(tx, invitation.id, rank, next)?;
    }
    let said = serde_json::json!({ "n": n, "rank": rank });
    Event::new("survey.reminded", survey.id).after(&said).record(tx, &by).map(drop)
}
