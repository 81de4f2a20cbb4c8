//! Any number of readers, ratings missing or not.

mod distance;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use self::distance::{Values, squares, sum, unequal};
use crate::ranks::{key, value_of};
use crate::tests::bounded;
use crate::{DefinitionId, Error, count};

/// Units of up to this many ratings, all whole numbers below [`SMALL_VALUES`], are counted in a table.
const SMALL_RATERS: usize = 4;
const SMALL_VALUES: u64 = 15;
const NIBBLE: u32 = 4;

/// What the values of a rating mean, and so how far two of them lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Names without order: equal or not.
    Nominal,
    /// An order: by how many ratings lie between.
    Ordinal,
    /// A scale with equal steps: by the difference.
    Interval,
    /// A scale with a true zero: by the difference over the sum. Values of 0 or more.
    Ratio,
}

/// Counts which ratings each unit (a text, a customer) got. Units rated alike are kept once, with how often they came.
///
/// ```
/// use measures::agreement::{Level, Ratings};
/// let mut ratings = Ratings::new();
/// ratings.push_unit(&[Some(1.0), Some(1.0), None])?;
/// ratings.push_unit(&[Some(1.0), Some(2.0)])?;
/// ratings.push_unit(&[Some(2.0), Some(2.0)])?;
/// // Of 6 ratings, 3 ones and 3 twos: 1 of 3 pairs disagrees, 9 of 15 would by chance.
/// let found = ratings.alpha(Level::Nominal)?;
/// assert!((found.alpha.unwrap_or(0.0) - (1.0 - (1.0 / 3.0) / (9.0 / 15.0))).abs() < 1e-12);
/// assert_eq!(found.pairable, 6);
/// # Ok::<(), measures::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Ratings {
    /// By ratings packed into one number, each a digit above 0.
    small: Vec<u64>,
    /// By sorted keys of the ratings.
    large: HashMap<Box<[u64]>, u64>,
    buffer: Vec<u64>,
    units: u64,
    ratings: u64,
    missing: u64,
}

/// Agreement of any number of raters beyond chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct KrippendorffAlpha {
    /// 1 for full agreement, 0 for chance, below 0 for less; `None` when all ratings are one value or nothing was rated
    /// twice. Above 0.8 conclusions are usually drawn, above 0.667 tentative ones.
    pub alpha: Option<f64>,
    /// Ratings in units with at least two.
    pub pairable: u64,
    /// Units, whether rated or not.
    pub units: u64,
    /// Ratings not given.
    pub missing: u64,
}

/// Ratings of one unit in rising order, and how many units have just these.
type Pattern = (Vec<f64>, u64);

impl Ratings {
    /// Formula and version of this coefficient.
    pub const DEFINITION: DefinitionId = DefinitionId::new("krippendorff_alpha", 1);

    /// Nothing rated yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the ratings of one unit, by whichever raters.
    ///
    /// # Errors
    /// `out_of_range` for what is no finite number or lies beyond ±1e100, or above 2⁵³ ratings.
    pub fn push_unit(&mut self, ratings: &[Option<f64>]) -> Result<(), Error> {
        let given = ratings.iter().flatten().count() as u64;
        let missing = count::add(self.missing, ratings.len() as u64 - given)?;
        let total = count::add(self.ratings, given)?;
        let units = count::add(self.units, 1)?;
        match packed(ratings) {
            Some(pack) => {
                if pack >= self.small.len() {
                    self.small.resize((pack + 1).next_power_of_two(), 0);
                }
                self.small[pack] += 1;
            }
            None => self.push_large(ratings)?,
        }
        (self.missing, self.ratings, self.units) = (missing, total, units);
        Ok(())
    }

    fn push_large(&mut self, ratings: &[Option<f64>]) -> Result<(), Error> {
        self.buffer.clear();
        for rating in ratings.iter().flatten() {
            self.buffer.push(key(bounded("rating", *rating)?));
        }
        self.buffer.sort_unstable();
        match self.large.get_mut(self.buffer.as_slice()) {
            Some(times) => *times += 1,
            None => {
                self.large.insert(self.buffer.as_slice().into(), 1);
            }
        }
        Ok(())
    }

