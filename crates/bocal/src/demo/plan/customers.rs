//! The 2 500 customers: who they are, how they can be reached and how they live with the cooperative.

use kernel::Day;

use super::names::{Generation, Namer};
use crate::demo::calendar::{Days, FIRST, LAST, Place, demand};
use crate::demo::random::Random;
use crate::demo::words::Words;

/// Customers, organisations among them and pairs of doubles left for whoever looks for them.
pub(crate) const CUSTOMERS: usize = 2_500;
const ORGANISATIONS: [usize; 4] = [112, 174, 67, 22];
const PLACES: [usize; 4] = [1_125, 600, 450, 325];
const DOUBLES: [usize; 4] = [13, 7, 6, 4];
/// Shares of the three generations at each site.
const AGES: [[f64; 3]; 4] = [[28.0, 46.0, 26.0], [30.0, 50.0, 20.0], [36.0, 46.0, 18.0], [46.0, 40.0, 14.0]];

/// A customer to be.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) place: Place,
    /// Legal form, for an organisation.
    pub(crate) form: Option<&'static str>,
    pub(crate) organisation: String,
    pub(crate) given: String,
    pub(crate) family: String,
    /// `f`, `m`, or unknown.
    pub(crate) gender: Option<char>,
    pub(crate) generation: Generation,
    pub(crate) birth: Option<Day>,
    pub(crate) is_english: bool,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) preferred: Option<&'static str>,
    pub(crate) street: String,
    pub(crate) postal_code: &'static str,
    pub(crate) city: &'static str,
    pub(crate) expects: &'static str,
    /// Day we first knew them, in days of the story.
    pub(crate) joined: i64,
    pub(crate) is_prospect: bool,
    /// Stopped buying more than a year ago.
    pub(crate) is_dormant: bool,
    /// May be asked for an opinion, may be sent offers, wants to be left alone.
    pub(crate) survey_ok: bool,
    pub(crate) offers_ok: bool,
    pub(crate) never_ask: bool,
    /// How they stand towards us: standard normal.
    pub(crate) standing: f64,
    /// How often they are in touch, 1 on average.
    pub(crate) talk: f64,
    /// Purchases a year.
    pub(crate) buys: f64,
    /// Went away after this day.
    pub(crate) gone: Option<i64>,
    /// Said so before going.
    pub(crate) complained: bool,
}

impl Customer {
    /// Whether it is a firm, a farm, an association or a commune.
    pub(crate) const fn is_pro(&self) -> bool {
        self.form.is_some()
    }

    /// Whether it feeds animals for a living.
    pub(crate) fn is_farm(&self) -> bool {
        matches!(self.form, Some("EARL" | "GAEC" | "SCEA" | "CUMA"))
    }

    /// Whether an invitation can reach them.
    pub(crate) const fn is_reachable(&self) -> bool {
        self.survey_ok && !self.never_ask && (self.email.is_some() || self.mobile.is_some())
    }
}

/// Makes every customer, in the order we first knew them.
pub(crate) fn make(words: &Words, random: &mut Random) -> Vec<Customer> {
    let mut namer = Namer::new(words);
    let organisations = organisations(words, &mut namer, random);
    let mut all: Vec<Customer> = Vec::with_capacity(CUSTOMERS);
    for (place, form, name) in organisations {
        all.push(organisation(words, &mut namer, random, place, form, name));
    }
    for place in Place::ALL {
        let others = ORGANISATIONS[place.rank()] + DOUBLES[place.rank()];
        for _ in others..PLACES[place.rank()] {
            all.push(person(words, &mut namer, random, place));
        }
    }
    doubles(&mut all, random);
    all.sort_by_key(|c| c.joined);
    leavers(&mut all, random);
    all
}

