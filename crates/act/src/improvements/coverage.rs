//! Which cases the improvements speak of.

use std::collections::HashMap;

use kernel::identity::Scope;
use kernel::{Id, Result, Tx};

use super::model::{Aimed, State};
use super::store;
use crate::causes;
use crate::causes::model::Tree;

/// Improvements by what they aim at: the cases of a cause and of the causes below it, at a site or everywhere.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    by_cause: HashMap<Id, Vec<Aimed>>,
}

impl Coverage {
    /// From what improvements aim at.
    pub fn new(aimed: &[Aimed], tree: &Tree) -> Self {
        let mut by_cause: HashMap<Id, Vec<Aimed>> = HashMap::new();
        for aim in aimed {
            for cause in tree.below(aim.cause) {
                by_cause.entry(cause).or_default().push(*aim);
            }
        }
        Self { by_cause }
    }

    fn of(&self, cause: Option<Id>) -> impl Iterator<Item = &Aimed> {
        cause.and_then(|cause| self.by_cause.get(&cause)).into_iter().flatten()
    }

    /// Whether one speaks of a case of this cause at this site.
    pub fn has(&self, cause: Option<Id>, site: Option<Id>) -> bool {
        self.of(cause).any(|aim| aim.site.is_none() || aim.site == site)
    }

    /// One that speaks of a cause at a site, or wherever it is when no site is asked for; one of everywhere first, then
    /// the latest.
    pub fn one(&self, cause: Option<Id>, site: Option<Id>) -> Option<Id> {
        let there = self.of(cause).filter(|aim| site.is_none() || aim.site.is_none() || aim.site == site);
        there.max_by_key(|aim| (aim.site.is_none(), aim.improvement)).map(|aim| aim.improvement)
    }
}

/// Cases that some improvement sees to, or saw to, given up ones apart. It says nothing but yes or no of cases that
/// whoever asks reads already, so it asks for no permission of its own.
pub fn improved(tx: &mut Tx<'_>) -> Result<Coverage> {
    let kept = [State::Planned, State::InPlace, State::Judged];
    let aimed = store::aimed(tx, &Scope::All, &kept)?;
    let tree = causes::store::all(tx).map(causes::rules::tree)?;
    Ok(Coverage::new(&aimed, &tree))
}
