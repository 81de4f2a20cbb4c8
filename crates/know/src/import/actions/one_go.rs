//! A whole file in one go, for the command line.

use std::collections::BTreeMap;

use kernel::identity::Actor;
use kernel::tabular::Options as Reading;
use kernel::{Db, Result};

use super::super::kind::Kind;
use super::super::model::{Changes, Import};
use super::super::parts::Choices;
use super::super::{Kinds, reading, rules, store};
use super::{create, decide, mapping_by_name, running, show};

/// What the command line says about a file.
#[derive(Clone, Debug, Default)]
pub struct FileSettings {
    /// How to read it.
    pub reading: Reading,
    /// Fields by name of column; columns not named keep what is proposed.
    pub mapping: BTreeMap<String, Option<String>>,
    /// Options by code.
    pub options: Choices,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// Imports a file from beginning to end, without a job: for the command line. `progress` is told rows done and rows
/// in all. When the program is killed, the import can be resumed on its page.
///
/// # Errors
/// The file cannot be read, a decision is missing, or the database fails.
pub fn import_file(
    db: &Db,
    by: &Actor,
    kind: Kind,
    name: &str,
    bytes: &[u8],
    settings: &FileSettings,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<Import> {
    by.require(kind.permission)?;
    let arrived = reading::read(bytes, name, &settings.reading)?;
    let (actor, source, settings) = (by.clone(), bytes.to_vec(), settings.clone());
    let import = db.write(move |tx| {
        let import = create(tx, &actor, kind, &source, &arrived)?;
        let mapping = Some(mapping_by_name(&import, &settings.mapping)?);
        let options = settings.options.clone();
        let kinds = Kinds::one(kind);
        let changes = Changes { mapping, options, remember: false };
        let import = decide(tx, &actor, &kinds, import.id, import.version, &changes)?;
        let shown = show(tx, &actor, &kinds, import.id)?;
        if settings.dry_run {
            rules::may_run(shown.phase, &shown.findings)?;
        } else {
            running::start(tx, &actor, &shown)?;
        }
        Ok(import)
    })?;
    (kind.work_here)(db, import.id, progress)?;
    let by = by.clone();
    db.read(move |tx| store::get(tx, &by, import.id))
}
