//! Counts of answers, kept within what a double holds exactly.

use crate::Error;

/// Most answers an accumulator takes: 2⁵³, the largest range in which a double counts exactly.
pub const MAX_COUNT: u64 = 1 << 53;

/// `a + b`, refused above [`MAX_COUNT`].
pub(crate) fn add(a: u64, b: u64) -> Result<u64, Error> {
    match a.checked_add(b) {
        Some(total) if total <= MAX_COUNT => Ok(total),
        _ => Err(Error::out_of_range("count", a as f64 + b as f64, "at most 2^53 answers in all")),
    }
}

/// `x` successes among `n`: refuses an empty or impossible pair and gives both as doubles.
pub(crate) fn pair(x: u64, n: u64) -> Result<(f64, f64), Error> {
    if n == 0 {
        return Err(Error::EmptySample);
    }
    if n > MAX_COUNT {
        return Err(Error::out_of_range("n", n as f64, "at most 2^53"));
    }
    if x > n {
        return Err(Error::out_of_range("successes", x as f64, format!("at most n = {n}")));
    }
    Ok((x as f64, n as f64))
}
