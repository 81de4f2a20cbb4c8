//! Contacts: who came, called or wrote, what about, and what was noted.

use std::collections::HashMap;

use super::customers::Customer;
use crate::demo::calendar::{Days, FIRST, LAST, Moment, Phase, Place, SWELL, demand, month};
use crate::demo::random::Random;
use crate::demo::words::{Hints, Note, Words};

/// A contact with a customer.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub(crate) customer: usize,
    pub(crate) at: Moment,
    /// Name of a channel that can be noted.
    pub(crate) channel: &'static str,
    pub(crate) is_inbound: bool,
    /// Key of the subject.
    pub(crate) subject: &'static str,
    /// What was noted; may be empty.
    pub(crate) note: String,
    /// Rank of the colleague in `colleagues.tsv`.
    pub(crate) colleague: usize,
    /// A call nobody answered.
    pub(crate) is_missed: bool,
}

/// Multiplies the rates so that about 8 300 contacts come out before the repair adds its own.
const SCALE: f64 = 1.27;
/// Share of contacts that carry a note.
const NOTED: f64 = 0.62;
/// Days before a note may serve again.
const REST: i64 = 60;

const CHANNELS: [&str; 6] = ["phone", "counter", "mail", "letter", "visit", "web"];
const PERSON: [f64; 6] = [36.0, 39.0, 11.0, 2.0, 1.0, 11.0];
const PRO: [f64; 6] = [46.0, 19.0, 14.0, 3.0, 13.0, 5.0];
const TROUBLED: [f64; 6] = [57.0, 25.0, 12.0, 4.0, 1.0, 1.0];

const SUBJECTS: [(&str, f64); 16] = [
    ("conseil", 22.0),
    ("commande", 15.0),
    ("livraison", 11.0),
    ("stock", 10.0),
    ("facture", 8.0),
    ("sav", 8.0),
    ("compte", 6.0),
    ("animaux", 5.0),
    ("prix", 4.0),
    ("reclamation", 3.0),
    ("horaires", 3.0),
    ("rappel", 1.0),
    ("rendez-vous", 1.0),
    ("web", 1.0),
    ("adhesion", 1.0),
    ("remerciement", 1.0),
];
const TROUBLES: [(&str, f64); 9] = [
    ("livraison", 34.0),
    ("reclamation", 22.0),
    ("rappel", 12.0),
    ("facture", 11.0),
    ("commande", 9.0),
    ("conseil", 5.0),
    ("compte", 4.0),
    ("stock", 3.0),
    ("sav", 3.0),
];

/// Draws every contact but those of the repair.
pub(crate) fn make(words: &Words, customers: &[Customer], random: &mut Random) -> Vec<Contact> {
    let days = |swell: bool| {
        Place::ALL.map(|place| {
            Days::new(|day| demand(place, day, 0.5) * if swell { trouble(place, day) } else { 1.0 })
        })
    };
    let (inbound, outbound) = (days(true), days(false));
    let mut contacts = Vec::with_capacity(9_000);
    for (at, customer) in customers.iter().enumerate() {
        let (rate, inside) = if customer.is_pro() { (4.4, 0.70) } else { (1.6, 0.82) };
        let quiet = if customer.is_dormant { 0.25 } else { 1.0 };
        let rate = rate * customer.talk * quiet * SCALE / 365.0;
        let from = customer.joined.max(FIRST);
        // Most of those who left in September said nothing.
        let to = if customer.gone.is_some() { SWELL - 1 } else { LAST };
        for (is_inbound, days, share) in [(true, &inbound, inside), (false, &outbound, 1.0 - inside)] {
            let days = &days[customer.place.rank()];
            for _ in 0..random.poisson(rate * share * days.weight(from, to)) {
                let day = days.draw(random, from, to);
                contacts.push(contact(customer, at, day, is_inbound, random));
            }
        }
        if let Some(gone) = customer.gone.filter(|_| customer.complained) {
            contacts.push(complaint(customer, at, gone + random.between(1, 16), random));
        }
    }
    contacts.sort_by_key(|contact| (contact.at, contact.customer));
    let mut noter = Noter::new(words);
    for contact in &mut contacts {
        noter.write(&customers[contact.customer], contact, random);
    }
    contacts
}

/// How many more customers of Caudrelles get in touch while things go wrong: 2.6 times in all, most after
/// mid-September.
fn trouble(place: Place, day: i64) -> f64 {
    match Phase::of(place, day) {
        Phase::Bad if day < SWELL => 1.5,
        Phase::Bad => 3.1,
        _ => 1.0,
    }
}

