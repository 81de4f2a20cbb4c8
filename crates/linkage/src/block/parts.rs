//! What keys are made of.

use crate::compare::sounds;
use crate::mix;
use crate::records::{Feature, Records};

/// A piece of evidence, or a coarse form of it, that a blocking key may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Sound of the given name.
    Given,
    /// Sound of the family name.
    Family,
    /// Sounds of both names in any order.
    Names,
    /// First letter of the given name.
    Initial,
    /// First three letters of the family name.
    FamilyStart,
    Birth,
    BirthYear,
    /// Day and month of birth in any order.
    BirthDay,
    Email,
    /// What stands before the @.
    EmailName,
    Phone,
    /// Street and number.
    Address,
    Way,
    Postal,
    City,
    /// The n-th column of another kind.
    Identifier(u8),
    Category(u8),
    Text(u8),
    Amount(u8),
    Day(u8),
    /// The first letters of a text.
    TextStart(u8),
    /// Within a few percent, or days; the second number tells two overlapping rulers apart.
    AmountNear(u8, u8),
    DayNear(u8, u8),
}

/// The part of the n-th column of a kind.
type PartOf = fn(u8) -> Part;

/// What a part is about: keys never hold two parts of one matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matter {
    Given,
    Family,
    Names,
    Birth,
    Email,
    Phone,
    Street,
    Place,
    Text(u8),
    Amount(u8),
    Day(u8),
    Other(Part),
}

impl Part {
    /// Its name in reports.
    pub(crate) fn name(self) -> String {
        let plain = match self {
            Self::Given => "given_name_sound",
            Self::Family => "family_name_sound",
            Self::Names => "both_names_sound",
            Self::Initial => "given_name_initial",
            Self::FamilyStart => "family_name_start",
            Self::Birth => "birth_date",
            Self::BirthYear => "birth_year",
            Self::BirthDay => "birth_day_and_month",
            Self::Email => "email",
            Self::EmailName => "email_name",
            Self::Phone => "phone",
            Self::Address => "street_and_number",
            Self::Way => "street",
            Self::Postal => "postal_code",
            Self::City => "city",
            Self::Identifier(nth) => return format!("identifier_{}", nth + 1),
            Self::Category(nth) => return format!("category_{}", nth + 1),
            Self::Text(nth) => return format!("text_{}", nth + 1),
            Self::TextStart(nth) => return format!("text_{}_start", nth + 1),
            Self::Amount(nth) => return format!("number_{}", nth + 1),
            Self::AmountNear(nth, _) => return format!("number_{}_nearly", nth + 1),
            Self::Day(nth) => return format!("day_{}", nth + 1),
            Self::DayNear(nth, _) => return format!("day_{}_nearly", nth + 1),
        };
        plain.to_owned()
    }

    pub(crate) const fn matter(self) -> Matter {
        match self {
            Self::Given | Self::Initial => Matter::Given,
            Self::Family | Self::FamilyStart => Matter::Family,
            Self::Names => Matter::Names,
            Self::Birth | Self::BirthYear | Self::BirthDay => Matter::Birth,
            Self::Email | Self::EmailName => Matter::Email,
            Self::Phone => Matter::Phone,
            Self::Address | Self::Way => Matter::Street,
            Self::Postal | Self::City => Matter::Place,
            Self::Text(nth) | Self::TextStart(nth) => Matter::Text(nth),
            Self::Amount(nth) | Self::AmountNear(nth, _) => Matter::Amount(nth),
            Self::Day(nth) | Self::DayNear(nth, _) => Matter::Day(nth),
            other => Matter::Other(other),
        }
    }
}

/// Each unit's part, as a hash; 0 where there is none.
pub(crate) struct Parts {
    /// A part that several columns hold stands here once for each: a number is the same wherever it was written.
    parts: Vec<(Part, Vec<u32>)>,
}

/// The hashes of the parts of a key, one choice of columns.
pub(crate) type Way<'a> = Vec<&'a [u32]>;

