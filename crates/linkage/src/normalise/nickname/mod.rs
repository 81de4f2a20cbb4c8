//! Whether two given names are forms of one.

mod table;

use self::table::FORMS;

/// Most full names that one form stands for.
const MOST: usize = 8;

/// The full names that a given name may stand for: Alex is Alexandre, Alexandra or Alexis. As numbers: they have no
/// meaning but to be compared, and may change between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forms {
    names: [u32; MOST],
    len: u8,
}

impl Forms {
    /// Whether one person may bear both names: they are forms of one full name, as Bob and Rob are of Robert.
    #[must_use]
    pub fn share(&self, other: &Self) -> bool {
        self.names().iter().any(|name| other.names().contains(name))
    }

    /// Numbers of the full names.
    #[must_use]
    pub fn names(&self) -> &[u32] {
        &self.names[..usize::from(self.len)]
    }
}

/// Full names that a folded given name (see [`given_name`](super::given_name)) stands for; `None` for names without known
/// forms, which is no sign of anything. Compound names are found with or without the space ("jean claude").
///
/// ```
/// use linkage::normalise::forms;
/// let share = |a, b| forms(a).zip(forms(b)).is_some_and(|(a, b)| a.share(&b));
/// assert!(share("bob", "robert"));
/// assert!(share("jean claude", "jc"));
/// assert!(!share("bob", "william"));
/// ```
#[must_use]
pub fn forms(name: &str) -> Option<Forms> {
    const LONGEST: usize = 16;
    let mut letters = [0_u8; LONGEST];
    let mut len = 0;
    for byte in name.bytes().filter(|byte| *byte != b' ') {
        *letters.get_mut(len)? = byte;
        len += 1;
    }
    let row = FORMS.binary_search_by(|(form, _)| form.as_bytes().cmp(&letters[..len])).ok()?;
    let mut forms = Forms::default();
    for (place, full) in forms.names.iter_mut().zip(FORMS[row].1.split(' ')) {
        *place = number(full);
        forms.len += 1;
    }
    Some(forms)
}

/// Number of a full name: a digest of its letters (FNV-1a); no two of the table share one.
fn number(full: &str) -> u32 {
    full.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    fn share(a: &str, b: &str) -> bool {
        forms(a).zip(forms(b)).is_some_and(|(a, b)| a.share(&b))
    }

    #[test]
    fn the_table_is_in_order_and_full_names_have_numbers_of_their_own() {
        assert!(FORMS.is_sorted_by(|a, b| a.0 < b.0));
        let fulls: HashSet<&str> = FORMS.iter().flat_map(|(_, fulls)| fulls.split(' ')).collect();
        let numbers: HashMap<u32, &str> = fulls.iter().map(|full| (number(full), *full)).collect();
        assert_eq!(numbers.len(), fulls.len());
        for (form, fulls) in FORMS {
            assert!(fulls.split(' ').count() <= MOST && form.len() <= 16, "{form}");
            assert!(fulls.split(' ').all(|full| share(form, full)), "{form}");
        }
    }

    #[test]
    fn forms_of_one_name_are_found() {
        for (a, b) in [
            ("robert", "bob"),
            ("bob", "rob"),
            ("elisabeth", "liz"),
            ("beth", "babeth"),
            ("alexandre", "alex"),
            ("jean claude", "jc"),
            ("frederic", "fred"),
            ("christophe", "chris"),
            ("catherine", "cathy"),
            ("william", "bill"),
            ("katherine", "kate"),
            ("margaret", "peggy"),
            ("richard", "dick"),
            ("meriem", "maryam"),
            ("hocine", "hussein"),
            ("yacine", "yassin"),
        ] {
            assert!(share(a, b) && share(b, a), "{a} {b}");
        }
    }

    #[test]
    fn other_names_are_not_forms_of_one() {
        for (a, b) in [("jean", "pierre"), ("stephane", "stephen"), ("paul", "pauline"), ("marie", "martine")]
        {
            assert!(!share(a, b), "{a} {b}");
        }
        assert_eq!(forms("zorglub"), None);
        assert_eq!(forms(&"a".repeat(1_000_000)), None);
    }
}
