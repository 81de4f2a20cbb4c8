//! Why the command ends before its end.

use std::io;
use std::path::Path;

/// A reason to stop: the person reads a sentence, or it is a fault of the program.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something about the call or its files: exit code 2.
    Refused(String),
    /// A fault.
    Fault(kernel::Error),
}

/// Result of the parts of this command.
pub(super) type Outcome<T> = Result<T, Stop>;

impl From<kernel::Error> for Stop {
    fn from(error: kernel::Error) -> Self {
        Self::Fault(error)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(error.into())
    }
}

/// Stops with a sentence.
pub(super) fn refuse<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(Stop::Refused(sentence.into()))
}

/// A file cannot be read.
pub(super) fn unreadable(name: &str) -> impl Fn(io::Error) -> Stop {
    move |error| Stop::Refused(format!("{name} cannot be read: {}", reason(&error)))
}

/// A file cannot be written.
pub(super) fn unwritable(path: &Path) -> impl Fn(io::Error) -> Stop {
    move |error| {
        let whole = "; nothing was left behind half written";
        Stop::Refused(format!("{} cannot be written: {}{whole}", path.display(), reason(&error)))
    }
}

/// What went wrong, in words a person knows.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission is refused".into(),
        io::ErrorKind::StorageFull => "no space is left on the disk".into(),
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        io::ErrorKind::NotADirectory => "a part of its path is not a folder".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".into(),
        _ => error.to_string(),
    }
}
