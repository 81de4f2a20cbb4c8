//! Codes: what they are made of, what is typed, which fits.

use kernel::{Error, Instant, Result, secrets};
use totp_rs::{Builder, Secret, Totp};
use web_kit::query_value;

/// How many recovery codes one is given.
pub const RECOVERY_CODES: usize = 10;
/// What recovery codes are written with: nothing that is mistaken for something else.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of a recovery code: 80 bits, so that a quick hash is enough.
const LETTERS: usize = 16;

/// What somebody typed where a code is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Six digits from the application.
    Code(String),
    /// A recovery code, without its dashes.
    Recovery(String),
}

/// Reads what was typed, however it was copied: spaces and dashes mean nothing. `None` when it can be no code.
pub fn read(text: &str) -> Option<Typed> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"-–.".contains(*c)).take(64).collect();
    if bare.len() == 6 && bare.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Typed::Code(bare));
    }
    let code = bare.to_lowercase();
    let is_ours = code.len() == LETTERS && code.bytes().all(|b| ALPHABET.contains(&b));
    is_ours.then_some(Typed::Recovery(code))
}

/// A fresh secret, in base 32.
pub fn new_secret() -> Result<String> {
    Ok(Secret::from(secrets::random::<20>()?).to_base32())
}

fn totp(secret: &str) -> Result<Totp> {
    let secret =
        Secret::try_from_base32(secret).map_err(|_| Error::internal("a second factor is unreadable"))?;
    // Six digits, thirty seconds, SHA-1, one step of tolerance: what every application understands.
    Builder::new().with_secret(secret).build().map_err(|e| Error::internal(format!("second factor: {e}")))
}

/// The step of time whose code this is, if it is one of `now` or its neighbours and later than `last`.
pub fn step_of(secret: &str, code: &str, now: Instant, last: i64) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.as_micros() / 1_000_000).unwrap_or(0);
    let step = totp(secret)?.check(code, seconds).and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > last))
}

/// The code of a moment: for tests, which play the application.
#[cfg(test)]
pub(crate) fn code_at(secret: &str, now: Instant) -> String {
    let seconds = u64::try_from(now.as_micros() / 1_000_000).unwrap();
    totp(secret).unwrap().generate(seconds).to_string()
}

/// The address an application reads from the drawing.
pub fn address(organisation: &str, email: &str, secret: &str) -> String {
    let clean = |text: &str| query_value(&text.replace(':', " ")).replace('/', "%2F");
    let (issuer, account) = (clean(&format!("Bocal {organisation}")), clean(email));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

/// A secret in groups of four, to be typed where no drawing can be read.
pub fn grouped(text: &str, sign: char) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for (at, c) in text.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(sign);
        }
        out.push(c);
    }
    out
}

/// Fresh recovery codes, as they are shown.
pub fn recovery_codes() -> Result<Vec<String>> {
    let one = || -> Result<String> {
        let bytes = secrets::random::<LETTERS>()?;
        let code: String = bytes.iter().map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect();
        Ok(grouped(&code, '-'))
    };
    (0..RECOVERY_CODES).map(|_| one()).collect()
}

/// What is stored of a recovery code.
pub fn hash(user: kernel::Id, code: &str) -> String {
    let bare = code.replace('-', "");
    secrets::sha256_hex(format!("{user}:{bare}").as_bytes())
}
