//! Who lives with whom: couples, children, twins, father and son, and what they share.

use super::names::{Names, Sex};
use super::places::{Home, Places};
use super::random::{Random, Weighted};
use super::text;

/// The year everybody's age is counted to.
const NOW: i32 = 2026;
/// Rows of a person who has more than one: 2, 3, 4, 5.
const SIZES: [f64; 4] = [75.0, 17.0, 6.0, 2.0];
/// Rows beyond the first of such a person, on average.
const BEYOND: f64 = 1.35;
const PROVIDERS: [(&str, f64); 14] = [
    ("gmail.com", 38.0), ("orange.fr", 14.0), ("hotmail.fr", 8.0), ("hotmail.com", 4.0), ("free.fr", 8.0),
    ("wanadoo.fr", 6.0), ("yahoo.fr", 7.0), ("laposte.net", 6.0), ("sfr.fr", 5.0), ("outlook.fr", 4.0),
    ("live.fr", 3.0), ("icloud.com", 3.0), ("outlook.com", 2.0), ("neuf.fr", 2.0),
];
const PSEUDONYMS: [&str; 24] = [
    "soleil", "titi", "loulou", "chouchou", "petitprince", "lune", "etoile", "papillon", "mimosa", "coccinelle",
    "lapin", "fleur", "caramel", "vanille", "doudou", "minou", "bebe", "nana", "zaza", "kiki", "jojo", "fifi", "lili", "toto",
];

/// A day of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: i32,
    pub(super) month: i32,
    pub(super) day: i32,
}

/// One human being, as true as can be.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) sex: Sex,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) born: Day,
    pub(super) email: String,
    /// National number without its zero.
    pub(super) mobile: u32,
    pub(super) landline: u32,
    pub(super) home: Home,
    /// Of the loyalty card.
    pub(super) card: u32,
    /// How many rows they have.
    pub(super) rows: usize,
    /// What has changed between two rows; nothing is known of those who have one.
    pub(super) later: Option<Later>,
}

/// What becomes of somebody, or what was before.
#[derive(Clone, Debug)]
pub(super) struct Later {
    /// The name before, or after, a marriage or a divorce.
    pub(super) family: Option<String>,
    pub(super) email: String,
    pub(super) mobile: u32,
    pub(super) home: Home,
}

/// Makes one household after the other.
#[derive(Debug)]
pub(super) struct Households<'a> {
    names: &'a Names,
    places: &'a Places,
    random: Random,
    providers: Weighted,
    emails: Taken,
    numbers: u64,
    seed: u64,
    /// A name somebody had already, for namesakes.
    last: Option<(Sex, String, String, usize)>,
    /// Share of persons who have more than one row.
    again: f64,
}

/// What those who live together share.
#[derive(Debug)]
struct Roof {
    family: String,
    home: Home,
    landline: u32,
}

/// Who of a household are customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Alone,
    Couple,
    /// Both parents, one to four children.
    Family,
    OneParent,
    /// With a mother or a father.
    Elder,
}

impl Shape {
    fn drawn(random: &mut Random) -> Self {
        match random.among(&[95.5, 2.4, 1.0, 0.8, 0.3]) {
            0 => Self::Alone,
            1 => Self::Couple,
            2 => Self::Family,
            3 => Self::OneParent,
            _ => Self::Elder,
        }
    }
}

impl<'a> Households<'a> {
    pub(super) fn new(names: &'a Names, places: &'a Places, seed: u64, duplicates: f64) -> Self {
        let mut random = Random::new(seed);
        let first = random.next();
        let again = duplicates / (1.0 - duplicates) / BEYOND;
        let providers = Weighted::new(PROVIDERS.iter().map(|(_, weight)| *weight));
        Self { names, places, random, providers, emails: Taken::new(), numbers: 0, seed: first, last: None, again }
    }

