//! Networks, as they are written in the configuration: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One address, or all that begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

/// A text that is no network.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no network: write an address such as 192.0.2.7, or a network such as 10.0.0.0/8")]
pub struct NotANetwork(String);

impl Network {
    /// One address.
    pub const fn of(address: IpAddr) -> Self {
        let prefix = if address.is_ipv4() { 32 } else { 128 };
        Self { address, prefix }
    }

    /// Every address of this machine itself.
    pub fn loopback() -> Vec<Self> {
        let v4 = Self { address: std::net::Ipv4Addr::LOCALHOST.into(), prefix: 8 };
        vec![v4, Self::of(std::net::Ipv6Addr::LOCALHOST.into())]
    }

    /// Whether an address belongs to it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let bits = |address: IpAddr| match address.to_canonical() {
            IpAddr::V4(v4) => (u128::from(v4.to_bits()) << 96, true),
            IpAddr::V6(v6) => (v6.to_bits(), false),
        };
        let (ours, theirs) = (bits(self.address), bits(address));
        let free = 128 - u32::from(self.prefix);
        ours.1 == theirs.1 && (free == 128 || ours.0 >> free == theirs.0 >> free)
    }
}

impl FromStr for Network {
    type Err = NotANetwork;
    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let bad = || NotANetwork(text.to_owned());
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let whole = Self::of(address.trim().parse::<IpAddr>().map_err(|_| bad())?.to_canonical());
        let Some(prefix) = prefix else { return Ok(whole) };
        let prefix: u8 = prefix.trim().parse().map_err(|_| bad())?;
        if prefix > whole.prefix { Err(bad()) } else { Ok(Self { prefix, ..whole }) }
    }
}

impl TryFrom<String> for Network {
    type Error = NotANetwork;
    fn try_from(text: String) -> Result<Self, NotANetwork> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_belongs_to_networks_that_begin_alike() {
        let is_in = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(is_in("10.0.0.0/8", "10.255.1.2") && !is_in("10.0.0.0/8", "11.0.0.1"));
        assert!(is_in("192.0.2.7", "192.0.2.7") && !is_in("192.0.2.7", "192.0.2.8"));
        assert!(is_in("192.0.2.7", "::ffff:192.0.2.7"), "the same address, written for IPv6");
        assert!(is_in("2001:db8::/32", "2001:db8:1::1") && !is_in("2001:db8::/32", "2001:db9::1"));
        assert!(is_in("0.0.0.0/0", "203.0.113.5") && !is_in("0.0.0.0/0", "2001:db8::1"));
        assert!(is_in("::/0", "2001:db8::1") && !is_in("::/0", "192.0.2.1"));
        for bad in ["", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "::1/129", "10.0.0.0/8/8"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }
}
