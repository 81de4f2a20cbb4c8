//! How quick the measures are, one JSON object a line: name, seconds of processor and of the clock (the best of several
//! runs), and the result, so that others can be seen to compute the same. `--folder DIR` also writes down the data.
//!
//! `bench/measures/run.sh` sets the usual Python packages beside it.

mod data;
#[path = "../../tests/simulate/mod.rs"]
mod simulate;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use measures::agreement::{Level, Ratings};
use measures::lifetime_value::{BgNbd, Histories, History, ParetoNbd};
use measures::path_model::{self, Block, Model, Plan, Rows, Scheme};
use measures::survival::{self, Spell};
use measures::tests::{Crosstab, Method, Yates, mann_whitney};
use measures::{Confidence, Error, nps};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = arguments.iter().position(|a| a == "--folder").and_then(|at| arguments.get(at + 1));
    let folder = folder.map(PathBuf::from);
    let folder = folder.as_deref();
    lifetime_value(folder)?;
    satisfaction(folder)?;
    two_groups(folder)?;
    stays(folder)?;
    agreement(folder)?;
    recommendation()
}

fn lifetime_value(folder: Option<&Path>) -> Result<()> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/data/cdnow_summary.csv");
    if let Ok(text) = std::fs::read_to_string(beside) {
        if let Some(folder) = folder {
            std::fs::write(folder.join("cdnow.csv"), &text)?;
        }
        let number = |text: Option<&str>| -> Result<f64> { Ok(text.unwrap_or_default().parse()?) };
        let mut rows = Vec::new();
        for line in text.lines().skip(1) {
            let mut cells = line.split(',');
            let x = number(cells.next())? as u64;
            rows.push((x, number(cells.next())?, number(cells.next())?));
        }
        timed("bgnbd_cdnow", 50, || Ok(BgNbd::fit(&histories(&rows)?)?.params.r()))?;
        timed("paretonbd_cdnow", 5, || Ok(ParetoNbd::fit(&histories(&rows)?)?.log_likelihood))?;
    }
    let rows = data::customers(1_000_000);
    if let Some(folder) = folder {
        let rows = rows.iter().map(|&(x, t_x, t)| [x as f64, t_x, t]);
        data::write(folder, "customers.csv", "x,t_x,T", rows)?;
    }
    timed("bgnbd_1000000", 3, || Ok(BgNbd::fit(&histories(&rows)?)?.params.r()))?;
    timed("paretonbd_100000", 1, || Ok(ParetoNbd::fit(&histories(&rows[..100_000])?)?.log_likelihood))
}

fn histories(rows: &[(u64, f64, f64)]) -> std::result::Result<Histories, Error> {
    let mut all = Histories::new();
    for &(x, t_x, t) in rows {
        all.push(History::new(x, t_x, t)?)?;
    }
    Ok(all)
}

fn satisfaction(folder: Option<&Path>) -> Result<()> {
    let answers = data::answers(250);
    let names =
        |(block, items): (&str, usize)| (1..=items).map(|i| format!("{block}{i}")).collect::<Vec<_>>();
    if let Some(folder) = folder {
        let heading: Vec<String> = data::BLOCKS.into_iter().flat_map(names).collect();
        data::write(folder, "answers.csv", &heading.join(","), answers.iter().cloned())?;
    }
    let blocks = data::BLOCKS.map(|block| Block {
        name: block.0.to_owned(),
        items: names(block),
        mode: path_model::Mode::A,
    });
    let paths = [
        ("image", "expectation"),
        ("image", "satisfaction"),
        ("image", "loyalty"),
        ("expectation", "quality"),
        ("expectation", "value"),
        ("expectation", "satisfaction"),
        ("quality", "value"),
        ("quality", "satisfaction"),
        ("value", "satisfaction"),
        ("satisfaction", "loyalty"),
    ];
    let paths = paths.map(|(from, to)| path_model::Path::new(from, to));
    let model = Model::new(blocks.to_vec(), &paths, Scheme::Centroid)?.unstandardised();
    let mut rows = Rows::new(&model);
    for row in &answers {
        rows.push(&row.iter().copied().map(Some).collect::<Vec<_>>())?;
    }
    let last = |estimate: Option<f64>| estimate.ok_or("no path");
    timed("pls_fit", 50, || Ok(last(rows.fit(&model)?.inner.last().map(|path| path.estimate))?))?;
    let plan = Plan { replicates: 500, seed: 1, confidence: Confidence::P95 };
    timed("pls_bootstrap_500", 3, || {
        let found = path_model::bootstrap(&model, &rows, &plan)?;
        Ok(last(found.paths.last().and_then(|(_, _, path)| path.estimate))?)
    })
}

