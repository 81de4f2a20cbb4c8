//! A command line that cannot be read, said in the language of the terminal.

use std::fmt;
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use kernel::errors::Arg;
use kernel::texts::{Locale, T};

use super::{Cli, reader};
use crate::say;

/// Why a value is refused, by its text.
#[derive(Debug)]
pub(super) struct Why(pub(super) &'static str);

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&reader().map_or_else(|_| self.0.to_owned(), |t| t.get(self.0)))
    }
}

impl std::error::Error for Why {}

/// The command line; otherwise how to end, everything having been said. Help and versions are in English.
pub(super) fn parsed() -> Result<Cli, ExitCode> {
    let error = match Cli::try_parse() {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    let sentence = match reader() {
        Ok(t) if t.locale() != Locale::En => sentence(&error, t),
        _ => None,
    };
    // English is what the parser speaks itself.
    let Some(sentence) = sentence else { error.exit() };
    say::note(&format!("bocal: {sentence}"));
    Err(ExitCode::from(2))
}

/// What is wrong; nothing for what is no error, and for what is too rare for words of its own.
fn sentence(error: &Error, t: T) -> Option<String> {
    let key = match error.kind() {
        ErrorKind::InvalidValue if text(error, ContextKind::InvalidValue)?.is_empty() => "cli-value-missing",
        ErrorKind::InvalidValue => "cli-value-none-of",
        ErrorKind::ValueValidation => "cli-value-refused",
        ErrorKind::UnknownArgument => "cli-argument-unknown",
        ErrorKind::InvalidSubcommand => "cli-command-unknown",
        ErrorKind::MissingRequiredArgument => "cli-argument-missing",
        ErrorKind::ArgumentConflict => "cli-argument-conflict",
        ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::TooManyValues => {
            "cli-values-count"
        }
        _ => return None,
    };
    let shown = |kind: ContextKind| text(error, kind).unwrap_or_default();
    let why = std::error::Error::source(error).filter(|why| why.is::<Why>()).map(ToString::to_string);
    let args: [(&str, Arg); 7] = [
        ("argument", shown(ContextKind::InvalidArg).into()),
        ("other", shown(ContextKind::PriorArg).into()),
        ("value", shown(ContextKind::InvalidValue).into()),
        ("known", shown(ContextKind::ValidValue).into()),
        ("command", shown(ContextKind::InvalidSubcommand).into()),
        ("wanted", shown(ContextKind::ExpectedNumValues).into()),
        ("found", shown(ContextKind::ActualNumValues).into()),
    ];
    let mut sentences = vec![t.all(key, &args)];
    sentences.extend(why);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = near.into_iter().find_map(|kind| text(error, kind)) {
        sentences.push(t.one("cli-suggestion", "near", near));
    }
    sentences.push(t.get("cli-see-help"));
    Some(sentences.join(" "))
}

/// What the parser knows of the error.
fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
