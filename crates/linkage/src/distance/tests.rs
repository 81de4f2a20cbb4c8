use proptest::prelude::*;

use super::{jaro, jaro_winkler, osa_within};

/// The whole table, cell by cell.
fn osa_by_table(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swapped { least.min(table[i - 2][j - 2] + 1) } else { least }
                }
            };
        }
    }
    table[a.len()][b.len()]
}

/// Jaro as the definition reads, letter by letter.
fn jaro_by_definition(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; b.len()];
    let mut in_a = Vec::new();
    for (i, letter) in a.iter().enumerate() {
        let window = i.saturating_sub(reach)..(i + reach + 1).min(b.len());
        if let Some(j) = window.into_iter().find(|j| !taken[*j] && b[*j] == *letter) {
            taken[j] = true;
            in_a.push(*letter);
        }
    }
    if in_a.is_empty() {
        return 0.0;
    }
    let in_b = b.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(letter, _)| letter);
    let transposed = in_a.iter().zip(in_b).filter(|(a, b)| a != b).count() / 2;
    let m = in_a.len() as f64;
    (m / a.len() as f64 + m / b.len() as f64 + (m - transposed as f64) / m) / 3.0
}

#[test]
fn an_empty_text_is_no_evidence() {
    assert_eq!(jaro("", ""), None);
    assert_eq!(jaro_winkler("a", ""), None);
    assert_eq!(osa_within("", "abc", 3), Some(3));
    assert_eq!(osa_within("", "abc", 2), None);
}

#[test]
fn a_swap_of_neighbours_costs_one_and_no_letter_is_edited_twice() {
    assert_eq!(osa_within("ca", "abc", 5), Some(3));
    assert_eq!(osa_within("éa", "aé", 1), Some(1));
    assert_eq!(osa_within("ab", "ba", 0), None);
}

#[test]
fn texts_of_a_megabyte_take_no_square_of_time() {
    let (a, b) = ("ab".repeat(500_000), "ba".repeat(500_000));
    assert!(jaro(&a, &b).is_some_and(|same| same > 0.6));
    assert_eq!(osa_within(&a, &b, 2), Some(2));
    assert_eq!(osa_within(&a, &"é".repeat(500_000), 2), None);
}

proptest! {
    #[test]
    fn jaro_follows_its_definition(a in "[abcdé]{1,80}", b in "[abcde]{1,80}", x in "[абвгдеж]{1,70}", y in "[абвгa-c]{1,70}", c in "[a-d]{1,12}", d in "[a-d]{1,64}") {
        for (a, b) in [(&a, &b), (&b, &a), (&x, &y), (&y, &x), (&c, &d), (&d, &c), (&d, &b)] {
            prop_assert!(jaro(a, b).is_some_and(|same| (same - jaro_by_definition(a, b)).abs() < 1e-15));
        }
    }

    #[test]
    fn distances_are_symmetric(a in ".{0,90}", b in ".{0,90}", c in "[ab]{0,70}", d in "[ab]{0,70}") {
        for (a, b) in [(&a, &b), (&c, &d), (&a, &c)] {
            prop_assert_eq!(jaro(a, b), jaro(b, a));
            prop_assert_eq!(jaro_winkler(a, b), jaro_winkler(b, a));
            prop_assert_eq!(osa_within(a, b, 5), osa_within(b, a, 5));
        }
    }

    #[test]
    fn edits_follow_the_table(a in "[abcé]{0,20}", b in "[abcé]{0,20}", x in "[аб]{0,70}", y in "[абв]{0,70}", c in "[ab]{0,80}", d in "[ab]{0,80}", most in 0_usize..40) {
        for (a, b) in [(&a, &b), (&c, &d), (&a, &d), (&x, &y), (&y, &x), (&x, &c)] {
            let whole = osa_by_table(a, b);
            prop_assert_eq!(osa_within(a, b, most), (whole <= most).then_some(whole));
        }
    }

    #[test]
    fn one_edit_is_within_one(a in "[a-c]{1,70}", at in 0_usize..70, letter in "[a-c]") {
        let at = at % a.len();
        let b = format!("{}{letter}{}", &a[..at], &a[at + 1..]);
        prop_assert!(osa_within(&a, &b, 1).is_some());
        let b = format!("{}{letter}{}", &a[..at], &a[at..]);
        prop_assert_eq!(osa_within(&a, &b, 1), Some(1));
        prop_assert_eq!(osa_within(&a, &b, 2), Some(1));
    }
}
