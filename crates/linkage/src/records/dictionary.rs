//! The distinct values of a column, numbered as they come.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

use crate::mix;

/// Distinct texts; number 0 means "no value".
pub(crate) struct Dictionary {
    text: String,
    ends: Vec<usize>,
    /// Number of each text, with its hash so that growing reads no text again.
    table: HashTable<(u32, u32)>,
    /// Drawn anew each time: whoever wrote a file cannot have aimed at the table.
    seed: u64,
}

impl Dictionary {
    pub(crate) fn new() -> Self {
        let seed = RandomState::new().hash_one(0);
        Self { text: String::new(), ends: vec![0], table: HashTable::new(), seed }
    }

    /// How many numbers are in use, "no value" included.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text behind a number; empty for "no value".
    pub(crate) fn get(&self, id: u32) -> &str {
        slice(&self.text, &self.ends, id)
    }

    fn hash(&self, text: &str) -> (u64, u32) {
        let hash = mix::mix(self.seed, mix::text_from(self.seed, text));
        (spread(hash as u32), hash as u32)
    }

    /// The number of a text, new if it was never met.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let (spread_hash, hash) = self.hash(text);
        let (body, ends) = (&self.text, &self.ends);
        let is_it = |&(id, other): &(u32, u32)| other == hash && slice(body, ends, id) == text;
        if let Some(&(id, _)) = self.table.find(spread_hash, is_it) {
            return id;
        }
        let id = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.table.insert_unique(spread_hash, (id, hash), |&(_, hash)| spread(hash));
        id
    }

    /// The numbers of many texts. They are looked for before any is read or put in: of a large table each look waits for
    /// memory, and looks that do not need each other wait together.
    pub(crate) fn intern_all(&mut self, texts: &Texts, ids: &mut Vec<u32>) {
        const TOGETHER: usize = 256;
        let (mut hashes, mut found) = (Vec::with_capacity(TOGETHER), Vec::with_capacity(TOGETHER));
        for from in (0..texts.len()).step_by(TOGETHER) {
            let some = from..texts.len().min(from + TOGETHER);
            hashes.clear();
            hashes.extend(some.clone().map(|at| self.hash(texts.get(at))));
            found.clear();
            found.extend(hashes.iter().map(|&(spread_hash, hash)| {
                self.table.find(spread_hash, |&(_, other)| other == hash).map_or(0, |&(id, _)| id)
            }));
            for (&id, text) in found.iter().zip(some.map(|at| texts.get(at))) {
                let is_it = id != 0 && self.get(id) == text;
                ids.push(if is_it { id } else { self.intern(text) });
            }
        }
    }

    /// Takes out the texts that came last, down to so many numbers.
    pub(crate) fn shrink(&mut self, len: usize) {
        while self.ends.len() > len.max(1) {
            let id = self.ends.len() as u32 - 1;
            let (spread_hash, _) = self.hash(self.get(id));
            if let Ok(entry) = self.table.find_entry(spread_hash, |&(other, _)| other == id) {
                entry.remove();
            }
            self.ends.pop();
            self.text.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 8 + self.table.capacity() * 9
    }
}

/// Texts one after the other.
#[derive(Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..self.ends[at]).unwrap_or("")
    }
}

/// A hash for the table, which looks at the highest and the lowest bits.
const fn spread(hash: u32) -> u64 {
    (hash as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn slice<'a>(text: &'a str, ends: &[usize], id: u32) -> &'a str {
    let id = id as usize;
    let (Some(&end), Some(&start)) = (ends.get(id), ends.get(id.wrapping_sub(1))) else {
        return "";
    };
    text.get(start..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, Texts};

    #[test]
    fn many_texts_get_the_numbers_they_would_get_one_by_one() {
        let (mut one_by_one, mut together) = (Dictionary::new(), Dictionary::new());
        let texts: Vec<String> = (0..3_000_usize).map(|at| format!("{}", at * at % 1_009 % 400)).collect();
        let (mut all, mut ids) = (Texts::default(), Vec::new());
        for text in texts.iter().map(|text| if text == "7" { "" } else { text }) {
            all.push(text);
            ids.push(one_by_one.intern(text));
        }
        let mut found = Vec::new();
        together.intern_all(&all, &mut found);
        assert_eq!((&found, together.len()), (&ids, one_by_one.len()));
        all.clear();
        together.intern_all(&all, &mut found);
        assert_eq!(found, ids);
    }

    #[test]
    fn texts_taken_out_are_met_anew_and_the_others_stay() {
        let mut words = Dictionary::new();
        let first = ["kerjean", "martin", ""].map(|text| words.intern(text));
        let (len, numbers) = (words.len(), (0..300).map(|at| format!("n{at}")));
        for text in numbers.clone() {
            words.intern(&text);
        }
        words.shrink(len);
        assert_eq!((words.len(), ["kerjean", "martin", ""].map(|text| words.intern(text))), (len, first));
        let again: Vec<u32> = numbers.map(|text| words.intern(&text)).collect();
        assert_eq!(again, (len as u32..len as u32 + 300).collect::<Vec<u32>>());
        assert_eq!(words.get(again[7]), "n7");
        words.shrink(0);
        assert_eq!((words.len(), words.get(0)), (1, ""));
    }
}
