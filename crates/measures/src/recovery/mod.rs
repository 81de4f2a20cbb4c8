//! Repair measured: how long it takes, whether it took one contact, what was done, and whether those it was done for
//! think better of the firm than those who never had cause to complain.

mod complaints;
mod justice;
mod matching;
mod paradox;
mod percentile;
mod promise;
mod resolution;

pub use complaints::{ComplaintAccumulator, ComplaintRate};
pub use justice::{Acknowledged, CaseFacts, Fact, JusticeAccumulator, JusticeFacts, JusticeLimits};
pub use matching::{
    Balance, Customer, InStratum, MAX_COVARIATES, MatchedEffect, matched_effect, stratified_effect,
};
pub use paradox::{
    RepurchaseParadox, SatisfactionParadox, Verdict, paradox_repurchase, paradox_satisfaction,
};
pub use percentile::{PercentileType, percentile};
pub use promise::{Sla, SlaAccumulator};
pub use resolution::{Contact, FirstContact, ResolutionAccumulator, Window, first_contact_resolution};

pub(crate) use promise::check_duration;
