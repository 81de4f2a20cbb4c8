//! Who lives with whom: couples, children, twins, father and son, and what they share.

use super::names::{Names, Sex};
use super::places::{Home, Places};
use super::random::Random;
use super::text;

/// The year everybody's age is counted to.
const NOW: i32 = 2026;
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
    /// The name before, or after, a marriage or a divorce.
    pub(super) other_family: Option<String>,
    pub(super) born: Day,
    pub(super) email: String,
    pub(super) other_email: String,
    /// National number without its zero.
    pub(super) mobile: u32,
    pub(super) other_mobile: u32,
    pub(super) landline: u32,
    pub(super) home: Home,
    pub(super) other_home: Home,
    /// Of the loyalty card.
    pub(super) card: u32,
}

/// Makes one household after the other.
#[derive(Debug)]
pub(super) struct Households<'a> {
    names: &'a Names,
    places: &'a Places,
    random: Random,
    emails: Taken,
    numbers: u64,
    seed: u64,
    /// A name somebody had already, for namesakes.
    last: Option<(Sex, String, String, usize)>,
}

impl<'a> Households<'a> {
    pub(super) fn new(names: &'a Names, places: &'a Places, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let first = random.next();
        Self { names, places, random, emails: Taken::new(), numbers: 0, seed: first, last: None }
    }

    /// Those of the next household who are customers.
    pub(super) fn next(&mut self) -> Vec<Person> {
        let shape = self.random.among(&[46.0, 22.0, 20.0, 8.0, 4.0]);
        let home = self.places.home(&mut self.random);
        let landline = self.landline(&home);
        let family = self.names.family(&mut self.random);
        let parent_born = self.born(20, 88);
        let head_sex = if shape == 3 && self.random.chance(0.8) || self.random.chance(0.42) { Sex::Woman } else { Sex::Man };
        let head = self.person(head_sex, &family, parent_born, &home, landline);
        let mut all = vec![head];
        if matches!(shape, 1 | 2) {
            all.push(self.partner(&family, parent_born, head_sex, &home, landline));
        }
        if matches!(shape, 2 | 3) {
            self.children(&mut all, &family, parent_born.year, &home, landline);
        }
        if shape == 4 {
            all.extend(self.elder(&family, parent_born.year, &home, landline));
        }
        self.share(&mut all);
        if shape == 0 {
            self.namesake(&mut all);
        }
        all
    }

    fn person(&mut self, sex: Sex, family: &str, born: Day, home: &Home, landline: u32) -> Person {
        let given = self.names.given(sex, born.year, &mut self.random).to_owned();
        let other_home = if self.random.chance(0.4) {
            self.places.home_in(home.place, &mut self.random)
        } else {
            self.places.home(&mut self.random)
        };
        let email = self.email(&given, family, born.year);
        let other_email = self.email(&given, family, born.year);
        let (mobile, other_mobile) = (self.mobile(), self.mobile());
        let other_family = self.other_family(sex, family, born);
        self.numbers += 1;
        Person {
            sex,
            given,
            family: family.to_owned(),
            other_family,
            born,
            email,
            other_email,
            mobile,
            other_mobile,
            landline,
            home: home.clone(),
            other_home,
            card: 10_000_000 + (scattered(self.numbers, self.seed ^ 5) % 80_000_000) as u32,
        }
    }

    /// Women mostly take or leave a husband's name, or join both names.
    fn other_family(&mut self, sex: Sex, family: &str, born: Day) -> Option<String> {
        let likely = if sex == Sex::Woman && born.year < 2004 { 0.5 } else { 0.04 };
        if !self.random.chance(likely) {
            return None;
        }
        let spouse = self.names.family(&mut self.random);
        Some(match self.random.below(10) {
            0 | 1 => format!("{family}-{spouse}"),
            2 => format!("{spouse} {family}"),
            _ => spouse,
        })
    }

