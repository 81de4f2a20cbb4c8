//! Names of persons.

use super::{cell, fold_into, missing};

mod given;
mod whole;
mod words;

pub(crate) use given::is_known_given_name;
pub use whole::{WholeName, whole_name};
pub use words::{Suffix, suffix};

/// A family name without the particles it begins with; none for a name without, and for one of which hardly a letter is left.
pub(crate) fn without_particles(name: &str) -> Option<&str> {
    words::without_particles(name)
}

/// Given name or names: folded, titles and initials' dots off, the parts of a compound name as words ("Jean-Pierre" is
/// "jean pierre"). `None` for placeholders and where no letter is left.
///
/// ```
/// use linkage::normalise::given_name;
/// assert_eq!(given_name("M. Jean-Pierre").as_deref(), Some("jean pierre"));
/// assert_eq!(given_name("inconnu"), None);
/// ```
#[must_use]
pub fn given_name(text: &str) -> Option<String> {
    let folded = checked(text)?;
    if !folded.contains(' ') {
        // One word is nearly always all there is, and "Me", "Dame" or "Major" may be that word.
        return Some(folded);
    }
    let words: Vec<&str> = words::without_titles_of_given(&folded).collect();
    match words::and_between(&words) {
        Some(at) => joined(words[..at].iter().chain(&words[at + 1..]).copied()),
        None => joined(words.into_iter()),
    }
}

/// Family name: folded, titles and suffixes (Jr, Sr, II, III: see [`suffix`]) off, particles glued to what follows ("de La
/// Tour", "De la Tour" and "DELATOUR" are all "delatour", "O'Brien" is "obrien", "Le Goff" is "legoff"), "St" spelt
/// "saint" and glued too. Particles behind the name come before it, and abbreviated ones are spelt out ("Linden, v.d." is
/// "vanderlinden"). Compound names stay words ("Durand-Martin" is "durand martin"). Of "Dupont née Martin" both names
/// stay ("dupont martin"): a person may be filed under either. `None` for placeholders and where no letter is left.
///
/// ```
/// use linkage::normalise::family_name;
/// assert_eq!(family_name("de La Tour").as_deref(), Some("delatour"));
/// assert_eq!(family_name("Dupont née Martin").as_deref(), Some("dupont martin"));
/// assert_eq!(family_name("King Jr.").as_deref(), Some("king"));
/// ```
#[must_use]
pub fn family_name(text: &str) -> Option<String> {
    let folded = checked(text)?;
    if !folded.contains(' ') {
        return Some(folded);
    }
    let mut name = family_of(words::without_titles(&folded))?;
    // Glued words may make a new particle or title ("d'A Costa"); each pass leaves fewer words.
    while name.contains(' ') {
        let next = family_of(words::without_titles(&name))?;
        if next == name {
            break;
        }
        name = next;
    }
    Some(name)
}

/// Family name of folded words.
fn family_of<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    // Max Born: what joins two names is a name where it stands alone.
    let all = words.clone();
    let mut name = String::new();
    let mut start = 0;
    let mut glued = false;
    let names = words::with_particles_before(words.filter(|word| !words::joins_names(word)));
    let ands = words::and_between(&names);
    for (at, word) in names.into_iter().enumerate() {
        if Some(at) == ands {
            continue;
        }
        if !name.is_empty() && !glued {
            if words::suffix_of(word).is_some() {
                continue;
            }
            name.push(' ');
            start = name.len();
        }
        name.push_str(match word {
            "st" if !glued => "saint",
            "ste" if !glued => "sainte",
            _ => word,
        });
        let written = &name[start..];
        glued =
            words::is_particle(word) || words::is_particle(written) || matches!(written, "saint" | "sainte");
    }
    if name.is_empty() { joined(all) } else { finished(name) }
}

/// Folded text of a cell that holds a name.
fn checked(text: &str) -> Option<String> {
    let text = cell::trimmed(text);
    let folded =
        if has_apostrophe(text) { cell::folded(&without_apostrophes(text)) } else { cell::folded(text) };
    (has_letter(&folded) && !missing::of_folded(&folded, true)).then(|| cell::cut(folded))
}

/// Whether a folded text has anything but digits and blanks.
fn has_letter(folded: &str) -> bool {
    folded.bytes().any(|byte| byte > b'9')
}

fn has_apostrophe(text: &str) -> bool {
    text.contains(['\'', '’'])
}

/// Names in one word: M'Bappé and N'Guyen are no titles and initials, d'Artagnan and O'Brien are glued like other particles.
fn without_apostrophes(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '\'' | '’')).collect()
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut name = String::new();
    for word in words {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    finished(name)
}

fn finished(name: String) -> Option<String> {
    let name = cell::refolded(name);
    // Of "M. 0" a title was the only letter.
    (has_letter(&name) && !missing::of_folded(&name, true)).then_some(name)
}

/// Appends folded text to a name, as further words.
fn append(text: &str, name: &mut String) {
    if !name.is_empty() {
        name.push(' ');
    }
    if has_apostrophe(text) {
        fold_into(&without_apostrophes(text), name);
    } else {
        fold_into(text, name);
    }
    name.truncate(name.trim_end().len());
}
