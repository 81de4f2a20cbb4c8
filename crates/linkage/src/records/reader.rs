//! From the cells of a file to normalised values.

use super::words::{Words, beside_text, besides, repeats};
use super::{Column, Dictionary, Feature, Slot};
use crate::columns::{Guess, Kind};
use crate::compare::MOST;
use crate::normalise::{self, Country, Day, Gender};

/// Where something stands in each file.
type Place = [Option<usize>; 2];

/// Reads what belongs together.
pub(super) enum Reader {
    Names { given: Place, family: Place, whole: Place, words: Words, to: [Vec<u32>; 2] },
    Street { street: Place, number: Place, numbers: Words, ways: Words, to: [Vec<u32>; 2] },
    Text { feature: Feature, name: String, from: Place, how: How, words: Words, to: Vec<u32> },
    Days { feature: Feature, name: String, from: Place, guesses: [Option<Guess>; 2], to: Vec<u32> },
    Amounts { name: String, from: Place, guesses: [Option<Guess>; 2], to: Vec<f64> },
}

/// How a text is normalised.
pub(super) enum How {
    Email,
    Phone([Option<Guess>; 2]),
    City,
    Postal([Option<Guess>; 2]),
    Country,
    Identifier,
    Gender,
    Plain,
}

impl Reader {
    /// What reads the columns of these files.
    pub(super) fn of(files: &[&[Column]]) -> Vec<Self> {
        let columns = Columns { files };
        let mut readers = Vec::new();
        let [given, family, whole] =
            [Kind::GivenName, Kind::FamilyName, Kind::WholeName].map(|kind| columns.nth(kind, 0));
        if [given, family, whole].iter().any(there) {
            readers.push(Self::Names {
                given,
                family,
                whole,
                words: Words::new(beside_text, true),
                to: Default::default(),
            });
        }
        let [street, number] = [Kind::Street, Kind::StreetNumber].map(|kind| columns.nth(kind, 0));
        if there(&street) || there(&number) {
            let (numbers, ways) = (Words::new(beside_text, true), Words::new(beside_text, true));
            readers.push(Self::Street { street, number, numbers, ways, to: Default::default() });
        }
        for at in 0..3 {
            columns.text(&mut readers, Kind::Email, at, Feature::Email, |_| How::Email);
            columns.text(&mut readers, Kind::Phone, at, Feature::Phone, How::Phone);
            columns.text(&mut readers, Kind::Identifier, at, Feature::Identifier, |_| How::Identifier);
        }
        columns.text(&mut readers, Kind::City, 0, Feature::City, |_| How::City);
        columns.text(&mut readers, Kind::PostalCode, 0, Feature::Postal, How::Postal);
        columns.text(&mut readers, Kind::Country, 0, Feature::Category, |_| How::Country);
        columns.text(&mut readers, Kind::Region, 0, Feature::Category, |_| How::Plain);
        columns.text(&mut readers, Kind::Gender, 0, Feature::Category, |_| How::Gender);
        columns.days(&mut readers, Kind::BirthDate, Feature::Birth, 0);
        for (kind, feature) in [(Kind::Category, Feature::Category), (Kind::Text, Feature::Text)] {
            for name in columns.names(kind).into_iter().take(MOST) {
                columns.named(&mut readers, kind, &name, feature);
            }
        }
        for name in columns.names(Kind::Number).into_iter().take(MOST) {
            let from = columns.called(Kind::Number, &name);
            let guesses = columns.guesses(&from);
            readers.push(Self::Amounts { name, from, guesses, to: Vec::new() });
        }
        for at in 0..3 {
            columns.days(&mut readers, Kind::Day, Feature::Day, at);
        }
        // What the first readers have left over still says something.
        for (kind, from) in [
            (Kind::GivenName, 1),
            (Kind::FamilyName, 1),
            (Kind::Street, 1),
            (Kind::City, 1),
            (Kind::PostalCode, 1),
            (Kind::Region, 1),
        ] {
            columns.text(&mut readers, kind, from, Feature::Text, |_| How::Plain);
        }
        readers
    }

