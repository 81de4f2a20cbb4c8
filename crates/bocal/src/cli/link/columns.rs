//! What the columns hold: guessed, or said by the person.

use kernel::errors::Message;
use kernel::texts::T;
use linkage::Column;
use linkage::columns::{Because, Guess, Kind, guess};
use linkage::distance::osa_within;
use linkage::normalise::Order;
use serde::Serialize;

use super::rows::Chunk;
use super::source::Source;
use super::stop::{Outcome, Stop, refuse};

/// Rows that guesses are made from.
const SAMPLE: usize = 2_000;

/// Why a column is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Why {
    /// `--columns` says so.
    Told,
    /// It holds the truth, which is no evidence.
    Truth,
    /// Guessed.
    #[serde(untagged)]
    Guessed(Because),
}

impl Why {
    /// The text that says it.
    const fn key(self) -> &'static str {
        match self {
            Self::Told => "link-why-told",
            Self::Truth => "link-why-truth",
            Self::Guessed(Because::Header) => "link-why-name",
            Self::Guessed(Because::HeaderAndValues) => "link-why-name-and-values",
            Self::Guessed(Because::Values) => "link-why-values",
            Self::Guessed(Because::AllDistinct) => "link-why-all-distinct",
            Self::Guessed(Because::Empty) => "link-why-empty",
            Self::Guessed(Because::Nothing) => "link-why-nothing",
        }
    }
}

/// The columns of a file.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    pub(super) why: Vec<Why>,
    /// Which one numbers the rows.
    pub(super) row_id: Option<usize>,
    /// Which one holds the truth.
    pub(super) truth: Option<usize>,
}

/// One `KIND=COLUMN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) kind: Kind,
    pub(super) column: String,
}

/// Reads `first_name=prenom,ignore=note`; a name with a comma stands in quotation marks.
pub(super) fn told(texts: &[String]) -> Outcome<Vec<Told>> {
    let mut all = Vec::new();
    for text in texts {
        for part in parts(text) {
            let Some((kind, column)) = part.split_once('=') else {
                return refuse(Message::new("link-columns-form").with("part", part.clone()));
            };
            let Some(found) = kind_of(kind.trim()) else {
                return refuse(unknown_kind(kind, column));
            };
            all.push(Told { kind: found, column: column.trim().to_owned() });
        }
    }
    Ok(all)
}

/// Parts between commas that do not stand in quotation marks.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(character)),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn kind_of(name: &str) -> Option<Kind> {
    match name.to_lowercase().as_str() {
        "ignore" | "none" | "nothing" | "skip" => Some(Kind::Ignored),
        "id" | "row_number" | "record_id" => Some(Kind::RowId),
        "external_number" | "external_id" | "customer_number" => Some(Kind::Identifier),
        "address" | "adresse" => Some(Kind::Street),
        lower => Kind::from_name(lower),
    }
}

fn unknown_kind(kind: &str, column: &str) -> Message {
    let names: Vec<&str> = Kind::ALL.into_iter().map(name_of).collect();
    let (kind, column) = (kind.trim(), column.trim());
    let is_turned = kind_of(column).is_some();
    let words = names.iter().copied().chain(is_turned.then_some(column));
    let near = words.into_iter().find(|word| osa_within(&kind.to_lowercase(), word, 2).is_some());
    let key = match near {
        Some(_) => "link-columns-near",
        None if is_turned => "link-columns-turned",
        None => "link-columns-unknown",
    };
    let message = Message::new(key).with("kind", kind).with("column", column);
    message.with("near", near.unwrap_or_default()).with("kinds", names.join(", "))
}

/// Finds out what the columns of every file hold.
pub(super) fn of_files(sources: &[Source], told: &[Told], truth: Option<&str>) -> Outcome<Vec<Columns>> {
    for wanted in told.iter().map(|told| told.column.as_str()).chain(truth) {
        if !sources.iter().any(|source| place(source, wanted).is_some()) {
            let missing = Message::new("link-no-column").with("column", wanted);
            return Err(Stop::Refused(
                std::iter::once(missing).chain(sources.iter().map(there_are)).collect(),
            ));
        }
    }
    if let Some(lacking) = truth.and_then(|truth| sources.iter().find(|s| place(s, truth).is_none())) {
        let missing = Message::new("link-truth-in-both").with("column", truth.unwrap_or_default());
        return Err(Stop::Refused(vec![missing, there_are(lacking)]));
    }
    sources.iter().map(|source| of_file(source, told, truth)).collect()
}

fn there_are(source: &Source) -> Message {
    const MOST: usize = 60;
    let names = &source.head.names;
    let more = if names.len() > MOST { ", …" } else { "" };
    let shown: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    let shown = format!("{}{more}", shown.join(", "));
    Message::new("link-columns-there").with("name", source.name.clone()).with("columns", shown)
}

/// Where a column is: by its very name, else whatever its case.
fn place(source: &Source, name: &str) -> Option<usize> {
    let names = &source.head.names;
    let lower = name.to_lowercase();
    names.iter().position(|n| n == name).or_else(|| names.iter().position(|n| n.to_lowercase() == lower))
}

