//! The distinct texts of a column, with what stands beside each in a row.

use super::signature::letters;
use super::{Dictionary, Feature, Texts};
use crate::mix;

/// Distinct texts of one column, or of given and family names together so that swapped names are found equal.
pub(super) struct Words {
    pub(super) dictionary: Dictionary,
    recent: Recent,
    /// Texts to be numbered together.
    waiting: Texts,
    /// Whether the same cell comes again and again, so that remembering pays.
    repeats: bool,
    /// What stands beside the number of each text in a row.
    beside: Vec<[u32; 2]>,
    besides: fn(&str) -> [u32; 2],
}

impl Words {
    pub(super) fn new(besides: fn(&str) -> [u32; 2], repeats: bool) -> Self {
        Self {
            dictionary: Dictionary::new(),
            recent: Recent::new(),
            waiting: Texts::default(),
            repeats,
            beside: vec![[0; 2]],
            besides,
        }
    }

    pub(super) fn intern(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text else { return 0 };
        let id = self.dictionary.intern(text);
        self.look_beside();
        id
    }

    /// What stands beside texts that are new.
    fn look_beside(&mut self) {
        for id in self.beside.len()..self.dictionary.len() {
            self.beside.push((self.besides)(self.dictionary.get(id as u32)));
        }
    }

    /// The numbers of the cells of a chunk, normalised.
    pub(super) fn of_all<'a>(
        &mut self,
        cells: impl Iterator<Item = &'a str>,
        how: impl Fn(&str) -> Option<String>,
        to: &mut Vec<u32>,
    ) {
        if self.repeats {
            to.extend(cells.map(|cell| self.of(cell, &how)));
            return;
        }
        self.waiting.clear();
        for cell in cells {
            let text = if cell.is_empty() { None } else { how(cell) };
            self.waiting.push(text.as_deref().unwrap_or(""));
        }
        self.dictionary.intern_all(&self.waiting, to);
        self.look_beside();
    }

    /// Normalises a cell, unless the same one was met a moment ago.
    pub(super) fn of(&mut self, cell: &str, how: impl Fn(&str) -> Option<String>) -> u32 {
        if cell.is_empty() {
            return 0;
        }
        let hash = mix::text(cell);
        if let Some(id) = self.recent.get(hash, cell) {
            return id;
        }
        let id = self.intern(how(cell).as_deref());
        self.recent.set(hash, cell, id);
        id
    }

    /// Writes the number of a text, and what stands beside it.
    pub(super) fn write(&self, id: u32, width: usize, cells: &mut Vec<u32>) {
        cells.push(id);
        let beside = self.beside.get(id as usize).copied().unwrap_or_default();
        cells.extend(beside.iter().take(width - 1));
    }
}

/// Letters, for texts compared letter by letter.
pub(super) fn beside_text(text: &str) -> [u32; 2] {
    [letters(text), 0]
}

/// Letters of the name before the @, and the name itself.
fn beside_email(text: &str) -> [u32; 2] {
    let name = text.split('@').next().unwrap_or(text);
    [letters(name), mix::text(name) as u32]
}

/// The last digits of a number, nine and nine.
fn beside_phone(text: &str) -> [u32; 2] {
    let digits = text.bytes().filter(u8::is_ascii_digit);
    let number =
        digits.fold(0_u64, |number, digit| number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')));
    [(number % 1_000_000_000) as u32, (number / 1_000_000_000 % 1_000_000_000) as u32]
}

pub(super) const fn repeats(feature: Feature) -> bool {
    !matches!(feature, Feature::Email | Feature::Phone | Feature::Identifier)
}

pub(super) fn besides(feature: Feature) -> fn(&str) -> [u32; 2] {
    match feature {
        Feature::Email => beside_email,
        Feature::Phone => beside_phone,
        _ => beside_text,
    }
}

/// The cells met lately, with what they became.
struct Recent {
    entries: Vec<(String, u32)>,
}

impl Recent {
    const SIZE: usize = 1 << 13;
    /// Longer cells are not worth remembering.
    const LENGTH: usize = 48;

    fn new() -> Self {
        Self { entries: vec![(String::new(), 0); Self::SIZE] }
    }

    fn get(&self, hash: u64, cell: &str) -> Option<u32> {
        let (text, id) = self.entries.get(hash as usize % Self::SIZE)?;
        (text == cell).then_some(*id)
    }

    fn set(&mut self, hash: u64, cell: &str, id: u32) {
        if cell.len() > Self::LENGTH {
            return;
        }
        if let Some(entry) = self.entries.get_mut(hash as usize % Self::SIZE) {
            entry.0.clear();
            entry.0.push_str(cell);
            entry.1 = id;
        }
    }
}
