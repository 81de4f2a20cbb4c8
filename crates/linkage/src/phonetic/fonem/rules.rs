//! The rules of the paper, in the order they are applied.
//!
//! A rule looks at a place of the code and says how many letters it takes and what it writes instead. Lower-case `a` is an
//! A that no later rule may change: it counts as no vowel.

/// Letters written by a rule: some kept from the code, then some of its own.
pub(super) struct Written {
    kept: Option<u8>,
    own: &'static [u8],
    after: Option<u8>,
}

impl Written {
    pub(super) fn letters(&self) -> impl Iterator<Item = u8> {
        self.kept.into_iter().chain(self.own.iter().copied()).chain(self.after)
    }
}

/// A place of the code, to letters taken and written there; `None` where the rule does not apply.
pub(super) type Rule = fn(&[u8], usize) -> Step;
type Step = Option<(usize, Written)>;

/// Doubled letters go before and after all others: rules both need and make single letters.
pub(super) const RULES: &[Rule] = &[
    v14, c28, c28_ile, c12, c9, c10, c16, c17, c20, c2, c3, c7, v2, v3, v4, v5, v6, v1, c14, c11, c33, c32,
    c31, c30, v15, v17, v18, v7, v8, v9, v10, v11, v12, v13, v16, v19, v20, c1, c4, c5, c6, c8, c13, c15,
    c18, c19, c21, c22, c23, c24, c25, c26, c27, c29, v14, c28, c28_ile,
];

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y')
}

/// Whether a letter is there and is a vowel.
fn vowel(code: &[u8], at: usize) -> bool {
    code.get(at).is_some_and(|letter| is_vowel(*letter))
}

/// Whether a letter is there and is no vowel.
fn consonant(code: &[u8], at: usize) -> bool {
    code.get(at).is_some_and(|letter| !is_vowel(*letter))
}

fn one_of(code: &[u8], at: usize, letters: &[u8]) -> bool {
    code.get(at).is_some_and(|letter| letters.contains(letter))
}

/// `of` stands at `at`.
fn has(code: &[u8], at: usize, of: &[u8]) -> bool {
    code.get(at..).is_some_and(|rest| rest.starts_with(of))
}

/// The first of `endings` that is all that is left from `at`.
fn ends(code: &[u8], at: usize, endings: &[&[u8]]) -> Option<usize> {
    let rest = code.get(at..)?;
    endings.contains(&rest).then_some(rest.len())
}

fn write(taken: usize, own: &'static [u8]) -> Step {
    Some((taken, Written { kept: None, own, after: None }))
}

/// Keeps the letter at `at`, then writes.
fn keep(code: &[u8], at: usize, taken: usize, own: &'static [u8]) -> Step {
    Some((taken, Written { kept: code.get(at).copied(), own, after: None }))
}

fn replace(code: &[u8], at: usize, of: &[u8], own: &'static [u8]) -> Step {
    if has(code, at, of) { write(of.len(), own) } else { None }
}

fn replace_if(condition: bool, taken: usize, own: &'static [u8]) -> Step {
    if condition { write(taken, own) } else { None }
}

/// EAU or AU at `at`: its length.
fn au(code: &[u8], at: usize) -> Option<usize> {
    if has(code, at, b"EAU") { Some(3) } else { has(code, at, b"AU").then_some(2) }
}

fn v1(code: &[u8], at: usize) -> Step {
    write(au(code, at)?, b"O")
}

fn v2(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"EAULT", b"AULT", b"OLT"])?, b"O")
}

fn v3(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"EAUT", b"AUT"])?, b"O")
}

fn v4(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"EAUX", b"AUX"])?, b"O")
}

fn v5(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"EAULX", b"AULX", b"OLX"])?, b"O")
}

fn v6(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"EAULD", b"AULD", b"EAUD", b"AUD"])?, b"O")
}

fn v7(code: &[u8], at: usize) -> Step {
    let applies = code[at] != b'G' && ends(code, at + 1, &[b"AY"]).is_some();
    if applies { keep(code, at, 3, b"E") } else { None }
}

fn v8(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"EUX"])?, b"EU")
}

fn v9(code: &[u8], at: usize) -> Step {
    replace_if(has(code, at, b"EY") && !vowel(code, at + 2), 2, b"E")
}

fn v10(code: &[u8], at: usize) -> Step {
    if at == 0 && code[0] == b'Y' {
        return write(1, b"I");
    }
    if consonant(code, at) && one_of(code, at + 1, b"Y") {
        return keep(code, at, 2, b"I");
    }
    if code[at] != b'Y' || vowel(code, at + 1) {
        return None;
    }
    let after = code.get(at + 1).copied();
    Some((1 + usize::from(after.is_some()), Written { kept: None, own: b"I", after }))
}

