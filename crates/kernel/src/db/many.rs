//! Many rows with few statements: one round trip carries dozens of rows, and few different texts keep the prepared
//! statements few.

use std::fmt::Write as _;

use super::row::{Param, Row};
use super::tx::{Inner, Tx};
use crate::errors::Result;

/// Rows of one statement at most; smaller ones are powers of two.
const ROWS: usize = 64;
/// Values of one list.
const LIST: usize = 128;

impl Tx<'_> {
    /// Inserts many rows. `into` is `INSERT INTO t (a, b) VALUES`, `then` what follows the rows (`ON CONFLICT …`, or
    /// nothing), `width` the number of columns, `values` the rows one after the other. Returns the number of rows.
    pub fn insert_many(
        &mut self,
        into: &str,
        then: &str,
        width: usize,
        values: &[&dyn Param],
    ) -> Result<u64> {
        if let Inner::Sqlite(connection) = &self.inner {
            // No round trips to save, and a statement of several rows makes SQLite keep a copy of each page it
            // changes, and empty what full-text tables gather in memory.
            return super::sqlite::execute_rows(connection, &statement(into, then, width, 1), width, values);
        }
        let mut rest = values;
        let mut count = 0;
        while !rest.is_empty() {
            let left = (rest.len() / width.max(1)).max(1);
            let rows = if left >= ROWS { ROWS } else { 1 << left.ilog2() };
            let (now, later) = rest.split_at((rows * width).min(rest.len()));
            count += self.execute(&statement(into, then, width, rows), now)?;
            rest = later;
        }
        Ok(count)
    }

    /// Calls `visit` on each row of `SELECT … WHERE x IN (…)`: `before` ends with the opening bracket, `after` begins
    /// with the closing one. A row comes once per list it stands in; give each value once.
    pub fn each_in<V: Param>(
        &mut self,
        before: &str,
        after: &str,
        wanted: &[V],
        mut visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        for some in wanted.chunks(LIST) {
            let (sql, params) = list(before, after, &[], some);
            self.each(&sql, &params, |row| visit(row).map(|()| true))?;
        }
        Ok(())
    }

    /// Runs `DELETE … WHERE a = $1 AND x IN (…)`, or an update; `first` are the parameters before the list. Returns
    /// the number of rows. Give each value once.
    pub fn execute_in<V: Param>(
        &mut self,
        before: &str,
        first: &[&dyn Param],
        after: &str,
        wanted: &[V],
    ) -> Result<u64> {
        let mut count = 0;
        for some in wanted.chunks(LIST) {
            let (sql, params) = list(before, after, first, some);
            count += self.execute(&sql, &params)?;
        }
        Ok(count)
    }
}

/// A statement with a list, filled up with its last value, so that lists have few lengths.
fn list<'v, V: Param>(
    before: &str,
    after: &str,
    first: &[&'v dyn Param],
    some: &'v [V],
) -> (String, Vec<&'v dyn Param>) {
    let size = if some.len() > LIST / 8 { LIST } else { some.len().next_power_of_two() };
    let last = some.last().into_iter().cycle();
    let mut params = first.to_vec();
    params.extend(some.iter().chain(last).take(size).map(|v| v as &dyn Param));
    let mut sql = String::with_capacity(before.len() + after.len() + size * 5);
    sql.push_str(before);
    push_list(&mut sql, first.len() + 1, size);
    sql.push_str(after);
    (sql, params)
}

fn statement(into: &str, then: &str, width: usize, rows: usize) -> String {
    let mut sql = String::with_capacity(into.len() + then.len() + rows * (width * 6 + 4));
    sql.push_str(into);
    for row in 0..rows {
        sql.push_str(if row == 0 { " (" } else { "), (" });
        push_list(&mut sql, row * width + 1, width);
    }
    sql.push_str(") ");
    sql.push_str(then);
    sql
}

/// `$5, $6, $7`.
fn push_list(sql: &mut String, first: usize, count: usize) {
    for n in first..first + count {
        // Writing into a text cannot fail.
        let _ = write!(sql, "{}${n}", if n == first { "" } else { ", " });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_through_all_rows() {
        let sql = statement("INSERT INTO t (a, b) VALUES", "ON CONFLICT DO NOTHING", 2, 2);
        assert_eq!(sql, "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING");
    }
}
