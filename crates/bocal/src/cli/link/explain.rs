//! Why two rows are the same person or not, in sentences.

use kernel::clock::Day;
use kernel::errors::Arg;
use kernel::texts::T;
use linkage::{Alternative, Explanation, FieldFinding};
use serde_json::{Value, json};

use super::report::field_name;
use super::standing::Standing;
use super::values::Values;

/// What was asked, and what became of the two rows.
pub(super) struct Case<'a> {
    /// How the rows were named.
    pub(super) named: [&'a str; 2],
    /// How they are called in sentences.
    pub(super) rows: [String; 2],
    /// How the rows between them are called that join them.
    pub(super) between: Vec<String>,
    pub(super) explanation: &'a Explanation,
    /// That they are one person, as in the list of pairs.
    pub(super) probability: f64,
    /// Whether they say the same in all that is compared, and are one person for that.
    pub(super) are_copies: bool,
    pub(super) standing: Standing,
    pub(super) values: &'a Values<'a>,
    /// How many rows say the same as both of each field, where both say the same.
    pub(super) like: &'a [Option<u64>],
    /// All rows.
    pub(super) all: u64,
    pub(super) one_to_one: bool,
    /// Whether two files are linked and both rows are of one of them.
    pub(super) same_file: bool,
    pub(super) threshold: f64,
    pub(super) review: f64,
}

/// Bits from which a field tells something.
const TELLING: f64 = 1.0;
/// Bits that relatives or rivals take off, from which it is said.
const TAKEN_OFF: f64 = -2.0;
/// Longest value shown, in characters.
const LONGEST: usize = 60;
/// Rows between that are named.
const NAMED: usize = 3;

/// A finding, and its place among the fields.
type Placed<'a> = (usize, &'a FieldFinding);

