//! Results as objects by name.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::ops::OpError;
use crate::ops::input::write;
use crate::path_model::{Bootstrap, Estimate, Fit, Model};

fn arrow(from: &str, to: &str) -> String {
    format!("{from}->{to}")
}

/// A list as an object, by names.
fn by_name<T>(
    list: impl IntoIterator<Item = T>,
    name: impl Fn(&T) -> String,
    what: impl Fn(T) -> Result<Value, OpError>,
) -> Result<Value, OpError> {
    let entry = |one: T| Ok((name(&one), what(one)?));
    Ok(Value::Object(list.into_iter().map(entry).collect::<Result<Map<_, _>, OpError>>()?))
}

/// As an object, less some of its fields.
fn without(value: impl Serialize, fields: &[&str]) -> Result<Value, OpError> {
    let mut value = write(value)?;
    if let Value::Object(object) = &mut value {
        object.retain(|name, _| !fields.contains(&name.as_str()));
    }
    Ok(value)
}

pub(super) fn fit(fit: Fit) -> Result<Value, OpError> {
    let indices = ["name", "index_0_100", "equal_weight_index"];
    Ok(json!({
        "n": fit.n,
        "dropped": fit.dropped,
        "iterations": fit.iterations,
        "gof": fit.gof,
        "negative_weights": fit.negative_weights,
        "off_scale": fit.off_scale,
        "index_0_100": by_name(&fit.constructs, |c| c.name.clone(), |c| write(c.index_0_100))?,
        "equal_weight_indices": by_name(&fit.constructs, |c| c.name.clone(), |c| write(c.equal_weight_index))?,
        "total_effects": by_name(&fit.effects, |e| arrow(&e.from, &e.to), |e| write(e.total))?,
        "indirect_effects": by_name(&fit.effects, |e| arrow(&e.from, &e.to), |e| write(e.indirect))?,
        "outer": by_name(fit.outer, |o| o.item.clone(), |o| without(o, &["item"]))?,
        "inner": by_name(fit.inner, |p| arrow(&p.from, &p.to), |p| without(p, &["from", "to"]))?,
        "summary": by_name(fit.constructs, |c| c.name.clone(), |c| without(c, &indices))?,
    }))
}

pub(super) fn spread(model: &Model, found: Bootstrap) -> Result<Value, OpError> {
    let pairs = |list: Vec<(String, String, Estimate)>| {
        by_name(list, |(from, to, _)| arrow(from, to), |(_, _, estimate)| write(estimate))
    };
    let named = |list: Vec<(String, Estimate)>| by_name(list, |(name, _)| name.clone(), |(_, e)| write(e));
    let outer = model.items().iter().zip(found.weights.iter().zip(&found.loadings));
    Ok(json!({
        "n": found.n,
        "dropped": found.dropped,
        "replicates": found.replicates,
        "failed": found.failed,
        "outer": by_name(outer, |(item, _)| (*item).clone(), |(_, (weight, loading))| {
            Ok(json!({ "weight": weight, "loading": loading }))
        })?,
        "inner": pairs(found.paths)?,
        "total_effects": pairs(found.total_effects)?,
        "r2": named(found.r2)?,
        "index_0_100": named(found.index_0_100)?,
    }))
}
