//! 64 advisers at work at the same time, each signed in, against a server beside us that also delivers events, warns
//! and writes letters to a folder; what was acknowledged is looked for in the database afterwards.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::time::{Duration, Instant as Wall};

use kernel::config::Config;
use kernel::identity::Role;
use kernel::identity::store::Grant;
use kernel::{Db, Error, Id, Result, organisation, secrets};

use super::super::pages::Person;
use super::super::report::{Line, cpu_time};
use super::super::{start, store};
use super::gestures::{Adviser, Day, Gesture, Tally};
use super::seed;
use crate::open;

/// Advisers at the same time.
const ADVISERS: usize = 64;

/// Gestures that leave a text of their own, and under which kind of line it is found.
const TEXTS: [(Gesture, &str); 5] = [
    (Gesture::Attempt, "attempted"),
    (Gesture::Note, "noted"),
    (Gesture::Reply, "replied"),
    (Gesture::HandOver, "handed-over"),
    (Gesture::Tell, "told"),
];

pub(in super::super) fn run(config: &Config, minutes: u64, think: u64) -> Result<Vec<Line>> {
    seed::run(config)?;
    let db = open::migrated(config)?;
    let advisers = advisers(&db)?;
    let mark: String = secrets::token()?.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let last = db.read(store::last_case_line)?;
    let letters = std::env::temp_dir().join(format!("bocal-bench-{mark}"));
    let address: SocketAddr = ([127, 0, 0, 1], start::free_port()?).into();
    let mut server = start::server(config, address, &[OsStr::new("--mail-dir"), letters.as_os_str()])?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let time = Duration::from_secs(minutes * 60);
    let outcome = runtime.block_on(async {
        start::first_page(address, Wall::now()).await?;
        work(address, advisers, &mark, time, Duration::from_millis(think)).await
    });
    let cpu = cpu_time(&server.id().to_string());
    // Killed, not asked to stop: what was acknowledged must be there all the same.
    server.kill()?;
    server.wait()?;
    let mut tally = outcome?;
    if letters.exists() {
        std::fs::remove_dir_all(&letters)?;
    }
    let kept = kept(&db, last, &mark, &tally)?;
    let mut lines = vec![Line::rate(
        &format!("{ADVISERS} advisers at work, gestures"),
        tally.done.values().map(Vec::len).sum(),
        time,
        cpu,
    )];
    for (gesture, _, what) in Gesture::ALL {
        lines.push(Line::among(what, tally.done.entry(*gesture).or_default()));
    }
    let quicker = format!("{} / {}", tally.quicker, tally.conflicts);
    lines.push(Line::plain("  a colleague was quicker", quicker, "by a notice / by 409 or 412"));
    lines.push(Line::plain("  errors", errors(&tally), "by status; 0: no answer"));
    lines.push(kept);
    Ok(lines)
}

/// Advisers of every team in turn, signed in.
fn advisers(db: &Db) -> Result<Vec<Adviser>> {
    let teams = db.read(organisation::store::teams)?;
    let teams: Vec<_> = teams.into_iter().filter(|team| !team.sites.is_empty()).collect();
    if teams.is_empty() {
        return Err(Error::internal("no team has a site: make the database with `bocal bench seed`"));
    }
    let mut people: Vec<Vec<Person>> = teams.iter().map(|_| Vec::new()).collect();
    for number in 0..ADVISERS {
        let at = number % teams.len();
        let grants = vec![Grant { role: Role::Adviser, site: None, team: Some(teams[at].id) }];
        people[at].push(Person::sign_in(db, &format!("bench-adviser-{number}@exemple.fr"), grants)?);
    }
    let mut all = Vec::with_capacity(ADVISERS);
    for (team, members) in teams.iter().zip(people) {
        let ids: Vec<Id> = members.iter().map(|person| person.id).collect();
        for (n, person) in members.into_iter().enumerate() {
            let colleagues = ids.iter().copied().filter(|id| *id != person.id).collect();
            all.push(Adviser { person, site: team.sites[n % team.sites.len()], colleagues });
        }
    }
    Ok(all)
}

async fn work(
    address: SocketAddr,
    advisers: Vec<Adviser>,
    mark: &str,
    time: Duration,
    think: Duration,
) -> Result<Tally> {
    let until = Wall::now() + time;
    let mut days = Vec::new();
    for (number, adviser) in (0_u64..).zip(advisers) {
        let day = Day::begin(address, adviser, number, format!("{mark}x{number}")).await?;
        days.push(tokio::spawn(day.work(until, think)));
    }
    let mut all = Tally::default();
    for day in days {
        all.add(day.await.map_err(Error::caused)?);
    }
    Ok(all)
}

fn errors(tally: &Tally) -> String {
    if tally.errors.is_empty() {
        return "none".to_owned();
    }
    let each: Vec<String> = tally.errors.iter().map(|(status, n)| format!("{status}: {n}")).collect();
    each.join(", ")
}

/// What of the texts and cases that were acknowledged is there.
fn kept(db: &Db, last: Id, mark: &str, tally: &Tally) -> Result<Line> {
    let found = db.read(|tx| store::case_lines_holding(tx, last, mark))?;
    let mut pairs: Vec<(usize, i64)> = TEXTS
        .iter()
        .map(|(gesture, kind)| (tally.count(*gesture), found.get(*kind).copied().unwrap_or(0)))
        .collect();
    let opened = db.read(|tx| store::cases_holding(tx, last, mark))?;
    pairs.push((tally.count(Gesture::Open), opened));
    let missing: i64 = pairs.iter().map(|(done, kept)| (*done as i64 - kept).max(0)).sum();
    if missing > 0 {
        return Err(Error::internal(format!(
            "{missing} gestures that were acknowledged are missing: {pairs:?}"
        )));
    }
    let (done, kept) = pairs.iter().fold((0, 0), |(done, kept), (d, k)| (done + d, kept + k));
    let cell = format!("{done} / {kept}");
    Ok(Line::plain("  writings acknowledged / there after kill -9", cell, ""))
}
