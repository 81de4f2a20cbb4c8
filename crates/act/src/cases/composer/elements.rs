//! What a letter to an unhappy customer must hold (`domain.md` A4, U20), and whether a text holds it.
//!
//! A text is read for turns of phrase, in French and English. It is a help, not a judge: what it does not find, the
//! author can vouch for, and that is noted. How often it is right: `docs/decisions/0011-letters-are-read-not-judged.md`.

use kernel::texts::fold;

use super::cues::{BLAME, CAME, CAUSE, CHANGE, DATES, FACTS, FEELING, NEGATIONS, OURS, SENT, STEP};

/// What must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// What happened, acknowledged.
    Facts,
    /// What they felt, acknowledged.
    Feeling,
    /// Why it happened.
    Cause,
    /// What changes.
    Change,
    /// What comes next, with a date.
    Next,
    /// No blame on the customer.
    Respect,
}

impl Element {
    /// Every element, in the order of a letter.
    pub const ALL: [Self; 6] =
        [Self::Facts, Self::Feeling, Self::Cause, Self::Change, Self::Next, Self::Respect];

    /// Name as stored; its text key is `letter-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Feeling => "feeling",
            Self::Cause => "cause",
            Self::Change => "change",
            Self::Next => "next",
            Self::Respect => "respect",
        }
    }
}

/// Words of the customer taken up in the letter from which on its facts count as acknowledged.
const SHARED: usize = 3;
/// Small numbers as a letter spells them.
const COUNTS: [&str; 15] = [
    "un", "une", "deux", "trois", "quatre", "cinq", "huit", "dix", "quinze", "one", "two", "three", "five",
    "ten", "a",
];
/// Letters of a word that tells something.
const TELLING: usize = 6;

/// Words before a turn of phrase within which a negation turns it into its opposite: « nous ne sommes pas désolés ».
const REACH: usize = 3;

/// Whether a letter holds an element, as far as its wording tells. `words` are the customer's.
pub fn holds(element: Element, letter: &str, words: &str) -> bool {
    let letter = fold(letter);
    let any = |cues: &[&str]| cues.iter().any(|cue| letter.contains(cue));
    match element {
        Element::Facts => sentences(&letter).any(acknowledges) || shared(&letter, words) >= SHARED,
        Element::Feeling => sentences(&letter).any(|s| FEELING.iter().any(|cue| is_said(s, cue, REACH))),
        Element::Cause => sentences(&letter).any(|s| CAUSE.iter().any(|cue| is_said(s, cue, 1))),
        Element::Change => any(CHANGE),
        // Step and date belong to one sentence: the day something happened is no promise.
        Element::Next => {
            sentences(&letter).any(|s| promises(s) && (has_word(s, &DATES) || has_date(s) || has_delay(s)))
        }
        Element::Respect => !sentences(&letter).any(blames),
    }
}

/// The sentences of a letter that can be read as blaming the customer, as they were written.
pub fn blaming(letter: &str) -> Vec<String> {
    written(letter).filter(|sentence| blames(&fold(sentence))).map(str::to_owned).collect()
}

/// The sentences of a letter as they were written.
pub(super) fn written(letter: &str) -> impl Iterator<Item = &str> {
    letter
        .split(['!', '?', ';', '\n'])
        .flat_map(|part| part.split(". "))
        .map(str::trim)
        .filter(|s| !s.is_empty())
}

/// Whether a folded sentence says what comes next.
pub(super) fn promises(sentence: &str) -> bool {
    STEP.iter().any(|cue| {
        sentence.match_indices(cue).any(|(at, _)| {
            let before = tokens(sentence.get(..at).unwrap_or_default()).last();
            let after = tokens(sentence.get(at + cue.len()..).unwrap_or_default()).next();
            // "I will not call you": the negation stands right beside. « S'il n'arrive pas, je vous rappelle » promises.
            let is_denied = matches!(before, Some("not" | "never"))
                || matches!(after, Some("not" | "never" | "pas" | "jamais"));
            !is_denied
        })
    })
}

/// Whether a folded sentence takes up what happened: « merci de votre message » only says that it came, and who blames
/// acknowledges nothing.
fn acknowledges(sentence: &str) -> bool {
    let says = |cues: &[&str]| cues.iter().any(|cue| sentence.contains(cue));
    !blames(sentence) && (says(FACTS) || (says(SENT) && !says(CAME)))
}

