//! Both engines hold the same schema: tables, columns, types, keys, references and indexes, compared as
//! lines of text so that a difference can be read.

use std::collections::{BTreeMap, BTreeSet};

use kernel::db::{Engine, Migration};
use kernel::{Result, Tx};

use crate::Kit;

/// Fails when these migrations make different schemas on the two engines, and says what differs. Left out is
/// what only one engine can have: virtual tables of SQLite, indexes of PostgreSQL that are no B-trees.
#[track_caller]
pub fn assert_same(migrations: &[&[Migration]]) {
    let [(sqlite, virtual_tables), (mut postgres, _)] = [Engine::Sqlite, Engine::Postgres].map(|engine| {
        let kit = Kit::new(engine, migrations);
        let lines = kit.read(describe);
        assert!(lines.len() > 1, "an empty schema proves nothing");
        (lines, kit.read(virtual_tables))
    });
    // What is a virtual table on SQLite is an ordinary one on PostgreSQL.
    let is_virtual = |line: &String| virtual_tables.iter().any(|t| line.split(['.', ' ']).next() == Some(t));
    postgres.retain(|line| !is_virtual(line));
    let only_sqlite: Vec<&String> = sqlite.difference(&postgres).collect();
    let only_postgres: Vec<&String> = postgres.difference(&sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "schemas differ\nonly on SQLite: {only_sqlite:#?}\nonly on PostgreSQL: {only_postgres:#?}"
    );
    let misnamed: Vec<&String> = sqlite.iter().filter(|line| line.contains(" unique index ")).collect();
    let misnamed: Vec<_> = misnamed.into_iter().filter(|line| !is_named_by_its_columns(line)).collect();
    assert!(misnamed.is_empty(), "violations of these are named TABLE_COLUMNS_key on SQLite: {misnamed:#?}");
}

/// One line for everything in the schema.
///
/// # Errors
/// A query that fails.
pub fn describe(tx: &mut Tx<'_>) -> Result<BTreeSet<String>> {
    match tx.engine() {
        Engine::Sqlite => sqlite(tx),
        Engine::Postgres => postgres(tx),
    }
}

/// Virtual tables of SQLite; none on PostgreSQL.
fn virtual_tables(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    match tx.engine() {
        Engine::Postgres => Ok(Vec::new()),
        Engine::Sqlite => {
            tx.query("SELECT name FROM pragma_table_list WHERE type = 'virtual'", &[], |row| row.get(0))
        }
    }
}

/// `t unique index t_a_b_key (a, b)`.
fn is_named_by_its_columns(line: &str) -> bool {
    let Some((table, rest)) = line.split_once(" unique index ") else { return true };
    let Some((name, columns)) = rest.split_once(" (") else { return false };
    let columns = columns.split(')').next().unwrap_or_default().replace(" desc", "").replace(", ", "_");
    name == format!("{table}_{columns}_key")
}

fn column(table: &str, name: &str, kind: &str, not_null: bool) -> String {
    let need = if not_null { " not null" } else { "" };
    format!("{table}.{name} {kind}{need}")
}

