//! Randomness, digests, signatures and password hashes.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::errors::{Error, Result};

/// Fills an array with bytes from the operating system's generator.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| Error::internal(format!("no randomness: {e}")))?;
    Ok(bytes)
}

/// A fresh secret of 256 bits, as text fit for a URL.
pub fn token() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// SHA-256, in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(&[bytes]))
}

/// SHA-256 of these bytes, one after the other.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().into()
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
    }
    out
}

/// HMAC-SHA256 of `message` under `key`, cut to 128 bits, as text fit for a URL.
pub fn sign(key: &[u8], message: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(&mac(key, message)[..16])
}

/// Whether `signature` is the one [`sign`] makes; takes the same time whatever differs.
pub fn verify_signature(key: &[u8], message: &[u8], signature: &str) -> bool {
    sign(key, message).as_bytes().ct_eq(signature.as_bytes()).into()
}

/// Compares two secrets in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length; the empty key of the error arm is never reached.
    let mut mac = match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mac) => mac,
        Err(_) => return [0; 32],
    };
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Cost of a password hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCost {
    /// 19 MiB, two passes (OWASP's recommendation for Argon2id, 2023).
    Normal,
    /// The least Argon2 allows: for tests and demonstration data only.
    Least,
}

fn argon(cost: PasswordCost) -> Argon2<'static> {
    let params = match cost {
        PasswordCost::Normal => Params::new(19 * 1024, 2, 1, None),
        PasswordCost::Least => Params::new(8, 1, 1, None),
    };
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.unwrap_or_default())
}

/// Argon2id hash of a password, in the PHC format.
pub fn hash_password(password: &str, cost: PasswordCost) -> Result<String> {
    argon(cost)
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| Error::internal(format!("password hash: {e}")))
}

/// Whether `password` made `hash`. A malformed hash verifies nothing.
pub fn verify_password(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let hash = hash_password("une phrase assez longue", PasswordCost::Least).unwrap();
        assert!(verify_password("une phrase assez longue", &hash));
        assert!(!verify_password("une phrase assez longuE", &hash));
        assert!(!verify_password("", "not a hash"));
    }

    #[test]
    fn a_signature_depends_on_key_and_message() {
        let signature = sign(b"key", b"message");
        assert!(verify_signature(b"key", b"message", &signature));
        assert!(!verify_signature(b"kez", b"message", &signature));
        assert!(!verify_signature(b"key", b"messagf", &signature));
        assert!(!verify_signature(b"key", b"message", ""));
    }

    #[test]
    fn sha256_of_abc_is_the_published_one() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), expected);
    }
}
