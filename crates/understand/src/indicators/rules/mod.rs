//! Decisions of the room, as pure functions.

mod bag;
mod compare;
mod cube;
mod estimate;
mod floor;
mod report;
pub mod selection;

#[cfg(test)]
mod tests;

pub use bag::Bag;
pub use cube::{Cube, Fact};
pub use estimate::{Side, figure};
pub use report::{
    Breakdown, Change, Conclusion, Context, Group, GroupKey, IndicatorReport, Invited, OtherFigure, Reading, Score,
    TrendStep, report,
};
pub use selection::Window;
