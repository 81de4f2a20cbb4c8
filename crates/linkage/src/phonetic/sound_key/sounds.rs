//! Letters to sounds.

/// Sounds of consonants, five bits each; 0 is none.
const B: u8 = 1;
const D: u8 = 2;
const F: u8 = 3;
const G: u8 = 4;
const J: u8 = 5;
const K: u8 = 6;
const L: u8 = 7;
const M: u8 = 8;
const N: u8 = 9;
const P: u8 = 10;
const R: u8 = 11;
const S: u8 = 12;
const T: u8 = 13;
const V: u8 = 14;
const CH: u8 = 15;

/// Consonants of a key.
const MOST: usize = 11;

/// The sounds of a name, as far as they count.
pub(super) struct Sounds {
    consonants: [u8; MOST],
    len: usize,
    /// Class of the first vowel, 1 to 5; 0 without.
    vowel: u8,
    starts_with_vowel: bool,
    /// The last letter read was a consonant: the same sound again is doubled.
    touching: bool,
}

impl Sounds {
    pub(super) fn of(letters: &[u8]) -> Self {
        let letters = without_silent_end(letters);
        let mut sounds =
            Self { consonants: [0; MOST], len: 0, vowel: 0, starts_with_vowel: false, touching: false };
        let mut at = sounds.start(letters);
        while at < letters.len() && sounds.len < MOST {
            at += sounds.read(letters, at).max(1);
        }
        sounds.drop_silent_consonant(letters);
        sounds
    }

    pub(super) fn key(&self) -> u64 {
        let consonants = self.consonants.iter().fold(0_u64, |key, sound| key << 5 | u64::from(*sound));
        // One above, so that a name of silent letters alone still has a key of its own.
        consonants << 5 | u64::from(self.vowel) << 2 | u64::from(self.starts_with_vowel) << 1 | 1
    }

    /// Beginnings that are read in one piece; letters read.
    fn start(&mut self, letters: &[u8]) -> usize {
        match letters {
            [b'w', b'r', ..] => self.consonant(1, R),
            [b'k' | b'g', b'n', ..] => self.consonant(1, N),
            [b'p', b's' | b'f', ..] => 1,
            [b'x', ..] => self.consonant(1, S),
            // Mc is Mac.
            [b'm', b'c', rest @ ..] if rest.first().is_some_and(|next| !is_vowel(*next)) => {
                self.consonant(0, M);
                self.take_vowel(1);
                self.consonant(2, K)
            }
            [b'j' | b'h', b'y' | b'i', next, ..] if is_vowel(*next) => 1,
            _ => 0,
        }
    }

    /// Reads the sound at `at`; letters read.
    fn read(&mut self, letters: &[u8], at: usize) -> usize {
        let rest = &letters[at..];
        let before = at.checked_sub(1).map_or(0, |before| letters[before]);
        if is_vowel(rest[0]) {
            return self.vowels(rest);
        }
        match rest {
            [b'h', ..] => 1,
            [b'p', b'h', ..] => self.consonant(2, F),
            [b'm', b'p', b's' | b't' | b'z', ..] => self.consonant(2, M),
            [b'b', b'v', ..] => self.consonant(2, V),
            [b's' | b'c', ..] => self.hissing(rest, before),
            [b'q', b'u', ..] => self.consonant(2, K),
            [b'g', ..] => self.throat(rest, before),
            [b'd', b'g', b'e' | b'i' | b'y', ..] => self.consonant(2, J),
            [b'd', b't', ..] => self.consonant(2, T),
            [b'w', ..] => self.w(rest, before),
            [b'x', ..] => {
                self.consonant(1, K);
                self.consonant(1, S)
            }
            [letter, ..] => self.consonant(1, plain(*letter)),
            [] => 1,
        }
    }

    /// S and C, alone or with the letters after them.
    fn hissing(&mut self, rest: &[u8], before: u8) -> usize {
        match rest {
            [b's', b'c', b'h', ..] => self.consonant(3, CH),
            [b's', b'h', ..] => self.consonant(2, CH),
            [b's', b'c', b'e' | b'i' | b'y', ..] => self.consonant(2, S),
            [b's', ..] => self.consonant(1, S),
            // Christophe, Michaël.
            [b'c', b'h', b'r' | b'l', ..] | [b'c', b'h', b'a', b'e', ..] => self.consonant(2, K),
            [b'c', b'h', ..] => self.consonant(2, CH),
            [b'c', b'c', b'e' | b'i' | b'y', ..] => {
                self.consonant(1, K);
                self.consonant(2, S)
            }
            [b'c', b'e' | b'i' | b'y', ..] => self.consonant(1, S),
            // François, whose cedilla is gone.
            [b'c', b'o', b'i', ..] if before == b'n' => self.consonant(1, S),
            _ => self.consonant(1, K),
        }
    }

