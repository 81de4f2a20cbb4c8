//! The distinct values of a column, numbered as they come.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

/// Distinct texts; number 0 means "no value".
pub(crate) struct Dictionary {
    text: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    state: RandomState,
}

impl Dictionary {
    pub(crate) fn new() -> Self {
        Self { text: String::new(), ends: vec![0], table: HashTable::new(), state: RandomState::new() }
    }

    /// How many numbers are in use, "no value" included.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text behind a number; empty for "no value".
    pub(crate) fn get(&self, id: u32) -> &str {
        let id = id as usize;
        let (Some(&end), Some(&start)) = (self.ends.get(id), self.ends.get(id.wrapping_sub(1))) else {
            return "";
        };
        self.text.get(start..end).unwrap_or("")
    }

    /// The number of a text, new if it was never met.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let hash = self.state.hash_one(text);
        let (body, ends) = (&self.text, &self.ends);
        let is_it = |&id: &u32| slice(body, ends, id) == text;
        if let Some(&id) = self.table.find(hash, is_it) {
            return id;
        }
        let id = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        let (body, ends, state) = (&self.text, &self.ends, &self.state);
        self.table.insert_unique(hash, id, |&id| state.hash_one(slice(body, ends, id)));
        id
    }

    /// The number of a text that may never have been met.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let hash = self.state.hash_one(text);
        self.table.find(hash, |&id| slice(&self.text, &self.ends, id) == text).copied()
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 8 + self.table.capacity() * 5
    }
}

fn slice<'a>(text: &'a str, ends: &[usize], id: u32) -> &'a str {
    let id = id as usize;
    let (Some(&end), Some(&start)) = (ends.get(id), ends.get(id.wrapping_sub(1))) else {
        return "";
    };
    text.get(start..end).unwrap_or("")
}
