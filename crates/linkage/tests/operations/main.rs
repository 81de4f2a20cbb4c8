//! What every operation owes its callers, asked of the operations of this crate as of those of `measures`.

#[cfg(test)]
use linkage::ops::list as operations;

#[cfg(test)]
#[path = "../../../measures/fuzz/src/answer.rs"]
mod answer;
#[cfg(test)]
#[path = "../../../measures/tests/operations/described.rs"]
mod described;
#[cfg(test)]
#[path = "../../../measures/tests/operations/mangle.rs"]
mod mangle;
#[cfg(test)]
#[path = "../../../measures/tests/operations/mangled.rs"]
mod mangled;
