//! What a person decided: lists of pairs that are always, or never, one person.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;

use kernel::errors::Message;
use kernel::texts::T;

use super::rows::Chunk;
use super::source::{Reading, Source};
use super::stop::{Outcome, refuse};
use super::wanted::{Called, Named, Reference, Wanted};
use crate::say;

/// A list of pairs of rows.
#[derive(Debug, Default)]
pub(super) struct PairList {
    name: String,
    pairs: Vec<Entry>,
    /// Whether the first line may hold names of columns.
    may_be_named: bool,
}

/// A pair, as it stands in its list.
#[derive(Debug, Clone)]
struct Entry {
    line: u64,
    rows: [Reference; 2],
}

/// Where the rows of a pair stand in a line, and the files they are of.
struct Places {
    rows: [usize; 2],
    files: [Option<usize>; 2],
}

impl PairList {
    /// Reads a CSV file of two columns, or with columns named as those of `--pairs`.
    pub(super) fn read(path: Option<&Path>, files: &[String], t: T) -> Outcome<Self> {
        let Some(path) = path else { return Ok(Self::default()) };
        let source = Source::open(path, &Reading { has_header: Some(false), ..Reading::of(t) })?;
        let named = |key: &'static str| Message::new(key).with("name", source.name.clone());
        if source.head.names.len() < 2 {
            return refuse(named("link-list-two-columns"));
        }
        let mut list = Self { name: source.name.clone(), ..Self::default() };
        let mut places: Option<Places> = None;
        let (mut rows, mut chunk) = (source.rows()?, Chunk::default());
        while rows.fill(&mut chunk)? {
            for row in 0..chunk.rows() {
                match places.is_none().then(|| Places::named(&chunk, row, source.head.names.len())).flatten()
                {
                    Some(named) => places = Some(named),
                    None => list.take(&chunk, row, &mut places, files)?,
                }
            }
        }
        match rows.bad.first.first() {
            Some(bad) => refuse(bad.fault.message()).map_err(|stop| stop.after(list.place(bad.line))),
            None => Ok(list),
        }
    }

    /// Takes in a pair. The first line may still hold names of columns, unless another said where they are.
    fn take(
        &mut self,
        chunk: &Chunk,
        row: usize,
        places: &mut Option<Places>,
        files: &[String],
    ) -> Outcome<()> {
        let line = chunk.lines.get(row).copied().unwrap_or(0);
        let is_first = places.is_none();
        let places = places.get_or_insert(Places { rows: [0, 1], files: [None, None] });
        let rows = places.read(chunk, row, files).map_err(|stop| stop.after(self.place(line)))?;
        let entry = Entry { line, rows };
        self.may_be_named |= is_first && entry.looks_like_names();
        self.pairs.push(entry);
        Ok(())
    }

    fn place(&self, line: u64) -> Message {
        Message::new("link-list-line").with("name", self.name.clone()).with("line", line.to_string())
    }

    /// Asks for its rows.
    pub(super) fn want(&self, wanted: &mut Wanted) {
        self.pairs.iter().flat_map(|pair| &pair.rows).for_each(|row| wanted.add(row));
    }

    /// Its rows. A first line of which neither is a row, and which looks like names, holds names of columns; that is said.
    fn rows(&self, wanted: &Wanted, called: &Called<'_>, t: T) -> Outcome<Vec<Pair>> {
        let is_header = self.may_be_named
            && self.pairs.first().is_some_and(|pair| !pair.rows.iter().any(|row| wanted.knows(row)));
        if is_header {
            say::note(&t.one("link-list-first-line", "name", self.name.clone()));
        }
        let mut all = Vec::with_capacity(self.pairs.len());
        for Entry { line, rows: [a, b] } in self.pairs.iter().skip(usize::from(is_header)) {
            let found = |row| wanted.row(row, called).map_err(|stop| stop.after(self.place(*line)));
            let rows = (found(a)?.row, found(b)?.row);
            if rows.0 == rows.1 {
                return refuse("link-same-row").map_err(|stop| stop.after(self.place(*line)));
            }
            all.push(Pair { rows, line: *line, named: [a.row.text(), b.row.text()] });
        }
        Ok(all)
    }
}

