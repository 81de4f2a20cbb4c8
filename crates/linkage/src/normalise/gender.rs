//! Genders and forms of address.

use super::cell;

/// Gender as a record states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// F, femme, Mme, Mlle, female, Mrs, Ms …
    Female,
    /// M, H, homme, M., male, Mr …
    Male,
}

/// Gender of a word or a form of address, in French, English, German, Spanish, Italian, Portuguese, Dutch or Polish; `None`
/// for other text.
///
/// ```
/// use linkage::normalise::{Gender, gender};
/// assert_eq!(gender("Mme"), Some(Gender::Female));
/// assert_eq!(gender("H"), Some(Gender::Male));
/// ```
#[must_use]
pub fn gender(text: &str) -> Option<Gender> {
    const LONGEST: usize = 14;
    let text = cell::trimmed(text);
    if text.len() > LONGEST {
        return None;
    }
    // Without its accents no word here is longer: a few bytes, no allocation for what is met in every row.
    let mut letters = [0_u8; LONGEST];
    if text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.') {
        let mut len = 0;
        for byte in text.bytes().filter(|byte| *byte != b'.') {
            letters[len] = byte.to_ascii_lowercase();
            len += 1;
        }
        return of_folded(std::str::from_utf8(&letters[..len]).unwrap_or_default());
    }
    of_folded(&cell::folded(text))
}

fn of_folded(word: &str) -> Option<Gender> {
    match word {
        "f" | "femme" | "feminin" | "female" | "fem" | "w" | "woman" | "girl" | "fille" | "mme" | "mlle"
        | "melle" | "madame" | "mademoiselle" | "mrs" | "ms" | "miss" | "dame" | "femelle" => {
            Some(Gender::Female)
        }
        "m" | "h" | "homme" | "masculin" | "male" | "masc" | "man" | "boy" | "garcon" | "mr" | "monsieur"
        | "mister" | "sir" | "hom" => Some(Gender::Male),
        _ => of_neighbours(word),
    }
}

/// The same in German, Spanish, Italian, Portuguese, Dutch and Polish.
fn of_neighbours(word: &str) -> Option<Gender> {
    match word {
        "dona" | "donna" | "femea" | "femenina" | "femenino" | "feminina" | "feminino" | "femmina"
        | "femminile" | "frau" | "k" | "kobieta" | "mevr" | "mevrouw" | "mujer" | "mulher" | "mw"
        | "pani" | "senhora" | "senora" | "senorita" | "signora" | "signorina" | "sigra" | "sra" | "srta"
        | "v" | "vrouw" | "vrouwelijk" | "weibl" | "weiblich" | "zenska" => Some(Gender::Female),
        "dhr" | "don" | "heer" | "herr" | "herrn" | "hombre" | "homem" | "mann" | "mannelijk" | "mannl"
        | "mannlich" | "maschile" | "maschio" | "masculino" | "meneer" | "meska" | "mezczyzna" | "pan"
        | "senhor" | "senor" | "sig" | "signor" | "signore" | "sr" | "uomo" | "varon" => Some(Gender::Male),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Gender, gender};

    #[test]
    fn forms_of_address_of_eight_languages_tell_the_gender() {
        for text in [
            "Mme", "F", "Mrs.", "Frau", "weiblich", "Sra.", "mujer", "Sig.ra", "Senhora", "mevr.", "V",
            "pani", "K",
        ] {
            assert_eq!(gender(text), Some(Gender::Female), "{text}");
        }
        for text in
            ["M.", "h", "Mr", "Herr", "männlich", "Sr.", "Señor", "Sig.", "homem", "dhr.", "Pan", "mężczyzna"]
        {
            assert_eq!(gender(text), Some(Gender::Male), "{text}");
        }
        for text in ["", "x", "d", "divers", "FR", "Dr"] {
            assert_eq!(gender(text), None, "{text}");
        }
    }
}
