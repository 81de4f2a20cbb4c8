//! Placeholders: cells that were filled in only because they had to be.

/// Words for "nothing", folded. Those that are somebody's name are in [`is_name_too`].
#[rustfmt::skip]
fn is_nothing(folded: &str) -> bool {
    // Told apart by their lengths first.
    matches!(folded,
        "a completer" | "a definir" | "a renseigner" | "anonyme" | "anonymous" | "aucun" | "aucune"
            | "blank" | "empty" | "en attente" | "inconnu" | "inconnue" | "inconnus" | "indefini"
            | "indetermine" | "indisponible" | "manquant" | "missing" | "n a" | "n c" | "n d" | "n r"
            | "neant" | "no" | "no data" | "no name" | "non applicable" | "non communique"
            | "non communiquee" | "non connu" | "non defini" | "non disponible" | "non indique"
            | "non precise" | "non renseigne" | "non renseignee" | "none" | "not applicable"
            | "not available" | "not given" | "not known" | "not provided" | "null" | "pas communique"
            | "pas connu" | "sans nom" | "sans objet" | "sans prenom" | "sans reponse" | "tba" | "tbd"
            | "test" | "tests" | "undefined" | "unknown" | "unspecified" | "vide")
}

/// Words for "nothing" that are names as well: Na (Korean), Nan (Anne), Nil (Catalan), Sans (a common French family name),
/// So, Nd, Nc … They say nothing in other columns only. "Test" is a family name too, of few people, and is met far more
/// often as a trial entry: nothing everywhere.
#[rustfmt::skip]
fn is_name_too(folded: &str) -> bool {
    matches!(folded,
        "na" | "nan" | "nc" | "nd" | "ne sais pas" | "nil" | "nr" | "nsp" | "sans" | "sdf" | "so" | "void")
}

/// Whether the text of a cell says that its value is not known: empty, "n/a", "inconnu", "null", "-", "…", "xxx" …, in French
/// and English, case and accents aside.
///
/// In a column of names, words that are somebody's name are not taken for a placeholder.
///
/// ```
/// use linkage::normalise::is_missing;
/// assert!(is_missing("Non renseigné", false));
/// assert!(is_missing("nc", false));
/// assert!(!is_missing("Sans", true));
/// ```
#[must_use]
pub fn is_missing(text: &str, is_name: bool) -> bool {
    of_folded(&super::cell::folded(text), is_name)
}

/// The same for text already folded.
pub(super) fn of_folded(folded: &str, is_name: bool) -> bool {
    if folded.is_empty() || repeats(folded) {
        return true;
    }
    is_nothing(folded) || !is_name && is_name_too(folded)
}

/// One letter over and over, at least three times (twice for x): xxx, zzzz.
fn repeats(folded: &str) -> bool {
    let bytes = folded.as_bytes();
    let first = bytes[0];
    first.is_ascii_lowercase()
        && bytes.iter().all(|byte| *byte == first)
        && bytes.len() >= if first == b'x' { 2 } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::is_missing;

    #[test]
    fn placeholders_say_nothing() {
        for text in [
            "",
            " ",
            "-",
            "…",
            "N/A",
            "n.a.",
            "Néant",
            "XXX",
            "xx",
            "zzz",
            "NULL",
            "non renseigné",
            "?",
            "\0",
        ] {
            assert!(is_missing(text, true) && is_missing(text, false), "{text:?}");
        }
    }

    #[test]
    fn names_that_look_like_placeholders_are_names_in_columns_of_names() {
        for name in ["Na", "Nan", "Sans", "Nil", "So"] {
            assert!(!is_missing(name, true) && is_missing(name, false), "{name}");
        }
        assert!(!is_missing("Li", true));
        assert!(!is_missing("Oo", true));
    }
}
