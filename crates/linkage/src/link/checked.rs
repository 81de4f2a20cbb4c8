//! Models that can be used.

use crate::Error;
use crate::model::Model;

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
