//! Pages about improvements, and the ranking they begin from.

mod form;
mod list;
mod notice;
mod ranking;
mod show;
mod verdict;

pub(crate) use form::{change, create, edit, new};
pub(crate) use list::{due, export, list};
pub(crate) use notice::{preview, tell};
pub(crate) use ranking::{ranking, ranking_file};
pub(crate) use show::{abandon, judge, show, start, word};
