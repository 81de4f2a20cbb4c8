//! The country in which the telephone numbers of a column are national ones.

use super::plan::{self, KNOWN, Plan};
use super::{Country, Digits, cell, phone};

/// Share of the national numbers that must be French, per cent, for a column to be: typing slips leave no less.
const FRENCH: usize = 80;
/// Share of the national numbers that a country must explain where something else names it, per cent.
const NAMED: usize = 60;
/// Share of all numbers that a country's code must be written before to name the country, per cent.
const CODES: usize = 10;

/// How the numbers of a column are written.
struct Written<'a> {
    /// Numbers without a country's code, as digits.
    national: Vec<Digits>,
    /// The same as they are in the file.
    texts: Vec<&'a str>,
    /// How many numbers begin with the code of each country.
    codes: [usize; KNOWN.len()],
    all: usize,
}

/// The country whose national numbers these are; `None` without a number. `said` is the country that the rest of the file
/// speaks of.
///
/// Plans of Germany, Italy, Belgium or Austria take nearly any digits, so that a slip in a French number makes it one of
/// theirs: what counts is how people write their numbers. A country named by codes (+32 …) or by the file is taken if most
/// numbers fit, then France if nearly all do, then the country that fits best.
pub(crate) fn home<'a>(values: impl IntoIterator<Item = &'a str>, said: Option<Country>) -> Option<Country> {
    let written = Written::of(values);
    if written.all == 0 {
        return None;
    }
    let known = said.filter(|said| KNOWN.contains(said));
    if let Some(named) = known.filter(|said| written.fits(*said, NAMED)) {
        return Some(named);
    }
    let coded = written.coded();
    if let Some((named, count)) = coded
        && count * 100 >= written.all * CODES
        && written.fits(named, NAMED)
    {
        return Some(named);
    }
    if written.french() * 100 >= written.national.len() * FRENCH {
        return Some(Country::FRANCE);
    }
    let best = KNOWN.into_iter().rev().max_by_key(|country| written.weight(*country));
    coded
        .filter(|(country, count)| *count > 1 && written.fits(*country, NAMED))
        .map(|(country, _)| country)
        .or(best)
}

impl<'a> Written<'a> {
    fn of(values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut written = Self { national: Vec::new(), texts: Vec::new(), codes: [0; KNOWN.len()], all: 0 };
        for text in values {
            let Some(digits) = Digits::read(cell::trimmed(text)) else { continue };
            written.all += 1;
            match digits.international(Country::FRANCE).or_else(|| without_plus(&digits)) {
                Some(number) => written.count_code(&number),
                None => {
                    written.national.push(digits);
                    written.texts.push(text);
                }
            }
        }
        written
    }

    fn count_code(&mut self, number: &str) {
        let code = number.get(..plan::code_length(number)).unwrap_or_default();
        let Some(plan) = Plan::of_code(code) else { return };
        let is_it = |country: &Country| Plan::of(*country).is_some_and(|known| known.code == plan.code);
        if let Some(at) = KNOWN.iter().position(is_it) {
            self.codes[at] += 1;
        }
    }

    /// The country whose code is written in most numbers that have one. In a file of people from many countries none is.
    fn coded(&self) -> Option<(Country, usize)> {
        let all: usize = self.codes.iter().sum();
        KNOWN.into_iter().zip(self.codes).find(|(_, count)| count * 2 > all)
    }

    /// How many national numbers are written as in this country.
    fn usual(&self, country: Country) -> usize {
        let Some(plan) = Plan::of(country) else { return 0 };
        self.national.iter().filter(|digits| plan.is_usual(digits.text())).count()
    }

    /// National numbers of France, those that lost their zero in a spreadsheet included.
    fn french(&self) -> usize {
        self.texts.iter().filter(|text| phone(text, Country::FRANCE).is_some()).count()
    }

    fn fits(&self, country: Country, percent: usize) -> bool {
        let count = if country == Country::FRANCE { self.french() } else { self.usual(country) };
        count * 100 >= self.national.len() * percent
    }

