//! Decisions of the room, as pure functions.

mod dues;
mod finding;
mod forms;
mod taking_back;

pub use dues::Due;
pub use finding::{holding, part_of_reference, search_text, words_of};
pub(super) use forms::check_length;
pub use forms::{
    Checked, CheckedClosing, CheckedEdit, TEXT, TITLE, amount, amount_in_form, changes, check, check_closing,
    check_edit, merged, patched, title_of, to_edit, without_quotes,
};
pub use taking_back::last_contact;

use kernel::clock::{Calendar, SignedDuration};
use kernel::{Error, Instant, Result};
use know::interactions::model::Channel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Case, Outcome, Phase, RunningClock, Severity, Step, StepKind};
use crate::clocks::{self, Counting, Deadlines, Policy, Stage};

/// Within so long, the same attempt noted again is a button pressed twice.
const AT_ONCE: SignedDuration = SignedDuration::from_secs(30);

/// An attempt to reach a customer, as somebody notes it.
pub struct Said<'a> {
    /// Who.
    pub by: &'a str,
    /// How.
    pub channel: Channel,
    /// What came of it.
    pub outcome: Outcome,
    /// What was said.
    pub note: &'a str,
}

/// Whether an attempt was noted already, a moment ago and word for word.
pub fn is_said_again(steps: &[Step], said: &Said<'_>, now: Instant) -> bool {
    let is_the_same = |step: &Step| {
        step.kind == StepKind::Attempted
            && (step.actor_name.as_str(), step.text.as_str()) == (said.by, said.note)
            && step.detail.channel == said.channel.name()
            && step.detail.outcome == said.outcome.name()
    };
    steps.iter().rev().take_while(|step| now.since(step.at) <= AT_ONCE).any(is_the_same)
}

/// What the organisation decided about cases. Each change is kept with its date; these are the defaults, by usage
/// (`domain.md` A7: first contact within 24 to 48 hours).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CaseRules {
    /// Hours to the first contact.
    pub contact_hours: i64,
    /// Hours to the answer: repaired and told.
    pub answer_hours: i64,
    /// What counts as time: `open_days`, `open_hours` or `continuous`.
    pub counting: Counting,
    /// Opening hours to the first contact where somebody's health or safety is at stake.
    pub danger_contact_hours: i64,
    /// Opening hours to the answer there.
    pub danger_answer_hours: i64,
    /// How often a deadline may be moved.
    pub extensions_most: i64,
    /// How many times the time of the answer a moved deadline may take in all.
    pub extended_times: i64,
    /// A recommendation score up to this opens a case.
    pub nps_most: i64,
    /// A satisfaction score up to this opens a case.
    pub csat_most: i64,
    /// An ease score (effort, version 2) up to this opens a case.
    pub ces2_most: i64,
    /// Mail to the owner when half the time is used.
    pub mail_half: bool,
    /// Mail to the owner when four fifths are.
    pub mail_soon: bool,
    /// Mail to owner and managers when it is due.
    pub mail_late: bool,
}

impl Default for CaseRules {
    fn default() -> Self {
        Self {
            contact_hours: 48,
            answer_hours: 240,
            counting: Counting::OpenDays,
            danger_contact_hours: 4,
            danger_answer_hours: 16,
            extensions_most: 2,
            extended_times: 2,
            nps_most: 6,
            csat_most: 2,
            ces2_most: 3,
            mail_half: false,
            mail_soon: true,
            mail_late: true,
        }
    }
}

impl CaseRules {
    /// How long a phase may take: a danger is counted in opening hours, and shorter.
    pub const fn policy(&self, phase: Phase, severity: Severity) -> Policy {
        let is_danger = matches!(severity, Severity::Critical);
        let hours = match (phase, is_danger) {
            (Phase::Contact, false) => self.contact_hours,
            (Phase::Answer | Phase::Over, false) => self.answer_hours,
            (Phase::Contact, true) => self.danger_contact_hours,
            (Phase::Answer | Phase::Over, true) => self.danger_answer_hours,
        };
        let counting = if is_danger { Counting::OpenHours } else { self.counting };
        Policy { minutes: hours * 60, counting }
    }

    /// Whether a score opens a case.
    pub fn is_unhappy(&self, measure: &str, score: i64) -> bool {
        match measure {
            "nps" => score <= self.nps_most,
            "csat" => score <= self.csat_most,
            "ces2" => score <= self.ces2_most,
            _ => false,
        }
    }

    /// How bad a score is: the lowest ones are a real loss of trust.
    pub fn severity(measure: &str, score: i64) -> Severity {
        let lowest = match measure {
            "nps" => 3,
            _ => 1,
        };
        if score <= lowest { Severity::Major } else { Severity::Minor }
    }

    /// Whether a mail goes out at a stage.
    pub const fn mails_at(&self, stage: Stage) -> bool {
        match stage {
            Stage::Calm => false,
            Stage::Half => self.mail_half,
            Stage::Soon => self.mail_soon,
            Stage::Late => self.mail_late,
        }
    }
}

