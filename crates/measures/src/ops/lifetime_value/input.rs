//! What several of these operations read.

use serde::Deserialize;

use crate::Error;
use crate::lifetime_value::{BgNbd, Histories, History, ParetoNbd};
use crate::ops::files::Table;
use crate::ops::input::count;
use crate::ops::{Files, OpError, OpField};

pub(super) const BG_PARAMS: OpField = OpField {
    name: "params",
    meaning: "object of r, alpha, a and b, each above 0; alpha is a time, in the unit of the customers' times",
};
pub(super) const PARETO_PARAMS: OpField = OpField {
    name: "params",
    meaning: "object of r, alpha, s and beta, each above 0; alpha and beta are times, in the unit of the customers' times",
};
pub(super) const CUSTOMERS: OpField = OpField {
    name: "customers",
    meaning: "list of [x, t_x, T]: repeat purchases (the first not counted), time of the last one since the first \
              purchase (0 where x is 0), time observed since the first purchase; null where not known. Instead of data",
};
pub(super) const DATA: OpField = OpField {
    name: "data",
    meaning: "name of a CSV file with the columns x, t_x and T; empty where not known. Instead of customers",
};
pub(super) const X: OpField =
    OpField { name: "x", meaning: "repeat purchases of the customer, the first not counted; a whole number" };
pub(super) const T_X: OpField = OpField {
    name: "t_x",
    meaning: "time of the last repeat purchase since the first purchase; 0 where x is 0",
};
pub(super) const T_OBSERVED: OpField =
    OpField { name: "T", meaning: "time observed since the first purchase; at least t_x" };
pub(super) const HORIZON: OpField =
    OpField { name: "t", meaning: "time to look ahead, 0 or more, in the unit of the parameters" };
pub(super) const P_ALIVE: OpField =
    OpField { name: "p_alive", meaning: "probability that the customer still is one, 0 to 1" };

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(super) struct BgParams {
    r: f64,
    alpha: f64,
    a: f64,
    b: f64,
}

impl BgParams {
    pub(super) fn model(self) -> Result<BgNbd, Error> {
        BgNbd::new(self.r, self.alpha, self.a, self.b)
    }
}

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(super) struct ParetoParams {
    r: f64,
    alpha: f64,
    s: f64,
    beta: f64,
}

impl ParetoParams {
    pub(super) fn model(self) -> Result<ParetoNbd, Error> {
        ParetoNbd::new(self.r, self.alpha, self.s, self.beta)
    }
}

/// A history from numbers of any kind.
pub(super) fn history(x: f64, t_x: f64, t: f64) -> Result<History, Error> {
    History::new(count("x", x)?, t_x, t)
}

/// Rows spelt out, or the columns of a file: one or the other.
pub(super) fn rows<const N: usize>(
    customers: Option<Vec<[Option<f64>; N]>>,
    data: Option<&str>,
    columns: [&str; N],
    files: &dyn Files,
) -> Result<Vec<[Option<f64>; N]>, OpError> {
    match (customers, data) {
        (Some(rows), None) => Ok(rows),
        (None, Some(name)) => {
            let table = Table::read(name, files)?;
            let columns =
                columns.iter().map(|column| table.numbers(column)).collect::<Result<Vec<_>, _>>()?;
            let length = columns.first().map_or(0, Vec::len);
            let cell =
                |column: usize, row: usize| columns.get(column).and_then(|cells| cells.get(row).copied())?;
            Ok((0..length).map(|row| std::array::from_fn(|column| cell(column, row))).collect())
        }
        _ => Err(OpError::bad_shape("give customers, or the name of a file in data: one of the two")),
    }
}

/// Customers gathered; those with anything unknown are counted as missing.
pub(super) fn histories(rows: &[[Option<f64>; 3]]) -> Result<Histories, Error> {
    let mut all = Histories::new();
    for row in rows {
        match row {
            [Some(x), Some(t_x), Some(t)] => all.push(history(*x, *t_x, *t)?)?,
            _ => all.push_missing(1)?,
        }
    }
    Ok(all)
}
