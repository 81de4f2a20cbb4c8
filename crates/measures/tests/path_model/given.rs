//! A model and answers to fit it to.

use measures::Scale;
use measures::path_model::{Accumulator, Block, Fit, Mode, Model, Path, Scheme};

/// A generator for tests: uniform on (0, 1).
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

pub(crate) const ITEMS: [&str; 8] = ["q1", "q2", "q3", "v1", "v2", "s1", "s2", "s3"];

pub(crate) fn model(scheme: Scheme, modes: [Mode; 3]) -> Model {
    let block = |name: &str, items: &[&str], mode| Block { mode, ..Block::reflective(name, items) };
    let blocks = vec![
        block("Quality", &ITEMS[..3], modes[0]),
        block("Value", &ITEMS[3..5], modes[1]),
        block("Satisfaction", &ITEMS[5..], modes[2]),
    ];
    let paths = [
        Path::new("Quality", "Value"),
        Path::new("Quality", "Satisfaction"),
        Path::new("Value", "Satisfaction"),
    ];
    Model::new(blocks, &paths, scheme).unwrap().on_scale(Scale::ONE_TO_TEN)
}

/// Answers of `n` respondents to the eight items, whole numbers from 1 to 10.
pub(crate) fn answers(n: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut draw = Draw(seed);
    let one = |_| {
        let quality = draw.normal();
        let value = 0.6 * quality + 0.8 * draw.normal();
        let satisfaction = 0.4 * quality + 0.5 * value + 0.6 * draw.normal();
        let of = [quality, quality, quality, value, value, satisfaction, satisfaction, satisfaction];
        of.map(|construct| (6.0 + 1.5 * construct + draw.normal()).round().clamp(1.0, 10.0)).to_vec()
    };
    (0..n).map(one).collect()
}

pub(crate) fn gathered(model: &Model, rows: &[Vec<f64>]) -> Accumulator {
    let mut all = Accumulator::new(model);
    for row in rows {
        all.push(&row.iter().copied().map(Some).collect::<Vec<_>>()).unwrap();
    }
    all
}

pub(crate) fn fitted(model: &Model, rows: &[Vec<f64>]) -> Fit {
    gathered(model, rows).fit(model).unwrap()
}
