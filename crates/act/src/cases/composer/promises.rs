//! The next step a letter promises, and the day it names: what the case reminds of.

use kernel::Day;
use kernel::texts::fold;

use super::elements::{promises, written};
use crate::cases::model::Promise;
use crate::cases::rules::TITLE;

const MONTHS: [(&str, &str); 12] = [
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
];
const WEEKDAYS: [(&str, &str); 7] = [
    ("lundi", "monday"),
    ("mardi", "tuesday"),
    ("mercredi", "wednesday"),
    ("jeudi", "thursday"),
    ("vendredi", "friday"),
    ("samedi", "saturday"),
    ("dimanche", "sunday"),
];
/// A day without its year that lies further back than this is one of next year.
const BACK: i64 = 180;

/// What a letter written on `today` promises: its last sentence that says what comes next and names a day to come. An
/// author who vouched for the next step promises with any sentence that names one.
pub(super) fn promise(letter: &str, is_vouched: bool, today: Day) -> Option<Promise> {
    let named = |sentence: &&str, is_any: bool| {
        let folded = fold(sentence);
        let day = day(&folded, today).filter(|day| *day >= today)?;
        (is_any || promises(&folded)).then_some(day)
    };
    let last = |is_any: bool| {
        let found = written(letter).filter_map(|sentence| Some((sentence, named(&sentence, is_any)?)));
        found.last()
    };
    let (sentence, day) = last(false).or_else(|| last(true).filter(|_| is_vouched))?;
    let words: String = sentence.trim_end_matches('.').chars().take(2 * TITLE).collect();
    Some(Promise { words, day })
}

/// The day a folded sentence names.
fn day(sentence: &str, today: Day) -> Option<Day> {
    in_figures(sentence, today).or_else(|| in_words(sentence, today)).or_else(|| from_today(sentence, today))
}

/// `24/11`, `24/11/2026`, `24.11.2026`, `2026-11-24`.
fn in_figures(sentence: &str, today: Day) -> Option<Day> {
    let pieces = sentence.split(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-'));
    pieces.into_iter().find_map(|piece| {
        let piece = piece.trim_matches(['/', '.', '-']);
        let numbers: Vec<i16> =
            piece.split(['/', '.', '-']).map(|n| n.parse().ok()).collect::<Option<_>>()?;
        match numbers.as_slice() {
            [day, month] if piece.contains('/') => near(*day, *month, today),
            [year, month, day] if *year > 1_000 => whole(*year, *month, *day),
            [day, month, year] => whole(if *year < 100 { 2_000 + year } else { *year }, *month, *day),
            _ => None,
        }
    })
}

/// « 26 novembre », "November 26", "26 November 2026".
fn in_words(sentence: &str, today: Day) -> Option<Day> {
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().and_then(ordinal);
    words.iter().enumerate().find_map(|(at, word)| {
        let month = MONTHS.iter().position(|(fr, en)| word == fr || word == en)?;
        let month = i16::try_from(month).ok()? + 1;
        let day_before = number(at.checked_sub(1)).filter(|n| *n <= 31);
        let day = day_before.or_else(|| number(Some(at + 1)).filter(|n| *n <= 31))?;
        let year = number(Some(at + if day_before.is_some() { 1 } else { 2 })).filter(|n| *n > 1_000);
        year.map_or_else(|| near(day, month, today), |year| whole(year, month, day))
    })
}

/// The number a word begins with: `1er`, `26th`, `26`.
fn ordinal(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(char::is_alphabetic);
    let ending = word.get(digits.len()..).unwrap_or_default();
    matches!(ending, "" | "er" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten()
}

/// « demain », « jeudi », « sous huit jours », "within 5 days".
fn from_today(sentence: &str, today: Day) -> Option<Day> {
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    for (at, word) in words.iter().enumerate() {
        if matches!(*word, "demain" | "tomorrow") {
            let is_after = at > 0 && words.get(at - 1) == Some(&"apres");
            return Some(today.plus_days(if is_after { 2 } else { 1 }));
        }
        if let Some(days) = at.checked_sub(1).and_then(|at| span(words.get(at)?, word)) {
            return Some(today.plus_days(days));
        }
        if let Some(weekday) = WEEKDAYS.iter().position(|(fr, en)| word == fr || word == en) {
            let ahead =
                (weekday as i64 - i64::from(today.weekday().to_monday_zero_offset()) + 6).rem_euclid(7) + 1;
            return Some(today.plus_days(ahead));
        }
    }
    None
}

/// Days of « 8 jours », « une semaine », "48 hours"; hours end on the day they reach.
fn span(number: &str, unit: &str) -> Option<i64> {
    let n = match number {
        "un" | "une" | "one" | "a" => 1,
        "deux" | "two" => 2,
        "trois" | "three" => 3,
        "cinq" | "five" => 5,
        "huit" | "eight" => 8,
        "dix" | "ten" => 10,
        "quinze" => 15,
        figures => figures.parse::<i64>().ok()?,
    };
    let days = match unit {
        "jour" | "jours" | "day" | "days" => n,
        "semaine" | "semaines" | "week" | "weeks" => 7 * n,
        "heures" | "hours" => (n + 23) / 24,
        _ => return None,
    };
    (1..=90).contains(&days).then_some(days)
}

fn whole(year: i16, month: i16, day: i16) -> Option<Day> {
    Day::from_ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// The day of this month nearest to come; one that passed lately stays in the past.
fn near(day: i16, month: i16, today: Day) -> Option<Day> {
    let this = whole(today.year(), month, day)?;
    if this.days_since(today) < -BACK { whole(today.year() + 1, month, day) } else { Some(this) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> Day {
        // A Monday.
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn the_day_of_a_promise_is_read_however_it_is_written() {
        for (letter, day) in [
            ("Je vous rappelle jeudi 26 novembre.", "2026-11-26"),
            ("Je vous rappelle jeudi.", "2026-11-26"),
            ("Je vous rappelle lundi.", "2026-11-30"),
            ("Je vous rappelle demain.", "2026-11-24"),
            ("Vous recevrez un avoir le 1er janvier.", "2027-01-01"),
            ("Vous recevrez un avoir le 24/12.", "2026-12-24"),
            ("I will call you on Thursday, November 26th.", "2026-11-26"),
            ("We will write to you by 3 December 2026.", "2026-12-03"),
            ("Vous serez remboursée sous 8 jours.", "2026-12-01"),
            ("Nous revenons vers vous d’ici une semaine.", "2026-11-30"),
            ("Vous serez remboursé sous 48 heures.", "2026-11-25"),
        ] {
            let found = promise(letter, false, today());
            assert_eq!(found.map(|promise| promise.day.to_string()).as_deref(), Some(day), "{letter}");
        }
    }

    #[test]
    fn the_day_something_happened_is_no_promise() {
        for letter in [
            "Vous avez attendu samedi 21 novembre.",
            "Nous vous avons fait attendre le 21/11/2026.",
            "",
            "Je vous rappelle bientôt.",
        ] {
            assert_eq!(promise(letter, false, today()), None, "{letter}");
        }
        let letter = "Vous êtes venue samedi 21 novembre.\n\nJe vous rappelle jeudi 26 novembre.\n\nAwa";
        assert_eq!(promise(letter, false, today()).unwrap().words, "Je vous rappelle jeudi 26 novembre");
        assert!(promise("À jeudi 26 novembre, au magasin.", true, today()).is_some(), "vouched for");
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(letter in ".{0,200}") {
            let _ = promise(&letter, true, today());
        }
    }
}
