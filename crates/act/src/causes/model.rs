//! Types of the room.

use std::collections::HashMap;

use kernel::Id;
use kernel::texts::Locale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// Identifier.
    pub id: Id,
    /// The cause it is a kind of.
    pub parent: Option<Id>,
    /// Short name for files and programs, unique: `delivery-late`.
    pub code: String,
    /// Name in French.
    pub name_fr: String,
    /// Name in English.
    pub name_en: String,
    /// How much it matters to customers, 1 to 5, as the organisation states it.
    pub importance: i64,
    /// No longer offered; cases that name it keep it.
    pub retired: bool,
    /// Optimistic version.
    pub version: i64,
}

impl Cause {
    /// Its name for a reader.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fr,
        }
    }
}

/// What people type about a cause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CauseInput {
    /// Identifier of the cause it is a kind of; empty for a family.
    pub parent: String,
    /// Short name: lower-case letters, digits and dashes.
    pub code: String,
    /// Name in French.
    pub name_fr: String,
    /// Name in English; the French one is shown where it is empty.
    pub name_en: String,
    /// Importance, 1 to 5.
    pub importance: String,
    /// `on` or `true` when no longer offered.
    pub retired: String,
    /// Only in forms.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub csrf: String,
    /// Only in forms: the version that was shown.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub version: String,
}

/// A cause with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The cause.
    pub cause: Cause,
    /// How many causes stand above it.
    pub depth: usize,
}

/// All causes, families first, each followed by its kinds.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    branches: Vec<Branch>,
    at: HashMap<Id, usize>,
}

impl Tree {
    /// From branches in order.
    pub(super) fn new(branches: Vec<Branch>) -> Self {
        let at = branches.iter().enumerate().map(|(at, branch)| (branch.cause.id, at)).collect();
        Self { branches, at }
    }

    /// The branches in order.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// One cause.
    pub fn get(&self, id: Id) -> Option<&Cause> {
        self.at.get(&id).map(|at| &self.branches[*at].cause)
    }

    /// Name of a cause after that of its family: « Livraison : retard »; empty when there is none.
    pub fn path(&self, id: Option<Id>, locale: Locale) -> String {
        let Some(cause) = id.and_then(|id| self.get(id)) else { return String::new() };
        match cause.parent.and_then(|parent| self.get(parent)) {
            Some(parent) => format!("{} › {}", parent.name(locale), cause.name(locale)),
            None => cause.name(locale).to_owned(),
        }
    }

    /// Identifiers of a cause and of everything below it.
    pub fn below(&self, id: Id) -> Vec<Id> {
        let mut all = vec![id];
        for branch in &self.branches {
            if branch.cause.parent.is_some_and(|parent| all.contains(&parent)) {
                all.push(branch.cause.id);
            }
        }
        all
    }

    /// Value and label of every cause on offer, the one already chosen included.
    pub fn choices(&self, locale: Locale, chosen: Option<Id>) -> Vec<(String, String)> {
        let offered = self.branches.iter().filter(|b| !b.cause.retired || chosen == Some(b.cause.id));
        offered
            .map(|b| {
                let indent = "\u{2003}".repeat(b.depth);
                (b.cause.id.to_string(), format!("{indent}{}", b.cause.name(locale)))
            })
            .collect()
    }
}
