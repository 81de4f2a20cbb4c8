//! Asking every room.

use kernel::identity::Actor;
use kernel::{Result, Tx};
use web_kit::{Finder, Found};

/// What each finder found, under its heading; those that found nothing are left out. Finders check their own
/// permission again.
pub fn find(
    tx: &mut Tx<'_>,
    by: &Actor,
    finders: &[Finder],
    question: &str,
) -> Result<Vec<(&'static str, Vec<Found>)>> {
    let mut all = Vec::new();
    for finder in finders.iter().filter(|finder| by.may(finder.permission)) {
        let found = (finder.find)(tx, by, question)?;
        if !found.is_empty() {
            all.push((finder.name, found));
        }
    }
    Ok(all)
}
