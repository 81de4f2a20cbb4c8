//! What is going on, for the person at the terminal.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use kernel::texts::T;

/// A bar on standard error; nothing where that is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    stage: Mutex<&'static str>,
    t: T,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Bytes,
    Things,
}

impl Bar {
    pub(super) fn new(t: T) -> Self {
        Self { bar: ProgressBar::new(0), stage: Mutex::new(""), t }
    }

    /// Says how far a stage is, by the key of its name; `all` is 0 where nobody knows how much there is to do.
    pub(super) fn tell(&self, stage: &'static str, unit: Unit, done: u64, all: u64) {
        if self.bar.is_hidden() {
            return;
        }
        if let Ok(mut before) = self.stage.lock()
            && *before != stage
        {
            *before = stage;
            if let Ok(style) = ProgressStyle::with_template(&template(unit, all)) {
                self.bar.set_style(self.counted(style));
            }
            self.bar.set_message(self.t.get(stage));
            self.bar.reset();
        }
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    /// Counts, written as the reader's language writes them.
    fn counted(&self, style: ProgressStyle) -> ProgressStyle {
        let t = self.t;
        // A line that cannot be written is not drawn; the next one is.
        style
            .with_key("done", move |state: &ProgressState, line: &mut dyn std::fmt::Write| {
                let _ = write!(line, "{}", t.count(state.pos()));
            })
            .with_key("all", move |state: &ProgressState, line: &mut dyn std::fmt::Write| {
                let _ = write!(line, "{}", t.count(state.len().unwrap_or(0)));
            })
            .with_key("rate", move |state: &ProgressState, line: &mut dyn std::fmt::Write| {
                let _ = write!(line, "{}/s", t.count(state.per_sec() as u64));
            })
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// The line of a stage; one of a single step has no rate and no time left to tell, nor has one whose end nobody knows.
fn template(unit: Unit, all: u64) -> String {
    let counts = match unit {
        _ if all == 0 => return "{msg:<22} {spinner} {done}".to_owned(),
        _ if all == 1 => return "{msg:<22} {spinner}".to_owned(),
        Unit::Bytes => "{bytes}/{total_bytes} {bytes_per_sec}",
        Unit::Things => "{done}/{all} {rate}",
    };
    format!("{{msg:<22}} {{wide_bar}} {counts} {{eta}}")
}
