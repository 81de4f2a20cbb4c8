//! Records as the engine holds them: normalised values, one short row of numbers for each, in an order that depends on
//! what they say and never on where they stood in a file.

mod dictionary;
mod intake;
mod reader;
mod signature;
mod words;

pub(crate) use self::dictionary::{Dictionary, Texts};
pub use self::intake::{Column, Intake};
use crate::mix;

/// What a value is, once normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Feature {
    Given,
    Family,
    Birth,
    Email,
    Phone,
    Number,
    Way,
    City,
    Postal,
    Identifier,
    Category,
    Text,
    Amount,
    Day,
}

impl Feature {
    /// How many cells of a row it takes: its number, then what spares a look at its text.
    const fn width(self) -> usize {
        match self {
            Self::Given | Self::Family | Self::Way | Self::Identifier | Self::Text | Self::Amount => 2,
            Self::Email | Self::Phone => 3,
            _ => 1,
        }
    }
}

/// One normalised column.
#[derive(Clone)]
pub(crate) struct Slot {
    pub(crate) feature: Feature,
    /// Name of the column it was read from.
    pub(crate) name: String,
    /// Which dictionary its texts are in.
    pub(crate) dictionary: usize,
    /// Where it stands in a row.
    pub(crate) cell: usize,
}

/// Records of one file or two.
///
/// Rows whose evidence is the same in every column are held once, as a *unit*.
pub struct Records {
    pub(crate) dictionaries: Vec<Dictionary>,
    pub(crate) slots: Vec<Slot>,
    stride: usize,
    cells: Vec<u32>,
    /// Rows as they were given, unit by unit.
    rows: Vec<u32>,
    /// Where each unit starts in `rows`, and the end.
    starts: Vec<u32>,
    /// What each row said in all its columns, in the order of `rows`.
    raw: Vec<u64>,
    /// The file of each unit: 0, or 1 for the second one.
    files: Vec<u8>,
    pub(crate) linking: bool,
}