    /// Takes over the units of `other`; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³ ratings; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let missing = count::add(self.missing, other.missing)?;
        let units = count::add(self.units, other.units)?;
        self.ratings = count::add(self.ratings, other.ratings)?;
        (self.missing, self.units) = (missing, units);
        if self.small.len() < other.small.len() {
            self.small.resize(other.small.len(), 0);
        }
        self.small.iter_mut().zip(&other.small).for_each(|(times, more)| *times += more);
        for (unit, times) in &other.large {
            *self.large.entry(unit.clone()).or_default() += times;
        }
        Ok(())
    }

    /// Krippendorff's alpha.
    ///
    /// Formula: α = 1 − (n − 1)·Σ over units (Σ of δ² over ordered pairs of ratings / (ratings − 1)) / Σ of δ² over ordered
    /// pairs of all n pairable ratings. δ²: nominal 0 or 1; ordinal (difference of middle ranks)²; interval (c − k)²; ratio
    /// ((c − k)/(c + k))². Units with fewer than two ratings are ignored.
    /// Source: K. Krippendorff, 2011, "Computing Krippendorff's alpha-reliability"; 2004, *Content Analysis*.
    ///
    /// Not for raters who spoke with each other before; when almost all ratings are one value, alpha is low although nearly
    /// all agree, because nothing shows that they could have told the others.
    ///
    /// # Errors
    /// `empty_sample` without a rating; `out_of_range` for a negative rating at the ratio level, or too many different
    /// values there.
    pub fn alpha(&self, level: Level) -> Result<KrippendorffAlpha, Error> {
        if self.ratings == 0 {
            return Err(Error::EmptySample);
        }
        let patterns = self.patterns();
        let values = Values::of(&patterns);
        let n: u64 = values.counts.iter().sum();
        let (within, expected) = match level {
            Level::Nominal => (sum(&patterns, |unit| Ok(unequal(unit)))?, values.unequal()),
            Level::Ordinal => {
                let ranks = values.twice_middle_ranks();
                let place = |value: &f64| ranks[values.place(*value)];
                let unit_ranks = |unit: &[f64]| unit.iter().map(place).collect::<Vec<_>>();
                (sum(&patterns, |unit| Ok(squares(&unit_ranks(unit))))?, values.squares(&ranks))
            }
            Level::Interval => (sum(&patterns, |unit| Ok(squares(unit)))?, values.squares(&values.values)),
            Level::Ratio => values.ratios(&patterns)?,
        };
        let alpha = (expected > 0.0).then(|| 1.0 - (n as f64 - 1.0) * within / expected);
        Ok(KrippendorffAlpha { alpha, pairable: n, units: self.units, missing: self.missing })
    }

    /// Units with at least two ratings, in a fixed order: their sum must not depend on where each was counted.
    fn patterns(&self) -> Vec<Pattern> {
        let mut small: HashMap<Vec<u64>, u64> = HashMap::new();
        for (pack, times) in self.small.iter().enumerate().filter(|(_, times)| **times > 0) {
            let mut unit: Vec<u64> = unpacked(pack).map(|value| key(value as f64)).collect();
            unit.sort_unstable();
            *small.entry(unit).or_default() += times;
        }
        for (unit, times) in &self.large {
            *small.entry(unit.to_vec()).or_default() += times;
        }
        let mut all: Vec<(Vec<u64>, u64)> = small.into_iter().filter(|(unit, _)| unit.len() > 1).collect();
        all.sort_unstable();
        all.into_iter().map(|(unit, times)| (unit.into_iter().map(value_of).collect(), times)).collect()
    }
}

/// Few small whole numbers as one number.
fn packed(ratings: &[Option<f64>]) -> Option<usize> {
    if ratings.len() > SMALL_RATERS {
        return None;
    }
    let mut pack = 0;
    for rating in ratings.iter().flatten() {
        let whole = *rating as u64;
        if whole as f64 != *rating || whole >= SMALL_VALUES {
            return None;
        }
        pack = (pack << NIBBLE) | (whole as usize + 1);
    }
    Some(pack)
}

