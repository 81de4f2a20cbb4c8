//! Ranks, ties sharing the middle of theirs.

/// From here on dealing into heaps first is quicker.
const HEAPS_FROM: usize = 4_000;
/// Usual size of a heap, and most heaps.
const HEAP: usize = 256;
const MOST_HEAPS: usize = 1 << 12;
/// From here on two groups are sorted on two cores.
const BOTH_CORES_FROM: usize = 50_000;

/// Rank of each value from 1, in the order given; equal values share the mean of the ranks they take up. Beside them,
/// the sum of t³ − t over groups of t equal values, which variances of rank statistics are corrected by. No value may
/// be NaN.
pub(crate) fn midranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<(u64, usize)> =
        values.iter().enumerate().map(|(at, value)| (key(*value), at)).collect();
    sort_by_number(&mut order, |(key, _)| *key);
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
        sort_by_number(&mut all, |(key, _)| *key);
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

    /// Two groups sorted each for itself, on two cores when they are long, then counted side by side.
    fn of_two(a: &[f64], b: &[f64]) -> Self {
        let sorted = |group: &[f64]| {
            let mut keys: Vec<u64> = group.iter().map(|value| key(*value)).collect();
            sort_by_number(&mut keys, |key| *key);
            Some(keys)
        };
        let keys = on_both_cores(&[a, b], sorted).unwrap_or_default();
        let [a, b] = keys.as_slice() else { return Self::none(2) };
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
    let n: usize = groups.iter().map(|group| group.len()).sum();
    let widest = (n / groups.len().max(1)).max(64) as f64;
    let first = *groups.iter().find_map(|group| group.first())?;
    if first.fract() != 0.0 || first.abs() > 1e15 {
        return None;
    }
    let (mut low, mut high) = (first, first);
    for some in groups.iter().flat_map(|group| group.chunks(4096)) {
        let (least, most) = bounds(some, first);
        (low, high) = (low.min(least), high.max(most));
        if high - low >= widest {
            return None;
        }
    }
    let width = (high - low) as usize + 1;
    let counted = on_both_cores(groups, |group| count_group(group, low, width))?;
    let mut counts = Vec::with_capacity(width * groups.len());
    for at in 0..width {
        counts.extend(counted.iter().map(|group| group[at]));
    }
    Some(counts)
}

/// Smallest and largest, eight at a time: comparisons that need not wait for each other.
fn bounds(values: &[f64], first: f64) -> (f64, f64) {
    let (mut low, mut high) = ([first; 8], [first; 8]);
    let eights = values.chunks_exact(8);
    for (at, value) in eights.remainder().iter().enumerate() {
        low[at] = low[at].min(*value);
        high[at] = high[at].max(*value);
    }
    for eight in eights {
        for at in 0..8 {
            low[at] = if eight[at] < low[at] { eight[at] } else { low[at] };
            high[at] = if eight[at] > high[at] { eight[at] } else { high[at] };
        }
    }
    (low.into_iter().fold(first, f64::min), high.into_iter().fold(first, f64::max))
}

/// How often each whole number from `low` on comes; `None` when one is not whole. Two tables in turn, so that equal
/// neighbours need not wait for each other.
fn count_group(values: &[f64], low: f64, width: usize) -> Option<Vec<u64>> {
    let (mut even, mut odd) = (vec![0_u64; width], vec![0_u64; width]);
    let mut broken = false;
    let mut take = |table: &mut [u64], value: f64| {
        let place = (value - low) as i32;
        broken |= f64::from(place) + low != value;
        if let Some(count) = table.get_mut(place as usize) {
            *count += 1;
        }
    };
    let pairs = values.chunks_exact(2);
    pairs.remainder().iter().for_each(|value| take(&mut even, *value));
    for pair in pairs {
        take(&mut even, pair[0]);
        take(&mut odd, pair[1]);
    }
    even.iter_mut().zip(odd).for_each(|(count, more)| *count += more);
    (!broken).then_some(even)
}

/// Does the same for every group, the first half of them on another core when they are long.
fn on_both_cores<T: Send>(groups: &[&[f64]], of: impl Fn(&[f64]) -> Option<T> + Sync) -> Option<Vec<T>> {
    let each = |groups: &[&[f64]]| groups.iter().map(|group| of(group)).collect::<Option<Vec<_>>>();
    let (left, right) = groups.split_at(groups.len() / 2);
    let shortest =
        left.iter().map(|group| group.len()).sum::<usize>().min(right.iter().map(|group| group.len()).sum());
    if shortest < BOTH_CORES_FROM {
        return each(groups);
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(|| each(left));
        let here = each(right);
        let mut all = other.join().ok()??;
        all.extend(here?);
        Some(all)
    })
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

/// Sorts by a whole number. Long lists are dealt into many small heaps by the leading digits first: one pass over memory,
/// and the rest happens close by.
pub(crate) fn sort_by_number<T: Copy>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    if items.len() >= HEAPS_FROM {
        deal(items, &number);
    } else {
        items.sort_unstable_by_key(number);
    }
}

fn deal<T: Copy>(items: &mut Vec<T>, number: &impl Fn(&T) -> u64) {
    let (low, high) =
        items.iter().map(number).fold((u64::MAX, 0), |(low, high), x| (low.min(x), high.max(x)));
    let heaps = (items.len() / HEAP).next_power_of_two().min(MOST_HEAPS);
    let bits = u64::BITS - (high - low).leading_zeros();
    let shift = bits.saturating_sub(heaps.trailing_zeros());
    let heap = |item: &T| ((number(item) - low) >> shift) as usize;
    // Where each heap starts; after dealing, where it ends.
    let mut ends = vec![0; heaps];
    items.iter().for_each(|item| ends[heap(item)] += 1);
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    let mut dealt = items.clone();
    for item in &*items {
        let end = &mut ends[heap(item)];
        dealt[*end] = *item;
        *end += 1;
    }
    let mut rest = dealt.as_mut_slice();
    let mut before = 0;
    for end in ends {
        let (one, others) = rest.split_at_mut(end - before);
        one.sort_unstable_by_key(number);
        (rest, before) = (others, end);
    }
    *items = dealt;
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
        #![proptest_config(ProptestConfig::with_cases(96))]
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
    fn long_lists_are_sorted_as_short_ones() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / 1e12 - 4_000.0
        };
        let values: Vec<f64> = (0..10_000).map(|_| next()).collect();
        let keys: Vec<u64> = values.iter().map(|x| key(*x)).collect();
        for keys in [keys.clone(), vec![7; 5_000], [keys, vec![0, u64::MAX]].concat()] {
            let (mut dealt, mut compared) = (keys.clone(), keys);
            sort_by_number(&mut dealt, |key| *key);
            compared.sort_unstable();
            assert_eq!(dealt, compared);
        }
    }
}
