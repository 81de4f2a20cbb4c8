//! Lifetime value against customers whose truth is known: made up by the models from a seed.

use measures::Confidence;
use measures::lifetime_value::{
    BgNbd, CountingModel, GammaGamma, Histories, History, Holdout, ParetoNbd, Spending, Verdict, backtest,
};
use proptest::prelude::*;

use self::simulate::{Customer, Random, bg_nbd, pareto_nbd};

#[cfg(test)]
mod simulate;

const BG: [f64; 4] = [0.6, 5.0, 0.8, 2.5];
const PARETO: [f64; 4] = [0.6, 5.0, 0.7, 12.0];

#[cfg(test)]
fn history(customer: &Customer) -> History {
    History::new(customer.x, customer.t_x, customer.t).unwrap()
}

#[cfg(test)]
fn holdout(customers: impl Iterator<Item = Customer>) -> Holdout {
    let mut all = Holdout::new();
    customers.for_each(|customer| all.push(history(&customer), customer.after).unwrap());
    all
}

fn within(estimates: [f64; 4], errors: [f64; 4], truth: [f64; 4]) -> bool {
    let off = |i: usize| ((estimates[i].ln() - truth[i].ln()) / (errors[i] / estimates[i])).abs();
    (0..4).all(|i| off(i) < 3.5)
}

#[test]
fn a_fit_finds_the_parameters_its_customers_were_made_with() {
    for seed in 1..=3 {
        let mut random = Random::new(seed);
        let customers = (0..4000).map(|i| bg_nbd(&mut random, BG, 20.0 + f64::from(i % 20), 0.0));
        let fit = BgNbd::fit(&customers.map(|one| history(&one)).collect::<Histories>()).unwrap();
        let (p, e) = (fit.params, fit.standard_errors.unwrap());
        assert!(within([p.r(), p.alpha(), p.a(), p.b()], [e.r(), e.alpha(), e.a(), e.b()], BG), "{fit:?}");
    }
}

#[test]
fn a_pareto_fit_finds_the_parameters_its_customers_were_made_with() {
    let mut random = Random::new(7);
    let customers = (0..3000).map(|i| pareto_nbd(&mut random, PARETO, 20.0 + f64::from(i % 20), 0.0));
    let fit = ParetoNbd::fit(&customers.map(|one| history(&one)).collect::<Histories>()).unwrap();
    let (p, e) = (fit.params, fit.standard_errors.unwrap());
    assert!(
        within([p.r(), p.alpha(), p.s(), p.beta()], [e.r(), e.alpha(), e.s(), e.beta()], PARETO),
        "{fit:?}"
    );
}

#[test]
fn a_gamma_gamma_fit_finds_the_parameters_its_customers_were_made_with() {
    let ([p, q, v], mut random) = ([5.0, 3.5, 20.0], Random::new(3));
    let mut all = Spending::new();
    for i in 0..5000_u32 {
        let scale = random.gamma(q) / v;
        let x = f64::from(1 + i % 6);
        all.push(u64::from(1 + i % 6), random.gamma(p * x) / scale / x).unwrap();
    }
    let fit = GammaGamma::fit(&all).unwrap();
    let e = fit.standard_errors.unwrap();
    for (estimate, error, truth) in
        [(fit.params.p(), e.p(), p), (fit.params.q(), e.q(), q), (fit.params.v(), e.v(), v)]
    {
        assert!((estimate - truth).abs() < 3.5 * error, "{fit:?}");
    }
}

#[test]
fn standard_errors_cover_the_truth_as_often_as_they_say() {
    let (mut covered, samples) = (0, 60);
    for seed in 0..samples {
        let mut random = Random::new(1000 + seed);
        let customers = (0..600).map(|_| bg_nbd(&mut random, BG, 40.0, 0.0));
        let fit = BgNbd::fit(&customers.map(|one| history(&one)).collect::<Histories>()).unwrap();
        let error = fit.standard_errors.unwrap().r() / fit.params.r();
        covered += u32::from((fit.params.r() / BG[0]).ln().abs() < 1.96 * error);
    }
    // 95 % of 60, give or take three standard deviations.
    assert!(covered >= 51, "{covered} of {samples}");
}

