//! Who is asked for an opinion, when, about what.

use std::collections::HashMap;

use super::answers::{About, Invitation, Survey};
use super::contacts::Contact;
use super::customers::Customer;
use crate::demo::calendar::{LAST, Moment, months_in};
use crate::demo::random::Random;

/// Days of the seven waves of the relation survey: the 2nd of the month, 9 September in 2026.
pub(crate) const WAVES: [i64; 7] = [20_241, 20_333, 20_424, 20_514, 20_606, 20_705, 20_759];
/// Customers drawn for a wave.
pub(crate) const DRAWN: usize = 570;
/// Invitations of a person in a year, at most.
const CAP: usize = 8;
/// Days without another invitation to the same survey.
const QUIET: i64 = 10;
/// Share of requests after which the effort is asked about, drawn at random.
const EFFORT: f64 = 0.75;

const REQUESTS: [&str; 8] =
    ["commande", "livraison", "sav", "facture", "compte", "reclamation", "web", "adhesion"];

/// What was sent to whom so far.
#[derive(Default)]
struct Sent {
    by_customer: HashMap<usize, Vec<(i64, Survey)>>,
}

impl Sent {
    fn note(&mut self, customer: usize, day: i64, survey: Survey) {
        self.by_customer.entry(customer).or_default().push((day, survey));
    }

    /// Whether another invitation would be one too many.
    fn allows(&self, customer: usize, day: i64, survey: Survey) -> bool {
        let Some(list) = self.by_customer.get(&customer) else { return true };
        let recent = list.iter().any(|(other, s)| *s == survey && (day - other).abs() < QUIET);
        let in_year = list.iter().filter(|(other, _)| (day - other).abs() < 365).count();
        let drawn =
            list.iter().any(|(other, s)| *s == Survey::Relation && months_in(*other) == months_in(day));
        !recent && in_year < CAP && !drawn
    }
}

/// Draws every invitation, in order of time.
pub(crate) fn make(customers: &[Customer], contacts: &[Contact], random: &mut Random) -> Vec<Invitation> {
    let mut sent = Sent::default();
    let mut all = Vec::with_capacity(10_000);
    for (wave, day) in WAVES.into_iter().enumerate() {
        let known = |at: &usize| customers[*at].is_reachable() && customers[*at].joined < day;
        let mut list: Vec<usize> = (0..customers.len()).filter(known).collect();
        random.shuffle(&mut list);
        for customer in list.into_iter().take(DRAWN) {
            sent.note(customer, day, Survey::Relation);
            all.push(Invitation::new(Survey::Relation, customer, Moment::at(day, 600), About::Wave(wave)));
        }
    }
    for contact in contacts.iter().filter(|c| !c.is_missed && customers[c.customer].is_reachable()) {
        for invitation in after(contact, random) {
            let day = invitation.at.day();
            if day <= LAST && sent.allows(contact.customer, day, invitation.survey) {
                sent.note(contact.customer, day, invitation.survey);
                all.push(invitation);
            }
        }
    }
    all.sort_by_key(|invitation| (invitation.at, invitation.customer));
    all
}

/// What is asked after a contact: the satisfaction on the next day, and for some requests the effort once they are
/// closed.
fn after(contact: &Contact, random: &mut Random) -> Vec<Invitation> {
    if !contact.is_inbound && contact.channel != "visit" {
        return Vec::new();
    }
    let about = About::Contact { channel: contact.channel, subject: contact.subject };
    let ask = |survey, wait, random: &mut Random| {
        let at = Moment::at(contact.at.day() + wait, random.between(545, 650));
        Invitation::new(survey, contact.customer, at, about)
    };
    let mut asked = vec![ask(Survey::Contact, 1, random)];
    if contact.is_inbound && REQUESTS.contains(&contact.subject) && random.chance(EFFORT) {
        let wait = 2 + random.exponential(2.5) as i64;
        asked.push(ask(Survey::Effort, wait, random));
    }
    asked
}
