//! Why two rows are the same person or not, in sentences.

use kernel::texts::{Locale, T};
use linkage::{Alternative, Explanation, FieldFinding};
use serde_json::{Value, json};

/// What was asked, and what became of the two rows.
pub(super) struct Case<'a> {
    /// How the rows were named.
    pub(super) rows: [&'a str; 2],
    pub(super) explanation: &'a Explanation,
    /// Whether the two rows are in one group at the threshold.
    pub(super) together: bool,
    pub(super) threshold: f64,
    pub(super) review: f64,
}

/// What is decided of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Same,
    Review,
    Different,
}

/// Bits from which a field tells something.
const TELLING: f64 = 1.0;
/// Longest value shown, in characters.
const LONGEST: usize = 60;

impl Case<'_> {
    fn decision(&self) -> Decision {
        let probability = self.explanation.probability;
        match () {
            // Likely enough, and kept apart all the same: that is for somebody to look at.
            () if probability >= self.threshold && self.together => Decision::Same,
            () if probability >= self.review => Decision::Review,
            () => Decision::Different,
        }
    }

    /// For a person.
    pub(super) fn words(&self, t: T) -> String {
        let decision = self.decision();
        let key = match decision {
            Decision::Same => "link-explain-same",
            Decision::Review => "link-explain-review",
            Decision::Different => "link-explain-different",
        };
        let [first, second] = self.rows.map(|row| row.to_owned().into());
        let percent = percent(t.locale(), self.explanation.probability);
        let mut parts =
            vec![t.all(key, &[("first", first), ("second", second), ("percent", percent.into())])];
        let said = self.explanation.findings.iter().filter(|finding| finding.level != "missing");
        let mut findings: Vec<&FieldFinding> = said.collect();
        findings.sort_by(|a, b| b.bits.abs().total_cmp(&a.bits.abs()));
        let (telling, neutral): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| finding.bits.abs() >= TELLING);
        let (pro, contra): (Vec<_>, Vec<_>) = telling.into_iter().partition(|finding| finding.bits > 0.0);
        for (title, none, findings) in [
            ("link-explain-for", "link-explain-nothing-for", pro),
            ("link-explain-against", "link-explain-nothing-against", contra),
        ] {
            let lines: Vec<String> = findings.into_iter().map(|finding| line(t, finding)).collect();
            match lines.is_empty() {
                true => parts.push(t.get(none)),
                false => parts.push(format!("{}\n{}", t.get(title), lines.join("\n"))),
            }
        }
        if !neutral.is_empty() {
            let lines: Vec<String> = neutral.into_iter().map(|finding| found(t, finding)).collect();
            parts.push(format!("{}\n{}", t.get("link-explain-neutral"), lines.join("\n")));
        }
        if self.explanation.family < -2.0 {
            parts.push(t.get("link-explain-family"));
        }
        if self.explanation.rivals < -2.0 {
            parts.push(t.get("link-explain-rivals"));
        }
        parts.push(t.get(match (decision, self.explanation.alternative) {
            (Decision::Same, Alternative::Household) => "link-explain-not-household",
            (Decision::Same, Alternative::Relatives) => "link-explain-not-relatives",
            (Decision::Same, Alternative::Strangers) => "link-explain-not-strangers",
            (_, Alternative::Household) => "link-explain-rather-household",
            (_, Alternative::Relatives) => "link-explain-rather-relatives",
            (_, Alternative::Strangers) => "link-explain-rather-strangers",
        }));
        match (decision, self.together) {
            (Decision::Review, false) if self.explanation.probability >= self.threshold => {
                parts.push(t.get("link-explain-kept-apart"));
            }
            (Decision::Review | Decision::Different, true) => {
                parts.push(t.get("link-explain-joined-by-others"))
            }
            (Decision::Review, false) => parts.push(t.get("link-explain-look")),
            _ => {}
        }
        parts.join("\n\n")
    }

    /// For a program.
    pub(super) fn json(&self) -> Value {
        let decision = match self.decision() {
            _ if self.together => "same",
            Decision::Same => "same",
            Decision::Review => "review",
            Decision::Different => "different",
        };
        let alternative = match self.explanation.alternative {
            Alternative::Household => "household",
            Alternative::Relatives => "relatives",
            Alternative::Strangers => "strangers",
        };
        let finding = |finding: &FieldFinding| {
            json!({
                "field": finding.field, "level": finding.level,
                "left": finding.left, "right": finding.right, "bits": finding.bits, "share": finding.share,
            })
        };
        let findings: Vec<Value> = self.explanation.findings.iter().map(finding).collect();
        json!({
            "rows": self.rows, "probability": self.explanation.probability, "decision": decision,
            "same_cluster": self.together, "before_bits": self.explanation.before, "findings": findings,
            "family_bits": self.explanation.family, "rivals_bits": self.explanation.rivals, "alternative": alternative,
        })
    }
}

