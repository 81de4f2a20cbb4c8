//! The part of a cell that is read.

/// Bytes of a cell that are read: no name, address or number is longer, and a hostile cell costs no more than this.
const LONGEST: usize = 512;

/// The beginning of a cell, without blanks around it.
pub(super) fn trimmed(text: &str) -> &str {
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
        && text.len() <= LONGEST
    {
        return text;
    }
    let text = text.trim_matches(is_blank);
    text[..text.floor_char_boundary(LONGEST)].trim_end_matches(is_blank)
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{feff}' | '\u{200b}')
}

/// The beginning of a cell, folded.
pub(super) fn folded(text: &str) -> String {
    let text = trimmed(text);
    // A few ligatures grow.
    let mut folded = String::with_capacity(text.len() + 4);
    super::fold_into(text, &mut folded);
    folded
}

/// Some ligatures are longer once spelt: a normal form is cut to what would be read of it again.
pub(super) fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.truncate(text.trim_end().len());
    }
    text
}

/// Marks of other scripts change order when words become one: folds once more what is not ASCII.
pub(super) fn refolded(text: String) -> String {
    if text.is_ascii() { text } else { super::fold(&text) }
}

/// Words of a folded text. Words are short: looking at each byte is faster than searching for the blank.
pub(super) fn words(folded: &str) -> Words<'_> {
    Words { rest: Some(folded) }
}

#[derive(Debug, Clone)]
pub(super) struct Words<'a> {
    rest: Option<&'a str>,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let Some(end) = rest.bytes().position(|byte| byte == b' ') else {
            self.rest = None;
            return Some(rest);
        };
        self.rest = Some(&rest[end + 1..]);
        Some(&rest[..end])
    }
}
