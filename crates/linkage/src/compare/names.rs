//! Given and family names.

use super::{Bits, Comparison, Finding, Halves, Level, by_value, level};
use crate::distance::{jaro_winkler, osa_within};
use crate::mix;
use crate::normalise::{forms, without_particles};
use crate::phonetic::sound_key;
use crate::records::{Dictionary, Feature, Records};

pub(super) const GIVEN: &[Level] = &[
    by_value("same", 0.84, 0.02, 0.01),
    level("one_slip", 0.05, 0.002, 0.001),
    level("other_form", 0.04, 0.02, 0.002),
    level("alike", 0.02, 0.02, 0.005),
    level("initial", 0.01, 0.01, 0.002),
    level("loosely_alike", 0.01, 0.02, 0.01),
    by_value("swapped", 0.015, 0.0005, 0.000_01),
    level("another_name", 0.007, 0.70, 0.80),
    level("different", 0.008, 0.2045, 0.17),
];

pub(super) const FAMILY: &[Level] = &[
    by_value("same", 0.85, 0.80, 0.001).kin(0.93),
    level("one_slip", 0.05, 0.03, 0.000_3).kin(0.03),
    level("part", 0.02, 0.02, 0.000_2).kin(0.01),
    level("alike", 0.02, 0.01, 0.002).kin(0.01),
    level("loosely_alike", 0.01, 0.005, 0.004).kin(0.002),
    level("different", 0.05, 0.135, 0.992).kin(0.018),
];

const SLIP: u8 = 1;
const ALIKE: u8 = 3;
const INITIAL: u8 = 4;
const LOOSE: u8 = 5;
const SWAPPED: u8 = 6;
/// Two names that people bear.
pub(crate) const ANOTHER: u8 = 7;
/// Levels of given names that have nothing in common.
pub(super) const DIFFERENCES: usize = 2;

/// The two names of a record.
#[derive(Clone)]
struct Both {
    given: usize,
    family: usize,
    /// How common each name is as a given and as a family name.
    given_bits: Bits,
    family_bits: Bits,
    known: Known,
}

impl Both {
    fn new(records: &Records, given: usize, family: usize, known: Known) -> Self {
        let (given_bits, family_bits) = (Bits::of_many(records, given), Bits::of_many(records, family));
        Self { given, family, given_bits, family_bits, known }
    }

    /// Whether each one's given name is the other's family name.
    fn swapped(&self, records: &Records, a: usize, b: usize) -> bool {
        let id = |slot: usize, unit| records.id(slot, unit);
        let (given_a, family_a) = (id(self.given, a), id(self.family, a));
        let (given_b, family_b) = (id(self.given, b), id(self.family, b));
        if given_a == 0 || family_a == 0 || given_b == 0 || family_b == 0 {
            return false;
        }
        if given_a == given_b {
            return false;
        }
        let (one, other) = (self.alike(given_a, family_b), self.alike(family_a, given_b));
        // One of the two may be written another way.
        (one && (other || self.close(records, (self.family, family_a), (self.given, given_b))))
            || (other && self.close(records, (self.given, given_a), (self.family, family_b)))
    }

    /// Level of given names that have nothing in common: of two people, such as twins, if both are names that people bear.
    fn apart(&self, records: &Records, a: u32, b: u32) -> u8 {
        let is_borne = |id: u32| {
            self.given_bits.of_several(id).is_some() || forms(records.words(self.given).get(id)).is_some()
        };
        if is_borne(a) && is_borne(b) { ANOTHER } else { ANOTHER + 1 }
    }

    /// Whether two names may be one: a slip, an initial, a short form.
    fn close(&self, records: &Records, a: (usize, u32), b: (usize, u32)) -> bool {
        let (one, other) = (records.words(a.0).get(a.1), records.words(b.0).get(b.1));
        one_slip(one, other)
            || initial_of(one, other)
            || initial_of(other, one)
            || self.known.forms[a.1 as usize] & self.known.forms[b.1 as usize] != 0
                && forms(one).zip(forms(other)).is_some_and(|(one, other)| one.share(&other))
    }

    fn alike(&self, a: u32, b: u32) -> bool {
        let sound = |id: u32| self.known.sounds.get(id as usize).copied().unwrap_or(0);
        a == b || (sound(a) != 0 && sound(a) == sound(b))
    }
}

/// Comparison of given names.
pub(crate) struct Given(Both);

/// Comparison of family names.
pub(crate) struct Family(Both);

/// The comparisons of names that these records allow.
pub(super) fn of(records: &Records) -> Vec<Comparison> {
    let (Some(given), Some(family)) = (records.first(Feature::Given), records.first(Feature::Family)) else {
        return Vec::new();
    };
    let mut known = Known { sounds: Vec::new(), forms: Vec::new() };
    known.grow(records.words(given));
    let both = Both::new(records, given, family, known);
    vec![Comparison::Given(Given(both.clone())), Comparison::Family(Family(both))]
}

