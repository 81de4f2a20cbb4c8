//! Quadrants.

use measures::importance_performance::{Crosshair, Quadrant, Rating, quadrants};
use proptest::prelude::*;

proptest! {
    #[test]
    fn quadrants_follow_their_items_and_not_the_units(
        items in prop::collection::vec((0..10_i32, 0..10_i32), 1..30), shift in -50..50_i32,
    ) {
        let of = |items: &[(i32, i32)], shift: i32| -> Vec<Rating> {
            items
                .iter()
                .map(|(i, p)| Rating { importance: Some(f64::from(i + shift)), performance: Some(f64::from(*p)) })
                .collect()
        };
        for crosshair in [Crosshair::Mean, Crosshair::Median] {
            let grid = quadrants(&of(&items, 0), crosshair).unwrap();
            let mut turned = items.clone();
            turned.reverse();
            let mut back = quadrants(&of(&turned, 0), crosshair).unwrap().quadrants;
            back.reverse();
            prop_assert_eq!(&back, &grid.quadrants);
            // Means of shifted whole numbers may round otherwise by the last digit: medians do not.
            if crosshair == Crosshair::Median {
                prop_assert_eq!(quadrants(&of(&items, shift), crosshair).unwrap().quadrants, grid.quadrants);
            }
        }
    }
}

#[test]
fn equal_items_lie_on_their_own_crosshair() {
    for value in [0.1, 7.3, 1.0 / 3.0] {
        let item = Rating { importance: Some(value), performance: Some(value) };
        for n in 1..40 {
            let grid = quadrants(&vec![item; n], Crosshair::Mean).unwrap();
            assert_eq!(grid.quadrants, vec![Some(Quadrant::KeepUp); n]);
        }
    }
}

#[test]
fn an_item_without_a_figure_is_in_no_quadrant_and_moves_no_crosshair() {
    let item = |importance, performance| Rating { importance, performance };
    let items = [item(Some(2.0), Some(2.0)), item(Some(1e5), None), item(Some(4.0), Some(4.0))];
    let grid = quadrants(&items, Crosshair::Mean).unwrap();
    assert_eq!((grid.importance_cross, grid.n, grid.missing), (3.0, 2, 1));
    assert_eq!(grid.quadrants, [Some(Quadrant::LowPriority), None, Some(Quadrant::KeepUp)]);
    assert_eq!(quadrants(&[item(None, None)], Crosshair::Mean).unwrap_err().code(), "empty_sample");
    assert_eq!(quadrants(&[], Crosshair::Median).unwrap_err().code(), "empty_sample");
    let infinite = Crosshair::At { importance: f64::INFINITY, performance: 0.0 };
    assert_eq!(quadrants(&items, infinite).unwrap_err().code(), "out_of_range");
}
