//! What will have happened: everything the demonstration tells, worked out before anything is written.
//!
//! A plan depends on its seed alone, not on the day it is made: [`super::calendar::Shift`] moves it.

pub(crate) mod answers;
pub(crate) mod bags;
pub(crate) mod cases;
pub(crate) mod contacts;
pub(crate) mod customers;
pub(crate) mod fresh;
pub(crate) mod invitations;
pub(crate) mod names;
pub(crate) mod orders;
pub(crate) mod reach;
pub(crate) mod repair;
pub(crate) mod scores;
pub(crate) mod verbatims;

#[cfg(test)]
use super::calendar::Moment;
use super::case_words::CaseWords;
use super::random::Random;
use super::words::Words;
use answers::{Invitation, WalkIn};
use contacts::Contact;
use customers::Customer;
use orders::Order;

/// The seed of the demonstration everybody sees: one whose waves come out near what the story tells.
pub(crate) const SEED: u64 = 179;

/// Everything that happens.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Customers, in the order we first knew them.
    pub(crate) customers: Vec<Customer>,
    /// Purchases, in order of time.
    pub(crate) orders: Vec<Order>,
    /// Contacts, in order of time.
    pub(crate) contacts: Vec<Contact>,
    /// Invitations with their answers, in order of time.
    pub(crate) invitations: Vec<Invitation>,
    /// Answers nobody was asked for, in order of time.
    pub(crate) walk_ins: Vec<WalkIn>,
    /// Follow-ups, in order of their opening.
    pub(crate) cases: Vec<cases::Case>,
}

impl Plan {
    /// Works everything out.
    pub(crate) fn make(words: &Words, case_words: &CaseWords, seed: u64) -> Self {
        // Each part has a stream of its own, so that a change in one leaves the others as they were.
        let mut streams = Random::new(seed);
        let mut stream = || Random::new(streams.next());
        let mut customers = customers::make(words, &mut stream());
        let mut orders = orders::make(words, &mut customers, &mut stream());
        let mut contacts = contacts::make(words, &customers, &mut stream());
        repair::make(words, &customers, &mut contacts, &mut orders, &mut stream());
        orders.sort_by_key(|order| (order.at, order.customer));
        contacts.sort_by_key(|contact| (contact.at, contact.customer));
        let mut invitations = invitations::make(&customers, &contacts, &mut stream());
        answers::make(&customers, &mut invitations, &mut stream());
        let mut walk_ins = answers::walk_ins(&customers, &mut stream());
        let (mut written, mut called) = (stream(), stream());
        fresh::make(&customers, &mut invitations, &mut walk_ins, &mut stream());
        verbatims::write(words, case_words, &customers, &mut invitations, &mut walk_ins, &mut written);
        let cases = cases::make(words, case_words, &customers, &mut invitations, &mut walk_ins, &mut called);
        Self { customers, orders, contacts, invitations, walk_ins, cases }
    }

    /// First and last moment at which something happens.
    #[cfg(test)]
    pub(crate) fn extent(&self) -> (Option<Moment>, Option<Moment>) {
        let moments = || {
            let replies = self.invitations.iter().filter_map(|i| i.reply.as_ref()).map(|r| r.at);
            let walk_ins = self.walk_ins.iter().map(|w| w.reply.at);
            let asked = self.invitations.iter().map(|i| i.at);
            self.orders
                .iter()
                .map(|o| o.at)
                .chain(self.contacts.iter().map(|c| c.at))
                .chain(asked)
                .chain(replies)
                .chain(walk_ins)
        };
        (moments().min(), moments().max())
    }
}
