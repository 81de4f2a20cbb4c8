//! Answers over HTTP while the loop is on: one in twenty opens a case.

use std::time::{Duration, Instant as Wall};

use kernel::Result;
use kernel::config::Config;
use kernel::ledger::deliver_due;

use super::super::intake;
use super::super::report::Line;
use super::super::store;
use crate::{assembly, open};

pub(super) fn run(config: &Config, seconds: u64) -> Result<Vec<Line>> {
    let db = open::migrated(config)?;
    let before = db.read(store::case_count)?;
    let mut lines = intake::measure(config, seconds, "durable answers, 5 % open a case", &|n| {
        if n % 20 == 7 {
            // Unhappy, and asks to be called.
            "&q1=2&q2=Personne+ne+rappelle&q3=1&q3.reach=06+39+98+41+12".to_owned()
        } else {
            format!("&q1={}&q2=Rien+%C3%A0+signaler", n % 11)
        }
    })?;
    let opened = db.read(store::case_count)? - before;
    let waiting = db.read(store::waiting_deliveries)?;
    lines.push(Line::plain(
        "  cases opened / answers still to be looked at",
        format!("{opened} / {waiting}"),
        "",
    ));
    let (wall, mut tried) = (Wall::now(), 0);
    loop {
        let n = deliver_due(&db, &assembly::subscriptions())?;
        // A backlog is measured, not waited for.
        if n == 0 || wall.elapsed() > Duration::from_secs(20) {
            break;
        }
        tried += n;
    }
    lines.push(Line::rate("  answers looked at afterwards", tried, wall.elapsed(), Duration::ZERO));
    Ok(lines)
}
