//! Answers counted by value: all the measures need.

use measures::Scale;

/// Most answers a scale has: 0 to 10.
const VALUES: usize = 11;

/// How many gave each answer, with the sums of their weights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bag {
    n: [u64; VALUES],
    weight: [f64; VALUES],
    square: [f64; VALUES],
    /// Asked, but not answered on the scale.
    pub missing: u64,
}

/// One value of a bag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// The answer.
    pub value: i64,
    /// How many gave it.
    pub n: u64,
    /// Sum of their weights.
    pub weight: f64,
    /// Sum of the squares of their weights.
    pub square: f64,
}

impl Bag {
    /// Adds `n` equal answers; one that is missing or off the scale is counted as missing.
    pub fn add(&mut self, scale: Scale, value: Option<i64>, n: u64, weight: f64, square: f64) {
        let on_scale = value.and_then(|value| scale.check(value).ok());
        let Some(index) = on_scale.and_then(|v| usize::try_from(v).ok()).filter(|index| *index < VALUES)
        else {
            self.missing += n;
            return;
        };
        self.n[index] += n;
        self.weight[index] += weight;
        self.square[index] += square;
    }

    /// Takes over another bag.
    pub fn merge(&mut self, other: &Self) {
        for index in 0..VALUES {
            self.n[index] += other.n[index];
            self.weight[index] += other.weight[index];
            self.square[index] += other.square[index];
        }
        self.missing += other.missing;
    }

    /// Valid answers.
    pub fn n(&self) -> u64 {
        self.n.iter().sum()
    }

    /// How many gave `value`.
    pub fn of(&self, value: i64) -> u64 {
        usize::try_from(value).ok().and_then(|index| self.n.get(index)).copied().unwrap_or(0)
    }

    /// The values that occur.
    pub fn values(&self) -> impl Iterator<Item = Counted> {
        (0..VALUES).filter(|index| self.n[*index] > 0).map(|index| Counted {
            value: index as i64,
            n: self.n[index],
            weight: self.weight[index],
            square: self.square[index],
        })
    }

    /// Whether any answer weighs something else than 1.
    pub fn is_weighted(&self) -> bool {
        // (Σw = n and Σw² = n) only when every weight is 1, but for rounding.
        let differs = |sum: f64, n: u64| (sum - n as f64).abs() > 1e-9 * (n as f64).max(1.0);
        self.values().any(|c| differs(c.weight, c.n) || differs(c.square, c.n))
    }
}
