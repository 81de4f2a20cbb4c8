//! The one error type of the layers below HTTP.
//!
//! Which layer uses what:
//! * **rules** return [`Message`]s or [`FieldError`]s: what a person must be told, as a text key with arguments;
//! * **store** and **actions** return [`Error`]; anything a person can act on has its own variant, everything
//!   else is [`Error::Internal`] and carries the whole chain for the log;
//! * **pages** and **api** (in `web_kit`) turn an [`Error`] into a page or a problem document in the reader's
//!   language. Internal errors are logged once there and never shown.

use std::borrow::Cow;

use serde::Serialize;

/// Result of everything below HTTP.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One argument of a [`Message`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// A word or phrase, shown as it is.
    Text(String),
    /// A number, written as the reader's language writes it.
    Number(f64),
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<f64> for Arg {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}
macro_rules! number_arg {
    ($($t:ty),*) => {$(impl From<$t> for Arg {
        fn from(value: $t) -> Self {
            // Counts and limits stay far below 2^53, where a double is exact.
            Self::Number(value as f64)
        }
    })*};
}
number_arg!(i32, i64, u32, u64, usize);

// Templates pass their arguments by reference.
impl<T: Clone + Into<Arg>> From<&T> for Arg {
    fn from(value: &T) -> Self {
        value.clone().into()
    }
}

/// A sentence for a person, as a key of the Fluent files with its arguments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Message {
    /// Key of the sentence.
    pub key: Cow<'static, str>,
    /// Arguments by name.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl Message {
    /// A sentence without arguments.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Arg>) -> Self {
        self.args.push((name.into(), value.into()));
        self
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

/// A sentence about one field of a form or of a JSON body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldError {
    /// Name of the field, as in the form and in the JSON body.
    pub field: Cow<'static, str>,
    /// What is wrong and what would be accepted.
    pub message: Message,
}

impl FieldError {
    /// An error on `field`.
    pub fn new(field: impl Into<Cow<'static, str>>, message: impl Into<Message>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// Kind of a database constraint that refused a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A value that must be unique exists already.
    Unique,
    /// A row that is referred to does not exist, or is still referred to.
    Reference,
    /// A check or a required value.
    Check,
}

/// Anything that can go wrong below HTTP.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such thing, or not within the reader's reach: both look the same from outside.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// The person lacks the permission.
    #[error("permission refused: {0}")]
    Denied(&'static str),
    /// Some fields are wrong.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<FieldError>),
    /// A rule refuses the operation in the present state.
    #[error("refused: {}", .0.key)]
    Refused(Message),
    /// The thing changed since it was read: the present version is given.
    #[error("changed meanwhile, now at version {0}")]
    Stale(i64),
    /// Too many attempts: try again after so many seconds.
    #[error("too many attempts, retry after {0} s")]
    TooMany(u64),
    /// A constraint of the database refused the change. The name follows PostgreSQL's default
    /// (`table_column_key`, `table_column_fkey`), on both engines.
    #[error("constraint {name} ({kind:?})")]
    Constraint {
        /// What kind of constraint.
        kind: Violation,
        /// Its name.
        name: String,
    },
    /// The transaction must be run again: another one came first.
    #[error("serialisation failure")]
    Conflict,
    /// A fault of the program or of its surroundings; logged, never shown.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A fault described by a sentence for the log.
    pub fn internal(reason: impl Into<String>) -> Self {
        Self::Internal(reason.into().into())
    }

    /// A fault caused by another error.
    pub fn caused(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(cause))
    }

    /// One wrong field.
    pub fn field(field: impl Into<Cow<'static, str>>, message: impl Into<Message>) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }

    /// A refusal by a rule.
    pub fn refused(message: impl Into<Message>) -> Self {
        Self::Refused(message.into())
    }
}

/// Turns the violation of a named constraint into an error on a field.
pub trait OnConstraint<T> {
    /// When constraint `name` was violated, say `key` at `field` instead.
    fn on_constraint(self, name: &str, field: &'static str, key: &'static str) -> Result<T>;
}

impl<T> OnConstraint<T> for Result<T> {
    fn on_constraint(self, name: &str, field: &'static str, key: &'static str) -> Result<T> {
        match self {
            Err(Error::Constraint { name: found, .. }) if found == name => Err(Error::field(field, key)),
            other => other,
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(value: serde_json::Error) -> Self {
        Self::caused(value)
    }
}
impl From<std::io::Error> for Error {
    fn from(value: std::io::Error) -> Self {
        Self::caused(value)
    }
}