    /// How well a country fits: of plans that take numbers of many lengths, part of them are there by chance.
    fn weight(&self, country: Country) -> usize {
        const LOOSE: [Country; 4] = [Country::GERMANY, Country::ITALY, Country::AUSTRIA, Country::LUXEMBOURG];
        let count = if country == Country::FRANCE { self.french() } else { self.usual(country) };
        count * if LOOSE.contains(&country) { 4 } else { 5 }
    }
}

/// A number that begins with a country's code although no plus sign says so: too long for any other.
fn without_plus(digits: &Digits) -> Option<String> {
    let all = digits.text();
    let (code, number) = all.split_at_checked(plan::code_length(all))?;
    let plan = Plan::of_code(code).filter(|_| all.len() >= 11)?;
    plan.international(number).map(|_| all.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Country, home};

    fn numbers(how: impl Fn(u32) -> String) -> Vec<String> {
        (0..200_u32).map(|at| how(at.wrapping_mul(2_654_435_761) >> 4)).collect()
    }

    fn home_of(numbers: &[String]) -> Option<Country> {
        home(numbers.iter().map(String::as_str), None)
    }

    #[test]
    fn slips_do_not_take_french_numbers_abroad() {
        let french = numbers(|n| format!("0{}{:08}", 1 + n % 7, n % 100_000_000));
        assert_eq!(home_of(&french), Some(Country::FRANCE));
        let slips: Vec<String> = french
            .iter()
            .enumerate()
            .map(|(at, number)| match at % 8 {
                0 => number[..9].to_owned(),
                1 => format!("{number}5"),
                2 => format!("+33 {}", &number[1..]),
                _ => number.clone(),
            })
            .collect();
        assert_eq!(home_of(&slips), Some(Country::FRANCE));
    }

    #[test]
    fn the_code_before_some_numbers_is_the_country_of_the_others() {
        for (code, trunk, country) in [
            ("41", "0", Country::SWITZERLAND),
            ("31", "0", Country::NETHERLANDS),
            ("48", "", Country::POLAND),
        ] {
            let some = numbers(|n| {
                let number = format!("{}{:08}", 6 + n % 2, n % 100_000_000);
                if n % 4 == 0 { format!("+{code} {number}") } else { format!("{trunk}{number}") }
            });
            assert_eq!(home_of(&some), Some(country), "{code}");
        }
    }

    #[test]
    fn foreigners_do_not_change_the_country_where_no_code_is_that_of_most() {
        let some = numbers(|n| {
            let number = format!("{}{:08}", 6 + n % 2, n % 100_000_000);
            if n % 40 == 0 { format!("+41 {number}") } else { format!("0{number}") }
        });
        assert_eq!(home_of(&some), Some(Country::FRANCE));
        let many = numbers(|n| {
            let number = format!("{}{:08}", 6 + n % 2, n % 100_000_000);
            match n % 6 {
                0 => format!("+41 {number}"),
                1 => format!("+32 {number}"),
                2 => format!("+49 {number}"),
                3 => format!("+33 {number}"),
                _ => format!("0{number}"),
            }
        });
        assert_eq!(home_of(&many), Some(Country::FRANCE));
    }

    #[test]
    fn numbers_of_many_lengths_are_german_and_the_file_may_say_more() {
        let german =
            numbers(|n| format!("0{}{:0width$}", 2 + n % 8, n % 1_000_000, width = 7 + n as usize % 4));
        assert_eq!(home_of(&german), Some(Country::GERMANY));
        let british = numbers(|n| format!("07{:09}", n % 1_000_000_000));
        assert_eq!(home_of(&british), Some(Country::UNITED_KINGDOM));
        let swiss = numbers(|n| format!("079{:07}", n % 10_000_000));
        assert_eq!(
            home(swiss.iter().map(String::as_str), Some(Country::SWITZERLAND)),
            Some(Country::SWITZERLAND)
        );
        assert_eq!(home(["n/a", "12"], None), None);
    }
}