    /// Reads one chunk of one file.
    pub(super) fn read<'a>(
        &mut self,
        file: usize,
        rows: usize,
        cell: &(impl Fn(usize, usize) -> &'a str + Sync),
    ) {
        let at = |place: &Place, row: usize| place[file].map_or("", |column| cell(row, column));
        match self {
            Self::Names { given, family, whole, words, to } => {
                to.iter_mut().for_each(Vec::clear);
                for row in 0..rows {
                    let mut first = words.of(at(given, row), normalise::given_name);
                    let mut last = words.of(at(family, row), normalise::family_name);
                    let both = at(whole, row);
                    if first == 0 && last == 0 && !both.is_empty() {
                        let parts = normalise::whole_name(both);
                        first = words.intern(parts.as_ref().and_then(|parts| parts.given.as_deref()));
                        last = words.intern(parts.as_ref().and_then(|parts| parts.family.as_deref()));
                    }
                    to[0].push(first);
                    to[1].push(last);
                }
            }
            Self::Street { street, number, numbers, ways, to } => {
                to.iter_mut().for_each(Vec::clear);
                for row in 0..rows {
                    let parts = normalise::street(at(street, row));
                    let own = normalise::identifier(at(number, row));
                    let written = parts.as_ref().and_then(|parts| parts.number.as_deref());
                    to[0].push(numbers.intern(own.as_deref().or(written)));
                    to[1].push(ways.intern(parts.as_ref().map(|parts| parts.way.as_str())));
                }
            }
            Self::Text { from, how, words, to, .. } => {
                to.clear();
                words.of_all((0..rows).map(|row| at(from, row)), |text| how.normalised(file, text), to);
            }
            Self::Days { from, guesses, to, .. } => {
                to.clear();
                let order = guesses[file].as_ref().and_then(|guess| guess.order).unwrap_or_default();
                for row in 0..rows {
                    to.push(normalise::day(at(from, row), order).map_or(0, packed));
                }
            }
            Self::Amounts { from, guesses, to, .. } => {
                to.clear();
                let home = guesses[file].as_ref().and_then(|guess| guess.home);
                let in_thousands = home == Some(Country::UNITED_STATES);
                let number = if in_thousands { normalise::number_in_thousands } else { normalise::number };
                for row in 0..rows {
                    to.push(number(at(from, row)).unwrap_or(f64::NAN));
                }
            }
        }
    }

    /// Writes the cells of a row of the chunk that was read last.
    pub(super) fn write(&self, row: usize, cells: &mut Vec<u32>) {
        match self {
            Self::Names { words, to: [given, family], .. } => {
                words.write(given[row], 2, cells);
                words.write(family[row], 2, cells);
            }
            Self::Street { numbers, ways, to: [number, way], .. } => {
                numbers.write(number[row], 1, cells);
                ways.write(way[row], 2, cells);
            }
            Self::Text { feature, words, to, .. } => words.write(to[row], feature.width(), cells),
            Self::Days { to, .. } => cells.push(to[row]),
            Self::Amounts { to, .. } => {
                let bits = to[row].to_bits();
                cells.extend([bits as u32, (bits >> 32) as u32]);
            }
        }
    }

    /// Hands over the distinct texts, and says what the cells of a row are.
    pub(super) fn finish(self, dictionaries: &mut Vec<Dictionary>, slots: &mut Vec<Slot>) {
        let mut slot = |feature: Feature, name: String, dictionary: usize| {
            let cell = slots.last().map_or(0, |last: &Slot| last.cell + last.feature.width());
            slots.push(Slot { feature, name, dictionary, cell });
        };
        let at = dictionaries.len();
        match self {
            Self::Names { words, .. } => {
                dictionaries.push(words.dictionary);
                slot(Feature::Given, "given_name".into(), at);
                slot(Feature::Family, "family_name".into(), at);
            }
            Self::Street { numbers, ways, .. } => {
                dictionaries.extend([numbers.dictionary, ways.dictionary]);
                slot(Feature::Number, "street_number".into(), at);
                slot(Feature::Way, "street".into(), at + 1);
            }
            Self::Text { feature, name, words, .. } => {
                dictionaries.push(words.dictionary);
                slot(feature, name, at);
            }
            Self::Days { feature, name, .. } => slot(feature, name, 0),
            Self::Amounts { name, .. } => slot(Feature::Amount, name, 0),
        }
    }
}

impl How {
    fn normalised(&self, file: usize, text: &str) -> Option<String> {
        match self {
            Self::Email => normalise::email(text),
            Self::Phone(guesses) => normalise::phone(text, home(&guesses[file])),
            Self::City => normalise::city(text),
            Self::Postal(guesses) => normalise::postal_code(text, home(&guesses[file])),
            Self::Country => normalise::country(text).map(|country| country.code().iter().collect()),
            Self::Identifier => normalise::identifier(text),
            Self::Gender => {
                normalise::gender(text).map(|gender| gender_letter(gender).to_owned()).or_else(|| plain(text))
            }
            Self::Plain => plain(text),
        }
    }
}