    /// G, alone or with the letters after it.
    fn throat(&mut self, rest: &[u8], before: u8) -> usize {
        match rest {
            [_, b'n', ..] => self.consonant(2, N),
            [_, b'u', b'e' | b'i' | b'y', ..] => self.consonant(2, G),
            // Wright, Hugh.
            [_, b'h', b't', ..] => 2,
            [_, b'h'] if is_vowel(before) => 2,
            [_, b'h', ..] => self.consonant(2, G),
            [_, b'e' | b'i' | b'y', ..] if before != b'g' => self.consonant(1, J),
            _ => self.consonant(1, G),
        }
    }

    /// W is V before a vowel and part of the vowel elsewhere.
    fn w(&mut self, rest: &[u8], before: u8) -> usize {
        let before_vowel = rest.get(1).is_some_and(|next| is_vowel(*next));
        if before_vowel || !is_vowel(before) { self.consonant(1, V) } else { 1 }
    }

    fn consonant(&mut self, letters: usize, sound: u8) -> usize {
        let doubled = self.touching && self.len > 0 && self.consonants[self.len - 1] == sound;
        if sound != 0 && !doubled && self.len < MOST {
            self.consonants[self.len] = sound;
            self.len += 1;
        }
        self.touching = true;
        letters
    }

    /// A run of vowels; only the first of a name counts.
    fn vowels(&mut self, rest: &[u8]) -> usize {
        let run = rest.iter().take_while(|letter| is_vowel(**letter)).count();
        self.take_vowel(class(rest));
        self.touching = false;
        run
    }

    fn take_vowel(&mut self, class: u8) {
        if self.vowel == 0 {
            self.vowel = class;
            self.starts_with_vowel = self.len == 0;
        }
        self.touching = false;
    }

    /// A final d or t is rarely heard in French; kept where little else would be left.
    fn drop_silent_consonant(&mut self, letters: &[u8]) {
        let silent = letters.last().is_some_and(|last| matches!(last, b'd' | b't'));
        let soft = matches!(letters, [.., b'c' | b's', b't'] | [.., b't', b'h']);
        if silent && !soft && self.len > 2 && self.len < MOST {
            self.len -= 1;
            self.consonants[self.len] = 0;
        }
    }
}

/// Endings of one sound, whatever letters follow the vowel: Thibaut, Thibaud, Thibault, Renaux; Leroux.
fn without_silent_end(letters: &[u8]) -> &[u8] {
    const ENDINGS: [(&[u8], usize); 9] = [
        (b"ault", 2),
        (b"auld", 2),
        (b"aulx", 2),
        (b"aut", 1),
        (b"aud", 1),
        (b"aux", 1),
        (b"oux", 1),
        (b"eux", 1),
        (b"oix", 1),
    ];
    let ending = ENDINGS.iter().find(|(ending, _)| letters.len() > ending.len() && letters.ends_with(ending));
    ending.map_or(letters, |(_, silent)| &letters[..letters.len() - silent])
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Sound of the vowels that begin `rest`: 1 a, 2 e, 3 i, 4 o, 5 u.
fn class(rest: &[u8]) -> u8 {
    match rest {
        [b'a' | b'e', b'i' | b'y', ..] => 2,
        [b'a', b'u' | b'w', ..] | [b'e', b'a', b'u', ..] => 4,
        // Jean, and the nasal of Henri.
        [b'e', b'a', b'n'] => 1,
        [b'e', b'n' | b'm', next, ..] if !is_vowel(*next) && !matches!(next, b'n' | b'm') => 1,
        [b'o', b'u', ..] | [b'u', ..] => 5,
        [b'a', ..] => 1,
        [b'e', ..] => 2,
        [b'i' | b'y', ..] => 3,
        _ => 4,
    }
}

fn plain(letter: u8) -> u8 {
    match letter {
        b'b' => B,
        b'd' => D,
        b'f' => F,
        b'j' => J,
        b'k' | b'q' => K,
        b'l' => L,
        b'm' => M,
        b'n' => N,
        b'p' => P,
        b'r' => R,
        b't' => T,
        b'v' => V,
        b'z' => S,
        _ => 0,
    }
}
