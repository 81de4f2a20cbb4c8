//! A second pair of eyes on each question (`domain.md` L5). Warnings only: the author decides.

use kernel::texts::{Locale, fold};

use super::model::{Content, Question, QuestionKind};

/// Words a question may hold before it is called long (a usage).
pub const LONG: usize = 25;

/// What can be wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// Two ideas in one question.
    TwoIdeas,
    /// A negation.
    Negation,
    /// The question suggests its answer.
    Leading,
    /// Too many words.
    TooLong,
    /// The ends of the scale have no words.
    MissingLabels,
    /// Both ends of the scale point the same way.
    UnbalancedScale,
    /// Nothing to choose for those whom the question does not concern.
    MissingEscape,
    /// Written in the other language only.
    MissingTranslation,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 8] = [
        Self::TwoIdeas,
        Self::Negation,
        Self::Leading,
        Self::TooLong,
        Self::MissingLabels,
        Self::UnbalancedScale,
        Self::MissingEscape,
        Self::MissingTranslation,
    ];

    /// Text key of its name; with `-detail` (argument `words`), what to do.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TwoIdeas => "survey-fault-two-ideas",
            Self::Negation => "survey-fault-negation",
            Self::Leading => "survey-fault-leading",
            Self::TooLong => "survey-fault-too-long",
            Self::MissingLabels => "survey-fault-missing-labels",
            Self::UnbalancedScale => "survey-fault-unbalanced",
            Self::MissingEscape => "survey-fault-missing-escape",
            Self::MissingTranslation => "survey-fault-missing-translation",
        }
    }
}

/// A warning about one question in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Key of the question.
    pub question: String,
    /// In which wording.
    pub locale: Locale,
    /// What seems wrong.
    pub fault: Fault,
    /// The words that show it.
    pub words: String,
}

/// Every warning about a survey, question by question.
pub fn lint(content: &Content) -> Vec<Warning> {
    content.questions.iter().flat_map(lint_question).collect()
}

/// Every warning about a question, French first.
pub fn lint_question(question: &Question) -> Vec<Warning> {
    let mut found = Vec::new();
    for locale in Locale::ALL {
        let mut warn = |fault, words: String| {
            found.push(Warning { question: question.key.clone(), locale, fault, words });
        };
        let text = question.text.of(locale).trim();
        if text.is_empty() {
            if !question.text.is_blank() {
                warn(Fault::MissingTranslation, String::new());
            }
            continue;
        }
        let tokens = tokens(text);
        if let Some(words) = two_ideas(question.kind, text, &tokens, locale) {
            warn(Fault::TwoIdeas, words);
        }
        if let Some(words) = negation(&tokens, locale) {
            warn(Fault::Negation, words);
        }
        if let Some(words) = leading(&tokens, locale) {
            warn(Fault::Leading, words);
        }
        if tokens.len() > LONG {
            warn(Fault::TooLong, tokens.len().to_string());
        }
        if let Some((fault, words)) = scale(question, locale) {
            warn(fault, words);
        }
        if lacks_escape(question, locale) {
            warn(Fault::MissingEscape, String::new());
        }
    }
    found
}

/// Stands for « où ».
const WHERE: &str = "ouou";

/// Words in lower case without accents; an elided word keeps its apostrophe: `n'`, `avez`, `vous`.
fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    // Without its accent « où » would be « ou ».
    let text = text.replace("où", WHERE).replace("Où", WHERE);
    for piece in fold(&text).split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        match piece.split_once('\'') {
            // English contractions stay whole: "didn't".
            Some((_, "t" | "s" | "re" | "ve" | "ll" | "d" | "m")) => out.push(piece.to_owned()),
            Some((before, after)) if !before.is_empty() => {
                out.push(format!("{before}'"));
                out.extend(after.split('\'').filter(|w| !w.is_empty()).map(str::to_owned));
            }
            _ => out.extend(piece.split('\'').filter(|w| !w.is_empty()).map(str::to_owned)),
        }
    }
    out
}

/// Turns of phrase that join words without joining ideas.
const ONE_IDEA: [&str; 14] = [
    "plus ou moins",
    "oui ou non",
    "d' accord ou non",
    "d' accord ou pas",
    "satisfait ou non",
    "produit ou service",
    "ami ou collegue",
    "ami ou a un collegue",
    "more or less",
    "yes or no",
    "agree or disagree",
    "friend or colleague",
    "product or service",
    "likely or unlikely",
];

fn two_ideas(kind: QuestionKind, text: &str, tokens: &[String], locale: Locale) -> Option<String> {
    if text.matches('?').count() > 1 {
        return Some("?".to_owned());
    }
    // Free words can answer two things at once; a single mark cannot.
    if kind == QuestionKind::Text || kind == QuestionKind::ContactOk {
        return None;
    }
    let mut line = tokens.join(" ");
    for phrase in ONE_IDEA {
        line = line.replace(phrase, "");
    }
    let joins: &[&str] = match locale {
        Locale::Fr => &["et", "ou", "ainsi que", "puis", "tout en"],
        Locale::En => &["and", "or", "as well as", "then"],
    };
    let padded = format!(" {line} ");
    let join = joins.iter().find(|join| padded.contains(&format!(" {join} ")))?;
    Some(around(tokens, join))
}

