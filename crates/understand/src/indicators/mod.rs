//! Indicators: what customers said, as figures one can defend.
//!
//! Recommendation, satisfaction and ease are computed from `answer_facts`, one narrow row per response and measure.
//! [`measure_report`] is the one function behind the pages, the interface, the files and the command line, so that no
//! two of them can disagree. A figure carries its interval only where the answers are a probability sample; answers
//! collected otherwise are shown apart and never counted with it; small groups are hidden.

mod actions;
mod address;
pub mod api;
mod drawn;
mod export;
mod filter;
mod listing;
mod model;
mod pages;
mod rules;
mod store;
mod words;

#[cfg(test)]
mod tests;

use kernel::identity::Permission::{AnswersRead, IndicatorsExport, IndicatorsRead};
use web_kit::{Access, HomeFragment, NavEntry, Routes, Stage};

pub use actions::{Answers, answers, measure_report};
pub use export::csv;
pub use listing::{ListInput, parse as parse_list};
pub use model::{Class, CollectionGroup, FLOOR, Grouping, Input, Measure, Query, Span, Weighting};
pub use rules::selection::parse as parse_query;
pub use rules::{
    Bag, Breakdown, Change, Conclusion, Group, GroupKey, IndicatorReport, Invited, OtherFigure, Reading,
    Score, TrendStep,
};
pub use store::{AnswerRow, Chosen, Place};

pub(crate) use actions::today;
pub(crate) use address::Address;
pub(crate) use filter::{Choice, Filter, Part, period_part, site_part, survey_part};
pub(crate) use listing::{cursor, place};
pub(crate) use rules::selection;
pub(crate) use store::{Conditions, id_list, surveys};
pub(crate) use words::score;

/// The entry of this room in the navigation.
pub const NAV: NavEntry = NavEntry {
    stage: Stage::Understand,
    label: "indicator-nav",
    href: "/indicators",
    permission: IndicatorsRead,
};

const fn page_of(label: &'static str, href: &'static str) -> web_kit::Place {
    web_kit::Place { label, of: "indicator-nav", href, icon: "understand", permission: IndicatorsRead }
}

/// Each indicator, to be found by its name or its initials.
pub const PLACES: [web_kit::Place; 3] = [
    page_of("indicator-nps", "/indicators/nps"),
    page_of("indicator-csat", "/indicators/csat"),
    page_of("indicator-ces2", "/indicators/ces2"),
];

/// The block of this room on the home page.
pub const HOME: HomeFragment = HomeFragment {
    title: "indicator-home-title",
    fragment: "/indicators/fragments/home",
    href: "/indicators",
    permission: IndicatorsRead,
};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/indicators", Access::Page(IndicatorsRead), pages::overview)
        .get("/indicators/fragments/home", Access::Page(IndicatorsRead), pages::home)
        .get("/indicators/{measure}", Access::Page(IndicatorsRead), pages::indicator)
        .get("/indicators/{measure}/answers", Access::Page(AnswersRead), pages::answers)
        .get("/indicators/{measure}/export.csv", Access::Page(IndicatorsExport), pages::export)
        .get("/definitions/{id}", Access::Page(IndicatorsRead), pages::definition)
        .get("/api/v1/indicators/{measure}", Access::Api(IndicatorsRead), api::indicator)
        .get("/api/v1/answers", Access::Api(AnswersRead), api::answers)
}
