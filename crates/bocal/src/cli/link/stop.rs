//! Why the command ends before its end.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use kernel::errors::Message;
use kernel::texts::T;

use crate::say;

/// A reason to stop: the person reads sentences, or it is a fault of the program.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something about the call or its files, in one sentence or several: exit code 2.
    Refused(Vec<Message>),
    /// Nobody reads standard output any more: as other programs, this one ends without a word.
    Unheard,
    /// A fault.
    Fault(kernel::Error),
}

/// Result of the parts of this command.
pub(super) type Outcome<T> = Result<T, Stop>;

/// Exit code of a program that a closed pipe ended (128 and the number of the signal).
const PIPE: u8 = 141;

impl Stop {
    /// Says why, and ends.
    pub(super) fn end(self, t: T) -> kernel::Result<ExitCode> {
        match self {
            Self::Refused(sentences) => {
                let words: Vec<String> = sentences.iter().map(|sentence| t.message(sentence)).collect();
                say::note(&format!("bocal: {}", words.join(" ")));
                Ok(ExitCode::from(2))
            }
            Self::Unheard => Ok(ExitCode::from(PIPE)),
            Self::Fault(error) => Err(error),
        }
    }

    /// The same, after a sentence that says where.
    pub(super) fn after(self, place: Message) -> Self {
        match self {
            Self::Refused(mut sentences) => {
                sentences.insert(0, place);
                Self::Refused(sentences)
            }
            other => other,
        }
    }
}

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
pub(super) fn refuse<T>(sentence: impl Into<Message>) -> Outcome<T> {
    Err(Stop::Refused(vec![sentence.into()]))
}

/// A file cannot be read.
pub(super) fn unreadable(name: &str) -> impl Fn(io::Error) -> Stop {
    move |error| Stop::Refused(vec![Message::new("link-cannot-be-read").with("name", name), reason(&error)])
}

/// A file, or standard output, cannot be written.
pub(super) fn unwritable(path: &Path) -> impl Fn(io::Error) -> Stop {
    let name = match path.as_os_str() == "-" {
        true => ["@", "link-standard-output"].concat(),
        false => path.display().to_string(),
    };
    move |error| match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Unheard,
        _ => Stop::Refused(vec![
            Message::new("link-cannot-be-written").with("name", name.clone()),
            reason(&error),
        ]),
    }
}

/// A sentence that goes with an error of reading.
#[derive(Debug)]
struct Told(Message);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.key)
    }
}

impl std::error::Error for Told {}

/// An error of reading that a sentence explains.
pub(super) fn told(sentence: Message) -> io::Error {
    io::Error::other(Told(sentence))
}

/// What went wrong, in words a person knows.
pub(super) fn reason(error: &io::Error) -> Message {
    if let Some(Told(sentence)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return sentence.clone();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "link-reason-not-found".into(),
        io::ErrorKind::PermissionDenied => "link-reason-permission".into(),
        io::ErrorKind::StorageFull => "link-reason-full".into(),
        io::ErrorKind::IsADirectory => "link-reason-folder".into(),
        io::ErrorKind::NotADirectory => "link-reason-not-a-folder".into(),
        io::ErrorKind::ReadOnlyFilesystem => "link-reason-read-only".into(),
        _ => Message::new("link-reason-other").with("why", error.to_string()),
    }
}
