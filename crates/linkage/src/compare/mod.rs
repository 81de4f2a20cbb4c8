//! Two records side by side: how far each piece of evidence agrees.
//!
//! A [`Comparator`] holds records and everything they can be compared by: names, birth date, e-mail, telephone, address,
//! numbers, and whatever other columns there are. Each *field* of a pair falls on a *level* of agreement, `same` first;
//! all of them together are the pair's [`Pattern`].

mod address;
mod comparator;
mod contact;
mod dates;
mod frequency;
mod names;
mod pattern;
mod plain;

pub use self::comparator::Comparator;
pub(crate) use self::dates::number_of;
use self::frequency::Bits;
pub(crate) use self::names::{ANOTHER as ANOTHER_NAME, sounds};
pub use self::pattern::Pattern;
pub(crate) use self::pattern::Rarity;
pub(crate) use self::plain::amount;
use crate::records::{Feature, Records};

/// Half bits: logarithms to the base 2, in steps of a half. Sums of them are exact.
pub(crate) type Halves = i32;

/// Level of a comparison that has nothing to compare.
pub(crate) const MISSING: u8 = 15;

/// How many pieces of evidence are weighed at most: the most telling come first.
pub(crate) const MOST: usize = 16;

/// What one comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Level of agreement, 0 for the closest; [`MISSING`] without evidence.
    pub(crate) level: u8,
    /// What strangers' chance to agree so is to be multiplied with, as a logarithm: how common the value is.
    pub(crate) rarity: Halves,
}

impl Finding {
    const MISSING: Self = Self { level: MISSING, rarity: 0 };

    const fn at(level: u8) -> Self {
        Self { level, rarity: 0 }
    }
}

/// A degree of agreement, with what is expected of it before any data are seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Level {
    /// Stable name, such as `same` or `one_slip`.
    pub(crate) name: &'static str,
    /// Share of pairs of the same person at this level.
    pub(crate) person: f64,
    /// Share of pairs of two people of one household.
    pub(crate) household: f64,
    /// Share of pairs of relatives who live apart, for what relatives share.
    pub(crate) kin: f64,
    /// Share of pairs of strangers.
    pub(crate) stranger: f64,
    /// Whether `rarity` holds the whole chance of strangers, and not a correction of it.
    pub(crate) by_value: bool,
}

const fn level(name: &'static str, person: f64, household: f64, stranger: f64) -> Level {
    Level { name, person, household, kin: stranger, stranger, by_value: false }
}

/// A level whose chance among strangers is how common the value itself is.
const fn by_value(name: &'static str, person: f64, household: f64, stranger: f64) -> Level {
    Level { name, person, household, kin: stranger, stranger, by_value: true }
}

impl Level {
    /// The same level, with what relatives show.
    const fn kin(self, kin: f64) -> Self {
        Self { kin, ..self }
    }
}

/// What is compared.
pub(crate) enum Comparison {
    Given(names::Given),
    Family(names::Family),
    Birth(dates::Birth),
    Email(contact::Email),
    Phone(contact::Phone),
    Address(address::Address),
    Identifier(contact::Identifier),
    Category(plain::Category),
    Text(plain::Text),
    Amount(plain::Amount),
    Day(dates::Gap),
}

impl Comparison {
    /// Everything these records can be compared by, the most telling first.
    pub(crate) fn all(records: &Records) -> Vec<Self> {
        let mut all = Vec::new();
        all.extend(names::of(records));
        all.extend(
            records.with(Feature::Birth).first().map(|&slot| Self::Birth(dates::Birth::new(records, slot))),
        );
        all.extend(contact::Email::new(records).map(Self::Email));
        all.extend(contact::Phone::new(records).map(Self::Phone));
        all.extend(address::Address::new(records).map(Self::Address));
        let each = |feature| records.with(feature).into_iter();
        all.extend(
            each(Feature::Identifier)
                .filter_map(|slot| contact::Identifier::new(records, slot).map(Self::Identifier)),
        );
        all.extend(each(Feature::Day).map(|slot| Self::Day(dates::Gap::new(records, slot))));
        all.extend(each(Feature::Amount).map(|slot| Self::Amount(plain::Amount::new(records, slot))));
        all.extend(
            each(Feature::Category)
                .filter_map(|slot| plain::Category::new(records, slot).map(Self::Category)),
        );
        all.extend(each(Feature::Text).map(|slot| Self::Text(plain::Text::new(records, slot))));
        all.truncate(MOST);
        all
    }

    /// What rows that come later can be compared by besides `these`: numbers of which no two of the records share one. They
    /// tell nothing of the records, but the next row may bear one of them.
    pub(crate) fn of_later(records: &Records, these: &[Self]) -> Vec<Self> {
        let is_known = |slot| these.iter().any(|it| matches!(it, Self::Identifier(it) if it.slot == slot));
        let slots = records.with(Feature::Identifier).into_iter().filter(|&slot| !is_known(slot));
        slots.map(|slot| Self::Identifier(contact::Identifier::of_new(records, slot))).collect()
    }

