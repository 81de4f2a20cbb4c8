//! What a column holds, guessed from its name and its first values.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Row, dates, words};

/// Values looked at per column.
const SAMPLE: usize = 200;
/// Longest name worth comparing, in characters.
const LONGEST_NAME: usize = 200;

/// What a column can hold. Written by its stable [`ColumnKind::code`]; people see the text [`ColumnKind::key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; their sentences are in tabular.ftl")]
pub enum ColumnKind {
    GivenName,
    FamilyName,
    FullName,
    Organisation,
    Email,
    Phone,
    Mobile,
    ExternalNumber,
    BirthDate,
    Street,
    PostalCode,
    City,
    Country,
    Site,
    Language,
    Consent,
    #[serde(rename = "score_0_10")]
    Score0To10,
    #[serde(rename = "score_1_5")]
    Score1To5,
    #[serde(rename = "score_1_7")]
    Score1To7,
    Date,
    Comment,
    Weight,
    Channel,
}

use ColumnKind::*;

impl ColumnKind {
    /// Every kind, in the order a list offers them.
    pub const ALL: [Self; 23] = [
        GivenName,
        FamilyName,
        FullName,
        Organisation,
        Email,
        Phone,
        Mobile,
        ExternalNumber,
        BirthDate,
        Street,
        PostalCode,
        City,
        Country,
        Site,
        Language,
        Consent,
        Score0To10,
        Score1To5,
        Score1To7,
        Date,
        Comment,
        Weight,
        Channel,
    ];

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            GivenName => "tabular-kind-given_name",
            FamilyName => "tabular-kind-family_name",
            FullName => "tabular-kind-full_name",
            Organisation => "tabular-kind-organisation",
            Email => "tabular-kind-email",
            Phone => "tabular-kind-phone",
            Mobile => "tabular-kind-mobile",
            ExternalNumber => "tabular-kind-external_number",
            BirthDate => "tabular-kind-birth_date",
            Street => "tabular-kind-street",
            PostalCode => "tabular-kind-postal_code",
            City => "tabular-kind-city",
            Country => "tabular-kind-country",
            Site => "tabular-kind-site",
            Language => "tabular-kind-language",
            Consent => "tabular-kind-consent",
            Score0To10 => "tabular-kind-score_0_10",
            Score1To5 => "tabular-kind-score_1_5",
            Score1To7 => "tabular-kind-score_1_7",
            Date => "tabular-kind-date",
            Comment => "tabular-kind-comment",
            Weight => "tabular-kind-weight",
            Channel => "tabular-kind-channel",
        }
    }

    /// Stable code, for instance `given_name`.
    pub fn code(self) -> &'static str {
        self.key().trim_start_matches("tabular-kind-")
    }

    /// Whether a value could stand in such a column; `None` where any text could.
    fn accepts(self, value: &str) -> Option<bool> {
        Some(match self {
            Email => is_email(value),
            Phone | Mobile => is_phone(value),
            BirthDate | Date => dates::looks_like_date(value) || is_whole(value, 10_000, 80_000),
            PostalCode => is_postal_code(value),
            Score0To10 => is_whole(value, 0, 10),
            Score1To5 => is_whole(value, 1, 5),
            Score1To7 => is_whole(value, 1, 7),
            Weight => is_number(value),
            Consent => in_list(words::CONSENTS, value),
            Language => in_list(words::LANGUAGES, value),
            Country => in_list(words::COUNTRIES, value),
            Channel => in_list(words::CHANNELS, value),
            GivenName | FamilyName | FullName | City => {
                !value.chars().any(|c| c.is_ascii_digit() || c == '@')
            }
            Organisation | ExternalNumber | Street | Site | Comment => return None,
        })
    }
}

/// How far a guess may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// No idea.
    None,
    /// To be confirmed by a person.
    Probable,
    /// Name and values agree, or values leave no doubt.
    Sure,
}

/// What a column probably holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// The kind, if there is one to propose.
    pub kind: Option<ColumnKind>,
    /// How sure.
    pub confidence: Confidence,
}

impl Guess {
    const NOTHING: Self = Self { kind: None, confidence: Confidence::None };

    const fn of(kind: ColumnKind, confidence: Confidence) -> Self {
        Self { kind: Some(kind), confidence }
    }
}

/// Guesses every column of a table from its names and first rows. A kind a record has once only (a name, a number)
/// is sure in one column at most; the later ones become probable.
pub fn guess_columns(header: &[String], rows: impl Iterator<Item = Row>) -> Vec<Guess> {
    let rows: Vec<Row> = rows.take(SAMPLE).collect();
    let mut guesses: Vec<Guess> = Vec::with_capacity(header.len());
    for (column, name) in header.iter().enumerate() {
        let values = rows.iter().filter_map(|row| row.get(column));
        let mut guess = guess_column(name, values);
        let once =
            |kind| matches!(kind, GivenName | FamilyName | FullName | ExternalNumber | BirthDate | Weight);
        let taken = guess.kind.is_some_and(once) && guesses.contains(&guess);
        if taken && guess.confidence == Confidence::Sure {
            guess.confidence = Confidence::Probable;
        }
        guesses.push(guess);
    }
    guesses
}

