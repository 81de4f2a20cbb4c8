//! Everything a person reads: Fluent files, one per room and language, and numbers and dates written as the
//! language writes them.

mod fold;
mod format;
mod typography;

pub use fold::{fold, shows_something};

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

use crate::errors::{Arg, Error, Message, Result};

/// A language of the interface. French is the source language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Both languages, the source language first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// Two-letter code, as in `lang="fr"`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The best language for an `Accept-Language` header, if it names one of ours.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',').take(20) {
            let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
            let quality: f32 = quality.trim().parse().unwrap_or(0.0);
            let Ok(locale) = tag.trim().get(..2).unwrap_or_default().parse() else { continue };
            if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Locale {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match text.to_ascii_lowercase().as_str() {
            "fr" => Ok(Self::Fr),
            "en" => Ok(Self::En),
            _ => Err(Error::field("locale", "error-unknown-language")),
        }
    }
}

/// One Fluent file.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Its language.
    pub locale: Locale,
    /// Its name, for messages about it.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Lists the Fluent files of a crate: `texts!["errors", "tabular"]` reads `texts/fr/errors.ftl`,
/// `texts/en/errors.ftl` and so on, beside the crate's `Cargo.toml`.
#[macro_export]
macro_rules! texts {
    ($($name:literal),* $(,)?) => {
        &[$(
            $crate::texts::Source {
                locale: $crate::texts::Locale::Fr,
                name: concat!("fr/", $name, ".ftl"),
                text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/texts/fr/", $name, ".ftl")),
            },
            $crate::texts::Source {
                locale: $crate::texts::Locale::En,
                name: concat!("en/", $name, ".ftl"),
                text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/texts/en/", $name, ".ftl")),
            },
        )*]
    };
}

/// The Fluent files of this crate.
pub const SOURCES: &[Source] =
    texts!["errors", "calendar", "tabular", "identity", "figures", "jobs", "ledger", "mail"];

/// All texts in both languages.
pub struct Texts {
    fr: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Texts {
    /// Reads the files of all crates.
    ///
    /// # Errors
    /// A file that does not parse, or a key defined twice; the message names the file.
    pub fn new(sources: &[Source]) -> Result<Self> {
        Ok(Self { fr: bundle(Locale::Fr, sources)?, en: bundle(Locale::En, sources)? })
    }

    /// The same, kept until the program ends, so that views can hold texts without counting references.
    pub fn leak(sources: &[Source]) -> Result<&'static Self> {
        Ok(Box::leak(Box::new(Self::new(sources)?)))
    }

    /// The texts in one language.
    pub const fn reader(&'static self, locale: Locale) -> T {
        T { locale, texts: self }
    }

    fn bundle(&self, locale: Locale) -> &FluentBundle<FluentResource> {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }
}

fn bundle(locale: Locale, sources: &[Source]) -> Result<FluentBundle<FluentResource>> {
    let language = locale.code().parse().map_err(Error::caused)?;
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks would show as stray characters in attributes, files and mails.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::Fr => format::fluent_fr,
        Locale::En => format::fluent_en,
    }));
    for source in sources.iter().filter(|source| source.locale == locale) {
        let text = match locale {
            Locale::Fr => typography::french(source.text),
            Locale::En => Cow::Borrowed(source.text),
        };
        let resource = FluentResource::try_new(text.into_owned())
            .map_err(|(_, errors)| Error::internal(format!("{}: {errors:?}", source.name)))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| Error::internal(format!("{}: {errors:?}", source.name)))?;
    }
    Ok(bundle)
}

/// Texts in one reader's language: what templates hold.
#[derive(Clone, Copy)]
pub struct T {
    locale: Locale,
    texts: &'static Texts,
}

impl fmt::Debug for T {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T({})", self.locale)
    }
}

impl T {
    /// The language.
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// Two-letter code of the language.
    pub const fn code(&self) -> &'static str {
        self.locale.code()
    }

    /// The same texts in another language.
    #[must_use]
    pub const fn in_locale(&self, locale: Locale) -> Self {
        Self { locale, texts: self.texts }
    }

    /// Whether a sentence exists under `key`.
    pub fn has(&self, key: &str) -> bool {
        self.texts.bundle(self.locale).has_message(key)
    }

    /// The sentence under `key`, which takes no argument.
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The sentence under `key` with one argument.
    pub fn one(&self, key: &str, name: &str, value: impl Into<Arg>) -> String {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), fluent(&value.into()));
        self.format(key, Some(&args))
    }

    /// The sentence under `key` with two arguments.
    pub fn two(
        &self,
        key: &str,
        name: &str,
        value: impl Into<Arg>,
        other_name: &str,
        other_value: impl Into<Arg>,
    ) -> String {
        self.all(key, &[(name, value.into()), (other_name, other_value.into())])
    }

    /// The sentence under `key` with any number of arguments.
    pub fn all(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let mut fluent_args = FluentArgs::new();
        for (name, value) in args {
            fluent_args.set((*name).to_owned(), fluent(value));
        }
        self.format(key, Some(&fluent_args))
    }

    /// A message of a rule. An argument that is itself a key of a text (`@key`) is replaced by that text.
    pub fn message(&self, message: &Message) -> String {
        let args: Vec<(&str, Arg)> = message
            .args
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Arg::Text(text) => match text.strip_prefix('@') {
                        Some(key) if self.has(key) => Arg::Text(self.get(key)),
                        _ => value.clone(),
                    },
                    Arg::Number(_) => value.clone(),
                };
                (name.as_ref(), value)
            })
            .collect();
        self.all(&message.key, &args)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.texts.bundle(self.locale);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            // A test refuses missing keys; should one slip through, its name is better than nothing.
            tracing::error!(key, locale = self.code(), "missing text");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, locale = self.code(), ?errors, "text lacks an argument");
        }
        text
    }
}

fn fluent(arg: &Arg) -> FluentValue<'static> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.clone()),
        Arg::Number(number) => FluentValue::from(*number),
    }
}
