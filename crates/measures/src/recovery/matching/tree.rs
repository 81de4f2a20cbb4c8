//! Nearest neighbours by a tree over space.

use super::cells::Cell;
use crate::Error;

/// Points looked at in all searches together before giving up: random covariates take far fewer, and what takes more
/// lies equally far from everything.
const MOST_VISITS: u64 = 1_000_000_000;

/// Points split in halves along the axis they spread most on, again and again. Distances are Euclidean, every axis
/// measured in its own unit.
pub(super) struct Tree<'a> {
    cells: &'a [Cell],
    units: &'a [f64],
    /// Indices of cells; the middle of every range splits it.
    order: Vec<usize>,
    /// Axis of the split at each place of `order`.
    axes: Vec<usize>,
    visits: u64,
}

/// All points at the smallest distance found.
struct Search {
    skip: Option<usize>,
    squared: f64,
    found: Vec<usize>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(cells: &'a [Cell], units: &'a [f64]) -> Self {
        let mut tree =
            Self { cells, units, order: (0..cells.len()).collect(), axes: vec![0; cells.len()], visits: 0 };
        let mut ranges = vec![(0, cells.len())];
        while let Some((low, high)) = ranges.pop() {
            if high - low < 2 {
                continue;
            }
            let axis = tree.widest(low, high);
            let middle = usize::midpoint(low, high);
            let by_axis = |a: &usize, b: &usize| cells[*a].at[axis].total_cmp(&cells[*b].at[axis]);
            tree.order[low..high].select_nth_unstable_by(middle - low, by_axis);
            tree.axes[middle] = axis;
            ranges.extend([(low, middle), (middle + 1, high)]);
        }
        tree
    }

    /// Axis on which a range spreads most.
    fn widest(&self, low: usize, high: usize) -> usize {
        let width = |axis: usize| {
            let values = self.order[low..high].iter().map(|&cell| self.cells[cell].at[axis]);
            let (least, most) =
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
            (most - least) / self.units[axis]
        };
        (0..self.units.len()).max_by(|&a, &b| width(a).total_cmp(&width(b))).unwrap_or(0)
    }

    /// Every cell at the smallest distance from `target`, none farther than `within`, `skip` left out; in the order of
    /// cells.
    pub(super) fn nearest(
        &mut self,
        target: &[f64],
        within: f64,
        skip: Option<usize>,
    ) -> Result<Vec<usize>, Error> {
        let mut search = Search { skip, squared: within * within, found: Vec::new() };
        // Ranges still to look at, with the least squared distance anything in them can have.
        let mut ranges = vec![(0, self.order.len(), 0.0)];
        while let Some((low, high, least)) = ranges.pop() {
            if low >= high || least > search.squared {
                continue;
            }
            self.visits += 1;
            if self.visits > MOST_VISITS {
                let what =
                    "nearest customers, where too many are equally far: use fewer covariates, or strata";
                return Err(Error::NotFound { what });
            }
            let middle = usize::midpoint(low, high);
            let cell = self.order[middle];
            search.look_at(cell, self.squared_distance(target, cell));
            let axis = self.axes[middle];
            let gap = (target[axis] - self.cells[cell].at[axis]) / self.units[axis];
            let (below, above) = ((low, middle), (middle + 1, high));
            let (near, far) = if gap < 0.0 { (below, above) } else { (above, below) };
            // The nearer half is taken from the stack first.
            ranges.push((far.0, far.1, gap * gap));
            ranges.push((near.0, near.1, least));
        }
        search.found.sort_unstable();
        Ok(search.found)
    }

    /// Differences before division, so that neighbours on both sides of a whole number tie exactly.
    fn squared_distance(&self, target: &[f64], cell: usize) -> f64 {
        let axes = target.iter().zip(&self.cells[cell].at).zip(self.units);
        axes.map(|((a, b), unit)| (a - b) / unit).map(|gap| gap * gap).sum()
    }
}

impl Search {
    fn look_at(&mut self, cell: usize, squared: f64) {
        if Some(cell) == self.skip || squared > self.squared {
            return;
        }
        if squared < self.squared {
            self.found.clear();
            self.squared = squared;
        }
        self.found.push(cell);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cells::cells;
    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_looking_at_all_finds(
            points in prop::collection::vec(prop::array::uniform3(-4..4_i8), 1..60),
            target in prop::array::uniform3(-5..5_i8), within in 0.0..9.0_f64, skip in prop::option::of(0..5_usize),
        ) {
            let cells = cells(points.iter().map(|p| (p.map(f64::from).to_vec(), 0.0)).collect());
            let units = [1.0, 0.5, 3.0];
            let target = target.map(f64::from);
            let mut tree = Tree::new(&cells, &units);
            let found = tree.nearest(&target, within, skip).unwrap();
            let far = |cell: usize| tree.squared_distance(&target, cell);
            let inside = (0..cells.len()).filter(|&cell| Some(cell) != skip && far(cell) <= within * within);
            let least = inside.clone().map(far).fold(f64::INFINITY, f64::min);
            prop_assert_eq!(found, inside.filter(|&cell| far(cell) == least).collect::<Vec<_>>());
        }
    }
}