/// Guesses one column.
pub fn guess_column<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Guess {
    let values: Vec<&str> = values.map(str::trim).filter(|value| !value.is_empty()).take(SAMPLE).collect();
    let folded = fold_name(name);
    if is_score_name(&folded)
        && let Some(guess) = scale_of(&values, Confidence::Sure)
    {
        return guess;
    }
    if let Some(kind) = named(&folded) {
        return judge(kind, &values, true);
    }
    let hinted = hint(&folded).map(|kind| judge(kind, &values, false));
    match hinted {
        Some(guess) if guess.kind.is_some() => guess,
        _ => by_values(&values),
    }
}

/// Whether a text is the usual name of some column.
pub(super) fn is_known_name(text: &str) -> bool {
    let folded = fold_name(text);
    named(&folded).is_some() || is_score_name(&folded)
}

fn named(folded: &str) -> Option<ColumnKind> {
    let squeezed = folded.replace(' ', "");
    let same = |name: &str| name == folded || name.replace(' ', "") == squeezed;
    words::NAMES.iter().find(|(_, names)| words::entries(names).any(same)).map(|(kind, _)| *kind)
}

fn is_score_name(folded: &str) -> bool {
    // "Q12", "question 3": questions of surveys.
    let number = folded.strip_prefix("question").or_else(|| folded.strip_prefix('q'));
    let question = number.is_some_and(|rest| is_whole(rest.trim(), 0, 999));
    question || words::entries(words::SCORES).any(|name| name == folded)
}

fn hint(folded: &str) -> Option<ColumnKind> {
    // "unique_id", "Respondent ID", whatever else the name says.
    if folded.ends_with(" id") || folded.starts_with("id ") {
        return Some(ExternalNumber);
    }
    let padded = format!(" {folded}");
    // At the start of a word: "tel" in "telephone", not in "hotel".
    let holds = |word: &str| padded.contains(&format!(" {word}"));
    words::HINTS.iter().find(|(_, list)| words::entries(list).any(holds)).map(|(kind, _)| *kind)
}

/// A kind the name suggests, confronted with the values.
fn judge(kind: ColumnKind, values: &[&str], whole_name: bool) -> Guess {
    let sure_if = |sure: bool| Guess::of(kind, if sure { Confidence::Sure } else { Confidence::Probable });
    let fit = (!values.is_empty()).then(|| share(kind, values)).flatten();
    match fit {
        None => sure_if(whole_name),
        Some(fit) if fit >= 0.8 => sure_if(whole_name || kind == Email),
        Some(fit) if fit >= 0.3 => sure_if(false),
        Some(_) if whole_name && !matches!(kind, Email | Date | BirthDate | Score0To10 | Weight) => {
            sure_if(false)
        }
        Some(_) => by_values(values),
    }
}

/// Share of values a column of this kind could hold.
fn share(kind: ColumnKind, values: &[&str]) -> Option<f64> {
    let mut fitting = 0_usize;
    for value in values {
        fitting += usize::from(kind.accepts(value)?);
    }
    Some(fitting as f64 / values.len().max(1) as f64)
}

/// A kind the values suggest by themselves.
fn by_values(values: &[&str]) -> Guess {
    // With fewer, chance speaks.
    if values.len() < 3 {
        return match values {
            [] => Guess::NOTHING,
            _ if values.iter().all(|value| is_email(value)) => Guess::of(Email, Confidence::Probable),
            _ => Guess::NOTHING,
        };
    }
    let most = |kind| share(kind, values).is_some_and(|share| share >= 0.9);
    if most(Email) {
        return Guess::of(Email, Confidence::Sure);
    }
    if values.iter().all(|value| dates::looks_like_date(value)) {
        let no_day = values.iter().all(|value| dates::is_spreadsheet_time(value));
        return if no_day { Guess::NOTHING } else { Guess::of(Date, Confidence::Probable) };
    }
    if most(Phone) {
        let mobile = values.iter().filter(|value| is_french_mobile(value)).count() * 10 >= values.len() * 9;
        return Guess::of(if mobile { Mobile } else { Phone }, Confidence::Probable);
    }
    if let Some(scale) = scale_of(values, Confidence::Probable) {
        return scale;
    }
    let held = [Consent, Language, Country, Channel];
    let numbers = share(Weight, values).unwrap_or(0.0) > 0.5;
    if let Some(kind) = held.into_iter().find(|&kind| most(kind) && !numbers) {
        return Guess::of(kind, Confidence::Probable);
    }
    by_shape(values)
}

