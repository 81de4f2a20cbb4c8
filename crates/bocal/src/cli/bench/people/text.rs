//! Slips of the hand, the ear and the scanner.

use super::random::Random;

const KEYS: [&str; 3] = ["azertyuiop", "qsdfghjklm", "wxcvbn"];
/// What the ear confuses, at its first occurrence.
const SOUNDS: [(&str, &str); 30] = [
    ("ph", "f"),
    ("eau", "o"),
    ("eau", "au"),
    ("aud", "o"),
    ("ault", "o"),
    ("ot", "eau"),
    ("ck", "k"),
    ("qu", "k"),
    ("th", "t"),
    ("y", "i"),
    ("ss", "c"),
    ("ç", "s"),
    ("nn", "n"),
    ("tt", "t"),
    ("ll", "l"),
    ("rr", "r"),
    ("mm", "m"),
    ("an", "en"),
    ("en", "an"),
    ("ain", "in"),
    ("ei", "ai"),
    ("ai", "é"),
    ("er", "et"),
    ("et", "é"),
    ("c", "k"),
    ("s", "z"),
    ("z", "s"),
    ("n", "nn"),
    ("l", "ll"),
    ("g", "gu"),
];
const SILENT: [&str; 6] = ["e", "s", "t", "d", "x", "h"];
const SEEN: [(&str, &str); 12] = [
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("o", "0"),
    ("i", "l"),
    ("cl", "d"),
    ("e", "c"),
    ("u", "v"),
    ("h", "b"),
    ("vv", "w"),
    ("f", "t"),
    ("g", "q"),
];
/// Given names and what their bearers are called.
const NICKNAMES: [(&str, &str); 76] = [
    ("Alexandre", "Alex"),
    ("Alexandra", "Alex"),
    ("Alexandra", "Sandra"),
    ("Antoine", "Tony"),
    ("Antoine", "Toine"),
    ("Benjamin", "Ben"),
    ("Benoît", "Ben"),
    ("Catherine", "Cathy"),
    ("Catherine", "Kathy"),
    ("Christophe", "Chris"),
    ("Christian", "Chris"),
    ("Christine", "Chris"),
    ("Christelle", "Chris"),
    ("Christiane", "Chris"),
    ("Daniel", "Dany"),
    ("Danielle", "Dany"),
    ("David", "Dave"),
    ("Dominique", "Domi"),
    ("Élisabeth", "Babeth"),
    ("Élisabeth", "Lise"),
    ("Élodie", "Élo"),
    ("Emmanuel", "Manu"),
    ("Emmanuelle", "Manu"),
    ("Florence", "Flo"),
    ("Florian", "Flo"),
    ("Françoise", "Fanfan"),
    ("Frédéric", "Fred"),
    ("Gabriel", "Gaby"),
    ("Gabrielle", "Gaby"),
    ("Geneviève", "Ginette"),
    ("Geoffrey", "Geof"),
    ("Gérard", "Gégé"),
    ("Grégory", "Greg"),
    ("Grégoire", "Greg"),
    ("Guillaume", "Guigui"),
    ("Henri", "Riri"),
    ("Isabelle", "Isa"),
    ("Jacqueline", "Jackie"),
    ("Jacques", "Jacky"),
    ("Jean-Baptiste", "JB"),
    ("Jean-Pierre", "JP"),
    ("Jean-Claude", "JC"),
    ("Jean-Michel", "Jean-Mi"),
    ("Jean-François", "Jef"),
    ("Jean-Philippe", "JP"),
    ("Jean-Marc", "JM"),
    ("Jennifer", "Jenny"),
    ("Jérémy", "Jérém"),
    ("Jonathan", "Jon"),
    ("Joséphine", "Jo"),
    ("Julien", "Ju"),
    ("Laurent", "Lolo"),
    ("Ludovic", "Ludo"),
    ("Madeleine", "Mado"),
    ("Marguerite", "Margot"),
    ("Marie-Claude", "Marie"),
    ("Mathieu", "Mat"),
    ("Matthieu", "Matt"),
    ("Maxime", "Max"),
    ("Michel", "Mich"),
    ("Mickaël", "Mike"),
    ("Michaël", "Mike"),
    ("Mohamed", "Momo"),
    ("Nathalie", "Nath"),
    ("Nicolas", "Nico"),
    ("Patricia", "Pat"),
    ("Patrick", "Pat"),
    ("Philippe", "Phil"),
    ("Sébastien", "Seb"),
    ("Stéphane", "Steph"),
    ("Stéphanie", "Steph"),
    ("Suzanne", "Suzy"),
    ("Sylvie", "Syl"),
    ("Thomas", "Tom"),
    ("Valérie", "Val"),
    ("Véronique", "Véro"),
];

/// Bytes that are compared.
const LONGEST: usize = 63;

/// A letter without its accent; itself when it has none.
pub(super) const fn plain(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' | 'á' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' | 'õ' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ÿ' => 'y',
        'À' | 'Â' => 'A',
        'É' | 'È' | 'Ê' => 'E',
        'Î' | 'Ï' => 'I',
        'Ô' | 'Ö' => 'O',
        'Û' | 'Ü' => 'U',
        'Ç' => 'C',
        '’' => '\'',
        _ => letter,
    }
}

pub(super) fn without_accents(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.chars().map(plain).collect() }
}