/// One field: what was found, both values, and how much it says.
fn line(t: T, finding: &FieldFinding) -> String {
    let strength = t.get(match finding.bits.abs() {
        bits if bits >= 12.0 => "link-strength-decisive",
        bits if bits >= 6.0 => "link-strength-strong",
        bits if bits >= 2.5 => "link-strength-fair",
        _ => "link-strength-slight",
    });
    format!("{}. {strength}", found(t, finding))
}

/// One field: what was found, and both values.
fn found(t: T, finding: &FieldFinding) -> String {
    let (kind, column) = finding.field.split_once(':').unwrap_or((&finding.field, ""));
    let key = format!("link-field-{kind}");
    let field = if t.has(&key) { t.one(&key, "column", column) } else { finding.field.clone() };
    let level = format!("link-level-{}", finding.level);
    let found = match t.has(&level) {
        true => t.get(&level),
        false if finding.bits > 0.0 => t.get("link-level-alike"),
        false => t.get("link-level-different"),
    };
    let (left, right) = (shown(&finding.left), shown(&finding.right));
    let values = match (left.is_empty(), right.is_empty()) {
        (true, true) => String::new(),
        _ if left == right => match finding.share.filter(|share| *share > 0.0 && *share < 1.0) {
            Some(share) => t.two("link-explain-rare", "value", left, "n", rounded(1.0 / share)),
            None => t.one("link-explain-value", "value", left),
        },
        _ => t.two("link-explain-values", "left", left, "right", right),
    };
    let args = [("field", field.into()), ("found", found.into()), ("values", values.into())];
    format!("- {}", t.all("link-explain-line", &args).replace("  ", " "))
}

/// A count to two digits: shares are known to within a sixth.
fn rounded(count: f64) -> f64 {
    let unit = 10_f64.powf(count.max(1.0).log10().floor() - 1.0).max(1.0);
    (count / unit).round() * unit
}

/// A value as it can be shown on one line of a terminal.
fn shown(value: &str) -> String {
    let tidy: String =
        value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST + 1).collect();
    match tidy.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", tidy.get(..at).unwrap_or_default()),
        None => tidy,
    }
}

/// A probability in per cent that never claims certainty.
fn percent(locale: Locale, probability: f64) -> String {
    let (text, bound) = match probability * 100.0 {
        percent if percent > 99.99 => ("99.99".to_owned(), ">"),
        percent if percent < 0.01 => ("0.01".to_owned(), "<"),
        percent if (1.0..=99.0).contains(&percent) => (format!("{percent:.0}"), ""),
        percent => (format!("{percent:.2}"), ""),
    };
    match (locale, bound) {
        (Locale::En, ">") => format!("more than {text}%"),
        (Locale::En, "<") => format!("less than {text}%"),
        (Locale::En, _) => format!("{text}%"),
        (Locale::Fr, bound) => {
            let words = match bound {
                ">" => "plus de ",
                "<" => "moins de ",
                _ => "",
            };
            format!("{words}{}\u{202f}%", text.replace('.', ","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_never_claims_certainty() {
        assert_eq!(percent(Locale::En, 1.0), "more than 99.99%");
        assert_eq!(percent(Locale::Fr, 0.0), "moins de 0,01\u{202f}%");
        assert_eq!(percent(Locale::Fr, 0.9973), "99,73\u{202f}%");
        assert_eq!(percent(Locale::En, 0.42), "42%");
    }

    #[test]
    fn counts_are_told_to_two_digits() {
        assert_eq!([8_192.0, 181.02, 4.0, 0.5].map(rounded), [8_200.0, 180.0, 4.0, 1.0]);
    }

    #[test]
    fn what_is_shown_fits_one_line() {
        assert_eq!(shown("a\nb\u{7}"), "a b ");
        assert!(shown(&"é".repeat(1_000_000)).chars().count() <= LONGEST + 1);
    }
}