fn sqlite(tx: &mut Tx<'_>) -> Result<BTreeSet<String>> {
    let mut lines = BTreeSet::new();
    let tables = tx.query(
        "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'
         AND type IN ('table', 'view') ORDER BY name",
        &[],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    for (table, kind) in tables {
        if kind == "view" {
            lines.insert(format!("view {table}"));
            continue;
        }
        lines.extend(tx.query(
            "SELECT name, type, \"notnull\" <> 0 OR pk > 0 FROM pragma_table_info($1)",
            &[&table],
            |row| Ok(column(&table, &row.get::<String>(0)?, &row.get::<String>(1)?, row.get(2)?)),
        )?);
        sqlite_references(tx, &table, &mut lines)?;
        sqlite_indexes(tx, &table, &mut lines)?;
    }
    Ok(lines)
}

fn sqlite_references(tx: &mut Tx<'_>, table: &str, lines: &mut BTreeSet<String>) -> Result<()> {
    let mut keys: BTreeMap<i64, (String, Vec<String>)> = BTreeMap::new();
    tx.each(
        "SELECT id, \"table\", \"from\", on_delete FROM pragma_foreign_key_list($1) ORDER BY id, seq",
        &[&table],
        |row| {
            let head =
                format!("{} on delete {}", row.get::<String>(1)?, row.get::<String>(3)?.to_lowercase());
            keys.entry(row.get(0)?).or_insert((head, Vec::new())).1.push(row.get(2)?);
            Ok(true)
        },
    )?;
    for (head, columns) in keys.values() {
        lines.insert(format!("{table} ({}) references {head}", columns.join(", ")));
    }
    Ok(())
}

fn sqlite_indexes(tx: &mut Tx<'_>, table: &str, lines: &mut BTreeSet<String>) -> Result<()> {
    // The key of a table with one whole number is the table itself, and has no index.
    let keys: Vec<String> =
        tx.query("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", &[&table], |row| {
            row.get(0)
        })?;
    if !keys.is_empty() {
        lines.insert(format!("{table} primary key ({})", keys.join(", ")));
    }
    let indexes = tx.query(
        "SELECT name, \"unique\" <> 0, origin, partial <> 0 FROM pragma_index_list($1) WHERE origin <> 'pk'",
        &[&table],
        |row| Ok((row.get::<String>(0)?, row.get::<bool>(1)?, row.get::<String>(2)?, row.get::<bool>(3)?)),
    )?;
    for (name, unique, origin, partial) in indexes {
        let columns: Vec<String> = tx.query(
            "SELECT COALESCE(name, '(expression)') || CASE WHEN \"desc\" <> 0 THEN ' desc' ELSE '' END
             FROM pragma_index_xinfo($1) WHERE key <> 0 ORDER BY seqno",
            &[&name],
            |row| row.get(0),
        )?;
        lines.insert(index(table, &name, origin == "u", unique, &columns, partial));
    }
    Ok(())
}

fn index(
    table: &str,
    name: &str,
    constraint: bool,
    unique: bool,
    columns: &[String],
    partial: bool,
) -> String {
    let columns = columns.join(", ");
    if constraint {
        return format!("{table} unique ({columns})");
    }
    let unique = if unique { "unique " } else { "" };
    let partial = if partial { " where …" } else { "" };
    format!("{table} {unique}index {name} ({columns}){partial}")
}

fn postgres(tx: &mut Tx<'_>) -> Result<BTreeSet<String>> {
    let mut lines = BTreeSet::new();
    lines.extend(tx.query(
        "SELECT CAST(table_name AS TEXT) FROM information_schema.views WHERE table_schema = current_schema()",
        &[],
        |row| Ok(format!("view {}", row.get::<String>(0)?)),
    )?);
    lines.extend(tx.query(
        "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT),
                c.is_nullable = 'NO'
         FROM information_schema.columns c JOIN information_schema.tables t
           ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
         WHERE c.table_schema = current_schema()",
        &[],
        |row| {
            let kind = row.get::<String>(2)?;
            Ok(column(&row.get::<String>(0)?, &row.get::<String>(1)?, sqlite_type(&kind), row.get(3)?))
        },
    )?);
    lines.extend(tx.query(
        "SELECT CAST(t.relname AS TEXT), CAST(o.relname AS TEXT), CAST(c.confdeltype AS TEXT),
                (SELECT string_agg(CAST(a.attname AS TEXT), ', ' ORDER BY k.place)
                 FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)
         FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class o ON o.oid = c.confrelid
         WHERE c.contype = 'f' AND c.connamespace = CAST(current_schema() AS regnamespace)",
        &[],
        |row| {
            let then = on_delete(&row.get::<String>(2)?);
            let (table, other) = (row.get::<String>(0)?, row.get::<String>(1)?);
            Ok(format!("{table} ({}) references {other} on delete {then}", row.get::<String>(3)?))
        },
    )?);
    postgres_indexes(tx, &mut lines)?;
    Ok(lines)
}

fn postgres_indexes(tx: &mut Tx<'_>, lines: &mut BTreeSet<String>) -> Result<()> {
    let indexes = tx.query(
        "SELECT CAST(t.relname AS TEXT), CAST(i.relname AS TEXT), x.indisunique, x.indisprimary,
                EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype = 'u'),
                x.indpred IS NOT NULL,
                (SELECT string_agg(COALESCE(CAST(a.attname AS TEXT), '(expression)')
                          || CASE WHEN x.indoption[k.place - 1] & 1 = 1 THEN ' desc' ELSE '' END,
                          ', ' ORDER BY k.place)
                 FROM unnest(CAST(x.indkey AS int2[])) WITH ORDINALITY AS k (number, place)
                 LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number AND k.number > 0)
         FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
           JOIN pg_am m ON m.oid = i.relam
         WHERE m.amname = 'btree' AND t.relnamespace = CAST(current_schema() AS regnamespace)",
        &[],
        |row| {
            let mut c = row.columns();
            let (table, name): (String, String) = (c.next()?, c.next()?);
            let (unique, primary): (bool, bool) = (c.next()?, c.next()?);
            let (constraint, partial): (bool, bool) = (c.next()?, c.next()?);
            let columns: String = c.next()?;
            if primary {
                return Ok(format!("{table} primary key ({columns})"));
            }
            Ok(index(&table, &name, constraint, unique, &[columns], partial))
        },
    )?;
    lines.extend(indexes);
    Ok(())
}

/// What the type is called on SQLite; one that no migration may use keeps its name and so is reported.
fn sqlite_type(kind: &str) -> &str {
    match kind {
        "bigint" | "boolean" => "INTEGER",
        "double precision" => "REAL",
        "bytea" => "BLOB",
        "text" => "TEXT",
        other => other,
    }
}

fn on_delete(code: &str) -> &'static str {
    match code {
        "c" => "cascade",
        "n" => "set null",
        "d" => "set default",
        "r" => "restrict",
        _ => "no action",
    }
}
