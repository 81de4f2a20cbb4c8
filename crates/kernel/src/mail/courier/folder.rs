//! Messages as files of a folder.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Answer, Courier, Ready};

/// Writes each message to `<Message-ID>.eml`: whole or not at all, so that a crash leaves no doubt.
pub(in crate::mail) struct Folder(pub(in crate::mail) PathBuf);

impl Folder {
    fn path(&self, message_id: &str) -> PathBuf {
        self.0.join(format!("{message_id}.eml"))
    }

    /// Whether files can be made there.
    pub(in crate::mail) fn reach(&self) -> std::io::Result<()> {
        let path = self.0.join("bocal-try.part");
        std::fs::File::create(&path)?;
        std::fs::remove_file(path)
    }

    /// Whether the message is there.
    pub(in crate::mail) fn holds(&self, message_id: &str) -> bool {
        self.path(message_id).exists()
    }
}

impl Courier for Folder {
    fn carry(&mut self, ready: &Ready) -> Answer {
        let path = self.path(&ready.message_id);
        match write(&path, ready.text.as_bytes()) {
            Ok(()) => Answer::Taken,
            // The name appears last: what went wrong before left nothing that counts.
            Err(error) => Answer::Unreachable(format!("{}: {error}", self.0.display())),
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("part");
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)
}
