//! What a sample of values looks like.

use std::collections::HashSet;

use crate::normalise::{self, Country, Order};

/// Counts over the values of a column that say something.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    /// Values that are not missing.
    pub(super) count: usize,
    /// Values that are.
    blank: usize,
    /// Different ones among those that are not.
    pub(super) distinct: usize,
    emails: usize,
    days: usize,
    /// Days on which a living person may be born, more or less.
    births: usize,
    first_year: u16,
    last_year: u16,
    phones: usize,
    /// Values punctuated like telephone numbers, or beginning like one.
    dialled: usize,
    five_digits: usize,
    numbers: usize,
    countries: usize,
    genders: usize,
    streets: usize,
    given_names: usize,
    whole_names: usize,
    postal_codes: usize,
    /// Values with at least one letter.
    letters: usize,
    /// Values without a blank, with a digit.
    codes: usize,
    /// Values of several words.
    phrases: usize,
    four_digits: usize,
    /// Names of companies: with a legal form, "group" …
    companies: usize,
    /// A few digits, perhaps with a letter.
    house_numbers: usize,
    /// Postal codes of seven and of nine digits.
    seven_digits: usize,
    nine_digits: usize,
    /// Amounts whose commas part thousands.
    pub(super) in_thousands: bool,
    /// The country that most values name.
    pub(super) country: Option<Country>,
    pub(super) order: Order,
}