    fn partner(&mut self, family: &str, head: Day, head_sex: Sex, home: &Home, landline: u32) -> Person {
        let sex = match head_sex {
            Sex::Man if self.random.chance(0.97) => Sex::Woman,
            Sex::Woman if self.random.chance(0.03) => Sex::Woman,
            _ => Sex::Man,
        };
        let year = (head.year + self.random.between(-6, 7)).min(NOW - 18);
        let born = self.day_in(year);
        let own = self.names.family(&mut self.random);
        let name = match self.random.below(100) {
            0..66 => family.to_owned(),
            66..72 => format!("{own}-{family}"),
            _ => own.clone(),
        };
        let mut partner = self.person(sex, &name, born, home, landline);
        // The other name of a wife is the one she was born with, or her husband's.
        if partner.other_family.is_some() {
            partner.other_family = Some(if name == family { own } else { family.to_owned() });
        }
        partner
    }

    fn children(&mut self, all: &mut Vec<Person>, family: &str, parent: i32, home: &Home, landline: u32) {
        let count = 1 + self.random.among(&[45.0, 38.0, 14.0, 3.0]);
        let mut year = parent + self.random.between(20, 36);
        let mut born = self.day_in(year.min(NOW - 3));
        let father = all.iter().find(|one| one.sex == Sex::Man).map(|one| one.given.clone());
        for n in 0..count {
            // Twins: 1.7 % of births.
            if n > 0 && !self.random.chance(0.034) {
                year += self.random.between(1, 5);
                born = self.day_in(year.min(NOW - 3));
            }
            if born.year > NOW - 16 && self.random.chance(0.5) {
                continue;
            }
            let sex = if self.random.chance(0.5) { Sex::Man } else { Sex::Woman };
            let mut child = self.person(sex, family, born, home, landline);
            self.after_father(&mut child, father.as_deref());
            while all.iter().any(|other| other.given == child.given && other.born == child.born) {
                child.given = self.names.given(sex, born.year, &mut self.random).to_owned();
            }
            all.push(child);
        }
    }

    /// Some sons have their father's name, or one that begins with it.
    fn after_father(&mut self, child: &mut Person, father: Option<&str>) {
        let (Some(father), Sex::Man) = (father, child.sex) else { return };
        match self.random.below(100) {
            0 | 1 => child.given = father.to_owned(),
            2 if !father.contains('-') => {
                child.given = format!("{father}-{}", self.random.word(&["Pierre", "Marie", "Louis", "Paul", "Michel"]));
            }
            _ => return,
        }
        child.email = self.email(&child.given, &child.family, child.born.year);
        child.other_email = self.email(&child.given, &child.family, child.born.year);
    }

    fn elder(&mut self, family: &str, child: i32, home: &Home, landline: u32) -> Option<Person> {
        let year = child - self.random.between(20, 36);
        if year < 1928 {
            return None;
        }
        let born = self.day_in(year);
        let sex = if self.random.chance(0.7) { Sex::Woman } else { Sex::Man };
        Some(self.person(sex, family, born, home, landline))
    }

    /// One address for the family's letters, a parent's telephone for a child.
    fn share(&mut self, all: &mut [Person]) {
        let Some((head, others)) = all.split_first_mut() else { return };
        let family_email = self.random.chance(0.25);
        let family_mobile = self.random.chance(0.10);
        for other in others {
            let minor = other.born.year > NOW - 18;
            if family_email || minor && self.random.chance(0.6) {
                other.email.clone_from(&head.email);
            }
            if family_mobile || minor && self.random.chance(0.6) {
                other.mobile = head.mobile;
            }
            if minor || self.random.chance(0.5) {
                other.other_home.clone_from(&head.other_home);
            }
        }
    }

    /// Somebody else with the same name, sometimes in the same town.
    fn namesake(&mut self, all: &mut [Person]) {
        let Some(one) = all.first_mut() else { return };
        let before = self.last.take();
        if let Some((sex, given, family, place)) = before.filter(|_| self.random.chance(0.02)) {
            one.sex = sex;
            one.given = given;
            one.family = family;
            one.email = self.email(&one.given, &one.family, one.born.year);
            one.other_email = self.email(&one.given, &one.family, one.born.year);
            if self.random.chance(0.3) {
                one.home = self.places.home_in(place, &mut self.random);
            }
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
        let weights: Vec<f64> = PROVIDERS.iter().map(|(_, weight)| *weight).collect();
        let provider = PROVIDERS.get(self.random.among(&weights)).map_or("", |(name, _)| name);
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
