//! What people type about a case, checked; what changed between two states of one.

use kernel::{Error, FieldError, Message, Result};

use crate::cases::model::{Case, CaseEdit, CaseInput, CasePatch, Change, Closing, Remedy, Severity};

/// Characters of a title at most.
pub const TITLE: usize = 120;
/// Characters of words, notes and letters at most.
pub const TEXT: usize = 10_000;
/// Characters of a title taken from the customer's words.
const SHORT: usize = 70;
/// Largest cost, in minor units: a million.
const COST: i64 = 100_000_000;

/// What a case is closed with, checked but for the rows it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedClosing {
    /// Identifier of the cause as typed, or why none was found.
    pub cause: std::result::Result<String, String>,
    /// What puts it right; [`Remedy::None`] for nothing.
    pub remedy: Remedy,
}

/// Checks what a case closes with: a cause, or why none was found, and the remedy. What is not said stays as it is on
/// the case.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field.
pub fn check_closing(case: &Case, closing: &Closing) -> Result<CheckedClosing> {
    let mut errors = Vec::new();
    check_length("no_cause", &closing.no_cause, &mut errors);
    let (named, reason) = (closing.cause.trim(), closing.no_cause.trim());
    let cause = match (named, reason, case.cause) {
        ("", "", Some(known)) => Ok(known.to_string()),
        ("", "", None) => {
            errors.push(FieldError::new("cause", "case-error-closing-cause"));
            Err(String::new())
        }
        ("", reason, _) => Err(reason.to_owned()),
        (named, "", _) => Ok(named.to_owned()),
        _ => {
            errors.push(FieldError::new("no_cause", "case-error-closing-both"));
            Err(String::new())
        }
    };
    let remedy = match closing.remedy.trim() {
        "" if case.remedy == Remedy::None => Err(FieldError::new("remedy", "case-error-closing-remedy")),
        "" => Ok(case.remedy),
        named => Remedy::parse(named).map_err(|_| FieldError::new("remedy", "case-error-remedy")),
    };
    match (remedy, errors.is_empty()) {
        (Ok(remedy), true) => Ok(CheckedClosing { cause, remedy }),
        (Ok(_), false) => Err(Error::Invalid(errors)),
        (Err(error), _) => {
            errors.push(error);
            Err(Error::Invalid(errors))
        }
    }
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
    /// Where somebody unknown is reached.
    pub reach: String,
}

/// Checks what was typed about a new case, and notes every wrong field.
pub fn check(input: &CaseInput, errors: &mut Vec<FieldError>) -> Checked {
    check_title(&input.title, errors);
    check_length("words", &input.words, errors);
    let severity = severity(&input.severity, errors);
    let reach = input.reach.trim();
    match (input.customer.trim(), reach) {
        ("", "") => errors.push(FieldError::new("reach", "case-error-who")),
        (_, "") => {}
        _ if !is_reachable(reach) => errors.push(FieldError::new("reach", "case-error-reach")),
        _ => {}
    }
    Checked {
        title: input.title.trim().to_owned(),
        words: input.words.trim().to_owned(),
        severity,
        reach: reach.to_owned(),
    }
}

/// Whether a text is a telephone number or an e-mail address.
fn is_reachable(text: &str) -> bool {
    let fits = text.chars().count() <= TITLE && !text.chars().any(char::is_control);
    fits && match text.contains('@') {
        true => know::customers::rules::email(text).is_ok(),
        false => know::customers::rules::phone("reach", text).is_ok(),
    }
}

