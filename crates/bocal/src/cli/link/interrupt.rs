//! Nothing half written stays behind when the command is interrupted.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use kernel::durable;
use kernel::texts::T;
use tokio::runtime::Builder;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::say;

/// Files that are being written, under the names they have until they are whole.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file is being written.
pub(super) fn begin(unfinished: &Path) {
    let mut all = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    all.push(unfinished.to_owned());
}

/// A file is whole, or was removed.
pub(super) fn end(unfinished: &Path) {
    let mut all = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|other| other != unfinished);
}

/// From now on Ctrl-C, a closed terminal and a request to end remove what is half written before the program ends.
///
/// # Errors
/// Threads or signals that cannot be had.
pub(super) fn watch(t: T) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let [hangup, interrupt, terminate] = {
        let _within = runtime.enter();
        [SignalKind::hangup(), SignalKind::interrupt(), SignalKind::terminate()].map(|kind| {
            let heard = (!is_ignored(kind)).then(|| signal(kind)).transpose();
            heard.map(|signal| (kind, signal))
        })
    };
    let (hangup, interrupt, terminate) = (hangup?, interrupt?, terminate?);
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        let number = runtime.block_on(async {
            tokio::select! {
                number = heard(hangup) => number,
                number = heard(interrupt) => number,
                number = heard(terminate) => number,
            }
        });
        // The lock is never given back: no other file begins.
        let all = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let left: Vec<&PathBuf> =
            all.iter().filter(|unfinished| durable::remove_if_there(unfinished).is_err()).collect();
        match left.first() {
            Some(left) => say::note(&format!(
                "\nbocal: {}",
                t.one("link-interrupted-left", "name", left.display().to_string())
            )),
            None => say::note(&format!("\nbocal: {}", t.get("link-interrupted"))),
        }
        std::process::exit(128 + number);
    })?;
    Ok(())
}

/// Waits for a signal; for ever where it is ignored.
async fn heard((kind, signal): (SignalKind, Option<Signal>)) -> i32 {
    match signal {
        Some(mut signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
    kind.as_raw_value()
}

/// Whether this program was started to go on whatever comes (`nohup`).
fn is_ignored(kind: SignalKind) -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return false };
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (kind.as_raw_value() - 1) & 1 == 1
}
