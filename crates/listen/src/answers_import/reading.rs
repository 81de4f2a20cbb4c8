//! Reading the cells of a row, without the database.

use kernel::Message;
use kernel::texts::fold;

use crate::answering::{CHANNELS, rules};
use crate::surveys::model::QuestionKind;

/// Characters of an imported comment at most: what was said is not cut.
const COMMENT: usize = 20_000;

/// What a score cell means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scores {
    /// The measure.
    pub(crate) kind: QuestionKind,
    /// Codes that mean "no answer".
    pub(crate) missing: Vec<String>,
    /// Values outside the scale mean "no answer".
    pub(crate) outside_is_missing: bool,
    /// The lowest value is the best.
    pub(crate) is_reversed: bool,
}

impl Scores {
    /// Codes as typed: separated by spaces, commas or semicolons.
    pub(crate) fn codes(typed: &str) -> Vec<String> {
        typed.split([' ', ',', ';']).map(fold).filter(|code| !code.is_empty()).collect()
    }

    /// Lowest and highest score.
    pub(crate) fn bounds(&self) -> (i64, i64) {
        self.kind.scale().map_or((0, 0), |scale| (*scale.start(), *scale.end()))
    }

    /// The score of a cell; `None` when it means "no answer".
    pub(crate) fn read(&self, cell: &str) -> Result<Option<i64>, Message> {
        let cell = cell.trim();
        if cell.is_empty() || self.is_missing(cell) {
            return Ok(None);
        }
        let (least, most) = self.bounds();
        let Some(value) = whole(cell) else {
            return Err(Message::new("answers-import-bad-score").with("value", cell));
        };
        if !(least..=most).contains(&value) {
            let told = Message::new("answers-import-outside")
                .with("value", cell)
                .with("least", least)
                .with("most", most);
            return if self.outside_is_missing { Ok(None) } else { Err(told) };
        }
        Ok(Some(if self.is_reversed { least + most - value } else { value }))
    }

    /// Whether a value is one of the codes: `11` is also `11.0`.
    pub(crate) fn is_missing(&self, cell: &str) -> bool {
        let plain = fold(cell);
        let number = whole(cell);
        self.missing.iter().any(|code| *code == plain || (number.is_some() && whole(code) == number))
    }
}

/// A whole number, also written `9.0` or `9,0`.
fn whole(text: &str) -> Option<i64> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    let fits = value.is_finite() && value.fract() == 0.0 && value.abs() < 1e9;
    fits.then_some(value as i64)
}

/// Names people give to the column of scores.
const SCORE_NAMES: [&str; 12] = [
    "nps",
    "netpro",
    "note",
    "score",
    "csat",
    "ces",
    "recommandation",
    "recommendation",
    "satisfaction",
    "rating",
    "note nps",
    "fft categorical answer",
];

/// Whether a column is named like one of scores.
pub(crate) fn names_a_score(name: &str) -> bool {
    let plain = fold(&name.replace(['_', '-'], " "));
    SCORE_NAMES.contains(&plain.as_str())
}

/// A weight; `None` when the cell is empty.
pub(crate) fn weight(cell: &str) -> Result<Option<f64>, Message> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    let value: Option<f64> = cell.replace(',', ".").parse().ok();
    let fits = value.filter(|weight| rules::is_weight(*weight));
    fits.map(Some).ok_or_else(|| Message::new("answers-import-bad-weight").with("value", cell))
}

/// The words of a cell, untouched.
pub(crate) fn words(cell: &str) -> Result<String, Message> {
    if cell.contains('\0') {
        return Err("answer-error-nul".into());
    }
    if cell.chars().count() > COMMENT {
        return Err(Message::new("answer-error-long").with("most", COMMENT));
    }
    Ok(cell.to_owned())
}

/// Other names people give to our channels.
const SYNONYMS: [(&str, &str); 19] = [
    ("telephone", "phone"),
    ("tel", "phone"),
    ("appel", "phone"),
    ("call", "phone"),
    ("guichet", "counter"),
    ("comptoir", "counter"),
    ("magasin", "counter"),
    ("agence", "counter"),
    ("email", "mail"),
    ("e-mail", "mail"),
    ("courriel", "mail"),
    ("courrier", "letter"),
    ("post", "letter"),
    ("visite", "visit"),
    ("internet", "web"),
    ("site web", "web"),
    ("online", "web"),
    ("papier", "paper"),
    ("lien", "link"),
];

/// The channel of a cell: one of ours where we know the word, else the word itself made plain.
pub(crate) fn channel(cell: &str, usual: &str) -> String {
    let plain = fold(cell);
    if plain.is_empty() {
        return usual.to_owned();
    }
    if let Some((_, ours)) = SYNONYMS.iter().find(|(word, _)| *word == plain) {
        return (*ours).to_owned();
    }
    if CHANNELS.contains(&plain.as_str()) {
        return plain;
    }
    let word: String =
        plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(kind: QuestionKind, missing: &str, outside_is_missing: bool, is_reversed: bool) -> Scores {
        Scores { kind, missing: Scores::codes(missing), outside_is_missing, is_reversed }
    }

    #[test]
    fn a_code_for_blank_is_no_answer_and_other_strays_are_refused() {
        let airport = scores(QuestionKind::Nps, "11, NSP", false, false);
        for (cell, expected) in [
            ("0", Some(0)),
            (" 10 ", Some(10)),
            ("9.0", Some(9)),
            ("11", None),
            ("11.0", None),
            ("", None),
            ("nsp", None),
        ] {
            assert_eq!(airport.read(cell), Ok(expected), "{cell}");
        }
        for cell in ["12", "-1", "9.5", "dix", "1e400", "NaN"] {
            assert!(airport.read(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn where_one_is_best_scores_are_turned_round() {
        let hospital = scores(QuestionKind::Csat, "", true, true);
        let read: Vec<Option<i64>> =
            ["1", "2", "3", "4", "5", "6", "7"].iter().map(|c| hospital.read(c).unwrap()).collect();
        assert_eq!(read, [Some(5), Some(4), Some(3), Some(2), Some(1), None, None]);
    }

    #[test]
    fn channels_are_known_under_their_usual_names() {
        for (cell, expected) in
            [("Téléphone", "phone"), ("E-mail", "mail"), ("QR", "qr"), ("", "web"), ("Borne 3", "borne_3")]
        {
            assert_eq!(channel(cell, "web"), expected);
        }
    }

    #[test]
    fn a_weight_is_a_number_that_is_not_negative() {
        assert_eq!(weight("0,75"), Ok(Some(0.75)));
        assert_eq!(weight(""), Ok(None));
        for bad in ["-1", "inf", "NaN", "beaucoup"] {
            assert!(weight(bad).is_err(), "{bad}");
        }
    }
}
