//! Where a path model is something else that has a closed form.

use measures::path_model::{Block, Mode, Model, Path, Scheme};
use nalgebra::{DMatrix, DVector};

use crate::given::{ITEMS, answers, fitted, model};

fn correlations(rows: &[Vec<f64>]) -> DMatrix<f64> {
    let (n, p) = (rows.len(), rows[0].len());
    let mut x = DMatrix::from_fn(n, p, |i, j| rows[i][j]);
    for mut column in x.column_iter_mut() {
        let mean = column.mean();
        column.add_scalar_mut(-mean);
        let length = column.norm();
        column /= length;
    }
    x.tr_mul(&x)
}

fn two_blocks(mode: Mode) -> Model {
    let blocks = vec![
        Block { mode, ..Block::reflective("A", &ITEMS[..4]) },
        Block { mode, ..Block::reflective("B", &ITEMS[4..]) },
    ];
    Model::new(blocks, &[Path::new("A", "B")], Scheme::Factorial).unwrap()
}

#[test]
fn two_blocks_of_mode_a_find_the_first_singular_vectors() {
    let rows = answers(120, 3);
    let fit = fitted(&two_blocks(Mode::A), &rows);
    let cross = correlations(&rows).view((0, 4), (4, 4)).into_owned();
    let svd = cross.svd(true, true);
    let first = svd.singular_values.imax();
    let (u, v) = (svd.u.unwrap(), svd.v_t.unwrap());
    let weights = |range: std::ops::Range<usize>| {
        DVector::from_iterator(4, fit.outer[range].iter().map(|item| item.weight)).normalize()
    };
    assert!((weights(0..4).dot(&u.column(first)).abs() - 1.0).abs() < 1e-12);
    assert!((weights(4..8).dot(&v.row(first).transpose()).abs() - 1.0).abs() < 1e-12);
}

#[test]
fn two_blocks_of_mode_b_find_the_first_canonical_correlation() {
    let rows = answers(120, 4);
    let fit = fitted(&two_blocks(Mode::B), &rows);
    let r = correlations(&rows);
    let root = |start: usize| {
        let block = r.view((start, start), (4, 4)).into_owned().cholesky().unwrap();
        block.l().try_inverse().unwrap()
    };
    let whitened = root(0) * r.view((0, 4), (4, 4)) * root(4).transpose();
    let canonical = whitened.singular_values().max();
    assert!((fit.inner[0].estimate - canonical).abs() < 1e-12, "{} {canonical}", fit.inner[0].estimate);
}

#[test]
fn single_items_give_ordinary_regression() {
    let rows: Vec<Vec<f64>> = answers(60, 5).iter().map(|row| vec![row[0], row[3], row[5]]).collect();
    let blocks = ["x", "z", "y"].map(|name| Block::reflective(name, &[name])).to_vec();
    let paths = [Path::new("x", "y"), Path::new("z", "y")];
    let fit = fitted(&Model::new(blocks, &paths, Scheme::Centroid).unwrap(), &rows);
    let r = correlations(&rows);
    let (xz, xy, zy) = (r[(0, 1)], r[(0, 2)], r[(1, 2)]);
    let b = (xy - xz * zy) / (1.0 - xz * xz);
    let r2 = (xy * xy + zy * zy - 2.0 * xz * xy * zy) / (1.0 - xz * xz);
    let se = ((1.0 - r2) / (1.0 - xz * xz) / 57.0).sqrt();
    let (path, y) = (&fit.inner[0], &fit.constructs[2]);
    assert!((path.estimate - b).abs() < 1e-12 && (path.std_error - se).abs() < 1e-12);
    assert!((path.t.unwrap() - b / se).abs() < 1e-9);
    assert!((y.r2 - r2).abs() < 1e-12 && (y.r2_adj - (1.0 - (1.0 - r2) * 59.0 / 57.0)).abs() < 1e-12);
    assert_eq!((y.cronbach_alpha, y.eig_2, fit.gof), (None, None, None));
    assert!((y.ave.unwrap() - 1.0).abs() < 1e-12 && (y.composite_reliability.unwrap() - 1.0).abs() < 1e-12);
}

#[test]
fn total_effects_are_the_sum_over_all_routes() {
    let fit = fitted(&model(Scheme::Path, [Mode::A; 3]), &answers(80, 6));
    let path =
        |from: &str, to: &str| fit.inner.iter().find(|p| p.from == from && p.to == to).unwrap().estimate;
    let effect = fit.effects.iter().find(|e| e.from == "Quality" && e.to == "Satisfaction").unwrap();
    let through_value = path("Quality", "Value") * path("Value", "Satisfaction");
    assert!((effect.indirect - through_value).abs() < 1e-15);
    assert!((effect.total - through_value - path("Quality", "Satisfaction")).abs() < 1e-15);
    assert_eq!(fit.effects.len(), 3);
}