fn by_shape(values: &[&str]) -> Guess {
    let count = |test: fn(&str) -> bool| values.iter().filter(|value| test(value)).count();
    if count(has_legal_form) * 3 >= values.len() {
        return Guess::of(Organisation, Confidence::Probable);
    }
    let characters: usize = values.iter().map(|value| value.chars().count()).sum();
    let sentences = count(|value| value.contains(' '));
    if characters >= values.len() * 25 && sentences * 2 >= values.len() {
        return Guess::of(Comment, Confidence::Probable);
    }
    Guess::NOTHING
}

/// The scale of scores, from the values they reach. A zero or more than seven is 0 to 10; six or seven is 1 to 7.
fn scale_of(values: &[&str], confidence: Confidence) -> Option<Guess> {
    if values.is_empty() {
        return None;
    }
    let scores: Vec<u32> =
        values.iter().filter_map(|value| whole(value)).filter(|&score| score <= 10).collect();
    if scores.len() * 20 < values.len() * 19 {
        return None;
    }
    let (least, most) = (scores.iter().min().copied()?, scores.iter().max().copied()?);
    let kind = match (least, most) {
        (_, 8..) => Score0To10,
        (1.., 6..) => Score1To7,
        (1.., 3..) => Score1To5,
        // 0 and 1 alone are yes and no; 0 to 5 is anybody's guess.
        (0, 6..) => Score0To10,
        _ => return None,
    };
    // Few answers may not reach the end of their scale.
    let enough = scores.len() >= 20;
    Some(Guess::of(kind, if enough { confidence } else { Confidence::Probable }))
}

/// Lower case, without accents, everything that is no letter or figure as one space.
pub(super) fn fold(text: &str) -> String {
    let plain = text.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for character in plain {
        match character {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Folds the name of a column, taking `firstName` and `first_name` apart.
fn fold_name(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for character in name.chars().take(LONGEST_NAME) {
        if after_lower && character.is_uppercase() {
            spaced.push(' ');
        }
        after_lower = character.is_lowercase();
        spaced.push(character);
    }
    fold(&spaced.replace('°', "o "))
}

fn in_list(list: &'static str, value: &str) -> bool {
    if value.len() > 40 {
        return false;
    }
    let folded = fold(value);
    words::entries(list).any(|word| word == folded)
}

/// Whether a text has the form of an e-mail address. A help for guessing, not a validation.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let dotted =
        domain.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && end.chars().count() >= 2);
    let clean = !text.chars().any(|c| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>'));
    !local.is_empty() && dotted && clean && !domain.contains('@') && text.len() <= 254
}

/// Whether a text is a number: `12`, `-1,5`, `1 234.50`.
pub(super) fn is_number(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let digits = digits.strip_prefix(['-', '+']).unwrap_or(&digits);
    let starts = digits.starts_with(|c: char| c.is_ascii_digit());
    starts && digits.len() <= 30 && digits.replace(',', ".").parse::<f64>().is_ok_and(f64::is_finite)
}

/// Whether a text has the form of a telephone number: 8 to 15 figures, beginning with 0, + or a bracket, or grouped.
pub(super) fn is_phone(text: &str) -> bool {
    let allowed = |c: char| {
        c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}')
    };
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let grouped = text.chars().filter(|c| matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}')).count() >= 2;
    let begins = text.starts_with(['0', '+', '(']) || grouped;
    text.len() <= 30
        && (8..=15).contains(&figures)
        && text.chars().all(allowed)
        && begins
        && !dates::looks_like_date(text)
}

fn is_french_mobile(text: &str) -> bool {
    let figures: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = figures
        .strip_prefix("0033")
        .or_else(|| figures.strip_prefix("33"))
        .or_else(|| figures.strip_prefix('0'));
    national.is_some_and(|national| {
        national.trim_start_matches('0').starts_with(['6', '7']) && national.len() >= 9
    })
}

/// Five figures (France, and four that lost their zero), four (Belgium, Switzerland), or A1A 1A1 (Canada).
fn is_postal_code(text: &str) -> bool {
    let compact: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let figures = compact.iter().all(char::is_ascii_digit) && (4..=5).contains(&compact.len());
    let canadian = compact.len() == 6
        && compact
            .iter()
            .enumerate()
            .all(|(at, c)| if at % 2 == 0 { c.is_ascii_alphabetic() } else { c.is_ascii_digit() });
    figures || canadian
}

fn has_legal_form(text: &str) -> bool {
    let padded = format!(" {} ", fold(text));
    text.len() <= 200 && words::entries(words::LEGAL_FORMS).any(|form| padded.contains(&format!(" {form} ")))
}

fn whole(text: &str) -> Option<u32> {
    let digits = text.len() <= 9 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn is_whole(text: &str, least: u32, most: u32) -> bool {
    whole(text).is_some_and(|number| (least..=most).contains(&number))
}
