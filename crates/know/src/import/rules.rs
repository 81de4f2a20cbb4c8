//! Decisions about imports, as pure functions.

use kernel::clock::SignedDuration;
use kernel::{Error, FieldError, Instant, Message, Result};

use super::model::{Import, KEPT_DAYS, Phase};
use super::parts::{Choices, Control, Field, Finding, Mapping, OptionField, Tone};

/// Longest text of an option, in characters.
const LONGEST: usize = 500;

/// Until when an import that ended at `ended` can be undone.
pub(super) fn undo_until(ended: Instant) -> Instant {
    ended.plus(SignedDuration::from_hours(24 * KEPT_DAYS))
}

/// Refuses what cannot begin from this phase.
pub(super) fn may_run(phase: Phase, findings: &[Finding]) -> Result<()> {
    match phase {
        Phase::Draft => {}
        Phase::Rehearsing => return Err(Error::refused("import-error-busy")),
        _ => return Err(Error::refused("import-error-started")),
    }
    let Some(blocking) = findings.iter().find(|f| f.tone == Tone::Blocking) else { return Ok(()) };
    let detail = blocking.detail.clone().or_else(|| blocking.title.clone());
    Err(Error::Refused(detail.unwrap_or_else(|| Message::new("import-error-undecided"))))
}

/// Refuses to undo what runs, never ran, is undone or is too old.
pub(super) fn may_undo(phase: Phase, import: &Import, now: Instant) -> Result<()> {
    let refusal = match phase {
        Phase::Draft | Phase::Rehearsing => "import-error-not-started",
        Phase::Running => "import-error-undo-running",
        Phase::Undoing => "import-error-busy",
        Phase::Undone => "import-error-undone",
        Phase::UndoStopped => return Ok(()),
        Phase::Stopped | Phase::Done => {
            let ended = import.ended_at.or(import.started_at).unwrap_or(import.created_at);
            if now <= undo_until(ended) {
                return Ok(());
            }
            "import-error-too-old"
        }
    };
    Err(Error::refused(refusal))
}

/// A mapping a person or a program sent: every field known, and taken by one column unless it takes several.
pub(super) fn checked_mapping(mapping: &Mapping, columns: usize, fields: &[Field]) -> Result<Mapping> {
    let mut errors = Vec::new();
    let mut clean = Mapping(vec![None; columns]);
    for (at, to) in mapping.0.iter().enumerate().take(columns) {
        let Some(code) = to.as_deref().filter(|code| !code.is_empty()) else { continue };
        let place = format!("column-{at}");
        let Some(field) = fields.iter().find(|f| f.code == code) else {
            errors.push(FieldError::new(place, Message::new("import-error-field").with("field", code)));
            continue;
        };
        if !field.many && clean.0.iter().any(|other| other.as_deref() == Some(code)) {
            errors.push(FieldError::new(place, Message::new("import-error-field-twice").with("field", code)));
            continue;
        }
        if let Some(slot) = clean.0.get_mut(at) {
            *slot = Some(code.to_owned());
        }
    }
    if errors.is_empty() { Ok(clean) } else { Err(Error::Invalid(errors)) }
}

/// A mapping kept from before or made for other fields: what is no longer known is dropped.
pub(super) fn fitting_mapping(mapping: &Mapping, columns: usize, fields: &[Field]) -> Mapping {
    let mut clean = Mapping(vec![None; columns]);
    for at in 0..columns {
        let Some(code) = mapping.field(at) else { continue };
        let Some(field) = fields.iter().find(|f| f.code == code) else { continue };
        let is_taken = clean.0.iter().any(|other| other.as_deref() == Some(code));
        if let Some(slot) = clean.0.get_mut(at).filter(|_| field.many || !is_taken) {
            *slot = Some(code.to_owned());
        }
    }
    clean
}

/// Options a person or a program sent, put over the present ones: each known and within its choice.
pub(super) fn checked_options(present: &Choices, sent: &Choices, offered: &[OptionField]) -> Result<Choices> {
    let mut choices = present.clone();
    let mut errors = Vec::new();
    for (code, value) in &sent.0 {
        let value = value.trim();
        let place = code.clone();
        let Some(option) = offered.iter().find(|o| o.code == code) else {
            errors.push(FieldError::new(
                place,
                Message::new("import-error-option").with("option", code.as_str()),
            ));
            continue;
        };
        let fits = match &option.control {
            Control::Choice(values) => values.iter().any(|(known, _)| known == value),
            Control::Check => matches!(value, "" | "on" | "true" | "false" | "1" | "0"),
            Control::Text => value.chars().count() <= LONGEST,
            Control::Day => value.is_empty() || value.parse::<kernel::Day>().is_ok(),
        };
        if fits {
            choices.0.insert(code.clone(), value.to_owned());
        } else {
            errors.push(FieldError::new(place, "import-error-option-value"));
        }
    }
    if errors.is_empty() { Ok(choices) } else { Err(Error::Invalid(errors)) }
}

/// Options that nobody decided take their usual value; those no longer offered are dropped.
pub(super) fn with_usual(present: &Choices, offered: &[OptionField]) -> Choices {
    let value = |option: &OptionField| {
        let kept = present.0.get(option.code).filter(|value| match &option.control {
            Control::Choice(values) => values.iter().any(|(known, _)| known == *value),
            _ => true,
        });
        kept.cloned().unwrap_or_else(|| option.usual.clone())
    };
    Choices(offered.iter().map(|o| (o.code.to_owned(), value(o))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<Field> {
        vec![Field::new("name", "customer-name", &[]), Field::new("street", "customer-street", &[]).many()]
    }

    fn mapping(codes: &[&str]) -> Mapping {
        Mapping(codes.iter().map(|c| (!c.is_empty()).then(|| (*c).to_owned())).collect())
    }

    #[test]
    fn a_field_for_one_column_is_not_given_to_two() {
        assert!(checked_mapping(&mapping(&["name", "name"]), 2, &fields()).is_err());
        assert!(checked_mapping(&mapping(&["street", "street", ""]), 3, &fields()).is_ok());
        assert!(checked_mapping(&mapping(&["nothing"]), 1, &fields()).is_err());
    }

    #[test]
    fn a_mapping_from_before_loses_only_what_is_no_longer_known() {
        let kept = fitting_mapping(&mapping(&["gone", "name", "street"]), 4, &fields());
        assert_eq!(kept, mapping(&["", "name", "street", ""]));
    }

    #[test]
    fn an_option_beyond_its_choice_is_refused() {
        let offered =
            [OptionField::choice("role", "x", vec![("a".into(), "x".into())]), OptionField::day("day", "x")];
        let sent = |code: &str, value: &str| Choices([(code.to_owned(), value.to_owned())].into());
        let check = |code, value| checked_options(&Choices::default(), &sent(code, value), &offered);
        assert!(check("role", "a").is_ok());
        assert!(check("role", "b").is_err());
        assert!(check("day", "2026-02-29").is_err());
        assert!(check("other", "1").is_err());
        assert_eq!(with_usual(&Choices::default(), &offered).get("role"), "a");
    }
}
