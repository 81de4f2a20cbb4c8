//! What a letter to an unhappy customer must hold (`domain.md` A4, U20), and whether a text holds it.
//!
//! A text is read for turns of phrase, in French and English. It is a help, not a judge: what it does not find, the
//! author can vouch for, and that is noted. How often it is right: `docs/decisions/0011-letters-are-read-not-judged.md`.

use kernel::texts::fold;

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
}

impl Element {
    /// Every element, in the order of a letter.
    pub const ALL: [Self; 5] = [Self::Facts, Self::Feeling, Self::Cause, Self::Change, Self::Next];

    /// Name as stored; its text key is `letter-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Feeling => "feeling",
            Self::Cause => "cause",
            Self::Change => "change",
            Self::Next => "next",
        }
    }
}

const FACTS: &[&str] = &[
    "vous nous avez",
    "vous m'avez",
    "vous n'avez",
    "vous aviez",
    "vous etiez",
    "votre commande",
    "votre livraison",
    "votre facture",
    "votre appel",
    "votre passage",
    "votre visite",
    "votre message",
    "votre avis",
    "votre reponse",
    "votre rendez-vous",
    "on vous a",
    "nous vous avons",
    "nous vous avions",
    "you told us",
    "you wrote",
    "you waited",
    "you were",
    "you have been",
    "your order",
    "your visit",
    "your answer",
    "vous avez ",
    "vous n'aviez",
    "vous etes ",
    "vous n'etes",
    "vous n'etiez",
    "vous attendiez",
    "vous vouliez",
    "vous cherchiez",
    "vous demandiez",
    "votre demande",
    "votre question",
    "votre dossier",
    "votre machine",
    "vous a ete",
    "vous a-t-on",
    "you had",
    "you came",
    "you rang",
    "you asked",
    "you paid",
    "your delivery",
    "your question",
    "your call",
];
const FEELING: &[&str] = &[
    "nous comprenons",
    "desole",
    "navre",
    "regrett",
    "excus",
    "colere",
    "decu",
    "deception",
    "inquiet",
    "contrari",
    "enerv",
    "penible",
    "frustr",
    "facheux",
    "decourag",
    "legitime",
    "a votre place",
    "je me mets",
    "impatien",
    "confus",
    "i understand",
    "we understand",
    "sorry",
    "apolog",
    "upset",
    "angry",
    "disappoint",
    "annoy",
    "unpleasant",
    "in your place",
    "comprend",
    "comprehensible",
    "pardon",
    "agac",
    "decevant",
    "vous avez raison",
    "je mesure",
    "j'imagine",
    "je concois",
    "concoit",
    "rage",
    "bless",
    "vex",
    "humili",
    "honte",
    "gene ",
    "genant",
    "pique",
    "triste",
    "amertume",
    "amer ",
    "peur",
    "angoiss",
    "mefian",
    "injust",
    "a juste titre",
    "j'aurais",
    "on se sent",
    "on se demande",
    "de quoi",
    "lasse",
    "usant",
    "irrit",
    "desagreab",
    "embarrass",
    "sentiment",
    "impression",
    "merit",
    "prejudic",
    "dur a",
    "supporter",
    "comme vous",
    "anger",
    "worr",
    "you were right",
    "fed up",
    "would have",
    "must have felt",
    "feel",
    "fair",
    "tiring",
    "maddening",
];
const CAUSE: &[&str] = &[
    "parce qu",
    "en raison",
    "a cause d",
    "l'origine",
    "vient d",
    "venait d",
    "provient",
    "la raison",
    "cette raison",
    "du fait",
    "because",
    "due to",
    "the reason",
    "was caused",
    "came from",
    "as a result of",
    "car ",
    "puisque",
    "explique",
    "faute d",
    "erreur",
    "par megarde",
    "oubli",
    "en panne",
    "absen",
    "manqu",
    "n'avait pas",
    "n'avaient pas",
    "n'etait pas",
    "n'etaient pas",
    "n'avions pas",
    "n'etions pas",
    "personne n'",
    "n'avait ete",
    "n'etait ecrit",
    "ne savai",
    "ne regard",
    "trop tard",
    "trop peu",
    "seul",
    "mistake",
    "had not",
    "was not",
    "were not",
    "nobody",
    "was off",
    "were off",
    "forgot",
    "failed",
];
const CHANGE: &[&str] = &[
    "desormais",
    "dorenavant",
    "a partir d",
    "a l'avenir",
    "nous avons modifie",
    "nous avons mis",
    "nous avons revu",
    "nous mettons",
    "a ete corrige",
    "a ete change",
    "plus jamais",
    "prochaine fois",
    "from now on",
    "in future",
    "in the future",
    "we have changed",
    "we have added",
    "we now",
    "i have corrected",
    "i have asked",
    "next time",
    "has been changed",
    "maintenant",
    "a present",
    "nous avons chang",
    "nous avons ajout",
    "nous avons demand",
    "nous avons corrig",
    "nous avons ouvert",
    "j'ai corrig",
    "j'ai demand",
    "ne sera plus",
    "ne seront plus",
    "ne part plus",
    "plus aucun",
    "il n'y a plus",
    "n'est plus",
    "ne se ",
    "chaque jour",
    "chaque semaine",
    "chaque matin",
    "chaque mois",
    "chaque lundi",
    "chaque samedi",
    "est affich",
    "sont affich",
    "est not",
    "est verifi",
    "sont verifi",
    "est controle",
    "est relu",
    "est en place",
    "est pos",
    "sont pos",
    "depuis ce matin",
    "depuis hier",
    "depuis lundi",
    "is now",
    "are now",
    "no longer",
    "every morning",
    "every week",
    "every day",
];
const STEP: &[&str] = &[
    "vous recevrez",
    "vous serez",
    "vous pourrez",
    "je passe",
    "nous passe",
    "vous attend ",
    "nous reviendrons",
    "reviendrai",
    "vous sera",
    "i will",
    "i'll",
    "we will",
    "we'll",
    "you will",
    "you'll",
    "call you",
    "je vous ",
    "nous vous ",
    "vous pouvez",
    "vous aurez",
    "vous trouverez",
    "vous previen",
    "vous parvien",
    "vous seront",
    "vous est ",
    "vous sont ",
    "je verifi",
    "je reviens",
    "j'essai",
    "je l'essai",
    "nous essai",
    "nous verif",
    "nous compar",
    "nous repren",
    "nous rappel",
    "sera ",
    "seront ",
    "est pret",
    "sont pret",
    "arrive",
    "will be",
    "is ready",
    "are ready",
];
const DATES: [&str; 38] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "demain",
    "sous huit jours",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "tomorrow",
];
/// Words of the customer taken up in the letter from which on its facts count as acknowledged.
const SHARED: usize = 3;
/// Letters of a word that tells something.
const TELLING: usize = 6;

/// Whether a letter holds an element, as far as its wording tells. `words` are the customer's.
pub fn holds(element: Element, letter: &str, words: &str) -> bool {
    let letter = fold(letter);
    let any = |cues: &[&str]| cues.iter().any(|cue| letter.contains(cue));
    match element {
        Element::Facts => any(FACTS) || shared(&letter, words) >= SHARED,
        Element::Feeling => any(FEELING),
        Element::Cause => any(CAUSE),
        Element::Change => any(CHANGE),
        // Step and date belong to one sentence: the day something happened is no promise.
        Element::Next => sentences(&letter).any(|sentence| {
            let promises = STEP.iter().any(|cue| sentence.contains(cue));
            promises && (has_word(sentence, &DATES) || has_date(sentence))
        }),
    }
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
