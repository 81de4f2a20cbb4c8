//! The command line: thin over the same actions as pages and API.

mod backup;
mod bench;
mod board;
mod case;
mod data;
mod doctor;
mod indicator;
mod link;
mod mail;
mod measure;
mod named;
mod people;
mod refused;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use kernel::config::{Config, LogFormat};
use kernel::errors::Error;
use kernel::texts::{Locale, T};

use crate::{assembly, demo, open, say, serve};

/// Know your customers, listen to them, understand, act, steer: one self-hosted program.
#[derive(Parser)]
#[command(name = "bocal", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// Configuration file.
    #[arg(long, global = true, default_value = "bocal.toml", env = "BOCAL_CONFIG")]
    config: PathBuf,
    /// SQLite file or postgres:// address, instead of the configured one.
    #[arg(long, global = true)]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

/// Shape of printed data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a living demonstration organisation.
    #[command(after_help = "Example: bocal demo --database demo.db --listen 127.0.0.1:8080")]
    Demo {
        /// Address and port to listen on.
        #[arg(long)]
        listen: Option<std::net::SocketAddr>,
        /// Make the data and stop.
        #[arg(long)]
        only_make: bool,
        /// Remove a former demonstration first.
        #[arg(long)]
        afresh: bool,
        /// Write each mail to a file of this folder.
        #[arg(long, value_name = "DIR")]
        mail_dir: Option<PathBuf>,
    },
    /// Serve the organisation of the configured database.
    #[command(after_help = "Example: bocal serve --database bocal.db --listen 0.0.0.0:8080")]
    Serve {
        /// Address and port to listen on.
        #[arg(long)]
        listen: Option<std::net::SocketAddr>,
        /// Write each mail to a file of this folder instead of sending it.
        #[arg(long, value_name = "DIR")]
        mail_dir: Option<PathBuf>,
        /// Run the clock so many days ahead, to rehearse a later day on a copy of the database: what happens is
        /// written at the time shown.
        #[arg(long, value_name = "DAYS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=3_660))]
        days_ahead: u16,
    },
    /// Bring the tables up to date.
    #[command(after_help = "Example: bocal migrate --format json")]
    Migrate {
        /// Shape of what is printed.
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Bring data in from a file.
    Import(data::Import),
    /// Take data out to a file.
    Export(data::Export),
    /// Compute a measure: reads a JSON object on standard input, writes one on standard output.
    Measure(measure::Measure),
    /// Find rows of the same person in a file or two, and say why.
    Link(link::Link),
    /// Show an indicator with its proof.
    Indicator(indicator::Indicator),
    /// Follow-ups of unhappy customers.
    Case(case::Case),
    /// Show the board of the loop.
    Board(board::Board),
    /// Causes of follow-ups.
    Cause(board::Cause),
    /// Colleagues.
    User(people::User),
    /// Tokens of programs.
    Token(people::Token),
    /// E-mail: what was sent, what came back, whether mail leaves.
    Mail(mail::Mail),
    /// Copy everything to one file.
    Backup(backup::Backup),
    /// Verify a backup and restore it.
    Restore(backup::Restore),
    /// Look at everything and say what to do about what is not well.
    Doctor(doctor::Doctor),
    /// Measure speed and size.
    Bench(bench::Bench),
}

/// Runs the command of this process: exit code 0, 1 when it failed, 2 when it was called wrongly.
pub(crate) fn main() -> ExitCode {
    let cli = match refused::parsed() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let outcome = configure(&cli).and_then(|config| run(cli.command, config));
    match outcome {
        Ok(code) if code == ExitCode::SUCCESS => unless_lost(code),
        Ok(code) => code,
        Err(error) => {
            say::note(&format!("bocal: {}", in_words(&error)));
            ExitCode::from(if matches!(error, Error::Invalid(_)) { 2 } else { 1 })
        }
    }
}

