//! Decisions of the room, as pure functions.

mod bag;
mod compare;
mod cube;
mod estimate;
mod floor;
mod report;
pub(crate) mod selection;

#[cfg(test)]
mod tests;

pub use bag::Bag;
pub(crate) use cube::{Cube, Fact};
pub use report::{
    Breakdown, Change, Conclusion, Group, GroupKey, IndicatorReport, Invited, OtherFigure, Reading, Score,
    TrendStep,
};
pub(crate) use report::{Context, report};
pub(crate) use selection::Window;
