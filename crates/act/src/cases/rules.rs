//! Decisions of the room, as pure functions.

use kernel::clock::Calendar;
use kernel::{Error, FieldError, Instant, Message, Result};
use serde::{Deserialize, Serialize};

use super::model::{Case, CaseEdit, CaseInput, Phase, Remedy, RunningClock, Severity};
use crate::clocks::{self, Counting, Policy, Stage};

/// Characters of a title at most.
pub const TITLE: usize = 120;
/// Characters of words, notes and letters at most.
pub const TEXT: usize = 10_000;
/// Largest cost, in minor units: a million.
const COST: i64 = 100_000_000;

/// What the organisation decided about cases. Each change is kept with its date; these are the defaults, by usage
/// (`domain.md` A7: first contact within 24 to 48 hours).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseRules {
    /// Hours to the first contact.
    pub contact_hours: i64,
    /// Hours to the answer: repaired and told.
    pub answer_hours: i64,
    /// What counts as time.
    pub counting: Counting,
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
    /// How long a phase may take.
    pub const fn policy(&self, phase: Phase) -> Policy {
        let hours = match phase {
            Phase::Contact => self.contact_hours,
            Phase::Answer | Phase::Over => self.answer_hours,
        };
        Policy { minutes: hours * 60, counting: self.counting }
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

/// A clock that starts at `from` against a phase.
///
/// # Errors
/// As [`clocks::run`].
pub fn start_clock(
    calendar: &Calendar,
    rules: &CaseRules,
    phase: Phase,
    from: Instant,
) -> Result<RunningClock> {
    let policy = rules.policy(phase);
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

/// The same clock by another calendar: a holiday was added, opening hours changed. What was promised stays promised.
///
/// # Errors
/// As [`clocks::run`].
pub fn again(calendar: &Calendar, clock: &RunningClock) -> Result<RunningClock> {
    let times = match clock.extended_to {
        Some(to) => clocks::extended(calendar, clock.from, to, clock.counting)?,
        None => {
            let policy = Policy { minutes: clock.minutes, counting: clock.counting };
            clocks::run(calendar, clock.from, policy)?
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
            Self::Nothing => "case-next-nothing",
        }
    }
}

/// What is to be done next.
pub fn next_step(case: &Case) -> NextStep {
    match case {
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

/// What was typed about a new case, checked but for the rows it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// In our words.
    pub title: String,
    /// In theirs.
    pub words: String,
    /// How bad it is.
    pub severity: Severity,
}

/// Checks what was typed about a new case.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field.
pub fn check(input: &CaseInput) -> Result<Checked> {
    let mut errors = Vec::new();
    check_title(&input.title, &mut errors);
    check_length("words", &input.words, &mut errors);
    let severity = severity(&input.severity, &mut errors);
    if input.customer.trim().is_empty() && input.reach.trim().is_empty() {
        errors.push(FieldError::new("customer", "case-error-who"));
    }
    if input.reach.chars().count() > TITLE {
        errors.push(FieldError::new("reach", Message::new("case-error-long").with("most", TITLE)));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Ok(Checked { title: input.title.trim().to_owned(), words: input.words.trim().to_owned(), severity })
}

fn check_title(title: &str, errors: &mut Vec<FieldError>) {
    if title.trim().is_empty() {
        errors.push(FieldError::new("title", "case-error-title"));
    }
    if title.chars().any(char::is_control) {
        errors.push(FieldError::new("title", "case-error-title-control"));
    }
    if title.chars().count() > TITLE {
        errors.push(FieldError::new("title", Message::new("case-error-long").with("most", TITLE)));
    }
}

/// Names a text that is too long.
pub(super) fn check_length(field: &'static str, text: &str, errors: &mut Vec<FieldError>) {
    if text.chars().count() > TEXT {
        errors.push(FieldError::new(field, Message::new("case-error-long").with("most", TEXT)));
    }
}

fn severity(text: &str, errors: &mut Vec<FieldError>) -> Severity {
    let text = if text.is_empty() { Severity::Minor.name() } else { text };
    Severity::parse(text).unwrap_or_else(|_| {
        errors.push(FieldError::new("severity", "case-error-severity"));
        Severity::Minor
    })
}

/// What was typed about a known case, checked but for the cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedEdit {
    /// In our words.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// What puts it right.
    pub remedy: Remedy,
    /// What that costs, in minor units.
    pub cost: i64,
}

/// Checks what was typed about a known case.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field.
pub fn check_edit(edit: &CaseEdit) -> Result<CheckedEdit> {
    let mut errors = Vec::new();
    check_title(&edit.title, &mut errors);
    let severity = severity(&edit.severity, &mut errors);
    let remedy = Remedy::parse(if edit.remedy.is_empty() { "none" } else { &edit.remedy });
    if remedy.is_err() {
        errors.push(FieldError::new("remedy", "case-error-remedy"));
    }
    let cost = amount(&edit.cost);
    if cost.is_none() {
        errors.push(FieldError::new("cost", "case-error-cost"));
    }
    let (Ok(remedy), Some(cost), true) = (remedy, cost, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    Ok(CheckedEdit { title: edit.title.trim().to_owned(), severity, remedy, cost })
}

/// Minor units of an amount as people write it: `12`, `12,5`, `1 250.40`; nothing is zero.
pub fn amount(text: &str) -> Option<i64> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    if plain.is_empty() {
        return Some(0);
    }
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) || fraction.len() > 2 || whole.len() > 9 {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let cents: i64 = format!("{fraction:0<2}").parse().ok()?;
    Some(whole * 100 + cents).filter(|cost| *cost <= COST)
}

/// An amount as a form shows it.
pub fn amount_in_form(cost: i64) -> String {
    match (cost / 100, cost % 100) {
        (0, 0) => String::new(),
        (whole, 0) => whole.to_string(),
        (whole, cents) => format!("{whole},{cents:02}"),
    }
}

/// The case as its form shows it.
pub fn to_edit(case: &Case) -> CaseEdit {
    CaseEdit {
        title: case.title.clone(),
        severity: case.severity.name().to_owned(),
        cause: case.cause.map(|id| id.to_string()).unwrap_or_default(),
        remedy: case.remedy.name().to_owned(),
        cost: amount_in_form(case.cost),
        csrf: String::new(),
        version: case.version.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let read = ["", "12", "12,5", "1 250.40", "0,05", ",50"].map(amount);
        assert_eq!(read, [Some(0), Some(1_200), Some(1_250), Some(125_040), Some(5), Some(50)]);
        for wrong in ["-1", "12,345", "1e3", "douze", "12,5,1", "99999999999"] {
            assert_eq!(amount(wrong), None, "{wrong}");
        }
    }

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

    proptest! {
        #[test]
        fn an_amount_shown_in_a_form_reads_back(cost in 0..100_000_000_i64) {
            prop_assert_eq!(amount(&amount_in_form(cost)), Some(cost));
        }

        #[test]
        fn any_text_is_an_amount_or_none(text in ".{0,20}") {
            let _ = amount(&text);
        }
    }
}