/// What an answer is called until a colleague says what it is about: the beginning of the customer's first sentence,
/// without quotation marks, so that it can stand within some.
pub fn title_of(words: &str) -> String {
    let plain = without_quotes(words);
    let first = plain.split(['\n', '!', '?']).flat_map(|line| line.split(". ")).map(str::trim);
    let sentence = first.into_iter().find(|part| part.chars().any(char::is_alphanumeric)).unwrap_or_default();
    let sentence = sentence.trim_end_matches(['.', '…', ' ']);
    if sentence.chars().count() <= SHORT {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(SHORT).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{} …", whole.trim_end_matches([',', ';', ':', ' ']))
}

/// A text on one line, without quotation marks.
pub fn without_quotes(text: &str) -> String {
    let plain = text.replace(['«', '»', '“', '”', '„', '"'], "");
    plain
        .split([' ', '\u{a0}', '\u{202f}', '\t', '\r'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn check_title(title: &str, errors: &mut Vec<FieldError>) {
    if !kernel::texts::shows_something(title) {
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
pub(in crate::cases) fn check_length(field: &'static str, text: &str, errors: &mut Vec<FieldError>) {
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
        version: case.version.to_string(),
        ..CaseEdit::default()
    }
}

/// A case with what a program gives put in place of what is there.
pub fn patched(case: &Case, patch: &CasePatch) -> CaseEdit {
    let known = to_edit(case);
    let or = |given: &Option<String>, known: String| given.clone().unwrap_or(known);
    CaseEdit {
        title: or(&patch.title, known.title),
        severity: or(&patch.severity, known.severity),
        cause: or(&patch.cause, known.cause),
        remedy: or(&patch.remedy, known.remedy),
        cost: or(&patch.cost, known.cost),
        ..CaseEdit::default()
    }
}

/// The fields of a case as the API names them, with their values.
fn fields(edit: &CaseEdit) -> [(&'static str, String); 5] {
    let cost = amount(&edit.cost).map_or_else(|| edit.cost.trim().to_owned(), amount_in_form);
    [
        ("title", edit.title.trim().to_owned()),
        ("severity", edit.severity.clone()),
        ("cause", edit.cause.trim().to_owned()),
        ("remedy", edit.remedy.clone()),
        ("cost", cost),
    ]
}

/// What differs between two states of a case.
pub fn changes(before: &CaseEdit, after: &CaseEdit) -> Vec<Change> {
    let both = fields(before).into_iter().zip(fields(after));
    both.filter(|((_, from), (_, to))| from != to)
        .map(|((field, from), (_, to))| Change { field: field.to_owned(), from, to })
        .collect()
}

/// A form that was filled in while somebody else saved: `base` is what it showed, `ours` what was typed, `theirs` what
/// is there now. Each takes its own changes; a field both changed differently is named, and goes on as ours.
pub fn merged(base: &CaseEdit, ours: &CaseEdit, theirs: &CaseEdit) -> (CaseEdit, Vec<&'static str>) {
    let mut clashes = Vec::new();
    let mut merged = fields(theirs);
    for ((there, (name, ours)), (_, base)) in merged.iter_mut().zip(fields(ours)).zip(fields(base)) {
        if ours == base {
            continue;
        }
        if there.1 != base && there.1 != ours {
            clashes.push(name);
        }
        there.1 = ours;
    }
    let [title, severity, cause, remedy, cost] = merged.map(|(_, value)| value);
    (CaseEdit { title, severity, cause, remedy, cost, ..CaseEdit::default() }, clashes)
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
    fn a_title_taken_from_the_customer_holds_no_quotation_marks() {
        assert_eq!(title_of("« Inadmissible ! » On m’a dit « non »."), "Inadmissible");
        assert_eq!(
            title_of("On m’a dit « tenez vos gosses » devant tout le magasin."),
            "On m’a dit tenez vos gosses devant tout le magasin"
        );
        assert_eq!(title_of(" … "), "");
        let long = title_of(
            "Vingt-cinq minutes pour payer un sac de graines et personne pour ouvrir une seconde caisse",
        );
        assert!(long.ends_with(" …") && long.chars().count() <= 72, "{long}");
    }

    #[test]
    fn each_takes_their_own_changes_and_only_the_same_field_clashes() {
        let base = CaseEdit {
            title: "Attente".into(),
            cost: "12".into(),
            severity: "minor".into(),
            ..CaseEdit::default()
        };
        let ours = CaseEdit { title: "Attente en caisse".into(), ..base.clone() };
        let theirs = CaseEdit { severity: "major".into(), cost: "12,00".into(), ..base.clone() };
        let (both, clashes) = merged(&base, &ours, &theirs);
        assert_eq!(
            (both.title.as_str(), both.severity.as_str(), clashes.len()),
            ("Attente en caisse", "major", 0)
        );
        let other = CaseEdit { title: "Une heure d’attente".into(), ..base.clone() };
        assert_eq!(merged(&base, &ours, &other).1, ["title"]);
        assert!(merged(&base, &ours, &ours).1.is_empty(), "both typed the same");
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
