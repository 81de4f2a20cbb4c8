//! Satisfaction: the share of satisfied answers (CSAT), and indices from 0 to 100 made of several questions.

mod accumulator;
mod index;

pub use accumulator::{Accumulator, Question, Summary};
pub use index::{INDEX_DEFINITION, Item, acsi_type_index, weighted_index};
