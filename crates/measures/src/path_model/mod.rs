//! Satisfaction index by a path model: unobserved constructs (quality, value, satisfaction, loyalty) estimated from the
//! questions that stand for them, and how strongly one drives the next.
//!
//! The algorithm is J.-B. Lohmöller's partial least squares (1989, *Latent Variable Path Modeling with Partial Least
//! Squares*), the one behind the American and European satisfaction indices. It needs no more of the answers than their
//! means and covariances, which an [`Accumulator`] gathers row by row.
//!
//! Source of the use: C. Fornell et al., 1996, "The American Customer Satisfaction Index: nature, purpose, and findings";
//! M. Tenenhaus et al., 2005, "PLS path modeling".

mod accumulator;
mod bootstrap;
mod effects;
mod fit;
mod index;
mod model;
mod random;
mod regression;
mod reliability;
mod weights;

pub use accumulator::Accumulator;
pub use bootstrap::{Bootstrap, Estimate, Plan, Rows, bootstrap};
pub use fit::{Construct, Effect, Fit, Kind, Outer, PathEstimate};
pub use index::{Index, IndexItem, index_0_100};
pub use model::{Block, Mode, Model, Path, Scheme};

use crate::DefinitionId;

/// Formula and version of the fit; the model (blocks, paths, scheme, modes, standardising) is part of its identity too.
pub const DEFINITION: DefinitionId = DefinitionId::new("pls", 1);
/// Formula and version of the index.
pub const INDEX_DEFINITION: DefinitionId = DefinitionId::new("pls_index", 1);
/// Formula and version of the bootstrap, which its random numbers belong to.
pub const BOOTSTRAP_DEFINITION: DefinitionId = DefinitionId::new("pls_bootstrap", 1);
