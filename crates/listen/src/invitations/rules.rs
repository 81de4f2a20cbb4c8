//! Decisions about invitations, as pure functions.

use std::collections::BinaryHeap;

use kernel::{Id, secrets};

/// Days an invitation can be answered.
pub const LIFE_DAYS: i64 = 30;
/// Invitations that can be drawn or sent at once, at most.
pub const MOST: i64 = 1_000_000;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// What follows `/a/` in the link of an invitation: its number and a signature. Nothing secret is stored: who
/// does not hold the organisation's key cannot make one.
pub fn token(link_key: &[u8], invitation: Id) -> String {
    format!("{}-{}", base36(invitation.0), secrets::sign(link_key, &signed(invitation)))
}

/// The invitation a link stands for, if its signature is ours.
pub fn verify(link_key: &[u8], token: &str) -> Option<Id> {
    if token.len() > 64 {
        return None;
    }
    let (number, signature) = token.split_once('-')?;
    let id = Id(i64::from_str_radix(number, 36).ok().filter(|id| *id > 0)?);
    // One link, one spelling.
    let is_canonical = base36(id.0) == number;
    (is_canonical && secrets::verify_signature(link_key, &signed(id), signature)).then_some(id)
}

fn signed(invitation: Id) -> Vec<u8> {
    format!("invitation:{invitation}").into_bytes()
}

pub(crate) fn base36(number: i64) -> String {
    let mut rest = number.unsigned_abs();
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(DIGITS[(rest % 36) as usize]));
        rest /= 36;
        if rest == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// Place of a customer in a draw: whoever holds the printed key finds the same order again.
pub fn draw_order(key: &str, customer: Id) -> String {
    secrets::sha256_hex(format!("{key}:{customer}").as_bytes())
}

/// The `n` first of a draw, in its order. The same key over the same customers gives the same draw.
pub fn draw(key: &str, customers: &[Id], n: usize) -> Vec<Id> {
    let mut first: BinaryHeap<(String, Id)> = BinaryHeap::with_capacity(n.min(customers.len()) + 1);
    for customer in customers {
        first.push((draw_order(key, *customer), *customer));
        if first.len() > n {
            first.pop();
        }
    }
    first.into_sorted_vec().into_iter().map(|(_, customer)| customer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_its_own_invitation_only() {
        let (key, id) = (b"key of the house".as_slice(), Id(381_234_567_890_123));
        let link = token(key, id);
        assert_eq!(verify(key, &link), Some(id));
        assert_eq!(verify(b"another key", &link), None);
        let (_, signature) = link.split_once('-').unwrap();
        let other = format!("{}-{signature}", base36(id.0 + 1));
        assert_eq!(verify(key, &other), None);
        for forged in
            ["", "-", "abc", "abc-", "zzzzzzzzzzzzzzzzzzz-x", &link.to_uppercase(), &format!("0{link}")]
        {
            assert_eq!(verify(key, forged), None, "{forged}");
        }
    }

    #[test]
    fn every_change_of_one_letter_is_refused() {
        let (key, id) = (b"key".as_slice(), Id(42));
        let link = token(key, id);
        for at in 0..link.len() {
            let mut bytes = link.clone().into_bytes();
            bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
            let changed = String::from_utf8(bytes).unwrap();
            // The last letter of base64 holds bits that are not part of the signature; ours is canonical.
            assert_eq!(verify(key, &changed), None, "{changed}");
        }
    }

    #[test]
    fn the_same_key_gives_the_same_draw_whatever_the_order() {
        let customers: Vec<Id> = (1..=1_000).map(Id).collect();
        let mut turned = customers.clone();
        turned.reverse();
        let drawn = draw("k7m4", &customers, 100);
        assert_eq!(drawn, draw("k7m4", &turned, 100));
        assert_ne!(drawn, draw("k7m5", &customers, 100));
        assert_eq!(drawn.len(), 100);
        // What is left after the first fifty continues the same draw.
        let rest: Vec<Id> = customers.iter().copied().filter(|c| !drawn[..50].contains(c)).collect();
        assert_eq!(draw("k7m4", &rest, 50), drawn[50..]);
    }

    #[test]
    fn a_draw_favours_nobody() {
        let customers: Vec<Id> = (1..=40).map(Id).collect();
        let mut hits = vec![0_u32; 41];
        for key in 0..2_000 {
            for drawn in draw(&format!("key{key}"), &customers, 10) {
                hits[usize::try_from(drawn.0).unwrap()] += 1;
            }
        }
        // 500 expected for each, standard deviation 19.
        assert!(hits[1..].iter().all(|n| (410..=590).contains(n)), "{hits:?}");
    }
}
