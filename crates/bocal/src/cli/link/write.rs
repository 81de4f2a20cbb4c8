//! Rows as they were, each with the person it was taken for.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;

use kernel::errors::Message;

use super::progress::{Bar, Unit};
use super::rows::Chunk;
use super::source::Source;
use super::stop::{Outcome, refuse, unwritable};

/// Name of the column that is added.
const CLUSTER: &str = "cluster_id";

/// Writes the rows of one file as they stand in it.
pub(super) fn one(
    source: &Source,
    people: &[u32],
    path: &Path,
    to: &mut dyn Write,
    bar: &Bar,
) -> Outcome<()> {
    let added = free_name(CLUSTER, &source.head.names);
    let delimiter = [source.delimiter];
    let failed = unwritable(path);
    to.write_all(mark(source)).map_err(&failed)?;
    let mut write = |text: &str, last: &str, end: &[u8]| -> io::Result<()> {
        to.write_all(text.as_bytes())?;
        to.write_all(&delimiter)?;
        to.write_all(last.as_bytes())?;
        to.write_all(if end.is_empty() { b"\n" } else { end })
    };
    let names = match &source.header {
        Some((text, end)) => (text.clone(), end.clone()),
        None => (joined(&source.head.names, source.delimiter)?, b"\n".to_vec()),
    };
    write(&names.0, &added, &names.1).map_err(&failed)?;
    let mut rows = source.rows()?;
    for (at, person) in people.iter().enumerate() {
        if at % 8_192 == 0 {
            bar.tell("link-stage-writing", Unit::Things, at as u64, people.len() as u64);
        }
        let mut written = Ok(());
        if !rows.lend(|text, end| written = write(text, &number(*person), end))? {
            return changed(source);
        }
        written.map_err(&failed)?;
    }
    Ok(())
}

/// Writes the rows of two files under the columns of both.
pub(super) fn both(
    sources: &[Source],
    called: &[String],
    people: &[u32],
    path: &Path,
    to: &mut dyn Write,
    bar: &Bar,
) -> Outcome<()> {
    let Some(first) = sources.first() else { return Ok(()) };
    let mut names = first.head.names.clone();
    for name in sources.iter().skip(1).flat_map(|source| &source.head.names) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let mut header = names.clone();
    for added in ["source", CLUSTER] {
        header.push(free_name(added, &names));
    }
    let failed = |error: csv::Error| unwritable(path)(io::Error::from(error));
    to.write_all(mark(first)).map_err(unwritable(path))?;
    let mut out = csv::WriterBuilder::new().delimiter(first.delimiter).from_writer(to);
    out.write_record(&header).map_err(failed)?;
    let mut people = people.iter().enumerate();
    let total = people.len() as u64;
    for (source, called) in sources.iter().zip(called) {
        let places: Vec<Option<usize>> =
            names.iter().map(|name| source.head.names.iter().position(|own| own == name)).collect();
        let mut rows = source.rows()?;
        let mut chunk = Chunk::default();
        while rows.fill(&mut chunk)? {
            for row in 0..chunk.rows() {
                let Some((_, person)) = people.next() else { return changed(source) };
                let cells = places.iter().map(|place| place.map_or("", |column| chunk.cell(row, column)));
                let person = number(*person);
                out.write_record(cells.chain([called.as_str(), person.as_str()])).map_err(failed)?;
            }
            bar.tell("link-stage-writing", Unit::Things, total - people.len() as u64, total);
        }
    }
    out.flush().map_err(unwritable(path))?;
    match people.next() {
        Some(_) => changed(first),
        None => Ok(()),
    }
}

/// What the files are called in the column `source`: their names, with their folders where the names are equal.
pub(super) fn source_names(sources: &[Source]) -> Vec<String> {
    let short = |source: &Source| {
        let name = Path::new(&source.path).file_name();
        name.map_or_else(|| source.path.clone(), |name| name.to_string_lossy().into_owned())
    };
    let names: Vec<String> = sources.iter().map(short).collect();
    let distinct: HashSet<&String> = names.iter().collect();
    if distinct.len() == names.len() {
        return names;
    }
    (1..).zip(sources).map(|(number, source)| format!("{number}:{}", source.path)).collect()
}

/// A byte order mark where the file had one: spreadsheets then read the accents.
const fn mark(source: &Source) -> &'static [u8] {
    if source.written.mark > 0 { b"\xef\xbb\xbf" } else { b"" }
}

/// People are numbered from 1.
fn number(person: u32) -> String {
    (u64::from(person) + 1).to_string()
}

fn free_name(wanted: &str, names: &[String]) -> String {
    let taken = |name: &String| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let numbered = (2_u32..).map(|number| format!("{wanted} ({number})"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

fn joined(names: &[String], delimiter: u8) -> Outcome<String> {
    let mut out = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    out.write_record(names).map_err(kernel::Error::caused)?;
    let bytes = out.into_inner().map_err(|error| kernel::Error::internal(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned())
}

fn changed<T>(source: &Source) -> Outcome<T> {
    refuse(Message::new("link-changed").with("name", source.name.clone()))
}
