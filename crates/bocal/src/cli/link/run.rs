//! The whole way.

use std::path::{Path, PathBuf};
use std::time::Instant;

use linkage::{CheckedModel, Linkage, Model, Options, Progress, Stage};
use serde_json::Value;

use super::columns::{self, Columns};
use super::evaluate::{Point, Truth};
use super::explain::Case;
use super::pairs::{self, Kept, Sheet};
use super::progress::{Bar, Unit};
use super::report;
use super::source::{Reading, Source};
use super::stop::{Outcome, reason, refuse, unwritable};
use super::take::{Taken, take};
use super::target::Target;
use super::wanted::{PairList, Reference, Wanted};
use super::{Format, Header, Link, write};
use crate::{assembly, say};

/// Files to be written, all of them opened before any work is done.
struct Targets {
    output: Option<Target>,
    pairs: Option<Target>,
    report: Option<Target>,
    save_model: Option<Target>,
}

impl Link {
    pub(super) fn link(&self) -> Outcome<()> {
        let began = Instant::now();
        let limits = self.limits()?;
        let told = columns::told(&self.columns)?;
        let model = self.model()?;
        let sources = self.sources()?;
        let columns = columns::of_files(&sources, &told, self.truth.as_deref())?;
        let targets = self.targets()?;
        for (source, columns) in sources.iter().zip(&columns) {
            report::state(source, columns);
        }
        let never = PairList::read(self.never.as_deref())?;
        let always = PairList::read(self.always.as_deref())?;
        let mut wanted = self.wanted(&never, &always);
        let bar = Bar::new();
        let (records, taken) = take(&sources, &columns, &mut wanted, self.pairs.is_some(), &bar)?;
        bar.done();
        for ((source, bad), blank) in sources.iter().zip(&taken.bad).zip(&taken.blank) {
            report::state_bad(source, bad, *blank);
        }
        if let Some(column) = self.truth.as_ref().filter(|_| taken.truth.iter().all(Option::is_none)) {
            return refuse(format!("the truth column “{column}” is blank in every row"));
        }
        let id = id_column(&columns);
        let options = Options {
            one_to_one: self.one_to_one,
            never: never.rows(&wanted, &sources, id)?,
            always: always.rows(&wanted, &sources, id)?,
        };
        refuse_contradiction(&options)?;
        let asked = self.asked(&wanted, &sources, id)?;
        let tell = |progress: Progress| {
            bar.tell(stage_name(progress.stage), Unit::Things, progress.done, progress.all);
        };
        let linkage = Linkage::new(records, &options, model.as_ref(), &tell);
        let people = linkage.people(limits.threshold);
        let read = Read { sources: &sources, columns: &columns, taken: &taken };
        let kept =
            self.write(targets.output, targets.pairs, &read, &linkage, &people.of_row, limits, &bar)?;
        let judged = judged(&read, &linkage, &people.of_row, limits)?;
        bar.done();
        let result = report::Result {
            rows: people.of_row.len(),
            clusters: people.count,
            kept,
            threshold: limits.threshold,
            review: limits.review,
            judged,
            seconds: began.elapsed().as_secs_f64(),
            peak_bytes: report::peak_bytes(),
        };
        save(targets.save_model, &linkage)?;
        write_report(targets.report, &read, &result, &linkage)?;
        match asked {
            Some(rows) => self.explained(&linkage, rows, &people.of_row, limits),
            None => self.said(&result),
        }
    }

