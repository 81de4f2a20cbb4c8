//! What stands for what, and what drives what.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{Error, Scale};

/// Most items of a model: keeps their covariances within a few megabytes.
const MOST_ITEMS: usize = 500;
/// Most constructs of a model.
const MOST_CONSTRUCTS: usize = 50;

/// How the items of a block make up its construct.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Reflective: each item mirrors the construct, and is weighted by its covariance with it. The usual choice.
    #[default]
    A,
    /// Formative: the items together form the construct, and are weighted by a regression. Not for items that correlate
    /// strongly with each other.
    B,
}

/// How neighbouring constructs are weighted while weights are sought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// By the sign of their correlation.
    Centroid,
    /// By their correlation.
    Factorial,
    /// What drives a construct by its regression coefficient, what it drives by its correlation.
    #[default]
    Path,
}

/// A construct and the items that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Names of its items, at least one; no item stands in two blocks.
    pub items: Vec<String>,
    /// How the items make it up.
    pub mode: Mode,
}

impl Block {
    /// A block of mode A.
    #[must_use]
    pub fn reflective(name: &str, items: &[&str]) -> Self {
        Self { name: name.to_owned(), items: items.iter().map(ToString::to_string).collect(), mode: Mode::A }
    }
}

/// One construct drives another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The construct that drives.
    pub from: String,
    /// The construct that is driven.
    pub to: String,
}

impl Path {
    /// A path.
    #[must_use]
    pub fn new(from: &str, to: &str) -> Self {
        Self { from: from.to_owned(), to: to.to_owned() }
    }
}

/// A path model that makes sense: every construct has items and is linked to another, and no path leads in a circle.
///
/// ```
/// use measures::path_model::{Block, Model, Path, Scheme};
/// let blocks = vec![
///     Block::reflective("Quality", &["q1", "q2"]),
///     Block::reflective("Satisfaction", &["s1", "s2", "s3"]),
/// ];
/// let model = Model::new(blocks.clone(), &[Path::new("Quality", "Satisfaction")], Scheme::Path)?;
/// assert_eq!(model.items().len(), 5);
/// let circle = [Path::new("Quality", "Satisfaction"), Path::new("Satisfaction", "Quality")];
/// assert_eq!(Model::new(blocks, &circle, Scheme::Path).unwrap_err().code(), "cyclic");
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub(super) blocks: Vec<Block>,
    pub(super) scheme: Scheme,
    pub(super) standardise: bool,
    pub(super) scale: Option<Scale>,
    items: Vec<String>,
    /// Positions of each block's items among all.
    pub(super) ranges: Vec<Range<usize>>,
    /// From and to, in the order given.
    pub(super) paths: Vec<(usize, usize)>,
    pub(super) predecessors: Vec<Vec<usize>>,
    pub(super) successors: Vec<Vec<usize>>,
    /// Constructs so that each comes after what drives it.
    pub(super) order: Vec<usize>,
}

impl Model {
    /// A model of standardised items.
    ///
    /// # Errors
    /// `bad_shape` for a block without items, a name given twice, an item in two blocks, a path given twice or naming
    /// no block, a construct without a path; `cyclic` when paths lead in a circle; `out_of_range` above 500 items or 50
    /// constructs.
    pub fn new(blocks: Vec<Block>, paths: &[Path], scheme: Scheme) -> Result<Self, Error> {
        let items: Vec<String> = blocks.iter().flat_map(|block| block.items.iter().cloned()).collect();
        if blocks.len() > MOST_CONSTRUCTS {
            return Err(Error::out_of_range("constructs", blocks.len() as f64, "at most 50"));
        }
        if items.len() > MOST_ITEMS {
            return Err(Error::out_of_range("items", items.len() as f64, "at most 500"));
        }
        if blocks.iter().any(|block| block.items.is_empty()) {
            return Err(Error::BadShape { what: "a construct has no item" });
        }
        if items.iter().collect::<HashSet<_>>().len() < items.len() {
            return Err(Error::BadShape { what: "an item stands twice in the model" });
        }
        let place: HashMap<&str, usize> =
            blocks.iter().enumerate().map(|(at, block)| (block.name.as_str(), at)).collect();
        if place.len() < blocks.len() {
            return Err(Error::BadShape { what: "two constructs have the same name" });
        }
        let paths = places(paths, &place)?;
        let neighbours = |of: usize, ends: fn(&(usize, usize)) -> (usize, usize)| {
            paths.iter().map(ends).filter(|(end, _)| *end == of).map(|(_, other)| other).collect::<Vec<_>>()
        };
        let all = 0..blocks.len();
        let predecessors: Vec<_> = all.clone().map(|of| neighbours(of, |&(from, to)| (to, from))).collect();
        let successors: Vec<_> = all.map(|of| neighbours(of, |&(from, to)| (from, to))).collect();
        let order = in_order(&predecessors).map_err(|at| Error::Cyclic {
            name: blocks.get(at).map(|b| b.name.clone()).unwrap_or_default(),
        })?;
        if predecessors.iter().zip(&successors).any(|(before, after)| before.is_empty() && after.is_empty()) {
            return Err(Error::BadShape { what: "a construct is linked to no other" });
        }
        let mut start = 0;
        let ranges = blocks.iter().map(|block| {
            start += block.items.len();
            start - block.items.len()..start
        });
        let ranges = ranges.collect();
        Ok(Self {
            ranges,
            blocks,
            scheme,
            standardise: true,
            scale: None,
            items,
            paths,
            predecessors,
            successors,
            order,
        })
    }

