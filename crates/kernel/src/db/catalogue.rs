//! Which tables there are: for what copies or checks a whole database without knowing the rooms.

use serde::{Deserialize, Serialize};

use super::{Engine, Tx};
use crate::errors::Result;

/// A table with its columns, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// What is virtual on SQLite (full-text search) is an ordinary table on PostgreSQL; what SQLite keeps behind it is
/// left out.
const SQLITE_TABLES: &str = "SELECT name, type FROM pragma_table_list
    WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name";
const SQLITE_COLUMNS: &str = "SELECT name FROM pragma_table_info($1) ORDER BY cid";
const SQLITE_TABLE: &str = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1";
const POSTGRES_TABLE: &str = "SELECT COUNT(*) FROM pg_catalog.pg_tables
    WHERE schemaname = current_schema() AND tablename = CAST($1 AS TEXT)";
const POSTGRES_COLUMNS: &str = "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT)
    FROM information_schema.columns c JOIN information_schema.tables t
      ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
    WHERE c.table_schema = current_schema() ORDER BY CAST(c.table_name AS TEXT) COLLATE \"C\", c.ordinal_position";

impl Tx<'_> {
    /// Every table of the organisation, by name.
    pub fn tables(&mut self) -> Result<Vec<Table>> {
        match self.engine() {
            Engine::Sqlite => self.sqlite_tables(),
            Engine::Postgres => self.postgres_tables(),
        }
    }

    /// Whether there is a table of this name.
    pub fn has_table(&mut self, name: &str) -> Result<bool> {
        let sql = match self.engine() {
            Engine::Sqlite => SQLITE_TABLE,
            Engine::Postgres => POSTGRES_TABLE,
        };
        Ok(self.query_one(sql, &[&name], |row| row.get::<i64>(0))? > 0)
    }

    fn sqlite_tables(&mut self) -> Result<Vec<Table>> {
        let found: Vec<(String, String)> =
            self.query(SQLITE_TABLES, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut tables = Vec::with_capacity(found.len());
        for (name, kind) in found {
            let mut columns = self.query(SQLITE_COLUMNS, &[&name], |row| row.get(0))?;
            if kind == "virtual" {
                columns.insert(0, "rowid".to_owned());
            }
            tables.push(Table { name, columns });
        }
        Ok(tables)
    }

    fn postgres_tables(&mut self) -> Result<Vec<Table>> {
        let mut tables: Vec<Table> = Vec::new();
        self.each(POSTGRES_COLUMNS, &[], |row| {
            let (name, column) = (row.get::<String>(0)?, row.get(1)?);
            match tables.last_mut().filter(|table| table.name == name) {
                Some(table) => table.columns.push(column),
                None => tables.push(Table { name, columns: vec![column] }),
            }
            Ok(true)
        })?;
        Ok(tables)
    }
}

/// A name as both engines quote it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Table {
    /// Its columns, quoted, one after the other.
    pub fn column_list(&self) -> String {
        self.columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
    }
}
