//! Repair.

mod comparison;
mod contacts;
mod facts;
mod matching;
mod times;

use super::{OpField, OpInfo};

/// All operations on repair.
pub(super) const OPS: &[&[OpInfo]] = &[comparison::OPS, contacts::OPS, facts::OPS, times::OPS, matching::OPS];
