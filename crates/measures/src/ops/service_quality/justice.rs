//! Perceived justice.

use serde::Deserialize;
use serde_json::Value;

use crate::ops::OpError;
use crate::ops::input::{confidence, read, scale, write};
use crate::service_quality::{JusticeAccumulator, JusticeQuestionnaire, JusticeResponse};
use crate::{Error, Scale};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JusticeInput {
    scale: [f64; 2],
    answers: Vec<CustomerInput>,
    confidence: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerInput {
    distributive: Option<Vec<Option<f64>>>,
    procedural: Option<Vec<Option<f64>>>,
    interpersonal: Option<Vec<Option<f64>>>,
    informational: Option<Vec<Option<f64>>>,
}

impl CustomerInput {
    fn kinds(&self) -> [&Option<Vec<Option<f64>>>; 4] {
        [&self.distributive, &self.procedural, &self.interpersonal, &self.informational]
    }
}

pub(super) fn scores(input: &Value) -> Result<Value, OpError> {
    let input: JusticeInput = read(input)?;
    let scale = scale(input.scale)?;
    // The questionnaire is what the customers show of it: a list left out says nothing.
    let mut items = [0; 4];
    for customer in &input.answers {
        for (items, answers) in items.iter_mut().zip(customer.kinds()) {
            *items = answers.as_ref().map_or(0, Vec::len).max(*items);
        }
    }
    let [distributive, procedural, interpersonal, informational] = items;
    let questionnaire =
        JusticeQuestionnaire::new(scale, distributive, procedural, interpersonal, informational)?;
    let mut all = JusticeAccumulator::new(questionnaire);
    for customer in &input.answers {
        let mut kinds = customer.kinds().into_iter().zip(items);
        let mut next =
            || kinds.next().map_or(Ok(Vec::new()), |(answers, items)| whole(answers, items, scale));
        let (distributive, procedural) = (next()?, next()?);
        let (interpersonal, informational) = (next()?, next()?);
        all.push(&JusticeResponse {
            distributive: &distributive,
            procedural: &procedural,
            interpersonal: &interpersonal,
            informational: &informational,
        })?;
    }
    write(all.summary(confidence(input.confidence)?)?)
}

/// Whole numbers on the scale; `items` missing ones for a list that was left out.
fn whole(answers: &Option<Vec<Option<f64>>>, items: usize, scale: Scale) -> Result<Vec<Option<i64>>, Error> {
    let Some(answers) = answers else { return Ok(vec![None; items]) };
    answers.iter().map(|answer| answer.map(|value| scale.answer(value)).transpose()).collect()
}
