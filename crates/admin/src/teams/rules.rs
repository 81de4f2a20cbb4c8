//! Decisions about teams.

use kernel::organisation::Site;
use kernel::{FieldError, Id, Result};

use super::model::TeamInput;
use crate::shared::{Wrong, line};

/// Name and sites, checked against the sites there are.
pub(super) fn check(input: &TeamInput, sites: &[Site]) -> Result<(String, Vec<Id>)> {
    let mut wrong = Wrong::default();
    let name = wrong.take(line("name", &input.name, 80));
    let mut chosen = input.sites.clone();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.iter().any(|id| sites.iter().all(|site| site.id != *id)) {
        wrong.add(FieldError::new("sites", "teams-error-site"));
    }
    match name {
        Some(name) => wrong.check().map(|()| (name, chosen)),
        None => Err(wrong.error()),
    }
}
