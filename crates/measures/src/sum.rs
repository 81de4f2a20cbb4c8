//! A sum of doubles that does not depend on the order of its terms.

/// Exact running sum: the terms are kept as a short list of parts that do not overlap, so that the total is the
/// exact sum rounded once. Ordinary addition would let two merge orders differ in the last digits.
///
/// Source: Shewchuk, 1997, "Adaptive precision floating-point arithmetic and fast robust geometric predicates".
/// Terms must be finite and so bounded that their sum is too; the callers check.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ExactSum {
    /// Increasing in magnitude, none zero.
    parts: Vec<f64>,
}

impl ExactSum {
    #[inline]
    pub(crate) fn add(&mut self, term: f64) {
        // Whole numbers, for one, never leave more than one part.
        if let [only] = self.parts.as_mut_slice() {
            let (sum, rest) = two_sum(term, *only);
            if rest == 0.0 && sum != 0.0 {
                *only = sum;
                return;
            }
        }
        self.add_to_parts(term);
    }

    fn add_to_parts(&mut self, term: f64) {
        let mut carry = term;
        let mut kept = 0;
        for index in 0..self.parts.len() {
            let (sum, rest) = two_sum(carry, self.parts[index]);
            if rest != 0.0 {
                self.parts[kept] = rest;
                kept += 1;
            }
            carry = sum;
        }
        self.parts.truncate(kept);
        if carry != 0.0 {
            self.parts.push(carry);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for part in &other.parts {
            self.add(*part);
        }
    }

    /// Adds a product as it is before rounding. Factors must be far from the largest and smallest doubles: their
    /// halves are multiplied.
    #[inline]
    pub(crate) fn add_product(&mut self, a: f64, b: f64) {
        let (product, rest) = two_product(a, b);
        self.add(product);
        if rest != 0.0 {
            self.add(rest);
        }
    }

    /// Adds `factor` times the sum `other`.
    pub(crate) fn add_scaled(&mut self, factor: f64, other: &Self) {
        for part in &other.parts {
            self.add_product(factor, *part);
        }
    }

    /// Adds a whole number below 2¹²⁷, whatever its length.
    pub(crate) fn add_whole(&mut self, mut number: i128) {
        while number != 0 {
            let nearest = number as f64;
            self.add(nearest);
            number -= nearest as i128;
        }
    }

    /// Adds the square of a sum.
    pub(crate) fn add_square(&mut self, of: &Self) {
        for part in &of.parts {
            self.add_scaled(*part, of);
        }
    }

    /// Subtracts the product of two sums.
    pub(crate) fn subtract_product(&mut self, a: &Self, b: &Self) {
        for part in &a.parts {
            self.add_scaled(-part, b);
        }
    }

    /// The sum divided by `n`, to the last digit: the mean of equal terms is that term.
    pub(crate) fn mean(&self, n: f64) -> f64 {
        let near = self.total() / n;
        let mut rest = self.clone();
        rest.add_product(-near, n);
        near + rest.total() / n
    }

    /// The exact sum, rounded once to the nearest double.
    pub(crate) fn total(&self) -> f64 {
        let mut parts = self.parts.iter().rev().copied();
        let mut high = parts.next().unwrap_or(0.0);
        for next in parts.by_ref() {
            let (sum, rest) = two_sum(high, next);
            high = sum;
            if rest != 0.0 {
                return round_half(high, rest, parts.next());
            }
        }
        high
    }
}

/// `high + rest` with the tie broken by the sign of what follows `rest`.
fn round_half(high: f64, rest: f64, following: Option<f64>) -> f64 {
    let same_sign = following.is_some_and(|next| (next < 0.0) == (rest < 0.0));
    let doubled = rest * 2.0;
    let up = high + doubled;
    if same_sign && up - high == doubled { up } else { high }
}

/// The rounded sum of two numbers, and exactly what the rounding dropped (Knuth).
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let from_b = sum - a;
    (sum, (a - (sum - from_b)) + (b - from_b))
}

/// The rounded product of two numbers, and exactly what the rounding dropped (Dekker): quicker than a fused
/// multiplication where the processor's is not to be counted on.
pub(crate) fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let ((a_high, a_low), (b_high, b_low)) = (halves(a), halves(b));
    let rest = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    (product, rest)
}

/// The upper and the lower half of a number's digits (Veltkamp).
fn halves(x: f64) -> (f64, f64) {
    let spread = x * 134_217_729.0; // 2²⁷ + 1
    let high = spread - (spread - x);
    (high, x - high)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(terms: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        terms.iter().for_each(|term| sum.add(*term));
        sum.total()
    }

    #[test]
    fn nothing_is_lost_where_plain_addition_loses_all() {
        assert_eq!(total(&[1e100, 1.0, -1e100]), 1.0);
        assert_eq!(total(&[0.1; 10]), 1.0);
        assert_eq!(total(&[]), 0.0);
    }

    #[test]
    fn a_tie_is_broken_by_what_follows() {
        let half_ulp = f64::EPSILON / 2.0;
        assert_eq!(total(&[1.0, half_ulp, 1e-40]), 1.0 + f64::EPSILON);
        assert_eq!(total(&[1.0, half_ulp, -1e-40]), 1.0);
        assert_eq!(total(&[1.0, half_ulp]), 1.0);
    }

    #[test]
    fn products_and_long_whole_numbers_are_exact() {
        let mut sum = ExactSum::default();
        // (1 + 2⁻⁵²)² − 1 − 2⁻⁵¹ = 2⁻¹⁰⁴.
        let x = 1.0 + f64::EPSILON;
        sum.add_product(x, x);
        sum.add(-1.0);
        sum.add(-2.0 * f64::EPSILON);
        assert_eq!(sum.total(), f64::EPSILON * f64::EPSILON);

        let mut whole = ExactSum::default();
        whole.add_whole((1 << 100) + 1);
        whole.add_whole(-(1 << 100));
        assert_eq!(whole.total(), 1.0);

        let mut square = ExactSum::default();
        let mut part = ExactSum::default();
        part.add(1e20);
        part.add(1.0);
        square.add_scaled(1e20, &part);
        square.add(1.0);
        square.add(1e20);
        square.subtract_product(&part, &part);
        assert_eq!(square.total(), 0.0);
    }

    proptest! {
        #[test]
        fn products_lose_nothing(a in -1e12..1e12f64, b in -1e12..1e12f64) {
            let (product, rest) = two_product(a, b);
            prop_assert_eq!(rest, a.mul_add(b, -product));
        }

        #[test]
        fn the_mean_of_equal_terms_is_that_term(term in -1e9..1e9f64, n in 1usize..200) {
            let mut sum = ExactSum::default();
            (0..n).for_each(|_| sum.add(term));
            prop_assert_eq!(sum.mean(n as f64), term);
        }

        #[test]
        fn order_and_grouping_change_nothing(
            terms in prop::collection::vec(-1e12..1e12f64, 0..40),
            cut in 0usize..40,
        ) {
            let mut reversed = terms.clone();
            reversed.reverse();
            prop_assert_eq!(total(&terms), total(&reversed));
            let (left, right) = terms.split_at(cut.min(terms.len()));
            let (mut a, mut b) = (ExactSum::default(), ExactSum::default());
            left.iter().for_each(|term| a.add(*term));
            right.iter().for_each(|term| b.add(*term));
            b.merge(&a);
            prop_assert_eq!(b.total(), total(&terms));
        }
    }
}
