//! The room through its actions and routes, on both databases; figures worked out again by hand.

mod figures;
mod pages;
mod tiles;
mod trend;

use act::cases::model::{CaseEdit, CaseInput, Closing, Filter, Origin, Standing, View};
use act::cases::store::Window;
use act::causes::model::CauseInput;
use kernel::clock::SignedDuration;
use kernel::db::Engine;
use kernel::figures::Unit;
use kernel::identity::{Actor, Permission, Role, Scope};
use kernel::texts::{Locale, T, Texts};
use kernel::{Day, Error, Id, Instant};
use know::customers::model::CustomerInput;
use testkit::{Kit, Parts, TestApp};

use super::actions::{self, TileInput};
use super::model::{Board, Choice, Group, Kind, Tile};
use super::{export, rules};

fn start(engine: Engine) -> Kit {
    Kit::builder(engine)
        .migrations(&[
            kernel::MIGRATIONS,
            know::MIGRATIONS,
            listen::MIGRATIONS,
            understand::MIGRATIONS,
            act::MIGRATIONS,
            crate::MIGRATIONS,
        ])
        .start()
}

/// The application with the routes of this crate and of the one before it.
fn app(kit: &Kit) -> TestApp<'_> {
    let parts = Parts {
        routes: act::routes().merge(crate::routes()),
        texts: vec![know::TEXTS, listen::TEXTS, act::TEXTS, crate::TEXTS],
        nav: crate::NAV.to_vec(),
        ..Parts::default()
    };
    TestApp::new(kit, parts)
}

/// Texts in French.
fn texts() -> T {
    let all = [kernel::texts::SOURCES, web_kit::TEXTS, know::TEXTS, listen::TEXTS, act::TEXTS, crate::TEXTS]
        .concat();
    Texts::leak(&all).unwrap().reader(Locale::Fr)
}

/// The cells of a file.
fn rows(file: &str) -> Vec<Vec<String>> {
    file.lines().map(|line| line.split(';').map(|cell| cell.trim_matches('"').to_owned()).collect()).collect()
}

fn case(kit: &Kit, site: Option<Id>) -> Id {
    case_of(kit, site, None)
}

fn case_of(kit: &Kit, site: Option<Id>, cause: Option<Id>) -> Id {
    let by = Actor::system("test");
    let input = CustomerInput {
        family_name: "Diatta".into(),
        site: site.map(|s| s.to_string()).unwrap_or_default(),
        ..CustomerInput::default()
    };
    kit.write(move |tx| {
        let customer = know::customers::actions::create(tx, &by, &input)?.id;
        let input = CaseInput {
            customer: customer.to_string(),
            title: "Attente".into(),
            cause: cause.map(|c| c.to_string()).unwrap_or_default(),
            ..CaseInput::default()
        };
        act::cases::actions::create(tx, &by, &input, Origin::Hand)
    })
    .id
}

fn reach(kit: &Kit, id: Id) {
    kit.write(move |tx| act::cases::actions::attempt(tx, &Actor::system("t"), id, "phone", "reached", ""));
}

fn end(kit: &Kit, id: Id) {
    kit.write(move |tx| {
        let told = act::cases::actions::tell(tx, &Actor::system("t"), id, "phone", "Dit.")?;
        let no_cause = if told.cause.is_none() { "Inconnue.".into() } else { String::new() };
        let closing = Closing { no_cause, remedy: "none".into(), ..Closing::default() };
        act::cases::actions::close(tx, &Actor::system("t"), id, &closing)
    });
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn november() -> Choice {
    Choice { from: day("2026-11-01"), to: day("2026-11-30"), site: None }
}

fn board(kit: &Kit, choice: Choice) -> Board {
    let by = kit.director();
    kit.read(|tx| actions::loop_board(tx, &by, choice))
}

/// Value, n, and how many are left out or still run.
fn of(group: &Group, kind: Kind) -> (Option<f64>, u64, u64) {
    group.figure(kind).map(|f| (f.value, f.n, f.missing)).unwrap()
}

fn cost(kit: &Kit, id: Id) {
    kit.write(move |tx| {
        let by = Actor::system("t");
        let case = act::cases::store::get(tx, &Scope::All, id)?;
        let edit = CaseEdit { cost: "12,50".into(), ..act::cases::rules::to_edit(&case) };
        act::cases::actions::change(tx, &by, id, case.version, &edit)
    });
}

fn tile(figure: &str, site: Option<Id>, owner: Id) -> TileInput {
    TileInput {
        figure: figure.into(),
        site: site.map(|id| id.to_string()).unwrap_or_default(),
        days: "30".into(),
        decision: "Renforcer l’équipe du samedi ?".into(),
        owner: owner.to_string(),
    }
}

fn pin(kit: &Kit, by: &Actor, input: &TileInput) -> kernel::Result<Tile> {
    let (by, input) = (by.clone(), input.clone());
    kit.try_write(move |tx| actions::pin(tx, &by, &input))
}

/// How many cases the queue lists at an address.
fn listed(kit: &Kit, address: &str) -> u64 {
    let mut filter = Filter::default();
    for pair in address.strip_prefix("/cases?").unwrap().split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        match name {
            "view" => filter.view = View::ALL.into_iter().find(|v| v.name() == value).unwrap(),
            "site" => filter.site = value.parse().ok(),
            "team" => filter.team = value.parse().ok(),
            "from" => filter.from = value.parse().ok(),
            "to" => filter.to = value.parse().ok(),
            "standing" => filter.standing = Standing::ALL.into_iter().find(|s| s.name() == value),
            "cause" => {
                let tree = kit.read(|tx| act::causes::store::all(tx).map(act::causes::rules::tree));
                filter.causes = tree.below(value.parse().unwrap());
            }
            other => panic!("{other} in {address}"),
        }
    }
    kit.read(|tx| act::cases::store::list(tx, &Scope::All, &filter, Window::behind(None, 1_000))).len() as u64
}
