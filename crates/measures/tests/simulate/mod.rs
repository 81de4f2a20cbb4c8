//! Customers made up by the very models, from a seed: what is fitted to them is known beforehand.

/// Random numbers that are the same on every machine (SplitMix64: Steele, Lea & Flood 2014, "Fast splittable pseudorandom
/// number generators").
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Above 0 and below 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.next() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    pub(crate) fn exponential(&mut self, rate: f64) -> f64 {
        -self.uniform().ln() / rate
    }

    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Gamma of a shape, rate 1 (Marsaglia & Tsang 2000, "A simple method for generating gamma variables").
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        x / (x + y)
    }
}

/// A made-up customer: repeat purchases until `t`, the last of them, and purchases within `more` after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Customer {
    pub(crate) x: u64,
    pub(crate) t_x: f64,
    pub(crate) t: f64,
    pub(crate) after: u64,
}

/// A customer of the BG/NBD model.
pub(crate) fn bg_nbd(random: &mut Random, [r, alpha, a, b]: [f64; 4], t: f64, more: f64) -> Customer {
    let (rate, leaving) = (random.gamma(r) / alpha, random.beta(a, b));
    let mut customer = Customer { x: 0, t_x: 0.0, t, after: 0 };
    let mut at = 0.0;
    loop {
        at += random.exponential(rate);
        if !customer.buys(at, more) || random.uniform() < leaving {
            return customer;
        }
    }
}

/// A customer of the Pareto/NBD model.
pub(crate) fn pareto_nbd(random: &mut Random, [r, alpha, s, beta]: [f64; 4], t: f64, more: f64) -> Customer {
    let (rate, leaving) = (random.gamma(r) / alpha, random.gamma(s) / beta);
    let gone = random.exponential(leaving);
    let mut customer = Customer { x: 0, t_x: 0.0, t, after: 0 };
    let mut at = 0.0;
    loop {
        at += random.exponential(rate);
        if at > gone || !customer.buys(at, more) {
            return customer;
        }
    }
}

impl Customer {
    /// Counts a purchase; false when it lies beyond what is looked at.
    fn buys(&mut self, at: f64, more: f64) -> bool {
        if at <= self.t {
            self.x += 1;
            self.t_x = at;
            return true;
        }
        self.after += u64::from(at <= self.t + more);
        at <= self.t + more
    }
}
