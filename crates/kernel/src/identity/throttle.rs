//! Limits on attempts, in fixed windows.
//!
//! Sign-in is limited for an address *from* a network and for a network as a whole, never for an address
//! alone: whoever types somebody else's address wrongly a thousand times locks out only themselves.

use jiff::SignedDuration;

use crate::db::Tx;
use crate::errors::{Error, Result};

/// At most `count` attempts in `window`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Attempts allowed.
    pub count: i64,
    /// Length of the window.
    pub window: SignedDuration,
}

/// Wrong passwords for one address from one network.
pub const SIGN_IN: Limit = Limit { count: 8, window: SignedDuration::from_mins(15) };
/// Wrong passwords from one network, whatever the address.
pub const SIGN_IN_NETWORK: Limit = Limit { count: 60, window: SignedDuration::from_mins(15) };

/// Refuses when `key` has used up its attempts; does not count one.
pub fn check(tx: &mut Tx<'_>, key: &str, limit: Limit) -> Result<()> {
    let Some((start, count)) = read(tx, key)? else { return Ok(()) };
    let ends = crate::Instant::from_micros(start).plus(limit.window);
    if count >= limit.count && ends > tx.now() {
        let seconds = ends.since(tx.now()).as_secs().max(1);
        return Err(Error::TooMany(seconds.unsigned_abs()));
    }
    Ok(())
}

/// Counts an attempt against `key`.
pub fn count(tx: &mut Tx<'_>, key: &str, limit: Limit) -> Result<()> {
    let now = tx.now();
    let open_since = now.minus(limit.window);
    tx.execute(
        "INSERT INTO throttles (key, window_start, count) VALUES ($1, $2, 1)
         ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN throttles.window_start > $3 THEN throttles.count + 1 ELSE 1 END,
            window_start = CASE WHEN throttles.window_start > $3 THEN throttles.window_start ELSE $2 END",
        &[&key, &now, &open_since],
    )?;
    Ok(())
}

/// Takes one counted attempt back: it succeeded, and those who share a network must not pay for it.
pub fn forgive(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    tx.execute("UPDATE throttles SET count = count - 1 WHERE key = $1 AND count > 0", &[&key])?;
    Ok(())
}

/// Forgets the attempts of `key`, after a success.
pub fn clear(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    tx.execute("DELETE FROM throttles WHERE key = $1", &[&key])?;
    Ok(())
}

fn read(tx: &mut Tx<'_>, key: &str) -> Result<Option<(i64, i64)>> {
    tx.query_opt("SELECT window_start, count FROM throttles WHERE key = $1", &[&key], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The network of an address: a whole IPv6 /64 or one IPv4 address, so that a home or an office is one.
pub fn network(address: std::net::IpAddr) -> String {
    match address {
        std::net::IpAddr::V4(v4) => v4.to_string(),
        std::net::IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => {
                let s = v6.segments();
                format!("{:x}:{:x}:{:x}:{:x}::/64", s[0], s[1], s[2], s[3])
            }
        },
    }
}
