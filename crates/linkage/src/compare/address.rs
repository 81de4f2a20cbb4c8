//! Where someone lives: street, number and place together, since all change together when one moves.

use super::{Bits, Finding, Level, by_value, level};
use crate::distance::{jaro_winkler, osa_within};
use crate::mix;
use crate::records::{Feature, Records};

pub(super) const ADDRESS: &[Level] = &[
    by_value("same", 0.62, 0.80, 0.000_002).kin(0.02),
    level("alike", 0.10, 0.08, 0.000_002).kin(0.01),
    level("same_street", 0.03, 0.02, 0.000_1).kin(0.03),
    by_value("same_place", 0.06, 0.03, 0.001).kin(0.36),
    level("other_street_of_place", 0.05, 0.02, 0.001).kin(0.36),
    level("near", 0.05, 0.02, 0.02).kin(0.12),
    level("different", 0.09, 0.03, 0.976_896).kin(0.10),
];

/// Without streets.
pub(super) const PLACE: &[Level] = &[
    by_value("same_place", 0.85, 0.93, 0.001).kin(0.60),
    level("near", 0.06, 0.03, 0.02).kin(0.20),
    level("different", 0.09, 0.04, 0.979).kin(0.20),
];

/// Comparison of addresses.
pub(crate) struct Address {
    number: Option<usize>,
    way: Option<usize>,
    city: Option<usize>,
    postal: Option<usize>,
    /// How common each unit's whole address is.
    whole: Bits,
    city_bits: Option<Bits>,
    postal_bits: Option<Bits>,
}

/// How two places stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Unknown,
    Same,
    Near,
    Other,
}

impl Address {
    pub(super) fn new(records: &Records) -> Option<Self> {
        let (number, way) = (records.first(Feature::Number), records.first(Feature::Way));
        let (city, postal) = (records.first(Feature::City), records.first(Feature::Postal));
        way.or(city).or(postal)?;
        let bits = |slot: Option<usize>| slot.map(|slot| Bits::of_texts(records, slot));
        let whole = Bits::of_keys(keys(records, number, way, postal.or(city)));
        Some(Self { number, way, city, postal, whole, city_bits: bits(city), postal_bits: bits(postal) })
    }

    /// Whether there are streets, and not places alone.
    pub(crate) const fn knows_streets(&self) -> bool {
        self.way.is_some()
    }

    pub(super) const fn levels(&self) -> &'static [Level] {
        if self.knows_streets() { ADDRESS } else { PLACE }
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let place = self.place(records, a, b);
        if self.way.is_none() {
            return match place {
                Place::Unknown => Finding::MISSING,
                Place::Same => Finding { level: 0, rarity: self.place_rarity(records, a, b) },
                Place::Near => Finding::at(1),
                Place::Other => Finding::at(2),
            };
        }
        let ways = self.way.map_or((0, 0), |slot| (records.id(slot, a), records.id(slot, b)));
        if ways.0 == 0 || ways.1 == 0 {
            return match place {
                Place::Unknown => Finding::MISSING,
                Place::Same => Finding { level: 3, rarity: self.place_rarity(records, a, b) },
                Place::Near => Finding::at(5),
                Place::Other => Finding::at(6),
            };
        }
        let number = self.number(records, a, b);
        let here = matches!(place, Place::Same | Place::Unknown);
        if ways.0 == ways.1 && here && number != Some(false) {
            return Finding { level: 0, rarity: self.whole.get(a as u32).max(self.whole.get(b as u32)) };
        }
        let around = here || place == Place::Near;
        let alike = ways.0 == ways.1 || self.way.is_some_and(|slot| way_alike(records, slot, a, b));
        if alike && around && number != Some(false) {
            return Finding::at(1);
        }
        if alike && around {
            return Finding::at(2);
        }
        match place {
            Place::Same => Finding::at(4),
            Place::Near => Finding::at(5),
            Place::Unknown | Place::Other => Finding::at(6),
        }
    }

    /// Whether the numbers in the street agree, if both are known.
    fn number(&self, records: &Records, a: usize, b: usize) -> Option<bool> {
        let (first, second) = (records.id(self.number?, a), records.id(self.number?, b));
        (first != 0 && second != 0).then_some(first == second)
    }

    fn place(&self, records: &Records, a: usize, b: usize) -> Place {
        let ids =
            |slot: Option<usize>| slot.map_or((0, 0), |slot| (records.id(slot, a), records.id(slot, b)));
        let (postal, city) = (ids(self.postal), ids(self.city));
        let known = |pair: (u32, u32)| pair.0 != 0 && pair.1 != 0;
        if known(postal) && postal.0 == postal.1 {
            return Place::Same;
        }
        if known(city) && city.0 == city.1 {
            let far = self.postal.is_some_and(|slot| {
                let words = records.words(slot);
                known(postal) && far_apart(words.get(postal.0), words.get(postal.1))
            });
            return if far { Place::Near } else { Place::Same };
        }
        if !known(postal) && !known(city) {
            return Place::Unknown;
        }
        let texts = |slot: Option<usize>, (one, other)| {
            slot.map_or(("", ""), |slot| (records.words(slot).get(one), records.words(slot).get(other)))
        };
        if known(postal) {
            let (one, other) = texts(self.postal, postal);
            if osa_within(one, other, 1).is_some()
                || (one.len().min(other.len()) >= 4 && one.get(..2) == other.get(..2))
            {
                return Place::Near;
            }
        }
        if known(city) {
            let (one, other) = texts(self.city, city);
            if jaro_winkler(one, other).is_some_and(|score| score >= 0.92) {
                return Place::Near;
            }
        }
        Place::Other
    }

    fn place_rarity(&self, records: &Records, a: usize, b: usize) -> i32 {
        let shared = |slot: Option<usize>, bits: &Option<Bits>| {
            let (first, second) = (records.id(slot?, a), records.id(slot?, b));
            bits.as_ref().filter(|_| first != 0 && first == second).map(|bits| bits.get(first))
        };
        let of_postal = shared(self.postal, &self.postal_bits);
        of_postal.or_else(|| shared(self.city, &self.city_bits)).unwrap_or(0)
    }
}

/// Whether two postal codes of digits are of two regions: towns of one name are many.
fn far_apart(one: &str, other: &str) -> bool {
    let digits = |code: &str| code.len() >= 4 && code.bytes().all(|byte| byte.is_ascii_digit());
    digits(one)
        && digits(other)
        && one.len() == other.len()
        && one.get(..2) != other.get(..2)
        && osa_within(one, other, 1).is_none()
}

/// One number for each unit's address; 0 without a street.
fn keys(
    records: &Records,
    number: Option<usize>,
    way: Option<usize>,
    place: Option<usize>,
) -> impl Iterator<Item = u64> {
    let id = |slot: Option<usize>, unit| slot.map_or(0, |slot| u64::from(records.id(slot, unit)));
    (0..records.units()).map(move |unit| match id(way, unit) {
        0 => 0,
        street => mix::mix(mix::mix(street, id(number, unit)), id(place, unit)) | 1,
    })
}

fn way_alike(records: &Records, slot: usize, a: usize, b: usize) -> bool {
    let (cell, one, other) = (records.cell(slot), records.row(a), records.row(b));
    if (one[cell + 1] ^ other[cell + 1]).count_ones() > 5 {
        return false;
    }
    let words = records.words(slot);
    let (one, other) = (words.get(one[cell]), words.get(other[cell]));
    let long = one.len().min(other.len()) >= 6;
    (long && osa_within(one, other, 2).is_some())
        || jaro_winkler(one, other).is_some_and(|score| score >= 0.93)
}
