//! Names that sound or look alike.

use measures::ops::{OpError, OpField, OpInfo, Run, read, write};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{distance, phonetic};

const NAME: &[OpField] =
    &[OpField { name: "name", meaning: "a name, in letters of any case, with accents or without" }];
const KEY: &[OpField] = &[OpField { name: "key", meaning: "the code; null when the name has no letter" }];

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "linkage.jaro_winkler",
        purpose: "Tells how alike two names are written, from 0 (nothing in common) to 1 (the same). Letters that are \
                  swapped or missing cost little, and a common beginning speaks for the names: above 0.9 it is usually \
                  a slip of the keyboard.",
        caution: "Upper and lower case, and letters with and without accents, count as different: bring both names into \
                  one form first. Long texts look alike by chance; an empty name says nothing, so that there is no \
                  figure.",
        inputs: &[OpField { name: "a", meaning: "one name" }, OpField { name: "b", meaning: "the other" }],
        outputs: &[
            OpField { name: "jaro", meaning: "likeness, 0 to 1; null when a name is empty" },
            OpField {
                name: "jaro_winkler",
                meaning: "the same with the common beginning counted, 0 to 1; null when a name is empty",
            },
        ],
        formula: "jaro = (c/|a| + c/|b| + (c - t)/c) / 3, c characters in common within max(|a|,|b|)/2 - 1 places, t \
                  half of those out of order; 0 without any. jaro_winkler = jaro + 0.1 p (1 - jaro) where jaro > 0.7, p \
                  first characters in common, at most 4",
        source: "Jaro 1989, Advances in record-linkage methodology as applied to matching the 1985 census of Tampa; \
                 Winkler 1990, String comparator metrics and enhanced decision rules in the Fellegi-Sunter model",
        example: r#"{"a": "MARTHA", "b": "MARHTA"}"#,
        plot: None,
        run: Run::Alone(jaro_winkler),
    },
    OpInfo {
        name: "linkage.soundex",
        purpose: "Gives names that sound alike in English the same code, a letter and three digits, so that they can be \
                  found together however they are spelt.",
        caution: "Made for English: final letters that French does not pronounce make a difference. Many different names \
                  share a code; it brings candidates together and proves nothing.",
        inputs: NAME,
        outputs: KEY,
        formula: "first letter, then BFPV=1 CGJKQSXZ=2 DT=3 L=4 MN=5 R=6 of the others; the same code in a row once, H \
                  and W between them ignored, other letters separating; 4 characters, padded with 0. Accents are removed \
                  first, ligatures spelt out",
        source: "Russell 1918, US patent 1261167; US National Archives, The Soundex Indexing System",
        example: r#"{"name": "Gauthier"}"#,
        plot: None,
        run: Run::Alone(soundex),
    },
    OpInfo {
        name: "linkage.soundex_fr",
        purpose: "Gives names that sound alike in French the same code, a letter and three digits, so that they can be \
                  found together however they are spelt.",
        caution: "Many different names share a code; it brings candidates together and proves nothing. The first letter \
                  is kept as it is: Philippe and Filip stay apart, for which there is linkage.fonem.",
        inputs: NAME,
        outputs: KEY,
        formula: "first letter, then BP=1 CKQ=2 DT=3 L=4 MN=5 R=6 GJ=7 SXZ=8 FV=9 of the others; the same code in a row \
                  once, other letters separating; 4 characters, padded with 0. C with cedilla counts as S, the ligature OE \
                  as E, then accents are removed",
        source: "Russell 1918, US patent 1261167, with the classes of consonants usual for French",
        example: r#"{"name": "Françoise"}"#,
        plot: None,
        run: Run::Alone(soundex_fr),
    },
    OpInfo {
        name: "linkage.fonem",
        purpose: "Writes a French name as it sounds, so that spellings of one name come out the same: Philippe as FILIPE, \
                  Gauthier as GOTIER.",
        caution: "Made for family names of Quebec; for names of other languages the rules mean little. Names that come \
                  out alike are candidates, no proof.",
        inputs: NAME,
        outputs: KEY,
        formula: "rules that replace groups of letters by how they sound, one after the other, accents removed first; \
                  silent endings are dropped",
        source: "Bouchard, Brard & Lavoie 1981, FONEM: un code de transcription phonetique pour la reconstitution \
                 automatique des familles saguenayennes, Population 36",
        example: r#"{"name": "Philippe"}"#,
        plot: None,
        run: Run::Alone(fonem),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairInput {
    a: String,
    b: String,
}

#[derive(Serialize)]
struct Likeness {
    jaro: Option<f64>,
    jaro_winkler: Option<f64>,
}

fn jaro_winkler(input: &Value) -> Result<Value, OpError> {
    let PairInput { a, b } = read(input)?;
    write(Likeness { jaro: distance::jaro(&a, &b), jaro_winkler: distance::jaro_winkler(&a, &b) })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameInput {
    name: String,
}

#[derive(Serialize)]
struct Key {
    key: Option<String>,
}

fn soundex(input: &Value) -> Result<Value, OpError> {
    let NameInput { name } = read(input)?;
    write(Key { key: phonetic::soundex(&name) })
}

fn soundex_fr(input: &Value) -> Result<Value, OpError> {
    let NameInput { name } = read(input)?;
    write(Key { key: phonetic::soundex_fr(&name) })
}

fn fonem(input: &Value) -> Result<Value, OpError> {
    let NameInput { name } = read(input)?;
    write(Key { key: phonetic::fonem(&name) })
}