    /// Its name in models and explanations.
    pub(crate) fn name(&self, records: &Records) -> String {
        let of = |slot: usize| records.slots[slot].name.clone();
        match self {
            Self::Given(_) => "given_name".into(),
            Self::Family(_) => "family_name".into(),
            Self::Birth(_) => "birth_date".into(),
            Self::Email(_) => "email".into(),
            Self::Phone(_) => "phone".into(),
            Self::Address(_) => "address".into(),
            Self::Identifier(it) => format!("identifier:{}", of(it.slot)),
            Self::Category(it) => format!("category:{}", of(it.slot)),
            Self::Text(it) => format!("text:{}", of(it.slot)),
            Self::Amount(it) => format!("number:{}", of(it.slot)),
            Self::Day(it) => format!("day:{}", of(it.slot)),
        }
    }

    /// The columns it looks at.
    pub(crate) fn slots(&self, records: &Records) -> Vec<usize> {
        let with =
            |features: &[Feature]| features.iter().flat_map(|&feature| records.with(feature)).collect();
        match self {
            Self::Given(_) => with(&[Feature::Given]),
            Self::Family(_) => with(&[Feature::Family]),
            Self::Birth(_) => with(&[Feature::Birth]),
            Self::Email(_) => with(&[Feature::Email]),
            Self::Phone(_) => with(&[Feature::Phone]),
            Self::Address(_) => with(&[Feature::Number, Feature::Way, Feature::Postal, Feature::City]),
            Self::Identifier(it) => vec![it.slot],
            Self::Category(it) => vec![it.slot],
            Self::Text(it) => vec![it.slot],
            Self::Amount(it) => vec![it.slot],
            Self::Day(it) => vec![it.slot],
        }
    }

    /// Its levels, the closest first.
    pub(crate) const fn levels(&self) -> &'static [Level] {
        match self {
            Self::Given(_) => names::GIVEN,
            Self::Family(_) => names::FAMILY,
            Self::Birth(_) => dates::BIRTH,
            Self::Email(_) => contact::EMAIL,
            Self::Phone(_) => contact::PHONE,
            Self::Address(it) => it.levels(),
            Self::Identifier(it) => it.levels(),
            Self::Category(_) => plain::CATEGORY,
            Self::Text(_) => plain::TEXT,
            Self::Amount(it) => it.levels(),
            Self::Day(_) => dates::GAP,
        }
    }

    /// Compares two units.
    pub(crate) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        match self {
            Self::Given(it) => it.compare(records, a, b),
            Self::Family(it) => it.compare(records, a, b),
            Self::Birth(it) => it.compare(records, a, b),
            Self::Email(it) => it.compare(records, a, b),
            Self::Phone(it) => it.compare(records, a, b),
            Self::Address(it) => it.compare(records, a, b),
            Self::Identifier(it) => it.compare(records, a, b),
            Self::Category(it) => it.compare(records, a, b),
            Self::Text(it) => it.compare(records, a, b),
            Self::Amount(it) => it.compare(records, a, b),
            Self::Day(it) => it.compare(records, a, b),
        }
    }

    /// Looks at texts that were added to the records.
    pub(crate) fn grow(&mut self, records: &Records) {
        match self {
            Self::Given(it) => it.grow(records),
            Self::Family(it) => it.grow(records),
            Self::Text(it) => it.grow(records),
            _ => {}
        }
    }

    /// Forgets texts that were taken out of the records again.
    pub(crate) fn shrink(&mut self, records: &Records) {
        match self {
            Self::Given(it) => it.shrink(records),
            Self::Family(it) => it.shrink(records),
            Self::Text(it) => it.shrink(records),
            _ => {}
        }
    }

    /// Whether rows that hold nothing else are one person where it is the same to the letter.
    pub(crate) const fn is_of_one_person(&self) -> bool {
        matches!(self, Self::Email(_) | Self::Phone(_) | Self::Identifier(_))
    }

    /// Whether it says who somebody is. The rest says what somebody did, or is like: it may change with every row.
    pub(crate) const fn is_of_identity(&self) -> bool {
        !matches!(self, Self::Day(_) | Self::Amount(_) | Self::Category(_) | Self::Text(_))
    }

    /// Whether two people of one household differ in this.
    pub(crate) const fn tells_members_apart(&self) -> bool {
        matches!(self, Self::Given(_) | Self::Birth(_))
    }

    /// Whether two people of one household may share it.
    pub(crate) const fn shared_at_home(&self) -> bool {
        matches!(self, Self::Family(_) | Self::Email(_) | Self::Phone(_) | Self::Address(_))
    }

    /// Whether relatives share it.
    pub(crate) const fn shared_by_kin(&self) -> bool {
        matches!(self, Self::Family(_) | Self::Address(_))
    }

    /// Whether two people of one name share it.
    pub(crate) const fn shared_by_namesakes(&self) -> bool {
        matches!(self, Self::Given(_) | Self::Family(_))
    }

    /// How many of its last levels are differences.
    pub(crate) const fn differences(&self) -> usize {
        match self {
            Self::Given(_) => names::DIFFERENCES,
            // Loosely alike is what strangers are.
            Self::Family(_) => 2,
            _ => 1,
        }
    }

    /// Whether finding this says that two records cannot be one person unless much else says so.
    pub(crate) fn contradicts(&self, level: u8) -> bool {
        let levels = self.levels().len() as u8;
        match self {
            Self::Birth(_) => level + 2 >= levels && level < levels,
            Self::Identifier(_) => level + 1 == levels,
            _ => false,
        }
    }
}
