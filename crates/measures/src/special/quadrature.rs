//! Integrals of smooth functions.

/// Points (half of them: the rule is symmetric) and weights of Gauss's rule of eight points on −1 to 1.
pub(crate) const GAUSS_8: &[(f64, f64)] = &[
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_27),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_2, 0.101_228_536_290_376_26),
];

/// The same of sixteen points.
pub(crate) const GAUSS_16: &[(f64, f64)] = &[
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
];

/// Halvings one panel may see, and panels in all: what bounds the work on any function.
const DEEPEST: u32 = 30;
const MOST_PANELS: u32 = 500;

/// Integrals of several functions at once over the panels between `breaks`, which rise. A panel is halved until doing
/// so changes nothing that counts.
pub(crate) fn integrate<const K: usize>(breaks: &[f64], function: impl Fn(f64) -> [f64; K]) -> [f64; K] {
    let mut total = [0.0; K];
    let mut open: Vec<(f64, f64, [f64; K], u32)> =
        breaks.windows(2).map(|ends| (ends[0], ends[1], panel(ends[0], ends[1], &function), 0)).collect();
    let mut scale = [0.0; K];
    for (_, _, rough, _) in &open {
        add(&mut scale, rough);
    }
    let mut panels = 0;
    while let Some((from, to, rough, depth)) = open.pop() {
        let middle = f64::midpoint(from, to);
        let (left, right) = (panel(from, middle, &function), panel(middle, to, &function));
        panels += 1;
        let mut fine = left;
        add(&mut fine, &right);
        let settled = (0..K).all(|at| (fine[at] - rough[at]).abs() <= 1e-14 * scale[at].abs());
        if settled || depth >= DEEPEST || panels >= MOST_PANELS {
            add(&mut total, &fine);
        } else {
            open.push((from, middle, left, depth + 1));
            open.push((middle, to, right, depth + 1));
        }
    }
    total
}

fn add<const K: usize>(to: &mut [f64; K], what: &[f64; K]) {
    for (sum, term) in to.iter_mut().zip(what) {
        *sum += term;
    }
}

/// One panel by the rule of sixteen points.
fn panel<const K: usize>(from: f64, to: f64, function: &impl Fn(f64) -> [f64; K]) -> [f64; K] {
    let (centre, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    let mut sum = [0.0; K];
    for (point, weight) in GAUSS_16 {
        for at in [centre - half * point, centre + half * point] {
            for (sum, value) in sum.iter_mut().zip(function(at)) {
                *sum += half * weight * value;
            }
        }
    }
    sum
}

/// Rising ends of panels from `from` to `to`: around each place where something happens, given with its width, panels
/// start that narrow and double.
pub(crate) fn breaks_around(from: f64, to: f64, places: &[(f64, f64)]) -> Vec<f64> {
    let mut breaks = vec![from, to];
    for (place, width) in places {
        let place = place.clamp(from, to);
        breaks.push(place);
        let mut reach = *width;
        while reach < to - from {
            breaks.extend([place - reach, place + reach].into_iter().filter(|end| *end > from && *end < to));
            reach *= 2.0;
        }
    }
    breaks.sort_unstable_by(f64::total_cmp);
    breaks.dedup();
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_integrals_are_found() {
        let [all, mean] = integrate(&[0.0, 1.0, 50.0], |x| [(-x).exp(), x * (-x).exp()]);
        assert!((all - 1.0).abs() < 1e-15 && (mean - 1.0).abs() < 1e-15, "{all} {mean}");
        // A needle in a wide range.
        let breaks = breaks_around(-1e6, 1e6, &[(3.0, 1e-3)]);
        let [needle] = integrate(&breaks, |x| [(-0.5 * ((x - 3.0) / 1e-3).powi(2)).exp()]);
        assert!((needle / (1e-3 * (2.0 * std::f64::consts::PI).sqrt()) - 1.0).abs() < 1e-13, "{needle}");
    }

    #[test]
    fn a_function_that_never_settles_ends() {
        let [sum] = integrate(&[0.0, 1.0], |x| [(1.0 / (x + 1e-12)).sin()]);
        assert!(sum.is_finite());
        assert_eq!(integrate(&[0.0, 1.0], |_| [0.0]), [0.0]);
    }
}