/// The joining words with one word on each side, as the author reads them.
fn around(tokens: &[String], join: &str) -> String {
    let words: Vec<&str> = join.split(' ').collect();
    let at = tokens.windows(words.len()).position(|w| w.iter().map(String::as_str).eq(words.iter().copied()));
    let at = at.unwrap_or_default();
    let end = (at + words.len() + 1).min(tokens.len());
    tokens[at.saturating_sub(1)..end].join(" ").replace("' ", "’").replace(WHERE, "où")
}

fn negation(tokens: &[String], locale: Locale) -> Option<String> {
    let negative = |word: &str| match locale {
        Locale::Fr => matches!(word, "ne" | "n'" | "jamais" | "aucun" | "aucune" | "ni" | "sans"),
        Locale::En => {
            word.ends_with("n't")
                || matches!(
                    word,
                    "not"
                        | "never"
                        | "no"
                        | "none"
                        | "nobody"
                        | "nothing"
                        | "neither"
                        | "nor"
                        | "without"
                        | "cannot"
                )
        }
    };
    tokens.iter().find(|w| negative(w)).map(|w| w.replace('\'', "’"))
}

const LEADING_FR: [&str; 21] = [
    "excellent",
    "formidable",
    "merveilleu",
    "exceptionnel",
    "extraordinaire",
    "remarquable",
    "parfait",
    "incroyable",
    "fabuleu",
    "fantastique",
    "genial",
    "magnifique",
    "devoue",
    "chaleureu",
    "irreprochable",
    "evidemment",
    "bien sur",
    "n' est ce pas",
    "comme tout le monde",
    "d' accord pour dire",
    "avez vous aime",
];
const LEADING_EN: [&str; 20] = [
    "excellent",
    "wonderful",
    "amazing",
    "fantastic",
    "great",
    "outstanding",
    "superb",
    "perfect",
    "brilliant",
    "incredible",
    "exceptional",
    "awesome",
    "dedicated",
    "award winning",
    "obviously",
    "of course",
    "don't you",
    "wouldn't you",
    "surely",
    "how much did you enjoy",
];

fn leading(tokens: &[String], locale: Locale) -> Option<String> {
    let line = format!(" {}", tokens.join(" "));
    let signs: &[&str] = match locale {
        Locale::Fr => &LEADING_FR,
        Locale::En => &LEADING_EN,
    };
    // "great" begins "greater", which compares and does not praise.
    let found = signs.iter().find(|sign| {
        line.match_indices(&format!(" {sign}")).any(|(at, _)| !line[at + 1..].starts_with("greater"))
    })?;
    let first = found.split(' ').next().unwrap_or(found);
    let shown = if found.contains(' ') { found.replace("' ", "’") } else { String::new() };
    let word = tokens.iter().find(|w| w.starts_with(first)).cloned().unwrap_or_default();
    Some(if shown.is_empty() { word } else { shown })
}

/// Words that turn a label to the low side.
const LOW_SIDE: [&str; 28] = [
    "pas",
    "non",
    "peu",
    "tres peu",
    "jamais",
    "aucun",
    "mal",
    "mauvais",
    "nul",
    "difficile",
    "complique",
    "desaccord",
    "insatisfait",
    "mecontent",
    "decu",
    "improbable",
    "not",
    "no",
    "never",
    "poor",
    "bad",
    "difficult",
    "hard",
    "disagree",
    "dissatisfied",
    "unlikely",
    "unsatisfied",
    "little",
];

fn scale(question: &Question, locale: Locale) -> Option<(Fault, String)> {
    question.kind.scale()?;
    let (low, high) = (question.low.of(locale).trim(), question.high.of(locale).trim());
    if low.is_empty() || high.is_empty() {
        return Some((Fault::MissingLabels, String::new()));
    }
    let (low_words, high_words) = (tokens(low), tokens(high));
    let is_low = low_words.iter().any(|w| LOW_SIDE.iter().any(|sign| is_sign(w, sign)));
    let shared = low_words.iter().any(|w| w.chars().count() > 4 && high_words.contains(w));
    let same_way = low_words == high_words || (shared && !is_low);
    same_way.then(|| (Fault::UnbalancedScale, format!("{low} / {high}")))
}

/// Short signs stand alone; longer ones may be inflected.
fn is_sign(word: &str, sign: &str) -> bool {
    word == sign || (sign.len() > 4 && word.starts_with(sign))
}

/// Choices for those whom the question does not concern, or who know of another answer.
const ESCAPES: [&str; 15] = [
    "autre",
    "sans objet",
    "aucun",
    "sais pas",
    "non concerne",
    "pas concerne",
    "rien de",
    "sans opinion",
    "other",
    "none",
    "not applicable",
    "don't know",
    "does not apply",
    "n/a",
    "no opinion",
];

fn lacks_escape(question: &Question, locale: Locale) -> bool {
    let written: Vec<String> =
        question.options.iter().map(|o| fold(o.of(locale))).filter(|o| !o.is_empty()).collect();
    question.kind == QuestionKind::Choice
        && !written.is_empty()
        && !written.iter().any(|option| ESCAPES.iter().any(|escape| option.contains(escape)))
}