/// Whether a folded sentence blames the customer: neither « ce n'est pas votre faute » nor « vous auriez dû être
/// rappelé », which blames us.
fn blames(sentence: &str) -> bool {
    BLAME.iter().filter(|cue| is_said(sentence, cue, REACH)).any(|cue| {
        let could_be_ours = cue.ends_with(" du") || cue.ends_with(" pu") || cue.ends_with(" have");
        let after = sentence.split_once(cue).map_or("", |(_, after)| after);
        !(could_be_ours && tokens(after).next().is_some_and(|word| OURS.contains(&word)))
    })
}

/// Whether a sentence says a turn of phrase without turning it into its opposite within so many words before.
fn is_said(sentence: &str, cue: &str, reach: usize) -> bool {
    sentence.match_indices(cue).any(|(at, _)| {
        let before: Vec<&str> = tokens(sentence.get(..at).unwrap_or_default()).collect();
        let near = before.iter().rev().take(reach);
        // « je ne regrette rien » negates from right before the verb.
        let right_before = before.last().is_some_and(|word| matches!(*word, "ne" | "n"));
        !right_before && !near.into_iter().any(|word| NEGATIONS.contains(word))
    })
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The sentences of a folded text; a point within a date ends none.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['!', '?', ';']).flat_map(|part| part.split(". "))
}

/// How many telling words of the customer come back in the letter.
fn shared(letter: &str, words: &str) -> usize {
    let words = fold(words);
    let of = |text: &str| -> std::collections::BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= TELLING)
            .map(str::to_owned)
            .collect()
    };
    of(&words).intersection(&of(letter)).count()
}

/// Whether a text counts the time from now: « sous 8 jours », « d'ici une semaine », "within 48 hours".
fn has_delay(text: &str) -> bool {
    let words: Vec<&str> = tokens(text).collect();
    words.windows(3).any(|three| match three {
        [before, n, unit] => {
            let is_span = matches!(
                *unit,
                "jour"
                    | "jours"
                    | "heures"
                    | "semaine"
                    | "semaines"
                    | "mois"
                    | "day"
                    | "days"
                    | "hours"
                    | "week"
                    | "weeks"
            );
            let is_count = n.parse::<u32>().is_ok() || COUNTS.contains(n);
            is_span && is_count && matches!(*before, "sous" | "dans" | "ici" | "within" | "in")
        }
        _ => false,
    })
}

fn has_word(text: &str, wanted: &[&str]) -> bool {
    // "mars" is a month, "marsouin" is not.
    wanted.iter().any(|word| match word.split_once(' ') {
        Some(_) => text.contains(word),
        None => text.split(|c: char| !c.is_alphanumeric()).any(|w| w == *word),
    })
}

