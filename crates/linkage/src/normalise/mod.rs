//! Values of a row made comparable.
mod fold;
pub use fold::{fold, fold_into};
