//! Names, addresses and telephone numbers that belong to nobody.

use std::collections::HashSet;

use crate::demo::calendar::Place;
use crate::demo::random::Random;
use crate::demo::words::{Given, Town, Words};

/// How old somebody is, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generation {
    Old,
    Mid,
    Young,
}

impl Generation {
    pub(crate) const ALL: [Self; 3] = [Self::Old, Self::Mid, Self::Young];

    const fn key(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::Mid => "mid",
            Self::Young => "young",
        }
    }

    /// Years of birth.
    pub(crate) const fn born(self) -> (i64, i64) {
        match self {
            Self::Old => (1936, 1958),
            Self::Mid => (1959, 1985),
            Self::Young => (1986, 2006),
        }
    }
}

/// Draws names and contact points; gives no telephone number or address twice.
pub(crate) struct Namer<'a> {
    words: &'a Words,
    pairs: HashSet<(String, String)>,
    addresses: HashSet<String>,
    numbers: HashSet<i64>,
}

impl<'a> Namer<'a> {
    /// Nobody has the name of a colleague.
    pub(crate) fn new(words: &'a Words) -> Self {
        let pairs = words.colleagues.iter().map(|c| (c.given.to_owned(), c.family.to_owned())).collect();
        Self { words, pairs, addresses: HashSet::new(), numbers: HashSet::new() }
    }

    /// A first and a last name nobody else has.
    pub(crate) fn person(
        &mut self,
        random: &mut Random,
        generation: Generation,
        is_english: bool,
    ) -> (&'a Given, &'a str) {
        let given: Vec<&Given> =
            self.words.given.iter().filter(|g| g.generation == generation.key()).collect();
        let british: Vec<&str> =
            self.words.family.iter().filter(|f| f.origin == "britannique").map(|f| f.name).collect();
        loop {
            let given = given[random.below(given.len())];
            let family = if is_english && random.chance(0.5) {
                british[random.below(british.len())]
            } else {
                self.family(random)
            };
            if self.pairs.insert((given.name.to_owned(), family.to_owned())) {
                return (given, family);
            }
        }
    }

    /// A last name: the first of the list are more frequent, as in life.
    pub(crate) fn family(&self, random: &mut Random) -> &'a str {
        let share = random.unit();
        let at = (share.powf(1.35) * self.words.family.len() as f64) as usize;
        self.words.family[at.min(self.words.family.len() - 1)].name
    }

    /// An e-mail address under a domain kept for examples.
    pub(crate) fn email(&mut self, random: &mut Random, parts: &[&str], domain: &str) -> String {
        let local: Vec<String> = parts.iter().map(|part| ascii(part)).filter(|p| !p.is_empty()).collect();
        let local = local.join(".");
        let mut address = format!("{local}@{domain}");
        while !self.addresses.insert(address.clone()) {
            address = format!("{local}{}@{domain}", random.between(2, 99));
        }
        address
    }

    /// A number of a range kept for fiction (ARCEP): `06 39 98` for mobiles, `02 61 91` for the others.
    pub(crate) fn phone(&mut self, random: &mut Random, is_mobile: bool) -> String {
        let prefix = if is_mobile { "06 39 98" } else { "02 61 91" };
        let free = |number: i64| number + if is_mobile { 10_000 } else { 0 };
        let mut number = random.between(0, 9_999);
        while !self.numbers.insert(free(number)) {
            number = random.between(0, 9_999);
        }
        format!("{prefix} {:02} {:02}", number / 100, number % 100)
    }

    /// A town: mostly one of the site's.
    pub(crate) fn town(&self, random: &mut Random, place: Place) -> &'a Town {
        let is_near = random.chance(0.88);
        let towns: Vec<&Town> = self.words.towns.iter().filter(|t| !is_near || t.place == place).collect();
        let weights: Vec<f64> = towns.iter().map(|t| t.weight).collect();
        towns[random.weighted(&weights)]
    }

    /// Number and street of a town.
    pub(crate) fn street(&self, random: &mut Random, town: &Town) -> String {
        let fits = |kind: &str| kind == "any" || kind == if town.is_village { "village" } else { "town" };
        let streets: Vec<&str> = self.words.streets.iter().filter(|s| fits(s.kind)).map(|s| s.name).collect();
        let street = random.pick(&streets).copied().unwrap_or_default();
        let is_hamlet = ["le ", "la ", "les ", "l'", "l’", "ferme", "hameau", "Bellevue", "Mon "]
            .iter()
            .any(|beginning| street.starts_with(beginning));
        if is_hamlet {
            return street.to_owned();
        }
        let extra = if random.chance(0.06) { " bis" } else { "" };
        format!("{}{extra} {street}", (random.exponential(18.0) as i64 + 1).min(180))
    }
}

/// Lower-case letters and digits, accents taken off, anything else a dash.
pub(crate) fn ascii(text: &str) -> String {
    let folded = kernel::texts::fold(text);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_end_matches('-').to_owned()
}
