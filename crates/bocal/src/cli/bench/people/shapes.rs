//! The shapes of telephone numbers and addresses.

use super::random::Random;

/// The ten digits of a telephone number, as people write them.
pub(super) fn formatted(digits: &str, random: &mut Random) -> String {
    let pairs = |by: &str| {
        let pairs: Vec<&str> = (0..digits.len())
            .step_by(2)
            .filter_map(|at| digits.get(at..(at + 2).min(digits.len())))
            .collect();
        pairs.join(by)
    };
    let rest = digits.get(1..).unwrap_or("");
    match random.among(&[42.0, 28.0, 10.0, 8.0, 6.0, 3.0, 3.0]) {
        0 => digits.to_owned(),
        1 => pairs(" "),
        2 => pairs("."),
        3 => format!("+33{rest}"),
        4 => format!("+33 {} {}", rest.get(..1).unwrap_or(""), rest.get(1..).unwrap_or("")),
        5 => format!("0033{rest}"),
        // A spreadsheet took it for a number.
        _ => rest.to_owned(),
    }
}

/// A kind of street, as letters shorten it.
pub(super) fn abbreviated<'a>(kind: &'a str, random: &mut Random) -> &'a str {
    match kind {
        "avenue" => random.word(&["av", "av.", "ave"]),
        "boulevard" => random.word(&["bd", "Bd", "boul.", "bld"]),
        "chemin" => random.word(&["ch", "chem", "che"]),
        "impasse" => random.word(&["imp", "imp."]),
        "allée" => random.word(&["all", "all."]),
        "place" => random.word(&["pl", "pl."]),
        "route" => random.word(&["rte", "rte."]),
        "rue" => random.word(&["r", "r.", "rue"]),
        "résidence" => random.word(&["res", "rés."]),
        "square" => random.word(&["sq", "sq."]),
        _ => kind,
    }
}
