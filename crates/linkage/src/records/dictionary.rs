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
    use super::Dictionary;

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