impl Records {
    /// How many rows were given.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How many differ in what they say.
    #[must_use]
    pub fn units(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The rows of a unit, as they were given; none for a unit there is not.
    #[must_use]
    pub fn rows_of(&self, unit: usize) -> &[u32] {
        &self.rows[self.range(unit)]
    }

    /// The unit of each row.
    #[must_use]
    pub fn unit_of_row(&self) -> Vec<u32> {
        let mut units = vec![0; self.rows()];
        for unit in 0..self.units() {
            for &row in self.rows_of(unit) {
                units[row as usize] = unit as u32;
            }
        }
        units
    }

    /// A hash of all that each row of a unit says, in the order of [`Records::rows_of`].
    pub(crate) fn raw_of(&self, unit: usize) -> &[u64] {
        &self.raw[self.range(unit)]
    }

    fn range(&self, unit: usize) -> std::ops::Range<usize> {
        let ends = self.starts.get(unit..).and_then(|rest| rest.first_chunk::<2>());
        ends.map_or(0..0, |[start, end]| *start as usize..*end as usize)
    }

    /// How many rows a unit has.
    pub(crate) fn weight(&self, unit: usize) -> usize {
        self.rows_of(unit).len()
    }

    /// How many pairs there are. Each unit stands for its rows; where rows are many times the units (a file of towns alone),
    /// their copies are no sign that pairs of one person are common, and rows count.
    pub(crate) fn pairs(&self) -> f64 {
        let units = self.units() as f64;
        let copied = (self.rows() as f64 / (2.0 * units.max(1.0))).max(1.0).powi(2);
        if self.linking {
            let second = (0..self.units()).filter(|&unit| self.file(unit) == 1).count() as f64;
            return ((units - second) * second).max(1.0) * copied;
        }
        (units * (units - 1.0) / 2.0).max(1.0) * copied
    }

    /// The file of a unit.
    pub(crate) fn file(&self, unit: usize) -> u8 {
        self.files[unit]
    }

    /// What the cells of a row are.
    pub(crate) fn features(&self) -> Vec<(Feature, &str)> {
        self.slots.iter().map(|slot| (slot.feature, slot.name.as_str())).collect()
    }

    /// The columns of a feature.
    pub(crate) fn with(&self, feature: Feature) -> Vec<usize> {
        (0..self.slots.len()).filter(|&slot| self.slots[slot].feature == feature).collect()
    }

    /// The first column of a feature.
    pub(crate) fn first(&self, feature: Feature) -> Option<usize> {
        self.slots.iter().position(|slot| slot.feature == feature)
    }

    /// All the cells of a unit.
    pub(crate) fn row(&self, unit: usize) -> &[u32] {
        &self.cells[unit * self.stride..(unit + 1) * self.stride]
    }

    /// Where the cells of a column begin in a row.
    pub(crate) fn cell(&self, slot: usize) -> usize {
        self.slots[slot].cell
    }

    /// The number of a column's value; 0 is missing.
    pub(crate) fn id(&self, slot: usize, unit: usize) -> u32 {
        self.cells[unit * self.stride + self.slots[slot].cell]
    }

    /// The distinct texts of a column.
    pub(crate) fn words(&self, slot: usize) -> &Dictionary {
        &self.dictionaries[self.slots[slot].dictionary]
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let words: usize = self.dictionaries.iter().map(Dictionary::bytes).sum();
        words
            + self.cells.capacity() * 4
            + self.rows.capacity() * 4
            + self.starts.capacity() * 4
            + self.raw.capacity() * 8
    }

    /// Puts rows in the order of what they say, and those that say the same together.
    fn arrange(read: Read) -> Self {
        let Read { dictionaries, slots, cells, raw, files, linking } = read;
        let stride = slots.iter().map(|slot| slot.feature.width()).sum::<usize>();
        let hashes = content(&dictionaries, &slots, stride, &cells, &files);
        let mut order: Vec<(u64, u64, u32)> =
            hashes.iter().zip(&raw).enumerate().map(|(row, (&hash, &raw))| (hash, raw, row as u32)).collect();
        order.sort_unstable();
        let (mut starts, mut firsts) = (Vec::new(), Vec::new());
        let mut before = None;
        for (position, &(hash, _, row)) in order.iter().enumerate() {
            if before != Some(hash) {
                starts.push(position as u32);
                firsts.push(row as usize);
            }
            before = Some(hash);
        }
        starts.push(order.len() as u32);
        let mut arranged = Vec::with_capacity(firsts.len() * stride);
        for &row in &firsts {
            arranged.extend_from_slice(&cells[row * stride..(row + 1) * stride]);
        }
        let files = firsts.iter().map(|&row| files[row]).collect();
        let rows = order.iter().map(|&(_, _, row)| row).collect();
        let raw = order.iter().map(|&(_, raw, _)| raw).collect();
        Self { dictionaries, slots, stride, cells: arranged, rows, starts, raw, files, linking }
    }

    /// Leaves rows as they came, each a unit.
    fn in_order(read: Read) -> Self {
        let Read { dictionaries, slots, cells, raw, files, linking } = read;
        let stride = slots.iter().map(|slot| slot.feature.width()).sum::<usize>();
        let count = files.len() as u32;
        let (rows, starts) = ((0..count).collect(), (0..=count).collect());
        Self { dictionaries, slots, stride, cells, rows, starts, raw, files, linking }
    }

    /// Puts units of other records, of the same columns, behind these; the unit of the first.
    pub(crate) fn append(&mut self, others: &Self) -> usize {
        let first = self.files.len();
        (0..others.units()).for_each(|unit| self.take(others, unit));
        first
    }

    /// One unit alone.
    pub(crate) fn alone(&self, unit: usize) -> Self {
        let mut alone = Self {
            dictionaries: self.dictionaries.iter().map(|_| Dictionary::new()).collect(),
            slots: self.slots.clone(),
            stride: self.stride,
            cells: Vec::with_capacity(self.stride),
            rows: vec![0],
            starts: vec![0, 1],
            raw: vec![0],
            files: Vec::new(),
            linking: self.linking,
        };
        alone.take(self, unit);
        alone
    }

    /// Puts a unit of other records, of the same columns, behind these.
    fn take(&mut self, others: &Self, unit: usize) {
        let from = self.cells.len();
        self.cells.extend_from_slice(others.row(unit));
        for slot in 0..self.slots.len() {
            let Slot { feature, dictionary, cell, .. } = self.slots[slot];
            if !matches!(feature, Feature::Birth | Feature::Day | Feature::Amount) {
                let text = others.words(slot).get(others.id(slot, unit));
                self.cells[from + cell] = self.dictionaries[dictionary].intern(text);
            }
        }
        self.files.push(0);
    }

    /// How many texts each dictionary has.
    pub(crate) fn lengths(&self) -> Vec<usize> {
        self.dictionaries.iter().map(Dictionary::len).collect()
    }

    /// Takes off the units from this one on, which were appended last, and the texts that came with them.
    pub(crate) fn forget(&mut self, first: usize, lengths: &[usize]) {
        for (dictionary, len) in self.dictionaries.iter_mut().zip(lengths) {
            dictionary.shrink(*len);
        }
        self.cells.truncate(first * self.stride);
        self.files.truncate(first);
    }
}

impl std::fmt::Debug for Records {
    /// Counts alone: what records say is nobody's to read in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (rows, units) = (self.rows(), self.units());
        f.debug_struct("Records").field("rows", &rows).field("units", &units).finish_non_exhaustive()
    }
}

/// Rows as they were read.
struct Read {
    dictionaries: Vec<Dictionary>,
    slots: Vec<Slot>,
    cells: Vec<u32>,
    raw: Vec<u64>,
    files: Vec<u8>,
    linking: bool,
}

/// One hash for everything a row says.
fn content(
    dictionaries: &[Dictionary],
    slots: &[Slot],
    stride: usize,
    cells: &[u32],
    files: &[u8],
) -> Vec<u64> {
    let words: Vec<Vec<u64>> = dictionaries
        .iter()
        .map(|words| (0..words.len() as u32).map(|id| mix::text(words.get(id))).collect())
        .collect();
    let of = |(row, &file): (&[u32], &u8)| {
        let mut hash = u64::from(file);
        for slot in slots {
            let cell = row[slot.cell];
            let word = match slot.feature {
                Feature::Birth | Feature::Day => u64::from(cell),
                Feature::Amount => u64::from(cell) | u64::from(row[slot.cell + 1]) << 32,
                _ => words[slot.dictionary][cell as usize],
            };
            hash = mix::mix(hash, word);
        }
        hash
    };
    if stride == 0 {
        return files.iter().map(|&file| u64::from(file)).collect();
    }
    cells.chunks_exact(stride).zip(files).map(of).collect()
}
