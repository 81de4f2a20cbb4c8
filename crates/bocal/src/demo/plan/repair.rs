//! What the cooperative did at Caudrelles from mid-October: 190 call-backs, letters, visits, and who came back.

use std::collections::HashMap;

use super::bags::Shelves;
use super::contacts::{Contact, Noter, colleague};
use super::customers::Customer;
use super::orders::{self, Order};
use crate::demo::calendar::{LAST, Moment, Phase, Place, REPAIR, demand};
use crate::demo::random::Random;
use crate::demo::words::Words;

const CALLS: usize = 190;
const REACHED: usize = 131;
const LETTERS: usize = 50;
const VISITS: usize = 20;
/// Days after a call within which somebody came back, or did not.
const BACK: i64 = 30;

/// Adds the contacts of the repair, and makes those who were called come back as the story tells.
pub(crate) fn make(
    words: &Words,
    customers: &[Customer],
    contacts: &mut Vec<Contact>,
    orders: &mut Vec<Order>,
    random: &mut Random,
) {
    let whom = dissatisfied(customers, contacts);
    let mut noter = Noter::new(words);
    let calls = calls(words, customers, &whom, &mut noter, random);
    returns(words, customers, &calls, orders, random);
    contacts.extend(calls);
    let farms: Vec<usize> = whom.iter().copied().filter(|at| customers[*at].is_pro()).collect();
    for (list, channel, number) in [(&whom, "letter", LETTERS), (&farms, "visit", VISITS)] {
        for at in list.iter().take(number) {
            let subject = if channel == "visit" && random.chance(0.5) { "livraison" } else { "reclamation" };
            let contact = outbound(words, customers, *at, channel, subject, random);
            contacts.push(noted(customers, contact, &mut noter, random));
        }
    }
}

/// Whom to call: those who got in touch most while things went wrong, then the regulars who stopped coming.
fn dissatisfied(customers: &[Customer], contacts: &[Contact]) -> Vec<usize> {
    let mut touched: HashMap<usize, usize> = HashMap::new();
    for contact in contacts.iter().filter(|c| c.is_inbound) {
        if Phase::of(customers[contact.customer].place, contact.at.day()) == Phase::Bad {
            *touched.entry(contact.customer).or_default() += 1;
        }
    }
    let mut whom: Vec<(usize, usize)> = touched.into_iter().collect();
    whom.sort_by_key(|(at, times)| (std::cmp::Reverse(*times), *at));
    let mut whom: Vec<usize> = whom.into_iter().map(|(at, _)| at).collect();
    let here = |at: &usize| customers[*at].place == Place::Caudrelles && !customers[*at].is_prospect;
    let gone = (0..customers.len()).filter(here).filter(|at| customers[*at].gone.is_some());
    for at in gone.collect::<Vec<_>>() {
        if !whom.contains(&at) {
            whom.push(at);
        }
    }
    whom.retain(|at| {
        !customers[*at].never_ask && (customers[*at].phone.is_some() || customers[*at].mobile.is_some())
    });
    whom
}

fn calls(
    words: &Words,
    customers: &[Customer],
    whom: &[usize],
    noter: &mut Noter<'_>,
    random: &mut Random,
) -> Vec<Contact> {
    let mut called: Vec<usize> = whom.iter().copied().take(CALLS).collect();
    random.shuffle(&mut called);
    let call = |(rank, at): (usize, &usize)| {
        let mut contact = outbound(words, customers, *at, "phone", "rappel", random);
        contact.is_missed = rank >= REACHED;
        if contact.is_missed {
            "Rappel d’excuses : pas de réponse, message laissé.".clone_into(&mut contact.note);
            return contact;
        }
        noted(customers, contact, noter, random)
    };
    called.iter().enumerate().map(call).collect()
}

fn outbound(
    words: &Words,
    customers: &[Customer],
    at: usize,
    channel: &'static str,
    subject: &'static str,
    random: &mut Random,
) -> Contact {
    let mut day = REPAIR + random.exponential(6.0) as i64;
    while demand(Place::Caudrelles, day, 0.0) == 0.0 || day > LAST - 8 {
        day = random.between(REPAIR, LAST - 8);
    }
    Contact {
        customer: at,
        at: Moment::open(random, customers[at].place, day),
        channel,
        is_inbound: false,
        subject,
        note: String::new(),
        colleague: colleague(words, Place::Caudrelles, random),
        is_missed: false,
    }
}

/// A note of the repair, else a plain one: these contacts were all written down.
fn noted(
    customers: &[Customer],
    mut contact: Contact,
    noter: &mut Noter<'_>,
    random: &mut Random,
) -> Contact {
    noter.serve(&customers[contact.customer], &mut contact, random);
    if contact.note.is_empty() {
        let plain = match contact.channel {
            "phone" => "Rappel d’excuses. Écouté, expliqué ce qui change, numéro direct donné.",
            "letter" => "Lettre d’excuses envoyée, avec le numéro direct.",
            _ => "Passé sur place. Excuses, et calendrier de livraison revu.",
        };
        plain.clone_into(&mut contact.note);
    }
    contact
}

/// 74 % of those who were reached bought again within a month, 46 % of the others: adds or takes away purchases.
fn returns(
    words: &Words,
    customers: &[Customer],
    calls: &[Contact],
    orders: &mut Vec<Order>,
    random: &mut Random,
) {
    let shelves = Shelves::new(words);
    for call in calls {
        let (from, to) = (call.at.day() + 1, (call.at.day() + BACK).min(LAST));
        let comes_back = random.chance(if call.is_missed { 0.46 } else { 0.74 });
        let bought = |o: &Order| o.customer == call.customer && (from..=to).contains(&o.at.day());
        if !comes_back {
            orders.retain(|o| !bought(o));
            continue;
        }
        if !orders.iter().any(bought) {
            let days = orders::selling_days(customers[call.customer].place);
            let day = days.draw(random, from, to);
            orders.push(orders::order(
                words,
                &shelves,
                &customers[call.customer],
                call.customer,
                day,
                random,
            ));
        }
    }
}
