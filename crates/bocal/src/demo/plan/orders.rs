//! Purchases: who buys when, and for how much.

use super::bags::Shelves;
use super::customers::Customer;
use crate::demo::calendar::{Days, FIRST, LAST, Moment, Phase, Place, demand, month};
use crate::demo::random::Random;
use crate::demo::words::Words;

/// What the rates drawn for customers are multiplied by, so that about 28 500 purchases come out.
const SCALE: f64 = 1.23;

/// A purchase.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) customer: usize,
    pub(crate) at: Moment,
    pub(crate) label: String,
    /// Cents, tax included.
    pub(crate) amount: i64,
}

/// Days on which a site sells.
pub(crate) fn selling_days(place: Place) -> Days {
    Days::new(|day| {
        let factor = match Phase::of(place, day) {
            Phase::Usual => 1.0,
            Phase::Bad => 0.68,
            Phase::Repair => 0.84,
            Phase::Recovery => 0.92,
        };
        demand(place, day, 1.0) * factor
    })
}

/// Draws every purchase.
pub(crate) fn make(words: &Words, customers: &mut [Customer], random: &mut Random) -> Vec<Order> {
    let shelves = Shelves::new(words);
    let days = Place::ALL.map(selling_days);
    let mut orders = Vec::with_capacity(30_000);
    for (at, customer) in customers.iter_mut().enumerate().filter(|(_, c)| !c.is_prospect) {
        let until = match (customer.is_dormant, customer.gone) {
            (true, _) => LAST - 366 - random.between(0, 150),
            (false, Some(gone)) => gone,
            (false, None) => LAST,
        };
        let days = &days[customer.place.rank()];
        let from = customer.joined.max(FIRST);
        // Somebody new buys on the day they join.
        let first = (customer.joined >= FIRST).then_some(customer.joined);
        let wanted = random.poisson(customer.buys * SCALE * days.weight(from, until) / 365.0);
        let drawn = (0..wanted).map(|_| days.draw(random, from, until)).collect::<Vec<_>>();
        for day in first.into_iter().chain(drawn) {
            orders.push(order(words, &shelves, customer, at, day, random));
        }
    }
    orders
}

/// One purchase of a customer on a day.
pub(crate) fn order(
    words: &Words,
    shelves: &Shelves,
    customer: &Customer,
    at: usize,
    day: i64,
    random: &mut Random,
) -> Order {
    let (label, amount) = shelves.fill(words, customer, month(day), random);
    Order { customer: at, at: Moment::open(random, customer.place, day), label, amount }
}