fn v11(code: &[u8], at: usize) -> Step {
    let applies = vowel(code, at) && one_of(code, at + 1, b"I") && vowel(code, at + 2);
    if applies { keep(code, at, 2, b"Y") } else { None }
}

fn v12(code: &[u8], at: usize) -> Step {
    if vowel(code, at) && has(code, at + 1, b"ILL") { keep(code, at, 4, b"Y") } else { None }
}

fn v13(code: &[u8], at: usize) -> Step {
    let before_i = one_of(code, at + 2, b"I") && !has(code, at + 3, b"LL");
    replace_if(has(code, at, b"OU") && (before_i || one_of(code, at + 2, b"AEOU")), 2, b"W")
}

fn v14(code: &[u8], at: usize) -> Step {
    if vowel(code, at) && code.get(at + 1) == Some(&code[at]) { keep(code, at, 2, b"") } else { None }
}

fn v15(code: &[u8], at: usize) -> Step {
    let nasal = one_of(code, at, b"AE") && one_of(code, at + 1, b"M");
    let followed = consonant(code, at + 2) && !one_of(code, at + 2, b"N") && at + 3 < code.len();
    replace_if(nasal && followed, 2, b"EN")
}

fn v16(code: &[u8], at: usize) -> Step {
    replace_if(has(code, at, b"OM") && consonant(code, at + 2) && !one_of(code, at + 2, b"N"), 2, b"ON")
}

fn v17(code: &[u8], at: usize) -> Step {
    replace_if(has(code, at, b"AN") && consonant(code, at + 2), 2, b"EN")
}

fn v18(code: &[u8], at: usize) -> Step {
    let nasal = has(code, at, b"AIM") || has(code, at, b"AIN") || has(code, at, b"EIN");
    replace_if(nasal && !vowel(code, at + 3), 3, b"IN")
}

fn v19(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"BORN", b"BORNE", b"BOURN", b"BOURNE", b"BURNE"])?, b"BURN")
}

fn v20(code: &[u8], at: usize) -> Step {
    replace_if(has(code, at, b"IM") && consonant(code, at + 2) && !one_of(code, at + 2, b"N"), 2, b"IN")
}

fn c1(code: &[u8], at: usize) -> Step {
    replace(code, at, b"BV", b"V")
}

fn c2(code: &[u8], at: usize) -> Step {
    let applies = vowel(code, at) && one_of(code, at + 1, b"C") && one_of(code, at + 2, b"EIY");
    if applies { keep(code, at, 2, b"SS") } else { None }
}

fn c3(code: &[u8], at: usize) -> Step {
    let soft = one_of(code, at + 1, b"C") && one_of(code, at + 2, b"EIY");
    if soft && !one_of(code, at, b"CX") { keep(code, at, 2, b"S") } else { None }
}

fn c4(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && code[0] == b'C' && one_of(code, 1, b"EIY"), 1, b"S")
}

fn c5(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && code[0] == b'C' && one_of(code, 1, b"AOU"), 1, b"K")
}

fn c6(code: &[u8], at: usize) -> Step {
    if vowel(code, at) && ends(code, at + 1, &[b"C"]).is_some() { keep(code, at, 2, b"K") } else { None }
}

fn c7(code: &[u8], at: usize) -> Step {
    replace_if(code[at] == b'C' && consonant(code, at + 1) && !one_of(code, at + 1, b"CH"), 1, b"K")
}

fn c8(code: &[u8], at: usize) -> Step {
    replace_if(has(code, at, b"CC") && one_of(code, at + 2, b"AOU"), 2, b"K")
}

fn c9(code: &[u8], at: usize) -> Step {
    replace_if(has(code, at, b"CC") && one_of(code, at + 2, b"EIY"), 2, b"X")
}

fn c10(code: &[u8], at: usize) -> Step {
    replace_if(code[at] == b'G' && one_of(code, at + 1, b"EIY"), 1, b"J")
}

/// GA before a nasal keeps its A: the rules of nasals must not see it.
fn c11(code: &[u8], at: usize) -> Step {
    let after = at + 2 + usize::from(one_of(code, at + 2, b"I"));
    replace_if(has(code, at, b"GA") && one_of(code, after, b"MN"), 2, b"Ga")
}

fn c12(code: &[u8], at: usize) -> Step {
    replace(code, at, b"GEO", b"JO").or_else(|| replace(code, at, b"GEAU", b"JO"))
}

fn c13(code: &[u8], at: usize) -> Step {
    replace_if(has(code, at, b"GNI") && vowel(code, at + 3), 3, b"GN")
}

