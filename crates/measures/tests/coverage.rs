//! Intervals hold the truth as often as they claim, in seeded simulations.

use measures::Confidence;
use measures::Interval;
use measures::agreement::{Disagreement, Items, TwoRaters};
use measures::tests::{Pairs, Sample, regression, welch};

const TRIALS: u32 = 1_500;

/// Bell-shaped numbers: xorshift (Marsaglia, 2003), then Box and Muller.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }
}

/// How often an interval of 90 % holds what it is to hold.
#[track_caller]
fn holds(truth: f64, mut interval: impl FnMut(&mut Chance) -> Interval) {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let held: u32 = (0..TRIALS).map(|_| u32::from(interval(&mut chance).contains(truth))).sum();
    let share = f64::from(held) / f64::from(TRIALS);
    // Four standard errors of a share near 90 %, and little more for approximations.
    assert!((share - 0.9).abs() < 0.035, "{share}");
}

#[test]
fn a_difference_of_means_with_unequal_spreads() {
    holds(1.0, |chance| {
        let (mut a, mut b) = (Sample::new(), Sample::new());
        (0..12).for_each(|_| a.push(3.0 + chance.normal()).unwrap());
        (0..7).for_each(|_| b.push(2.0 + 4.0 * chance.normal()).unwrap());
        welch(&a, &b, Confidence::P90).unwrap().ci
    });
}

#[test]
fn a_correlation() {
    holds(0.6, |chance| {
        let mut pairs = Pairs::new();
        for _ in 0..20 {
            let (x, rest) = (chance.normal(), chance.normal());
            pairs.push(x, 0.6 * x + 0.8 * rest).unwrap();
        }
        pairs.pearson(Confidence::P90).unwrap().ci.unwrap()
    });
}

#[test]
fn a_slope() {
    let x: Vec<Vec<f64>> = (0..12).map(|i| vec![f64::from(i), f64::from(i * i % 5)]).collect();
    holds(0.5, |chance| {
        let y: Vec<f64> = x.iter().map(|x| 2.0 + 0.5 * x[0] - x[1] + 3.0 * chance.normal()).collect();
        regression(&x, &y, Confidence::P90).unwrap().ci[1]
    });
}

#[test]
fn the_consistency_of_questions() {
    // Four questions, each half truth and half noise: alpha is 4·0.5 / (1 + 3·0.5).
    holds(0.8, |chance| {
        let mut items = Items::new(4).unwrap();
        for _ in 0..30 {
            let truth = chance.normal();
            let answers = [(); 4].map(|()| Some(truth + chance.normal()));
            items.push(&answers).unwrap();
        }
        items.alpha(Confidence::P90).unwrap().ci.unwrap()
    });
}

#[test]
fn kappa_with_its_standard_error() {
    // Both see the truth (one of three, alike) with 80 %, else guess: they agree with 0.64 + 0.36/3, kappa is 0.64.
    holds(0.64, |chance| {
        let mut raters = TwoRaters::new(3).unwrap();
        for _ in 0..150 {
            let truth = (chance.share() * 3.0) as usize;
            let mut seen = || if chance.share() < 0.8 { truth } else { (chance.share() * 3.0) as usize };
            raters.push(seen(), seen()).unwrap();
        }
        let found = raters.kappa(Disagreement::Unweighted).unwrap();
        Interval::around(found.kappa.unwrap(), Confidence::P90.z() * found.se.unwrap())
    });
}
