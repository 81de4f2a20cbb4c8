//! What cases are found by.

use kernel::texts::fold;

use crate::cases::model::Case;

/// Words looked for at most.
const MOST: usize = 6;
/// Characters of a part of a reference at least: fewer are in most of them.
const PART: usize = 3;
/// Figures of the number within a reference.
const NUMBER: usize = 6;

/// Everything a search looks into, folded, in one line: what it is about, what the customer said, and where somebody
/// unknown is reached, which stands for their name.
pub fn search_text(case: &Case) -> String {
    let digits: String = case.reach.chars().filter(char::is_ascii_digit).collect();
    let digits = if case.reach.contains('@') { "" } else { digits.as_str() };
    fold(&[case.title.as_str(), case.words.as_str(), case.reach.as_str(), digits].join(" "))
}

/// The words of what was typed, folded.
pub fn words_of(typed: &str) -> Vec<String> {
    let folded = fold(typed);
    folded.split(' ').filter(|word| !word.is_empty()).take(MOST).map(str::to_owned).collect()
}

/// What `LIKE` finds a part of a text by; its wildcards stand for themselves.
pub fn holding(part: &str) -> String {
    format!("%{}%", part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// What was typed, as a part of a reference: `000123`, `2026-000123`, `b-2026-000123`. A telephone number is none.
pub fn part_of_reference(typed: &str) -> Option<String> {
    let part = typed.trim().to_uppercase();
    let is_one = part.len() >= PART
        && part.bytes().any(|b| b.is_ascii_digit())
        && part.split('-').all(|run| run.len() <= NUMBER)
        && part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'B'));
    is_one.then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_themselves() {
        assert_eq!(holding("50 %_\\"), "%50 \\%\\_\\\\%");
    }

    #[test]
    fn a_part_of_a_reference_is_figures_and_dashes() {
        for part in ["000123", "2026-000123", " b-2026-000123 ", "123-7"] {
            assert!(part_of_reference(part).is_some(), "{part}");
        }
        for no in ["", "12", "Bob", "06 39", "b--", "Diatta 123", "0639984112"] {
            assert_eq!(part_of_reference(no), None, "{no}");
        }
    }
}