/// Name and site of every organisation: written ones first, then made ones up to the number of each form.
fn organisations(
    words: &Words,
    namer: &mut Namer<'_>,
    random: &mut Random,
) -> Vec<(Place, &'static str, String)> {
    const FORMS: [(&str, usize); 8] = [
        ("EARL", 95),
        ("GAEC", 75),
        ("SCEA", 25),
        ("SARL", 70),
        ("SAS", 15),
        ("CUMA", 10),
        ("association", 60),
        ("commune", 25),
    ];
    let mut named: Vec<(&'static str, String)> = Vec::new();
    for (form, wanted) in FORMS {
        let is_form = |other: &str| other == form || (form == "commune" && other == "établissement public");
        let written = words.organisations.iter().filter(|o| is_form(o.form)).take(wanted);
        let mut names: Vec<String> = written.map(|o| o.name.to_owned()).collect();
        while names.len() < wanted {
            let name = made_up(words, namer, random, form);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        named.extend(names.into_iter().map(|name| (form, name)));
    }
    random.shuffle(&mut named);
    // Caudrelles is the quay of the breeders: farms go there first.
    named.sort_by_key(|(form, _)| usize::from(!matches!(*form, "EARL" | "GAEC" | "SCEA" | "CUMA")));
    let mut left = ORGANISATIONS;
    let mut placed = Vec::with_capacity(named.len());
    for (form, name) in named {
        let is_farm = matches!(form, "EARL" | "GAEC" | "SCEA" | "CUMA");
        let pull = if is_farm { [0.7, 2.0, 1.2, 0.5] } else { [1.0; 4] };
        let weights: Vec<f64> = left.iter().zip(pull).map(|(n, pull)| *n as f64 * pull).collect();
        let at = random.weighted(&weights);
        left[at] = left[at].saturating_sub(1);
        placed.push((Place::ALL[at], form, name));
    }
    placed
}

fn made_up(words: &Words, namer: &Namer<'_>, random: &mut Random, form: &str) -> String {
    let family = namer.family(random);
    let town = random.pick(&words.towns).map_or("", |t| t.name);
    match form {
        "GAEC" if random.chance(0.5) => format!("GAEC {family} et fils"),
        "GAEC" => format!("GAEC {family}-{}", namer.family(random)),
        // There are fewer hamlets than farms to name.
        "SCEA" if random.chance(0.5) => format!("SCEA {family}"),
        "SCEA" => {
            let hamlets: Vec<&str> = words
                .streets
                .iter()
                .map(|s| s.name)
                .filter(|s| s.starts_with("la ") || s.starts_with("l'"))
                .collect();
            format!("SCEA de {}", random.pick(&hamlets).copied().unwrap_or(family))
        }
        "SARL" if random.chance(0.5) => format!("SARL {family} Paysage"),
        "SARL" => format!("SARL {family} Clôtures"),
        "association" => {
            let what = random.pick(&["lavoir", "verger", "moulin"]).copied().unwrap_or("lavoir");
            format!("Association Les Amis du {what} de {town}")
        }
        "CUMA" => format!("CUMA de {town}"),
        "commune" => format!("École de {town}"),
        other => format!("{other} {family}"),
    }
}

fn organisation(
    words: &Words,
    namer: &mut Namer<'_>,
    random: &mut Random,
    place: Place,
    form: &'static str,
    name: String,
) -> Customer {
    let mut made = person(words, namer, random, place);
    made.birth = None;
    made.email = random.chance(0.82).then(|| namer.email(random, &[&name], "example.org"));
    made.phone = random.chance(0.75).then(|| namer.phone(random, false));
    made.mobile = (made.phone.is_none() || random.chance(0.5)).then(|| namer.phone(random, true));
    made.organisation = name;
    made.form = Some(form);
    made.is_prospect = random.chance(0.03);
    made.is_dormant = !made.is_prospect && random.chance(0.05);
    // A farm comes every week, an association in spring.
    made.buys = (14.0_f64.ln() - 0.18 + 0.6 * random.normal()).exp();
    made
}

fn person(words: &Words, namer: &mut Namer<'_>, random: &mut Random, place: Place) -> Customer {
    let generation = Generation::ALL[random.weighted(&AGES[place.rank()])];
    let is_english = random.chance(0.05);
    let (given, family) = namer.person(random, generation, is_english);
    let gender = given.gender.chars().next().filter(|g| *g != 'u');
    let town = namer.town(random, place);
    let (email, phone, mobile) = contact_points(namer, random, generation, &[given.name, family]);
    let never_ask = random.chance(0.03);
    let talk = random.gamma(0.7);
    let joined = joined(random, place);
    let is_prospect = random.chance(if joined >= FIRST { 0.14 } else { 0.05 });
    let (from, to) = generation.born();
    let birth = Day::from_ymd(
        i16::try_from(random.between(from, to)).unwrap_or(1970),
        i8::try_from(random.between(1, 12)).unwrap_or(1),
        i8::try_from(random.between(1, 28)).unwrap_or(1),
    );
    let channels = [
        (email.is_some(), "email"),
        (mobile.is_some(), "mobile"),
        (phone.is_some(), "phone"),
        (true, "counter"),
    ];
    let channels: Vec<&str> = channels.iter().filter(|(has, _)| *has).map(|(_, name)| *name).collect();
    Customer {
        place,
        form: None,
        organisation: String::new(),
        given: given.name.to_owned(),
        family: family.to_owned(),
        gender,
        generation,
        // Somebody who joined was of age.
        birth: birth.filter(|day| random.chance(0.6) && day.add_months(12 * 18).as_days() <= joined),
        is_english,
        email,
        phone,
        mobile,
        preferred: random.chance(0.4).then(|| random.pick(&channels).copied()).flatten(),
        street: namer.street(random, town),
        postal_code: town.postal_code,
        city: town.name,
        expects: if random.chance(0.14) {
            random.pick(&words.expectations).copied().unwrap_or("")
        } else {
            ""
        },
        joined,
        is_prospect,
        is_dormant: !is_prospect && joined < FIRST - 200 && random.chance(0.16),
        // Those we often talk to say yes more often.
        survey_ok: random.chance(if talk > 1.0 { 0.88 } else { 0.67 }),
        offers_ok: !never_ask && random.chance(0.454),
        never_ask,
        standing: random.normal(),
        talk,
        buys: (4.5_f64.ln() + 0.8 * random.normal()).exp(),
        gone: None,
        complained: false,
    }
}

type Points = (Option<String>, Option<String>, Option<String>);

/// E-mail address, telephone and mobile: the young have no telephone at home, the old fewer addresses.
fn contact_points(
    namer: &mut Namer<'_>,
    random: &mut Random,
    generation: Generation,
    name: &[&str],
) -> Points {
    if random.chance(0.05) {
        return (None, None, None);
    }
    let (email, phone, mobile) = match generation {
        Generation::Old => (0.55, 0.72, 0.62),
        Generation::Mid => (0.79, 0.36, 0.81),
        Generation::Young => (0.86, 0.08, 0.95),
    };
    let email = random.chance(email).then(|| namer.email(random, name, "exemple.fr"));
    let phone = random.chance(phone).then(|| namer.phone(random, false));
    let alone = email.is_none() && phone.is_none();
    let mobile = (alone || random.chance(mobile)).then(|| namer.phone(random, true));
    (email, phone, mobile)
}

/// 70 % before 2020, ever more of them; 18 % until April 2025; 12 % within the story, most in spring.
fn joined(random: &mut Random, place: Place) -> i64 {
    // Days since 1970 of 1985-01-01 and 2020-01-01.
    const OLDEST: f64 = 5_479.0;
    const TWENTY: f64 = 18_262.0;
    match random.weighted(&[70.0, 18.0, 12.0]) {
        0 => random.unit().sqrt().mul_add(TWENTY - OLDEST, OLDEST) as i64,
        1 => random.between(TWENTY as i64, FIRST - 1),
        _ => {
            let days = Days::new(|day| demand(place, day, 1.0));
            days.draw(random, FIRST, LAST - 20)
        }
    }
}

/// Second records of the same people, as a counter makes them: without the accent, the names the other way
/// round, under another name after a wedding, with the same telephone.
fn doubles(all: &mut Vec<Customer>, random: &mut Random) {
    while all.len() < CUSTOMERS {
        let twin = all.len() % 4;
        let place =
            Place::ALL.into_iter().find(|p| all.iter().filter(|c| c.place == *p).count() < PLACES[p.rank()]);
        let wanted =
            |c: &Customer| !c.is_pro() && Some(c.place) == place && c.mobile.is_some() && c.email.is_some();
        let candidates: Vec<usize> = (0..all.len()).filter(|at| wanted(&all[*at])).collect();
        let Some(original) = random.pick(&candidates).map(|at| all[*at].clone()) else { return };
        let mut double = original.clone();
        match twin {
            0 => {
                double.given = unaccented(&original.given);
                double.family = unaccented(&original.family).to_uppercase();
                double.email = None;
            }
            1 => std::mem::swap(&mut double.given, &mut double.family),
            2 => {
                double.family = all[random.below(all.len())].family.clone();
                double.email = None;
            }
            _ => {
                double.given = original.given.chars().take(1).chain(".".chars()).collect();
                double.mobile = None;
            }
        }
        double.joined = (original.joined + random.between(200, 3_000)).min(LAST - 30);
        (double.buys, double.talk, double.birth) = (double.buys * 0.2, double.talk * 0.2, None);
        double.survey_ok = false;
        all.push(double);
    }
}

fn unaccented(text: &str) -> String {
    let mut letters = kernel::texts::fold(text).chars().collect::<Vec<_>>();
    if let Some(first) = letters.first_mut() {
        *first = first.to_ascii_uppercase();
    }
    letters.into_iter().collect()
}

/// The 54 of Caudrelles who bought every month and stopped in the second half of September: 11 said so.
fn leavers(all: &mut [Customer], random: &mut Random) {
    let regular = |c: &Customer| {
        c.place == Place::Caudrelles && c.buys >= 12.0 && !c.is_dormant && !c.is_prospect && c.joined < FIRST
    };
    let mut regulars: Vec<usize> = (0..all.len()).filter(|at| regular(&all[*at])).collect();
    random.shuffle(&mut regulars);
    for (rank, at) in regulars.into_iter().take(54).enumerate() {
        let customer = &mut all[at];
        customer.gone = Some(random.between(20_712, 20_722));
        customer.complained = rank < 11;
        customer.standing = customer.standing.min(0.3) - 0.6;
    }
}
