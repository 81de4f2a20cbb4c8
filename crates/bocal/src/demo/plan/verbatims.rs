//! What customers write beside their score: each text once, where it fits.

use std::collections::HashMap;

use super::answers::{About, Invitation, Reply, Survey, WalkIn};
use super::cases::is_unhappy;
use super::contacts::suits;
use super::customers::Customer;
use crate::demo::calendar::{LAST, Moment, Phase, Place};
use crate::demo::case_words::CaseWords;
use crate::demo::random::Random;
use crate::demo::words::{Verbatim, Words};

/// Themes of somebody who was asked about us in general.
const GENERAL: [(&str, f64); 10] = [
    ("accueil", 20.0),
    ("conseil", 18.0),
    ("prix", 10.0),
    ("stock", 10.0),
    ("magasin", 10.0),
    ("attente", 9.0),
    ("produit", 8.0),
    ("promesse", 6.0),
    ("animaux", 5.0),
    ("livraison", 4.0),
];
/// A text of so many words may come back, [`TIMES`] times at most, [`APART`] days apart.
const SHORT: usize = 3;
const TIMES: usize = 4;
const APART: i64 = 45;
/// Texts that a follow-up tells the rest of are kept for those who asked to be called back within so many days.
const CALLED: i64 = 110;
/// How often those write.
const CALLED_WRITE: f64 = 0.85;

/// Gives words to some answers, in order of time.
pub(crate) fn write(
    words: &Words,
    case_words: &CaseWords,
    customers: &[Customer],
    invitations: &mut [Invitation],
    walk_ins: &mut [WalkIn],
    random: &mut Random,
) {
    enum Which {
        Invited(usize),
        WalkIn(usize),
    }
    let mut order: Vec<(Moment, Which)> = Vec::new();
    order.extend(
        invitations.iter().enumerate().filter_map(|(at, i)| Some((i.reply.as_ref()?.at, Which::Invited(at)))),
    );
    order.extend(walk_ins.iter().enumerate().map(|(at, w)| (w.reply.at, Which::WalkIn(at))));
    order.sort_by_key(|(moment, _)| *moment);
    let mut french = Shelf::new(&words.french);
    let mut english = Shelf::new(&words.english);
    for (_, which) in order {
        let (survey, customer, place, about, reply) = match which {
            Which::Invited(at) => {
                let i = &mut invitations[at];
                let customer = &customers[i.customer];
                (i.survey, Some(customer), customer.place, Some(i.about), i.reply.as_mut())
            }
            Which::WalkIn(at) => {
                let w = &mut walk_ins[at];
                (Survey::Code, w.customer.map(|at| &customers[at]), w.place, None, Some(&mut w.reply))
            }
        };
        let Some(reply) = reply else { continue };
        let is_called = reply.call_back
            && customer.is_some()
            && is_unhappy(survey, reply.score)
            && reply.at.day() > LAST - CALLED;
        let writes =
            if is_called { random.chance(CALLED_WRITE) } else { writes(survey, place, reply, random) };
        if !writes {
            continue;
        }
        let shelf = if reply.is_english { &mut english } else { &mut french };
        let wish = Wish {
            band: survey.band(reply.score),
            place,
            day: reply.at.day(),
            customer,
            themes: themes(survey, about),
            is_called,
            told: case_words,
        };
        reply.words = shelf.take(&wish, random);
    }
}

/// Whether words come with a score: more often with a bad one.
fn writes(survey: Survey, place: Place, reply: &Reply, random: &mut Random) -> bool {
    let rates = match Phase::of(place, reply.at.day()) {
        Phase::Bad => [0.60, 0.45, 0.25, 0.25],
        _ => [0.55, 0.36, 0.20, 0.17],
    };
    random.chance(rates[survey.band(reply.score)])
}

