//! What to look for in the ledger.

use kernel::Result;
use kernel::ledger::store::Filter;
use serde::Deserialize;

/// What to look for, as typed; an empty field means anything.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LedgerQuery {
    /// Beginning of the kind.
    pub kind: String,
    /// Identifier of a person or token.
    pub actor: String,
    /// Identifier of what it happened to.
    pub subject: String,
    /// Identifier the previous page ended with.
    pub before: String,
}

impl LedgerQuery {
    /// The same for the ledger.
    ///
    /// # Errors
    /// Invalid when an identifier is none.
    pub fn filter(&self) -> Result<Filter> {
        let id = |text: &str, field: &'static str| {
            let given = Some(text.trim()).filter(|t| !t.is_empty());
            given.map(str::parse).transpose().map_err(|_| kernel::Error::field(field, "ledger-error-id"))
        };
        Ok(Filter {
            kind: self.kind.trim().to_owned(),
            subject: id(&self.subject, "subject")?,
            actor: id(&self.actor, "actor")?,
            before: id(&self.before, "before")?,
        })
    }

    /// Whether anything narrows the list.
    pub fn is_filtered(&self) -> bool {
        [&self.kind, &self.actor, &self.subject].iter().any(|text| !text.trim().is_empty())
    }
}

/// What the page offers to filter by.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Kinds of events there are.
    pub kinds: Vec<String>,
    /// People and programs, by name.
    pub actors: Vec<(kernel::Id, String)>,
}
