//! From an uploaded file to a table with facts about its columns. Pure: no database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::tabular::guess::ColumnKind;
use kernel::tabular::{self, BadRow, Limits, Options as Reading, Row, Table, dates};
use kernel::{Result, secrets};

use super::model::TableFacts;
use super::parts::{Column, DISTINCT_MOST};

/// Values shown of a column.
const EXAMPLES: usize = 5;
/// Longest value kept among the different values of a column, in bytes: longer ones are texts, not codes.
const LONGEST_VALUE: usize = 200;

/// Held by the file being read.
static TURN: Mutex<()> = Mutex::new(());

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Name given by whoever sent it.
    pub name: String,
    /// How it was asked to be read.
    pub reading: Reading,
    /// What it held.
    pub facts: TableFacts,
    /// Its usable rows in canonical form.
    pub canonical: Vec<u8>,
    /// Its unusable rows.
    pub bad_rows: Vec<BadRow>,
}

/// Reads a file.
///
/// # Errors
/// Whatever [`tabular::read`] refuses, as a sentence for a person.
pub fn read(bytes: &[u8], name: &str, reading: &Reading) -> Result<Arrived> {
    // One at a time: a small file can hold half a gigabyte, and several together would end the program.
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let table = tabular::read(bytes, name, reading, &Limits::default())?;
    let columns = describe(&table)?;
    let facts = TableFacts {
        format: table.format,
        has_header: table.has_header,
        rows: table.rows,
        bad: table.bad_rows.len() as u64,
        notices: table.notices,
        columns,
    };
    let name = if name.is_empty() { "import.csv".to_owned() } else { name.to_owned() };
    Ok(Arrived {
        name,
        reading: reading.clone(),
        facts,
        canonical: table.canonical,
        bad_rows: table.bad_rows,
    })
}

/// What a header is recognised by: its names in order, folded.
pub fn signature(facts: &TableFacts) -> String {
    let names: Vec<String> = facts.columns.iter().map(|c| kernel::texts::fold(&c.name)).collect();
    secrets::sha256_hex(names.join("\u{1f}").as_bytes())
}

/// A column being looked at.
#[derive(Default)]
struct Look {
    examples: Vec<String>,
    empty: u64,
    values: Vec<(String, u64)>,
    places: HashMap<String, usize>,
    too_many: bool,
}

impl Look {
    fn take(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            self.empty += 1;
            return;
        }
        if self.examples.len() < EXAMPLES && !self.examples.iter().any(|e| e == cell) {
            self.examples.push(cell.chars().take(120).collect());
        }
        if self.too_many {
            return;
        }
        if let Some(counted) = self.places.get(cell).and_then(|at| self.values.get_mut(*at)) {
            counted.1 += 1;
            return;
        }
        self.too_many = self.values.len() >= DISTINCT_MOST || cell.len() > LONGEST_VALUE;
        if self.too_many {
            (self.values, self.places) = Default::default();
            return;
        }
        self.places.insert(cell.to_owned(), self.values.len());
        self.values.push((cell.to_owned(), 1));
    }
}

fn describe(table: &Table) -> Result<Vec<Column>> {
    let guesses = table.guess();
    let mut looks: Vec<Look> = table.header.iter().map(|_| Look::default()).collect();
    for row in table.rows() {
        let row = row?;
        for (look, cell) in looks.iter_mut().zip(row.cells()) {
            look.take(cell);
        }
    }
    let mut columns = Vec::with_capacity(looks.len());
    for (at, ((name, guess), look)) in table.header.iter().zip(guesses).zip(looks).enumerate() {
        let dated = matches!(guess.kind, Some(ColumnKind::Date | ColumnKind::BirthDate))
            || (!look.examples.is_empty() && look.examples.iter().all(|e| dates::looks_like_date(e)));
        let (dates, short_years) = if dated { describe_dates(table, at) } else { (None, 0) };
        columns.push(Column {
            name: name.clone(),
            examples: look.examples,
            guess,
            empty: look.empty,
            values: (!look.too_many).then_some(look.values),
            dates,
            short_years,
        });
    }
    Ok(columns)
}

fn describe_dates(table: &Table, column: usize) -> (Option<dates::Inferred>, u64) {
    let rows: Vec<Row> = table.rows().filter_map(Result::ok).take(100_000).collect();
    let cells =
        || rows.iter().filter_map(|row| row.get(column)).map(str::trim).filter(|cell| !cell.is_empty());
    let inferred = dates::infer(cells());
    let short = cells().filter(|cell| has_short_year(cell)).count() as u64;
    (Some(inferred), short)
}

/// Whether no group of figures in a written date is as long as a year: 17/11/76.
fn has_short_year(cell: &str) -> bool {
    let groups: Vec<&str> = cell.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    groups.len() >= 3 && groups.iter().take(3).all(|group| group.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Vec<Column> {
        read(text.as_bytes(), "x.csv", &Reading::default()).unwrap().facts.columns
    }

    #[test]
    fn a_column_of_codes_gives_its_values_with_their_counts_and_its_empty_cells() {
        let columns = columns("nom;agence\nAude;01\nBrice;02\nClo;01\nDia;\n");
        assert_eq!(columns[1].values, Some(vec![("01".to_owned(), 2), ("02".to_owned(), 1)]));
        assert_eq!(columns[1].empty, 1);
        assert_eq!(columns[0].examples, ["Aude", "Brice", "Clo", "Dia"]);
    }

    #[test]
    fn years_in_two_figures_are_counted() {
        let columns = columns("nom;ddn\nAude;03/05/1958\nBrice;17/11/76\nClo;1958-05-03\n");
        assert_eq!(columns[1].short_years, 1);
    }

    #[test]
    fn the_same_columns_have_the_same_signature_whatever_the_case() {
        let of = |text: &str| signature(&read(text.as_bytes(), "x.csv", &Reading::default()).unwrap().facts);
        assert_eq!(of("Nom;Prénom\nA;B\n"), of("NOM;PRENOM\nC;D\n"));
        assert_ne!(of("Nom;Prénom\nA;B\n"), of("Prénom;Nom\nA;B\n"));
    }
}
