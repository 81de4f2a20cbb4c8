//! What every operation owes its callers: a description that fits, and an answer to whatever is asked. Other crates with
//! operations ask the same of theirs.

#[cfg(test)]
use measures::ops::list as operations;

#[cfg(test)]
#[path = "../../fuzz/src/answer.rs"]
mod answer;
#[cfg(test)]
mod described;
#[cfg(test)]
mod mangle;
#[cfg(test)]
mod mangled;
