//! The whole way.

use std::path::{Path, PathBuf};
use std::time::Instant;

use kernel::errors::Message;
use kernel::texts::T;
use linkage::{Linkage, Options, Progress, Stage};
use serde_json::Value;

use super::columns::{self, Columns};
use super::evaluate::{Judged, Truth};
use super::explain::Case;
use super::lists::{Decided, PairList};
use super::pairs::{self, Kept, Sheet};
use super::progress::{Bar, Unit};
use super::report;
use super::source::{Reading, Source};
use super::standing::{Standing, Whole};
use super::stop::{Outcome, reason, refuse, unwritable};
use super::take::{Taken, take};
use super::target::{Target, refuse_to_overwrite};
use super::values::Values;
use super::wanted::{Called, Found, Reference, Wanted};
use super::{Format, Header, Link, interrupt, model, write};
use crate::say;

/// Files to be written, all of them opened before any work is done.
struct Targets {
    output: Option<Target>,
    pairs: Option<Target>,
    report: Option<Target>,
    save_model: Option<Target>,
}

impl Link {
    pub(super) fn link(&self, t: T) -> Outcome<()> {
        let began = Instant::now();
        let limits = self.limits()?;
        let told = columns::told(&self.columns)?;
        let model = self.model.as_deref().map(model::read).transpose()?;
        let sources = self.sources(t)?;
        let columns = columns::of_files(&sources, &told, self.truth.as_deref())?;
        let files = write::source_names(&sources);
        let never = PairList::read(self.never.as_deref(), &files, t)?;
        let always = PairList::read(self.always.as_deref(), &files, t)?;
        let targets = self.targets(t)?;
        for (source, columns) in sources.iter().zip(&columns) {
            report::state(source, columns, t);
        }
        let mut wanted = self.wanted(&[&never, &always], &files);
        let bar = Bar::new(t);
        let with_names = self.pairs.is_some() || self.explain.is_some();
        let (records, taken) = take(&sources, &columns, &mut wanted, with_names, &bar)?;
        bar.done();
        for ((source, bad), blank) in sources.iter().zip(&taken.bad).zip(&taken.blank) {
            report::state_bad(source, bad, *blank, t);
        }
        if let Some(column) = self.truth.as_ref().filter(|_| taken.truth.iter().all(Option::is_none)) {
            return refuse(Message::new("link-truth-blank").with("column", column.clone()));
        }
        let called = Called { files: &files, id: id_column(&columns) };
        let decided = Decided::of([&never, &always], &wanted, &called, t)?;
        let asked = self.asked(&wanted, &called)?;
        let options = Options {
            one_to_one: self.one_to_one,
            never: decided.never.clone(),
            always: decided.always.clone(),
        };
        let tell = |progress: Progress| {
            let (stage, all) = stage(progress);
            bar.tell(stage, Unit::Things, progress.done, all);
        };
        let linkage = Linkage::new(records, &options, model.as_ref(), &tell);
        report::state_learning(linkage.learning(), t);
        let people = linkage.people(limits.threshold);
        let read = Read { sources: &sources, files: &files, columns: &columns, taken: &taken };
        let whole = Whole {
            linkage: &linkage,
            people: &people.of_row,
            decided: &decided,
            threshold: limits.threshold,
        };
        let kept = self.write(targets.output, targets.pairs, &read, &whole, limits, &bar)?;
        let judged = judged(&read, &linkage, limits)?;
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
        let text = match asked {
            Some(rows) => self.explained(&read, &whole, rows, limits, t)?,
            None => self.told(&result, t)?,
        };
        self.say(&text)
    }

    fn sources(&self, t: T) -> Outcome<Vec<Source>> {
        let reading = Reading {
            encoding: self.encoding,
            delimiter: self.delimiter,
            has_header: match self.header {
                Header::Auto => None,
                Header::Yes => Some(true),
                Header::No => Some(false),
            },
            ..Reading::of(t)
        };
        let files: Vec<&Path> = std::iter::once(self.file.as_path()).chain(self.against.as_deref()).collect();
        let lists = [self.never.as_deref(), self.always.as_deref()].into_iter().flatten();
        if files.iter().copied().chain(lists).filter(|file| file.as_os_str() == "-").count() > 1 {
            return refuse("link-one-standard-input");
        }
        files.into_iter().map(|file| Source::open(file, &reading)).collect()
    }

