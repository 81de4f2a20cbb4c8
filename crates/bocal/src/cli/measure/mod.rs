//! `bocal measure`: every operation of `measures` and of `linkage`.

mod catalogue;
mod explain;
mod plot;
mod table;

use std::io::Read as _;
use std::process::ExitCode;

use clap::Args;
use kernel::Error;
use measures::ops::{Files, OpInfo};
use serde_json::{Value, json};

use super::Format;
use crate::say;

/// Bytes of input, and of a file it names, at most.
const INPUT_BYTES: u64 = 256 * 1024 * 1024;

/// Compute a measure: a JSON object in, a JSON object out.
///
/// A field `data` of the input names a CSV file, relative to the working directory.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  bocal measure nps.summary --explain\n  echo '{\"answers\": [9, 10, 3, 8]}' | bocal measure nps.summary --table"
)]
pub(crate) struct Measure {
    /// Name of the operation, such as nps.summary.
    #[arg(required_unless_present = "list")]
    op: Option<String>,
    /// List every operation with its inputs.
    #[arg(long)]
    list: bool,
    /// Say what it is for, how it is computed and after whom.
    #[arg(long)]
    explain: bool,
    /// Draw the result for a person instead of printing JSON.
    #[arg(long)]
    table: bool,
    /// Shape of a list and of an explanation.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Measure {
    pub(crate) fn run(&self) -> kernel::Result<ExitCode> {
        if self.list {
            return self.listed();
        }
        let name = self.op.as_deref().unwrap_or_default();
        let Some(op) = catalogue::find(name) else {
            return Ok(refuse("unknown_op", &unknown(name)));
        };
        if self.explain {
            return self.explained(op);
        }
        let mut text = String::new();
        std::io::stdin().take(INPUT_BYTES + 1).read_to_string(&mut text)?;
        if text.len() as u64 > INPUT_BYTES {
            return Ok(refuse("too_large", &format!("standard input is longer than {INPUT_BYTES} bytes")));
        }
        let input: Value = match serde_json::from_str(&text) {
            Ok(input) => input,
            Err(error) => return Ok(refuse("bad_json", &format!("standard input is not JSON: {error}"))),
        };
        match op.answer(&input, &Folder) {
            Ok(result) if self.table => say::out(&table::drawn(op, &result, width())),
            Ok(result) => say::out(&serde_json::to_string(&result).map_err(Error::from)?),
            Err(error) => return Ok(refuse(error.code, &error.message)),
        }
        Ok(ExitCode::SUCCESS)
    }

    fn listed(&self) -> kernel::Result<ExitCode> {
        match self.format {
            Format::Json => {
                let all: Vec<&OpInfo> = catalogue::all().collect();
                say::out(&serde_json::to_string(&all).map_err(Error::from)?);
            }
            Format::Table => say::out(&explain::list(width())),
        }
        Ok(ExitCode::SUCCESS)
    }

    fn explained(&self, op: &OpInfo) -> kernel::Result<ExitCode> {
        match self.format {
            Format::Json => say::out(&serde_json::to_string(op).map_err(Error::from)?),
            Format::Table => say::out(&explain::one(op, width())),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Columns to write in: those of the terminal, within what one reads easily.
fn width() -> u16 {
    let (_, columns) = console::Term::stdout().size_checked().unwrap_or((24, 100));
    columns.clamp(50, 110)
}

/// Lends the files an input names, relative to the working directory.
struct Folder;

impl Files for Folder {
    fn read(&self, name: &str) -> Result<String, String> {
        let mut text = String::new();
        let file = std::fs::File::open(name).map_err(|error| error.to_string())?;
        file.take(INPUT_BYTES + 1).read_to_string(&mut text).map_err(|error| error.to_string())?;
        if text.len() as u64 > INPUT_BYTES {
            return Err(format!("longer than {INPUT_BYTES} bytes"));
        }
        Ok(text)
    }
}

fn refuse(code: &str, message: &str) -> ExitCode {
    say::note(&json!({ "error": code, "message": message }).to_string());
    ExitCode::from(2)
}

/// There is no such operation: those that sound alike.
fn unknown(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let near: Vec<&str> = catalogue::all()
        .map(|op| op.name)
        .filter(|known| known.split('.').any(|part| part == last || name.starts_with(part)))
        .collect();
    let near = if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) };
    format!("there is no operation named {name:?}{near}; `bocal measure --list` names them all")
}