/// Success, unless some of what was to be printed is lost.
fn unless_lost(code: ExitCode) -> ExitCode {
    let Some(error) = say::lost() else { return code };
    let sentence =
        reader().map_or_else(|_| error.to_string(), |t| t.one("cli-output-lost", "why", error.to_string()));
    say::note(&format!("bocal: {sentence}"));
    ExitCode::FAILURE
}

fn configure(cli: &Cli) -> kernel::Result<Config> {
    let mut config = match cli.command {
        // It works on files alone: a configuration that is missing or wrong is no hindrance.
        Command::Link(_) => Config::default(),
        _ => Config::load(&cli.config, cli.config.as_os_str() != "bocal.toml")?,
    };
    if let Some(database) = &cli.database {
        config.database.clone_from(database);
    }
    start_log(&config);
    Ok(config)
}

fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(&config.log);
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => builder.with_target(false).init(),
        LogFormat::Json => builder.json().init(),
    }
}

fn run(command: Command, mut config: Config) -> kernel::Result<ExitCode> {
    match command {
        Command::Demo { listen, only_make, afresh, mail_dir } => {
            config.listen = listen.unwrap_or(config.listen);
            config.mail_dir = mail_dir.or(config.mail_dir);
            demo::run(&config, only_make, afresh)?;
        }
        Command::Serve { listen, mail_dir, days_ahead } => {
            config.listen = listen.unwrap_or(config.listen);
            config.mail_dir = mail_dir.or(config.mail_dir);
            let db = open::migrated_ahead(&config, days_ahead)?;
            serve::run(&config, &db)?;
        }
        Command::Migrate { format } => migrate(&config, format)?,
        Command::Import(import) => return import.run(&config),
        Command::Export(export) => export.run(&config)?,
        Command::Measure(measure) => return measure.run(),
        Command::Link(link) => return link.run(),
        Command::Indicator(indicator) => indicator.run(&config)?,
        Command::Case(case) => case.run(&config)?,
        Command::Board(board) => board.run(&config)?,
        Command::Cause(cause) => cause.run(&config)?,
        Command::User(user) => user.run(&config)?,
        Command::Token(token) => token.run(&config)?,
        Command::Mail(mail) => mail.run(&config)?,
        Command::Backup(backup) => backup.run(&config)?,
        Command::Restore(restore) => restore.run(&config)?,
        Command::Doctor(doctor) => return doctor.run(&config),
        Command::Bench(bench) => bench.run(&config)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn migrate(config: &Config, format: Format) -> kernel::Result<()> {
    let db = open::database(config)?;
    let new = db.migrate(&assembly::plan()?)?;
    match format {
        Format::Json => say::out(&serde_json::to_string_pretty(&new)?),
        Format::Table if new.is_empty() => say::out("The tables are up to date."),
        Format::Table => {
            for applied in new {
                say::out(&format!("{:>4}  {}", applied.number, applied.name));
            }
        }
    }
    Ok(())
}

/// Texts in the language of the person at the terminal.
pub(crate) fn reader() -> kernel::Result<T> {
    reader_or(Locale::En)
}

/// The same; in another language where the terminal names none of ours.
pub(crate) fn reader_or(usual: Locale) -> kernel::Result<T> {
    Ok(assembly::texts()?.reader(spoken().unwrap_or(usual)))
}

/// The language of the terminal, if it is one of ours.
pub(crate) fn spoken() -> Option<Locale> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let value = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"))?;
    value.get(..2)?.parse().ok()
}

/// An error for the person at the terminal, in their language.
pub(crate) fn in_words(error: &Error) -> String {
    let Ok(t) = reader() else { return error.to_string() };
    match error {
        // The terminal is where the cause of a fault may be told.
        Error::Internal(cause) => cause.to_string(),
        Error::Invalid(fields) => {
            let lines: Vec<String> =
                fields.iter().map(|f| format!("{}: {}", f.field, t.message(&f.message))).collect();
            lines.join("\n")
        }
        other => {
            let (_, title, detail) = web_kit::text::describe(other, t);
            format!("{title}. {detail}")
        }
    }
}
