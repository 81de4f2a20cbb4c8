//! What one clerk, form or import wrote down about a person.

use super::households::{Day, Person};
use super::names::Sex;
use super::places::{Home, Places};
use super::random::Random;
use super::rates::{self, Rate};
use super::shapes::{abbreviated, formatted};
use super::text;

/// Columns between the identifier and the truth.
pub(super) const COLUMNS: [&str; 10] = [
    "civilite",
    "prenom",
    "nom",
    "date_naissance",
    "email",
    "telephone",
    "adresse",
    "code_postal",
    "ville",
    "numero_client",
];

/// One row, without its identifier and its truth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) title: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) birth: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) address: String,
    pub(super) code: String,
    pub(super) city: String,
    pub(super) card: String,
}

impl Record {
    pub(super) fn fields(&self) -> [&str; 10] {
        [
            &self.title,
            &self.given,
            &self.family,
            &self.birth,
            &self.email,
            &self.phone,
            &self.address,
            &self.code,
            &self.city,
            &self.card,
        ]
    }
}

/// Who wrote the row: each has habits of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The customer, on a web form.
    Form,
    /// A clerk at a till: names in capitals.
    Till,
    /// Over the telephone.
    Call,
    /// An old file: capitals without accents.
    Import,
}

/// Writes down what is known of a person.
pub(super) struct Clerk<'a> {
    pub(super) places: &'a Places,
    /// Whether the person has a row already.
    pub(super) again: bool,
    /// Share of the errors that are made; 1 is all.
    pub(super) care: f64,
}

