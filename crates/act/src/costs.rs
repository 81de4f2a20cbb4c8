//! What remedies cost: amounts of different currencies stand beside each other and are never added.

use std::collections::BTreeMap;

use kernel::texts::T;
use serde::Serialize;
use utoipa::ToSchema;

/// Sums by currency, those above zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs(BTreeMap<String, i64>);

impl Costs {
    /// Adds an amount in minor units to those of its currency.
    pub fn add(&mut self, currency: &str, minor: i64) {
        if minor <= 0 {
            return;
        }
        match self.0.get_mut(currency) {
            Some(sum) => *sum += minor,
            None => drop(self.0.insert(currency.to_owned(), minor)),
        }
    }

    /// Adds other sums, each to that of its currency.
    pub fn add_all(&mut self, other: &Self) {
        other.iter().for_each(|(currency, minor)| self.add(currency, minor));
    }

    /// Whether nothing was spent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// ISO 4217 codes with their sums in minor units.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(currency, minor)| (currency.as_str(), *minor))
    }

    /// The sum in one currency, in minor units.
    pub fn of(&self, currency: &str) -> i64 {
        self.0.get(currency).copied().unwrap_or(0)
    }

    /// As people read them: “12,50 € · 3,00 $”; empty when nothing was spent.
    pub fn in_words(&self, t: T) -> String {
        let words: Vec<String> = self.iter().map(|(currency, minor)| t.money(minor, currency)).collect();
        words.join(" · ")
    }

    /// As the API gives them.
    pub fn bodies(&self) -> Vec<AmountBody> {
        let body = |(currency, amount): (&str, i64)| AmountBody { currency: currency.to_owned(), amount };
        self.iter().map(body).collect()
    }
}

/// An amount.
#[derive(Serialize, ToSchema)]
pub struct AmountBody {
    /// ISO 4217 code.
    currency: String,
    /// In minor units.
    amount: i64,
}