    /// Those of the next household who are customers.
    pub(super) fn next(&mut self) -> Vec<Person> {
        let shape = Shape::drawn(&mut self.random);
        let home = self.places.home(&mut self.random);
        let family = self.names.family(&mut self.random);
        let roof = Roof { landline: self.landline(&home), home, family };
        let born = self.born(20, 88);
        let woman = if shape == Shape::OneParent { 0.8 } else { 0.5 };
        let sex = if self.random.chance(woman) { Sex::Woman } else { Sex::Man };
        let head = self.person(sex, &roof.family, born, &roof);
        let mut all = vec![head];
        if matches!(shape, Shape::Couple | Shape::Family) {
            all.push(self.partner(born, sex, &roof));
        }
        if matches!(shape, Shape::Family | Shape::OneParent) {
            self.children(&mut all, born.year, &roof);
        }
        if shape == Shape::Elder {
            all.extend(self.elder(born.year, &roof));
        }
        self.share(&mut all);
        if shape == Shape::Alone {
            self.namesake(&mut all);
        }
        all
    }

    fn person(&mut self, sex: Sex, family: &str, born: Day, roof: &Roof) -> Person {
        let given = self.names.given(sex, born.year, &mut self.random).to_owned();
        let rows = if self.random.chance(self.again) { 2 + self.random.among(&SIZES) } else { 1 };
        self.numbers += 1;
        let mut person = Person {
            sex,
            email: self.email(&given, family, born.year),
            given,
            family: family.to_owned(),
            born,
            mobile: self.mobile(),
            landline: roof.landline,
            home: roof.home,
            card: 10_000_000 + (scattered(self.numbers, self.seed ^ 5) % 80_000_000) as u32,
            rows,
            later: None,
        };
        person.later = self.later(&person);
        person
    }

    fn later(&mut self, person: &Person) -> Option<Later> {
        if person.rows < 2 {
            return None;
        }
        let near = self.random.chance(0.4);
        Some(Later {
            family: self.other_family(person),
            email: self.email(&person.given, &person.family, person.born.year),
            mobile: self.mobile(),
            home: match near {
                true => self.places.home_in(person.home.place, &mut self.random),
                false => self.places.home(&mut self.random),
            },
        })
    }

    /// Women mostly take or leave a husband's name, or join both names.
    fn other_family(&mut self, person: &Person) -> Option<String> {
        let likely = if person.sex == Sex::Woman && person.born.year < 2004 { 0.5 } else { 0.04 };
        if !self.random.chance(likely) {
            return None;
        }
        let (family, spouse) = (&person.family, self.names.family(&mut self.random));
        Some(match self.random.below(10) {
            0 | 1 => format!("{family}-{spouse}"),
            2 => format!("{spouse} {family}"),
            _ => spouse,
        })
    }

    fn partner(&mut self, head: Day, head_sex: Sex, roof: &Roof) -> Person {
        let same = self.random.chance(0.03);
        let sex = if (head_sex == Sex::Man) == same { Sex::Man } else { Sex::Woman };
        let year = (head.year + self.random.between(-6, 7)).min(NOW - 18);
        let born = self.day_in(year);
        let own = self.names.family(&mut self.random);
        let name = match self.random.below(100) {
            0..66 => roof.family.clone(),
            66..72 => format!("{own}-{}", roof.family),
            _ => own.clone(),
        };
        let mut partner = self.person(sex, &name, born, roof);
        // The other name of a wife is the one she was born with, or her husband's.
        if let Some(family) = partner.later.as_mut().and_then(|later| later.family.as_mut()) {
            *family = if name == roof.family { own } else { roof.family.clone() };
        }
        partner
    }