fn unpacked(pack: usize) -> impl Iterator<Item = usize> {
    let digits = (0..SMALL_RATERS as u32).map(move |at| (pack >> (at * NIBBLE)) & 15);
    digits.filter(|digit| *digit > 0).map(|digit| digit - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LEVELS: [Level; 4] = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio];

    fn of(units: &[Vec<Option<f64>>]) -> Ratings {
        let mut all = Ratings::new();
        units.iter().try_for_each(|unit| all.push_unit(unit)).unwrap();
        all
    }

    #[test]
    fn one_value_tells_nothing_and_nothing_rated_twice_neither() {
        for level in LEVELS {
            let one = of(&[vec![Some(0.1); 9], vec![Some(0.1), None]]).alpha(level).unwrap();
            assert_eq!((one.alpha, one.pairable, one.missing), (None, 9, 1));
            let single = of(&[vec![Some(1.0), None], vec![Some(2.0)]]).alpha(level).unwrap();
            assert_eq!((single.alpha, single.pairable), (None, 0));
            assert_eq!(of(&[vec![None]]).alpha(level).unwrap_err().code(), "empty_sample");
        }
        assert_eq!(
            of(&[vec![Some(-1.0), Some(1.0)]]).alpha(Level::Ratio).unwrap_err().code(),
            "out_of_range"
        );
        assert!(Ratings::new().push_unit(&[Some(f64::NAN)]).is_err());
    }

    #[test]
    fn too_many_different_ratios_are_refused_in_time() {
        let units: Vec<Vec<Option<f64>>> =
            (0..15_000).map(|i| vec![Some(f64::from(i)), Some(f64::from(i) + 0.5)]).collect();
        assert_eq!(of(&units).alpha(Level::Ratio).unwrap_err().code(), "out_of_range");
        assert!(of(&units[..500]).alpha(Level::Ratio).unwrap().alpha.unwrap() > 0.9);
    }

    /// Pair by pair, as defined, δ² of the ordinal level as the count of ratings between (and half of both ends).
    fn by_definition(units: &[Vec<Option<f64>>], level: Level) -> Option<f64> {
        let units: Vec<Vec<f64>> = units
            .iter()
            .map(|unit| unit.iter().flatten().copied().collect::<Vec<_>>())
            .filter(|unit: &Vec<f64>| unit.len() > 1)
            .collect();
        let all = units.concat();
        let delta = |a: f64, b: f64| {
            let (low, high) = (a.min(b), a.max(b));
            match level {
                _ if a == b => 0.0,
                Level::Nominal => 1.0,
                Level::Interval => a - b,
                Level::Ratio => (a - b) / (a + b),
                Level::Ordinal => all
                    .iter()
                    .filter(|x| (low..=high).contains(*x))
                    .map(|x| if *x == low || *x == high { 0.5 } else { 1.0 })
                    .sum(),
            }
        };
        let pairs = |of: &[f64]| -> f64 {
            of.iter().flat_map(|a| of.iter().map(move |b| (*a, *b))).map(|(a, b)| delta(a, b).powi(2)).sum()
        };
        let n = all.len() as f64;
        let observed: f64 = units.iter().map(|unit| pairs(unit) / (unit.len() as f64 - 1.0)).sum::<f64>() / n;
        let expected = pairs(&all) / (n * (n - 1.0));
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    fn units() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
        let value = prop_oneof![4 => (0..6_i32).prop_map(f64::from), 1 => 0.0..30.0f64, 1 => (0..30_i32).prop_map(f64::from)];
        prop::collection::vec(prop::collection::vec(prop::option::of(value), 0..11), 1..9)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_is_what_the_definition_says_in_any_order(units in units(), cut in 0..9_usize) {
            let all = of(&units);
            let (left, right) = units.split_at(cut.min(units.len()));
            let mut merged = of(right);
            merged.merge(&of(left)).unwrap();
            for level in LEVELS {
                let Ok(found) = all.alpha(level) else { continue };
                prop_assert_eq!(merged.alpha(level).unwrap(), found);
                match (found.alpha, by_definition(&units, level)) {
                    (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9, "{level:?} {a} {b}"),
                    (a, b) => prop_assert_eq!(a, b),
                }
            }
        }
    }
}
