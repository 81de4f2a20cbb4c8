//! What makes no model, and what no model can be fitted to.

use measures::path_model::{Block, Mode, Model, Path, Scheme};

use crate::given::{fitted, gathered};

#[test]
fn what_makes_no_model_is_refused() {
    let blocks = || vec![Block::reflective("A", &["a"]), Block::reflective("B", &["b"])];
    let code =
        |blocks: Vec<Block>, paths: &[Path]| Model::new(blocks, paths, Scheme::Path).unwrap_err().code();
    let ab = Path::new("A", "B");
    assert_eq!(code(blocks(), &[]), "bad_shape");
    assert_eq!(code(vec![], std::slice::from_ref(&ab)), "bad_shape");
    assert_eq!(code(blocks(), &[ab.clone(), ab.clone()]), "bad_shape");
    assert_eq!(code(blocks(), &[ab.clone(), Path::new("B", "C")]), "bad_shape");
    assert_eq!(code(blocks(), &[ab.clone(), Path::new("B", "A")]), "cyclic");
    assert_eq!(code(blocks(), &[Path::new("A", "A")]), "cyclic");
    assert_eq!(
        code(vec![Block::reflective("A", &["a"]), Block::reflective("B", &["a"])], std::slice::from_ref(&ab)),
        "bad_shape"
    );
    assert_eq!(
        code(vec![Block::reflective("A", &["a"]), Block::reflective("B", &[])], std::slice::from_ref(&ab)),
        "bad_shape"
    );
    assert_eq!(
        code(vec![Block::reflective("A", &["a"]), Block::reflective("A", &["b"])], &[ab]),
        "bad_shape"
    );
}

#[test]
fn what_cannot_be_fitted_is_refused_with_its_reason() {
    let code = |rows: &[[f64; 3]], mode| {
        let blocks =
            vec![Block { mode, ..Block::reflective("A", &["a", "b"]) }, Block::reflective("C", &["c"])];
        let model = Model::new(blocks, &[Path::new("A", "C")], Scheme::Factorial).unwrap();
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        gathered(&model, &rows).fit(&model).unwrap_err().code()
    };
    assert_eq!(code(&[], Mode::A), "too_few");
    assert_eq!(code(&[[1.0, 2.0, 3.0], [2.0, 1.0, 2.0]], Mode::A), "too_few");
    assert_eq!(code(&[[1.0, 2.0, 3.0], [2.0, 2.0, 1.0], [3.0, 2.0, 2.0]], Mode::A), "zero_variance");
    // The second item is the first.
    assert_eq!(
        code(&[[1.0, 1.0, 3.0], [2.0, 2.0, 1.0], [3.0, 3.0, 2.0], [5.0, 5.0, 9.0]], Mode::B),
        "singular"
    );
    // The second item undoes the first.
    assert_eq!(
        code(&[[1.0, 9.0, 3.0], [2.0, 8.0, 1.0], [3.0, 7.0, 2.0], [5.0, 5.0, 9.0]], Mode::A),
        "zero_variance"
    );
    // Nothing in common: (a, b) runs round a square, c changes with neither.
    let square = [[0.0, 0.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0]];
    assert_eq!(code(&square, Mode::A), "zero_variance");
}

#[test]
fn what_explains_everything_leaves_no_t() {
    let blocks = vec![Block::reflective("A", &["a"]), Block::reflective("B", &["b"])];
    let model = Model::new(blocks, &[Path::new("A", "B")], Scheme::Path).unwrap();
    let fit = fitted(&model, &[vec![1.0, 3.0], vec![2.0, 5.0], vec![4.0, 9.0]]);
    assert!((fit.inner[0].estimate - 1.0).abs() < 1e-12 && fit.inner[0].std_error < 1e-7);
    assert!(fit.inner[0].t.is_none_or(f64::is_finite));
}