impl Places {
    /// Where columns are that a line names as those of `--pairs`.
    fn named(chunk: &Chunk, row: usize, columns: usize) -> Option<Self> {
        let place =
            |name: &str| (0..columns).find(|&at| chunk.cell(row, at).trim().eq_ignore_ascii_case(name));
        let rows = [place("id_a")?, place("id_b")?];
        Some(Self { rows, files: ["source_a", "source_b"].map(place) })
    }

    fn read(&self, chunk: &Chunk, row: usize, files: &[String]) -> Outcome<[Reference; 2]> {
        let read = |at: usize| {
            let text = chunk.cell(row, self.rows[at]);
            let source = self.files[at].map_or("", |column| chunk.cell(row, column).trim());
            if source.is_empty() {
                return Ok(Reference::read(text, files));
            }
            match files.iter().position(|file| file == source) {
                Some(file) => Ok(Reference { file: Some(file), row: Named::read(text) }),
                None => refuse(
                    Message::new("link-list-no-file").with("name", source).with("files", files.join(", ")),
                ),
            }
        };
        Ok([read(0)?, read(1)?])
    }
}

impl Entry {
    /// Whether these may be names of columns: words without a number, or one word with 1 and 2, or a and b.
    fn looks_like_names(&self) -> bool {
        let [Reference { row: Named::Id(a), .. }, Reference { row: Named::Id(b), .. }] = &self.rows else {
            return false;
        };
        let is_word = |text: &String| {
            text.chars().any(char::is_alphabetic) && !text.chars().any(|letter| letter.is_ascii_digit())
        };
        let stems = a.strip_suffix('1').zip(b.strip_suffix('2'));
        let numbered = stems.is_some_and(|(a, b)| a == b && a.len() > 1 && is_word(&a.to_owned()));
        numbered || is_word(a) && is_word(b)
    }
}

/// A pair whose rows were found.
#[derive(Debug, Clone)]
struct Pair {
    rows: (u32, u32),
    line: u64,
    named: [String; 2],
}

/// Both lists, free of contradictions.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) never: Vec<(u32, u32)>,
    pub(super) always: Vec<(u32, u32)>,
    /// For each row of the list of those who are always one person, the first row of its group.
    group: HashMap<u32, u32>,
    /// Groups that are never one person.
    apart: HashSet<(u32, u32)>,
}

impl Decided {
    /// Finds the rows of both lists, and refuses what cannot hold together.
    pub(super) fn of(
        [never, always]: [&PairList; 2],
        wanted: &Wanted,
        called: &Called<'_>,
        t: T,
    ) -> Outcome<Self> {
        let (apart, joined) = (never.rows(wanted, called, t)?, always.rows(wanted, called, t)?);
        let rows = |pairs: &[Pair]| pairs.iter().map(|pair| pair.rows).collect();
        let mut decided = Self { never: rows(&apart), always: rows(&joined), ..Self::default() };
        decided.group = groups(&joined);
        if let Some(pair) = apart.iter().find(|pair| decided.joins(pair.rows)) {
            let way = way(&joined, pair.rows);
            let pairs: Vec<String> = way.iter().map(|pair| pair.named.join(",")).collect();
            let lines: Vec<String> = way.iter().map(|pair| pair.line.to_string()).collect();
            let [a, b] = pair.named.clone();
            return refuse(
                Message::new("link-lists-contradict")
                    .with("never", never.name.clone())
                    .with("line", pair.line.to_string())
                    .with("a", a)
                    .with("b", b)
                    .with("always", always.name.clone())
                    .with("pairs", pairs.join(" ; "))
                    .with("lines", lines.join(", ")),
            );
        }
        decided.apart = apart.iter().map(|pair| decided.groups_of(pair.rows)).collect();
        Ok(decided)
    }

