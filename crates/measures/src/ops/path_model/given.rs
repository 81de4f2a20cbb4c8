//! The model and the answers of an input.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;

use crate::Scale;
use crate::ops::OpError;
use crate::ops::files::{Files, Table};
use crate::ops::input::scale;
use crate::path_model::{Block, Mode, Model, Path, Rows, Scheme};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModelInput {
    blocks: BTreeMap<String, Vec<String>>,
    paths: Vec<[String; 2]>,
    scheme: Option<Scheme>,
    modes: Option<BTreeMap<String, Mode>>,
    standardise: Option<bool>,
    scale: Option<[f64; 2]>,
}

pub(super) fn model(input: ModelInput) -> Result<Model, OpError> {
    let mut modes = input.modes.unwrap_or_default();
    let block = |(name, items): (String, Vec<String>)| {
        let mode = modes.remove(&name).unwrap_or_default();
        Block { name, items, mode }
    };
    let blocks: Vec<Block> = input.blocks.into_iter().map(block).collect();
    if let Some(name) = modes.keys().next() {
        return Err(OpError::bad_shape(format!("a mode is given for {name:?}, which has no block")));
    }
    if let Some(block) = blocks.iter().find(|block| block.name.contains("->")) {
        return Err(OpError::bad_shape(format!("the name {:?} would be taken for a path", block.name)));
    }
    let paths: Vec<Path> = input.paths.into_iter().map(|[from, to]| Path { from, to }).collect();
    let named = |name: &str| blocks.iter().any(|block| block.name == name);
    if let Some(name) = paths.iter().flat_map(|path| [&path.from, &path.to]).find(|name| !named(name)) {
        return Err(OpError::bad_shape(format!("a path names {name:?}, which has no block")));
    }
    let model = Model::new(blocks, &paths, input.scheme.unwrap_or_default())?;
    let model = if input.standardise.unwrap_or(true) { model } else { model.unstandardised() };
    let scale: Option<Scale> = input.scale.map(scale).transpose()?;
    Ok(scale.map_or(model.clone(), |scale| model.on_scale(scale)))
}

/// Where the answers are.
pub(super) enum Answers {
    In(String),
    Here(Vec<String>, Vec<Vec<Value>>),
}

impl Answers {
    pub(super) fn of(
        data: Option<String>,
        columns: Option<Vec<String>>,
        rows: Option<Vec<Vec<Value>>>,
    ) -> Result<Self, OpError> {
        match (data, columns, rows) {
            (Some(name), None, None) => Ok(Self::In(name)),
            (None, Some(columns), Some(rows)) => Ok(Self::Here(columns, rows)),
            _ => Err(OpError::bad_shape("give either data, or columns and rows_data")),
        }
    }
}

pub(super) fn rows(model: &Model, answers: Answers, files: &dyn Files) -> Result<Rows, OpError> {
    let mut rows = Rows::new(model);
    match answers {
        Answers::In(name) => {
            let table = Table::read(&name, files)?;
            let columns =
                model.items().iter().map(|item| table.numbers(item)).collect::<Result<Vec<_>, _>>()?;
            let n = columns.first().map_or(0, Vec::len);
            let mut row = vec![None; columns.len()];
            for at in 0..n {
                row.iter_mut()
                    .zip(&columns)
                    .for_each(|(cell, column)| *cell = column.get(at).copied().flatten());
                rows.push(&row)?;
            }
        }
        Answers::Here(columns, given) => {
            let places: HashMap<&str, usize> =
                columns.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
            if places.len() < columns.len() {
                return Err(OpError::bad_shape("two columns have the same name"));
            }
            let place = |item: &String| {
                let missing = || OpError::bad_shape(format!("there is no column {item:?}"));
                places.get(item.as_str()).copied().ok_or_else(missing)
            };
            let wanted = model.items().iter().map(place).collect::<Result<Vec<_>, _>>()?;
            let mut row = vec![None; wanted.len()];
            for (number, cells) in given.iter().enumerate() {
                if cells.len() != columns.len() {
                    let message =
                        format!("row {} has {} cells, not {}", number + 1, cells.len(), columns.len());
                    return Err(OpError::bad_shape(message));
                }
                for (cell, at) in row.iter_mut().zip(&wanted) {
                    *cell = answer(&cells[*at], number)?;
                }
                rows.push(&row)?;
            }
        }
    }
    Ok(rows)
}

fn answer(cell: &Value, row: usize) -> Result<Option<f64>, OpError> {
    match cell {
        Value::Null => Ok(None),
        cell => cell.as_f64().map(Some).ok_or_else(|| {
            OpError::bad_shape(format!("row {}: {cell} is no number, and not null either", row + 1))
        }),
    }
}
