//! Who is called back, when, and what comes of it.
//!
//! Follow-ups began in [`OPENED`]; before, nobody was called. Caudrelles is overrun while its tills fail, and catches
//! up afterwards. Whatever would end after the story does not: the last days are left with follow-ups in every state.

use std::collections::HashMap;

use super::answers::{About, Invitation, Reply, Survey, WalkIn};
use super::customers::Customer;
use crate::demo::calendar::{FIRST, LAST, Moment, Phase, Place, TAIL, workday};
use crate::demo::case_words::{Attempt, CaseWords, Story};
use crate::demo::random::Random;
use crate::demo::words::{Verbatim, Words};

/// First day of follow-ups: Monday 2025-05-05.
const OPENED: i64 = 20_213;
/// Follow-ups that are opened by hand in those days.
const FRESH: usize = 30;
/// Follow-ups younger than this many days may still be open.
const YOUNG: i64 = 40;
/// Stories are told again at most so many times.
const TOLD_AGAIN: usize = 3;
/// A cause few people say most about: two neighbours. Who says it, and on which day.
const NOISE: (&str, [(usize, i64); 5]) =
    ("magasin-bruit", [(0, LAST - 80), (0, LAST - 66), (1, LAST - 60), (0, LAST - 53), (0, LAST - 41)]);
/// Minutes of a day.
const DAY: i64 = 1_440;

/// What an adviser does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// The case opens.
    Open,
    /// Somebody takes it.
    Take,
    /// An attempt that fails: the note.
    Try(&'static str, &'static str),
    /// The customer is reached.
    Reach,
    /// Cause, remedy and cost are noted.
    Find,
    /// It goes to a colleague.
    HandOver(&'static str),
    /// The deadline moves.
    Extend(&'static str),
    /// The customer is told, by mail or by voice.
    Tell,
    /// It is closed.
    Close,
    /// It opens again, in the customer's words.
    Reopen,
}

/// Where a case comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    /// An answer to an invitation.
    Invited(usize),
    /// An answer nobody was asked for.
    WalkIn(usize),
    /// A colleague.
    Hand,
}

/// A follow-up.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) source: Source,
    pub(crate) customer: usize,
    pub(crate) place: Place,
    pub(crate) story: Story,
    /// What it is about is known from the customer's words, before anybody is reached.
    pub(crate) is_clear: bool,
    /// Rank among the advisers of the site.
    pub(crate) adviser: usize,
    /// By mail rather than by voice.
    pub(crate) by_mail: bool,
    pub(crate) deeds: Vec<(Moment, Deed)>,
}

/// Works all follow-ups out, in order of their opening.
pub(crate) fn make(
    words: &Words,
    cases: &CaseWords,
    customers: &[Customer],
    invitations: &mut [Invitation],
    walk_ins: &mut [WalkIn],
    random: &mut Random,
) -> Vec<Case> {
    let known: HashMap<&str, &Verbatim> =
        words.french.iter().chain(&words.english).map(|v| (v.text, v)).collect();
    let theme_said = |reply: &Reply| Some(known.get(reply.words?)?.theme);
    let mut shelf = Shelf { cases, used: HashMap::new() };
    let mut found: Vec<(Moment, Source, usize, Place, &'static str, bool)> = Vec::new();
    for (at, invitation) in invitations.iter().enumerate() {
        let Some(reply) = &invitation.reply else { continue };
        if is_unhappy(invitation.survey, reply.score) && reply.call_back && reply.at.day() >= OPENED {
            let theme = theme_said(reply).unwrap_or_else(|| theme_of(invitation.about, random));
            let place = customers[invitation.customer].place;
            found.push((reply.at, Source::Invited(at), invitation.customer, place, theme, reply.is_english));
        }
    }
    for (at, walk_in) in walk_ins.iter().enumerate() {
        let (Some(customer), reply) = (walk_in.customer, &walk_in.reply) else { continue };
        if is_unhappy(Survey::Code, reply.score) && reply.call_back && reply.at.day() >= OPENED {
            let theme = theme_said(reply).unwrap_or("accueil");
            found.push((reply.at, Source::WalkIn(at), customer, walk_in.place, theme, reply.is_english));
        }
    }
    let mut all = Vec::with_capacity(found.len() + cases.by_hand.len());
    let mut last: HashMap<usize, i64> = HashMap::new();
    found.sort_by_key(|f| f.0);
    for (moment, source, customer, place, theme, is_english) in found {
        // Somebody whose follow-up is open is not called twice.
        if last.get(&customer).is_some_and(|day| moment.day() - day < 30) {
            continue;
        }
        let Some(reply) = reply_of(source, invitations, walk_ins) else { continue };
        let told = reply.words.and_then(|text| cases.about(text));
        if told.is_none()
            && reply.words.is_some_and(|text| known.get(text).is_some_and(|v| v.phase.is_some()))
        {
            // What was said of the bad days stands as it is: no story could tell the rest of it.
            reply.call_back = false;
            continue;
        }
        last.insert(customer, moment.day());
        let story = match told {
            Some(story) => shelf.tell(story),
            None => shelf.take(theme, is_english, random),
        };
        if told.is_none() {
            // The story would contradict the words: they are told to whoever calls back.
            reply.words = None;
        }
        let opened = case(cases, source, customer, place, story, moment, random);
        all.push(Case { is_clear: told.is_some(), ..opened });
    }
    all.extend(noise(cases, customers, &mut last, random));
    let by_hand = cases.by_hand.iter().filter(|story| story.cause != NOISE.0);
    for (rank, story) in by_hand.enumerate() {
        let customer = random.below(customers.len());
        let place = customers[customer].place;
        let day = if rank < FRESH {
            random.between(LAST - 2, TAIL)
        } else {
            random.between(OPENED.max(customers[customer].joined + 1), LAST)
        };
        let moment = Moment::open(random, place, workday(day));
        if !last.contains_key(&customer) && moment.day() > customers[customer].joined {
            last.insert(customer, moment.day());
            all.push(case(cases, Source::Hand, customer, place, *story, moment, random));
        }
    }
    all.sort_by_key(|case| case.deeds.first().map(|(moment, _)| *moment));
    all
}

/// The answer a case comes from.
fn reply_of<'a>(
    source: Source,
    invitations: &'a mut [Invitation],
    walk_ins: &'a mut [WalkIn],
) -> Option<&'a mut Reply> {
    match source {
        Source::Invited(at) => invitations[at].reply.as_mut(),
        Source::WalkIn(at) => Some(&mut walk_ins[at].reply),
        Source::Hand => None,
    }
}

