//! `bocal backup` and `bocal restore`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use kernel::Result;
use kernel::backup::{self, Restored, Restoring, Taken};
use kernel::clock::SystemClock;
use kernel::config::Config;
use kernel::db::Location;

use super::Format;
use crate::{assembly, open, say};

/// Copy everything, as it is at this moment, to one file; the server may go on working.
#[derive(Args)]
#[command(after_help = "Example: bocal backup /backups/bocal-monday.gz")]
pub(crate) struct Backup {
    /// File to write; an older backup of that name is replaced once the new one is whole.
    file: PathBuf,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Verify a backup and put it in place of a database: whole, or not at all.
#[derive(Args)]
#[command(after_help = "Example: bocal restore /backups/bocal-monday.gz --into bocal.db\n\
    Example: bocal restore /backups/bocal-monday.gz --check")]
pub(crate) struct Restore {
    /// Backup to read.
    file: PathBuf,
    /// SQLite file or postgres:// address to restore into, instead of the configured database.
    #[arg(long, value_name = "DATABASE", conflicts_with = "check")]
    into: Option<String>,
    /// Replace a database that holds an organisation; a SQLite file is kept beside it under another name.
    #[arg(long)]
    force: bool,
    /// Only verify that the backup is whole and can be restored.
    #[arg(long)]
    check: bool,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Backup {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let db = open::existing(config)?;
        let taken = backup::take(&db, &assembly::plan()?, env!("CARGO_PKG_VERSION"), &self.file)?;
        if self.format == Format::Json {
            say::out(&serde_json::to_string_pretty(&taken)?);
        } else {
            say::out(&told(&taken));
        }
        Ok(())
    }
}

fn told(taken: &Taken) -> String {
    format!(
        "{} holds {} rows of {} tables as of {} ({} bytes).\nDigest of its content: {}\nSeals of the ledger: {}{}",
        taken.file.display(),
        taken.end.rows(),
        taken.end.tables.len(),
        taken.header.taken_at,
        taken.bytes,
        taken.end.sha256,
        taken.end.ledger.seals,
        head(&taken.end.ledger.sha256),
    )
}

/// The digest of the last seal, to be noted elsewhere.
fn head(sha256: &str) -> String {
    if sha256.is_empty() { String::new() } else { format!(", the last is {sha256}") }
}

impl Restore {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let location = match &self.into {
            Some(into) => open::location(&Config { database: into.clone(), ..config.clone() }),
            None => open::location(config),
        };
        let how = Restoring {
            plan: assembly::plan()?,
            around: open::surroundings(Arc::new(SystemClock))?,
            force: self.force,
        };
        let found = if self.check {
            backup::check(&self.file, &scratch(&location), &how)?
        } else {
            backup::restore(&self.file, &location, &how)?
        };
        if self.format == Format::Json {
            say::out(&serde_json::to_string_pretty(&found)?);
            return Ok(());
        }
        say::out(&self.told(&found));
        Ok(())
    }

    fn told(&self, found: &Restored) -> String {
        let did = if self.check { "The backup is whole and can be restored" } else { "Restored" };
        let whose = found.header.organisation.as_deref().unwrap_or("no organisation yet");
        let mut text = format!(
            "{did}: {whose}, {} rows of {} tables as of {}, taken by Bocal {} from {}.\nSeals of the ledger: {}{}",
            found.end.rows(),
            found.end.tables.len(),
            found.header.taken_at,
            found.header.version,
            found.header.engine,
            found.end.ledger.seals,
            head(&found.end.ledger.sha256),
        );
        if let Some(broken) = &found.ledger.broken {
            text.push_str(&format!(
                "\nThe ledger was changed after it was sealed, from seal {} on.",
                broken.seal
            ));
        }
        text.push_str(&self.told_of_mails(found));
        if let Some(replaced) = &found.replaced {
            text.push_str(&format!("\nWhat was there before is now {}.", replaced.display()));
        }
        text
    }

    /// What waited to be sent may have left since the backup was taken.
    fn told_of_mails(&self, found: &Restored) -> String {
        let n = found.mails_in_doubt;
        if n == 0 {
            return String::new();
        }
        let mails = if n == 1 { "1 mail" } else { &format!("{n} mails") };
        if self.check {
            return format!("\n{mails} waited to be sent then: once restored, a person decides about them.");
        }
        format!(
            "\n{mails} waited to be sent then and may have left since: they are doubtful and do not leave by themselves. \
             Look into the log of the mail server, then decide on the page /mails or with bocal mail restored."
        )
    }
}

/// Where there is room for a database: where the configured one lies.
fn scratch(location: &Location) -> PathBuf {
    let Location::File(path) = location else { return std::env::temp_dir() };
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) if folder.is_dir() => folder.to_owned(),
        _ => std::env::temp_dir(),
    }
}
