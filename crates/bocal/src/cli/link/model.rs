//! A model that was saved.

use std::path::Path;

use kernel::errors::Message;
use linkage::{CheckedModel, Model};
use serde_json::Value;

use super::stop::{Outcome, reason, refuse};

/// Reads a model, and makes sure that it can be used.
pub(super) fn read(path: &Path) -> Outcome<CheckedModel> {
    let named = |key: &'static str| Message::new(key).with("name", path.display().to_string());
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            return refuse(reason(&error)).map_err(|stop| stop.after(named("link-model-unreadable")));
        }
    };
    let value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        Err(error) if error.is_eof() => return refuse(named("link-model-cut-off")),
        Err(_) => return refuse(named("link-model-no-model")),
    };
    let version = value.get("version").map(Value::to_string);
    let model: Model = match (serde_json::from_value(value), version) {
        (Ok(model), _) => model,
        (Err(error), Some(version)) => {
            let why = error.to_string();
            return refuse(named("link-model-other-version").with("version", version).with("why", why));
        }
        (Err(_), None) => return refuse(named("link-model-no-model")),
    };
    match CheckedModel::try_from(model) {
        Ok(model) => Ok(model),
        Err(linkage::Error::Model { why }) => refuse(named("link-model-unusable").with("why", why)),
        Err(error) => refuse(named("link-model-unusable").with("why", error.to_string())),
    }
}
