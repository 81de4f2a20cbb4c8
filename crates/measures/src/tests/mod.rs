//! Tests: could chance alone have made this difference, this relation?
//!
//! A p-value is the probability of a result at least as far from nothing as the one seen, were there nothing to find. It
//! is no probability that the finding is wrong and says nothing of its size: beside each stands a measure of size.
//! All p-values are two-sided unless named otherwise; where a test cannot be made (nothing varies) statistic and p are
//! `None`.
//!
//! Which test: two means [`welch`], several [`anova`]; two groups by rank [`mann_whitney`], several [`kruskal_wallis`];
//! pairs before and after [`wilcoxon`]; two questions [`Crosstab::chi_squared`], with few answers [`fisher`]; two figures
//! [`Pairs::pearson`], [`spearman`] or [`kendall`], several [`regression`]; many tests at once [`holm`] or
//! [`benjamini_hochberg`].

mod anova;
mod correlation;
mod crosstab;
mod exact;
mod fisher;
mod kruskal;
mod mann_whitney;
mod multiplicity;
mod pairs;
mod regression;
mod sample;
mod welch;
mod wilcoxon;

pub use anova::{Anova, anova};
pub use correlation::{Correlation, kendall, spearman};
pub use crosstab::{ChiSquared, Crosstab, Yates};
pub use fisher::{Fisher, fisher};
pub use kruskal::{KruskalWallis, kruskal_wallis, kruskal_wallis_counts};
pub use mann_whitney::{MannWhitney, Method, mann_whitney, mann_whitney_counts};
pub use multiplicity::{benjamini_hochberg, holm};
pub use pairs::Pairs;
pub use regression::{Regression, regression};
pub use sample::Sample;
pub(crate) use sample::bounded;
pub use welch::{Welch, welch};
pub use wilcoxon::{Wilcoxon, wilcoxon};