/// Sound of each distinct name; 0 without one.
pub(crate) fn sounds(words: &Dictionary) -> Vec<u32> {
    (0..words.len() as u32).map(|id| sound(words.get(id))).collect()
}

fn sound(name: &str) -> u32 {
    sound_key(name).map_or(0, |key| mix::finish(key) as u32 | 1)
}

/// Of the spellings near a name a slip ends at one: a name in use stands for so many of them, as a logarithm in half bits.
const SPELLINGS: Halves = 6;

/// Two who bear neighbouring names are no rarer than this part of those who bear the same, as a logarithm in half bits: a slip
/// never speaks for one person as much as the name itself.
const LESS_THAN_SAME: Halves = -7;

/// How many of those whose name has a neighbour in use bear it at most, as a logarithm in half bits.
const TWO_NAMES: Halves = -3;

impl Bits {
    /// By how much it is commoner than the level says that strangers have these two neighbouring names, 0 or more: two names in
    /// use, such as Louis and Louise, are two people's more often than a slip.
    fn neighbours(&self, a: u32, b: u32, level: &Level, two_names: bool) -> Halves {
        let (rarer, commoner) = if self.get(a) <= self.get(b) { (a, b) } else { (b, a) };
        let in_use = self.of_several(rarer).map_or(Halves::MIN, |share| share + SPELLINGS);
        let known = if two_names { TWO_NAMES } else { Halves::MIN };
        let chance = in_use.max(known).max(self.get(commoner) + LESS_THAN_SAME).min(TWO_NAMES);
        (chance - (level.stranger.log2() * 2.0) as Halves).max(0)
    }
}

/// Cells of a name: its number, and its letters.
fn name_cells(records: &Records, slot: usize, unit: usize) -> &[u32] {
    &records.row(unit)[records.cell(slot)..]
}

/// Sounds and forms of the distinct names.
#[derive(Clone)]
struct Known {
    /// Sound of each distinct name.
    sounds: Vec<u32>,
    /// A bit for each full name that a distinct name may stand for.
    forms: Vec<u32>,
}

impl Known {
    fn grow(&mut self, words: &Dictionary) {
        for id in self.sounds.len()..words.len() {
            let name = words.get(id as u32);
            self.sounds.push(sound(name));
            self.forms.push(form_bits(name));
        }
    }
}

impl Known {
    fn shrink(&mut self, words: &Dictionary) {
        self.sounds.truncate(words.len());
        self.forms.truncate(words.len());
    }
}

fn form_bits(name: &str) -> u32 {
    forms(name).map_or(0, |forms| forms.names().iter().fold(0, |bits, name| bits | 1 << (name % 32)))
}

impl Given {
    pub(super) fn grow(&mut self, records: &Records) {
        self.0.known.grow(records.words(self.0.given));
    }

    pub(super) fn shrink(&mut self, records: &Records) {
        self.0.known.shrink(records.words(self.0.given));
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let it = &self.0;
        let (first, second) = (name_cells(records, it.given, a), name_cells(records, it.given, b));
        if first[0] == 0 || second[0] == 0 {
            return Finding::MISSING;
        }
        if first[0] == second[0] {
            return Finding { level: 0, rarity: it.given_bits.get(first[0]) };
        }
        if it.swapped(records, a, b) {
            let one = it.given_bits.get(first[0]) + it.family_bits.get(records.id(it.family, a));
            let other = it.given_bits.get(second[0]) + it.family_bits.get(records.id(it.family, b));
            return Finding { level: SWAPPED, rarity: one.max(other) };
        }
        let formed = it.known.forms[first[0] as usize] & it.known.forms[second[0] as usize] != 0;
        let mut likeness = Likeness {
            far: far(first[1], second[1]),
            within: within(first[1], second[1]),
            sounds_same: it.alike(first[0], second[0]),
            form: false,
        };
        if likeness.far && !likeness.within && !likeness.sounds_same && !formed {
            return Finding::at(it.apart(records, first[0], second[0]));
        }
        let words = records.words(it.given);
        let (one, other) = (words.get(first[0]), words.get(second[0]));
        likeness.form = formed && forms(one).zip(forms(other)).is_some_and(|(one, other)| one.share(&other));
        let level =
            given_level(one, other, likeness).unwrap_or_else(|| it.apart(records, first[0], second[0]));
        let rarity = match level {
            SLIP | ALIKE => {
                let two_names = forms(one).zip(forms(other)).is_some_and(|(one, other)| !one.share(&other));
                it.given_bits.neighbours(first[0], second[0], &GIVEN[level as usize], two_names)
            }
            _ => 0,
        };
        Finding { level, rarity }
    }
}

impl Family {
    pub(super) fn grow(&mut self, records: &Records) {
        self.0.known.grow(records.words(self.0.family));
    }

    pub(super) fn shrink(&mut self, records: &Records) {
        self.0.known.shrink(records.words(self.0.family));
    }

