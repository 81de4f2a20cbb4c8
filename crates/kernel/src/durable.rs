//! Files that are whole or not there: written under another name, made durable, then renamed.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// The name a file has while it is written.
pub fn unfinished(to: &Path) -> PathBuf {
    let mut name = to.file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
    name.push(".unfinished");
    to.with_file_name(name)
}

/// An empty file that only its owner may read: what comes out of the database is nobody else's business.
pub fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).read(true).create(true).truncate(false).mode(0o600).open(path)
}

/// Makes what was written durable and gives it its name, in place of an older file of that name.
pub fn finish(unfinished: &Path, to: &Path) -> io::Result<()> {
    File::open(unfinished)?.sync_all()?;
    std::fs::rename(unfinished, to)?;
    sync_folder(to)
}

/// Makes the names in the folder of `path` durable.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Removes a file; none there is as good.
pub fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
