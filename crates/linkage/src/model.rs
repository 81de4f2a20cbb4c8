//! What was learnt, kept for another time.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::compare::Comparator;
use crate::estimate::Weights;

/// The form of models written today.
const VERSION: u32 = 2;

/// Weights that were learnt. It holds shares and names of columns, and no value of any record.
///
/// ```
/// use linkage::columns::Kind;
/// use linkage::{CheckedModel, Column, Intake, Linkage, Model, Options};
///
/// let columns = [Column::new("name", Kind::WholeName), Column::new("phone", Kind::Phone)];
/// let link = |rows: &[[&str; 2]], model: Option<&CheckedModel>| {
///     let mut intake = Intake::new(&[&columns]);
///     intake.push(0, rows.len(), &|row, column| rows[row][column]);
///     Linkage::new(intake.finish(), &Options::default(), model, &|_| ())
/// };
/// let learnt = link(&[["Jean Kerjean", "0612345678"], ["J. Kerjean", "0612345678"]], None).model();
/// let kept = serde_json::to_string(&learnt)?;
///
/// // Another day, other rows.
/// let model = CheckedModel::try_from(serde_json::from_str::<Model>(&kept)?)?;
/// let linkage = link(&[["Anne Abgrall", "0298112233"], ["A. Abgrall", "0298112233"]], Some(&model));
/// assert!(linkage.explain(0, 1).is_some_and(|why| why.probability > 0.9));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Form of this model.
    pub version: u32,
    /// Pairs of one person for each record.
    pub person_pairs_per_record: f64,
    /// Pairs of two people of one household for each record.
    pub household_pairs_per_record: f64,
    /// Pairs of two relatives who live apart for each record.
    pub kin_pairs_per_record: f64,
    /// Pairs of two people of one name for each record, beyond those that chance brings together.
    pub namesake_pairs_per_record: f64,
    /// What is compared.
    pub fields: Vec<FieldModel>,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldModel {
    /// Stable name, such as `birth_date`.
    pub field: String,
    /// Its degrees of agreement, the closest first.
    pub levels: Vec<LevelModel>,
}

/// One degree of agreement: how often pairs of each kind show it, 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelModel {
    /// Stable name, such as `one_slip`.
    pub level: String,
    /// Pairs of one person.
    pub person: f64,
    /// Pairs of two people of one household.
    pub household: f64,
    /// Pairs of two relatives who live apart; `None` where relatives are as strangers.
    pub kin: Option<f64>,
    /// Pairs of strangers.
    pub stranger: f64,
}