type Themes = Vec<(&'static str, f64)>;

fn themes(survey: Survey, about: Option<About>) -> Themes {
    let Some(About::Contact { channel, subject }) = about else { return GENERAL.to_vec() };
    let of_subject = match subject {
        "livraison" => "livraison",
        "sav" => "sav",
        "facture" | "compte" => "erreur-facture",
        "web" => "web",
        "stock" | "commande" => "stock",
        "animaux" => "animaux",
        "reclamation" | "rappel" => "promesse",
        "prix" => "prix",
        _ => "conseil",
    };
    if survey == Survey::Effort {
        return vec![(of_subject, 60.0), ("promesse", 15.0), ("attente", 13.0), ("telephone", 12.0)];
    }
    let of_channel: &[(&'static str, f64)] = match channel {
        "phone" => &[("telephone", 35.0)],
        "mail" | "web" => &[("web", 35.0)],
        _ => &[("accueil", 13.0), ("attente", 12.0), ("caisse", 10.0)],
    };
    std::iter::once((of_subject, 65.0)).chain(of_channel.iter().copied()).collect()
}

/// A group of texts.
type Group<'a> = &'a dyn Fn(&Verbatim) -> bool;

/// The text that is looked for.
struct Wish<'a> {
    band: usize,
    place: Place,
    day: i64,
    customer: Option<&'a Customer>,
    themes: Themes,
    is_called: bool,
    told: &'a CaseWords,
}

impl Wish<'_> {
    /// How much a text is wished for.
    fn weight(&self, text: &Verbatim) -> f64 {
        let theme = self.themes.iter().find(|(theme, _)| *theme == text.theme).map_or(0.6, |(_, w)| *w);
        theme
            * match (self.told.about(text.text).is_some(), self.is_called) {
                (true, true) => 40.0,
                (true, false) => 0.02,
                (false, _) => 1.0,
            }
    }
}

/// Texts, with what was used of them.
struct Shelf<'a> {
    texts: &'a [Verbatim],
    used: HashMap<usize, (usize, i64)>,
}

impl<'a> Shelf<'a> {
    fn new(texts: &'a [Verbatim]) -> Self {
        Self { texts, used: HashMap::new() }
    }

    fn is_free(&self, at: usize, day: i64) -> bool {
        let may_return = self.texts[at].text.split_whitespace().count() <= SHORT;
        self.used.get(&at).is_none_or(|(times, last)| may_return && *times < TIMES && day - last >= APART)
    }

    /// Takes a text: of the phase first, then of the site, then of any.
    fn take(&mut self, wish: &Wish<'_>, random: &mut Random) -> Option<&'static str> {
        let phase = Phase::of(wish.place, wish.day).key();
        let own = match wish.place {
            Place::Aubrin | Place::Caudrelles => 0.60,
            Place::Montferrol | Place::Valcendre => 0.75,
        };
        let of_phase = |t: &Verbatim| t.phase.is_some() && t.phase == phase && t.place == Some(wish.place);
        let of_site = |t: &Verbatim| t.phase.is_none() && t.place == Some(wish.place);
        let of_any = |t: &Verbatim| t.phase.is_none() && t.place.is_none();
        let steps: [(f64, Group<'_>); 3] = [(0.90, &of_phase), (own, &of_site), (1.0, &of_any)];
        for (chance, group) in steps {
            if !random.chance(chance) {
                continue;
            }
            if let Some(at) = self.find(wish, group, random) {
                let times = self.used.get(&at).map_or(0, |(times, _)| *times);
                self.used.insert(at, (times + 1, wish.day));
                return Some(self.texts[at].text);
            }
        }
        None
    }

    fn find(&self, wish: &Wish<'_>, group: Group<'_>, random: &mut Random) -> Option<usize> {
        let fits = |at: &usize| {
            let text = &self.texts[*at];
            text.band == wish.band && group(text) && fits(text, wish) && self.is_free(*at, wish.day)
        };
        let all: Vec<usize> = (0..self.texts.len()).filter(fits).collect();
        let weights: Vec<f64> = all.iter().map(|at| wish.weight(&self.texts[*at])).collect();
        all.get(random.weighted(&weights)).copied()
    }
}

/// Whether hints allow it: somebody unknown gets a text that gives nothing away.
fn fits(text: &Verbatim, wish: &Wish<'_>) -> bool {
    match wish.customer {
        Some(customer) => suits(&text.hints, customer, wish.day, None),
        None => {
            let season = text.hints.season.is_none_or(|s| s.holds(crate::demo::calendar::month(wish.day)));
            text.hints.gender.is_none() && !text.hints.is_pro && season
        }
    }
}
