//! Fixed hashes of content, the same on every machine and in every run: what blocks, orders and samples records must
//! depend on what they say and never on where they stand in a file.

/// The odd multiplier of the finaliser.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Mixes two words into one: both halves of a product of 128 bits.
pub(crate) const fn mix(a: u64, b: u64) -> u64 {
    let product = (a.rotate_left(23) ^ b ^ ODD) as u128 * 0xD6E8_FEB8_6659_FD93_u128;
    finish_lightly((product >> 64) as u64 ^ product as u64)
}

const fn finish_lightly(word: u64) -> u64 {
    (word ^ (word >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// Spreads a word over all its bits (the finaliser of SplitMix64: Steele, Lea & Flood 2014).
pub(crate) const fn finish(word: u64) -> u64 {
    let word = word.wrapping_add(ODD);
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// Hash of a text.
pub(crate) fn text(text: &str) -> u64 {
    text_from(0, text)
}

/// Hash of a text, for one of many ways to hash.
pub(crate) fn text_from(seed: u64, text: &str) -> u64 {
    let mut word = seed ^ text.len() as u64;
    let mut chunks = text.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let mut eight = [0; 8];
        eight.copy_from_slice(chunk);
        word = mix(word, u64::from_le_bytes(eight));
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(chunks.remainder()) {
        *to = *from;
    }
    mix(word, u64::from_le_bytes(last))
}

/// A stream of numbers that look random and are the same for the same seed.
pub(crate) struct Stream(u64);

impl Stream {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(ODD);
        finish(self.0)
    }

    /// A number below `bound`, which must not be 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let wide = (self.next() >> 32) * u64::from(bound);
        (wide >> 32) as u32
    }

    /// A number from 0 to 1, 1 left out.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
