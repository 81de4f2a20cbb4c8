//! Rows come in, chunk by chunk.

use std::sync::{Mutex, PoisonError};

use super::reader::Reader;
use super::{Dictionary, Read, Records, Slot};
use crate::columns::{Because, Guess, Kind, guess};
use crate::mix;

/// A column of a file: its name, and what it was taken for.
#[derive(Debug, Clone)]
pub struct Column {
    /// Name at the head of the file.
    pub name: String,
    /// What it holds and how it is written.
    pub guess: Guess,
}

impl Column {
    /// A column of which it is known what it holds. 04/06/1971 is read as 4 June, and telephone numbers and postal codes without a
    /// sign of their country as French, unless `guess.order` and `guess.home` are set to say otherwise; [`Column::guessed`] does.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        let guess = Guess { kind, because: Because::Header, order: None, home: None };
        Self { name: name.into(), guess }
    }

    /// The columns of a file as [`guess`] takes them.
    #[must_use]
    pub fn guessed(headers: &[String], sample: &[Vec<String>]) -> Vec<Self> {
        let named = headers.iter().zip(guess(headers, sample));
        named.map(|(name, guess)| Self { name: name.clone(), guess }).collect()
    }
}

/// Takes rows in, chunk by chunk, and normalises them.
///
/// ```
/// use linkage::columns::Kind;
/// use linkage::{Column, Intake};
///
/// let columns = [Column::new("e-mail", Kind::Email), Column::new("phone", Kind::Phone)];
/// let rows = [["jean@example.fr", "06 12 34 56 78"], ["Jean@Example.FR", "+33 6 12 34 56 78"], ["n/a", ""]];
/// let mut intake = Intake::new(&[&columns]);
/// intake.push(0, rows.len(), &|row, column| rows[row][column]);
/// let records = intake.finish();
/// assert_eq!((records.rows(), records.units()), (3, 2));
/// ```
pub struct Intake {
    readers: Vec<Reader>,
    /// Columns of each file that say something about the row, its own number included.
    said: Vec<Vec<usize>>,
    cells: Vec<u32>,
    raw: Vec<u64>,
    files: Vec<u8>,
}

impl Intake {
    /// For one file, or for two to be linked; columns of further files are passed over.
    #[must_use]
    pub fn new(files: &[&[Column]]) -> Self {
        let files = &files[..files.len().min(2)];
        let said = files
            .iter()
            .map(|columns| {
                let said = |&at: &usize| columns[at].guess.kind != Kind::Ignored;
                (0..columns.len()).filter(said).collect()
            })
            .collect();
        Self { readers: Reader::of(files), said, cells: Vec::new(), raw: Vec::new(), files: Vec::new() }
    }

    /// Takes rows of a file (0, or 1 for the second); those of a file there is not are passed over. `cell` gives the text
    /// of a row's column.
    pub fn push<'a>(&mut self, file: usize, rows: usize, cell: &(impl Fn(usize, usize) -> &'a str + Sync)) {
        let Some(said) = self.said.get(file) else { return };
        for row in 0..rows {
            let hash =
                said.iter().fold(file as u64, |hash, &column| mix::mix(hash, mix::text(cell(row, column))));
            self.raw.push(hash);
            self.files.push(file as u8);
        }
        let queue = Mutex::new(self.readers.iter_mut());
        // A guard held while a column is read would leave the other thread without one.
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some(reader) = next() {
                reader.read(file, rows, cell);
            }
        };
        if rows < 512 {
            work();
        } else {
            std::thread::scope(|scope| {
                scope.spawn(work);
                work();
            });
        }
        for row in 0..rows {
            for reader in &self.readers {
                reader.write(row, &mut self.cells);
            }
        }
    }

    /// The records in the order in which they came, each a unit of its own.
    pub(crate) fn in_order(self) -> Records {
        self.arranged(Records::in_order)
    }

    /// The records.
    #[must_use]
    pub fn finish(self) -> Records {
        self.arranged(Records::arrange)
    }

    fn arranged(self, how: fn(Read) -> Records) -> Records {
        let mut dictionaries: Vec<Dictionary> = Vec::new();
        let mut slots: Vec<Slot> = Vec::new();
        for reader in self.readers {
            reader.finish(&mut dictionaries, &mut slots);
        }
        let linking = self.said.len() > 1;
        how(Read { dictionaries, slots, cells: self.cells, raw: self.raw, files: self.files, linking })
    }
}

impl std::fmt::Debug for Intake {
    /// Counts alone: what rows say is nobody's to read in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intake").field("rows", &self.files.len()).finish_non_exhaustive()
    }
}