/// Letters and digits alone, lower case, without accents: what an address is made of, and what is compared.
pub(super) fn bare(text: &str) -> String {
    if text.is_ascii() {
        let mut bare = String::with_capacity(text.len());
        bare.extend(
            text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())),
        );
        return bare;
    }
    text.chars().map(plain).filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// One key too many, too few, beside, or two swapped; never the first letter alone, which is seldom wrong.
pub(super) fn typo(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return text.to_owned();
    }
    let at = if random.chance(0.06) { 0 } else { 1 + random.below(letters.len() - 1) };
    match random.among(&[25.0, 25.0, 30.0, 20.0]) {
        0 => letters.insert(at, neighbour(letters.get(at).copied().unwrap_or('e'), random)),
        1 => {
            letters.remove(at);
        }
        2 => {
            if let Some(letter) = letters.get_mut(at) {
                *letter = neighbour(*letter, random);
            }
        }
        _ => {
            let other = if at + 1 < letters.len() { at + 1 } else { at - 1 };
            letters.swap(at, other);
        }
    }
    letters.into_iter().collect()
}

/// A key beside this one on a French keyboard; a digit beside a digit.
fn neighbour(letter: char, random: &mut Random) -> char {
    if let Some(digit) = letter.to_digit(10) {
        return char::from_digit((digit + 1 + random.below(9) as u32) % 10, 10).unwrap_or(letter);
    }
    let low = plain(letter).to_ascii_lowercase();
    for row in KEYS {
        if let Some(at) = row.find(low) {
            let at = if at == 0 || at + 1 < row.len() && random.chance(0.5) { at + 1 } else { at - 1 };
            let key = row.as_bytes().get(at).copied().map_or(letter, char::from);
            return if letter.is_uppercase() { key.to_ascii_uppercase() } else { key };
        }
    }
    random.word(&["e", "a", "s"]).chars().next().unwrap_or(letter)
}

/// As it was heard.
pub(super) fn heard(text: &str, random: &mut Random) -> String {
    if random.chance(0.35) {
        let end = SILENT.iter().find(|end| text.ends_with(**end));
        return match end {
            Some(end) if text.len() > 3 => text.trim_end_matches(end).to_owned(),
            _ => format!("{text}{}", random.word(&SILENT)),
        };
    }
    replaced(text, &SOUNDS, random)
}

/// As a scanner read it.
pub(super) fn scanned(text: &str, random: &mut Random) -> String {
    replaced(text, &SEEN, random)
}

fn replaced(text: &str, rules: &[(&str, &str)], random: &mut Random) -> String {
    let start = random.below(rules.len());
    for n in 0..rules.len() {
        let Some((from, to)) = rules.get((start + n) % rules.len()) else { continue };
        // After the first letter, which is seldom mistaken.
        let head = text.chars().next().map_or(0, char::len_utf8);
        if let Some(at) = text.get(head..).and_then(|rest| rest.find(from)) {
            let at = head + at;
            return format!(
                "{}{to}{}",
                text.get(..at).unwrap_or(""),
                text.get(at + from.len()..).unwrap_or("")
            );
        }
    }
    typo(text, random)
}

/// What they are called, when there is a usual short form.
pub(super) fn nickname(given: &str, random: &mut Random) -> Option<&'static str> {
    let all: Vec<_> = NICKNAMES.iter().filter(|(name, _)| *name == given).map(|(_, short)| *short).collect();
    random.pick(&all)
}

/// Whether one is short for the other, both bare.
pub(super) fn is_nickname(a: &str, b: &str) -> bool {
    let first = |text: &str| text.chars().next().map(|letter| plain(letter).to_ascii_lowercase());
    let (start_a, start_b) = (first(a), first(b));
    NICKNAMES.iter().any(|(name, short)| {
        let start = first(name);
        (start == start_a || start == start_b) && {
            let (name, short) = (bare(name), bare(short));
            a == name && b == short || b == name && a == short
        }
    })
}

/// Another digit at one place, never the first.
pub(super) fn wrong_digit(text: &str, random: &mut Random) -> String {
    let at = 1 + random.below(text.len().saturating_sub(1));
    let mut all: Vec<char> = text.chars().collect();
    let places = (at..all.len()).chain(1..at).find(|at| all.get(*at).is_some_and(char::is_ascii_digit));
    if let Some(letter) = places.and_then(|at| all.get_mut(at)) {
        *letter = neighbour(*letter, random);
    }
    all.into_iter().collect()
}

/// Insertions, deletions, replacements and swaps of neighbours between two short texts (optimal string alignment); texts
/// beyond 63 bytes are cut.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (a, b) = (a.get(..LONGEST).unwrap_or(a), b.get(..LONGEST).unwrap_or(b));
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j as u8;
    }
    for i in 0..a.len() {
        let (now, last, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[now][0] = i as u8 + 1;
        for j in 0..b.len() {
            let mut least = rows[last][j] + u8::from(a[i] != b[j]);
            least = least.min(rows[last][j + 1] + 1).min(rows[now][j] + 1);
            if i > 0 && j > 0 && a[i - 1] == b[j] && b[j - 1] == a[i] {
                least = least.min(rows[before][j - 1] + 1);
            }
            rows[now][j + 1] = least;
        }
    }
    usize::from(rows[a.len() % 3][b.len()])
}
