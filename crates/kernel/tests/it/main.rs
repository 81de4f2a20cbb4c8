//! The kernel on both databases.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod config;
#[cfg(test)]
mod db;
#[cfg(test)]
mod db_threads;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod mail_sending;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod seals;
#[cfg(test)]
mod texts;

/// What these tests write to.
#[cfg(test)]
const TABLES: kernel::db::Migration = kernel::db::Migration::new(
    900,
    "tests",
    "CREATE TABLE samples (id BIGINT PRIMARY KEY, whole BIGINT, word TEXT, flag BOOLEAN, bytes BYTEA,
                           number DOUBLE PRECISION);
     CREATE TABLE shelves (id BIGINT PRIMARY KEY, code TEXT NOT NULL UNIQUE, floor BIGINT NOT NULL,
                           CONSTRAINT shelves_floor_is_real CHECK (floor >= 0));
     CREATE TABLE jars (id BIGINT PRIMARY KEY, shelf_id BIGINT NOT NULL REFERENCES shelves (id),
                        place BIGINT NOT NULL, label TEXT NOT NULL, UNIQUE (shelf_id, place));
     CREATE UNIQUE INDEX jars_label_key ON jars (label);
     CREATE TABLE counters (id BIGINT PRIMARY KEY, value BIGINT NOT NULL);
     CREATE TABLE marks (id BIGINT PRIMARY KEY, word TEXT NOT NULL);",
);

/// A kit with the tables above.
#[cfg(test)]
fn start(engine: testkit::Engine) -> testkit::Kit {
    testkit::Kit::new(engine, &[kernel::MIGRATIONS, &[TABLES]])
}

/// Leaves a mark in the database: how handlers, which are plain functions, say that they ran.
#[cfg(test)]
fn mark(tx: &mut kernel::Tx<'_>, word: &str) -> kernel::Result<()> {
    let id = tx.new_id();
    tx.execute("INSERT INTO marks (id, word) VALUES ($1, $2)", &[&id, &word]).map(drop)
}

/// The marks, in order.
#[cfg(test)]
fn marks(kit: &testkit::Kit) -> Vec<String> {
    kit.read(|tx| tx.query("SELECT word FROM marks ORDER BY id", &[], |row| row.get(0)))
}