/// What two neighbours say of the noise at Aubrin.
fn noise(
    cases: &CaseWords,
    customers: &[Customer],
    last: &mut HashMap<usize, i64>,
    random: &mut Random,
) -> Vec<Case> {
    let (cause, said) = NOISE;
    let is_neighbour = |(at, c): &(usize, &Customer)| {
        c.place == Place::Aubrin
            && c.joined < FIRST
            && !c.is_pro()
            && c.gone.is_none()
            && c.phone.is_some()
            && !last.contains_key(at)
    };
    let neighbours: Vec<usize> =
        customers.iter().enumerate().filter(is_neighbour).map(|(at, _)| at).take(2).collect();
    let stories = cases.by_hand.iter().filter(|story| story.cause == cause);
    let mut all = Vec::new();
    for (story, (who, day)) in stories.zip(said) {
        let Some(customer) = neighbours.get(who).copied() else { continue };
        let moment = Moment::open(random, Place::Aubrin, workday(day));
        last.insert(customer, moment.day());
        all.push(case(cases, Source::Hand, customer, Place::Aubrin, *story, moment, random));
    }
    all
}

/// Whether an answer opens a follow-up, if a call back is welcome.
pub(super) const fn is_unhappy(survey: Survey, score: i64) -> bool {
    match survey {
        Survey::Relation | Survey::Code => score <= 6,
        Survey::Contact => score <= 2,
        Survey::Effort => score <= 3,
    }
}

fn theme_of(about: About, random: &mut Random) -> &'static str {
    match about {
        About::Contact { subject: "livraison", .. } => "livraison",
        About::Contact { subject: "sav", .. } => "sav",
        About::Contact { subject: "facture" | "compte", .. } => "erreur-facture",
        About::Contact { subject: "stock" | "commande", .. } => "stock",
        About::Contact { channel: "phone", .. } => "telephone",
        _ => random.pick(&["accueil", "attente", "conseil", "caisse", "prix"]).copied().unwrap_or("accueil"),
    }
}

/// Stories, with how often each was told.
struct Shelf<'a> {
    cases: &'a CaseWords,
    used: HashMap<&'static str, usize>,
}

impl Shelf<'_> {
    /// A story of a theme, the least told first.
    fn take(&mut self, theme: &str, is_english: bool, random: &mut Random) -> Story {
        let all = if is_english { &self.cases.english } else { &self.cases.french };
        let mut of_theme: Vec<&Story> = all.iter().filter(|story| story.theme == theme).collect();
        if of_theme.is_empty() {
            of_theme = all.iter().collect();
        }
        let times = |story: &&Story| self.used.get(story.title).copied().unwrap_or(0).min(TOLD_AGAIN);
        let least = of_theme.iter().map(times).min().unwrap_or(0);
        let free: Vec<&Story> = of_theme.into_iter().filter(|story| times(story) == least).collect();
        self.tell(free[random.below(free.len())])
    }

    /// This story.
    fn tell(&mut self, story: &Story) -> Story {
        *self.used.entry(story.title).or_default() += 1;
        *story
    }
}