    /// The group of each row, the lower number first; a row of no group is one by itself.
    fn groups_of(&self, (a, b): (u32, u32)) -> (u32, u32) {
        let group = |row: u32| self.group.get(&row).copied().unwrap_or(row);
        (group(a).min(group(b)), group(a).max(group(b)))
    }

    /// Whether the lists say that two rows are one person, perhaps by way of others.
    pub(super) fn joins(&self, rows: (u32, u32)) -> bool {
        let (a, b) = self.groups_of(rows);
        a == b
    }

    /// Whether the lists say that two rows are two people, perhaps because each is somebody else's.
    pub(super) fn parts(&self, rows: (u32, u32)) -> bool {
        self.apart.contains(&self.groups_of(rows))
    }
}

/// The lowest row that each row is joined to.
fn groups(pairs: &[Pair]) -> HashMap<u32, u32> {
    fn root(above: &HashMap<u32, u32>, mut row: u32) -> u32 {
        while let Some(&next) = above.get(&row).filter(|&&next| next != row) {
            row = next;
        }
        row
    }
    let mut above: HashMap<u32, u32> = HashMap::new();
    for &Pair { rows: (a, b), .. } in pairs {
        let (one, other) = (root(&above, a), root(&above, b));
        above.insert(one.max(other), one.min(other));
        // Ways stay short.
        for row in [a, b] {
            above.insert(row, one.min(other));
        }
    }
    above.keys().map(|&row| (row, root(&above, row))).collect()
}

/// The pairs that lead from one row to another.
fn way(pairs: &[Pair], (from, to): (u32, u32)) -> Vec<&Pair> {
    let mut beside: HashMap<u32, Vec<(u32, &Pair)>> = HashMap::new();
    for pair in pairs {
        let (a, b) = pair.rows;
        beside.entry(a).or_default().push((b, pair));
        beside.entry(b).or_default().push((a, pair));
    }
    let mut came: HashMap<u32, (u32, &Pair)> = HashMap::new();
    let mut next = VecDeque::from([from]);
    while let Some(row) = next.pop_front() {
        for &(other, pair) in beside.get(&row).into_iter().flatten() {
            if other != from && !came.contains_key(&other) {
                came.insert(other, (row, pair));
                next.push_back(other);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = to;
    while let Some(&(before, pair)) = came.get(&at) {
        way.push(pair);
        at = before;
    }
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(rows: &[(u32, u32)]) -> Vec<Pair> {
        let pair = |(line, &rows): (u64, &(u32, u32))| Pair { rows, line, named: Default::default() };
        (1..).zip(rows).map(pair).collect()
    }

    #[test]
    fn rows_are_joined_whatever_the_order_of_pairs() {
        for rows in [[(1, 2), (3, 4), (2, 3)], [(3, 4), (4, 2), (2, 1)], [(4, 1), (2, 1), (3, 2)]] {
            let groups = groups(&pairs(&rows));
            assert!((1..=4).all(|row| groups[&row] == 1), "{rows:?} {groups:?}");
        }
    }

    #[test]
    fn the_way_between_two_rows_is_the_shortest() {
        let pairs = pairs(&[(1, 2), (2, 3), (3, 4), (1, 3), (5, 6)]);
        let lines = |ends| way(&pairs, ends).iter().map(|pair| pair.line).collect::<Vec<_>>();
        assert_eq!((lines((1, 4)), lines((2, 4)), lines((1, 6))), (vec![4, 3], vec![2, 3], vec![]));
    }

    #[test]
    fn names_of_columns_are_told_from_references() {
        let looks = |a: &str, b: &str| {
            let rows = [a, b].map(|text| Reference::read(text, &[]));
            Entry { line: 1, rows }.looks_like_names()
        };
        assert!(looks("one", "other") && looks("id1", "id2") && looks("client a", "client b"));
        for (a, b) in [("7777", "9999"), ("line:5", "line:6"), ("C-1042", "C-2377"), ("A1", "A2"), ("", "")] {
            assert!(!looks(a, b), "{a} {b}");
        }
    }
}
