//! The rows samples are drawn from.

use crate::Error;
use crate::path_model::accumulator::{Accumulator, complete};
use crate::path_model::{Fit, Model};

/// Complete rows of a model's items, kept: the bootstrap draws from them again and again.
#[derive(Debug, Clone)]
pub struct Rows {
    items: Vec<String>,
    /// Row after row.
    pub(super) values: Vec<f64>,
    pub(super) dropped: u64,
}

impl Rows {
    /// No row yet, of the items of a model.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self { items: model.items().to_vec(), values: Vec::new(), dropped: 0 }
    }

    /// Adds one respondent's answers in the order of [`Model::items`]. A row with a missing answer is dropped and
    /// counted.
    ///
    /// # Errors
    /// As [`Accumulator::push`].
    pub fn push(&mut self, row: &[Option<f64>]) -> Result<(), Error> {
        match complete(row, self.items.len())? {
            Some(row) => self.values.extend(row),
            None => self.dropped += 1,
        }
        Ok(())
    }

    /// Complete rows so far.
    #[must_use]
    pub fn n(&self) -> usize {
        self.values.len() / self.items.len().max(1)
    }

    /// Fits a model of these items, as [`Accumulator::fit`].
    ///
    /// # Errors
    /// As [`Accumulator::fit`].
    pub fn fit(&self, model: &Model) -> Result<Fit, Error> {
        self.gathered(model)?.fit(model)
    }

    pub(super) fn gathered(&self, model: &Model) -> Result<Accumulator, Error> {
        if self.items != model.items() {
            return Err(Error::BadShape { what: "the rows are not those of the model's items" });
        }
        let mut all = Accumulator::new(model);
        for row in self.values.chunks_exact(self.items.len().max(1)) {
            all.push_complete(row)?;
        }
        all.drop_rows(self.dropped)?;
        Ok(all)
    }
}
