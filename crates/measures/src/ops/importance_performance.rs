//! Importance against performance.

use serde::Deserialize;
use serde_json::Value;

use super::input::{read, write};
use super::{OpError, OpField, OpInfo, Run};
use crate::importance_performance::{Crosshair, Rating, quadrants};

pub(super) const OPS: &[OpInfo] = &[OpInfo {
    name: "ipa.quadrants",
    purpose: "Tells where to act: items that matter much and are done badly come first (concentrate_here), those that \
              matter and go well are kept up, those that matter little and go well may give up effort. On the \
              crosshair counts as high.",
    caution: "With means or medians some item is always low, however good all are; only given crosshairs can be \
              compared over time. Items just beside the line may cross it with a few more answers. Stated importance \
              is nearly always high: say whether it is stated or derived.",
    inputs: &[
        OpField {
            name: "items",
            meaning: "list of objects with id (text), importance and performance (numbers, null if unknown)",
        },
        OpField { name: "crosshair", meaning: "mean (also when left out), median or given" },
        OpField {
            name: "given",
            meaning: "[importance, performance] from which both count as high; only with crosshair given",
        },
    ],
    outputs: &[
        OpField { name: "n", meaning: "items with both figures" },
        OpField { name: "missing", meaning: "items without one of them" },
        OpField { name: "importance_cross", meaning: "importance counts as high from here on" },
        OpField { name: "performance_cross", meaning: "performance counts as high from here on" },
        OpField {
            name: "quadrants",
            meaning: "for each item concentrate_here, keep_up, low_priority or possible_overkill; null when a figure \
                      is missing",
        },
        OpField { name: "ids", meaning: "the items' own ids, in the same order" },
    ],
    formula: "high when at or above the crosshair: the mean of the items, their median, or a given value",
    source: "Martilla & James 1977, Importance-performance analysis",
    example: r#"{"items": [{"id": "delay", "importance": 9, "performance": 4},
 {"id": "courtesy", "importance": 9, "performance": 8}, {"id": "car park", "importance": 6, "performance": 6}]}"#,
    plot: None,
    run: Run::Alone(run),
}];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    items: Vec<Item>,
    crosshair: Option<Kind>,
    given: Option<[f64; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    importance: Option<f64>,
    performance: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Mean,
    Median,
    Given,
}

fn run(input: &Value) -> Result<Value, OpError> {
    let input: Input = read(input)?;
    let crosshair = match (input.crosshair.unwrap_or(Kind::Mean), input.given) {
        (Kind::Mean, None) => Crosshair::Mean,
        (Kind::Median, None) => Crosshair::Median,
        (Kind::Given, Some([importance, performance])) => Crosshair::At { importance, performance },
        _ => return Err(OpError::bad_shape("given belongs to the crosshair \"given\", and it needs it")),
    };
    let rating = |item: &Item| Rating { importance: item.importance, performance: item.performance };
    let ratings: Vec<Rating> = input.items.iter().map(rating).collect();
    let mut output = write(quadrants(&ratings, crosshair)?)?;
    if let Value::Object(fields) = &mut output {
        let ids: Vec<String> = input.items.into_iter().map(|item| item.id).collect();
        fields.insert("ids".to_owned(), write(ids)?);
    }
    Ok(output)
}
