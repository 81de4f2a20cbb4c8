//! Asking every room.

use kernel::identity::Actor;
use kernel::{Result, Tx};
use web_kit::{All, Finder, Found};

/// What one finder found.
#[derive(Clone)]
pub struct Finds {
    /// Text key of the heading.
    pub name: &'static str,
    /// The best few.
    pub found: Vec<Found>,
    /// Where all are listed.
    pub all: Option<All>,
}

/// What each finder found, under its heading; those that found nothing are left out. Finders check their own
/// permission again.
pub fn find(tx: &mut Tx<'_>, by: &Actor, finders: &[Finder], question: &str) -> Result<Vec<Finds>> {
    let mut all = Vec::new();
    for finder in finders.iter().filter(|finder| by.may(finder.permission)) {
        let found = (finder.find)(tx, by, question)?;
        if !found.is_empty() {
            all.push(Finds { name: finder.name, found, all: finder.all });
        }
    }
    Ok(all)
}