impl Parts {
    /// Every part that these records have.
    pub(crate) fn of(records: &Records) -> Self {
        let mut parts = Vec::new();
        let mut add = |part, hashes: Vec<u32>| {
            if hashes.iter().any(|&hash| hash != 0) {
                parts.push((part, hashes));
            }
        };
        if let (Some(given), Some(family)) = (records.first(Feature::Given), records.first(Feature::Family)) {
            let sounds = sounds(records.words(given));
            let of = |slot| -> Vec<u32> {
                (0..records.units()).map(|unit| sounds[records.id(slot, unit) as usize]).collect()
            };
            let (givens, families) = (of(given), of(family));
            let names = givens.iter().zip(&families).map(|(&one, &other)| unordered(one, other)).collect();
            add(Part::Names, names);
            add(Part::Given, givens);
            add(Part::Family, families);
            add(Part::Initial, by_text(records, given, |name| start(name, 1)));
            add(Part::FamilyStart, by_text(records, family, |name| start(name, 3)));
        }
        if let Some(birth) = records.first(Feature::Birth) {
            let of = |how: fn(u32) -> u64| -> Vec<u32> {
                (0..records.units())
                    .map(|unit| match records.id(birth, unit) {
                        0 => 0,
                        day => narrow(mix::finish(how(day))),
                    })
                    .collect()
            };
            add(Part::Birth, of(u64::from));
            add(Part::BirthYear, of(|day| u64::from(day / 10_000)));
            add(
                Part::BirthDay,
                of(|day| u64::from(day / 100 % 100 * (day % 100) * 64 + (day / 100 % 100).min(day % 100))),
            );
        }
        for email in records.with(Feature::Email) {
            add(Part::Email, by_text(records, email, whole));
            add(
                Part::EmailName,
                by_text(records, email, |text| whole(text.split('@').next().unwrap_or(text))),
            );
        }
        for phone in records.with(Feature::Phone) {
            add(Part::Phone, by_text(records, phone, whole));
        }
        let mut first = |feature, part| {
            if let Some(slot) = records.first(feature) {
                add(part, by_text(records, slot, whole));
            }
        };
        first(Feature::Way, Part::Way);
        first(Feature::Postal, Part::Postal);
        first(Feature::City, Part::City);
        if let (Some(way), Some(number)) = (records.first(Feature::Way), records.first(Feature::Number)) {
            let (ways, numbers) = (by_text(records, way, whole), by_text(records, number, whole));
            let both = ways.iter().zip(&numbers).map(|(&way, &number)| joined(way, number)).collect();
            add(Part::Address, both);
        }
        let others: [(Feature, PartOf); 5] = [
            (Feature::Identifier, Part::Identifier),
            (Feature::Category, Part::Category),
            (Feature::Text, Part::Text),
            (Feature::Amount, Part::Amount),
            (Feature::Day, Part::Day),
        ];
        for (feature, part) in others {
            for (nth, slot) in records.with(feature).into_iter().take(4).enumerate() {
                add(part(nth as u8), by_value(records, slot));
            }
        }
        for (nth, slot) in (0..).zip(records.with(Feature::Text).into_iter().take(4)) {
            add(Part::TextStart(nth), by_text(records, slot, |text| start(text, 5)));
        }
        for (nth, slot) in (0..).zip(records.with(Feature::Amount).into_iter().take(2)) {
            for ruler in 0..2 {
                let near = |unit| amount_near(crate::compare::amount(records, slot, unit), ruler);
                add(Part::AmountNear(nth, ruler), (0..records.units()).map(near).collect());
            }
        }
        for (nth, slot) in (0..).zip(records.with(Feature::Day).into_iter().take(2)) {
            for ruler in 0..2 {
                let near = |unit| day_near(records.id(slot, unit), ruler);
                add(Part::DayNear(nth, ruler), (0..records.units()).map(near).collect());
            }
        }
        Self { parts }
    }

    /// Every part there is, once.
    pub(crate) fn all(&self) -> Vec<Part> {
        let mut all: Vec<Part> = Vec::new();
        for (part, _) in &self.parts {
            if !all.contains(part) {
                all.push(*part);
            }
        }
        all
    }

