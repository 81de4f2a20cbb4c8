//! The room through its actions, its jobs and its routes, on both databases.

mod files;
mod people;
mod routes;
mod run;

use kernel::identity::Actor;
use kernel::tabular::Options as Reading;
use kernel::{Id, Tx};
use testkit::Kit;

use super::actions;
use super::model::{Changes, Import, Phase};
use super::parts::{Choices, Mapping};
use super::{Kinds, customers, handlers, reading};
use crate::customers as room;
use crate::customers::model::{Customer, CustomerInput, ListQuery};

fn kinds() -> Kinds {
    Kinds::one(customers::KIND)
}

fn start(engine: testkit::Engine) -> Kit {
    Kit::builder(engine)
        .migrations(&[kernel::MIGRATIONS, crate::MIGRATIONS])
        .handlers(handlers(&kinds()))
        .start()
}

/// Takes a file in; nothing of it is written.
fn upload(kit: &Kit, by: &Actor, name: &str, bytes: &[u8]) -> Import {
    let arrived = reading::read(bytes, name, &Reading::default()).unwrap();
    let (by, bytes) = (by.clone(), bytes.to_vec());
    kit.write(move |tx| actions::create(tx, &by, customers::KIND, &bytes, &arrived))
}

fn options(pairs: &[(&str, &str)]) -> Choices {
    Choices(pairs.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect())
}

fn decide(kit: &Kit, by: &Actor, import: &Import, changes: Changes) -> Import {
    let (by, id, version) = (by.clone(), import.id, import.version);
    kit.write(move |tx| actions::decide(tx, &by, &kinds(), id, version, &changes))
}

fn set(kit: &Kit, by: &Actor, import: &Import, pairs: &[(&str, &str)]) -> Import {
    decide(kit, by, import, Changes { options: options(pairs), ..Changes::default() })
}

fn mapped(kit: &Kit, by: &Actor, import: &Import, fields: &[&str]) -> Import {
    let mapping = fields.iter().map(|field| (!field.is_empty()).then(|| (*field).to_owned())).collect();
    decide(kit, by, import, Changes { mapping: Some(Mapping(mapping)), ..Changes::default() })
}

fn begin(kit: &Kit, by: &Actor, import: &Import) {
    let (by, id) = (by.clone(), import.id);
    kit.write(move |tx| actions::run(tx, &by, &kinds(), id).map(drop));
}

/// Runs an import to its end and gives it as it is then.
fn run(kit: &Kit, by: &Actor, import: &Import) -> Import {
    begin(kit, by, import);
    kit.run_jobs();
    let after = get(kit, by, import.id);
    assert_eq!(after.counts.sum(), after.total, "every row has its outcome");
    after
}

fn import(kit: &Kit, by: &Actor, name: &str, text: &str) -> Import {
    let import = upload(kit, by, name, text.as_bytes());
    run(kit, by, &import)
}

fn undo(kit: &Kit, by: &Actor, import: &Import) -> Import {
    let (actor, id) = (by.clone(), import.id);
    kit.write(move |tx| actions::undo(tx, &actor, &kinds(), id).map(drop));
    kit.run_jobs();
    get(kit, by, import.id)
}

fn get(kit: &Kit, by: &Actor, id: Id) -> Import {
    kit.read(|tx| actions::show(tx, by, &kinds(), id)).import
}

fn phase(kit: &Kit, by: &Actor, id: Id) -> Phase {
    kit.read(|tx| actions::show(tx, by, &kinds(), id)).phase
}

fn everybody(kit: &Kit, by: &Actor) -> Vec<Customer> {
    let sort = room::model::Sort::Created;
    kit.read(|tx| room::actions::list(tx, by, &ListQuery { sort, ..ListQuery::default() }, 100_000)).rows
}

fn names(kit: &Kit, by: &Actor) -> Vec<String> {
    everybody(kit, by).iter().map(|c| c.details.name()).collect()
}

fn add(kit: &Kit, by: &Actor, input: CustomerInput) -> Customer {
    let by = by.clone();
    kit.write(move |tx| room::actions::create(tx, &by, &input))
}

fn person(given: &str, family: &str) -> CustomerInput {
    CustomerInput { given_name: given.into(), family_name: family.into(), ..CustomerInput::default() }
}

/// What the rows of an import became, by line.
fn outcomes(kit: &Kit, by: &Actor, id: Id) -> Vec<(i64, &'static str)> {
    let page = kit.read(|tx| actions::rows(tx, by, &kinds(), id, None, 0, 100_000));
    page.rows.iter().map(|row| (row.line, row.became.name())).collect()
}

/// Keys of the reasons of a line.
fn reasons(kit: &Kit, by: &Actor, id: Id, line: i64) -> Vec<String> {
    let page = kit.read(|tx| actions::rows(tx, by, &kinds(), id, None, line - 1, 1));
    page.rows[0].reasons.iter().map(|reason| reason.message.key.to_string()).collect()
}

fn count(tx: &mut Tx<'_>, sql: &str) -> kernel::Result<i64> {
    tx.query_one(sql, &[], |row| row.get(0))
}
