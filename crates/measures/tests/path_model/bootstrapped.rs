//! Whether bootstrapped intervals hold what they claim.

use measures::Confidence;
use measures::path_model::{Block, Mode, Model, Path, Plan, Rows, Scheme, bootstrap};

use crate::given::{Draw, answers, model};

#[test]
fn a_bootstrap_depends_on_its_seed_alone() {
    let model = model(Scheme::Path, [Mode::A; 3]);
    let mut rows = Rows::new(&model);
    answers(50, 8)
        .iter()
        .for_each(|row| rows.push(&row.iter().copied().map(Some).collect::<Vec<_>>()).unwrap());
    let plan = Plan { replicates: 40, seed: 5, confidence: Confidence::P95 };
    let one = bootstrap(&model, &rows, &plan).unwrap();
    assert_eq!(one, bootstrap(&model, &rows, &plan).unwrap());
    assert_ne!(one, bootstrap(&model, &rows, &Plan { seed: 6, ..plan }).unwrap());
    let fit = rows.fit(&model).unwrap();
    assert!((one.paths[0].2.estimate.unwrap() - fit.inner[0].estimate).abs() < 1e-12);
    assert!((one.index_0_100[1].1.estimate.unwrap() - fit.constructs[1].index_0_100.unwrap()).abs() < 1e-9);
    for replicates in [0, 1, 10_001] {
        assert_eq!(
            bootstrap(&model, &rows, &Plan { replicates, ..plan }).unwrap_err().code(),
            "out_of_range"
        );
    }
}

#[test]
fn bootstrapped_intervals_hold_a_true_correlation_as_often_as_they_claim() {
    let blocks = vec![Block::reflective("A", &["a"]), Block::reflective("B", &["b"])];
    let model = Model::new(blocks, &[Path::new("A", "B")], Scheme::Path).unwrap();
    let mut draw = Draw(11);
    let (mut held, mut errors) = (0, 0.0);
    let samples = 80;
    for seed in 0..samples {
        let mut rows = Rows::new(&model);
        for _ in 0..80 {
            let (a, b) = (draw.normal(), draw.normal());
            rows.push(&[Some(a), Some(0.6 * a + 0.8 * b)]).unwrap();
        }
        let plan = Plan { replicates: 100, seed, confidence: Confidence::P90 };
        let (_, _, path) = bootstrap(&model, &rows, &plan).unwrap().paths[0].clone();
        held += i32::from(path.ci.unwrap().contains(0.6));
        errors += path.std_error.unwrap();
    }
    // 90 % of 80 are 72; the spread of that count is 2.7, and percentile intervals are a little short.
    assert!((63..=79).contains(&held), "{held}");
    // Standard error of a correlation of normal numbers: (1 − ρ²) / √n.
    assert!((errors / samples as f64 / (0.64 / 80.0_f64.sqrt()) - 1.0).abs() < 0.05, "{errors}");
}
