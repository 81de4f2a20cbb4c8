//! Who stays: customers, contracts and revenue kept from one period to the next.
//!
//! What has been kept is behaviour observed, not a forecast. Who counts as a customer (a contract, a purchase within
//! so many months) is the reader's rule and belongs beside every figure made here. A rate of nothing (no customer at
//! the start, no contract due) is undefined, not 0.

mod cohorts;
mod competition;
mod equipment;
mod period;
mod rate;
mod repurchase;
mod revenue;
mod seniority;

pub use cohorts::{Cohort, CohortTable, Cohorts};
pub use competition::{Competition, Flows};
pub use equipment::{Equipment, EquipmentAccumulator};
pub use period::{Loyalty, Period, PeriodAccumulator, Presence, loyalty};
pub use rate::{Rate, RateAccumulator};
pub use repurchase::{Purchases, Repurchase};
pub use revenue::{RevenueAccumulator, RevenueFlows, RevenueRetention};
pub use seniority::{Relation, Seniority, SeniorityAccumulator};
