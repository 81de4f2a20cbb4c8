//! The loop at size: the queue, one case, acts on it, its board and its file, as an administrator and as an adviser of
//! some sites meet them; warnings, clocks and letters; answers that open cases.

mod background;
mod intake;
mod screens;
mod seed;

use kernel::Result;
use kernel::config::Config;

use super::report::Line;

/// Measures the loop; adds cases to a database that has none.
pub(super) fn run(config: &Config, requests: usize, seconds: u64) -> Result<Vec<Line>> {
    seed::run(config)?;
    let mut lines = screens::run(config, requests)?;
    lines.extend(background::run(config)?);
    lines.extend(intake::run(config, seconds)?);
    Ok(lines)
}