/// A clock that starts at `from` against a phase of a case as bad as `severity`.
///
/// # Errors
/// As [`clocks::run`].
pub fn start_clock(
    calendar: &Calendar,
    rules: &CaseRules,
    (phase, severity): (Phase, Severity),
    from: Instant,
) -> Result<RunningClock> {
    let policy = rules.policy(phase, severity);
    let times = clocks::run(calendar, from, policy)?;
    Ok(RunningClock {
        phase,
        from,
        minutes: policy.minutes,
        counting: policy.counting,
        extended_to: None,
        times,
    })
}

/// The case once it turns out at `now` that somebody's health or safety is at stake: the shorter time runs from then,
/// unless less was left anyway.
///
/// # Errors
/// As [`clocks::run`].
pub fn endangered(calendar: &Calendar, rules: &CaseRules, case: Case, now: Instant) -> Result<Case> {
    if case.clock.phase == Phase::Over {
        return Ok(case);
    }
    let clock = start_clock(calendar, rules, (case.clock.phase, Severity::Critical), now)?;
    if clock.times.due_at >= case.clock.times.due_at {
        return Ok(case);
    }
    let contact_due_at = match clock.phase {
        Phase::Contact => clock.times.due_at.min(case.contact_due_at),
        Phase::Answer | Phase::Over => case.contact_due_at,
    };
    Ok(Case { clock, contact_due_at, alerted: 0, ..case })
}

/// The latest instant a moved deadline may name: so many times the time of the answer, by the rule it is counted by.
///
/// # Errors
/// As [`clocks::run`].
pub fn latest(calendar: &Calendar, rules: &CaseRules, case: &Case) -> Result<Instant> {
    let policy = match case.clock.phase {
        Phase::Answer => Policy { minutes: case.clock.minutes, counting: case.clock.counting },
        Phase::Contact | Phase::Over => rules.policy(Phase::Answer, case.severity),
    };
    let whole = Policy { minutes: policy.minutes.saturating_mul(rules.extended_times), ..policy };
    Ok(clocks::run(calendar, case.clock.from, whole)?.due_at)
}

/// The same clock by another calendar: a holiday was added, opening hours changed. What was promised stays promised.
///
/// # Errors
/// As [`clocks::run`].
pub fn again(deadlines: &mut Deadlines, clock: &RunningClock) -> Result<RunningClock> {
    let times = match clock.extended_to {
        Some(to) => deadlines.extended(clock.from, to, clock.counting)?,
        None => {
            let policy = Policy { minutes: clock.minutes, counting: clock.counting };
            deadlines.run(clock.from, policy)?
        }
    };
    Ok(RunningClock { times, ..*clock })
}

/// When the next warning is due, after those already given.
pub fn next_alert(clock: &RunningClock, alerted: i64) -> Option<Instant> {
    if clock.phase == Phase::Over {
        return None;
    }
    let stages = [Stage::Calm, Stage::Half, Stage::Soon, Stage::Late];
    let given = stages.into_iter().rev().find(|stage| stage.percent() <= alerted)?;
    given.next(&clock.times)
}

/// What is to be done next on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Somebody takes it.
    Take,
    /// The customer is reached.
    Contact,
    /// The cause is found.
    FindCause,
    /// The customer is told.
    Tell,
    /// It is closed.
    Close,
    /// What a letter promised is done.
    Keep,
    /// Nothing.
    Nothing,
}

impl NextStep {
    /// Text key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Take => "case-next-take",
            Self::Contact => "case-next-contact",
            Self::FindCause => "case-next-cause",
            Self::Tell => "case-next-tell",
            Self::Close => "case-next-close",
            Self::Keep => "case-next-keep",
            Self::Nothing => "case-next-nothing",
        }
    }
}

/// What is to be done next.
pub fn next_step(case: &Case) -> NextStep {
    match case {
        _ if !case.is_open() && case.promise.is_some() => NextStep::Keep,
        _ if !case.is_open() => NextStep::Nothing,
        _ if may_close(case).is_ok() => NextStep::Close,
        _ if case.owner.is_none() => NextStep::Take,
        _ if case.contacted_at.is_none() => NextStep::Contact,
        _ if case.cause.is_none() => NextStep::FindCause,
        _ => NextStep::Tell,
    }
}

/// Whether a case may be closed: the customer was told, or refused contact with a ground.
///
/// # Errors
/// Refused with what is missing.
pub fn may_close(case: &Case) -> Result<()> {
    if !case.is_open() {
        return Err(Error::refused("case-error-closed"));
    }
    if case.told_at.is_none() && case.refusal.is_none() {
        return Err(Error::refused("case-error-untold"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_thresholds_are_those_of_the_field() {
        let rules = CaseRules::default();
        let unhappy = |measure: &str, scores: std::ops::RangeInclusive<i64>| {
            scores.filter(|score| rules.is_unhappy(measure, *score)).collect::<Vec<_>>()
        };
        assert_eq!(unhappy("nps", 0..=10), [0, 1, 2, 3, 4, 5, 6], "detractors");
        assert_eq!(unhappy("csat", 1..=5), [1, 2]);
        assert_eq!(unhappy("ces2", 1..=7), [1, 2, 3], "high effort is little agreement");
        assert!(!rules.is_unhappy("unheard-of", 0));
    }
}
