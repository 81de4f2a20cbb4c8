//! How many people it takes, and how full they are.

mod profile;
mod staffing;
mod zone;

pub use profile::{Accumulator, Profile, ZoneCounts};
pub use staffing::{Staffing, Wanted, agents_needed};
pub use zone::{Occupation, Zone, ZoneBounds, occupation};
