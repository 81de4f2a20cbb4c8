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
