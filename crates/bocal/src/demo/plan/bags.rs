//! What is in a shopping bag.

use crate::demo::random::Random;
use crate::demo::words::{Product, Words};

use super::customers::Customer;

/// How many of a thing an organisation takes, on average: makes its mean basket near 410 €.
const PRO_SCALE: f64 = 9.0;

/// Weight of every product for a kind of customer in a month.
pub(crate) struct Shelves {
    /// By kind (person, farm, other organisation) and month.
    weights: Vec<Vec<f64>>,
}

#[derive(Clone, Copy)]
enum Shopper {
    Person,
    Farm,
    Office,
}

impl Shelves {
    /// Weights from the months of each product: dear things sell less often.
    pub(crate) fn new(words: &Words) -> Self {
        let mut weights = Vec::with_capacity(36);
        for shopper in [Shopper::Person, Shopper::Farm, Shopper::Office] {
            for month in 0..12 {
                weights.push(words.products.iter().map(|p| weight(p, shopper, month)).collect());
            }
        }
        Self { weights }
    }

    /// What one purchase of a customer is called and costs, in cents.
    pub(crate) fn fill(
        &self,
        words: &Words,
        customer: &Customer,
        month: usize,
        random: &mut Random,
    ) -> (String, i64) {
        let shopper = match customer {
            c if c.is_farm() => Shopper::Farm,
            c if c.is_pro() => Shopper::Office,
            _ => Shopper::Person,
        };
        let lines = 1 + random.weighted(&[38.0, 25.0, 15.0, 10.0, 6.0, 4.0, 2.0]);
        let weights = &self.weights[shopper as usize * 12 + month];
        let mut bag: Vec<(&Product, i64)> = Vec::with_capacity(lines);
        for _ in 0..lines {
            let product = &words.products[random.weighted(weights)];
            if bag.iter().all(|(other, _)| other.label != product.label) {
                bag.push((product, quantity(product, shopper, random)));
            }
        }
        let cents = bag.iter().map(|(product, quantity)| product.cents * quantity).sum();
        (label(&bag), cents)
    }
}

fn weight(product: &Product, shopper: Shopper, month: usize) -> f64 {
    let is_bulk = product.label.contains("big bag");
    let wish = match (shopper, product.family) {
        (Shopper::Person, "alimentation animale") if is_bulk => 0.0,
        (Shopper::Farm, "alimentation animale") if is_bulk => 30.0,
        (Shopper::Office, _) if is_bulk => 0.2,
        (Shopper::Person, "motoculture") => 0.5,
        (_, "motoculture") => 0.6,
        (_, "services") => 0.25,
        (Shopper::Person, "élevage et clôtures") => 0.6,
        (Shopper::Farm, "alimentation animale") => 3.0,
        (Shopper::Farm, "élevage et clôtures") => 2.5,
        (Shopper::Farm, "graines et plants") if product.cents > 3_000 => 4.0,
        (Shopper::Farm, "épicerie du pays" | "arbres et fleurs" | "animaux de compagnie") => 0.3,
        (Shopper::Office, "arbres et fleurs" | "terreaux et amendements" | "outillage") => 2.0,
        _ => 1.0,
    };
    wish * product.months[month] / (product.cents as f64 / 1_000.0).powf(0.55)
}

fn quantity(product: &Product, shopper: Shopper, random: &mut Random) -> i64 {
    let is_single = product.cents > 6_000 && !product.label.contains("big bag");
    let mean = match (shopper, is_single) {
        (_, true) => 0.0,
        (Shopper::Person, _) if product.cents < 500 => 3.0,
        (Shopper::Person, _) => 0.55,
        (_, _) if product.label.contains("big bag") => 0.7,
        (_, _) if product.cents < 500 => 6.0 * PRO_SCALE,
        (_, _) => PRO_SCALE,
    };
    let share = random.gamma(2.0);
    1 + random.poisson(mean * share) as i64
}

/// "Terreau universel 50 L et 2 autres articles", the dearest first.
fn label(bag: &[(&Product, i64)]) -> String {
    let Some((first, _)) = bag.iter().max_by_key(|(product, quantity)| product.cents * quantity) else {
        return String::new();
    };
    match bag.len() - 1 {
        0 => first.label.to_owned(),
        1 => format!("{} et 1 autre article", first.label),
        others => format!("{} et {others} autres articles", first.label),
    }
}
