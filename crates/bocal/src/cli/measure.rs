//! `bocal measure`: every function of `measures`.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Args;
use kernel::Error;
use serde_json::{Value, json};

use crate::say;

/// Bytes of input at most.
const INPUT_BYTES: u64 = 256 * 1024 * 1024;

/// Compute a measure.
#[derive(Args)]
#[command(after_help = "Example: echo '{\"answers\": [9, 10, 3, 8]}' | bocal measure nps.summary")]
pub(crate) struct Measure {
    /// Name of the operation, such as nps.summary.
    #[arg(required_unless_present = "list")]
    op: Option<String>,
    /// List every operation with its inputs.
    #[arg(long)]
    list: bool,
    /// Print the formula and its source.
    #[arg(long)]
    explain: bool,
}

impl Measure {
    pub(crate) fn run(&self) -> kernel::Result<ExitCode> {
        if self.list {
            list();
            return Ok(ExitCode::SUCCESS);
        }
        let op = self.op.as_deref().unwrap_or_default();
        if self.explain {
            return Ok(explain(op));
        }
        let mut text = String::new();
        std::io::stdin().take(INPUT_BYTES).read_to_string(&mut text)?;
        let input: Value = match serde_json::from_str(&text) {
            Ok(input) => input,
            Err(error) => return Ok(refuse("bad_json", &format!("standard input is not JSON: {error}"))),
        };
        match measures::ops::run_with(op, &input, &Folder) {
            Ok(result) => {
                say::out(&serde_json::to_string(&result).map_err(Error::from)?);
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => Ok(refuse(error.code, &error.message)),
        }
    }
}

/// Lends the files an input names, relative to the working directory.
struct Folder;

impl measures::ops::Files for Folder {
    fn read(&self, name: &str) -> Result<String, String> {
        let size = std::fs::metadata(name).map_err(|error| error.to_string())?.len();
        if size > INPUT_BYTES {
            return Err(format!("{size} bytes, {INPUT_BYTES} at most"));
        }
        std::fs::read_to_string(name).map_err(|error| error.to_string())
    }
}

fn refuse(code: &str, message: &str) -> ExitCode {
    say::note(&json!({ "error": code, "message": message }).to_string());
    ExitCode::from(2)
}

fn list() {
    for op in measures::ops::list() {
        let inputs: Vec<&str> = op.inputs.iter().map(|i| i.name).collect();
        say::out(&format!("{:<34} {}", op.name, inputs.join(", ")));
    }
}

fn explain(name: &str) -> ExitCode {
    let Some(op) = measures::ops::list().iter().find(|op| op.name == name) else {
        return refuse("unknown_op", "no such operation; `bocal measure --list` names them all");
    };
    say::out(&format!("{}\n\n{}\n", op.name, op.formula));
    for input in op.inputs {
        say::out(&format!("  {:<14} {}", input.name, input.meaning));
    }
    say::out(&format!("\n{}", op.source));
    ExitCode::SUCCESS
}