    /// Whether there is such a part.
    pub(crate) fn has(&self, part: Part) -> bool {
        self.columns(part).next().is_some()
    }

    /// Whether a unit has a part, in any column.
    pub(crate) fn says(&self, part: Part, unit: usize) -> bool {
        self.columns(part).any(|hashes| hashes.get(unit).is_some_and(|&hash| hash != 0))
    }

    /// All ways in which units may have a key: each choice of a column for each part, and none if there is no such part.
    pub(crate) fn ways(&self, key: &[Part]) -> Vec<Way<'_>> {
        let mut ways: Vec<Way<'_>> = vec![Vec::new()];
        for &part in key {
            let mut longer = Vec::new();
            for column in self.columns(part) {
                longer.extend(ways.iter().map(|way| [way.as_slice(), &[column]].concat()));
            }
            ways = longer;
        }
        ways
    }

    fn columns(&self, part: Part) -> impl Iterator<Item = &[u32]> {
        self.parts.iter().filter(move |(other, _)| *other == part).map(|(_, hashes)| hashes.as_slice())
    }

    /// A unit's key, one way: 0 unless it has every part.
    pub(crate) fn key(way: &[&[u32]], unit: usize) -> u32 {
        let mut key = 0_u64;
        for column in way {
            match column.get(unit).copied() {
                None | Some(0) => return 0,
                Some(hash) => key = mix::mix(key, u64::from(hash)),
            }
        }
        narrow(key)
    }
}

/// Steps of ten percent; the second ruler is half a step further.
fn amount_near(amount: Option<f64>, ruler: u8) -> u32 {
    let Some(amount) = amount else { return 0 };
    let step = (amount.abs().max(1e-9).ln() / 0.1 + f64::from(ruler) / 2.0).floor();
    narrow(mix::mix(step.to_bits(), u64::from(amount < 0.0)))
}

/// Steps of sixteen days; the second ruler is half a step further.
fn day_near(day: u32, ruler: u8) -> u32 {
    if day == 0 {
        return 0;
    }
    narrow(mix::finish(u64::from((crate::compare::number_of(day) + 8 * u32::from(ruler)) / 16)))
}

/// Hashes of a column of texts.
fn by_text(records: &Records, slot: usize, hash: impl Fn(&str) -> u64) -> Vec<u32> {
    let words = records.words(slot);
    let hashes: Vec<u32> =
        (0..words.len() as u32).map(|id| if id == 0 { 0 } else { narrow(hash(words.get(id))) }).collect();
    (0..records.units()).map(|unit| hashes[records.id(slot, unit) as usize]).collect()
}

/// Hashes of any column.
fn by_value(records: &Records, slot: usize) -> Vec<u32> {
    match records.slots[slot].feature {
        Feature::Day => {
            let hash = |unit| match records.id(slot, unit) {
                0 => 0,
                day => narrow(mix::finish(u64::from(day))),
            };
            (0..records.units()).map(hash).collect()
        }
        Feature::Amount => {
            let hash = |unit| match crate::compare::amount(records, slot, unit) {
                None => 0,
                Some(amount) => narrow(mix::finish(amount.to_bits())),
            };
            (0..records.units()).map(hash).collect()
        }
        _ => by_text(records, slot, whole),
    }
}

fn whole(text: &str) -> u64 {
    mix::text(text)
}

fn start(text: &str, letters: usize) -> u64 {
    text.chars()
        .take(letters)
        .fold(letters as u64, |hash, letter| mix::mix(hash, u64::from(u32::from(letter))))
}

/// 32 bits of a hash, never 0.
fn narrow(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}

fn unordered(a: u32, b: u32) -> u32 {
    joined(a.min(b), a.max(b))
}

fn joined(a: u32, b: u32) -> u32 {
    if a == 0 || b == 0 { 0 } else { narrow(mix::mix(u64::from(a), u64::from(b))) }
}
