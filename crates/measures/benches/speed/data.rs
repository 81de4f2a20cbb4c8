//! What is measured on: made once from fixed seeds, and written down so that other programs can be given the same.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use super::simulate::{Random, bg_nbd};

/// What a million buyers did, as the BG/NBD model has them, with the parameters of CDNOW; observed from 27 to 39 weeks,
/// by days.
pub(crate) fn customers(n: usize) -> Vec<(u64, f64, f64)> {
    let mut random = Random::new(1);
    let whole_days = |weeks: f64| (weeks * 7.0).ceil() / 7.0;
    (0..n)
        .map(|_| {
            let t = (27.0 * 7.0 + below(&mut random, 85)) / 7.0;
            let one = bg_nbd(&mut random, [0.243, 4.414, 0.793, 2.426], t, 0.0);
            (one.x, whole_days(one.t_x).min(t), t)
        })
        .collect()
}

fn below(random: &mut Random, end: u32) -> f64 {
    (random.uniform() * f64::from(end)).floor()
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
    (0..n)
        .map(|_| (below(&mut random, 11) as u8, (below(&mut random, 10) + below(&mut random, 2)) as u8))
        .collect()
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
            let is = 1.0 + below(&mut random, 5);
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
