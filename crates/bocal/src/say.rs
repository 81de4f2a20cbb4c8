//! Speaking to the person at the terminal. Output that is data goes to standard output, everything else to
//! standard error.

use std::io::Write as _;

/// Writes a line of data.
pub(crate) fn out(text: &str) {
    // Nobody is listening any more (a closed pipe): there is nothing better to do than to go on quietly.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Writes a line for the person.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes rows under each other, each column as wide as its widest cell.
pub(crate) fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        out(cells.join("  ").trim_end());
    }
}
