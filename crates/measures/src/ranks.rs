//! Ranks, ties sharing the middle of theirs.

/// From here on distributing by digits is quicker than comparing.
const DIGITS_FROM: usize = 2_000;
/// From here on two groups are sorted on two cores.
const BOTH_CORES_FROM: usize = 50_000;
/// Bits of one digit.
const DIGIT: u32 = 11;

/// Rank of each value from 1, in the order given; equal values share the mean of the ranks they take up. Beside them,
/// the sum of t³ − t over groups of t equal values, which variances of rank statistics are corrected by. No value may
/// be NaN.
pub(crate) fn midranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<(u64, usize)> =
        values.iter().enumerate().map(|(at, value)| (key(*value), at)).collect();
    sort_by_digits(&mut order, |(key, _)| *key);
    let (mut ranks, mut ties, mut before) = (vec![0.0; values.len()], 0.0, 0);
    for equal in order.chunk_by(|a, b| a.0 == b.0) {
        let rank = before as f64 + f64::midpoint(equal.len() as f64, 1.0);
        for &(_, at) in equal {
            ranks[at] = rank;
        }
        ties += tie(equal.len() as u64);
        before += equal.len();
    }
    (ranks, ties)
}

/// What tests on ranks need to know of groups ranked together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RankSums {
    /// How many values each group has.
    pub(crate) sizes: Vec<u64>,
    /// Twice the sum of the ranks of each group: a whole number.
    pub(crate) twice: Vec<u128>,
    /// Sum of t³ − t over groups of t equal values.
    pub(crate) ties: f64,
}

impl RankSums {
    /// Of groups of values, none NaN.
    pub(crate) fn of(groups: &[&[f64]]) -> Self {
        if let Some(counts) = count_whole(groups) {
            return Self::of_counts(&counts, groups.len());
        }
        if let [a, b] = groups {
            return Self::of_two(a, b);
        }
        let mut all: Vec<(u64, usize)> = Vec::with_capacity(groups.iter().map(|group| group.len()).sum());
        for (at, group) in groups.iter().enumerate() {
            all.extend(group.iter().map(|value| (key(*value), at)));
        }
        sort_by_digits(&mut all, |(key, _)| *key);
        let mut sums = Self::none(groups.len());
        let mut before = 0;
        for equal in all.chunk_by(|a, b| a.0 == b.0) {
            let rank = 2 * before + equal.len() as u128 + 1;
            for &(_, group) in equal {
                sums.sizes[group] += 1;
                sums.twice[group] += rank;
            }
            sums.ties += tie(equal.len() as u64);
            before += equal.len() as u128;
        }
        sums
    }

    /// Of a table with one count for each group, answer after answer in rising order.
    pub(crate) fn of_counts(counts: &[u64], groups: usize) -> Self {
        let mut sums = Self::none(groups);
        let mut before = 0;
        for answer in counts.chunks_exact(groups.max(1)) {
            before = sums.take(before, answer);
        }
        sums
    }

    fn of_two(a: &[f64], b: &[f64]) -> Self {
        let sorted = |group: &[f64]| {
            let mut keys: Vec<u64> = group.iter().map(|value| key(*value)).collect();
            sort_by_digits(&mut keys, |key| *key);
            keys
        };
        let (a, b) = if a.len().min(b.len()) < BOTH_CORES_FROM {
            (sorted(a), sorted(b))
        } else {
            std::thread::scope(|scope| {
                let other = scope.spawn(|| sorted(a));
                let here = sorted(b);
                (other.join().unwrap_or_else(|_| sorted(a)), here)
            })
        };
        let mut sums = Self::none(2);
        let (mut left, mut right, mut before) = (a.as_slice(), b.as_slice(), 0);
        loop {
            let next = match (left.first(), right.first()) {
                (Some(a), Some(b)) => *a.min(b),
                (Some(one), None) | (None, Some(one)) => *one,
                (None, None) => return sums,
            };
            before = sums.take(before, &[leading(&mut left, next), leading(&mut right, next)]);
        }
    }

    fn none(groups: usize) -> Self {
        Self { sizes: vec![0; groups], twice: vec![0; groups], ties: 0.0 }
    }

    /// Takes the answers of one value, one count for each group, and gives how many lie before the next.
    fn take(&mut self, before: u128, answer: &[u64]) -> u128 {
        let t: u64 = answer.iter().sum();
        let rank = 2 * before + u128::from(t) + 1;
        for ((size, twice), count) in self.sizes.iter_mut().zip(&mut self.twice).zip(answer) {
            *size += count;
            *twice += rank * u128::from(*count);
        }
        self.ties += tie(t);
        before + u128::from(t)
    }

    /// How many values there are in all.
    pub(crate) fn n(&self) -> u64 {
        self.sizes.iter().sum()
    }

    /// 1 − Σ(t³ − t)/(n³ − n): 1 without ties, 0 when all are equal.
    pub(crate) fn tie_correction(&self) -> f64 {
        let n = self.n();
        // All equal, said without rounding.
        if self.ties == tie(n) { 0.0 } else { 1.0 - self.ties / tie(n) }
    }
}

/// t³ − t.
fn tie(t: u64) -> f64 {
    let t = t as f64;
    (t * t - 1.0) * t
}

/// Cuts off the leading keys equal to `next` and counts them.
fn leading(keys: &mut &[u64], next: u64) -> u64 {
    let equal = keys.iter().take_while(|key| **key == next).count();
    *keys = &keys[equal..];
    equal as u64
}

