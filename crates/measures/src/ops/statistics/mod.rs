//! Tests of differences and relations.

mod groups;
mod input;
mod ranks;
mod relations;
mod tables;

pub(super) use self::input::{WithMissing, present, sample};
use super::OpInfo;

pub(super) const OPS: &[&[OpInfo]] = &[tables::OPS, groups::OPS, ranks::OPS, relations::OPS];
