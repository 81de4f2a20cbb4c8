//! Telling the customer, moving the deadline, closing and opening again.

use kernel::clock::Calendar;
use kernel::identity::{Actor, Permission};
use kernel::texts::T;
use kernel::{Day, Error, FieldError, Id, Instant, Message, Result, Tx, organisation};
use know::interactions::model::Channel;

use super::work::known_cause;
use super::{Move, apply, on_timeline, open_case, reached};
use crate::cases::composer;
use crate::cases::model::{Before, Case, Change, Closing, Detail, Phase, RunningClock, StepKind};
use crate::cases::rules::{self, CaseRules};
use crate::cases::store;
use crate::clocks::{self, Deadlines};

/// Channels by which a customer is told beside a mail from the case.
const TOLD: [Channel; 5] = [Channel::Phone, Channel::Counter, Channel::Letter, Channel::Visit, Channel::Mail];

/// Notes what the customer was told, and how.
pub fn tell(tx: &mut Tx<'_>, by: &Actor, id: Id, channel: &str, text: &str) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let mut errors = Vec::new();
    let channel = Channel::parse(channel).ok().filter(|c| TOLD.contains(c));
    if channel.is_none() {
        errors.push(FieldError::new("channel", "case-error-channel"));
    }
    if text.trim().is_empty() {
        errors.push(FieldError::new("text", "case-error-told"));
    }
    rules::check_length("text", text, &mut errors);
    let (Some(channel), true) = (channel, errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    let entry = on_timeline(tx, by, &before, channel.name(), text.trim())?;
    let detail = Detail {
        channel: channel.name().to_owned(),
        before: Some(Before::of(&before, entry)),
        ..Detail::default()
    };
    told(tx, by, &before, text.trim(), detail)
}

/// The customer was told: nothing is due any more, the case can be closed.
pub fn told(tx: &mut Tx<'_>, by: &Actor, before: &Case, text: &str, detail: Detail) -> Result<Case> {
    let now = tx.now();
    let organisation = organisation::store::get(tx)?;
    let (rules, _) = store::case_rules(tx)?;
    let mut after = reached(&organisation, &rules, before.clone(), now)?;
    after.told_at = Some(now);
    after.clock.phase = Phase::Over;
    let made = Move { event: "case.told", step: StepKind::Told, text: text.to_owned(), detail };
    apply(tx, by, before, after, &made)
}

/// Whether a deadline may be moved: by its owner or a manager, as often as the rules say.
///
/// # Errors
/// Refused with why not.
pub fn may_extend(by: &Actor, case: &Case, rules: &CaseRules) -> Result<()> {
    if case.clock.phase == Phase::Over {
        return Err(Error::refused("case-error-nothing-due"));
    }
    let is_owner = case.owner.is_some() && case.owner == by.user();
    if !is_owner && !by.may(Permission::CasesManage) {
        return Err(Error::refused("case-error-extend-who"));
    }
    if case.extensions >= rules.extensions_most {
        let message = Message::new("case-error-extended-enough").with("most", rules.extensions_most);
        return Err(Error::refused(message));
    }
    Ok(())
}

/// Moves the deadline to the end of work of a day, with a reason the customer is told.
///
/// By mail, the reason is written to them at once; by any other way, the colleague says that they told it.
pub fn extend(
    tx: &mut Tx<'_>,
    by: &Actor,
    t: T,
    id: Id,
    until: &str,
    channel: &str,
    reason: &str,
) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let organisation = organisation::store::get(tx)?;
    let calendar = organisation.calendar();
    let (rules, _) = store::case_rules(tx)?;
    may_extend(by, &before, &rules)?;
    let mut errors = Vec::new();
    let to = until.trim().parse::<Day>().ok().and_then(|day| end_of_work(&calendar, day));
    let is_later = to.is_some_and(|to| to > before.clock.times.due_at.max(tx.now()));
    if !is_later {
        errors.push(FieldError::new("until", "case-error-until"));
    }
    if reason.trim().is_empty() {
        errors.push(FieldError::new("reason", "case-error-reason"));
    }
    rules::check_length("reason", reason, &mut errors);
    let channel = Channel::parse(channel).ok().filter(|c| TOLD.contains(c));
    if channel.is_none() {
        errors.push(FieldError::new("channel", "case-error-channel"));
    }
    let latest = rules::latest(&calendar, &rules, &before)?;
    let last_day = organisation.zone.day_of(latest);
    if is_later && to.is_some_and(|to| organisation.zone.day_of(to) > last_day) {
        let message = Message::new("case-error-too-far").with("day", t.long_day(last_day));
        errors.push(FieldError::new("until", message));
    }
    let (Some(to), Some(channel), true) = (to, channel, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let mail = if channel == Channel::Mail {
        Some(composer::write_extension(tx, by, t, &before, to, reason.trim(), &organisation)?)
    } else {
        None
    };
    on_timeline(tx, by, &before, channel.name(), reason.trim())?;
    let times = clocks::extended(&calendar, before.clock.from, to, before.clock.counting)?;
    let mut after = before.clone();
    after.clock.extended_to = Some(to);
    after.clock.times = times;
    after.extensions += 1;
    after.alerted = clocks::stage(&times, tx.now()).percent();
    let made = Move {
        event: "case.extended",
        step: StepKind::Extended,
        text: reason.trim().to_owned(),
        detail: Detail { channel: channel.name().to_owned(), until: Some(to), mail, ..Detail::default() },
    };
    apply(tx, by, &before, after, &made)
}

/// The last open instant of a day; without opening hours, the end of the day; `None` on a day of rest.
fn end_of_work(calendar: &Calendar, day: Day) -> Option<Instant> {
    let whole = calendar.zone().range_of(day);
    if calendar.hours().is_none_or(kernel::clock::WorkingHours::is_empty) {
        return Some(calendar.zone().end_of_day(day));
    }
    let open = calendar.working_between(whole.start, whole.end).ok()?;
    if !open.is_positive() {
        return None;
    }
    calendar.add_working(whole.start, open).ok()
}

/// Closes a case: the customer was told, or refused contact, and cause and remedy are said.
///
/// # Errors
/// Refused with what is missing.
pub fn close(tx: &mut Tx<'_>, by: &Actor, id: Id, closing: &Closing) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    rules::may_close(&before)?;
    let checked = rules::check_closing(&before, closing)?;
    let (cause, no_cause) = match checked.cause {
        Ok(named) => (Some(known_cause(tx, &named)?), None),
        Err(reason) => (None, Some(reason)),
    };
    let closed_at = Some(tx.now());
    let mut after = Case { closed_at, cause, no_cause, remedy: checked.remedy, ..before.clone() };
    after.clock.phase = Phase::Over;
    let mut changes = rules::changes(&rules::to_edit(&before), &rules::to_edit(&after));
    if let Some(reason) = &after.no_cause {
        changes.push(Change { field: "no_cause".to_owned(), from: String::new(), to: reason.clone() });
    }
    let made = Move {
        event: "case.closed",
        step: StepKind::Closed,
        text: before.refusal.clone().unwrap_or_default(),
        detail: Detail { changes, ..Detail::default() },
    };
    apply(tx, by, &before, after, &made)
}

/// Notes that what a letter promised was done; on a closed case too.
pub fn keep_promise(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    let Some(promise) = &before.promise else { return Err(Error::refused("case-error-no-promise")) };
    let made = Move {
        event: "case.promise-kept",
        step: StepKind::Kept,
        text: promise.words.clone(),
        detail: Detail { promised: Some(promise.day), ..Detail::default() },
    };
    apply(tx, by, &before, Case { promise: None, ..before.clone() }, &made)
}

/// Opens a closed case again, with a reason: its clock starts anew, and the customer is to be told again.
pub fn reopen(tx: &mut Tx<'_>, by: &Actor, id: Id, reason: &str) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    if before.is_open() {
        return Err(Error::refused("case-error-open"));
    }
    if let Some(customer) = before.customer
        && know::customers::store::is_erased(tx, customer)?
    {
        return Err(Error::refused("erasure-error-done"));
    }
    if reason.trim().is_empty() {
        return Err(Error::field("reason", "case-error-reopen"));
    }
    let mut errors = Vec::new();
    rules::check_length("reason", reason, &mut errors);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    reopened(tx, by, &before, before.contacted_at, reason.trim())
}

