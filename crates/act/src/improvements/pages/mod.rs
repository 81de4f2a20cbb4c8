//! Pages about improvements, and the ranking they begin from.

mod form;
mod list;
mod ranking;
mod show;
mod verdict;

pub(crate) use form::{change, create, edit, new};
pub(crate) use list::{due, list};
pub(crate) use ranking::ranking;
pub(crate) use show::{abandon, judge, show, start, tell, word};
