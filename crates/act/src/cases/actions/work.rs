//! Working on an open case.

use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::{Error, FieldError, Id, Message, Result, Tx, organisation};
use know::interactions::model::Channel;

use super::{CARRIERS, Move, apply, by_whom, facts, on_timeline, open_case, reached, tell};
use crate::cases::model::{Before, Case, CaseEdit, CasePatch, Detail, Outcome, Phase, Severity, StepKind};
use crate::cases::{danger, handing, rules, store};
use crate::causes;

/// Takes a case nobody carries.
pub fn take(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let me = by.user().ok_or_else(|| Error::refused("case-error-not-a-person"))?;
    if before.owner == Some(me) {
        return Ok(before);
    }
    if let Some(owner) = before.owner {
        let name = store::names(tx, &[owner])?.remove(&owner).unwrap_or_default();
        return Err(Error::refused(Message::new("case-error-taken").with("name", name)));
    }
    let after = Case { owner: Some(me), ..before.clone() };
    let made =
        Move { event: "case.taken", step: StepKind::Taken, text: String::new(), detail: Detail::default() };
    apply(tx, by, &before, after, &made)
}

/// To whom a case is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Handover {
    /// A colleague.
    Colleague(Id),
    /// Back to the team: nobody carries it.
    Team,
}

impl Handover {
    /// `team`, or the identifier of a colleague.
    fn parse(text: &str) -> Result<Self> {
        if text == "team" {
            return Ok(Self::Team);
        }
        text.parse().map(Self::Colleague).map_err(|_| Error::field("to", "case-error-colleague"))
    }
}

/// Gives a case to a colleague who reaches it (by identifier), or back to its team (`team`), with a note for whoever
/// goes on. The colleague is told by mail.
pub fn hand_over(tx: &mut Tx<'_>, by: &Actor, id: Id, to: &str, note: &str) -> Result<Case> {
    let case = hand(tx, by, id, to, note)?;
    handing::tell(tx, by, std::slice::from_ref(&case), note.trim())?;
    Ok(case)
}

/// The same, told nobody yet.
pub(super) fn hand(tx: &mut Tx<'_>, by: &Actor, id: Id, to: &str, note: &str) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let to = Handover::parse(to)?;
    check_text("note", note)?;
    let (owner, name) = match to {
        Handover::Team => (None, String::new()),
        Handover::Colleague(user) => {
            let able = store::who_can(tx, &CARRIERS.map(kernel::identity::Role::name), before.site)?;
            let found = able.into_iter().find(|(id, _, _)| *id == user);
            let (user, name, _) = found.ok_or_else(|| Error::field("to", "case-error-colleague"))?;
            (Some(user), name)
        }
    };
    if owner == before.owner {
        return Err(Error::field("to", "case-error-same-owner"));
    }
    let after = Case { owner, ..before.clone() };
    let made = Move {
        event: "case.handed-over",
        step: StepKind::HandedOver,
        text: note.trim().to_owned(),
        detail: Detail { to: name, ..Detail::default() },
    };
    apply(tx, by, &before, after, &made)
}

