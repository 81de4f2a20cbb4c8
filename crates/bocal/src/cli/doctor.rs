//! `bocal doctor`.

use std::process::ExitCode;

use clap::Args;
use kernel::Result;
use kernel::config::Config;

use super::Format;
use crate::doctor::{Check, Outcome, examine};
use crate::say;

/// Look at everything Bocal stands on, and say what to do about what is not well.
#[derive(Args)]
#[command(after_help = "Example: bocal doctor --verify-ledger --format json\n\
    Exit code: 0 when nothing is broken (there may be warnings), 1 otherwise.")]
pub(crate) struct Doctor {
    /// Recompute every seal of the ledger and name the first that does not hold; reads all events.
    #[arg(long)]
    verify_ledger: bool,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Doctor {
    pub(crate) fn run(&self, config: &Config) -> Result<ExitCode> {
        let checks = examine(config, self.verify_ledger);
        match self.format {
            Format::Json => say::out(&serde_json::to_string_pretty(&checks)?),
            Format::Table => checks.iter().for_each(tell),
        }
        let is_broken = checks.iter().any(|check| check.outcome == Outcome::Failure);
        Ok(if is_broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn tell(check: &Check) {
    let outcome = match check.outcome {
        Outcome::Ok => "ok",
        Outcome::Warning => "WARNING",
        Outcome::Failure => "FAILURE",
    };
    say::out(&format!("{outcome:<8} {:<14} {}", check.name, check.found));
    if let Some(advice) = &check.advice {
        say::out(&format!("{:<23} → {advice}", ""));
    }
}
