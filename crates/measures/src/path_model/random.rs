//! Random numbers that are the same on every machine.

/// One stream of random numbers: the generator xoshiro256++ started by SplitMix64, as its authors advise.
///
/// Source: D. Blackman & S. Vigna, 2021, "Scrambled linear pseudorandom number generators"; G. L. Steele, D. Lea &
/// C. H. Flood, 2014, "Fast splittable pseudorandom number generators".
#[derive(Debug, Clone)]
pub(super) struct Stream([u64; 4]);

impl Stream {
    /// The stream `number` of a seed. Two streams of one seed start at states that nothing links.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut start = SplitMix(seed);
        let mut own = SplitMix(start.next() ^ SplitMix(number).next());
        Self([own.next(), own.next(), own.next(), own.next()])
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.0;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// A whole number below `n` > 0, each equally likely (D. Lemire, 2019, "Fast random integer generation in an
    /// interval").
    pub(super) fn below(&mut self, n: u64) -> u64 {
        let mut product = u128::from(self.next()) * u128::from(n);
        // The low half tells whether the number fell into what does not divide evenly.
        if (product as u64) < n {
            let uneven = n.wrapping_neg() % n;
            while (product as u64) < uneven {
                product = u128::from(self.next()) * u128::from(n);
            }
        }
        (product >> 64) as u64
    }
}

struct SplitMix(u64);

impl SplitMix {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generators_give_the_published_numbers() {
        let mut mix = SplitMix(1_234_567);
        assert_eq!([mix.next(), mix.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
        let mut stream = Stream([1, 2, 3, 4]);
        let first = [stream.next(), stream.next(), stream.next(), stream.next()];
        assert_eq!(first, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
    }

    #[test]
    fn every_number_below_is_equally_likely() {
        let mut stream = Stream::new(7, 0);
        let mut counts = [0_i32; 6];
        for _ in 0..60_000 {
            counts[usize::try_from(stream.below(6)).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (count - 10_000).abs() < 400), "{counts:?}");
        assert_eq!(stream.below(1), 0);
        assert!((0..100).all(|_| stream.below(u64::MAX) < u64::MAX));
    }
}
