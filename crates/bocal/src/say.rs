//! Speaking to the person at the terminal. Output that is data goes to standard output, everything else to
//! standard error.

use std::io::{self, ErrorKind, Write as _};
use std::sync::OnceLock;

/// Why data was lost, first.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// Writes a line of data. What cannot be written is [`lost`]; the program says so at its end.
pub(crate) fn out(text: &str) {
    let mut to = io::stdout();
    match writeln!(to, "{text}").and_then(|()| to.flush()) {
        // Nobody is listening any more (a closed pipe): there is nothing better to do than to go on quietly.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => drop(LOST.set(error)),
        _ => {}
    }
}

/// Why lines of data could not be written, if some could not.
pub(crate) fn lost() -> Option<&'static io::Error> {
    LOST.get()
}

/// Writes a line for the person.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes rows under each other, each column as wide as its widest cell.
pub(crate) fn table(rows: &[Vec<String>]) {
    lined_up(rows).iter().for_each(|line| out(line));
}

/// Rows as lines, each column as wide as its widest cell.
pub(crate) fn lined_up(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}