/// Counts by answer and group, where all values are whole numbers in so narrow a range that the table is no larger than
/// the values.
fn count_whole(groups: &[&[f64]]) -> Option<Vec<u64>> {
    let values = || groups.iter().flat_map(|group| group.iter().copied());
    let first = values().next()?;
    if first.fract() != 0.0 || first.abs() > 1e15 {
        return None;
    }
    let n: usize = groups.iter().map(|group| group.len()).sum();
    let widest = (n / groups.len()).max(64) as f64;
    let (mut low, mut high) = (first, first);
    for group in groups {
        for some in group.chunks(4096) {
            for value in some {
                low = low.min(*value);
                high = high.max(*value);
            }
            if high - low >= widest {
                return None;
            }
        }
    }
    let width = (high - low) as usize + 1;
    let mut counts = vec![0; width * groups.len()];
    for (at, group) in groups.iter().enumerate() {
        for value in *group {
            let place = (*value - low) as u32;
            if f64::from(place) + low != *value {
                return None;
            }
            counts[place as usize * groups.len() + at] += 1;
        }
    }
    Some(counts)
}

/// A number that rises with the value; 0 and −0 are one.
pub(crate) fn key(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

/// The value a key was made of.
pub(crate) fn value_of(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key ^ (1 << 63) } else { !key })
}

/// Sorts by a whole number: long lists by its digits, from the last to the first.
pub(crate) fn sort_by_digits<T: Copy>(items: &mut Vec<T>, key: impl Fn(&T) -> u64) {
    if items.len() < DIGITS_FROM || u32::try_from(items.len()).is_err() {
        return items.sort_unstable_by_key(key);
    }
    const SIZE: usize = 1 << DIGIT;
    let digits = u64::BITS.div_ceil(DIGIT) as usize;
    let digit = |key: u64, at: usize| (key >> (at as u32 * DIGIT)) as usize & (SIZE - 1);
    let mut counts = vec![[0_u32; SIZE]; digits];
    for item in &*items {
        let key = key(item);
        for (at, count) in counts.iter_mut().enumerate() {
            count[digit(key, at)] += 1;
        }
    }
    let mut other = items.clone();
    for (at, count) in counts.iter_mut().enumerate() {
        // A digit that is the same for all sorts nothing.
        if count.iter().any(|c| *c as usize == items.len()) {
            continue;
        }
        let mut start = 0;
        for place in count.iter_mut() {
            start += std::mem::replace(place, start);
        }
        for item in &*items {
            let place = &mut count[digit(key(item), at)];
            other[*place as usize] = *item;
            *place += 1;
        }
        std::mem::swap(items, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_values_share_the_middle_of_their_ranks() {
        let (ranks, ties) = midranks(&[3.0, 1.0, 3.0, 0.0, -0.0, 3.0]);
        assert_eq!(ranks, [5.0, 3.0, 5.0, 1.5, 1.5, 5.0]);
        assert_eq!(ties, 24.0 + 6.0);
    }

    #[test]
    fn values_of_every_size_keep_their_order() {
        let rising = [f64::MIN, -1.0, -1e-300, -0.0, 5e-324, 1.0, 1.5, 1e300];
        assert!(rising.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
        assert_eq!(key(0.0), key(-0.0));
        assert!(rising.iter().all(|x| value_of(key(*x)) == *x));
    }

    fn mixed() -> impl Strategy<Value = Vec<f64>> {
        let value = prop_oneof![(-3..6_i32).prop_map(f64::from), -2.0..2.0f64, Just(1e300), Just(-0.0)];
        prop::collection::vec(value, 0..30)
    }

    proptest! {
        #[test]
        fn ranks_always_add_up(values in prop::collection::vec((0..9_i32).prop_map(f64::from), 0..40)) {
            let n = values.len() as f64;
            prop_assert_eq!(midranks(&values).0.iter().sum::<f64>(), n * (n + 1.0) / 2.0);
        }

        #[test]
        fn however_rank_sums_are_found_they_are_those_of_the_ranks(
            a in mixed(), b in mixed(), c in mixed(), whole in any::<bool>(),
        ) {
            let groups = [a, b, c].map(|group| {
                group.into_iter().map(|x| if whole { x.clamp(-3.0, 5.0).round() } else { x }).collect::<Vec<_>>()
            });
            for used in [2, 3] {
                let slices: Vec<&[f64]> = groups[..used].iter().map(Vec::as_slice).collect();
                let sums = RankSums::of(&slices);
                let (ranks, ties) = midranks(&slices.concat());
                let mut at = 0;
                for (group, twice) in slices.iter().zip(&sums.twice) {
                    let wanted: f64 = ranks[at..at + group.len()].iter().sum();
                    prop_assert_eq!(*twice as f64, 2.0 * wanted);
                    at += group.len();
                }
                prop_assert_eq!(sums.ties, ties);
            }
        }
    }

    #[test]
    fn long_lists_are_sorted_by_digits_as_by_comparing() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / 1e12 - 4_000.0
        };
        let values: Vec<f64> = (0..10_000).map(|_| next()).collect();
        let mut keys: Vec<u64> = values.iter().map(|x| key(*x)).collect();
        let mut compared = keys.clone();
        sort_by_digits(&mut keys, |key| *key);
        compared.sort_unstable();
        assert_eq!(keys, compared);
    }
}
