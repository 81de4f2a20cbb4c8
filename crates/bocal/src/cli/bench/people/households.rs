//! Who lives with whom: couples, children, twins, father and son, and what they share.

use super::contacts::Contacts;
use super::names::{Names, Sex};
use super::places::{Home, Places};
use super::random::Random;

/// The year everybody's age is counted to.
const NOW: i32 = 2026;
/// Rows of a person who has more than one: 2, 3, 4, 5.
const SIZES: [f64; 4] = [75.0, 17.0, 6.0, 2.0];
/// Rows beyond the first of such a person, on average.
const BEYOND: f64 = 1.35;

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
    contacts: Contacts,
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
        match random.among(&[96.3, 2.0, 0.8, 0.7, 0.2]) {
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
        let contacts = random.next();
        let again = duplicates / (1.0 - duplicates) / BEYOND;
        Self { names, places, random, contacts: Contacts::new(contacts), last: None, again }
    }

    /// Those of the next household who are customers.
    pub(super) fn next(&mut self) -> Vec<Person> {
        let shape = Shape::drawn(&mut self.random);
        let home = self.places.home(&mut self.random);
        let family = self.names.family(&mut self.random);
        let roof = Roof { landline: self.contacts.landline(self.places.place(&home)), home, family };
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
        let mut person = Person {
            sex,
            email: self.contacts.email(&given, family, born.year, &mut self.random),
            given,
            family: family.to_owned(),
            born,
            mobile: self.contacts.mobile(),
            landline: roof.landline,
            home: roof.home,
            card: self.contacts.card(),
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
            email: self.contacts.email(&person.given, &person.family, person.born.year, &mut self.random),
            mobile: self.contacts.mobile(),
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
        person.email = self.contacts.email(&person.given, &person.family, person.born.year, &mut self.random);
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
        let family_email = self.random.chance(0.08);
        let family_mobile = self.random.chance(0.04);
        for other in others {
            let minor = other.born.year > NOW - 18;
            if family_email || minor && self.random.chance(0.4) {
                other.email.clone_from(&head.email);
            }
            if family_mobile || minor && self.random.chance(0.4) {
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
        if let Some((sex, given, family, place)) = before.filter(|_| self.random.chance(0.01)) {
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
        let age = youngest
            + (self.random.share() * (self.random.share() * 0.45 + 0.55) * f64::from(oldest - youngest))
                as i32;
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
}
