//! What the forms of a case let one choose from.

use kernel::texts::T;

use crate::cases::actions;
use crate::cases::model::{Outcome, Remedy};

/// Outcomes of a contact as its form names them: the one that settles everything beside "reached".
pub(super) fn outcomes(t: T) -> Vec<(String, String)> {
    let named = Outcome::ALL.iter().map(|o| (o.name().to_owned(), t.get(o.key())));
    let mut all: Vec<_> = named.collect();
    all.insert(1, (actions::TOLD_AT_ONCE.to_owned(), t.get("case-outcome-told")));
    all
}

/// Remedies as the closing form names them: nothing is chosen for whoever closes.
pub(super) fn endings(t: T) -> Vec<(String, String)> {
    let named = Remedy::ALL.iter().map(|remedy| match remedy {
        Remedy::None => (remedy.name().to_owned(), t.get("case-remedy-nothing")),
        other => (other.name().to_owned(), t.get(other.key())),
    });
    std::iter::once((String::new(), t.get("case-remedy-choose"))).chain(named).collect()
}