    fn outputs(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.output, &self.pairs, &self.report, &self.save_model].into_iter().flatten()
    }

    fn targets(&self, t: T) -> Outcome<Targets> {
        let read = [Some(&self.file), self.against.as_ref(), self.model.as_ref()];
        let lists = [self.never.as_ref(), self.always.as_ref()];
        let read: Vec<&Path> = read.into_iter().chain(lists).flatten().map(PathBuf::as_path).collect();
        let outputs: Vec<&Path> = self.outputs().map(PathBuf::as_path).collect();
        refuse_to_overwrite(&outputs, &read)?;
        if !outputs.is_empty() {
            interrupt::watch(t).map_err(kernel::Error::caused)?;
        }
        let open = |path: &Option<PathBuf>| path.as_deref().map(Target::open).transpose();
        Ok(Targets {
            output: open(&self.output)?,
            pairs: open(&self.pairs)?,
            report: open(&self.report)?,
            save_model: open(&self.save_model)?,
        })
    }

    fn wanted(&self, lists: &[&PairList], files: &[String]) -> Wanted {
        let mut wanted = Wanted::default();
        lists.iter().for_each(|list| list.want(&mut wanted));
        for text in self.explain.iter().flatten() {
            wanted.add(&Reference::read(text, files));
        }
        wanted
    }

    /// The two rows to be explained.
    fn asked(&self, wanted: &Wanted, called: &Called<'_>) -> Outcome<Option<[Found; 2]>> {
        let Some([first, second]) = self.explain.as_deref() else { return Ok(None) };
        let second_file = called.files.len().saturating_sub(1);
        let first = wanted.row_in(&Reference::read(first, called.files), 0, called)?;
        let second = wanted.row_in(&Reference::read(second, called.files), second_file, called)?;
        if first.row == second.row {
            return refuse("link-same-row");
        }
        Ok(Some([first, second]))
    }

    fn limits(&self) -> Outcome<Limits> {
        let threshold = self.threshold.unwrap_or(THRESHOLD);
        let review = self.review.unwrap_or_else(|| REVIEW.min(threshold));
        if review > threshold {
            let limits = Message::new("link-review-above").with("review", review.to_string());
            return refuse(limits.with("threshold", threshold.to_string()));
        }
        Ok(Limits { threshold, review })
    }

    fn write(
        &self,
        output: Option<Target>,
        sheet: Option<Target>,
        read: &Read<'_>,
        whole: &Whole<'_>,
        limits: Limits,
        bar: &Bar,
    ) -> Outcome<Kept> {
        if let Some(output) = output {
            let path = output.path().to_owned();
            output.complete(|to| match read.sources {
                [only] => write::one(only, whole.people, &path, to, bar),
                several => write::both(several, read.files, whole.people, &path, to, bar),
            })?;
        }
        let never = &whole.decided.never;
        let (Some(target), Some(names), [first, ..]) = (sheet, &read.taken.names, read.sources) else {
            return Ok(pairs::count(whole.linkage, whole.people, never, limits.review));
        };
        let path = target.path().to_owned();
        let sheet = Sheet {
            path: &path,
            delimiter: first.delimiter,
            files: read.files,
            first_rows: read.taken.rows.first().copied().unwrap_or(0),
            never,
            review: limits.review,
        };
        target.complete(|to| pairs::write(whole.linkage, whole.people, names, &sheet, to, bar))
    }

    /// Why two rows are, or are not, one person.
    fn explained(
        &self,
        read: &Read<'_>,
        whole: &Whole<'_>,
        found: [Found; 2],
        limits: Limits,
        t: T,
    ) -> Outcome<String> {
        let (Some([first, second]), [one, other]) = (self.explain.as_deref(), found.map(|found| found.row))
        else {
            return Ok(String::new());
        };
        let linkage = whole.linkage;
        let Some(explanation) = linkage.explain(one, other) else { return Ok(String::new()) };
        let Some(values) = Values::read(read.sources, read.columns, found)? else { return Ok(String::new()) };
        // Of rows that a list joins, what is asked is how alike they are.
        let is_listed = whole.decided.joins((one, other));
        let copies = linkage.of_copies(one, other).filter(|_| !is_listed);
        let probability = copies.unwrap_or(explanation.probability);
        let standing = whole.standing((one, other), probability);
        let between = match &standing {
            Standing::ByOthers(rows) => rows.iter().map(|&row| read.row(row, t)).collect(),
            _ => Vec::new(),
        };
        let like: Vec<Option<u64>> = explanation
            .findings
            .iter()
            .enumerate()
            .map(|(at, finding)| {
                (finding.left == finding.right).then(|| linkage.rows_like(one, at)).flatten()
            })
            .collect();
        let case = Case {
            named: [first, second],
            rows: [(first, found[0]), (second, found[1])]
                .map(|(name, found)| read.called(name, found.file, t)),
            between,
            explanation: &explanation,
            probability,
            are_copies: copies.is_some(),
            standing,
            values: &values,
            like: &like,
            all: whole.people.len() as u64,
            one_to_one: linkage.report().one_to_one,
            same_file: read.files.len() > 1 && found[0].file == found[1].file,
            threshold: limits.threshold,
            review: limits.review,
        };
        Ok(match self.format {
            Format::Json => serde_json::to_string(&case.json())?,
            Format::Table => case.words(t),
        })
    }

    /// What came out.
    fn told(&self, result: &report::Result, t: T) -> Outcome<String> {
        Ok(match self.format {
            Format::Json => serde_json::to_string(&result.json())?,
            Format::Table => result.table(t),
        })
    }

    /// Says what is said last: beside standard output, if a file goes there.
    fn say(&self, text: &str) -> Outcome<()> {
        if self.outputs().any(|path| path.as_os_str() == "-") {
            say::note(text);
            return Ok(());
        }
        say::out(text);
        match say::lost() {
            Some(error) => {
                refuse(reason(error)).map_err(|stop| stop.after("link-standard-output-lost".into()))
            }
            None => Ok(()),
        }
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
    /// What the files are called.
    files: &'a [String],
    columns: &'a [Columns],
    taken: &'a Taken,
}

