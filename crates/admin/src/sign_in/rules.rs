//! What makes a password good enough, and where people go once they are in.

use kernel::{FieldError, Message};

use super::common_passwords::COMMON;
use super::model::DemoPerson;
use kernel::identity::Role;
use kernel::texts::fold;

/// Least length of a password, in characters: length protects, signs and digits only annoy.
pub const LEAST: usize = 12;
/// Greatest length of a password, in characters.
pub const MOST: usize = 200;

/// Checks a new password against its length, the `names` of its owner (address, name, organisation) and the
/// passwords everybody tries first.
pub fn check_password(field: &'static str, password: &str, names: &[&str]) -> Result<(), FieldError> {
    let length = password.chars().count();
    if length < LEAST {
        return Err(FieldError::new(field, Message::new("sign-in-password-short").with("least", LEAST)));
    }
    if length > MOST {
        return Err(FieldError::new(field, Message::new("admin-error-too-long").with("most", MOST)));
    }
    let plain = bare(password);
    if names.iter().any(|name| !name.trim().is_empty() && bare(name) == plain) {
        return Err(FieldError::new(field, "sign-in-password-name"));
    }
    let first = password.chars().next();
    let is_one_key = password.chars().all(|c| Some(c) == first);
    if is_one_key || COMMON.contains(&plain.as_str()) {
        return Err(FieldError::new(field, "sign-in-password-common"));
    }
    Ok(())
}

/// Without accents, case, spaces and punctuation.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Where to go after coming in: only pages of ours.
pub fn destination(next: &str) -> &str {
    if web_kit::is_own_page(next) && !next.starts_with("/sign-") { next } else { "/" }
}

/// One person for each role, each shown once: the first of `people` who holds it.
pub fn one_per_role(people: &[DemoPerson]) -> Vec<DemoPerson> {
    let mut chosen: Vec<DemoPerson> = Vec::new();
    for role in Role::ALL {
        let free = |p: &&DemoPerson| p.role == *role && chosen.iter().all(|c| c.id != p.id);
        if let Some(person) = people.iter().find(free) {
            chosen.push(person.clone());
        }
    }
    chosen
}