fn c14(code: &[u8], at: usize) -> Step {
    if at == 0 && code[0] == b'H' {
        return write(1, b"");
    }
    let applies = !one_of(code, at, b"CPS") && one_of(code, at + 1, b"H");
    if applies { keep(code, at, 2, b"") } else { None }
}

fn c15(code: &[u8], at: usize) -> Step {
    replace(code, at, b"JEA", b"JA")
}

/// MAC before a consonant keeps its A, and its C is a K to nobody.
fn c16(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && has(code, 0, b"MAC") && consonant(code, 3), 3, b"Mac")
}

fn c17(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && has(code, 0, b"MC"), 2, b"Mac")
}

fn c18(code: &[u8], at: usize) -> Step {
    replace(code, at, b"PH", b"F")
}

fn c19(code: &[u8], at: usize) -> Step {
    replace(code, at, b"QU", b"K")
}

fn c20(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && has(code, 0, b"SC") && one_of(code, 2, b"EIY"), 2, b"S")
}

fn c21(code: &[u8], at: usize) -> Step {
    if has(code, at + 1, b"SC") && one_of(code, at + 3, b"EIY") { keep(code, at, 3, b"SS") } else { None }
}

fn c22(code: &[u8], at: usize) -> Step {
    if has(code, at + 1, b"SC") && one_of(code, at + 3, b"AOU") { keep(code, at, 3, b"SK") } else { None }
}

fn c23(code: &[u8], at: usize) -> Step {
    replace(code, at, b"SH", b"CH")
}

fn c24(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"TIA"])?, b"SSIA")
}

fn c25(code: &[u8], at: usize) -> Step {
    let applies = one_of(code, at, b"AIOUY") && one_of(code, at + 1, b"W");
    if applies { keep(code, at, 2, b"") } else { None }
}

fn c26(code: &[u8], at: usize) -> Step {
    replace_if(code[at] == b'X' && one_of(code, at + 1, b"CSZ"), 2, b"X")
}

fn c27(code: &[u8], at: usize) -> Step {
    if code[at] == b'Z' && vowel(code, at + 1) {
        return write(1, b"S");
    }
    let between = consonant(code, at) && one_of(code, at + 1, b"Z") && consonant(code, at + 2);
    if between { keep(code, at, 2, b"S") } else { None }
}

/// Doubled consonants: C and S keep both between vowels, L after I.
fn c28(code: &[u8], at: usize) -> Step {
    let letter = code[at];
    let doubled = code.get(at + 1) == Some(&letter);
    if !is_vowel(letter) && !matches!(letter, b'C' | b'L' | b'S') && doubled {
        return keep(code, at, 2, b"");
    }
    if letter == b'C' && doubled && !vowel(code, at + 2) {
        return write(2, b"C");
    }
    if !is_vowel(letter) && has(code, at + 1, b"SS") {
        return keep(code, at, 3, b"S");
    }
    if has(code, at + 1, b"SS") && !vowel(code, at + 3) {
        return keep(code, at, 3, b"S");
    }
    if letter != b'I' && has(code, at + 1, b"LL") { keep(code, at, 3, b"L") } else { None }
}

/// A final ILE was ILLE before doubled letters went.
fn c28_ile(code: &[u8], at: usize) -> Step {
    write(ends(code, at, &[b"ILE"])?, b"ILLE")
}

/// Of two final consonants the last is silent, with exceptions.
fn c29(code: &[u8], at: usize) -> Step {
    if ends(code, at, &[b"ILS"]).is_some() {
        return write(3, b"ILS");
    }
    if at + 2 != code.len() || !consonant(code, at) || !consonant(code, at + 1) {
        return None;
    }
    let (letter, last) = (code[at], code[at + 1]);
    let heard = match letter {
        b'C' | b'S' => last == b'H',
        b'M' | b'N' => last == b'P',
        b'R' => matches!(last, b'C' | b'F' | b'K' | b'L' | b'N' | b'S' | b'X'),
        _ => false,
    };
    if heard { None } else { keep(code, at, 2, b"") }
}

fn c30(code: &[u8], at: usize) -> Step {
    const SAINTS: [&[u8]; 8] = [b"SAINT", b"SAIN", b"SINT", b"SIN", b"SEIN", b"SEIM", b"CINQ", b"CIN"];
    let saint = SAINTS.iter().find(|saint| at == 0 && has(code, 0, saint))?;
    write(saint.len(), b"ST-")
}

fn c31(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && has(code, 0, b"SAINTE"), 6, b"STE-")
}

fn c32(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && has(code, 0, b"ST") && !one_of(code, 2, b"E"), 2, b"ST-")
}

fn c33(code: &[u8], at: usize) -> Step {
    replace_if(at == 0 && has(code, 0, b"STE"), 3, b"STE-")
}
