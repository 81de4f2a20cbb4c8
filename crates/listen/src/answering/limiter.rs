//! A generous limit on answers from one network.
//!
//! Kept in memory: a counter in the database would make every answer of a network wait for the others, and would
//! keep addresses. Each process counts for itself, which only makes the limit more generous.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use kernel::clock::SignedDuration;
use kernel::identity::throttle::network;
use kernel::{Error, Instant, Result};

/// Answers one network may send in [`WINDOW`].
pub const MOST: u32 = 120;
/// Length of a window.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(1);
/// Networks remembered at the same time.
const NETWORKS: usize = 20_000;

/// Counts answers by network.
#[derive(Debug, Default)]
pub struct Limiter(Mutex<HashMap<String, (Instant, u32)>>);

impl Limiter {
    /// Counts an answer; refuses it when its network sent too many. A machine of our own network is never refused:
    /// it may be a proxy that nobody declared, behind which everybody stands.
    pub fn count(&self, address: IpAddr, now: Instant) -> Result<()> {
        if is_local(address) {
            return Ok(());
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= NETWORKS {
            seen.retain(|_, (start, _)| now.since(*start) < WINDOW);
            if seen.len() >= NETWORKS {
                // Rather forget than refuse people.
                seen.clear();
            }
        }
        let entry = seen.entry(network(address)).or_insert((now, 0));
        if now.since(entry.0) >= WINDOW {
            *entry = (now, 0);
        }
        if entry.1 >= MOST {
            let left = (entry.0.plus(WINDOW)).since(now).as_secs().max(1);
            return Err(Error::TooMany(left.unsigned_abs()));
        }
        entry.1 += 1;
        Ok(())
    }
}

fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_unspecified(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_local(IpAddr::V4(v4)),
            None => v6.is_loopback() || v6.is_unique_local() || v6.is_unspecified(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_is_slowed_and_the_others_are_not() {
        let (limiter, now) = (Limiter::default(), Instant::from_micros(1_790_000_000_000_000));
        let (noisy, quiet) = ("198.51.100.7".parse().unwrap(), "203.0.113.9".parse().unwrap());
        assert!((0..MOST).all(|_| limiter.count(noisy, now).is_ok()));
        assert!(matches!(limiter.count(noisy, now), Err(Error::TooMany(60))));
        assert!(limiter.count(quiet, now).is_ok());
        assert!(limiter.count(noisy, now.plus(WINDOW)).is_ok());
    }

    #[test]
    fn a_proxy_of_our_own_is_never_refused() {
        let limiter = Limiter::default();
        let now = Instant::from_micros(0);
        for address in ["127.0.0.1", "10.0.0.4", "::1", "fd00::2", "::ffff:192.168.1.4"] {
            let address = address.parse().unwrap();
            assert!((0..=MOST).all(|_| limiter.count(address, now).is_ok()));
        }
    }
}
