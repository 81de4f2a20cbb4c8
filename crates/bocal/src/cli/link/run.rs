//! The whole way.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;

use super::columns::{self, Columns};
use super::engine::{Engine, Model, Options, Stage};
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
        let mut options = self.options()?;
        options.never = never.rows(&wanted, &sources, id)?;
        options.always = always.rows(&wanted, &sources, id)?;
        refuse_contradiction(&options)?;
        let asked = self.asked(&wanted, &sources, id)?;
        let tell = |progress: super::engine::Progress| {
            bar.tell(stage_name(progress.stage), Unit::Things, progress.done, progress.all);
        };
        let engine = Engine::new(records, &options, model.as_ref(), &tell);
        let people = engine.people(options.threshold);
        let read = Read { sources: &sources, columns: &columns, taken: &taken };
        let kept = self.write(targets.output, targets.pairs, &read, &engine, &people.of_row, &options, &bar)?;
        let judged = self.judged(&read, &engine, &people.of_row, &options, &bar)?;
        bar.done();
        let result = report::Result {
            rows: people.of_row.len(),
            clusters: people.count,
            kept,
            threshold: options.threshold,
            review: options.review,
            judged,
            seconds: began.elapsed().as_secs_f64(),
            peak_bytes: report::peak_bytes(),
        };
        save(targets.save_model, &engine)?;
        write_report(targets.report, &read, &result, &engine)?;
        match asked {
            Some(rows) => self.explained(&engine, rows, &people.of_row, &options),
            None => self.said(&result),
        }
    }

    fn model(&self) -> Outcome<Option<Model>> {
        let Some(path) = &self.model else { return Ok(None) };
        let name = path.display();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => return refuse(format!("the model {name} cannot be read: {}", reason(&error))),
        };
        let model: Model = match serde_json::from_str(&text) {
            Ok(model) => model,
            Err(error) if error.is_eof() => {
                return refuse(format!("the model {name} is cut off: its end is missing"));
            }
            Err(error) => return refuse(format!("{name} is not a model saved by bocal link: {error}")),
        };
        match model.check() {
            Ok(()) => Ok(Some(model)),
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
        let open = |path: &Option<PathBuf>| path.as_deref().map(Target::open).transpose();
        Ok(Targets {
            output: open(&self.output)?,
            pairs: open(&self.pairs)?,
            report: open(&self.report)?,
            save_model: open(&self.save_model)?,
        })
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

    fn options(&self) -> Outcome<Options> {
        let usual = Options::default();
        let threshold = self.threshold.unwrap_or(usual.threshold);
        let review = self.review.unwrap_or_else(|| usual.review.min(threshold));
        if review > threshold {
            return refuse(format!("--review {review} must not be above the threshold {threshold}"));
        }
        Ok(Options { threshold, review, one_to_one: self.one_to_one, ..usual })
    }

    #[expect(clippy::too_many_arguments, reason = "everything that was found is needed to write it")]
    fn write(
        &self,
        output: Option<Target>,
        sheet: Option<Target>,
        read: &Read<'_>,
        engine: &Engine,
        people: &[u32],
        options: &Options,
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
            return Ok(pairs::count(engine, people, options.review));
        };
        let path = target.path().to_owned();
        let sheet = Sheet { path: &path, delimiter: first.delimiter };
        target.complete(|to| pairs::write(engine, people, names, options.review, &sheet, to, bar))
    }

    fn judged(
        &self,
        read: &Read<'_>,
        engine: &Engine,
        people: &[u32],
        options: &Options,
        bar: &Bar,
    ) -> Outcome<Option<(Point, Vec<Point>)>> {
        if self.truth.is_none() {
            return Ok(None);
        }
        let first_file = read.taken.rows.first().copied().filter(|_| read.sources.len() > 1);
        let truth = Truth { labels: &read.taken.truth, first_file };
        let judge = || {
            let at = truth.judge(options.threshold, people)?;
            let tell = |done, all| bar.tell("measuring", Unit::Things, done, all);
            Ok((at, truth.curve(engine, tell)?))
        };
        match judge() {
            Ok(judged) => Ok(Some(judged)),
            Err::<_, linkage::Error>(error) => Err(kernel::Error::caused(error).into()),
        }
    }

    fn explained(&self, engine: &Engine, rows: (u32, u32), people: &[u32], options: &Options) -> Outcome<()> {
        let Some([first, second]) = self.explain.as_deref() else { return Ok(()) };
        let explanation = engine.explain(rows.0, rows.1);
        let case = Case {
            rows: [first, second],
            explanation: &explanation,
            together: people.get(rows.0 as usize) == people.get(rows.1 as usize),
            threshold: options.threshold,
            review: options.review,
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
        if is_taken { say::note(&text) } else { say::out(&text) }
        Ok(())
    }
}

/// What was read.
struct Read<'a> {
    sources: &'a [Source],
    columns: &'a [Columns],
    taken: &'a Taken,
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
        Stage::Comparing => "comparing",
    }
}

fn save(target: Option<Target>, engine: &Engine) -> Outcome<()> {
    let Some(target) = target else { return Ok(()) };
    written(target, &serde_json::to_string_pretty(&engine.model())?)
}

fn write_report(
    target: Option<Target>,
    read: &Read<'_>,
    result: &report::Result,
    engine: &Engine,
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
    written(target, &report::report(files, result, &engine.report())?)
}

fn written(target: Target, text: &str) -> Outcome<()> {
    let path = target.path().to_owned();
    target.complete(|to| writeln!(to, "{text}").map_err(unwritable(&path)))
}
