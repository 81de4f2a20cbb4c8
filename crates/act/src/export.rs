//! Tables as files a spreadsheet opens: semicolons, and numbers as the reader's language writes them.

use kernel::texts::{Locale, T};
use kernel::{Error, Result};
use know::customers::rules::harmless_cell;

/// A table being written.
pub struct Table {
    t: T,
    out: csv::Writer<Vec<u8>>,
}

impl Table {
    /// Begins with these heads.
    ///
    /// # Errors
    /// None in practice: it is written to memory.
    pub fn new(t: T, heads: Vec<String>) -> Result<Self> {
        let out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        let mut table = Self { t, out };
        table.row(heads)?;
        Ok(table)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// A row with more or fewer cells than heads.
    pub fn row(&mut self, cells: Vec<String>) -> Result<()> {
        self.out.write_record(cells.into_iter().map(harmless_cell)).map_err(Error::caused)
    }

    /// The file.
    ///
    /// # Errors
    /// None in practice.
    pub fn done(self) -> Result<String> {
        let bytes = self.out.into_inner().map_err(|error| Error::caused(error.into_error()))?;
        String::from_utf8(bytes).map_err(Error::caused)
    }

    /// A number with all its decimals and without separators; empty without one.
    pub fn number(&self, value: Option<f64>) -> String {
        value.map(|value| self.in_language(value.to_string())).unwrap_or_default()
    }

    /// An amount in minor units.
    pub fn amount(&self, minor: i64) -> String {
        self.in_language(format!("{}.{:02}", minor / 100, (minor % 100).abs()))
    }

    fn in_language(&self, number: String) -> String {
        match self.t.locale() {
            Locale::Fr => number.replace('.', ","),
            Locale::En => number,
        }
    }
}
