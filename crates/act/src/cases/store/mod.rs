//! Every query about cases.

mod clocks;
mod people;
mod queue;
mod rows;
mod steps;

pub use clocks::{
    Clocked, case_rules, clocks, decide_rules, rules_version, running, running_count, set_alerted, set_clock,
    to_warn,
};
pub use people::{names, site, team_of, who_can, who_can_everywhere, writing_to};
pub use queue::{Place, Window, count, counts, handed_since, in_order, list, place, promised, since};
pub use rows::{
    by_part_of_reference, by_reference, find_by, get, insert, of_customers, open_of_customer, open_of_owner,
    update,
};
pub use steps::{Draft, add_step, draft, drop_draft, keep_draft, other_drafts, steps};
