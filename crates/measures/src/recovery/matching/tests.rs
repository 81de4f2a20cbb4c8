use proptest::prelude::*;

use super::*;

/// A small generator (Marsaglia 2003, xorshift), so that simulations are the same everywhere.
struct Chance(u64);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Box–Muller.
    fn normal(&mut self) -> f64 {
        let (u, v) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (2.0 * std::f64::consts::PI * v).cos()
    }
}

/// Customers of whom the loyal are both happier and likelier to complain: recovery adds `effect` to the outcome.
fn world(chance: &mut Chance, n: usize, effect: f64) -> (Vec<Customer>, Vec<Customer>) {
    let (mut recovered, mut others) = (Vec::new(), Vec::new());
    for _ in 0..n {
        let (tenure, spend) = (chance.normal(), chance.normal());
        let complains = chance.uniform() < 0.3 / (1.0 + (-1.2 * tenure - 0.5 * spend).exp());
        let outcome = 7.0 + 1.5 * tenure + 0.5 * spend + chance.normal();
        let covariates = vec![12.0 + 6.0 * tenure, 400.0 + 90.0 * spend];
        if complains {
            recovered.push(Customer { outcome: outcome + effect, covariates });
        } else {
            others.push(Customer { outcome, covariates });
        }
    }
    (recovered, others)
}

fn strata(customers: &[Customer], edges: &[f64]) -> Vec<(String, f64)> {
    let band = |x: f64| edges.partition_point(|edge| *edge <= x);
    customers
        .iter()
        .map(|c| {
            (
                format!(
                    "{}/{}",
                    band((c.covariates[0] - 12.0) / 6.0),
                    band((c.covariates[1] - 400.0) / 90.0)
                ),
                c.outcome,
            )
        })
        .collect()
}

fn in_strata(rows: &[(String, f64)]) -> Vec<InStratum<'_>> {
    rows.iter().map(|(stratum, outcome)| InStratum { outcome: *outcome, stratum }).collect()
}

/// The effect is 0.4 and the plain comparison sees far more; the matched one does not, and its interval holds the truth
/// about as often as it claims.
#[test]
fn matching_finds_the_effect_that_a_plain_comparison_misses() {
    let mut chance = Chance(20_061);
    let (mut naive, mut matched, mut held, rounds) = (0.0, 0.0, 0, 150);
    for _ in 0..rounds {
        let (recovered, others) = world(&mut chance, 400, 0.4);
        let found = matched_effect(&recovered, &others, 0.5, Confidence::P95).unwrap();
        naive += found.naive_difference / f64::from(rounds);
        matched += found.effect.unwrap() / f64::from(rounds);
        held += u32::from(found.ci.unwrap().contains(0.4));
    }
    assert!(naive > 1.2, "{naive}");
    assert!((matched - 0.4).abs() < 0.08, "{matched}");
    let coverage = f64::from(held) / f64::from(rounds);
    assert!((0.90..=0.99).contains(&coverage), "{coverage}");
}

#[test]
fn matching_balances_what_it_matches_on() {
    let (recovered, others) = world(&mut Chance(7), 3_000, 0.4);
    let found = matched_effect(&recovered, &others, 0.25, Confidence::P95).unwrap();
    let [tenure, spend] = &found.balance[..] else { panic!("{found:?}") };
    assert!(tenure.smd_before.unwrap() > 0.5 && spend.smd_before.unwrap() > 0.1, "{found:?}");
    assert!(tenure.smd_after.unwrap().abs() < 0.03 && spend.smd_after.unwrap().abs() < 0.03, "{found:?}");
    assert_eq!(found.matched + found.unmatched, found.recovered);
    assert!(found.unmatched < found.recovered / 10);
}