    fn children(&mut self, all: &mut Vec<Person>, parent: i32, roof: &Roof) {
        let count = 1 + self.random.among(&[55.0, 33.0, 10.0, 2.0]);
        let father = all.iter().find(|one| one.sex == Sex::Man).map(|one| one.given.clone());
        let mut year = parent + self.random.between(20, 36);
        let mut born = self.day_in(year.min(NOW - 3));
        for n in 0..count {
            // Twins: 1.7 % of births.
            if n > 0 && !self.random.chance(0.034) {
                year += self.random.between(1, 5);
                born = self.day_in(year.min(NOW - 3));
            }
            // Few of those who are not grown up are customers.
            if born.year > NOW - 16 && self.random.chance(0.6) {
                continue;
            }
            let sex = if self.random.chance(0.5) { Sex::Man } else { Sex::Woman };
            let mut child = self.person(sex, &roof.family, born, roof);
            self.after_father(&mut child, father.as_deref());
            while all.iter().any(|other| other.given == child.given && other.born == child.born) {
                let given = self.names.given(sex, born.year, &mut self.random);
                self.rename(&mut child, given.to_owned());
            }
            all.push(child);
        }
    }

    /// Some sons have their father's name, or one that begins with it.
    fn after_father(&mut self, child: &mut Person, father: Option<&str>) {
        let (Some(father), Sex::Man) = (father, child.sex) else { return };
        let given = match self.random.below(100) {
            0 | 1 => father.to_owned(),
            2 if !father.contains('-') => {
                format!("{father}-{}", self.random.word(&["Pierre", "Marie", "Louis", "Paul", "Michel"]))
            }
            _ => return,
        };
        self.rename(child, given);
    }

    fn rename(&mut self, person: &mut Person, given: String) {
        person.given = given;
        person.email = self.email(&person.given, &person.family, person.born.year);
        person.later = self.later(person);
    }

    fn elder(&mut self, child: i32, roof: &Roof) -> Option<Person> {
        let year = child - self.random.between(20, 36);
        if year < 1928 {
            return None;
        }
        let born = self.day_in(year);
        let sex = if self.random.chance(0.7) { Sex::Woman } else { Sex::Man };
        Some(self.person(sex, &roof.family, born, roof))
    }

    /// One address for the family's letters, a parent's telephone for a child.
    fn share(&mut self, all: &mut [Person]) {
        let Some((head, others)) = all.split_first_mut() else { return };
        let family_email = self.random.chance(0.12);
        let family_mobile = self.random.chance(0.05);
        for other in others {
            let minor = other.born.year > NOW - 18;
            if family_email || minor && self.random.chance(0.5) {
                other.email.clone_from(&head.email);
            }
            if family_mobile || minor && self.random.chance(0.5) {
                other.mobile = head.mobile;
            }
            let together = minor || self.random.chance(0.5);
            if let (Some(later), Some(head), true) = (&mut other.later, &head.later, together) {
                later.home = head.home;
            }
        }
    }

    /// Somebody else with the same name, sometimes in the same town.
    fn namesake(&mut self, all: &mut [Person]) {
        let Some(one) = all.first_mut() else { return };
        let before = self.last.take();
        if let Some((sex, given, family, place)) = before.filter(|_| self.random.chance(0.02)) {
            (one.sex, one.family) = (sex, family);
            if self.random.chance(0.3) {
                one.home = self.places.home_in(place, &mut self.random);
            }
            self.rename(one, given);
        }
        self.last = Some((one.sex, one.given.clone(), one.family.clone(), one.home.place));
    }

    fn born(&mut self, youngest: i32, oldest: i32) -> Day {
        // Adults of all ages, fewer of the oldest.
        let age = youngest + (self.random.share() * (self.random.share() * 0.45 + 0.55) * f64::from(oldest - youngest)) as i32;
        self.day_in(NOW - age)
    }

