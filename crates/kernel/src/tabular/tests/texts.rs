//! Every sentence exists in both languages, with the arguments the program gives.

use std::collections::BTreeSet;

use super::guess::ColumnKind;
use super::*;
use crate::errors::Message;

const FRENCH: &str = include_str!("../../../texts/fr/tabular.ftl");
const ENGLISH: &str = include_str!("../../../texts/en/tabular.ftl");

fn messages() -> Vec<Message> {
    let lines = || Lines { count: 1, first: vec![3] };
    let errors = [
        TabularError::EmptyFile,
        TabularError::HeaderOnly,
        TabularError::FileTooLarge { limit: 1 },
        TabularError::InflatesTooMuch { limit: 1 },
        TabularError::TooManyColumns { limit: 1, line: 2 },
        TabularError::TooManyRows { limit: 1 },
        TabularError::CellTooLarge { line: 1, limit: 1 },
        TabularError::BrokenQuotes { line: 1 },
        TabularError::Truncated,
        TabularError::Damaged(String::new()),
        TabularError::Protected,
        TabularError::OldExcel,
        TabularError::BinaryExcel,
        TabularError::OpenDocument,
        TabularError::NotATable,
        TabularError::NoSuchSheet { name: String::new(), sheets: Vec::new() },
        TabularError::NotCanonical { offset: 0 },
    ];
    let notices = [
        Notice::MixedEncodings { used: String::new(), other: String::new(), lines: lines() },
        Notice::UndecodableBytes { lines: lines() },
        Notice::DuplicateColumns { names: Vec::new() },
        Notice::UnnamedColumns { names: Vec::new() },
        Notice::ShortRows { lines: lines() },
        Notice::EmptyRows { count: 1 },
        Notice::TitleSkipped { lines: lines() },
        Notice::OtherSheets { used: String::new(), others: Vec::new() },
        Notice::CellErrors { lines: lines() },
    ];
    let reasons = [Reason::TooManyCells { expected: 1, found: 2 }, Reason::NulCharacter, Reason::BrokenQuote];
    let bad = reasons.map(|reason| BadRow { line: 1, reason, excerpt: String::new() });
    let plain = ColumnKind::ALL.map(ColumnKind::key).into_iter().chain(Delimiter::ALL.map(Delimiter::key));
    let plain = plain.chain(["tabular-column"]).map(Message::new);
    errors
        .iter()
        .map(TabularError::message)
        .chain(notices.iter().map(Notice::message))
        .chain(bad.iter().map(BadRow::message))
        .chain(plain)
        .collect()
}

/// Keys of a Fluent file, each with the names of its arguments.
fn entries(file: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut entries: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with("tabular-")) {
            entries.push((key.to_owned(), BTreeSet::new()));
        }
        let names =
            line.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap_or_default().to_owned());
        if let Some((_, arguments)) = entries.last_mut() {
            arguments.extend(names);
        }
    }
    entries.sort();
    entries
}

#[test]
fn every_sentence_stands_in_both_languages_with_its_arguments() {
    let mut expected: Vec<(String, BTreeSet<String>)> = messages()
        .into_iter()
        .map(|message| {
            (message.key.into_owned(), message.args.into_iter().map(|(name, _)| name.into_owned()).collect())
        })
        .collect();
    expected.sort();
    assert_eq!(entries(FRENCH), expected);
    assert_eq!(entries(ENGLISH), expected);
}

#[test]
fn french_sentences_keep_their_unbreakable_spaces() {
    for wrong in [" ;", " !", " ?", " %", " »", "« ", " : "] {
        assert!(!FRENCH.contains(wrong), "{wrong:?}");
    }
}
