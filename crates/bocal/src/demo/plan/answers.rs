//! What is answered: scores, when, and whether a call back is welcome.

use super::customers::Customer;
use super::invitations::WAVES;
use super::reach::who_answers;
use super::scores::{self, Shares};
use crate::demo::calendar::{BAD, Days, FIRST, LAST, Moment, Phase, Place, RECOVERY, REPAIR, demand};
use crate::demo::random::Random;

/// The four surveys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Survey {
    /// Would you recommend us? A random draw each quarter.
    Relation,
    /// How satisfied after this contact? Everybody.
    Contact,
    /// How easy was this request? Everybody drawn one time in two.
    Effort,
    /// The printed code: whoever wishes.
    Code,
}

impl Survey {
    /// The four.
    pub(crate) const ALL: [Self; 4] = [Self::Relation, Self::Contact, Self::Effort, Self::Code];

    /// Band of a score of this survey among comments, 0 is the lowest.
    pub(crate) const fn band(self, score: i64) -> usize {
        match (self, score) {
            (Self::Relation | Self::Code, 9..) | (Self::Contact, 5..) | (Self::Effort, 7..) => 3,
            (Self::Relation | Self::Code, 7..) | (Self::Contact, 4..) | (Self::Effort, 5..) => 2,
            (Self::Relation | Self::Code, 4..) | (Self::Contact, 2..) | (Self::Effort, 3..) => 1,
            _ => 0,
        }
    }
}

/// What an invitation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// A wave of the relation survey, by rank.
    Wave(usize),
    /// A contact.
    Contact {
        /// Channel of the contact.
        channel: &'static str,
        /// Key of its subject.
        subject: &'static str,
    },
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) at: Moment,
    pub(crate) score: i64,
    pub(crate) words: Option<&'static str>,
    /// Whether a call back is welcome.
    pub(crate) call_back: bool,
    pub(crate) is_english: bool,
}

/// An invitation, with its answer when there is one.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    pub(crate) survey: Survey,
    pub(crate) customer: usize,
    pub(crate) at: Moment,
    pub(crate) about: About,
    pub(crate) reply: Option<Reply>,
}

impl Invitation {
    /// An invitation nobody has answered.
    pub(crate) const fn new(survey: Survey, customer: usize, at: Moment, about: About) -> Self {
        Self { survey, customer, at, about, reply: None }
    }
}

/// An answer nobody was asked for, at a printed code.
#[derive(Clone, Debug)]
pub(crate) struct WalkIn {
    pub(crate) place: Place,
    pub(crate) customer: Option<usize>,
    pub(crate) is_paper: bool,
    pub(crate) reply: Reply,
}

/// Answers of a wave, of the contact survey, of the effort survey.
pub(crate) const ANSWERS: (usize, usize, usize) = (210, 1_100, 630);
/// Answers at the printed code of each site, and of Caudrelles in the bad days and in the repair.
const CODES: [usize; 4] = [290, 180, 100, 230];
const CODES_CAUDRELLES: (usize, usize) = (46, 30);

/// Answers some invitations, none of the last day: those are left for whoever tries the demonstration.
pub(crate) fn make(customers: &[Customer], invitations: &mut [Invitation], random: &mut Random) {
    for wave in 0..WAVES.len() {
        answer(customers, invitations, |i| i.about == About::Wave(wave), ANSWERS.0, random);
    }
    for (survey, wanted) in [(Survey::Contact, ANSWERS.1), (Survey::Effort, ANSWERS.2)] {
        answer(customers, invitations, |i| i.survey == survey && i.at.day() < LAST, wanted, random);
    }
}

fn answer(
    customers: &[Customer],
    invitations: &mut [Invitation],
    among: impl Fn(&Invitation) -> bool,
    wanted: usize,
    random: &mut Random,
) {
    let places: Vec<usize> = (0..invitations.len()).filter(|at| among(&invitations[*at])).collect();
    let asked: Vec<(&Customer, i64)> =
        places.iter().map(|at| (&customers[invitations[*at].customer], invitations[*at].at.day())).collect();
    for chosen in who_answers(&asked, wanted, random) {
        let invitation = &mut invitations[places[chosen]];
        let at = answered_at(invitation, random);
        invitation.reply = Some(reply(&customers[invitation.customer], invitation, at, random));
    }
}

