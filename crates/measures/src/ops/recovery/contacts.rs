//! Contacts and complaints.

use serde::Deserialize;
use serde_json::Value;

use super::super::input::{confidence, count, read, write};
use super::super::{CONFIDENCE, OpError, OpInfo, Plot, Run};
use super::OpField;
use crate::recovery::{ComplaintAccumulator, Contact, Window, first_contact_resolution};

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "recovery.first_contact_resolution",
        purpose: "How many issues were solved at the first contact: one contact, marked resolved, and no \
                  other on the same reason within the window. Read rate 0.7 as: 7 in 10 did not have to come \
                  back.",
        caution: "There is no agreed formula, so name the window with the figure and never compare figures \
                  of different windows. Give the contacts of every channel: who writes after calling has \
                  come back. A repeat filed under another reason passes for a success.",
        inputs: &[
            OpField { name: "contacts", meaning: "list of contacts, in any order" },
            OpField { name: "contacts[].customer", meaning: "who, as text" },
            OpField { name: "contacts[].reason", meaning: "about what, as text" },
            OpField { name: "contacts[].date", meaning: "day of the contact, YYYY-MM-DD" },
            OpField { name: "contacts[].resolved", meaning: "true or false; null if nobody marked it" },
            OpField {
                name: "window_days",
                meaning: "days after a contact within which another is a repeat, the last included; a whole \
                          number",
            },
            OpField { name: "observed", meaning: "last day contacts were seen, YYYY-MM-DD" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "contacts", meaning: "contacts in all" },
            OpField { name: "issues", meaning: "issues they form" },
            OpField { name: "pending", meaning: "issues too fresh to judge: a repeat could still come" },
            OpField { name: "unmarked", meaning: "issues of one contact that nobody marked, left out" },
            OpField { name: "eligible", meaning: "issues judged: issues - pending - unmarked" },
            OpField { name: "resolved_first", meaning: "of these, with one contact, marked resolved" },
            OpField {
                name: "rate",
                meaning: "resolved_first / eligible, 0 to 1; null without eligible issues",
            },
            OpField { name: "ci_wilson", meaning: "[low, high], interval of the rate; null with it" },
        ],
        formula: "contacts of one customer on one reason are one issue while each comes within window_days \
                  of the one before; pending if the last contact + window_days is after observed; rate = \
                  resolved_first / eligible",
        source: "Anton & Gustin 2000, Call Center Benchmarking; frame: ISO 18295-1:2017; Wilson 1927, \
                 Probable inference, the law of succession, and statistical inference",
        example: r#"{"contacts": [{"customer": "a", "reason": "bill", "date": "2024-01-02", "resolved": true}, {"customer": "b", "reason": "bill", "date": "2024-01-02", "resolved": true}, {"customer": "b", "reason": "bill", "date": "2024-01-05", "resolved": true}], "window_days": 7, "observed": "2024-02-01"}"#,
        plot: Some(Plot::Interval { value: "rate", interval: "ci_wilson" }),
        run: Run::Alone(first_contact),
    },
    OpInfo {
        name: "recovery.complaint_rate",
        purpose: "How many complaints come of so many orders, contracts or customers, and between which \
                  bounds the rate lies. Of two periods whose intervals overlap widely, do not say that one \
                  was better.",
        caution: "Not a rate of dissatisfaction: few of the dissatisfied complain. A rise after opening an \
                  easier channel is a success, not a decline. One breakdown that makes hundreds call is one \
                  event: the interval is too narrow then.",
        inputs: &[
            OpField { name: "complaints", meaning: "complaints, a whole number" },
            OpField {
                name: "exposure", meaning: "orders, contracts, customers … they arose from, above 0"
            },
            OpField { name: "per", meaning: "the rate is for so many of them, above 0; 1000 if left out" },
            CONFIDENCE,
        ],
        outputs: &[
            OpField { name: "complaints", meaning: "complaints" },
            OpField { name: "exposure", meaning: "what they arose from" },
            OpField { name: "rate", meaning: "complaints / exposure x per" },
            OpField { name: "ci", meaning: "[low, high], exact interval of the rate" },
        ],
        formula: "rate = x / exposure per; interval with chi2(alpha/2; 2x) / 2 and chi2(1 - alpha/2; 2x + 2) \
                  / 2 in place of x, from 0 when x = 0",
        source: "Garwood 1936, Fiducial limits for the Poisson distribution",
        example: r#"{"complaints": 12, "exposure": 5000, "per": 1000}"#,
        plot: Some(Plot::Interval { value: "rate", interval: "ci" }),
        run: Run::Alone(complaint_rate),
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactInput {
    customer: String,
    reason: String,
    date: String,
    resolved: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstContactInput {
    contacts: Vec<ContactInput>,
    window_days: f64,
    observed: String,
    confidence: Option<f64>,
}

fn first_contact(input: &Value) -> Result<Value, OpError> {
    let input: FirstContactInput = read(input)?;
    let window = Window { days: count("window_days", input.window_days)?, observed: day(&input.observed)? };
    let contacts = input
        .contacts
        .iter()
        .map(|contact| {
            Ok(Contact {
                customer: &contact.customer,
                reason: &contact.reason,
                day: day(&contact.date)?,
                resolved: contact.resolved,
            })
        })
        .collect::<Result<Vec<_>, OpError>>()?;
    write(first_contact_resolution(&contacts, window, confidence(input.confidence)?)?)
}

/// Number of a day given as YYYY-MM-DD, from 0000-03-01.
fn day(text: &str) -> Result<i64, OpError> {
    let wrong = || OpError::bad_shape(format!("{text:?} is no day of the form YYYY-MM-DD"));
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    if !is_shaped {
        return Err(wrong());
    }
    let number = |part: &[u8]| part.iter().fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let (year, month, day) = (number(&bytes[..4]), number(&bytes[5..7]), number(&bytes[8..]));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    if !(1..=last).contains(&day) {
        return Err(wrong());
    }
    // Years begin in March, so that the day a leap year adds is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Ok(365 * year + leap_days + (153 * month + 2) / 5 + day - 1)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComplaintInput {
    complaints: f64,
    exposure: f64,
    per: Option<f64>,
    confidence: Option<f64>,
}

fn complaint_rate(input: &Value) -> Result<Value, OpError> {
    let input: ComplaintInput = read(input)?;
    let mut all = ComplaintAccumulator::new();
    all.push(count("complaints", input.complaints)?, input.exposure)?;
    write(all.summary(input.per.unwrap_or(1_000.0), confidence(input.confidence)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        let number = |text: &str| day(text).unwrap();
        assert_eq!(number("2024-03-01") - number("2024-02-28"), 2);
        assert_eq!(number("2023-03-01") - number("2023-02-28"), 1);
        assert_eq!(number("2000-03-01") - number("1900-03-01"), 36_525);
        assert_eq!(number("1970-01-01") - number("0000-03-01"), 719_468);
        for wrong in [
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-04-31",
            "2024-1-01",
            "",
            "2024-01-0é",
            "20240101xx",
        ] {
            assert_eq!(day(wrong).unwrap_err().code, "bad_shape", "{wrong}");
        }
    }
}