fn home(guess: &Option<Guess>) -> Country {
    guess.as_ref().and_then(|guess| guess.home).unwrap_or(Country::FRANCE)
}

/// Any other text.
fn plain(text: &str) -> Option<String> {
    if normalise::is_missing(text, false) {
        return None;
    }
    let folded = normalise::fold(text);
    (!folded.is_empty()).then_some(folded)
}

const fn gender_letter(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "f",
        Gender::Male => "m",
    }
}

/// A day as `yyyymmdd`.
fn packed(day: Day) -> u32 {
    u32::from(day.year()) * 10_000 + u32::from(day.month()) * 100 + u32::from(day.day())
}

/// The columns of the files, looked for by what they hold.
struct Columns<'a> {
    files: &'a [&'a [Column]],
}

impl Columns<'_> {
    fn each(&self, find: impl Fn(&[Column]) -> Option<usize>) -> Place {
        let mut place = [None, None];
        for (found, columns) in place.iter_mut().zip(self.files) {
            *found = find(columns);
        }
        place
    }

    /// The n-th column of a kind in each file.
    fn nth(&self, kind: Kind, n: usize) -> Place {
        self.each(|columns| (0..columns.len()).filter(|&at| columns[at].guess.kind == kind).nth(n))
    }

    /// The column of a kind with this name in each file.
    fn called(&self, kind: Kind, name: &str) -> Place {
        self.each(|columns| {
            columns
                .iter()
                .position(|column| column.guess.kind == kind && column.name.eq_ignore_ascii_case(name))
        })
    }

    /// Names of the columns of a kind that every file has.
    fn names(&self, kind: Kind) -> Vec<String> {
        let Some(first) = self.files.first() else { return Vec::new() };
        let mut names: Vec<String> = Vec::new();
        for column in *first {
            let known = names.iter().any(|name| name.eq_ignore_ascii_case(&column.name));
            let shared = (0..self.files.len()).all(|file| self.called(kind, &column.name)[file].is_some());
            if column.guess.kind == kind && shared && !known {
                names.push(column.name.clone());
            }
        }
        names
    }

    fn name(&self, place: &Place) -> String {
        let named = place.iter().zip(self.files).find_map(|(at, columns)| columns.get((*at)?));
        named.map(|column| column.name.clone()).unwrap_or_default()
    }

    fn guesses(&self, place: &Place) -> [Option<Guess>; 2] {
        let mut guesses = [None, None];
        for ((guess, at), columns) in guesses.iter_mut().zip(place).zip(self.files) {
            *guess = at.and_then(|at| columns.get(at)).map(|column| column.guess);
        }
        guesses
    }

    fn text(
        &self,
        readers: &mut Vec<Reader>,
        kind: Kind,
        n: usize,
        feature: Feature,
        how: impl Fn([Option<Guess>; 2]) -> How,
    ) {
        let from = self.nth(kind, n);
        // Of telephones and addresses any is compared with any: one file may have more of them than the other.
        let any = matches!(feature, Feature::Email | Feature::Phone);
        let is_there = if any {
            there(&from) && everywhere(&self.nth(kind, 0), self.files.len())
        } else {
            everywhere(&from, self.files.len())
        };
        if !is_there {
            return;
        }
        let (name, how) = (self.name(&from), how(self.guesses(&from)));
        readers.push(Reader::Text {
            feature,
            name,
            from,
            how,
            words: Words::new(besides(feature), repeats(feature)),
            to: Vec::new(),
        });
    }

    fn named(&self, readers: &mut Vec<Reader>, kind: Kind, name: &str, feature: Feature) {
        let from = self.called(kind, name);
        let (name, how) = (name.to_owned(), How::Plain);
        readers.push(Reader::Text {
            feature,
            name,
            from,
            how,
            words: Words::new(besides(feature), repeats(feature)),
            to: Vec::new(),
        });
    }

    fn days(&self, readers: &mut Vec<Reader>, kind: Kind, feature: Feature, n: usize) {
        let from = self.nth(kind, n);
        if everywhere(&from, self.files.len()) {
            let (name, guesses) = (self.name(&from), self.guesses(&from));
            readers.push(Reader::Days { feature, name, from, guesses, to: Vec::new() });
        }
    }
}

fn there(place: &Place) -> bool {
    place.iter().any(Option::is_some)
}

/// Whether each file has it: what only one file says can never be compared.
fn everywhere(place: &Place, files: usize) -> bool {
    place.iter().take(files).all(Option::is_some)
}
