//! What matches what was typed.

use kernel::texts::fold;

/// Whether every word of `typed` begins a word of `label`, accents and case ignored; nothing typed matches
/// everything.
pub fn matches(label: &str, typed: &str) -> bool {
    let label = fold(label);
    let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let typed = fold(typed);
    let mut wanted = typed.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    wanted.all(|part| words.iter().any(|word| word.starts_with(part)))
}

/// The text rooms are asked for: trimmed, without control characters, 200 at most; `None` when it is too
/// short to mean anything.
pub fn question(typed: &str) -> Option<String> {
    let clean: String = typed.trim().chars().filter(|c| !c.is_control()).take(200).collect();
    (clean.chars().count() >= 2).then_some(clean)
}
