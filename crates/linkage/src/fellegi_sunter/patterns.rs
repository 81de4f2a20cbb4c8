//! Comparisons, counted: all that estimation needs of millions of pairs.

use crate::Error;

/// Largest count of a pattern: above, doubles no longer tell one pair more.
pub const MAX_COUNT: f64 = 9_007_199_254_740_992.0;

/// A missing level, as stored.
const MISSING: u8 = u8::MAX;

/// Patterns of comparison with how many pairs show each.
#[derive(Debug, Clone)]
pub struct Patterns {
    levels: Vec<u8>,
    /// A row of levels for each pattern, one after the other.
    cells: Vec<u8>,
    counts: Vec<f64>,
}

impl Patterns {
    /// No pattern yet, of fields with so many levels each.
    ///
    /// # Errors
    /// [`Error::BadShape`] without a field; [`Error::OutOfRange`] for a field with fewer than two levels.
    ///
    /// ```
    /// use linkage::fellegi_sunter::Patterns;
    /// let mut patterns = Patterns::new(&[2, 4])?; // the second field: different, alike, close, same
    /// patterns.push(&[Some(1), Some(3)], 12.0)?;
    /// patterns.push(&[Some(0), None], 900.0)?;
    /// assert_eq!(patterns.push(&[Some(2), None], 1.0).unwrap_err().code(), "out_of_range");
    /// # Ok::<(), linkage::Error>(())
    /// ```
    pub fn new(levels: &[u8]) -> Result<Self, Error> {
        if levels.is_empty() {
            return Err(Error::bad_shape("there must be a field to compare"));
        }
        if let Some(few) = levels.iter().find(|levels| **levels < 2) {
            return Err(Error::out_of_range("levels of a field", f64::from(*few), "2 to 255"));
        }
        Ok(Self { levels: levels.to_vec(), cells: Vec::new(), counts: Vec::new() })
    }

    /// Adds `count` pairs (they may be weighted) whose fields came out at these levels, `None` where missing. The same
    /// pattern may be added again.
    ///
    /// # Errors
    /// [`Error::BadShape`] unless there is one level for each field; [`Error::OutOfRange`] for a level the field does
    /// not have, and for a count that is negative or above [`MAX_COUNT`]. Nothing is added then.
    pub fn push(&mut self, pattern: &[Option<u8>], count: f64) -> Result<(), Error> {
        if pattern.len() != self.levels.len() {
            return Err(Error::bad_shape("a pattern must have one level for each field"));
        }
        if !(0.0..=MAX_COUNT).contains(&count) {
            return Err(Error::out_of_range("count", count, "0 to 2^53"));
        }
        for (level, levels) in pattern.iter().zip(&self.levels) {
            if let Some(level) = level.filter(|level| level >= levels) {
                return Err(Error::out_of_range("level", f64::from(level), "a level of its field"));
            }
        }
        self.cells.extend(pattern.iter().map(|level| level.unwrap_or(MISSING)));
        self.counts.push(count);
        Ok(())
    }

    /// Levels of each field.
    #[must_use]
    pub fn levels(&self) -> &[u8] {
        &self.levels
    }

    /// Patterns added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether none was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The patterns in an order of their own, each once, those without pairs left out: sums over them come out to the
    /// same digits in whichever order they were added.
    pub(super) fn sorted(&self) -> Sorted {
        let fields = self.levels.len();
        let layout = Layout::new(&self.levels);
        let rows: Vec<&[u8]> = self.cells.chunks_exact(fields).collect();
        let mut order: Vec<usize> = (0..rows.len()).filter(|row| self.counts[*row] > 0.0).collect();
        order.sort_unstable_by(|a, b| {
            rows[*a].cmp(rows[*b]).then_with(|| self.counts[*a].total_cmp(&self.counts[*b]))
        });
        let mut sorted =
            Sorted { slots: Vec::with_capacity(order.len() * fields), counts: Vec::new(), layout };
        let mut last: Option<&[u8]> = None;
        for row in order {
            match sorted.counts.last_mut().filter(|_| last == Some(rows[row])) {
                Some(count) => *count += self.counts[row],
                None => {
                    sorted.slots.extend(sorted.layout.slots_of(rows[row]));
                    sorted.counts.push(self.counts[row]);
                }
            }
            last = Some(rows[row]);
        }
        sorted
    }
}

/// Where each level of each field stands in one long list; after the levels of a field, a place for missing.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    levels: Vec<u8>,
    starts: Vec<u32>,
    /// Places in all.
    pub(super) slots: usize,
}

impl Layout {
    fn new(levels: &[u8]) -> Self {
        let mut slots = 0;
        let starts = levels.iter().map(|levels| {
            let start = slots;
            slots += u32::from(*levels) + 1;
            start
        });
        let starts = starts.collect();
        Self { levels: levels.to_vec(), starts, slots: slots as usize }
    }

    fn slots_of(&self, row: &[u8]) -> impl Iterator<Item = u32> {
        row.iter().zip(&self.starts).zip(&self.levels).map(|((level, start), levels)| {
            start + u32::from(if *level == MISSING { *levels } else { *level })
        })
    }

    /// Places of the levels of each field, the one for missing left out.
    pub(super) fn fields(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.starts.iter().zip(&self.levels).map(|(start, levels)| {
            let start = *start as usize;
            start..start + usize::from(*levels)
        })
    }
}

/// Distinct patterns in order.
#[derive(Debug)]
pub(super) struct Sorted {
    /// For each pattern the place of each field's level, one row after the other.
    pub(super) slots: Vec<u32>,
    pub(super) counts: Vec<f64>,
    pub(super) layout: Layout,
}

impl Sorted {
    pub(super) fn rows(&self) -> impl Iterator<Item = (&[u32], f64)> {
        self.slots.chunks_exact(self.layout.levels.len()).zip(self.counts.iter().copied())
    }
}