#[test]
fn strata_remove_most_of_the_bias_too() {
    let mut chance = Chance(1_968);
    let (mut naive, mut found_mean, mut held, rounds) = (0.0, 0.0, 0, 150);
    for _ in 0..rounds {
        let (recovered, others) = world(&mut chance, 400, 0.4);
        // The truth within strata: outcomes hang on the band alone.
        let edges = [-1.0, -0.3, 0.3, 1.0];
        let flat = |rows: Vec<(String, f64)>, customers: &[Customer]| -> Vec<(String, f64)> {
            rows.into_iter()
                .zip(customers)
                .map(|((stratum, outcome), c)| {
                    let band = edges.partition_point(|edge| *edge <= (c.covariates[0] - 12.0) / 6.0);
                    let (tenure, spend) = ((c.covariates[0] - 12.0) / 6.0, (c.covariates[1] - 400.0) / 90.0);
                    (stratum, outcome - 1.5 * tenure - 0.5 * spend + band as f64)
                })
                .collect()
        };
        let one = flat(strata(&recovered, &edges), &recovered);
        let other = flat(strata(&others, &edges), &others);
        let found = stratified_effect(&in_strata(&one), &in_strata(&other), Confidence::P95).unwrap();
        naive += found.naive_difference / f64::from(rounds);
        found_mean += found.effect.unwrap() / f64::from(rounds);
        held += u32::from(found.ci.unwrap().contains(0.4));
    }
    assert!(naive > 1.0, "{naive}");
    assert!((found_mean - 0.4).abs() < 0.05, "{found_mean}");
    let coverage = f64::from(held) / f64::from(rounds);
    assert!((0.90..=0.99).contains(&coverage), "{coverage}");
}

fn of(outcome: f64, at: f64) -> Customer {
    Customer { outcome, covariates: vec![at] }
}

#[test]
fn one_to_one_it_is_the_paired_interval() {
    let recovered = [of(5.0, 1.0), of(7.0, 2.0), of(9.0, 3.0), of(6.0, 4.0)];
    let others = [of(4.0, 1.0), of(4.0, 2.0), of(7.0, 3.0), of(6.0, 4.0)];
    let found = matched_effect(&recovered, &others, 0.1, Confidence::P95).unwrap();
    // Differences 1, 3, 2, 0: mean 1.5, variance 5/3.
    assert_eq!(found.effect, Some(1.5));
    assert!((found.se.unwrap() - (5.0 / 3.0 / 4.0_f64).sqrt()).abs() < 1e-15);
    let half = Confidence::P95.student_t(3.0) * found.se.unwrap();
    assert!((found.ci.unwrap().high - 1.5 - half).abs() < 1e-12);
}

/// Two recovered share the one at 1, one is alone, one lies midway between two.
#[test]
fn sharing_and_ties_are_worked_out_as_by_hand() {
    let recovered = [of(5.0, 1.0), of(7.0, 1.0), of(9.0, 3.0), of(8.0, 50.0)];
    let others = [of(4.0, 1.0), of(4.0, 2.0), of(7.0, 4.0)];
    let found = matched_effect(&recovered, &others, 0.1, Confidence::P95).unwrap();
    assert_eq!((found.matched, found.unmatched, found.others_used), (3, 1, 3));
    // Differences 1, 3, 9 − (4 + 7)/2 = 3.5.
    assert_eq!(found.effect, Some(2.5));
    // Σ(d − 2.5)² = 3.5; the shared one counts 2² − 2 = 2 times ½(4 − 4)² = 0.
    assert!((found.se.unwrap() - (3.5 / 6.0_f64).sqrt()).abs() < 1e-15, "{found:?}");
    assert_eq!(found.balance[0].others_after, Some(5.0 / 3.0));
}

