//! Files that are whole or not there.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use kernel::durable;
use kernel::errors::Message;

use super::interrupt;
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
        let path = place(path);
        let named = |key: &'static str| Message::new(key).with("name", path.display().to_string());
        if path.is_dir() || path.file_name().is_none() {
            return refuse(named("link-output-is-folder"));
        }
        if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("gz")) {
            return refuse(named("link-output-not-compressed"));
        }
        let before = std::fs::metadata(&path).ok();
        if before.as_ref().is_some_and(is_device) {
            let device = File::options().write(true).open(&path).map_err(unwritable(&path))?;
            return Ok(Self::straight(&path, Box::new(device)));
        }
        let unfinished = durable::unfinished(&path);
        let file = durable::create_private(&unfinished).map_err(unwritable(&path))?;
        interrupt::begin(&unfinished);
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
            interrupt::end(unfinished);
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
            interrupt::end(unfinished);
        }
    }
}

fn is_device(metadata: &std::fs::Metadata) -> bool {
    let kind = metadata.file_type();
    kind.is_char_device() || kind.is_block_device() || kind.is_fifo() || kind.is_socket()
}

/// Links that are followed before one is taken for a file.
const MOST_LINKS: usize = 40;

/// Where a path leads, links followed, whether there is a file yet or not: two ways to write one place give the same.
pub(super) fn place(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(found) = path.canonicalize() {
            return found;
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        match (std::fs::read_link(&path), path.file_name()) {
            (Ok(to), _) => path = folder.join(to),
            (Err(_), Some(name)) => return folder.join(name),
            (Err(_), None) => return path,
        }
    }
    path
}

/// Refuses outputs that would be written over each other, or over what is read: rows that are kept out would be lost for good.
pub(super) fn refuse_to_overwrite(outputs: &[&Path], read: &[&Path]) -> Outcome<()> {
    let is_file =
        |path: &&Path| path.as_os_str() != "-" && !std::fs::metadata(path).is_ok_and(|it| is_device(&it));
    let read: Vec<PathBuf> = read.iter().copied().filter(is_file).map(place).collect();
    let mut taken: Vec<PathBuf> = Vec::new();
    for path in outputs {
        let named = |key: &'static str| Message::new(key).with("name", path.display().to_string());
        if !is_file(path) {
            let to = path.to_path_buf();
            if path.as_os_str() == "-" && taken.contains(&to) {
                return refuse("link-two-to-standard-output");
            }
            taken.push(to);
            continue;
        }
        let to = place(path);
        // Each is written under another name first.
        for to in [durable::unfinished(&to), to] {
            if read.contains(&to) {
                return refuse(named("link-would-be-overwritten"));
            }
            if taken.contains(&to) {
                return refuse(named("link-two-outputs"));
            }
            taken.push(to);
        }
    }
    Ok(())
}