fn of_file(source: &Source, told: &[Told], truth: Option<&str>) -> Outcome<Columns> {
    let truth = truth.and_then(|truth| place(source, truth));
    let mut chunk = Chunk::default();
    source.rows()?.fill(&mut chunk)?;
    let told: Vec<Option<Kind>> = {
        let mut kinds = vec![None; source.head.names.len()];
        for told in told {
            if let Some(kind) = place(source, &told.column).and_then(|at| kinds.get_mut(at))
                && let Some(other) = kind.replace(told.kind).filter(|other| *other != told.kind)
            {
                return refuse(twice(&told.column, [other, told.kind]));
            }
        }
        kinds
    };
    // Neighbours help to guess: the truth must not be one.
    let seen: Vec<usize> = (0..source.head.names.len()).filter(|&at| Some(at) != truth).collect();
    let headers: Vec<String> = seen
        .iter()
        .filter_map(|&at| {
            let kind = told.get(at).copied().flatten();
            kind.map(|kind| kind.name().to_owned()).or_else(|| source.head.names.get(at).cloned())
        })
        .collect();
    let rows = chunk.rows().min(SAMPLE);
    let sample: Vec<Vec<String>> =
        (0..rows).map(|row| seen.iter().map(|&at| chunk.cell(row, at).to_owned()).collect()).collect();
    let mut guesses = guess(&headers, &sample).into_iter();
    let nothing = Guess { kind: Kind::Ignored, because: Because::Nothing, order: None, home: None };
    let (mut columns, mut why) = (Vec::new(), Vec::new());
    for (at, name) in source.head.names.iter().enumerate() {
        let (guess, reason) = if Some(at) == truth {
            (nothing, Why::Truth)
        } else {
            let guessed = guesses.next().unwrap_or(nothing);
            match told.get(at).copied().flatten() {
                Some(kind) => (named(guessed, kind, (0..rows).map(|row| chunk.cell(row, at))), Why::Told),
                None => (guessed, Why::Guessed(guessed.because)),
            }
        };
        columns.push(Column { name: name.clone(), guess });
        why.push(reason);
    }
    let is = |kind: Kind, at: &usize| columns.get(*at).is_some_and(|column| column.guess.kind == kind);
    let row_id = told.iter().position(|told| *told == Some(Kind::RowId));
    let row_id = row_id.or_else(|| (0..columns.len()).find(|at| is(Kind::RowId, at)));
    Ok(Columns { columns, why, row_id, truth })
}

fn twice(column: &str, kinds: [Kind; 2]) -> Message {
    let [first, second] = kinds.map(name_of);
    Message::new("link-columns-twice").with("column", column).with("first", first).with("second", second)
}

/// A kind as it is written in `--columns`.
fn name_of(kind: Kind) -> &'static str {
    if kind == Kind::Ignored { "ignore" } else { kind.name() }
}

/// A kind that the person gave, with the order and the country that the values tell.
fn named<'a>(guessed: Guess, kind: Kind, values: impl Iterator<Item = &'a str>) -> Guess {
    let order = match kind {
        Kind::BirthDate | Kind::Day => guessed.order.or_else(|| Some(Order::guess(values))),
        _ => None,
    };
    let home = guessed.home.filter(|_| matches!(kind, Kind::Phone | Kind::PostalCode | Kind::Number));
    Guess { kind, because: Because::Header, order, home }
}

/// Lines that say what the columns of a file were taken for.
pub(super) fn stated(columns: &Columns, t: T) -> Vec<Vec<String>> {
    const MOST: usize = 40;
    let line = |(column, why): (&Column, &Why)| {
        let order = match column.guess.order {
            Some(Order::DayFirst) => Some("link-order-day-first"),
            Some(Order::MonthFirst) => Some("link-order-month-first"),
            Some(Order::YearFirst) => Some("link-order-year-first"),
            Some(Order::Serial) => Some("link-order-serial"),
            None => None,
        };
        let reasons: Vec<String> = std::iter::once(why.key()).chain(order).map(|key| t.get(key)).collect();
        vec![format!("  {}", column.name), column.guess.kind.name().to_owned(), reasons.join(", ")]
    };
    let mut lines: Vec<Vec<String>> = columns.columns.iter().zip(&columns.why).map(line).take(MOST).collect();
    if columns.columns.len() > MOST {
        lines.push(vec![format!("  {}", t.one("link-more-columns", "n", columns.columns.len() - MOST))]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Result<Vec<(Kind, String)>, String> {
        match told(&[text.to_owned()]) {
            Ok(all) => Ok(all.into_iter().map(|told| (told.kind, told.column)).collect()),
            Err(stop) => Err(format!("{stop:?}")),
        }
    }

    #[test]
    fn kinds_are_named_by_themselves_or_by_usual_words() {
        let expected = [(Kind::GivenName, "prenom"), (Kind::PostalCode, "cp"), (Kind::Ignored, "a,b")];
        let expected: Vec<_> = expected.map(|(kind, column)| (kind, column.to_owned())).into();
        assert_eq!(columns("first_name=prenom, zip=cp,ignore=\"a,b\""), Ok(expected));
    }

    #[test]
    fn an_unknown_kind_is_told_with_those_there_are() {
        let sentence = columns("prenon=first").unwrap_err();
        assert!(sentence.contains("given_name, family_name") && sentence.contains("ignore"), "{sentence}");
        assert!(columns("x=email").unwrap_err().contains("link-columns-turned"));
        assert!(columns("prenum=prenom").unwrap_err().contains("link-columns-near"));
        assert!(columns("catgeory=x").unwrap_err().contains("link-columns-near"));
    }
}
