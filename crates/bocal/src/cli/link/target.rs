//! Files that are whole or not there.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use kernel::durable;

use super::stop::{Outcome, refuse, unwritable};

/// A file being written, or standard output for `-`.
pub(super) struct Target {
    path: PathBuf,
    /// Where it is written until it is whole; `None` for what is no file.
    unfinished: Option<PathBuf>,
    writer: BufWriter<Box<dyn Write>>,
    is_finished: bool,
}

impl Target {
    /// Makes sure that it can be written, before any work is done.
    pub(super) fn open(path: &Path) -> Outcome<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self::straight(path, Box::new(io::stdout())));
        }
        // The file that a link points to is replaced, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if path.is_dir() || path.file_name().is_none() {
            return refuse(format!("{} cannot be written: it is a folder", path.display()));
        }
        let before = std::fs::metadata(&path).ok();
        if let Some(kind) = before.as_ref().map(std::fs::Metadata::file_type)
            && (kind.is_char_device() || kind.is_block_device() || kind.is_fifo() || kind.is_socket())
        {
            let device = File::options().write(true).open(&path).map_err(unwritable(&path))?;
            return Ok(Self::straight(&path, Box::new(device)));
        }
        let unfinished = durable::unfinished(&path);
        let file = durable::create_private(&unfinished).map_err(unwritable(&path))?;
        let target = Self {
            writer: BufWriter::with_capacity(1 << 18, Box::new(file.try_clone().map_err(unwritable(&path))?)),
            unfinished: Some(unfinished),
            path,
            is_finished: false,
        };
        file.set_len(0).map_err(unwritable(&target.path))?;
        if let Some(before) = before {
            file.set_permissions(before.permissions()).map_err(unwritable(&target.path))?;
        }
        Ok(target)
    }

    fn straight(path: &Path, writer: Box<dyn Write>) -> Self {
        let writer = BufWriter::with_capacity(1 << 18, writer);
        Self { path: path.to_owned(), unfinished: None, writer, is_finished: false }
    }

    /// The path, for messages.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes everything with `write`, then gives the file its name.
    pub(super) fn complete<T>(mut self, write: impl FnOnce(&mut dyn Write) -> Outcome<T>) -> Outcome<T> {
        let result = write(&mut self.writer)?;
        self.writer.flush().map_err(unwritable(&self.path))?;
        if let Some(unfinished) = &self.unfinished {
            durable::finish(unfinished, &self.path).map_err(unwritable(&self.path))?;
        }
        self.is_finished = true;
        Ok(result)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(unfinished) = self.unfinished.as_ref().filter(|_| !self.is_finished) {
            // It goes with the next run otherwise: the name is the same.
            let _ = durable::remove_if_there(unfinished);
        }
    }
}
