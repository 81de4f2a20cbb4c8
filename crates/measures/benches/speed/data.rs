//! What is measured on: made once from fixed seeds, and written down so that other programs can be given the same.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Numbers that look random, the same on every machine (SplitMix64: Steele, Lea & Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Above 0 and below 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        (self.uniform() * end as f64) as u64
    }

    fn exponential(&mut self, rate: f64) -> f64 {
        -self.uniform().ln() / rate
    }

    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Marsaglia & Tsang, 2000; below 1 by their boost.
    fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0, rate) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d * (1.0 - v + v.ln()) {
                return d * v / rate;
            }
        }
    }

    fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a, 1.0), self.gamma(b, 1.0));
        x / (x + y)
    }
}

/// Buyers as the BG/NBD model has them, with the parameters of CDNOW, observed from 27 to 39 weeks.
pub(crate) fn customers(n: usize) -> Vec<(u64, f64, f64)> {
    let mut random = Random::new(1);
    let days = |weeks: f64| (weeks * 7.0).round() / 7.0;
    (0..n)
        .map(|_| {
            let (rate, drop) = (random.gamma(0.243, 4.414), random.beta(0.793, 2.426));
            let t = (27.0 * 7.0 + random.below(85) as f64) / 7.0;
            let (mut at, mut x, mut last) = (0.0, 0, 0.0);
            loop {
                at += random.exponential(rate);
                if at > t {
                    break;
                }
                x += 1;
                last = days(at).min(t);
                if random.uniform() < drop {
                    break;
                }
            }
            (x, last, t)
        })
        .collect()
}

/// Items of each construct of the satisfaction model.
pub(crate) const BLOCKS: [(&str, usize); 6] =
    [("image", 5), ("expectation", 5), ("quality", 5), ("value", 4), ("satisfaction", 4), ("loyalty", 4)];

/// Answers from 1 to 10 to the items of a satisfaction model, construct after construct.
pub(crate) fn answers(rows: usize) -> Vec<Vec<f64>> {
    let mut random = Random::new(2);
    (0..rows)
        .map(|_| {
            let image = random.normal();
            let expectation = 0.6 * image + 0.8 * random.normal();
            let quality = 0.85 * expectation + 0.5 * random.normal();
            let value = 0.1 * expectation + 0.7 * quality + 0.6 * random.normal();
            let satisfaction = 0.2 * image + 0.1 * quality + 0.6 * value + 0.5 * random.normal();
            let loyalty = 0.3 * image + 0.5 * satisfaction + 0.7 * random.normal();
            let constructs = [image, expectation, quality, value, satisfaction, loyalty];
            let mut row = Vec::new();
            for (construct, (_, items)) in constructs.into_iter().zip(BLOCKS) {
                for _ in 0..items {
                    row.push((6.5 + 1.4 * construct + 0.9 * random.normal()).round().clamp(1.0, 10.0));
                }
            }
            row
        })
        .collect()
}

/// Two whole-number answers from 0 to 10.
pub(crate) fn pairs(n: usize) -> Vec<(u8, u8)> {
    let mut random = Random::new(3);
    (0..n).map(|_| (random.below(11) as u8, (random.below(10) + random.below(2)) as u8)).collect()
}

/// Two times that hardly ever tie.
pub(crate) fn times(n: usize) -> Vec<(f64, f64)> {
    let mut random = Random::new(4);
    (0..n).map(|_| (random.exponential(0.01), random.exponential(0.0101))).collect()
}

/// How long customers stayed, in days, and whether they left.
pub(crate) fn spells(n: usize) -> Vec<(f64, bool)> {
    let mut random = Random::new(5);
    (0..n).map(|_| (random.exponential(0.005).ceil().min(1_500.0), random.uniform() < 0.6)).collect()
}

/// What three people judged of each unit, from 1 to 5.
pub(crate) fn ratings(units: usize) -> Vec<[f64; 3]> {
    let mut random = Random::new(6);
    let judged = |random: &mut Random, is: f64| (is + random.normal() * 0.8).round().clamp(1.0, 5.0);
    (0..units)
        .map(|_| {
            let is = 1.0 + random.below(5) as f64;
            [judged(&mut random, is), judged(&mut random, is), judged(&mut random, is)]
        })
        .collect()
}

/// Writes rows of numbers under a heading.
pub(crate) fn write<R: IntoIterator<Item = f64>>(
    folder: &Path,
    name: &str,
    heading: &str,
    rows: impl IntoIterator<Item = R>,
) -> io::Result<()> {
    let mut text = format!("{heading}\n");
    for row in rows {
        let mut is_first = true;
        for number in row {
            let comma = if is_first { "" } else { "," };
            is_first = false;
            let _ = write!(text, "{comma}{number}");
        }
        text.push('\n');
    }
    fs::write(folder.join(name), text)
}
