//! Optimal string alignment distance with a limit.

use super::{ROOM, letters};

/// Number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other, no letter
/// being edited twice (optimal string alignment); `None` above `most`. Work is at most the length of the texts times
/// `most`.
///
/// Sources: F. J. Damerau, 1964, "A technique for computer detection and correction of spelling errors"; short ASCII
/// texts by H. Hyyrö, 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances".
///
/// ```
/// use linkage::distance::osa_within;
/// assert_eq!(osa_within("dupont", "dupnot", 2), Some(1));
/// assert_eq!(osa_within("dupont", "durand", 2), None);
/// ```
#[must_use]
pub fn osa_within(a: &str, b: &str, most: usize) -> Option<usize> {
    let (left, right) = (a.as_bytes(), b.as_bytes());
    if left == right {
        return Some(0);
    }
    if most == 0 {
        return None;
    }
    if a.is_ascii() && b.is_ascii() {
        return of_bytes(left, right, most);
    }
    let (mut left, mut right) = (ROOM, ROOM);
    if let (Some(a), Some(b)) = (letters(a, &mut left), letters(b, &mut right)) {
        return of_letters(a, b, most);
    }
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    of_letters(&a, &b, most)
}

fn of_bytes(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let places = |a: &[u8], b: &[u8]| {
        let mut places = [0_u64; 128];
        for (i, letter) in a.iter().enumerate() {
            places[usize::from(letter & 127)] |= 1 << i;
        }
        of_word((a.len(), b.len()), most, |j| places[usize::from(b[j] & 127)])
    };
    of_any(a, b, most, |letter| *letter, places)
}

fn of_letters(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let places = |a: &[char], b: &[char]| of_word((a.len(), b.len()), most, |j| super::places(b[j], a));
    of_any(a, b, most, |letter| *letter as u8, places)
}

/// What texts of bytes and of characters have in common. `kind` gives a letter's kind, `of_word` compares texts of which the
/// first fits a word.
fn of_any<T: PartialEq>(
    a: &[T],
    b: &[T],
    most: usize,
    kind: impl Fn(&T) -> u8,
    of_word: impl Fn(&[T], &[T]) -> Option<usize>,
) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let (a, b) = differing(a, b);
    // The shorter one is the pattern: its length is that of the word.
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if a.is_empty() {
        return Some(b.len());
    }
    if most == 1 {
        return (is_one_edit(a, b)).then_some(1);
    }
    // An edit adds at most one kind of letter and removes at most one.
    if (kinds(a, &kind) ^ kinds(b, &kind)).count_ones() as usize > 2 * most {
        return None;
    }
    if a.len() <= super::WORD { of_word(a, b) } else { banded(a, b, most) }
}

/// The texts without their common beginning and end, which cost nothing.
fn differing<'a, T: PartialEq>(a: &'a [T], b: &'a [T]) -> (&'a [T], &'a [T]) {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Whether one edit is enough, for texts that differ at both ends and of which `a` is not the longer one.
fn is_one_edit<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    match (a, b) {
        ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// A bit for each kind of letter met.
fn kinds<T>(text: &[T], kind: impl Fn(&T) -> u8) -> u64 {
    text.iter().fold(0, |kinds, letter| kinds | 1 << (kind(letter) & 63))
}

/// Hyyrö's columns of bits: bit i of `up` says the cell i of the column is one more than the one above it, of `down` one
/// less. `places` gives the places in `a`, of at most 64 letters, of the letter at a place of `b`.
fn of_word((a_len, b_len): (usize, usize), most: usize, places: impl Fn(usize) -> u64) -> Option<usize> {
    let last = 1_u64 << ((a_len - 1) & 63);
    let (mut up, mut down, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
    let mut distance = a_len;
    for j in 0..b_len {
        let here = places(j);
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = ((here & up).wrapping_add(up) ^ up) | here | down | swapped;
        let right_up = down | !(diagonal | up);
        let right_down = diagonal & up;
        distance += usize::from(right_up & last != 0);
        distance -= usize::from(right_down & last != 0);
        // Each letter that is left may at best take one off.
        if distance > most + (b_len - 1 - j) {
            return None;
        }
        let (shifted_up, shifted_down) = ((right_up << 1) | 1, right_down << 1);
        up = shifted_down | !(diagonal | shifted_up);
        down = diagonal & shifted_up;
        before = here;
    }
    (distance <= most).then_some(distance)
}

/// Rows of the table, only the cells at most `most` off its diagonal: others cannot be on a path that short.
fn banded<T: PartialEq>(a: &[T], b: &[T], most: usize) -> Option<usize> {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let most = most.min(b.len());
    if b.len() - a.len() > most {
        return None;
    }
    let far = most + 1;
    let width = 2 * most + 1;
    // Cell `k` of row i is column i + k − most of the table.
    let mut rows = [vec![far; width], vec![far; width], vec![far; width]];
    for (k, cell) in rows[1].iter_mut().enumerate().skip(most) {
        *cell = (k - most).min(far);
    }
    for i in 1..=a.len() {
        let [before, above, row] = &mut rows;
        let mut least = far;
        for k in 0..width {
            row[k] = cell(a, b, (i, k), most, (before, above, row));
            least = least.min(row[k]);
        }
        if least >= far {
            return None;
        }
        rows.rotate_left(1);
    }
    let distance = rows[1][b.len() + most - a.len()];
    (distance <= most).then_some(distance)
}

/// One cell: row `i` from 1, place `k` in the band; rows are the one before the last, the last and the current.
fn cell<T: PartialEq>(
    a: &[T],
    b: &[T],
    (i, k): (usize, usize),
    most: usize,
    (before, above, row): (&[usize], &[usize], &[usize]),
) -> usize {
    let far = most + 1;
    let Some(j) = (i + k).checked_sub(most).filter(|j| *j <= b.len()) else { return far };
    if j == 0 {
        return i.min(far);
    }
    let mut least = above[k] + usize::from(a[i - 1] != b[j - 1]);
    if k > 0 {
        least = least.min(row[k - 1] + 1);
    }
    if let Some(cell) = above.get(k + 1) {
        least = least.min(cell + 1);
    }
    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
        least = least.min(before[k] + 1);
    }
    least.min(far)
}
