//! The jobs.

use kernel::identity::Actor;
use kernel::jobs::Context;
use kernel::{Db, Id, Result};

use super::ImportKind;

pub(super) fn work<K: ImportKind>(_: &Context) -> Result<()> {
    Ok(())
}

pub(super) fn run_here<K: ImportKind>(_: &Db, _: &Actor, _: Id, _: &mut dyn FnMut(i64, i64)) -> Result<()> {
    Ok(())
}