fn check_text(field: &'static str, text: &str) -> Result<()> {
    let mut errors = Vec::new();
    rules::check_length(field, text, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Channels an attempt can go through.
const TRIED: [Channel; 5] =
    [Channel::Phone, Channel::Mail, Channel::Counter, Channel::Letter, Channel::Visit];

/// Notes an attempt to reach the customer; the same one sent again at once is the first. Who refuses contact says why, in
/// a word: the case may then be closed.
pub fn attempt(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Id,
    channel: &str,
    outcome: &str,
    note: &str,
) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let mut errors = Vec::new();
    let channel = Channel::parse(channel).ok().filter(|c| TRIED.contains(c));
    if channel.is_none() {
        errors.push(FieldError::new("channel", "case-error-channel"));
    }
    let outcome = Outcome::parse(outcome).ok();
    if outcome.is_none() {
        errors.push(FieldError::new("outcome", "case-error-outcome"));
    }
    rules::check_length("note", note, &mut errors);
    let note = note.trim();
    if outcome == Some(Outcome::Refused) && note.is_empty() {
        errors.push(FieldError::new("note", "case-error-ground"));
    }
    let (Some(channel), Some(outcome), true) = (channel, outcome, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let now = tx.now();
    let said = rules::Said { by: by_whom(by), channel, outcome, note };
    if rules::is_said_again(&store::steps(tx, id)?, &said, now) {
        return Ok(before);
    }
    let (mut after, mut entry) = (before.clone(), None);
    if matches!(outcome, Outcome::Reached | Outcome::Refused) {
        let organisation = organisation::store::get(tx)?;
        let (rules, _) = store::case_rules(tx)?;
        after = reached(&organisation, &rules, after, now)?;
        entry = on_timeline(tx, by, &before, channel.name(), note)?;
    }
    if outcome == Outcome::Refused {
        after.refusal = Some(note.to_owned());
        // Whoever wants no contact waits for nothing.
        after.clock.phase = Phase::Over;
    }
    let made = Move {
        event: "case.attempted",
        step: StepKind::Attempted,
        text: note.to_owned(),
        detail: Detail {
            channel: channel.name().to_owned(),
            outcome: outcome.name().to_owned(),
            before: Some(Before::of(&before, entry)),
            ..Detail::default()
        },
    };
    apply(tx, by, &before, after, &made)
}

/// The outcome of a contact by which the customer also learned what is done for them.
pub const TOLD_AT_ONCE: &str = "told";

/// Notes a contact: an attempt with its outcome, or at once what the customer was told ([`TOLD_AT_ONCE`]). One call
/// that settles everything is written down once.
pub fn contact(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Id,
    channel: &str,
    outcome: &str,
    note: &str,
) -> Result<Case> {
    if outcome == TOLD_AT_ONCE {
        return tell(tx, by, id, channel, note);
    }
    attempt(tx, by, id, channel, outcome, note)
}

/// Adds a note for colleagues; on a closed case too.
pub fn note(tx: &mut Tx<'_>, by: &Actor, id: Id, text: &str) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    if text.trim().is_empty() {
        return Err(Error::field("text", "case-error-note"));
    }
    check_text("text", text)?;
    store::add_step(tx, id, StepKind::Noted, by_whom(by), text.trim(), &Detail::default())?;
    // The case keeps its version: a note disturbs nobody's form.
    Event::new("case.noted", id).after(&facts(&before)).record(tx, by)?;
    Ok(before)
}

/// Changes title, severity, cause, remedy and cost; on a closed case, the cause alone.
///
/// # Errors
/// Stale when somebody else changed the case since it was shown.
pub fn change(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, edit: &CaseEdit) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    let after = edited(tx, &before, edit)?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    save(tx, by, &before, after)
}

/// The same for a program, which says only what it changes.
///
/// # Errors
/// As [`change`].
pub fn patch(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, patch: &CasePatch) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    change(tx, by, id, version, &rules::patched(&before, patch))
}

/// The same for a form that says what it showed: what others changed meanwhile stays, unless both changed one field.
///
/// # Errors
/// Stale when both did.
pub fn merge(tx: &mut Tx<'_>, by: &Actor, id: Id, base: &CaseEdit, ours: &CaseEdit) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    let (merged, clashes) = rules::merged(base, ours, &rules::to_edit(&before));
    let after = edited(tx, &before, &merged)?;
    if !clashes.is_empty() {
        return Err(Error::Stale(before.version));
    }
    save(tx, by, &before, after)
}

/// The case with what was typed.
fn edited(tx: &mut Tx<'_>, before: &Case, edit: &CaseEdit) -> Result<Case> {
    let checked = rules::check_edit(edit)?;
    let cause = match edit.cause.trim() {
        "" => None,
        text => Some(known_cause(tx, text)?),
    };
    Ok(Case {
        title: checked.title,
        severity: checked.severity,
        no_cause: before.no_cause.clone().filter(|_| cause.is_none()),
        cause,
        remedy: checked.remedy,
        cost: checked.cost,
        ..before.clone()
    })
}

/// The cause of this identifier.
pub(super) fn known_cause(tx: &mut Tx<'_>, text: &str) -> Result<Id> {
    let unknown = || Error::field("cause", "case-error-cause");
    let id: Id = text.parse().map_err(|_| unknown())?;
    match causes::store::get(tx, id) {
        Err(Error::NotFound) => Err(unknown()),
        found => Ok(found?.id),
    }
}

/// Writes what was edited, with what changed. A danger that shows only now is told to managers at once.
fn save(tx: &mut Tx<'_>, by: &Actor, before: &Case, after: Case) -> Result<Case> {
    let changes = rules::changes(&rules::to_edit(before), &rules::to_edit(&after));
    if changes.is_empty() {
        return Ok(before.clone());
    }
    if !before.is_open() && changes.iter().any(|change| change.field != "cause") {
        return Err(Error::refused("case-error-closed-but-cause"));
    }
    if !before.is_open() && after.cause.is_none() {
        return Err(Error::field("cause", "case-error-closing-cause"));
    }
    let is_new_danger = after.severity == Severity::Critical && before.severity != Severity::Critical;
    let after = if is_new_danger && after.is_danger() {
        let organisation = organisation::store::get(tx)?;
        let (rules, _) = store::case_rules(tx)?;
        rules::endangered(&organisation.calendar(), &rules, after, tx.now())?
    } else {
        after
    };
    let made = Move {
        event: "case.changed",
        step: StepKind::Changed,
        text: String::new(),
        detail: Detail { changes, ..Detail::default() },
    };
    let saved = apply(tx, by, before, after, &made)?;
    if is_new_danger && saved.is_danger() {
        danger::escalate(tx, by, &saved)?;
    }
    Ok(saved)
}