/// A moment of work some hours of the clock later: within opening hours, never at noon.
fn later(from: Moment, hours: f64, random: &mut Random) -> Moment {
    let rough = Moment(from.0 + (hours * 60.0) as i64 + 7);
    let day = workday(rough.day());
    let minute = if day == rough.day() { rough.0.rem_euclid(DAY) } else { 0 };
    match minute {
        ..545 => Moment::at(day, random.between(545, 700)),
        733..845 => Moment::at(day, random.between(845, 900)),
        1_091.. => Moment::at(workday(day + 1), random.between(545, 700)),
        open => Moment::at(day, open),
    }
}

/// Leaves most young follow-ups where they stand: the younger, the nearer to their beginning.
fn leave_open(deeds: &mut Vec<(Moment, Deed)>, opened: i64, random: &mut Random) {
    let age = LAST + 4 - opened;
    if age > YOUNG || !random.chance(0.85) {
        return;
    }
    let last = match age {
        ..=3 => random.between(1, 3),
        4..=8 => random.between(2, 5),
        9..=16 => random.between(4, 7),
        _ => random.between(5, 8),
    };
    deeds.truncate(usize::try_from(last).unwrap_or(1));
}

/// How quickly a site works, and how often it reaches people: hours, and a chance.
fn pace(place: Place, day: i64) -> (f64, f64) {
    match (place, Phase::of(place, day)) {
        (_, Phase::Bad) => (44.0, 0.45),
        (_, Phase::Repair) => (20.0, 0.6),
        (Place::Valcendre, _) => (5.0, 0.75),
        (Place::Montferrol, _) => (17.0, 0.65),
        _ => (11.0, 0.6),
    }
}

fn case(
    words: &CaseWords,
    source: Source,
    customer: usize,
    place: Place,
    story: Story,
    opened: Moment,
    random: &mut Random,
) -> Case {
    let (hours, reached) = pace(place, opened.day());
    let wait = |random: &mut Random, share: f64| hours * share * (0.25 + 1.5 * random.unit());
    let mut deeds = vec![(opened, Deed::Open)];
    let mut now = later(opened, wait(random, 0.5), random);
    deeds.push((now, Deed::Take));
    let note = |outcome: &str, nth: usize, at: Moment, random: &mut Random| {
        let fits = |a: &&Attempt| a.outcome == outcome && a.fits(nth, at);
        let all: Vec<&str> = words.attempts.iter().filter(fits).map(|a| a.note).collect();
        all[random.below(all.len())]
    };
    if random.chance(0.08) {
        now = later(now, wait(random, 0.5), random);
        deeds.push((now, Deed::HandOver(words.handovers[random.below(words.handovers.len())])));
    }
    let mut tries = 0;
    while tries < 3 && !random.chance(reached) {
        // What happens within one hour is written at once: two attempts are never that near.
        now = later(now, wait(random, 0.6).max(1.2), random);
        let outcome = if random.chance(0.06) { "wrong_number" } else { "not_reached" };
        tries += 1;
        deeds.push((now, Deed::Try(outcome, note(outcome, tries, now, random))));
    }
    now = later(now, wait(random, 0.5).max(1.2), random);
    if random.chance(0.04) {
        deeds.push((now, Deed::Try("refused", note("refused", tries + 1, now, random))));
        deeds.push((later(now, 2.0, random), Deed::Close));
    } else {
        deeds.push((now, Deed::Reach));
        now = later(now, wait(random, 0.8), random);
        deeds.push((now, Deed::Find));
        if random.chance(0.09) {
            now = later(now, wait(random, 1.0), random);
            deeds.push((now, Deed::Extend(words.extensions[random.below(words.extensions.len())])));
        }
        now = later(now, wait(random, 3.0) + 6.0, random);
        deeds.push((now, Deed::Tell));
        now = later(now, wait(random, 1.0) + 2.0, random);
        deeds.push((now, Deed::Close));
        if !story.back.is_empty() && random.chance(0.05) {
            now = later(now, 60.0 + wait(random, 6.0), random);
            deeds.push((now, Deed::Reopen));
            now = later(now, 20.0 + wait(random, 2.0), random);
            deeds.push((now, Deed::Tell));
            deeds.push((later(now, 4.0, random), Deed::Close));
        }
    }
    deeds.retain(|(moment, _)| moment.day() <= TAIL);
    leave_open(&mut deeds, opened.day(), random);
    let by_mail = random.chance(0.45);
    let is_clear = matches!(source, Source::Hand);
    Case { source, customer, place, story, is_clear, adviser: random.below(8), by_mail, deeds }
}
