//! Groupings of records against the truth.

use std::collections::{BTreeMap, HashMap};

use measures::ops::{OpError, OpField, OpInfo, Run, read, write};
use serde::Deserialize;
use serde_json::Value;

use crate::evaluate;

const INPUTS: &[OpField] = &[
    OpField {
        name: "truth",
        meaning: "object: for each record the name or number of its person; null where not known, such records are left \
                  out",
    },
    OpField { name: "predicted", meaning: "object: for each of the same records the group it was put into" },
];
const EXAMPLE: &str = r#"{"truth": {"a": "Anne", "b": "Anne", "c": "Anne", "d": "Paul", "e": "Paul"}, "predicted": {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}}"#;

pub(super) const OPS: &[OpInfo] = &[
    OpInfo {
        name: "linkage.pairwise",
        purpose: "Tells how well records of the same person were found, counted in pairs of records: precision is the \
                  share of the pairs found that are right, recall the share of the right pairs that were found, f1 one \
                  figure for both. Precision below 1 means that different customers were made one; recall below 1 that \
                  some are still there twice.",
        caution: "A person with many records counts far more than one with two: ten records make 45 pairs. Show \
                  linkage.b3 beside it. Pairs rightly kept apart are so many that accuracy would be near 1 whatever is \
                  done: it is not given.",
        inputs: INPUTS,
        outputs: &[
            OpField { name: "tp", meaning: "pairs of one person that were found" },
            OpField { name: "fp", meaning: "pairs of two persons that were taken for one" },
            OpField { name: "fn", meaning: "pairs of one person that were not found" },
            OpField { name: "tn", meaning: "pairs of two persons that were kept apart" },
            OpField { name: "precision", meaning: "0 to 1; null when no pair was found" },
            OpField { name: "recall", meaning: "0 to 1; null when there is no pair to find" },
            OpField { name: "f1", meaning: "0 to 1; null when there was no pair to find and none was found" },
        ],
        formula: "over unordered pairs of records: precision = TP/(TP+FP), recall = TP/(TP+FN), f1 = 2TP/(2TP+FP+FN)",
        source: "Christen 2012, Data Matching: Concepts and techniques for record linkage, entity resolution, and \
                 duplicate detection",
        example: EXAMPLE,
        plot: None,
        run: Run::Alone(pairwise),
    },
    OpInfo {
        name: "linkage.b3",
        purpose: "Tells how well records of the same person were found, asked of each record in turn: precision is how \
                  much of its group is really the same person, recall how much of its person is in its group. Every \
                  record counts alike, however many its person has.",
        caution: "Records that are alone, in truth and in what was found, are perfect and raise the mean: where most \
                  persons have one record, it is high even if nothing is found. Show linkage.pairwise beside it.",
        inputs: INPUTS,
        outputs: &[
            OpField { name: "precision", meaning: "mean over records, above 0 to 1" },
            OpField { name: "recall", meaning: "mean over records, above 0 to 1" },
            OpField { name: "f1", meaning: "harmonic mean of the two" },
        ],
        formula: "precision = mean over records of |group and person| / |group|, recall = mean of |group and person| / \
                  |person|, f1 = 2 precision recall / (precision + recall)",
        source: "Bagga & Baldwin 1998, Algorithms for scoring coreference chains",
        example: EXAMPLE,
        plot: None,
        run: Run::Alone(b3),
    },
];

/// A label: a name, or a number standing for one.
#[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "Written")]
struct Label(String);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Name(String),
    Number(serde_json::Number),
}

impl From<Written> for Label {
    fn from(written: Written) -> Self {
        match written {
            Written::Name(name) => Self(name),
            Written::Number(number) => Self(number.to_string()),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groupings {
    truth: BTreeMap<String, Option<Label>>,
    predicted: BTreeMap<String, Label>,
}

impl Groupings {
    /// Labels by number, record by record.
    fn numbered(&self) -> Result<(Vec<Option<u32>>, Vec<u32>), OpError> {
        if !self.truth.keys().eq(self.predicted.keys()) {
            return Err(OpError::bad_shape("truth and predicted must name the same records"));
        }
        let mut persons = Numbers::default();
        let mut groups = Numbers::default();
        let truth = self.truth.values().map(|label| label.as_ref().map(|label| persons.number(label)));
        Ok((truth.collect(), self.predicted.values().map(|label| groups.number(label)).collect()))
    }
}

/// Labels in the order in which they were met.
#[derive(Default)]
struct Numbers<'a>(HashMap<&'a Label, u32>);

impl<'a> Numbers<'a> {
    fn number(&mut self, label: &'a Label) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(label).or_insert(next)
    }
}

fn pairwise(input: &Value) -> Result<Value, OpError> {
    let (truth, predicted) = read::<Groupings>(input)?.numbered()?;
    write(evaluate::pairwise(&truth, &predicted)?)
}

fn b3(input: &Value) -> Result<Value, OpError> {
    let (truth, predicted) = read::<Groupings>(input)?.numbered()?;
    write(evaluate::b3(&truth, &predicted)?)
}
