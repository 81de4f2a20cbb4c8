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
    pub(super) order: Order,
    pub(super) home: Option<Country>,
}

/// Countries whose telephone numbers are tried, the likeliest first.
const HOMES: [Country; 9] = [
    Country::FRANCE,
    Country::UNITED_KINGDOM,
    Country::UNITED_STATES,
    Country::BELGIUM,
    Country::SWITZERLAND,
    Country::GERMANY,
    Country::SPAIN,
    Country::LUXEMBOURG,
    Country::ITALY,
];

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
        profile.find_home(&values);
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
        let words = folded.split(' ').count();
        let named = folded.split(' ').filter(|word| known(word)).count();
        self.given_names += usize::from(digits == 0 && named == words);
        self.whole_names += usize::from(digits == 0 && named > 0 && named < words && words <= 5);
        let way = normalise::street(text).is_some_and(|street| street.way.split(' ').any(normalise::is_way));
        self.streets += usize::from(words > 1 && way);
    }

    /// The country in which most values are telephone numbers; postal codes of five digits are taken as French ones.
    fn find_home(&mut self, values: &[&str]) {
        let in_home =
            |home: Country| values.iter().filter(|text| normalise::phone(text, home).is_some()).count();
        for home in HOMES {
            let count = in_home(home);
            if count > self.phones {
                (self.phones, self.home) = (count, Some(home));
            }
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

    /// Home of a column of postal codes.
    pub(super) fn postal_home(&self) -> Option<Country> {
        let four = self.share(self.four_digits, 40);
        (self.share(self.postal_codes, 60) && !four && !self.have_letters(20)).then_some(Country::FRANCE)
    }
}

/// Four or five digits, or letters and digits as in the United Kingdom or the Netherlands.
fn is_postal_code(folded: &str, digits: usize) -> bool {
    let letters = folded.bytes().filter(u8::is_ascii_lowercase).count();
    let len = folded.bytes().filter(|byte| *byte != b' ').count();
    match letters {
        0 => matches!(digits, 4 | 5) && len == digits,
        _ => (5..=7).contains(&len) && (1..=4).contains(&digits) && letters + digits == len && letters <= 4,
    }
}