impl Case<'_> {
    /// Whether somebody should look at them.
    fn is_doubtful(&self) -> bool {
        match self.standing {
            Standing::Apart => !self.same_file,
            Standing::Unlike => self.probability >= self.review,
            _ => false,
        }
    }

    /// For a person.
    pub(super) fn words(&self, t: T) -> String {
        let mut parts = vec![self.decision(t)];
        parts.extend(self.fields(t));
        if self.are_copies {
            parts.push(t.get("link-explain-copies"));
        }
        if self.explanation.family < TAKEN_OFF {
            parts.push(t.get("link-explain-family"));
        }
        if self.explanation.rivals < TAKEN_OFF {
            parts.push(t.one("link-explain-rivals", "percent", percent(t, self.without_rivals())));
        }
        if self.is_too_little() {
            parts.push(t.one("link-explain-too-little", "n", self.all));
        }
        parts.extend(self.otherwise(t));
        if self.is_doubtful() {
            parts.push(t.get("link-explain-look"));
        }
        parts.join("\n\n")
    }

    /// Whether nothing speaks against one person, and what speaks for it is not enough.
    fn is_too_little(&self) -> bool {
        let any = |tells: fn(f64) -> bool| self.explanation.findings.iter().any(|it| tells(it.bits));
        let (pro, against) = (any(|bits| bits >= TELLING), any(|bits| bits <= -TELLING));
        let taken_off = self.explanation.family < TAKEN_OFF || self.explanation.rivals < TAKEN_OFF;
        self.standing == Standing::Unlike && !self.are_copies && pro && !against && !taken_off
    }

    /// The probability if no other row were a candidate.
    fn without_rivals(&self) -> f64 {
        1.0 / (1.0 + (self.explanation.rivals - self.explanation.weight).exp2())
    }

    /// The first sentence: what was decided, and what decided it.
    fn decision(&self, t: T) -> String {
        let key = match &self.standing {
            Standing::Alike => "link-explain-same",
            Standing::Always => "link-explain-always",
            Standing::ByOthers(_) => "link-explain-by-others",
            Standing::Never => "link-explain-never",
            Standing::Apart if self.same_file => "link-explain-apart-same-file",
            Standing::Apart if self.one_to_one => "link-explain-apart-one-to-one",
            Standing::Apart => "link-explain-apart",
            Standing::Unlike if self.is_doubtful() => "link-explain-review",
            Standing::Unlike => "link-explain-different",
        };
        let [first, second] = self.rows.clone();
        let mut between = self.between.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        if self.between.len() > NAMED {
            between.push_str(", …");
        }
        let args: [(&str, Arg); 6] = [
            ("first", first.into()),
            ("second", second.into()),
            ("percent", told(t, self.probability, self.threshold).into()),
            ("threshold", exactly(t, self.threshold).into()),
            ("between", between.into()),
            ("count", self.between.len().into()),
        ];
        t.all(key, &args)
    }

    /// What speaks for one person, what against, and what does not count.
    fn fields(&self, t: T) -> Vec<String> {
        let findings = self.explanation.findings.iter().enumerate();
        let mut findings: Vec<Placed<'_>> = findings.filter(|(_, finding)| is_said(finding)).collect();
        findings.sort_by(|(_, a), (_, b)| b.bits.abs().total_cmp(&a.bits.abs()));
        let (telling, neutral): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|(_, finding)| finding.bits.abs() >= TELLING);
        let (pro, contra): (Vec<_>, Vec<_>) =
            telling.into_iter().partition(|(_, finding)| finding.bits > 0.0);
        let mut parts = Vec::new();
        for (title, none, findings) in [
            ("link-explain-for", "link-explain-nothing-for", pro),
            ("link-explain-against", "link-explain-nothing-against", contra),
        ] {
            let weighed =
                |placed: Placed<'_>| format!("{}. {}", self.found(t, placed), strength(t, placed.1.bits));
            let lines: Vec<String> = findings.into_iter().map(weighed).collect();
            match lines.is_empty() {
                true => parts.push(t.get(none)),
                false => parts.push(format!("{}\n{}", t.get(title), lines.join("\n"))),
            }
        }
        if !neutral.is_empty() {
            let lines: Vec<String> = neutral.into_iter().map(|placed| self.found(t, placed)).collect();
            parts.push(format!("{}\n{}", t.get("link-explain-neutral"), lines.join("\n")));
        }
        parts
    }

    /// What they would be, or are rather, if they are not one person.
    fn otherwise(&self, t: T) -> Option<String> {
        let Explanation { household, kin, namesake, alternative, .. } = self.explanation;
        let other = match alternative {
            Alternative::Household => *household,
            Alternative::Relatives => *kin,
            Alternative::Namesakes => *namesake,
            Alternative::Strangers => (1.0 - self.probability - household - kin - namesake).max(0.0),
        };
        let name = alternative_name(*alternative);
        match self.standing {
            // Who said that they are two people knows who they are.
            Standing::Never => None,
            _ if self.are_copies => None,
            // Alike as they are, it is the other row that speaks against them.
            Standing::Unlike if self.explanation.rivals < TAKEN_OFF && self.without_rivals() >= 0.5 => None,
            Standing::Unlike if other > self.probability => {
                Some(t.get(&format!("link-explain-rather-{name}")))
            }
            _ => Some(t.get(&format!("link-explain-not-{name}"))),
        }
    }

    /// One field: what was found, and both values.
    fn found(&self, t: T, (at, finding): Placed<'_>) -> String {
        let field = field_name(t, &finding.field);
        let [left, right] = self.shown(t, finding);
        let like = self.like.get(at).copied().flatten().filter(|&like| like < self.all);
        let values = match (left.is_empty() && right.is_empty(), left == right, like) {
            (true, _, _) => String::new(),
            (_, true, None) => t.one("link-explain-value", "value", left),
            (_, true, Some(rows)) => t.all(
                "link-explain-value-in",
                &[("value", left.into()), ("n", rows.into()), ("all", self.all.into())],
            ),
            (_, false, None) => t.two("link-explain-values", "left", left, "right", right),
            (_, false, Some(rows)) => {
                let args = [
                    ("left", left.into()),
                    ("right", right.into()),
                    ("n", rows.into()),
                    ("all", self.all.into()),
                ];
                t.all("link-explain-values-in", &args)
            }
        };
        let args = [("field", field.into()), ("found", level(t, finding).into()), ("values", values.into())];
        format!("- {}", t.all("link-explain-line", &args))
    }

    /// Both values as they can be read: as in the file, days as the language writes them.
    fn shown(&self, t: T, finding: &FieldFinding) -> [String; 2] {
        let is_day = finding.field == "birth_date" || finding.field.starts_with("day:");
        let day = |text: &str| text.parse::<Day>().ok().filter(|_| is_day).map(|day| t.day(day));
        match (day(&finding.left), day(&finding.right)) {
            (Some(left), Some(right)) => [left, right],
            _ => self.values.of(finding).map(|text| short(&text)),
        }
    }

    /// For a program.
    pub(super) fn json(&self) -> Value {
        let decision = match self.standing.is_together() {
            true => "same",
            false if self.is_doubtful() => "review",
            false => "different",
        };
        let finding = |(at, finding): Placed<'_>| {
            let [left, right] = self.values.of(finding);
            json!({
                "field": finding.field, "level": finding.level, "left": left, "right": right,
                "left_read": finding.left, "right_read": finding.right, "bits": finding.bits,
                "rows_like": self.like.get(at).copied().flatten(),
            })
        };
        let findings: Vec<Value> = self.explanation.findings.iter().enumerate().map(finding).collect();
        json!({
            "rows": self.named, "probability": self.probability, "decision": decision,
            "decided_by": self.standing.name(), "same_cluster": self.standing.is_together(),
            "before_bits": self.explanation.before, "findings": findings,
            "family_bits": self.explanation.family, "rivals_bits": self.explanation.rivals,
            "copies": self.are_copies, "alternative": alternative_name(self.explanation.alternative),
        })
    }
}