/// Whether a text holds a day in figures: `24/11`, `24.11.2026`, `2026-11-24`.
fn has_date(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';')).any(|piece| {
        let piece = piece.trim_end_matches(['.', '!', '?', ':']);
        let parts: Vec<&str> = piece.split(['/', '.', '-']).collect();
        let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
        let fits = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
        match numbers.as_slice() {
            [day, month] if parts.len() == 2 => fits(*day, *month) && piece.contains('/'),
            [year, month, day] if parts.len() == 3 && *year >= 2_000 => fits(*day, *month),
            [day, month, year] if parts.len() == 3 && *year >= 24 => fits(*day, *month),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LETTER: &str = "Bonjour Madame Kervella,\n\nVous avez attendu vingt-cinq minutes à la caisse samedi. Je comprends \
        votre agacement et je vous présente mes excuses. C’est arrivé parce que deux collègues étaient absents.\n\n\
        Désormais une seconde caisse ouvre dès cinq personnes. Je vous rappelle jeudi 26 novembre.\n\nNadia";
    const WORDS: &str = "25 minutes pour payer un sac de graines.";

    fn missing(letter: &str) -> Vec<&'static str> {
        let absent = Element::ALL.into_iter().filter(|element| !holds(*element, letter, WORDS));
        absent.map(Element::name).collect()
    }

    #[test]
    fn a_whole_letter_misses_nothing() {
        assert!(missing(LETTER).is_empty(), "{:?}", missing(LETTER));
        let english = "Dear Mrs Clarke,\nYou waited twenty minutes on Saturday and I am sorry. This was because two of us \
            were ill. From now on a second till opens. I will call you on Thursday.";
        assert!(missing(english).is_empty(), "{:?}", missing(english));
    }

    #[test]
    fn each_missing_element_is_named() {
        let without = |from: &str, to: &str| LETTER.replace(from, to);
        let cases = [
            ("facts", without("Vous avez attendu vingt-cinq minutes à la caisse samedi. ", "")),
            ("feeling", without("Je comprends votre agacement et je vous présente mes excuses. ", "")),
            ("cause", without("C’est arrivé parce que deux collègues étaient absents.", "")),
            ("change", without("Désormais une seconde caisse ouvre dès cinq personnes. ", "")),
            ("next", without("Je vous rappelle jeudi 26 novembre.", "")),
            ("next", without("jeudi 26 novembre", "bientôt")),
        ];
        for (name, letter) in cases {
            let found = missing(&letter);
            assert!(found.contains(&name), "{name} of {letter}: {found:?}");
        }
        assert_eq!(missing(""), ["facts", "feeling", "cause", "change", "next"]);
    }

    #[test]
    fn blame_is_noticed_and_what_denies_it_is_not() {
        for blame in [
            "Vous auriez dû nous prévenir plus tôt.",
            "Comme indiqué dans nos conditions, le délai est de dix jours.",
            "Vous n’avez pas lu la notice.",
            "You should have checked the label.",
            "You failed to call us.",
            "C’est votre faute.",
        ] {
            assert!(!holds(Element::Respect, blame, ""), "{blame}");
            assert_eq!(blaming(&format!("Bonjour,\n\n{blame}\nAwa")).len(), 1, "{blame}");
        }
        for no in [
            "Ce n’est pas votre faute.",
            "Vous n’auriez pas dû attendre.",
            "Vous auriez dû être rappelé mardi.",
            "You should have been called.",
            "This was not your mistake.",
            LETTER,
        ] {
            assert!(holds(Element::Respect, no, ""), "{no}");
        }
    }

    #[test]
    fn thanks_for_a_message_acknowledge_no_facts() {
        for no in [
            "Bonjour, merci de votre message. Cordialement.",
            "Nous avons bien reçu votre réclamation.",
            "Suite à votre appel, nous revenons vers vous.",
            "Thank you for your message.",
            "We have received your complaint.",
            "Vous n’avez pas lu la notice.",
            "You did not read the label.",
        ] {
            assert!(!holds(Element::Facts, no, ""), "{no}");
        }
        for yes in [
            "Votre colis est arrivé abîmé.",
            "Votre message du 12 mars est resté sans réponse.",
            "Merci de votre message : vous avez attendu une heure.",
            "Vous n’avez pas été rappelé.",
            "Your parcel arrived broken.",
            "Your call was cut off twice.",
        ] {
            assert!(holds(Element::Facts, yes, ""), "{yes}");
        }
    }

    #[test]
    fn plain_sentences_are_read_for_what_they_say() {
        let cases = [
            (Element::Cause, "La cause : un caissier malade, non remplacé."),
            (Element::Cause, "The cause: a cashier fell ill and nobody took over."),
            (Element::Feeling, "Vous avez dû vous sentir oublié."),
            (Element::Feeling, "Vous vous êtes sentie humiliée devant tout le monde."),
            (Element::Feeling, "We let you down."),
            (Element::Next, "Nous revenons vers vous sous 8 jours."),
            (Element::Next, "Je reviens vers vous d’ici une semaine."),
            (Element::Next, "Vous serez remboursé sous 48 heures."),
            (Element::Next, "We will get back to you within 5 days."),
        ];
        for (element, sentence) in cases {
            assert!(holds(element, sentence, ""), "{} of {sentence}", element.name());
        }
        for (element, sentence) in [
            (Element::Next, "Vous avez attendu 8 jours."),
            (Element::Next, "Nous revenons vers vous rapidement."),
            (Element::Cause, "Nous ne connaissons pas la cause."),
        ] {
            assert!(!holds(element, sentence, ""), "{} of {sentence}", element.name());
        }
    }

    #[test]
    fn what_is_denied_is_not_said() {
        for no in
            ["Nous ne sommes pas désolés.", "Je ne regrette rien.", "We are not sorry.", "I don’t apologise."]
        {
            assert!(!holds(Element::Feeling, no, ""), "{no}");
        }
        assert!(holds(Element::Feeling, "Vous n’avez pas été rappelé et j’en suis désolée.", ""));
        assert!(!holds(Element::Next, "I will not call you on Thursday.", ""));
    }

    #[test]
    fn days_are_found_however_they_are_written() {
        for day in ["le 24/11", "le 24.11.2026.", "2026-11-24", "(3/12)"] {
            assert!(has_date(day), "{day}");
        }
        for no in ["24", "3.5", "0.5 %", "45/60", "1-2"] {
            assert!(!has_date(no), "{no}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(letter in ".{0,200}", words in ".{0,80}") {
            for element in Element::ALL {
                let _ = holds(element, &letter, &words);
            }
        }

        #[test]
        fn more_text_never_takes_an_element_away(more in "[a-z ]{0,60}") {
            let longer = format!("{LETTER}\n{more}");
            prop_assert!(missing(&longer).is_empty());
        }
    }
}