    fn model(&self) -> Outcome<Option<CheckedModel>> {
        let Some(path) = &self.model else { return Ok(None) };
        let name = path.display();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => return refuse(format!("the model {name} cannot be read: {}", reason(&error))),
        };
        let value: Value = match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(error) if error.is_eof() => {
                return refuse(format!("the model {name} is cut off: its end is missing"));
            }
            Err(error) => return refuse(format!("{name} is not a model saved by bocal link: {error}")),
        };
        let version = value.get("version").map(Value::to_string);
        let model: Model = match (serde_json::from_value(value), version) {
            (Ok(model), _) => model,
            (Err(error), Some(version)) => {
                return refuse(format!("the model {name}, of version {version}, cannot be used: {error}"));
            }
            (Err(_), None) => return refuse(format!("{name} is not a model saved by bocal link")),
        };
        match CheckedModel::try_from(model) {
            Ok(model) => Ok(Some(model)),
            Err(linkage::Error::Model { why }) => refuse(format!("the model {name} cannot be used: {why}")),
            Err(error) => refuse(format!("the model {name} cannot be used: {error}")),
        }
    }

    fn sources(&self) -> Outcome<Vec<Source>> {
        let reading = Reading {
            encoding: self.encoding,
            delimiter: self.delimiter,
            has_header: match self.header {
                Header::Auto => None,
                Header::Yes => Some(true),
                Header::No => Some(false),
            },
        };
        let files: Vec<&Path> = std::iter::once(self.file.as_path()).chain(self.against.as_deref()).collect();
        if files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
            return refuse("only one of the two files can be standard input");
        }
        files.into_iter().map(|file| Source::open(file, &reading)).collect()
    }

    fn targets(&self) -> Outcome<Targets> {
        let named: Vec<&PathBuf> =
            [&self.output, &self.pairs, &self.report, &self.save_model].into_iter().flatten().collect();
        for (at, path) in named.iter().enumerate() {
            let is_device = path.starts_with("/dev");
            if !is_device && named.iter().skip(at + 1).any(|other| other == path) {
                return refuse(format!("two files would be written to {}", path.display()));
            }
        }
        self.refuse_to_overwrite(&named)?;
        let open = |path: &Option<PathBuf>| path.as_deref().map(Target::open).transpose();
        Ok(Targets {
            output: open(&self.output)?,
            pairs: open(&self.pairs)?,
            report: open(&self.report)?,
            save_model: open(&self.save_model)?,
        })
    }

    /// What is read is not written over: rows kept out would be lost for good.
    fn refuse_to_overwrite(&self, named: &[&PathBuf]) -> Outcome<()> {
        let same = |one: &Path, other: &Path| {
            one.canonicalize()
                .is_ok_and(|one| one.is_file() && other.canonicalize().is_ok_and(|it| it == one))
        };
        let read = [Some(&self.file), self.against.as_ref(), self.model.as_ref()];
        let lists = [self.never.as_ref(), self.always.as_ref()];
        let read: Vec<&PathBuf> = read.into_iter().chain(lists).flatten().collect();
        match named.iter().find(|path| read.iter().any(|file| same(path, file))) {
            Some(path) => refuse(format!(
                "{} is read by this command and would be written over: name another file",
                path.display()
            )),
            None => Ok(()),
        }
    }

    fn wanted(&self, never: &PairList, always: &PairList) -> Wanted {
        let mut wanted = Wanted::default();
        never.want(&mut wanted);
        always.want(&mut wanted);
        for text in self.explain.iter().flatten() {
            wanted.add(&Reference::read(text));
        }
        wanted
    }

    /// The two rows to be explained.
    fn asked(&self, wanted: &Wanted, sources: &[Source], id: Option<&str>) -> Outcome<Option<(u32, u32)>> {
        let Some([first, second]) = self.explain.as_deref() else { return Ok(None) };
        let second_file = sources.len().saturating_sub(1);
        let first = wanted.row(&Reference::read(first), 0, sources, id)?;
        let second = wanted.row(&Reference::read(second), second_file, sources, id)?;
        if first.row == second.row {
            return refuse("both are the same row");
        }
        Ok(Some((first.row, second.row)))
    }

    fn limits(&self) -> Outcome<Limits> {
        let threshold = self.threshold.unwrap_or(THRESHOLD);
        let review = self.review.unwrap_or_else(|| REVIEW.min(threshold));
        if review > threshold {
            return refuse(format!("--review {review} must not be above the threshold {threshold}"));
        }
        Ok(Limits { threshold, review })
    }

    #[expect(clippy::too_many_arguments, reason = "everything that was found is needed to write it")]
    fn write(
        &self,
        output: Option<Target>,
        sheet: Option<Target>,
        read: &Read<'_>,
        linkage: &Linkage,
        people: &[u32],
        limits: Limits,
        bar: &Bar,
    ) -> Outcome<Kept> {
        if let Some(output) = output {
            let path = output.path().to_owned();
            output.complete(|to| match read.sources {
                [only] => write::one(only, people, &path, to, bar),
                several => write::both(several, people, &path, to, bar),
            })?;
        }
        let (Some(target), Some(names), [first, ..]) = (sheet, &read.taken.names, read.sources) else {
            return Ok(pairs::count(linkage, people, limits.review));
        };
        let path = target.path().to_owned();
        let sheet = Sheet { path: &path, delimiter: first.delimiter };
        target.complete(|to| pairs::write(linkage, people, names, limits.review, &sheet, to, bar))
    }

    fn explained(&self, linkage: &Linkage, rows: (u32, u32), people: &[u32], limits: Limits) -> Outcome<()> {
        let Some([first, second]) = self.explain.as_deref() else { return Ok(()) };
        let Some(explanation) = linkage.explain(rows.0, rows.1) else { return Ok(()) };
        let case = Case {
            rows: [first, second],
            explanation: &explanation,
            together: people.get(rows.0 as usize) == people.get(rows.1 as usize),
            threshold: limits.threshold,
            review: limits.review,
        };
        match self.format {
            Format::Json => say::out(&serde_json::to_string(&case.json())?),
            Format::Table => say::out(&case.words(assembly::texts()?.reader(self.locale()))),
        }
        Ok(())
    }

    fn said(&self, result: &report::Result) -> Outcome<()> {
        let text = match self.format {
            Format::Json => serde_json::to_string(&result.json())?,
            Format::Table => result.table(),
        };
        let is_taken = [&self.output, &self.pairs, &self.report, &self.save_model]
            .into_iter()
            .flatten()
            .any(|path| path.as_os_str() == "-");
        if is_taken {
            say::note(&text)
        } else {
            say::out(&text)
        }
        Ok(())
    }
}

