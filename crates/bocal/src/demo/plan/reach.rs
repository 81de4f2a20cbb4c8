//! Who answers when asked.

use super::customers::Customer;
use super::names::Generation;
use crate::demo::calendar::{Phase, Place};
use crate::demo::random::Random;

/// How much more or less than others a customer answers on a day.
fn willingness(customer: &Customer, day: i64) -> f64 {
    let age = match customer.generation {
        _ if customer.is_pro() => 1.2,
        Generation::Old => 1.18,
        Generation::Mid => 1.0,
        Generation::Young => 0.72,
    };
    let place = match (customer.place, Phase::of(customer.place, day)) {
        (_, Phase::Bad) => 1.2,
        (_, Phase::Repair) => 1.1,
        (Place::Valcendre, _) => 1.25,
        (Place::Montferrol, _) => 0.95,
        _ => 1.0,
    };
    let strength = if customer.standing.abs() > 1.0 { 1.1 } else { 0.95 };
    // Those who left without a word say nothing here either.
    let silence =
        if customer.gone.is_some_and(|gone| day >= gone) || customer.is_dormant { 0.0 } else { 1.0 };
    age * place * strength * silence
}

/// Which `wanted` of these, each a customer and the day they are asked, answer: drawn without replacement, each
/// as likely as they are willing (Efraimidis and Spirakis, 2006).
pub(crate) fn who_answers(asked: &[(&Customer, i64)], wanted: usize, random: &mut Random) -> Vec<usize> {
    let mut keys: Vec<(f64, usize)> = Vec::with_capacity(asked.len());
    for (at, (customer, day)) in asked.iter().enumerate() {
        let will = willingness(customer, *day);
        let key = (1.0 - random.unit()).ln() / will;
        if will > 0.0 {
            keys.push((key, at));
        }
    }
    keys.sort_by(|a, b| b.0.total_cmp(&a.0));
    keys.truncate(wanted);
    keys.into_iter().map(|(_, at)| at).collect()
}
