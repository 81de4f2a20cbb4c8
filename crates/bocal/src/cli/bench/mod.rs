//! `bocal bench`: makes databases of a declared size and measures the program on them.

mod client;
mod closing;
mod import;
mod intake;
mod pages;
mod people;
mod report;
mod seed;
mod start;
mod store;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use kernel::Result;
use kernel::config::Config;
use kernel::db::Location;
use kernel::errors::{Error, Message};

use self::people::People;
use crate::say;

/// Measure speed and size.
#[derive(Args)]
pub(crate) struct Bench {
    #[command(subcommand)]
    command: BenchCommand,
}

#[derive(Subcommand)]
enum BenchCommand {
    /// Make a database of a declared size, the same each time.
    #[command(after_help = "Example: bocal --database bench-S.db bench seed --size S")]
    Seed {
        /// S is 1 %, M is 10 % of L: 1 million customers, 10 million interactions, 1 million answers.
        #[arg(long, value_enum)]
        size: Size,
    },
    /// Write a file of made-up French persons, some of them more than once, with the truth in a column: what linkage is
    /// measured on. The same rows and seed give the same bytes.
    #[command(after_help = "Example: bocal bench people --rows 100000 --output people.csv")]
    People {
        /// Rows of the file.
        #[arg(long)]
        rows: usize,
        /// Another seed gives other persons.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Share of rows that are a second, third … row of a person: 0 to 0.5.
        #[arg(long, default_value = "0.2", value_parser = share)]
        duplicates: f64,
        /// Where to write the CSV file.
        #[arg(long)]
        output: PathBuf,
    },
    /// Measure pages, search, indicators, durable intake, import, the loop, a day of advisers and start, sizes side by
    /// side. Databases that are not there yet are made.
    #[command(after_help = "Example: bocal bench run --sizes S,M --folder bench-data")]
    Run(Run),
}

/// What is measured, where, and for how long.
#[derive(Args)]
struct Run {
    /// Which sizes.
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["S", "M"])]
    sizes: Vec<Size>,
    /// Where the databases are kept: a folder, or a PostgreSQL server whose databases bench_s, bench_m and
    /// bench_l are there already, as postgres://user@host:port.
    #[arg(long, default_value = "bench-data")]
    folder: String,
    /// Requests of each page.
    #[arg(long, default_value_t = 400)]
    requests: usize,
    /// Seconds of intake.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Minutes of the advisers' day.
    #[arg(long, default_value_t = 5)]
    minutes: u64,
    /// Milliseconds an adviser thinks before each gesture.
    #[arg(long, default_value_t = 0)]
    think: u64,
    /// Every case is open, in databases of their own (L-open.db, bench_l_open): the worst day.
    #[arg(long)]
    all_open: bool,
    /// Of the loop, only the screens whose name holds this text.
    #[arg(long)]
    screen: Option<String>,
    /// Only these measures, separated by commas; all of them when nothing is named.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Measure>,
}

/// What is measured, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// Server time of pages.
    Pages,
    /// Answers over HTTP, made durable.
    Intake,
    /// Rows of an import, and taking them back.
    Import,
    /// The loop: cases, clocks, boards, letters; cases are added to a database that has none.
    Loop,
    /// 64 advisers reading and writing at the same time.
    Advisers,
    /// Start to first page, memory at rest.
    Start,
}

/// Declared sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Size {
    /// 10 000 customers, 100 000 interactions, 10 000 answers.
    #[value(name = "S")]
    S,
    /// 100 000 customers, 1 million interactions, 100 000 answers.
    #[value(name = "M")]
    M,
    /// 1 million customers, 10 million interactions, 1 million answers.
    #[value(name = "L")]
    L,
}

impl Size {
    const fn customers(self) -> u64 {
        match self {
            Self::S => 10_000,
            Self::M => 100_000,
            Self::L => 1_000_000,
        }
    }
}

impl Bench {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        match &self.command {
            BenchCommand::Seed { size } => seed::run(config, *size),
            BenchCommand::People { rows, seed, duplicates, output } => {
                let people = People { rows: *rows, seed: *seed, duplicates: *duplicates };
                write_people(&people, output).map_err(|error| unwritable(output, &error))
            }
            BenchCommand::Run(run) => run.run(config),
        }
    }
}

fn write_people(people: &People, output: &Path) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(output)?);
    people.write(&mut file)?;
    file.flush()
}

/// A file that cannot be written is the call's fault: it is named.
fn unwritable(output: &Path, error: &std::io::Error) -> Error {
    let message = Message::new("bench-cannot-write").with("name", output.display().to_string());
    Error::field("--output", message.with("why", error.to_string()))
}

/// Half of the rows at most repeat somebody: more would leave nobody with one row.
fn share(text: &str) -> std::result::Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=0.5).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 0.5".into()),
    }
}

impl Run {
    fn run(&self, config: &Config) -> Result<()> {
        let mut measured = Vec::new();
        for size in &self.sizes {
            let config = Config { database: self.database(*size)?, ..config.clone() };
            if seed::is_needed(&config)? {
                seed::run(&config, *size)?;
            }
            if self.all_open {
                closing::open_all(&config)?;
            }
            say::note(&format!("measuring at {size:?} …"));
            measured.push((format!("{size:?}"), self.measure(&config)?));
        }
        report::table(&measured);
        Ok(())
    }

    /// The database of a size.
    fn database(&self, size: Size) -> Result<String> {
        let name = format!("{size:?}");
        let Ok(place) = self.folder.parse::<Location>();
        if let Location::Server(server) = place {
            let more = if self.all_open { "_open" } else { "" };
            return Ok(format!("{}/bench_{}{more}", server.trim_end_matches('/'), name.to_lowercase()));
        }
        let more = if self.all_open { "-open" } else { "" };
        std::fs::create_dir_all(&self.folder)?;
        Ok(PathBuf::from(&self.folder).join(format!("{name}{more}.db")).display().to_string())
    }

    fn measure(&self, config: &Config) -> Result<Vec<report::Line>> {
        let mut lines = report::head(config)?;
        for measure in Measure::value_variants() {
            if !self.only.is_empty() && !self.only.contains(measure) {
                continue;
            }
            lines.extend(match measure {
                Measure::Pages => pages::run(config, self.requests)?,
                Measure::Intake => intake::run(config, self.seconds)?,
                Measure::Import => import::run(config)?,
                Measure::Loop => closing::run(config, self.requests, self.seconds, self.screen.as_deref())?,
                Measure::Advisers => closing::advisers::run(config, self.minutes, self.think)?,
                Measure::Start => start::run(config)?,
            });
        }
        Ok(lines)
    }
}