impl Read<'_> {
    /// What a row is called in a sentence.
    fn row(&self, row: u32, t: T) -> String {
        let name = self.taken.names.as_ref().map_or("", |names| names.get(row));
        let first = self.taken.rows.first().copied().unwrap_or(0);
        self.called(name, usize::from(row as usize >= first), t)
    }

    /// What a row of a file is called, with the file where there are two.
    fn called(&self, name: &str, file: usize, t: T) -> String {
        match self.files.get(file).filter(|_| self.files.len() > 1) {
            Some(file) => {
                let name =
                    name.strip_prefix(file.as_str()).and_then(|rest| rest.strip_prefix(':')).unwrap_or(name);
                t.two("link-row-of", "name", name, "file", file)
            }
            None => t.one("link-row", "name", name),
        }
    }
}

/// What the truth tells, where there is one.
fn judged(read: &Read<'_>, linkage: &Linkage, limits: Limits) -> Outcome<Option<Judged>> {
    let labels = read.taken.truth.as_slice();
    if labels.is_empty() {
        return Ok(None);
    }
    let first_file = read.taken.rows.first().copied().filter(|_| read.sources.len() > 1);
    let truth = Truth { labels, first_file };
    Ok(Some(truth.judge(linkage, limits.threshold).map_err(kernel::Error::caused)?))
}

/// Name of the column that numbers the rows.
fn id_column(columns: &[Columns]) -> Option<&str> {
    let named = columns.iter().find_map(|columns| Some((columns, columns.row_id?)));
    named.and_then(|(columns, at)| columns.columns.get(at)).map(|column| column.name.as_str())
}

/// Name of a stage, and how much there is to do; learning and gathering are told as one step.
const fn stage(progress: Progress) -> (&'static str, u64) {
    match progress.stage {
        Stage::Block => ("link-stage-sorting", progress.all),
        Stage::Compare => ("link-stage-comparing", progress.all),
        Stage::Learn => ("link-stage-learning", 1),
        Stage::Gather => ("link-stage-gathering", 1),
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