fn two_groups(folder: Option<&Path>) -> Result<()> {
    let (pairs, times) = (data::pairs(1_000_000), data::times(500_000));
    if let Some(folder) = folder {
        data::write(folder, "pairs.csv", "a,b", pairs.iter().map(|&(a, b)| [f64::from(a), f64::from(b)]))?;
        data::write(folder, "times.csv", "a,b", times.iter().map(|&(a, b)| [a, b]))?;
    }
    timed("chi_squared_1000000", 10, || {
        let mut table = Crosstab::new(11, 11)?;
        for &(a, b) in &pairs {
            table.push(usize::from(a), usize::from(b))?;
        }
        Ok(table.chi_squared(Yates::No)?.chi2)
    })?;
    let columns = |rows: &mut dyn Iterator<Item = (f64, f64)>| -> (Vec<f64>, Vec<f64>) { rows.unzip() };
    let (a, b) = columns(&mut pairs.iter().map(|&(a, b)| (f64::from(a), f64::from(b))));
    timed("mann_whitney_answers_2000000", 10, || Ok(mann_whitney(&a, &b, Method::Asymptotic)?.u1))?;
    let (a, b) = columns(&mut times.iter().copied());
    timed("mann_whitney_times_1000000", 5, || Ok(mann_whitney(&a, &b, Method::Asymptotic)?.u1))
}

fn stays(folder: Option<&Path>) -> Result<()> {
    let spells = data::spells(1_000_000);
    if let Some(folder) = folder {
        let rows = spells.iter().map(|&(time, is_over)| [time, f64::from(u8::from(is_over))]);
        data::write(folder, "spells.csv", "duration,event", rows)?;
    }
    timed("kaplan_meier_1000000", 5, || {
        let mut all = survival::Accumulator::new();
        for &(time, is_over) in &spells {
            all.push(Spell { time, is_over })?;
        }
        let curve = all.curve()?;
        let table = curve.table(Confidence::P95);
        std::hint::black_box(table.rows.len());
        Ok(curve.median().finite().ok_or("no median")?)
    })
}

fn agreement(folder: Option<&Path>) -> Result<()> {
    let units = data::ratings(100_000);
    if let Some(folder) = folder {
        data::write(folder, "ratings.csv", "a,b,c", units.iter().copied())?;
    }
    timed("krippendorff_100000x3", 10, || {
        let mut all = Ratings::new();
        for unit in &units {
            all.push_unit(&unit.map(Some))?;
        }
        Ok(all.alpha(Level::Ordinal)?.alpha.ok_or("no alpha")?)
    })
}

fn recommendation() -> Result<()> {
    let answers: Vec<u8> = data::pairs(10_000_000).into_iter().map(|(a, _)| a).collect();
    timed("nps_10000000", 5, || {
        let mut all = nps::Accumulator::new();
        all.push_column(&answers)?;
        Ok(all.summary(Confidence::P95)?.nps)
    })
}

/// Runs some work so many times and prints the run that took the least of the processor.
fn timed(name: &str, runs: u32, mut work: impl FnMut() -> Result<f64>) -> Result<()> {
    let mut best: Option<(f64, f64, f64)> = None;
    for _ in 0..runs {
        let (processor, clock) = (processor_seconds(), Instant::now());
        let result = std::hint::black_box(work())?;
        let spent = (processor_seconds() - processor, clock.elapsed().as_secs_f64());
        if best.is_none_or(|(least, _, _)| spent.0 < least) {
            best = Some((spent.0, spent.1, result));
        }
    }
    let (cpu, wall, result) = best.unwrap_or_default();
    let line = serde_json::json!({ "name": name, "cpu": cpu, "wall": wall, "result": result });
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Processor time of the whole process, helpers included.
fn processor_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
