//! Working on an open case.

use kernel::identity::{Actor, Permission};
use kernel::{Error, FieldError, Id, Message, Result, Tx, organisation};
use know::interactions::model::Channel;

use super::{CARRIERS, Move, apply, on_timeline, open_case, reached};
use crate::cases::model::{Case, CaseEdit, Detail, Outcome, Phase, StepKind};
use crate::cases::{rules, store};
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
/// goes on.
pub fn hand_over(tx: &mut Tx<'_>, by: &Actor, id: Id, to: &str, note: &str) -> Result<Case> {
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

/// Notes an attempt to reach the customer. Who refuses contact says why, in a word: the case may then be closed.
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
    let mut after = before.clone();
    if matches!(outcome, Outcome::Reached | Outcome::Refused) {
        let organisation = organisation::store::get(tx)?;
        let (rules, _) = store::case_rules(tx)?;
        after = reached(&organisation, &rules, after, now)?;
        on_timeline(tx, by, &before, channel.name(), note)?;
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
            ..Detail::default()
        },
    };
    apply(tx, by, &before, after, &made)
}

/// Adds a note for colleagues; on a closed case too.
pub fn note(tx: &mut Tx<'_>, by: &Actor, id: Id, text: &str) -> Result<Case> {
    by.require(Permission::CasesWrite)?;
    let before = store::get(tx, &by.scope, id)?;
    if text.trim().is_empty() {
        return Err(Error::field("text", "case-error-note"));
    }
    check_text("text", text)?;
    let made = Move {
        event: "case.noted",
        step: StepKind::Noted,
        text: text.trim().to_owned(),
        detail: Detail::default(),
    };
    apply(tx, by, &before, before.clone(), &made)
}

/// Changes title, severity, cause, remedy and cost.
///
/// # Errors
/// Stale when somebody else changed the case since it was shown.
pub fn change(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, edit: &CaseEdit) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let checked = rules::check_edit(edit)?;
    let cause = match edit.cause.trim() {
        "" => None,
        text => {
            let id = text.parse().map_err(|_| Error::field("cause", "case-error-cause"))?;
            let known = causes::store::get(tx, id).map_err(|_| Error::field("cause", "case-error-cause"))?;
            Some(known.id)
        }
    };
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    let after = Case {
        title: checked.title,
        severity: checked.severity,
        cause,
        remedy: checked.remedy,
        cost: checked.cost,
        ..before.clone()
    };
    if rules::to_edit(&after) == rules::to_edit(&before) {
        return Ok(before);
    }
    let made = Move {
        event: "case.changed",
        step: StepKind::Changed,
        text: String::new(),
        detail: Detail::default(),
    };
    apply(tx, by, &before, after, &made)
}