#[test]
fn a_backtest_finds_a_true_model_sound() {
    let mut random = Random::new(11);
    let seen = holdout((0..6000).map(|i| bg_nbd(&mut random, BG, 20.0 + f64::from(i % 10), 25.0)));
    let fit = BgNbd::fit(&seen.histories().unwrap()).unwrap();
    let test = backtest(&CountingModel::BgNbd(fit.params), &seen, 25.0, Confidence::P99).unwrap();
    assert_eq!(test.verdict, Verdict::Sound, "{}", test.sentence);
    assert!(test.bias_interval.unwrap().contains(0.0) && test.total_error.unwrap().abs() < 0.05, "{test:?}");
    assert!(test.rmse < test.own_pace_rmse && test.correlation.unwrap() > 0.5, "{test:?}");
    // In every row of the table the means differ by no more than chance makes them.
    for group in &test.by_frequency {
        let allowed =
            4.0 * ((group.mean_expected * (1.0 + group.mean_expected)) / group.customers as f64).sqrt();
        assert!((group.mean_actual - group.mean_expected).abs() < allowed, "{group:?}");
    }
    assert_eq!(test.by_frequency.len(), 8);
    assert_eq!(test.by_frequency.iter().map(|group| group.customers).sum::<u64>(), 6000);
}

#[test]
fn a_backtest_of_a_true_pareto_model_is_sound_too() {
    let mut random = Random::new(12);
    let seen = holdout((0..4000).map(|_| pareto_nbd(&mut random, PARETO, 30.0, 25.0)));
    let [r, alpha, s, beta] = PARETO;
    let model = CountingModel::ParetoNbd(ParetoNbd::new(r, alpha, s, beta).unwrap());
    let test = backtest(&model, &seen, 25.0, Confidence::P99).unwrap();
    assert!(test.bias_interval.unwrap().contains(0.0), "{test:?}");
    assert_eq!(test.verdict, Verdict::Sound, "{}", test.sentence);
}

#[test]
fn a_backtest_finds_out_what_the_model_could_not_know() {
    let mut random = Random::new(13);
    let made: Vec<Customer> = (0..3000).map(|_| bg_nbd(&mut random, BG, 30.0, 25.0)).collect();
    let fit = BgNbd::fit(&made.iter().map(history).collect()).unwrap();
    let model = CountingModel::BgNbd(fit.params);
    // Two in three stay away after the day.
    let fewer = made
        .iter()
        .enumerate()
        .map(|(i, one)| Customer { after: if i % 3 == 0 { one.after } else { 0 }, ..*one });
    let test = backtest(&model, &holdout(fewer), 25.0, Confidence::P95).unwrap();
    assert_eq!(test.verdict, Verdict::Unsound, "{}", test.sentence);
    assert!(test.total_error.unwrap() > 1.0 && test.bias > 0.0);
    let few = backtest(&model, &holdout(made.into_iter().take(4)), 25.0, Confidence::P95).unwrap();
    assert_eq!(few.verdict, Verdict::Undecided, "{}", few.sentence);
}

#[test]
fn a_fit_is_the_same_however_customers_come_in() {
    let mut random = Random::new(5);
    let made: Vec<History> =
        (0..3000).map(|i| history(&bg_nbd(&mut random, BG, 20.0 + f64::from(i % 20), 0.0))).collect();
    let one = BgNbd::fit(&made.iter().copied().collect()).unwrap();
    let other = BgNbd::fit(&made.iter().rev().copied().collect()).unwrap();
    assert_eq!(one, other);
    // Every customer twice: the same parameters, twice the likelihood, errors smaller by √2.
    let mut twice = Histories::new();
    made.iter().for_each(|one| twice.push_count(*one, 2).unwrap());
    let twice = BgNbd::fit(&twice).unwrap();
    assert!((twice.params.r() / one.params.r() - 1.0).abs() < 1e-6);
    assert!((twice.log_likelihood / one.log_likelihood - 2.0).abs() < 1e-9);
    let narrower = one.standard_errors.unwrap().b() / twice.standard_errors.unwrap().b();
    assert!((narrower - 2.0_f64.sqrt()).abs() < 1e-4, "{narrower}");
}