/// The same by Bocal itself, when what had closed the case turns out not to hold. A customer who was not even reached
/// is still to be, by the first clock.
pub(in crate::cases) fn reopened(
    tx: &mut Tx<'_>,
    by: &Actor,
    before: &Case,
    contacted_at: Option<Instant>,
    reason: &str,
) -> Result<Case> {
    let (phase, from) = match contacted_at {
        Some(_) => (Phase::Answer, tx.now()),
        None => (Phase::Contact, before.clock.from),
    };
    let after = Case {
        closed_at: None,
        contacted_at,
        reopened: before.reopened + 1,
        ..untold(tx, before, phase, from)?
    };
    let made = Move {
        event: "case.reopened",
        step: StepKind::Reopened,
        text: reason.to_owned(),
        detail: Detail::default(),
    };
    apply(tx, by, before, after, &made)
}

/// The case as it is when its customer is to be told, with a clock of its own.
pub(in crate::cases) fn untold(tx: &mut Tx<'_>, before: &Case, phase: Phase, from: Instant) -> Result<Case> {
    let organisation = organisation::store::get(tx)?;
    let (rules, _) = store::case_rules(tx)?;
    let clock = rules::start_clock(&organisation.calendar(), &rules, (phase, before.severity), from)?;
    Ok(Case { told_at: None, refusal: None, clock, alerted: 0, extensions: 0, ..before.clone() })
}

/// Takes a promised day back: the customer never heard of it.
pub(in crate::cases) fn unextended(
    tx: &mut Tx<'_>,
    by: &Actor,
    before: &Case,
    detail: Detail,
) -> Result<Case> {
    let organisation = organisation::store::get(tx)?;
    let plain = RunningClock { extended_to: None, ..before.clock };
    let clock = rules::again(&mut Deadlines::by(&organisation.calendar()), &plain)?;
    let extensions = (before.extensions - 1).max(0);
    let after = Case { clock, alerted: 0, extensions, ..before.clone() };
    let made =
        Move { event: "case.not-delivered", step: StepKind::NotDelivered, text: String::new(), detail };
    apply(tx, by, before, after, &made)
}