    /// The same model on items as they are: those that spread more weigh more. For items on one scale only.
    #[must_use]
    pub fn unstandardised(self) -> Self {
        Self { standardise: false, ..self }
    }

    /// The same model of items answered on this scale: gives indices from 0 to 100.
    #[must_use]
    pub fn on_scale(self, scale: Scale) -> Self {
        Self { scale: Some(scale), ..self }
    }

    /// Names of all items, block after block: the order in which rows are given.
    #[must_use]
    pub fn items(&self) -> &[String] {
        &self.items
    }

    pub(super) fn name(&self, construct: usize) -> &str {
        self.blocks.get(construct).map_or("", |block| block.name.as_str())
    }

    /// Fewest rows it can be fitted to: two more than the most constructs that drive one.
    pub(super) fn least_rows(&self) -> u64 {
        self.predecessors.iter().map(Vec::len).max().unwrap_or(0) as u64 + 2
    }

    /// Pairs of constructs a route of paths leads between, the first driving the second.
    pub(super) fn routes(&self) -> Vec<(usize, usize)> {
        let n = self.blocks.len();
        let mut reaches = vec![vec![false; n]; n];
        for &to in &self.order {
            for &by in &self.predecessors[to] {
                for row in &mut reaches {
                    row[to] |= row[by];
                }
                reaches[by][to] = true;
            }
        }
        let pairs = (0..n).flat_map(|from| (0..n).map(move |to| (from, to)));
        pairs.filter(|&(from, to)| reaches[from][to]).collect()
    }
}

/// Paths by position of their constructs.
fn places(paths: &[Path], place: &HashMap<&str, usize>) -> Result<Vec<(usize, usize)>, Error> {
    if paths.iter().collect::<HashSet<_>>().len() < paths.len() {
        return Err(Error::BadShape { what: "a path is given twice" });
    }
    let find = |name: &str| {
        let unknown = Error::BadShape { what: "a path leads to or from a construct that has no items" };
        place.get(name).copied().ok_or(unknown)
    };
    paths.iter().map(|path| Ok((find(&path.from)?, find(&path.to)?))).collect()
}

/// Constructs so that each comes after its predecessors; a member of the circle when there is one.
fn in_order(predecessors: &[Vec<usize>]) -> Result<Vec<usize>, usize> {
    let (mut order, mut done) = (Vec::new(), vec![false; predecessors.len()]);
    while order.len() < done.len() {
        let ready = |at: &usize| !done[*at] && predecessors[*at].iter().all(|&before| done[before]);
        let Some(next) = (0..done.len()).find(ready) else { return Err(on_circle(predecessors, &done)) };
        done[next] = true;
        order.push(next);
    }
    Ok(order)
}

/// Going back from predecessor to predecessor among those left over never ends: after as many steps as there are
/// constructs, it goes round the circle.
fn on_circle(predecessors: &[Vec<usize>], done: &[bool]) -> usize {
    let mut at = done.iter().position(|done| !done).unwrap_or(0);
    for _ in done {
        at = predecessors[at].iter().copied().find(|&before| !done[before]).unwrap_or(at);
    }
    at
}