impl Model {
    /// Whether this program can use it.
    ///
    /// # Errors
    /// [`Error::Model`] for a model of another version, without fields, or with shares that cannot be.
    pub fn check(&self) -> Result<(), Error> {
        let refused = |why: String| Err(Error::Model { why });
        if self.version != VERSION {
            return refused(format!(
                "it is of version {}, and this program reads version {VERSION}",
                self.version
            ));
        }
        if self.fields.is_empty() {
            return refused("it names no field".into());
        }
        let shares = [
            self.person_pairs_per_record,
            self.household_pairs_per_record,
            self.kin_pairs_per_record,
            self.namesake_pairs_per_record,
        ];
        if shares.iter().any(|share| !share.is_finite() || *share < 0.0)
            || self.person_pairs_per_record == 0.0
        {
            return refused("a number of pairs for each record is not a number above 0".into());
        }
        for field in &self.fields {
            field.check().or_else(refused)?;
            for level in &field.levels {
                let shares = [Some(level.person), Some(level.household), level.kin, Some(level.stranger)];
                if shares.iter().flatten().any(|share| !(0.0..=1.0).contains(share)) {
                    return refused(format!(
                        "{} of {} has a share that is not between 0 and 1",
                        level.level, field.field
                    ));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn of(weights: &Weights, comparator: &Comparator) -> Self {
        let Comparator { records, comparisons } = comparator;
        let each = records.pairs() / records.units().max(1) as f64;
        let fields = comparisons.iter().zip(&weights.chances).map(|(comparison, chances)| {
            // Weights of other records may have fewer levels here.
            let share = |chances: &[f64], at: usize| chances.get(at).copied().unwrap_or(0.0);
            let level = |(at, level): (usize, &crate::compare::Level)| LevelModel {
                level: level.name.into(),
                person: share(&chances.person, at),
                household: share(&chances.household, at),
                kin: chances.kin.as_ref().map(|kin| share(kin, at)),
                stranger: share(&chances.stranger, at),
            };
            let levels = comparison.levels().iter().enumerate().map(level).collect();
            FieldModel { field: comparison.name(records), levels }
        });
        Self {
            version: VERSION,
            person_pairs_per_record: weights.shares.person * each,
            household_pairs_per_record: weights.shares.household * each,
            kin_pairs_per_record: weights.shares.kin * each,
            namesake_pairs_per_record: weights.shares.namesake * each,
            fields: fields.collect(),
        }
    }

    /// Puts its weights in place of what is expected, wherever it knows the field and the level.
    pub(crate) fn apply(&self, weights: &mut Weights, comparator: &Comparator) {
        let Comparator { records, comparisons } = comparator;
        let each = records.units().max(1) as f64 / records.pairs();
        weights.shares.person = (self.person_pairs_per_record * each).clamp(1e-15, 0.5);
        for (share, pairs) in [
            (&mut weights.shares.household, self.household_pairs_per_record),
            (&mut weights.shares.kin, self.kin_pairs_per_record),
            (&mut weights.shares.namesake, self.namesake_pairs_per_record),
        ] {
            if *share > 0.0 {
                *share = (pairs * each).clamp(1e-15, 0.2);
            }
        }
        for (comparison, chances) in comparisons.iter().zip(&mut weights.chances) {
            let name = comparison.name(records);
            let Some(field) = self.fields.iter().find(|field| field.field == name) else { continue };
            for (at, level) in comparison.levels().iter().enumerate() {
                let Some(known) = field.levels.iter().find(|known| known.level == level.name) else {
                    continue;
                };
                chances.person[at] = known.person;
                chances.household[at] = known.household;
                chances.stranger[at] = known.stranger;
                if let (Some(kin), Some(known)) = (&mut chances.kin, known.kin) {
                    kin[at] = known;
                }
            }
        }
    }
}

impl FieldModel {
    /// What is wrong with its levels as a whole, if anything.
    fn check(&self) -> Result<(), String> {
        let name = &self.field;
        if self.levels.is_empty() {
            return Err(format!("{name} has no level"));
        }
        if self.levels.iter().any(|level| level.stranger <= 0.0) {
            return Err(format!("a level of {name} is never shown by strangers: everything can happen"));
        }
        let sum = |of: fn(&LevelModel) -> f64| self.levels.iter().map(of).sum::<f64>();
        let sums = [
            sum(|it| it.person),
            sum(|it| it.household),
            sum(|it| it.kin.unwrap_or(0.0)),
            sum(|it| it.stranger),
        ];
        if sums.iter().any(|sum| *sum > 1.001) {
            return Err(format!("the shares of the levels of {name} are more than 1 together"));
        }
        Ok(())
    }
}

/// A model whose every share is a number that can be, so that each pair has a weight.
///
/// ```
/// use linkage::{CheckedModel, Model};
///
/// let written = r#"{"version": 2, "person_pairs_per_record": 0.2, "household_pairs_per_record": 0.1,
///     "kin_pairs_per_record": 0.1, "namesake_pairs_per_record": 0.01, "fields": [{"field": "email", "levels": [
///     {"level": "same", "person": 0.7, "household": 0.25, "kin": null, "stranger": 0.000001},
///     {"level": "different", "person": 0.3, "household": 0.75, "kin": null, "stranger": 0.999999}]}]}"#;
/// let mut model: Model = serde_json::from_str(written)?;
/// assert!(CheckedModel::try_from(model.clone()).is_ok());
/// model.fields[0].levels[0].person = f64::NAN;
/// assert!(CheckedModel::try_from(model).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedModel(Model);

impl TryFrom<Model> for CheckedModel {
    type Error = Error;

    /// # Errors
    /// See [`Model::check`].
    fn try_from(model: Model) -> Result<Self, Error> {
        model.check()?;
        Ok(Self(model))
    }
}

impl AsRef<Model> for CheckedModel {
    fn as_ref(&self) -> &Model {
        &self.0
    }
}