    pub(super) fn compare(&self, records: &Records, a: usize, b: usize) -> Finding {
        let it = &self.0;
        let (first, second) = (name_cells(records, it.family, a), name_cells(records, it.family, b));
        if first[0] == 0 || second[0] == 0 {
            return Finding::MISSING;
        }
        if first[0] == second[0] {
            return Finding { level: 0, rarity: it.family_bits.get(first[0]) };
        }
        let part = within(first[1], second[1]);
        let words = records.words(it.family);
        if it.swapped(records, a, b) || (part && is_initial(words.get(first[0]), words.get(second[0]))) {
            return Finding::MISSING;
        }
        let sounds_same = it.alike(first[0], second[0]);
        if !part && !sounds_same && far(first[1], second[1]) {
            return Finding::at(FAMILY.len() as u8 - 1);
        }
        let level = family_level(words.get(first[0]), words.get(second[0]), part, sounds_same);
        let rarity = match level {
            SLIP => it.family_bits.neighbours(first[0], second[0], &FAMILY[1], false),
            _ => 0,
        };
        Finding { level, rarity }
    }
}

/// Whether the letters of one name are all letters of the other: only then may it be a part or an initial of it.
const fn within(a: u32, b: u32) -> bool {
    a & !b == 0 || b & !a == 0
}

/// Whether the letters of two names differ too much for a slip or a likeness.
const fn far(a: u32, b: u32) -> bool {
    (a ^ b).count_ones() > 6
}

/// What was seen of two given names without reading them letter by letter.
struct Likeness {
    far: bool,
    /// Whether all letters of one are letters of the other.
    within: bool,
    sounds_same: bool,
    form: bool,
}

/// `None` for names that have nothing in common.
fn given_level(a: &str, b: &str, likeness: Likeness) -> Option<u8> {
    let Likeness { far, within, sounds_same, form } = likeness;
    if within && (initial_of(a, b) || initial_of(b, a)) {
        return Some(INITIAL);
    }
    if !far && one_slip(a, b) {
        return Some(SLIP);
    }
    if form || (within && (part_of(a, b) || part_of(b, a))) {
        return Some(2);
    }
    if sounds_same || (!far && alike(a, b)) {
        return Some(ALIKE);
    }
    (!far && loosely_alike(a, b)).then_some(LOOSE)
}

fn family_level(a: &str, b: &str, within: bool, sounds_same: bool) -> u8 {
    let (core_a, core_b) = (without_particles(a), without_particles(b));
    if core_a.unwrap_or(a) == core_b.unwrap_or(b) {
        return 2;
    }
    if letters(a).min(letters(b)) >= 3 && osa_within(a, b, 1).is_some() {
        return 1;
    }
    // That both begin with "van der" says nothing of the rest.
    let cores = core_a.zip(core_b);
    let (a, b) = cores.unwrap_or((a, b));
    let sounds_same = sounds_same && (cores.is_none() || sound(a) == sound(b));
    if one_slip(a, b) {
        return 1;
    }
    if within && (part_of(a, b) || part_of(b, a)) {
        return 2;
    }
    if sounds_same || alike(a, b) {
        return 3;
    }
    if loosely_alike(a, b) {
        return 4;
    }
    FAMILY.len() as u8 - 1
}

/// "j" or "j p" for "jean pierre".
fn initial_of(short: &str, long: &str) -> bool {
    let mut words = long.split(' ');
    short.len() < long.len()
        && short.split(' ').all(|initial| {
            let mut letters = initial.chars();
            let (first, more) = (letters.next(), letters.next());
            more.is_none() && words.next().is_some_and(|word| word.chars().next() == first)
        })
}

/// Whether one is only the first letter of the other: "Anatole L." says nothing of Lucas.
fn is_initial(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() == 1 && long.starts_with(short)
}

/// Whether all the words of one are words of the other: "durand" of "durand martin".
fn part_of(part: &str, whole: &str) -> bool {
    part.len() >= 2
        && part.len() < whole.len()
        && part.split(' ').all(|word| whole.split(' ').any(|other| other == word))
}

/// How many letters a name has: bytes tell of ASCII only.
fn letters(name: &str) -> usize {
    if name.is_ascii() { name.len() } else { name.chars().count() }
}

/// One slip of the hand, or two in a long name; blanks do not count.
fn one_slip(a: &str, b: &str) -> bool {
    let (one, other) = (letters(a), letters(b));
    let most = if one.min(other) >= 9 { 2 } else { 1 };
    one.min(other) >= 3 && one.abs_diff(other) <= 2 * most && osa_within(a, b, most).is_some()
}

/// Two slips in a short name, or a likeness from the first letter.
fn loosely_alike(a: &str, b: &str) -> bool {
    let short = letters(a).min(letters(b));
    (short >= 4 && osa_within(a, b, 2).is_some()) || jaro_winkler(a, b).is_some_and(|score| score >= 0.80)
}

fn alike(a: &str, b: &str) -> bool {
    jaro_winkler(a, b).is_some_and(|score| score >= 0.88)
}
