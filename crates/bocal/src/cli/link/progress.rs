//! What is going on, for the person at the terminal.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

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
            let counts = match unit {
                Unit::Bytes => "{bytes}/{total_bytes} {bytes_per_sec}",
                Unit::Things => "{human_pos}/{human_len} {per_sec}",
            };
            let template = format!("{{msg:<22}} {{wide_bar}} {counts} {{eta}}");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                self.bar.set_style(style);
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
