//! What is going on, for the person at the terminal.

use std::sync::Mutex;

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

/// A bar on standard error; nothing where that is no terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    stage: Mutex<&'static str>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Bytes,
    Things,
}

impl Bar {
    pub(super) fn new() -> Self {
        Self { bar: ProgressBar::new(0), stage: Mutex::new("") }
    }

    /// Says how far a stage is.
    pub(super) fn tell(&self, stage: &'static str, unit: Unit, done: u64, all: u64) {
        if self.bar.is_hidden() {
            return;
        }
        if let Ok(mut before) = self.stage.lock()
            && *before != stage
        {
            *before = stage;
            if let Ok(style) = ProgressStyle::with_template(&template(unit, all)) {
                self.bar.set_style(style.with_key("rate", rate));
            }
            self.bar.set_message(stage);
            self.bar.reset();
        }
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// The line of a stage; a stage of one step has no rate and no time left to tell.
fn template(unit: Unit, all: u64) -> String {
    let counts = match unit {
        _ if all <= 1 => return "{msg:<22} {spinner}".to_owned(),
        Unit::Bytes => "{bytes}/{total_bytes} {bytes_per_sec}",
        Unit::Things => "{human_pos}/{human_len} {rate}",
    };
    format!("{{msg:<22}} {{wide_bar}} {counts} {{eta}}")
}

/// Things a second, whole ones.
fn rate(state: &ProgressState, line: &mut dyn std::fmt::Write) {
    // A line that cannot be written is not drawn; the next one is.
    let _ = write!(line, "{}/s", HumanCount(state.per_sec() as u64));
}
