//! The loop at size: the queue, one case, acts on it, its board and its file, as an administrator and as an adviser of
//! some sites meet them; warnings, clocks and letters; answers that open cases.

pub(super) mod advisers;
mod background;
mod gestures;
mod intake;
mod screens;
mod seed;

use kernel::Result;
use kernel::config::Config;

use crate::open;

use super::report::Line;
use super::store;

/// Measures the loop, or only its screens whose name holds `screen`; adds cases to a database that has none.
pub(super) fn run(config: &Config, requests: usize, seconds: u64, screen: Option<&str>) -> Result<Vec<Line>> {
    seed::run(config)?;
    let mut lines = screens::run(config, requests, screen)?;
    if screen.is_some() {
        return Ok(lines);
    }
    lines.extend(background::run(config)?);
    lines.extend(intake::run(config, seconds)?);
    Ok(lines)
}

/// Opens every case that is closed or only waits to be closed, and adds cases to a database that has none.
pub(super) fn open_all(config: &Config) -> Result<()> {
    seed::run(config)?;
    // Alone: within the savepoint a shared change needs, so many rows are slow.
    open::migrated(config)?.write_alone(store::open_all_cases)
}
