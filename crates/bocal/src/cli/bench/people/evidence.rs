//! What two rows still have in common: no pair is left that nobody could find.

use super::record::Record;
use super::text::{bare, distance, is_nickname};

/// What of two rows agrees, at least roughly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Fields that agree.
    pub(super) fields: usize,
    /// Of these, such as few people share: birth date, e-mail, telephone, address, card.
    pub(super) strong: usize,
    /// Of these, such as a household does not share: given name, birth date, card.
    pub(super) own: usize,
}

impl Evidence {
    pub(super) fn between(a: &Record, b: &Record) -> Self {
        let (given_a, family_a) = (bare(&a.given), bare(&a.family));
        let (given_b, family_b) = (bare(&b.given), bare(&b.family));
        let given = same_name(&given_a, &given_b) || is_nickname(&given_a, &given_b);
        let family = same_name(&family_a, &family_b);
        // Given and family name may stand in each other's place.
        let swapped =
            !(given && family) && (same_name(&given_a, &family_b) || same_name(&family_a, &given_b));
        let (given, family) = (given || swapped, family || swapped);
        let birth = same_date(&a.birth, &b.birth);
        let email = same_email(&a.email, &b.email);
        let phone = same_phone(&a.phone, &b.phone);
        let address = same_address(&a.address, &b.address);
        let card = !a.card.is_empty() && a.card == b.card;
        let place =
            !a.code.is_empty() && a.code == b.code || !a.city.is_empty() && bare(&a.city) == bare(&b.city);
        let count = |all: &[bool]| all.iter().filter(|agrees| **agrees).count();
        Self {
            fields: count(&[given, family, birth, email, phone, address, card, place]),
            strong: count(&[birth, email, phone, address, card]),
            own: count(&[given, birth, card]),
        }
    }

    /// Enough for a careful person to join the two rows.
    pub(super) const fn is_enough(self) -> bool {
        self.fields >= 3 && self.strong >= 1 && self.own >= 1
    }
}

/// Enough for a row to stand on its own.
pub(super) fn stands(record: &Record) -> bool {
    let own = [&record.given, &record.family, &record.birth, &record.email, &record.phone, &record.address];
    own.iter().filter(|field| !field.is_empty()).count() >= 4
}

/// Of two bare names.
fn same_name(a: &str, b: &str) -> bool {
    if a.len() < 2 || b.len() < 2 {
        return false;
    }
    let slips = if a.len().min(b.len()) >= 8 { 2 } else { 1 };
    a.len().abs_diff(b.len()) <= slips && distance(a, b) <= slips
        || a.len() >= 3
            && b.len() >= 3
            && (a.starts_with(b) || b.starts_with(a) || a.ends_with(b) || b.ends_with(a))
}

fn same_email(a: &str, b: &str) -> bool {
    !a.is_empty()
        && !b.is_empty()
        && a.len().abs_diff(b.len()) <= 1
        && (a == b || distance(&a.to_ascii_lowercase(), &b.to_ascii_lowercase()) <= 1)
}

/// Two of day, month and last digits of the year.
fn same_date(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (parts(a), parts(b)) else { return false };
    let straight = (0..3).filter(|at| a.get(*at) == b.get(*at)).count();
    straight >= 2 || a[2] == b[2] && a[0] == b[1] && a[1] == b[0]
}

fn parts(date: &str) -> Option<[u32; 3]> {
    let mut numbers = date.split(['-', '/']).map(|part| part.parse::<u32>().ok());
    let (first, month, last) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (day, year) = if first > 31 { (last, first) } else { (first, last) };
    if month == 0 || matches!(year, 1900 | 1111) || (day, month, year) == (1, 1, 1970) {
        return None;
    }
    Some([day, month, year % 100])
}

fn same_phone(a: &str, b: &str) -> bool {
    let (a, b) = (last_nine(a), last_nine(b));
    let common = |digits: &str| digits.ends_with("0000") || matches!(digits, "102030405" | "123456789");
    a.len() == 9
        && b.len() == 9
        && !common(&a)
        && !common(&b)
        && a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count() <= 1
}

fn last_nine(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits.get(digits.len().saturating_sub(9)..).unwrap_or("").to_owned()
}

fn same_address(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared >= 2 && shared * 2 >= a.len().min(b.len())
}

fn words(address: &str) -> Vec<String> {
    address
        .split([' ', '-', ','])
        .map(bare)
        .filter(|word| !matches!(word.as_str(), "" | "rue" | "r" | "de" | "la" | "du" | "des"))
        .collect()
}