fn contact(customer: &Customer, at: usize, day: i64, is_inbound: bool, random: &mut Random) -> Contact {
    let is_troubled = is_inbound && Phase::of(customer.place, day) == Phase::Bad;
    let mix = match (is_troubled, customer.is_pro()) {
        (true, _) => TROUBLED,
        (false, true) => PRO,
        (false, false) => PERSON,
    };
    let channel = CHANNELS[random.weighted(&mix)];
    // Nobody visits us at their place: a visit is ours.
    let is_inbound = is_inbound && channel != "visit";
    let subjects: &[(&'static str, f64)] =
        if is_troubled && day >= SWELL - 8 { &TROUBLES } else { &SUBJECTS };
    let weights: Vec<f64> = subjects.iter().map(|(_, weight)| *weight).collect();
    let subject =
        if channel == "web" && random.chance(0.3) { "web" } else { subjects[random.weighted(&weights)].0 };
    Contact {
        customer: at,
        at: Moment::open(random, customer.place, day),
        channel,
        is_inbound,
        subject,
        note: String::new(),
        colleague: 0,
        is_missed: is_troubled && channel == "phone" && random.chance(0.55),
    }
}

fn complaint(customer: &Customer, at: usize, day: i64, random: &mut Random) -> Contact {
    let channel = *random.pick(&["phone", "counter", "mail", "letter"]).unwrap_or(&"phone");
    let base = contact(customer, at, day, true, random);
    Contact { channel, is_inbound: true, subject: "reclamation", is_missed: false, ..base }
}

/// Writes notes: each serves again after [`REST`] days only, and for another customer.
pub(crate) struct Noter<'a> {
    words: &'a Words,
    /// When and for whom a note served last.
    used: HashMap<usize, (i64, usize)>,
}

impl<'a> Noter<'a> {
    pub(crate) fn new(words: &'a Words) -> Self {
        Self { words, used: HashMap::new() }
    }

    /// Completes a contact: its colleague and, for most, a note.
    pub(crate) fn write(&mut self, customer: &Customer, contact: &mut Contact, random: &mut Random) {
        contact.colleague = colleague(self.words, customer.place, random);
        if contact.is_missed {
            "Sans réponse.".clone_into(&mut contact.note);
            return;
        }
        if !contact.is_inbound && contact.subject != "reclamation" {
            self.rename(customer, contact, random);
        }
        if !random.chance(NOTED) {
            return;
        }
        self.serve(customer, contact, random);
        if contact.note.is_empty() && contact.is_inbound {
            contact.note = self.short(contact, random);
        }
    }

    /// Gives a contact a written note, if one fits.
    pub(crate) fn serve(&mut self, customer: &Customer, contact: &mut Contact, random: &mut Random) {
        if let Some(note) = self.find(customer, contact, random) {
            self.used.insert(note, (contact.at.day(), contact.customer));
            self.words.notes[note].text.clone_into(&mut contact.note);
        }
    }

    /// A contact we begin is about one of the subjects we call, write or visit for.
    fn rename(&self, customer: &Customer, contact: &mut Contact, random: &mut Random) {
        let fits = |n: &&Note| {
            n.channel == contact.channel
                && !n.is_inbound
                && n.hints.phase.is_none()
                && suits(&n.hints, customer, contact.at.day(), None)
        };
        let notes: Vec<&Note> = self.words.notes.iter().filter(fits).collect();
        contact.subject = random.pick(&notes).map_or("rappel", |note| note.subject);
    }

    /// A written note that fits; one of the phase first.
    fn find(&self, customer: &Customer, contact: &Contact, random: &mut Random) -> Option<usize> {
        let day = contact.at.day();
        let phase = Phase::of(customer.place, day).key();
        let rested = |at: &usize| {
            self.used.get(at).is_none_or(|(last, whom)| day - last >= REST && *whom != contact.customer)
        };
        let fits = |note: &Note| {
            note.channel == contact.channel
                && note.is_inbound == contact.is_inbound
                && note.subject == contact.subject
                && suits(&note.hints, customer, day, phase)
        };
        let all: Vec<usize> =
            (0..self.words.notes.len()).filter(|at| fits(&self.words.notes[*at])).filter(rested).collect();
        let of_phase: Vec<usize> =
            all.iter().copied().filter(|at| self.words.notes[*at].hints.phase.is_some()).collect();
        random.pick(if of_phase.is_empty() { &all } else { &of_phase }).copied()
    }

    fn short(&self, contact: &Contact, random: &mut Random) -> String {
        let notes: Vec<&str> =
            self.words.short_notes.iter().filter(|n| n.subject == contact.subject).map(|n| n.text).collect();
        let Some(note) = random.pick(&notes) else { return String::new() };
        let month = month(contact.at.day());
        let weights: Vec<f64> = self.words.products.iter().map(|p| p.months[month]).collect();
        let product = self.words.products[random.weighted(&weights)].label;
        let product: String =
            product.chars().take(1).flat_map(char::to_lowercase).chain(product.chars().skip(1)).collect();
        let weekday =
            random.pick(&["mardi", "mercredi", "jeudi", "vendredi", "samedi"]).copied().unwrap_or("samedi");
        note.replace("{product}", &product)
            .replace("{weekday}", weekday)
            .replace("{of_month}", &of_month(month))
    }
}

/// "d’avril", "de mars": the month before.
fn of_month(month: usize) -> String {
    let name = MONTHS[(month + 11) % 12];
    if name.starts_with(['a', 'o']) { format!("d’{name}") } else { format!("de {name}") }
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Whether hints allow a text for a customer on a day.
pub(crate) fn suits(hints: &Hints, customer: &Customer, day: i64, phase: Option<&str>) -> bool {
    let gender = customer.gender.filter(|_| !customer.is_pro());
    hints.gender.is_none_or(|wanted| gender == Some(wanted))
        && (!hints.is_pro || customer.is_pro())
        && hints.season.is_none_or(|season| season.holds(month(day)))
        && hints.phase.is_none_or(|wanted| phase == Some(wanted))
}

/// A colleague of a site: mostly its advisers.
pub(crate) fn colleague(words: &Words, place: Place, random: &mut Random) -> usize {
    let weight = |at: usize| {
        let colleague = &words.colleagues[at];
        match (colleague.place == Some(place), colleague.role) {
            (true, "adviser") => 10.0,
            (true, _) => 3.0,
            (false, "adviser") if colleague.place.is_none() => 1.0,
            (false, _) => 0.0,
        }
    };
    let weights: Vec<f64> = (0..words.colleagues.len()).map(weight).collect();
    random.weighted(&weights)
}