#[test]
fn a_fit_does_not_depend_on_the_unit_of_time() {
    let mut random = Random::new(6);
    let made: Vec<Customer> = (0..1500).map(|_| bg_nbd(&mut random, BG, 30.0, 0.0)).collect();
    let fit = |unit: f64| {
        let in_unit = |one: &Customer| History::new(one.x, one.t_x * unit, one.t * unit).unwrap();
        (
            BgNbd::fit(&made.iter().map(in_unit).collect()).unwrap(),
            ParetoNbd::fit(&made.iter().map(in_unit).collect()).unwrap(),
        )
    };
    let ((weeks, pareto_weeks), (days, pareto_days)) = (fit(1.0), fit(7.0));
    assert!((days.params.r() / weeks.params.r() - 1.0).abs() < 1e-4);
    assert!((days.params.alpha() / weeks.params.alpha() - 7.0).abs() < 1e-3);
    assert!(
        (pareto_days.params.beta() / pareto_weeks.params.beta() - 7.0).abs() < 1e-2,
        "{pareto_weeks:?} {pareto_days:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn histories_merge_in_any_order(
        customers in prop::collection::vec((0usize..3, 0u64..4, 0u8..5, 5u8..9), 0..60), missing in 0u64..3,
    ) {
        let (mut whole, mut parts) = (Histories::new(), [Histories::new(), Histories::new(), Histories::new()]);
        for (part, x, t_x, t) in customers {
            let one = History::new(x, if x == 0 { 0.0 } else { f64::from(t_x) }, f64::from(t)).unwrap();
            whole.push(one).unwrap();
            parts[part].push(one).unwrap();
        }
        whole.push_missing(missing).unwrap();
        parts[1].push_missing(missing).unwrap();
        let [mut forward, middle, last] = parts.clone();
        forward.merge(&middle).unwrap();
        forward.merge(&last).unwrap();
        let [first, middle, mut backward] = parts;
        backward.merge(&middle).unwrap();
        backward.merge(&first).unwrap();
        let model = BgNbd::new(0.5, 3.0, 1.0, 2.0).unwrap();
        for merged in [forward, backward] {
            prop_assert!(merged.distinct().eq(whole.distinct()));
            prop_assert_eq!(merged.n(), whole.n());
            prop_assert_eq!(merged.missing(), whole.missing());
            prop_assert_eq!(model.log_likelihood(&merged), model.log_likelihood(&whole));
        }
    }

    #[test]
    fn any_few_customers_end_in_a_fit_or_a_refusal(
        customers in prop::collection::vec((0u64..6, 0.0..=1.0f64, 0.0..60.0f64), 1..8),
    ) {
        let one = |(x, share, t): &(u64, f64, f64)| History::new(*x, if *x == 0 { 0.0 } else { share * t }, *t).unwrap();
        let histories: Histories = customers.iter().map(one).collect();
        if let Ok(fit) = BgNbd::fit(&histories) {
            let p = fit.params;
            prop_assert!([p.r(), p.alpha(), p.a(), p.b(), fit.log_likelihood].iter().all(|x| x.is_finite()));
        }
        if let Ok(fit) = ParetoNbd::fit(&histories) {
            let p = fit.params;
            prop_assert!([p.r(), p.alpha(), p.s(), p.beta(), fit.log_likelihood].iter().all(|x| x.is_finite()));
        }
    }
}