    fn day_in(&mut self, year: i32) -> Day {
        let month = self.random.between(1, 12);
        let days = match month {
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        Day { year, month, day: self.random.between(1, days) }
    }

    /// Nobody else's address; the usual ways to make one of a name.
    fn email(&mut self, given: &str, family: &str, year: i32) -> String {
        let (given, family) = (text::bare(given), text::bare(family));
        let first = given.get(..1).unwrap_or("x");
        let mut local = match self.random.among(&[34.0, 12.0, 12.0, 8.0, 8.0, 10.0, 6.0, 10.0]) {
            0 => format!("{given}.{family}"),
            1 => format!("{first}.{family}"),
            2 => format!("{given}{family}"),
            3 => format!("{family}.{given}"),
            4 => format!("{first}{family}"),
            5 => format!("{given}{}", year % 100),
            6 => format!("{given}_{family}"),
            _ => format!("{}{}", self.random.word(&PSEUDONYMS), self.random.below(1000)),
        };
        if self.random.chance(0.22) {
            local.push_str(&match self.random.below(4) {
                0 => year.to_string(),
                1 => format!("{:02}", year % 100),
                2 => format!("{:02}", 1 + self.random.below(95)),
                _ => format!("{}", self.random.below(1000)),
            });
        }
        let provider = PROVIDERS.get(self.providers.draw(&mut self.random)).map_or("", |(name, _)| name);
        let mut email = format!("{local}@{provider}");
        while !self.emails.take(&email) {
            email = format!("{local}{}@{provider}", self.random.below(10_000));
        }
        email
    }

    fn mobile(&mut self) -> u32 {
        self.numbers += 1;
        let number = scattered(self.numbers, self.seed) % 160_000_000;
        (if number < 110_000_000 { 600_000_000 + number % 100_000_000 } else { 730_000_000 + number % 69_000_000 }) as u32
    }

    fn landline(&mut self, home: &Home) -> u32 {
        self.numbers += 1;
        let department = self.places.place(home).and_then(|place| place.code.get(..2)?.parse::<u64>().ok());
        let zone = match department.unwrap_or(75) {
            75 | 77 | 78 | 91..=95 => 1,
            14 | 18 | 22 | 27..=29 | 35..=37 | 41 | 44 | 45 | 49 | 50 | 53 | 56 | 61 | 72 | 76 | 85 | 97 => 2,
            2 | 8 | 10 | 21 | 25 | 39 | 51 | 52 | 54 | 55 | 57..=60 | 62 | 67 | 68 | 70 | 71 | 80 | 88..=90 => 3,
            1 | 3..=7 | 11 | 13 | 15 | 20 | 26 | 30 | 34 | 38 | 42 | 43 | 48 | 63 | 66 | 69 | 73 | 74 | 83 | 84 => 4,
            _ => 5,
        };
        (zone * 100_000_000 + 20_000_000 + scattered(self.numbers, self.seed ^ 3) % 79_000_000) as u32
    }
}

/// A number that looks drawn, different for each of the first 2³² given (until it is cut).
const fn scattered(number: u64, seed: u64) -> u64 {
    // Two rounds of a Feistel network on 2 × 16 bits: a permutation.
    let (mut left, mut right) = (number >> 16 & 0xffff, number & 0xffff);
    let mut round = 0;
    while round < 4 {
        let mixed = (right ^ (seed >> (round * 16) & 0xffff)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40 & 0xffff;
        (left, right) = (right, left ^ mixed);
        round += 1;
    }
    left << 16 | right
}

/// The e-mail addresses given so far, in a bit table of fixed size: an address may be thought taken when it is not,
/// never the other way round.
#[derive(Debug)]
struct Taken(Vec<u64>);

impl Taken {
    const BITS: u64 = 1 << 27;

    fn new() -> Self {
        Self(vec![0; (Self::BITS / 64) as usize])
    }

    /// Whether nobody had it; now somebody has.
    fn take(&mut self, email: &str) -> bool {
        let hash = email.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let bit = (hash ^ (hash >> 29)) % Self::BITS;
        let Some(word) = self.0.get_mut((bit / 64) as usize) else { return true };
        let free = *word & (1 << (bit % 64)) == 0;
        *word |= 1 << (bit % 64);
        free
    }
}
