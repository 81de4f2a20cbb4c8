//! Decisions about sites.

use kernel::texts::fold;
use kernel::{FieldError, Result};

use super::model::SiteInput;
use crate::shared::{Wrong, line};

/// Longest code, in characters.
const CODE_MOST: usize = 20;

/// A code made from a name: "Le Port-Neuf" gives `LE-PORT-NEUF`.
pub fn code_of(name: &str) -> String {
    let mut code = String::new();
    for c in fold(name).chars() {
        if c.is_ascii_alphanumeric() {
            code.push(c.to_ascii_uppercase());
        } else if !code.is_empty() && !code.ends_with('-') {
            code.push('-');
        }
    }
    let cut: String = code.chars().take(CODE_MOST).collect();
    let cut = cut.trim_end_matches('-');
    // A name without a Latin letter or digit still needs a code.
    if cut.is_empty() { "SITE".to_owned() } else { cut.to_owned() }
}

/// `code`, or with the first number that makes it differ from all of `taken`.
fn free_code(code: String, taken: &[&str]) -> String {
    if !taken.contains(&code.as_str()) {
        return code;
    }
    let numbered = |n: usize| {
        let end = format!("-{n}");
        let kept: String = code.chars().take(CODE_MOST - end.len()).collect();
        format!("{}{end}", kept.trim_end_matches('-'))
    };
    (2..=taken.len() + 2).map(numbered).find(|c| !taken.contains(&c.as_str())).unwrap_or(code)
}

/// Name and code, checked; a code made from the name differs from all of `taken`.
pub fn check(input: &SiteInput, taken: &[&str]) -> Result<(String, String)> {
    let mut wrong = Wrong::default();
    let name = wrong.take(line("name", &input.name, 80));
    let code = match input.code.trim() {
        "" => Some(free_code(code_of(&input.name), taken)),
        given => wrong.take(code(given)),
    };
    match (name, code) {
        (Some(name), Some(code)) => Ok((name, code)),
        _ => Err(wrong.error()),
    }
}

fn code(given: &str) -> std::result::Result<String, FieldError> {
    let fits = given.len() <= CODE_MOST && given.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { Ok(given.to_ascii_uppercase()) } else { Err(FieldError::new("code", "sites-error-code")) }
}