impl Clerk<'_> {
    fn slips(&self, rate: Rate, random: &mut Random) -> bool {
        random.chance(self.care * if self.again { rate.again } else { rate.first })
    }

    pub(super) fn write(&self, person: &Person, random: &mut Random) -> Record {
        let source = match random.among(&[35.0, 30.0, 20.0, 15.0]) {
            0 => Source::Form,
            1 => Source::Till,
            2 => Source::Call,
            _ => Source::Import,
        };
        let mut record = Record::default();
        self.names(person, source, &mut record, random);
        record.birth = self.birth(person.born, source, random);
        record.email = self.email(person, random);
        record.phone = self.phone(person, random);
        self.home(person, &mut record, random);
        record.card = self.card(person, random);
        self.style(source, &mut record, random);
        self.leave_out(&mut record, random);
        record
    }

    fn names(&self, person: &Person, source: Source, record: &mut Record, random: &mut Random) {
        let later = person.later.as_ref().and_then(|later| later.family.as_ref());
        let wed = later.filter(|_| self.slips(rates::MARRIED, random));
        let family = wed.unwrap_or(&person.family);
        record.given = self.given(&person.given, source, random);
        record.family = self.family(family, source, random);
        if self.slips(rates::SWAPPED_NAMES, random) {
            std::mem::swap(&mut record.given, &mut record.family);
        }
        record.title = match person.sex {
            Sex::Man => random.word(&["M.", "M.", "M.", "Monsieur", "Mr", "M"]),
            Sex::Woman => random.word(&["Mme", "Mme", "Mme", "Madame", "Mme", "Mlle"]),
        }
        .to_owned();
    }

    fn given(&self, given: &str, source: Source, random: &mut Random) -> String {
        if self.slips(rates::UNKNOWN_GIVEN, random) {
            return random.word(&["inconnu", "Inconnu", "X", "-", "N/A", "."]).to_owned();
        }
        let mut given = given.to_owned();
        if let Some((first, rest)) =
            given.split_once('-').map(|(first, rest)| (first.to_owned(), rest.to_owned()))
        {
            given = match () {
                () if self.slips(rates::CUT_COMPOUND, random) => first,
                () if random.chance(0.35) => format!("{first} {rest}"),
                () if random.chance(0.04) => format!("{first}{}", rest.to_lowercase()),
                () => given,
            };
        }
        if self.slips(rates::NICKNAME, random) {
            given = text::nickname(&given, random).map_or(given, str::to_owned);
        }
        if self.slips(rates::INITIAL, random) {
            let first = given.chars().next().unwrap_or('X');
            return if random.chance(0.5) { format!("{first}.") } else { first.to_string() };
        }
        self.misspelt(given, [rates::GIVEN_TYPO, rates::GIVEN_HEARD, rates::SCANNED], source, random)
    }

    fn family(&self, family: &str, source: Source, random: &mut Random) -> String {
        let mut family = family.to_owned();
        if let Some((first, rest)) =
            family.split_once('-').map(|(first, rest)| (first.to_owned(), rest.to_owned()))
        {
            family = match () {
                () if self.slips(rates::CUT_COMPOUND, random) => {
                    if random.chance(0.6) {
                        first
                    } else {
                        rest
                    }
                }
                () if random.chance(0.3) => format!("{first} {rest}"),
                () => family,
            };
        } else if family.contains(' ') && random.chance(0.12) {
            family = family.replace(' ', random.word(&["", "-"]));
        }
        self.misspelt(family, [rates::FAMILY_TYPO, rates::FAMILY_HEARD, rates::SCANNED], source, random)
    }

    fn misspelt(
        &self,
        mut name: String,
        [typo, heard, scanned]: [Rate; 3],
        source: Source,
        random: &mut Random,
    ) -> String {
        if self.slips(typo, random) {
            name = text::typo(&name, random);
            if random.chance(0.08) {
                name = text::typo(&name, random);
            }
        }
        let heard = if source == Source::Call { heard.times(2.0) } else { heard };
        if self.slips(heard, random) {
            name = text::heard(&name, random);
        }
        if source == Source::Import && self.slips(scanned, random) {
            name = text::scanned(&name, random);
        }
        name
    }

    fn birth(&self, born: Day, source: Source, random: &mut Random) -> String {
        if self.slips(rates::PLACEHOLDER_BIRTH, random) {
            return random
                .word(&["01/01/1900", "1900-01-01", "01/01/1970", "1970-01-01", "00/00/0000", "1111-11-11"])
                .to_owned();
        }
        let Day { mut year, mut month, mut day } = born;
        if self.slips(rates::DAY_FOR_MONTH, random) && day <= 12 {
            (day, month) = (month, day);
        }
        if self.slips(rates::FIRST_JANUARY, random) {
            (day, month) = (1, 1);
        }
        if self.slips(rates::BIRTH_DIGIT, random) {
            match random.below(3) {
                0 => {
                    day = if day > 9 && random.chance(0.5) {
                        (day + 10) % 30 + 1
                    } else {
                        (day + random.between(1, 8)) % 28 + 1
                    }
                }
                1 => month = (month + random.between(0, 10)) % 12 + 1,
                _ => year += *random.pick(&[&-10, &-1, &1, &10, &2, &-2]).unwrap_or(&1),
            }
        }
        match source {
            Source::Form | Source::Call => format!("{year}-{month:02}-{day:02}"),
            Source::Import if random.chance(0.2) => format!("{day:02}/{month:02}/{:02}", year % 100),
            Source::Till | Source::Import => format!("{day:02}/{month:02}/{year}"),
        }
    }

    fn email(&self, person: &Person, random: &mut Random) -> String {
        if self.slips(rates::SHARED_EMAIL, random) {
            let words = [
                "contact@mairie.fr",
                "noemail@noemail.fr",
                "test@test.fr",
                "aucun@aucun.fr",
                "client@magasin.fr",
                "accueil@residence-les-pins.fr",
                "pasdemail@gmail.com",
            ];
            return random.word(&words).to_owned();
        }
        let changed = self.again && self.slips(rates::OTHER_EMAIL, random);
        let email = person.later.as_ref().filter(|_| changed).map_or(&person.email, |later| &later.email);
        let email =
            if self.slips(rates::EMAIL_TYPO, random) { text::typo(email, random) } else { email.clone() };
        match random.below(100) {
            0..4 => email.to_uppercase(),
            4..6 => {
                let mut letters = email.chars();
                letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
            }
            _ => email,
        }
    }

    fn phone(&self, person: &Person, random: &mut Random) -> String {
        if self.slips(rates::PLACEHOLDER_PHONE, random) {
            return random
                .word(&["0600000000", "0000000000", "0102030405", "06 00 00 00 00", "0123456789"])
                .to_owned();
        }
        if self.slips(rates::SWITCHBOARD, random) {
            return format!("01 40 {:02} 00 00", 10 + random.below(24));
        }
        // Which of their numbers people give does not change much: the person's card decides, a change of habit now and then.
        let at_home = (person.card % 10 < 2) != self.slips(rates::OTHER_LINE, random);
        let number = match () {
            () if at_home => person.landline,
            () if self.slips(rates::OTHER_MOBILE, random) => {
                person.later.as_ref().map_or(person.mobile, |later| later.mobile)
            }
            () => person.mobile,
        };
        let mut digits = format!("0{number:09}");
        if self.slips(rates::PHONE_DIGIT, random) {
            digits = text::wrong_digit(&digits, random);
        }
        formatted(&digits, random)
    }

    fn home(&self, person: &Person, record: &mut Record, random: &mut Random) {
        let moved = self.again && self.slips(rates::MOVED, random);
        let home = person.later.as_ref().filter(|_| moved).map_or(&person.home, |later| &later.home);
        record.address = self.address(home, random);
        let Some(place) = self.places.place(home) else { return };
        record.code = if self.slips(rates::CODE_DIGIT, random) {
            text::wrong_digit(&place.code, random)
        } else {
            place.code.clone()
        };
        record.city = place.name.clone();
        if self.slips(rates::CITY_TYPO, random) {
            record.city = text::typo(&record.city, random);
        }
        if let Some(rest) = record.city.strip_prefix("Saint-").filter(|_| random.chance(0.25)) {
            record.city = format!("{} {}", random.word(&["St", "Saint", "ST"]), rest);
        }
        if random.chance(0.15) {
            record.city = record.city.replace('-', " ");
        }
    }

    fn address(&self, home: &Home, random: &mut Random) -> String {
        let Home { number, bis, kind, street, more, .. } = home;
        let mut street = if random.chance(0.4) { street.replace('-', " ") } else { (*street).to_owned() };
        let mut kind = (*kind).to_owned();
        if self.slips(rates::ABBREVIATED, random) {
            kind = abbreviated(&kind, random).to_owned();
            street = street.replace("Général", "Gal").replace("Maréchal", "Mal").replace("Saint-", "St ");
        }
        if self.slips(rates::STREET_TYPO, random) {
            street = text::typo(&street, random);
        }
        let mut number = format!("{number}{bis}");
        if self.slips(rates::NUMBER_WRONG, random) {
            number = format!("{}", 1 + random.below(150));
        } else if self.slips(rates::NO_NUMBER, random) {
            number.clear();
        }
        let comma = if random.chance(0.15) { "," } else { "" };
        let mut address =
            format!("{number}{comma} {kind} {street}").trim_start_matches([',', ' ']).to_owned();
        if let Some(more) = more.filter(|_| !self.slips(rates::NO_FLAT, random)) {
            address =
                if random.chance(0.5) { format!("{address} {more}") } else { format!("{more} {address}") };
        }
        address
    }

    fn card(&self, person: &Person, random: &mut Random) -> String {
        let number = person.card.to_string();
        if self.slips(rates::OTHER_CARD, random) {
            return (90_000_000 + person.card % 9_999_991).to_string();
        }
        if self.slips(rates::CARD_DIGIT, random) { text::wrong_digit(&number, random) } else { number }
    }

    fn style(&self, source: Source, record: &mut Record, random: &mut Random) {
        let stripped = match source {
            Source::Import => true,
            Source::Till => random.chance(0.5),
            Source::Form | Source::Call => self.slips(rates::NO_ACCENTS, random),
        };
        if stripped {
            for field in [&mut record.given, &mut record.family, &mut record.address, &mut record.city] {
                *field = text::without_accents(field);
            }
        }
        let all = [&mut record.given, &mut record.family, &mut record.address, &mut record.city];
        match source {
            Source::Import => all.into_iter().for_each(|field| *field = field.to_uppercase()),
            Source::Till => {
                record.family = record.family.to_uppercase();
                record.city = record.city.to_uppercase();
            }
            Source::Form if random.chance(0.12) => {
                all.into_iter().for_each(|field| *field = field.to_lowercase())
            }
            Source::Form | Source::Call => {}
        }
    }

    fn leave_out(&self, record: &mut Record, random: &mut Random) {
        let fields = [
            (&mut record.title, rates::NO_TITLE),
            (&mut record.given, rates::NO_GIVEN),
            (&mut record.family, rates::NO_FAMILY),
            (&mut record.birth, rates::NO_BIRTH),
            (&mut record.email, rates::NO_EMAIL),
            (&mut record.phone, rates::NO_PHONE),
            (&mut record.address, rates::NO_ADDRESS),
            (&mut record.code, rates::NO_CODE),
            (&mut record.city, rates::NO_CITY),
            (&mut record.card, rates::NO_CARD),
        ];
        for (field, rate) in fields {
            if self.slips(rate, random) {
                field.clear();
            }
        }
    }
}