impl Profile {
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let (blank, values): (Vec<&str>, Vec<&str>) =
            values.partition(|text| normalise::is_missing(text, false));
        let mut seen = HashSet::new();
        let order = Order::guess(values.iter().copied());
        let mut profile =
            Self { count: values.len(), blank: blank.len(), order, first_year: u16::MAX, ..Self::default() };
        for text in &values {
            let folded = normalise::fold(text.get(..text.floor_char_boundary(200)).unwrap_or_default());
            profile.add(text, &folded);
            seen.insert(folded);
        }
        profile.distinct = seen.len();
        profile.count_phones(&values);
        profile.in_thousands = normalise::commas_part_thousands(values.iter().copied());
        profile.country = most_named(&values).filter(|_| profile.are_countries(60));
        profile
    }

    fn add(&mut self, text: &str, folded: &str) {
        let digits = folded.bytes().filter(u8::is_ascii_digit).count();
        let letters = folded.chars().any(char::is_alphabetic);
        let words = folded.split(' ').count();
        self.emails += usize::from(text.contains('@') && text.contains('.'));
        self.letters += usize::from(letters);
        self.codes += usize::from(
            words == 1 && digits > 0 || text.contains(['-', '_']) && digits > 0 && !text.contains(' '),
        );
        self.phrases += usize::from(words > 1 && digits == 0 && !text.contains('@'));
        self.numbers += usize::from(normalise::number(text).is_some());
        self.dialled += usize::from(text.trim_start().starts_with(['0', '+', '(']) || words > 2);
        self.five_digits += usize::from(digits == 5 && folded.len() == 5);
        self.four_digits += usize::from(digits == 4 && folded.len() == 4);
        self.postal_codes += usize::from(is_postal_code(folded, digits));
        self.seven_digits += usize::from(digits == 7 && is_parted(folded, 4, 3));
        self.nine_digits += usize::from(digits == 9 && is_parted(folded, 5, 4));
        self.house_numbers += usize::from(
            (1..=4).contains(&digits) && folded.len() <= 8 && folded.as_bytes()[0].is_ascii_digit(),
        );
        if let Some(day) = normalise::day(text, self.order) {
            self.days += 1;
            self.births += usize::from((1900..2020).contains(&day.year()));
            (self.first_year, self.last_year) =
                (self.first_year.min(day.year()), self.last_year.max(day.year()));
        }
        if letters {
            self.add_words(text, folded, digits);
        }
    }

    fn add_words(&mut self, text: &str, folded: &str, digits: usize) {
        self.countries += usize::from(normalise::country(text).is_some());
        self.genders += usize::from(normalise::gender(text).is_some());
        let known = |word: &str| normalise::is_known_given_name(word);
        self.companies += usize::from(normalise::is_company(folded));
        let words = folded.split(' ').count();
        let named = folded.split(' ').filter(|word| known(word)).count();
        self.given_names += usize::from(digits == 0 && named == words);
        self.whole_names += usize::from(digits == 0 && named > 0 && named < words && words <= 5);
        let way = normalise::street(text).is_some_and(|street| street.way.split(' ').any(normalise::is_way));
        self.streets += usize::from(words > 1 && way);
    }

    /// Counts the telephone numbers of the country where most values are some.
    fn count_phones(&mut self, values: &[&str]) {
        for home in normalise::KNOWN_PLANS {
            let count = values.iter().filter(|text| normalise::phone(text, home).is_some()).count();
            self.phones = self.phones.max(count);
            if self.phones == self.count {
                break;
            }
        }
    }

    /// Whether at least `percent` of the values are of a sort.
    fn share(&self, part: usize, percent: usize) -> bool {
        self.count > 0 && part * 100 >= self.count * percent
    }

    pub(super) fn are_emails(&self, percent: usize) -> bool {
        self.share(self.emails, percent)
    }

    /// Days, and not numbers that could be days by chance.
    pub(super) fn are_days(&self, percent: usize) -> bool {
        self.share(self.days, percent)
    }

    pub(super) fn are_births(&self) -> bool {
        self.are_days(80)
            && self.share(self.births, 80)
            && self.last_year.saturating_sub(self.first_year) >= 25
    }

    pub(super) fn are_phones(&self, percent: usize) -> bool {
        self.share(self.phones, percent)
    }

    /// Telephone numbers that are not just numbers of the same length.
    pub(super) fn are_dialled(&self) -> bool {
        self.are_phones(90) && self.share(self.dialled, 60)
    }

    /// Numbers of five digits, some of which repeat.
    pub(super) fn are_french_postal_codes(&self) -> bool {
        self.count >= 10 && self.share(self.five_digits, 95) && self.distinct < self.count
    }

    pub(super) fn are_numbers(&self, percent: usize) -> bool {
        self.share(self.numbers, percent)
    }

    pub(super) fn are_companies(&self, percent: usize) -> bool {
        self.share(self.companies, percent)
    }

    pub(super) fn are_house_numbers(&self, percent: usize) -> bool {
        self.share(self.house_numbers, percent)
    }

    pub(super) fn are_countries(&self, percent: usize) -> bool {
        self.share(self.countries, percent)
    }

    pub(super) fn are_genders(&self, percent: usize) -> bool {
        self.share(self.genders, percent)
    }

    pub(super) fn are_streets(&self, percent: usize) -> bool {
        self.share(self.streets, percent)
    }

    pub(super) fn are_given_names(&self, percent: usize) -> bool {
        self.share(self.given_names, percent)
    }

    pub(super) fn are_whole_names(&self, percent: usize) -> bool {
        self.share(self.whole_names, percent)
    }

    pub(super) fn are_postal_codes(&self, percent: usize) -> bool {
        self.share(self.postal_codes, percent)
    }

    pub(super) fn have_letters(&self, percent: usize) -> bool {
        self.share(self.letters, percent)
    }

    pub(super) fn are_phrases(&self, percent: usize) -> bool {
        self.share(self.phrases, percent)
    }

    /// Every value another one, enough of them to tell, and each written like a number or a key.
    pub(super) fn are_row_numbers(&self) -> bool {
        self.all_distinct(20) && self.share(self.codes, 95)
    }

    /// Whether no value repeats and hardly any is missing: what numbers rows is in every row.
    pub(super) fn all_distinct(&self, least: usize) -> bool {
        self.count >= least && self.distinct == self.count && self.blank * 50 <= self.count
    }

    /// One of a few values.
    pub(super) fn are_categories(&self) -> bool {
        self.count >= 10 && self.distinct * 5 <= self.count && self.distinct <= 50
    }

    /// Home of a column of postal codes. France stands for all countries with five digits.
    pub(super) fn postal_home(&self) -> Option<Country> {
        if self.share(self.seven_digits, 40) {
            return Some(Country::PORTUGAL);
        }
        if self.share(self.nine_digits, 20) {
            return Some(Country::UNITED_STATES);
        }
        let four = self.share(self.four_digits, 40);
        (self.share(self.postal_codes, 60) && !four && !self.have_letters(20)).then_some(Country::FRANCE)
    }
}

/// The country that most of these values name.
fn most_named(values: &[&str]) -> Option<Country> {
    let mut named: Vec<Country> = values.iter().filter_map(|text| normalise::country(text)).collect();
    named.sort_unstable();
    named.chunk_by(|a, b| a == b).max_by_key(|same| same.len()).and_then(|same| same.first().copied())
}

/// Digits in two groups of these lengths.
fn is_parted(folded: &str, first: usize, second: usize) -> bool {
    folded.split_once(' ').is_some_and(|(one, other)| (one.len(), other.len()) == (first, second))
}

/// Four or five digits, seven, eight or nine in two groups as in Portugal, Brazil and the United States, or letters and digits as
/// in the United Kingdom or the Netherlands.
fn is_postal_code(folded: &str, digits: usize) -> bool {
    let letters = folded.bytes().filter(u8::is_ascii_lowercase).count();
    let len = folded.bytes().filter(|byte| *byte != b' ').count();
    match letters {
        0 => {
            matches!(digits, 4 | 5) && len == digits
                || is_parted(folded, 4, 3)
                || is_parted(folded, 5, 3)
                || is_parted(folded, 5, 4)
        }
        _ => (5..=7).contains(&len) && (1..=4).contains(&digits) && letters + digits == len && letters <= 4,
    }
}
