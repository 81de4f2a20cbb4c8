//! What spares a look at a text: which letters it has.

/// A bit for each letter, and six for digits.
///
/// One slip of the hand changes at most two bits, so that texts which differ in more are far apart.
pub(crate) fn letters(text: &str) -> u32 {
    let mut bits = 0_u32;
    for &byte in text.as_bytes() {
        bits |= match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'A'..=b'Z' => 1 << (byte - b'A'),
            b'0'..=b'9' => 1 << (26 + (byte - b'0') % 6),
            128.. => 1 << (byte % 26),
            _ => 0,
        };
    }
    bits
}
