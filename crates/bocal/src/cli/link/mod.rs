//! `bocal link`: rows of the same person in a file or two.

mod columns;
mod evaluate;
mod explain;
mod interrupt;
mod lists;
mod model;
mod pairs;
mod progress;
mod raw;
mod report;
mod rows;
mod run;
mod source;
mod standing;
mod stop;
mod take;
mod target;
mod values;
mod wanted;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kernel::tabular::Encoding;
use kernel::texts::Locale;

use super::refused::Why;
use super::{Format, spoken};
use crate::assembly;

/// Find rows of the same person in a CSV file, or in two, and say why.
///
/// What the columns hold is guessed and said. Nothing is sent anywhere.
#[derive(Args)]
#[command(after_help = "Examples:
  bocal link clients.csv --output people.csv
  bocal link clients.csv --output people.csv --columns first_name=prenom,ignore=note --pairs pairs.csv
  bocal link clients.csv --against orders.csv --output people.csv --one-to-one
  bocal link clients.csv --explain C-1042 C-2377 --lang fr")]
pub(crate) struct Link {
    /// CSV file, perhaps gzipped; - is standard input.
    file: PathBuf,
    /// Write each row as it was, in UTF-8, with the number of its person in a last column cluster_id; - is standard output.
    #[arg(long, value_name = "OUT.csv", required_unless_present_any = ["explain", "truth", "pairs", "report", "save_model"])]
    output: Option<PathBuf>,
    /// Link with this file instead of finding duplicates within one.
    #[arg(long, value_name = "OTHER.csv")]
    against: Option<PathBuf>,
    /// What columns hold, such as first_name=prenom,ignore=note; may be given several times.
    #[arg(long, value_name = "KIND=COLUMN,...")]
    columns: Vec<String>,
    /// Column that says who is the same person: to measure with, never evidence.
    #[arg(long, value_name = "COLUMN")]
    truth: Option<String>,
    /// Use a saved model instead of learning one.
    #[arg(long, value_name = "MODEL.json")]
    model: Option<PathBuf>,
    /// Save the model, which holds no value of any row.
    #[arg(long, value_name = "MODEL.json")]
    save_model: Option<PathBuf>,
    /// Write what was guessed, learnt, counted and kept out.
    #[arg(long, value_name = "R.json")]
    report: Option<PathBuf>,
    /// Write each kept pair with its probability and the weight of every field.
    #[arg(long, value_name = "PAIRS.csv")]
    pairs: Option<PathBuf>,
    /// Probability from which two rows are one person; 0.5 by default.
    #[arg(long, value_name = "P", value_parser = probability, allow_hyphen_values = true)]
    threshold: Option<f64>,
    /// Probability from which a person should look at a pair; 0.1 by default.
    #[arg(long, value_name = "P", value_parser = probability, allow_hyphen_values = true)]
    review: Option<f64>,
    /// Say why two rows are or are not the same person: their ids, or line:12. With --against the first is looked for in
    /// FILE and the second in OTHER.csv first; orders.csv:line:12 names the file.
    #[arg(long, num_args = 2, value_names = ["ID1", "ID2"], allow_hyphen_values = true)]
    explain: Option<Vec<String>>,
    /// Pairs that are never the same person: a CSV file of two columns, or with columns as those of --pairs.
    #[arg(long, value_name = "FILE")]
    never: Option<PathBuf>,
    /// Pairs that are always the same person.
    #[arg(long, value_name = "FILE")]
    always: Option<PathBuf>,
    /// Give each row of a file at most one counterpart in the other, or not; without a word it is so if the files hold few
    /// duplicates themselves.
    #[arg(long, requires = "against", value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    one_to_one: Option<bool>,
    /// Encoding of the files, instead of the guess.
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Character between cells, instead of the guess; tab for a tab.
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Whether the first line names the columns.
    #[arg(long, value_enum, default_value = "auto")]
    header: Header,
    /// Language of everything that is said: fr or en; that of the terminal by default.
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Locale>,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Whether the first line names the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Header {
    /// Guessed.
    Auto,
    /// It does.
    Yes,
    /// It is a row.
    No,
}

impl Link {
    pub(crate) fn run(&self) -> kernel::Result<ExitCode> {
        let t = assembly::texts()?.reader(self.locale());
        match self.link(t) {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(stop) => stop.end(t),
        }
    }

    /// Language of everything that is said.
    fn locale(&self) -> Locale {
        self.lang.or_else(spoken).unwrap_or(Locale::En)
    }
}

fn probability(text: &str) -> Result<f64, Why> {
    let number: f64 = text.replace(',', ".").parse().map_err(|_| Why("link-why-no-number"))?;
    match number > 0.0 && number < 1.0 {
        true => Ok(number),
        false => Err(Why("link-why-no-probability")),
    }
}

fn delimiter(text: &str) -> Result<u8, Why> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
        _ => Err(Why("link-why-no-delimiter")),
    }
}

fn language(text: &str) -> Result<Locale, Why> {
    text.parse().map_err(|_| Why("link-why-no-language"))
}

fn encoding(text: &str) -> Result<Encoding, Why> {
    text.parse().map_err(|_| Why("link-why-no-encoding"))
}