/// What a customer answers at a moment.
pub(super) fn reply(customer: &Customer, invitation: &Invitation, at: Moment, random: &mut Random) -> Reply {
    let (place, day) = (customer.place, invitation.at.day());
    let (shares, lowest): (Shares, i64) = match (invitation.survey, invitation.about) {
        (Survey::Contact, About::Contact { channel, .. }) => (scores::satisfaction(place, day, channel), 1),
        (Survey::Effort, _) => (scores::ease(place, day), 1),
        _ => (scores::recommendation(place, at.day()), 0),
    };
    let suffers = customer.is_farm() && lowest == 0 && Phase::of(place, at.day()) == Phase::Bad;
    let shares = if suffers { scores::for_farms(&shares) } else { shares };
    let score = scores::draw(&shares, Some(customer), random) as i64 + lowest;
    let call_back = call_back(invitation.survey, score, random);
    Reply { at, score, words: None, call_back, is_english: customer.is_english }
}

/// Most answer within a day; some after the reminder of the eighth day of a wave.
fn answered_at(invitation: &Invitation, random: &mut Random) -> Moment {
    let longest = if invitation.survey == Survey::Relation { 17 } else { 9 };
    let days = match random.weighted(&[46.0, 24.0, 14.0, if longest > 10 { 16.0 } else { 6.0 }]) {
        0 => 0,
        1 => 1,
        2 => random.between(2, 6),
        _ => random.between(8, longest),
    };
    let day = (invitation.at.day() + days.min(longest)).min(LAST);
    let drawn = Moment::awake(random, day);
    // Never within the hour of the invitation: an hour is written at once.
    if drawn.hour() > invitation.at.hour() {
        drawn
    } else {
        Moment(invitation.at.0 + random.between(62, 320))
    }
}

fn call_back(survey: Survey, score: i64, random: &mut Random) -> bool {
    random.chance(match survey.band(score) {
        0 | 1 => 0.61,
        2 => 0.22,
        _ => 0.09,
    })
}

/// Answers at the printed codes, in order of time.
pub(crate) fn walk_ins(customers: &[Customer], random: &mut Random) -> Vec<WalkIn> {
    let mut all = Vec::with_capacity(CODES.iter().sum());
    for place in Place::ALL {
        let days = Days::new(|day| demand(place, day, 1.0));
        for (from, to, number) in parts(place) {
            for _ in 0..number {
                all.push(walk_in(customers, place, days.draw(random, from, to), random));
            }
        }
    }
    all.sort_by_key(|walk_in| walk_in.reply.at);
    all
}

fn parts(place: Place) -> Vec<(i64, i64, usize)> {
    let number = CODES[place.rank()];
    if place != Place::Caudrelles {
        return vec![(FIRST, LAST, number)];
    }
    let (bad, repair) = CODES_CAUDRELLES;
    vec![(FIRST, BAD - 1, number - bad - repair), (BAD, REPAIR - 1, bad), (REPAIR, RECOVERY + 20, repair)]
}

/// An answer at the printed code of a site on a day.
pub(super) fn walk_in(customers: &[Customer], place: Place, day: i64, random: &mut Random) -> WalkIn {
    let known = |at: &usize| {
        customers[*at].place == place && customers[*at].joined <= day && !customers[*at].never_ask
    };
    let customer = if random.chance(0.18) {
        let here: Vec<usize> =
            (0..customers.len()).filter(known).filter(|at| customers[*at].gone.is_none()).collect();
        random.pick(&here).copied()
    } else {
        None
    };
    let score =
        scores::draw(&scores::by_themselves(place, day), customer.map(|at| &customers[at]), random) as i64;
    let at = Moment::open(random, place, day);
    let is_english = customer.map_or_else(|| random.chance(0.05), |at| customers[at].is_english);
    // Nobody can call back somebody unknown.
    let call_back = customer.is_some() && call_back(Survey::Code, score, random);
    let reply = Reply { at, score, words: None, call_back, is_english };
    WalkIn { place, customer, is_paper: random.chance(0.06), reply }
}
