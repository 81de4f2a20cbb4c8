//! `bocal bench`: makes databases of a declared size and measures the program on them.

mod client;
mod intake;
mod pages;
mod report;
mod seed;
mod start;
mod store;

use clap::{Args, Subcommand, ValueEnum};
use kernel::Result;
use kernel::config::Config;

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
    /// Measure pages, search, indicator, durable intake and start on a database made by `seed`.
    #[command(after_help = "Example: bocal --database bench-S.db bench run")]
    Run {
        /// Requests of each page.
        #[arg(long, default_value_t = 400)]
        requests: usize,
        /// Seconds of intake.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
    },
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
        match self.command {
            BenchCommand::Seed { size } => seed::run(config, size),
            BenchCommand::Run { requests, seconds } => {
                report::head(config)?;
                pages::run(config, requests)?;
                intake::run(config, seconds)?;
                start::run(config)
            }
        }
    }
}