/// Whether a field is worth a line: it was compared, or both rows say something that could not be.
fn is_said(finding: &FieldFinding) -> bool {
    finding.level != "missing" || !finding.left.is_empty() && !finding.right.is_empty()
}

/// Name of what two rows are if they are not one person, in texts and for programs.
const fn alternative_name(alternative: Alternative) -> &'static str {
    match alternative {
        Alternative::Household => "household",
        Alternative::Relatives => "relatives",
        Alternative::Namesakes => "namesakes",
        Alternative::Strangers => "strangers",
    }
}

/// How much a field says.
fn strength(t: T, bits: f64) -> String {
    t.get(match bits.abs() {
        bits if bits >= 12.0 => "link-strength-decisive",
        bits if bits >= 6.0 => "link-strength-strong",
        bits if bits >= 2.5 => "link-strength-fair",
        _ => "link-strength-slight",
    })
}

/// How far a field agrees.
fn level(t: T, finding: &FieldFinding) -> String {
    let within = finding.level.strip_prefix("within_").and_then(|level| level.strip_suffix("_percent"));
    if let Some(Ok(percent)) = within.map(str::parse::<u32>) {
        return t.one("link-level-within-percent", "n", percent);
    }
    let key = format!("link-level-{}", finding.level);
    match t.has(&key) {
        true => t.get(&key),
        false if finding.bits > 0.0 => t.get("link-level-alike"),
        false => t.get("link-level-different"),
    }
}

/// A value as it can be shown on one line of a terminal.
fn short(value: &str) -> String {
    let tidy: String =
        value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST + 1).collect();
    match tidy.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", tidy.get(..at).unwrap_or_default()),
        None => tidy,
    }
}

/// A probability in per cent that never claims certainty.
fn percent(t: T, probability: f64) -> String {
    match probability * 100.0 {
        percent if percent > 99.99 => t.one("link-more-than", "percent", t.percent(0.9999, 2)),
        percent if percent < 0.01 => t.one("link-less-than", "percent", t.percent(0.0001, 2)),
        _ => t.percent(probability, digits(probability)),
    }
}

/// A probability in per cent; one below the threshold never looks as if it were at it.
fn told(t: T, probability: f64, threshold: f64) -> String {
    let unit = 10_f64.powi(digits(probability) as i32 + 2);
    match probability < threshold && (probability * unit).round() / unit >= threshold {
        true => t.one("link-just-below", "percent", exactly(t, threshold)),
        false => percent(t, probability),
    }
}

/// Decimals that a probability is told with, in per cent.
fn digits(probability: f64) -> usize {
    if (0.01..=0.99).contains(&probability) { 0 } else { 2 }
}

/// A probability that somebody chose, with as many digits as they gave.
fn exactly(t: T, probability: f64) -> String {
    let percent = probability * 100.0;
    let digits = (0..9).find(|&digits| {
        let unit = 10_f64.powi(digits);
        ((percent * unit).round() / unit - percent).abs() < 1e-9
    });
    t.percent(probability, digits.unwrap_or(9) as usize)
}

#[cfg(test)]
mod tests {
    use kernel::texts::Locale;

    use super::*;

    fn t(locale: Locale) -> T {
        crate::assembly::texts().unwrap().reader(locale)
    }

    #[test]
    fn a_probability_never_claims_certainty() {
        assert_eq!(percent(t(Locale::En), 1.0), "more than 99.99%");
        assert_eq!(percent(t(Locale::Fr), 0.0), "moins de 0,01\u{202f}%");
        assert_eq!(percent(t(Locale::Fr), 0.9973), "99,73\u{202f}%");
        assert_eq!(percent(t(Locale::En), 0.42), "42%");
    }

    #[test]
    fn a_probability_below_the_threshold_does_not_look_as_if_it_were_at_it() {
        let told = |probability, threshold| told(t(Locale::En), probability, threshold);
        assert_eq!(told(0.4999, 0.5), "a little less than 50%");
        assert_eq!(told(0.99899, 0.999), "a little less than 99.9%");
        assert_eq!((told(0.49, 0.5), told(0.5, 0.5)), ("49%".to_owned(), "50%".to_owned()));
    }

    #[test]
    fn a_threshold_is_told_as_it_was_given() {
        let told = [0.5, 0.999, 0.0001, 0.12345].map(|threshold| exactly(t(Locale::En), threshold));
        assert_eq!(told, ["50%", "99.9%", "0.01%", "12.345%"]);
    }

    #[test]
    fn what_is_shown_fits_one_line() {
        assert_eq!(short("a\nb\u{7}"), "a b ");
        assert!(short(&"é".repeat(1_000_000)).chars().count() <= LONGEST + 1);
    }
}
