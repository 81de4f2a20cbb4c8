//! Words of addresses.

/// A word spelt out: `first` and `last` tell "St Mary" from "Mary St" and "r. Neuve" from a letter.
pub(super) fn spelt(word: &str, first: bool, last: bool) -> &str {
    if word.len() > 5 {
        return word;
    }
    if last
        && !first
        && let Some(spelt) = english(word)
    {
        return spelt;
    }
    match word {
        "av" | "ave" | "aven" | "avn" => "avenue",
        "bd" | "bld" | "blv" | "blvd" | "boul" | "bvd" | "boule" => "boulevard",
        "r" if first => "rue",
        "pl" | "plce" => "place",
        "imp" => "impasse",
        "ch" | "che" | "chem" | "chm" | "chmin" => "chemin",
        "rte" => "route",
        "all" => "allee",
        "sq" => "square",
        "crs" => "cours",
        "fg" | "fbg" => "faubourg",
        "res" => "residence",
        "lot" => "lotissement",
        "pass" | "psg" => "passage",
        "rpt" => "rond point",
        "ham" => "hameau",
        "qu" if first => "quai",
        "st" => "saint",
        "ste" => "sainte",
        "dr" => "docteur",
        "gal" | "gl" => "general",
        "mal" | "mchal" => "marechal",
        "cdt" => "commandant",
        "col" => "colonel",
        "cap" => "capitaine",
        "pdt" => "president",
        "prof" | "pr" => "professeur",
        "nd" => "notre dame",
        "gd" => "grand",
        "gde" => "grande",
        "rd" if !first => "road",
        "hwy" => "highway",
        _ => word,
    }
}

/// Kinds of streets that English writes last.
fn english(word: &str) -> Option<&'static str> {
    Some(match word {
        "st" | "str" => "street",
        "rd" => "road",
        "dr" | "drv" => "drive",
        "ln" => "lane",
        "ct" => "court",
        "cr" | "cres" | "cresc" => "crescent",
        "tce" | "terr" => "terrace",
        "pde" => "parade",
        "cl" => "close",
        "gdns" => "gardens",
        "cct" => "circuit",
        "pkwy" => "parkway",
        "gr" | "grv" => "grove",
        _ => return None,
    })
}

/// Part of a building: its short form.
pub(super) fn unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "apt" | "appt" | "app" | "appart" | "appartement" | "apartment" | "flat" | "unit" | "logement"
        | "lgt" => "apt",
        "bat" | "batiment" | "bt" | "building" | "bldg" | "immeuble" | "imm" => "bat",
        "esc" | "escalier" => "esc",
        "etage" | "etg" | "floor" | "niveau" => "etg",
        "porte" | "pte" | "door" => "porte",
        "bp" | "boite" | "bte" => "bp",
        "cs" => "cs",
        "suite" => "suite",
        _ => return None,
    })
}

pub(super) fn is_article(word: &str) -> bool {
    matches!(word, "de" | "du" | "des" | "d" | "la" | "le" | "les" | "l" | "the" | "of" | "aux" | "au" | "a")
}

pub(super) fn is_month(word: &str) -> bool {
    matches!(
        word,
        "janvier"
            | "fevrier"
            | "mars"
            | "avril"
            | "mai"
            | "juin"
            | "juillet"
            | "aout"
            | "septembre"
            | "octobre"
            | "novembre"
            | "decembre"
    )
}

/// Words whose number names a road or a place, not a house.
pub(super) fn takes_number(word: &str) -> bool {
    matches!(
        word,
        "nationale"
            | "departementale"
            | "rn"
            | "rd"
            | "rte"
            | "route"
            | "highway"
            | "km"
            | "lot"
            | "lotissement"
            | "zone"
            | "za"
            | "zi"
            | "ilot"
            | "d"
            | "n"
            | "du"
            | "des"
            | "les"
            | "de"
    )
}

/// Whether a spelt word is a kind of street.
pub(crate) fn is_way(word: &str) -> bool {
    matches!(
        word,
        "rue"
            | "avenue"
            | "boulevard"
            | "place"
            | "impasse"
            | "chemin"
            | "route"
            | "allee"
            | "square"
            | "cours"
            | "quai"
            | "faubourg"
            | "passage"
            | "lotissement"
            | "residence"
            | "hameau"
            | "villa"
            | "sentier"
            | "esplanade"
            | "voie"
            | "street"
            | "road"
            | "drive"
            | "lane"
            | "court"
            | "crescent"
            | "terrace"
            | "close"
            | "way"
            | "parade"
            | "circuit"
            | "grove"
            | "gardens"
            | "highway"
            | "strasse"
    )
}
