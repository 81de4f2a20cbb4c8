//! What spares a look at a text: which letters it has.

/// A bit for each letter, and six for digits; other scripts share all of them, letters that follow each other in their
/// alphabet having each its own.
///
/// One slip of the hand changes at most two bits, so that texts which differ in more are far apart.
pub(crate) fn letters(text: &str) -> u32 {
    if !text.is_ascii() {
        return text.chars().fold(0, |bits, letter| bits | bit(letter));
    }
    text.bytes().fold(0, |bits, byte| bits | plain_bit(byte))
}

fn bit(letter: char) -> u32 {
    match u8::try_from(letter) {
        Ok(byte @ 0..128) => plain_bit(byte),
        _ => 1 << (letter as u32 % 32),
    }
}

const fn plain_bit(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'A'..=b'Z' => 1 << (byte - b'A'),
        b'0'..=b'9' => 1 << (26 + (byte - b'0') % 6),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_of_one_alphabet_are_told_apart_whatever_the_script() {
        for alphabet in
            ["абвгдежзийклмнопрстуфхцчшщъыьэюя", "αβγδεζηθικλμνξοπρστυφχψω", "abcdefghijklmnopqrstuvwxyz"]
        {
            assert_eq!(letters(alphabet).count_ones() as usize, alphabet.chars().count());
            let slip: String = alphabet.chars().skip(1).collect();
            assert_eq!((letters(alphabet) ^ letters(&slip)).count_ones(), 1);
        }
        assert_eq!(letters("o'brien é"), letters("obrien") | letters("é"));
    }
}