#[test]
fn nobody_alike_is_an_answer_and_nonsense_is_none() {
    let (recovered, others) = ([of(5.0, 1.0), of(6.0, 1.0)], [of(4.0, 2.0), of(3.0, 2.0)]);
    let apart = matched_effect(&recovered, &others, 100.0, Confidence::P95).unwrap();
    assert_eq!((apart.matched, apart.effect, apart.se, apart.ci), (0, None, None, None));
    assert_eq!((apart.naive_difference, apart.balance[0].smd_before), (2.0, None));
    let same = matched_effect(&recovered, &[of(4.0, 1.0), of(4.0, 1.0)], 0.25, Confidence::P95).unwrap();
    assert_eq!((same.matched, same.effect), (2, Some(1.5)));
    for (one, other, caliper, code) in [
        (&recovered[..1], &others[..], 1.0, "too_few"),
        (&recovered[..], &others[..1], 1.0, "too_few"),
        (&recovered[..], &others[..], 0.0, "out_of_range"),
        (&recovered[..], &others[..], f64::NAN, "out_of_range"),
        (&recovered[..], &[of(1e200, 1.0), of(1.0, 1.0)], 1.0, "out_of_range"),
        (&recovered[..], &[Customer { outcome: 1.0, covariates: vec![] }, of(1.0, 1.0)], 1.0, "bad_shape"),
    ] {
        assert_eq!(matched_effect(one, other, caliper, Confidence::P95).unwrap_err().code(), code);
    }
    let alone = [InStratum { outcome: 1.0, stratum: "a" }, InStratum { outcome: 2.0, stratum: "b" }];
    let singles = stratified_effect(&alone, &alone, Confidence::P95).unwrap();
    assert_eq!((singles.effect, singles.se), (Some(0.0), None));
}

#[test]
fn extreme_units_give_numbers_or_nothing_but_never_nan() {
    for unit in [1e-160, 1e-90, 1.0, 1e90] {
        let recovered = [of(unit, unit), of(unit * 2.0, unit * 3.0), of(0.0, 0.0)];
        let others = [of(unit, unit), of(0.0, unit * 3.0), of(-unit, unit * 2.0)];
        let found = matched_effect(&recovered, &others, 0.25, Confidence::P95).unwrap();
        for x in [found.effect, found.se, found.balance[0].smd_after].into_iter().flatten() {
            assert!(x.is_finite(), "{unit}: {found:?}");
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_customers_changes_nothing(
        rows in prop::collection::vec((0..20_u8, 0..6_u8, 0..4_u8), 4..40), caliper in 0.01..3.0_f64,
    ) {
        let customers: Vec<Customer> = rows
            .iter()
            .map(|&(y, a, b)| Customer { outcome: f64::from(y) / 7.0, covariates: vec![f64::from(a), f64::from(b)] })
            .collect();
        let (one, other) = customers.split_at(customers.len() / 2);
        let turned = |side: &[Customer]| side.iter().rev().cloned().collect::<Vec<_>>();
        let found = matched_effect(one, other, caliper, Confidence::P95).unwrap();
        prop_assert_eq!(&found, &matched_effect(&turned(one), &turned(other), caliper, Confidence::P95).unwrap());
        // A shift of every outcome on one side shifts the effect.
        let shifted: Vec<Customer> =
            one.iter().map(|c| Customer { outcome: c.outcome + 8.0, covariates: c.covariates.clone() }).collect();
        let more = matched_effect(&shifted, other, caliper, Confidence::P95).unwrap();
        prop_assert!(more.effect.zip(found.effect).is_none_or(|(a, b)| (a - b - 8.0).abs() < 1e-9));
        prop_assert_eq!(more.matched, found.matched);
    }

    /// With a caliper too small for anyone but the alike, both ways of matching give one effect.
    #[test]
    fn exact_neighbours_are_strata(rows in prop::collection::vec((0..20_u8, 0..4_u8), 4..40)) {
        let names = ["a", "b", "c", "d"];
        let customers: Vec<Customer> = rows.iter().map(|&(y, at)| of(f64::from(y), f64::from(at))).collect();
        let strata: Vec<InStratum<'_>> = rows
            .iter()
            .map(|&(y, at)| InStratum { outcome: f64::from(y), stratum: names[usize::from(at)] })
            .collect();
        let half = rows.len() / 2;
        let near = matched_effect(&customers[..half], &customers[half..], 1e-9, Confidence::P95).unwrap();
        let exact = stratified_effect(&strata[..half], &strata[half..], Confidence::P95).unwrap();
        prop_assert_eq!((near.matched, near.others_used), (exact.matched, exact.others_used));
        prop_assert!(near.effect.zip(exact.effect).is_none_or(|(a, b)| (a - b).abs() < 1e-12));
        prop_assert_eq!(near.effect.is_some(), exact.effect.is_some());
    }
}