/// Probability from which two rows are one person.
const THRESHOLD: f64 = 0.5;
/// Probability from which a person should look at a pair.
const REVIEW: f64 = 0.1;

/// The two thresholds.
#[derive(Debug, Clone, Copy)]
struct Limits {
    threshold: f64,
    review: f64,
}

/// What was read.
struct Read<'a> {
    sources: &'a [Source],
    columns: &'a [Columns],
    taken: &'a Taken,
}

/// The measures at the threshold and along it, where there is a truth.
fn judged(
    read: &Read<'_>,
    linkage: &Linkage,
    people: &[u32],
    limits: Limits,
) -> Outcome<Option<(Point, Vec<Point>)>> {
    let labels = read.taken.truth.as_slice();
    if labels.is_empty() {
        return Ok(None);
    }
    let first_file = read.taken.rows.first().copied().filter(|_| read.sources.len() > 1);
    let truth = Truth { labels, first_file };
    let at = truth.judge(limits.threshold, people).map_err(kernel::Error::caused)?;
    Ok(Some((at, truth.curve(linkage).map_err(kernel::Error::caused)?)))
}

/// Name of the column that numbers the rows.
fn id_column(columns: &[Columns]) -> Option<&str> {
    let named = columns.iter().find_map(|columns| Some((columns, columns.row_id?)));
    named.and_then(|(columns, at)| columns.columns.get(at)).map(|column| column.name.as_str())
}

fn refuse_contradiction(options: &Options) -> Outcome<()> {
    let ordered = |&(a, b): &(u32, u32)| (a.min(b), a.max(b));
    let never: std::collections::HashSet<(u32, u32)> = options.never.iter().map(ordered).collect();
    match options.always.iter().map(ordered).find(|pair| never.contains(pair)) {
        Some(_) => refuse("a pair stands in both lists, never and always"),
        None => Ok(()),
    }
}

const fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Block => "sorting",
        Stage::Compare => "comparing",
        Stage::Learn => "learning",
        Stage::Gather => "gathering",
    }
}

fn save(target: Option<Target>, linkage: &Linkage) -> Outcome<()> {
    let Some(target) = target else { return Ok(()) };
    written(target, &serde_json::to_string_pretty(&linkage.model())?)
}

fn write_report(
    target: Option<Target>,
    read: &Read<'_>,
    result: &report::Result,
    linkage: &Linkage,
) -> Outcome<()> {
    let Some(target) = target else { return Ok(()) };
    let taken = read.taken;
    let files: Vec<Value> = read
        .sources
        .iter()
        .zip(read.columns)
        .zip(taken.rows.iter().zip(taken.bad.iter().zip(&taken.blank)))
        .map(|((source, columns), (rows, (bad, blank)))| report::of_file(source, columns, *rows, bad, *blank))
        .collect();
    written(target, &report::report(files, result, linkage)?)
}

fn written(target: Target, text: &str) -> Outcome<()> {
    let path = target.path().to_owned();
    target.complete(|to| writeln!(to, "{text}").map_err(unwritable(&path)))
}
