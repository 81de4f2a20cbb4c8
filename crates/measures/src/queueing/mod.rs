//! Waiting lines: how many callers find everybody busy, how long they wait, how many give up.
//!
//! Everything here supposes arrivals at random around a steady rate, handling times spread exponentially and agents
//! who are alike. Load is in erlangs, the average number of agents busy if there were no end of them: arrivals per
//! unit of time × handling time. Times may be in any unit, the same one throughout.

mod abandonment;
mod blocking;
mod finite;
mod traffic;
mod waiting;

pub use abandonment::{Abandonment, erlang_a};
pub use blocking::erlang_b;
pub use finite::{FiniteQueue, mmck};
pub use traffic::{MAX_SERVERS, Traffic};
pub(crate) use traffic::{check_rate, check_time};
pub(crate) use waiting::waiting;
pub use waiting::{Waiting, erlang_c};
