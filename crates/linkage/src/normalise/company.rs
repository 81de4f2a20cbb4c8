//! Legal forms of companies: what a great many names of companies end with says nothing about which company it is.

/// Whether a folded word is a legal form, in Europe and America.
#[rustfmt::skip]
fn is_form(word: &str) -> bool {
    matches!(word,
        // Germany, Austria, Switzerland.
        "ag" | "eg" | "ek" | "ev" | "gbr" | "gmbh" | "haftungsbeschrankt" | "kg" | "kgaa" | "mbh" | "ohg" | "ug"
            // France, Belgium, Luxembourg.
            | "asbl" | "cie" | "earl" | "eurl" | "gaec" | "gie" | "sa" | "sarl" | "sas" | "sasu" | "sca" | "sci"
            | "scop" | "scp" | "scs" | "selarl" | "snc" | "sprl"
            // English-speaking countries.
            | "co" | "company" | "corp" | "corporation" | "inc" | "incorporated" | "limited" | "llc" | "llp" | "lp"
            | "ltd" | "plc" | "pte" | "pty"
            // Netherlands, Flanders.
            | "bv" | "bvba" | "cv" | "nv" | "vof" | "vzw"
            // Italy, Spain, Portugal, Brazil.
            | "lda" | "ltda" | "sapa" | "sau" | "sl" | "slu" | "spa" | "srl" | "srls"
            // The North and the East.
            | "ab" | "aps" | "as" | "asa" | "doo" | "kft" | "oy" | "oyj" | "se" | "spzoo" | "sro" | "zoo" | "zrt")
}

/// Words that companies use in their names and people do not.
#[rustfmt::skip]
fn is_of_company(word: &str) -> bool {
    matches!(word,
        "associates" | "associes" | "consulting" | "freres" | "group" | "groupe" | "gruppe" | "holding" | "services"
            | "solutions" | "sons" | "stiftung")
}

/// Words of a folded text without legal forms ("s a r l" is one, letter by letter), or all where there is nothing else.
pub(crate) fn words_of_company(folded: &str) -> impl Iterator<Item = &str> {
    let without = Spoken { rest: folded, spelling: false };
    let nothing_else = without.clone().next().is_none();
    let all = folded.split(' ').filter(move |_| nothing_else);
    without.chain(all)
}

/// Whether a folded text is the name of a company: a legal form begins or ends it, or it has a word that no person's has.
pub(crate) fn is_company(folded: &str) -> bool {
    let mut words = folded.split(' ');
    let mut spoken = Spoken { rest: folded, spelling: false };
    let (Some(first), Some(first_spoken)) = (words.next(), spoken.next()) else { return false };
    let (last, last_spoken) = (words.next_back().unwrap_or(first), spoken.last().unwrap_or(first_spoken));
    first != first_spoken || last != last_spoken || last != first && folded.split(' ').any(is_of_company)
}

/// The words left once legal forms are off.
#[derive(Clone)]
struct Spoken<'a> {
    rest: &'a str,
    /// Whether the word before is a single letter: a form begins where the letters do.
    spelling: bool,
}

impl<'a> Iterator for Spoken<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            let form = if self.spelling { 0 } else { spelt_form(self.rest) };
            if form > 0 {
                self.rest = self.rest[form..].trim_start_matches(' ');
                continue;
            }
            let (word, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
            if word.is_empty() && rest.is_empty() {
                return None;
            }
            self.rest = rest;
            self.spelling = word.len() == 1;
            if !word.is_empty() && !is_form(word) {
                return Some(word);
            }
        }
    }
}

/// Bytes of the legal form that a text begins with letter by letter: "s a r l", "g m b h", "e v".
fn spelt_form(text: &str) -> usize {
    const LONGEST: usize = 6;
    let bytes = text.as_bytes();
    let mut letters = [0_u8; LONGEST];
    let mut count = 0;
    while let Some(letter) = bytes.get(2 * count).filter(|letter| letter.is_ascii_lowercase())
        && matches!(bytes.get(2 * count + 1), None | Some(b' '))
    {
        let Some(place) = letters.get_mut(count) else { return 0 };
        *place = *letter;
        count += 1;
    }
    let is_spelt = count > 1 && std::str::from_utf8(&letters[..count]).is_ok_and(is_form);
    if is_spelt { 2 * count - 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{is_company, words_of_company};

    #[test]
    fn legal_forms_are_no_words_of_a_name() {
        for (text, expected) in [
            ("muller gmbh co kg", "muller"),
            ("s a r l dupont", "dupont"),
            ("dupont s a", "dupont"),
            ("turnverein berlin e v", "turnverein berlin"),
            ("smith jones llp", "smith jones"),
            ("acme sp z o o", "acme sp"),
            ("rossi s p a", "rossi"),
            ("a b c d", "a b c d"),
            ("s p a s", "s p a s"),
            ("sa", "sa"),
            ("co ltd", "co ltd"),
            ("plan b", "plan b"),
            ("", ""),
            ("ünlü a é", "ünlü a é"),
        ] {
            assert_eq!(words_of_company(text).collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }

    #[test]
    fn companies_are_told_from_people() {
        for text in ["muller gmbh", "sarl dupont", "jones llc", "wilkinson group", "rossi s p a"] {
            assert!(is_company(text), "{text}");
        }
        for text in ["jean dupont", "dupont", "co", "marie sophie martin", "j r smith", ""] {
            assert!(!is_company(text), "{text}");
        }
    }
}
