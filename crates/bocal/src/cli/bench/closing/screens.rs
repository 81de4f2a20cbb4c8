//! Server time of the screens of the loop.

use std::time::Instant as Wall;

use kernel::config::Config;
use kernel::identity::Role;
use kernel::identity::store::Grant;
use kernel::jobs::Bell;
use kernel::{Id, Result, organisation};

use super::super::pages::{Person, Round};
use super::super::report::{Line, cpu_time};
use super::super::store::{self, OpenCase};
use crate::{open, serve};

/// Sites the adviser works for.
const SITES: usize = 2;
/// Times the whole file is asked for.
const EXPORTS: usize = 2;
/// Cases acted on.
const CASES: usize = 400;

pub(super) fn run(config: &Config, requests: usize, screen: Option<&str>) -> Result<Vec<Line>> {
    let db = open::migrated(config)?;
    let cases = db.read(store::case_count)?;
    let mut lines = vec![Line::plain("cases", cases.to_string(), "")];
    let (sites, teams) = db.read(|tx| {
        let sites: Vec<Id> = organisation::store::sites(tx)?.into_iter().map(|s| s.id).take(SITES).collect();
        Ok((sites, organisation::store::teams(tx)?))
    })?;
    let grants =
        sites.iter().map(|site| Grant { role: Role::Adviser, site: Some(*site), team: None }).collect();
    let administrator = Person::sign_in(&db, "bench@exemple.fr", Person::everything())?;
    let adviser = Person::sign_in(&db, "bench-adviser@exemple.fr", grants)?;
    let app = serve::app(config, &db, &Bell::default())?;
    let router = serve::router(&app);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let team = teams.first().map(|team| team.id);
    for (who, person, reach) in
        [("administrator", &administrator, Vec::new()), ("adviser of two sites", &adviser, sites.clone())]
    {
        lines.push(Line::plain(&format!("  {who}"), String::new(), ""));
        let found = db.read(|tx| store::some_open_cases(tx, &reach, CASES))?;
        let mut give = |what: &str, paths: &[String]| -> Result<()> {
            let round = Round { router: &router, cookie: &person.cookie, paths };
            runtime.block_on(round.warm())?;
            let cpu = cpu_time("self");
            let times = runtime.block_on(round.one_after_the_other(requests))?;
            lines.push(Line::times(what, times, cpu_time("self").saturating_sub(cpu)));
            Ok(())
        };
        for (what, paths) in plans(&found, team, sites.first().copied()) {
            if screen.is_none_or(|screen| what.contains(screen)) {
                give(what, &paths)?;
            }
        }
        if screen.is_some() {
            continue;
        }
        let cpu = cpu_time("self");
        let mut times = Vec::new();
        for case in &found {
            let form = "channel=phone&outcome=not_reached&text=R%C3%A9pondeur";
            let path = format!("/cases/{}/attempts", case.id);
            times.push(runtime.block_on(person.send(&router, &path, form))?);
        }
        lines.push(Line::times("note an attempt", times, cpu_time("self").saturating_sub(cpu)));
        let (cpu, mut times) = (cpu_time("self"), Vec::new());
        // To somebody who reaches every site, and back to the team: the queue stays as it was.
        for to in [administrator.id.to_string(), "team".to_owned()] {
            for case in &found {
                let path = format!("/cases/{}/handover", case.id);
                let form = format!("to={to}&text=");
                times.push(runtime.block_on(person.send(&router, &path, &form))?);
            }
        }
        lines.push(Line::times("hand a case over", times, cpu_time("self").saturating_sub(cpu)));
        lines.push(export(
            &runtime,
            &Round {
                router: &router,
                cookie: &person.cookie,
                paths: &["/cases/export.csv?view=all".to_owned()],
            },
        )?);
    }
    Ok(lines)
}

/// What is asked for, under a name.
fn plans(cases: &[OpenCase], team: Option<Id>, site: Option<Id>) -> Vec<(&'static str, Vec<String>)> {
    let one = |path: &str| vec![path.to_owned()];
    let (team, site) = (team.unwrap_or(Id(0)), site.unwrap_or(Id(0)));
    let names = ["mart", "marie ma", "kerv", "guez 12", "ndiaye awa"];
    vec![
        ("queue, mine", one("/cases?view=mine")),
        ("queue, nobody’s", one("/cases?view=free")),
        ("queue, late", one("/cases?view=late")),
        ("queue, open", one("/cases?view=open")),
        ("queue, open of a team", one(&format!("/cases?view=open&team={team}"))),
        ("queue, open at a site", one(&format!("/cases?view=open&site={site}"))),
        ("queue, closed", one("/cases?view=closed")),
        ("queue, all, the latest first", one("/cases?view=all")),
        (
            "queue, behind a figure: two months, contacted late",
            one("/cases?view=all&from=2026-08-01&to=2026-09-30&standing=too_late"),
        ),
        (
            "queue, by reference (to its case)",
            cases.iter().map(|case| format!("/cases?q={}", case.reference)).collect(),
        ),
        (
            "palette, by reference",
            cases.iter().map(|case| format!("/palette?q={}", case.reference)).collect(),
        ),
        ("palette, by name", names.iter().map(|q| format!("/palette?q={}", q.replace(' ', "+"))).collect()),
        ("case sheet", cases.iter().map(|case| format!("/cases/{}", case.id)).collect()),
        ("loop board, 90 days", one("/boards/loop")),
        ("loop board, 18 months", one("/boards/loop?from=2025-05-01&to=2026-11-21")),
        ("loop board, one site", one(&format!("/boards/loop?site={site}"))),
        ("causes", one("/causes")),
        ("ranking of causes", one("/causes/ranking")),
        ("improvements", one("/improvements")),
        ("home", one("/")),
        ("  its cases", one("/cases/fragments/mine")),
        ("  its news", one("/cases/fragments/news")),
        ("  its tiles", one("/boards/fragments/tiles")),
        ("  its improvements", one("/improvements/fragments/due")),
    ]
}

/// The whole file.
fn export(runtime: &tokio::runtime::Runtime, round: &Round<'_>) -> Result<Line> {
    let (cpu, wall, mut rows) = (cpu_time("self"), Wall::now(), 0);
    for n in 0..EXPORTS {
        let body = runtime.block_on(round.body(n))?;
        rows += body.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1);
    }
    Ok(Line::rate(
        "rows of the file of all cases",
        rows,
        wall.elapsed(),
        cpu_time("self").saturating_sub(cpu),
    ))
}
