//! Where the demonstration lies: making it beside its final place, so that a half-made one is never shown.

use std::path::{Path, PathBuf};

use kernel::config::Config;
use kernel::db::Location;
use kernel::{Error, Message, Result, organisation};

use crate::open;

/// File of the demonstration when nothing else is configured.
const FILE: &str = "bocal-demo.db";
/// What follows the name of a file that is being made.
const UNFINISHED: &str = ".making";
/// What SQLite keeps beside a file.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// The configuration, with a file of its own for the demonstration: never the organisation's.
pub(super) fn configured(config: &Config) -> Config {
    let mut config = config.clone();
    if config.database == Config::default().database {
        FILE.clone_into(&mut config.database);
    }
    config
}

fn file_of(config: &Config) -> Option<PathBuf> {
    let Ok(location) = config.database.parse::<Location>();
    match location {
        Location::File(path) => Some(path),
        Location::Server(_) => None,
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn erase(path: &Path) -> Result<()> {
    for suffix in BESIDE {
        match std::fs::remove_file(beside(path, suffix)) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Removes a former demonstration; nothing else is ever removed.
pub(super) fn remove(config: &Config) -> Result<()> {
    let Some(path) = file_of(config) else { return Err(Error::refused("demo-afresh-server")) };
    if !path.exists() {
        return Ok(());
    }
    let is_demonstration = {
        let db = open::database(config)?;
        // A file that is no database of ours has no such table, and is left alone.
        db.read(organisation::store::find).is_ok_and(|found| found.is_some_and(|o| o.demonstration))
    };
    if !is_demonstration {
        let message = Message::new("demo-afresh-other").with("file", path.display().to_string());
        return Err(Error::refused(message));
    }
    erase(&path)
}

/// A place to make the data in.
pub(super) struct ToMake {
    /// Names the place.
    pub(super) config: Config,
    /// From where to where it moves once it is whole.
    moves: Option<(PathBuf, PathBuf)>,
}

impl ToMake {
    /// Shows what was made.
    pub(super) fn finish(self) -> Result<()> {
        let Some((from, to)) = self.moves else { return Ok(()) };
        for suffix in BESIDE {
            let (from, to) = (beside(&from, suffix), beside(&to, suffix));
            if from.exists() {
                std::fs::rename(from, to)?;
            }
        }
        Ok(())
    }
}

/// Where to make the data; `None` when an organisation is there already.
pub(super) fn to_make(config: &Config) -> Result<Option<ToMake>> {
    if let Some(path) = file_of(config).filter(|path| !path.exists()) {
        let unfinished = beside(&path, UNFINISHED);
        erase(&unfinished)?;
        let database = unfinished.display().to_string();
        return Ok(Some(ToMake {
            config: Config { database, ..config.clone() },
            moves: Some((unfinished, path)),
        }));
    }
    let db = open::migrated(config)?;
    let is_empty = db.read(organisation::store::find)?.is_none();
    Ok(is_empty.then(|| ToMake { config: config.clone(), moves: None }))
}
