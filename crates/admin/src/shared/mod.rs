//! What several rooms of this crate share: reading what was typed, showing two versions of one thing, and
//! answers that hold a secret once.

mod input;
mod once;

pub(crate) use input::{Nothing, Wrong, email, line, optional_line};
pub(crate) use once::{OnceSecret, hash, link};
