//! Cases with their lines, advisers, teams, causes and tiles, put into a database that has customers and answers: the
//! same each time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant as Wall;

use act::cases::model::{Case, Detail, Origin, Outcome, Phase, Remedy, Severity, StepKind};
use act::cases::rules::{self, CaseRules};
use act::clocks;
use kernel::clock::{Calendar, FixedClock, Opening, SignedDuration, WorkingHours};
use kernel::config::Config;
use kernel::identity::store::{Grant, User, insert_user, set_grants};
use kernel::identity::{Actor, Role};
use kernel::organisation::{self, Organisation, Team};
use kernel::texts::Locale;
use kernel::{Db, Error, Id, Instant, Result, Tx};
use steer::boards::model::{Kind, Tile};

use super::super::seed::{LOOKS_BACK_FROM, Random};
use super::super::store::{self, Line, Unhappy};
use crate::{assembly, open, say};

/// Answers looked at in one transaction.
const BATCH: i64 = 10_000;
/// One case for so many answers: 200 000 beside a million.
const EVERY: i64 = 5;
/// Colleagues of each team who carry cases.
const ADVISERS: usize = 10;
const TITLES: [&str; 6] = [
    "Livraison en retard",
    "Rappel promis et jamais reçu",
    "Facture fausse",
    "Attente au guichet",
    "Produit défectueux",
    "Conseil contradictoire",
];
const WORDS: [&str; 4] = [
    "J’attends depuis trois semaines et personne ne me rappelle, c’est la deuxième fois cette année.",
    "On m’avait promis une réponse pour lundi.",
    "Le montant n’est pas celui du devis, et l’agence me renvoie vers le téléphone qui me renvoie vers l’agence.",
    "Déçue, je ne reviendrai pas si rien ne change.",
];

/// What cases are spread over.
struct House {
    organisation: Organisation,
    calendar: Calendar,
    rules: CaseRules,
    /// By site: its team, and those who carry its cases.
    of_site: BTreeMap<Id, (Id, Vec<(Id, String)>)>,
    causes: Vec<Id>,
}

/// Puts cases into the database unless it has some.
pub(super) fn run(config: &Config) -> Result<()> {
    let began = Wall::now();
    // As when the answers were written: what is open then is as old in every database.
    let db = open::database_at(config, Arc::new(FixedClock::at(LOOKS_BACK_FROM)))?;
    if db.read(store::case_count)? > 0 {
        return Ok(());
    }
    say::note("adding cases …");
    let house = Arc::new(db.write(house)?);
    let mut numbers: BTreeMap<i64, i64> = BTreeMap::new();
    let (mut after, mut seen) = (Id(0), 0_i64);
    loop {
        let answers = db.read(|tx| store::answers_after(tx, after, BATCH))?;
        let Some(last) = answers.last() else { break };
        after = last.response;
        let mut cases = Vec::new();
        for answer in answers {
            seen += 1;
            if seen % EVERY == 0 {
                cases.push(case(&house, seen, &answer, &mut numbers)?);
            }
        }
        write(&db, cases)?;
    }
    db.write(move |tx| store::set_case_numbers(tx, &numbers))?;
    let cases = db.read(store::case_count)?;
    let rate = cases as f64 / began.elapsed().as_secs_f64();
    say::note(&format!("{cases} cases, {rate:.0} per second"));
    Ok(())
}

fn write(db: &Db, cases: Vec<(Case, Vec<Line>)>) -> Result<()> {
    // Alone: within the savepoint a shared change needs, so many rows are slow.
    db.write_alone(move |tx| {
        for (case, lines) in &cases {
            let case = Case { id: tx.new_id(), ..case.clone() };
            act::cases::store::insert(tx, &case)?;
            for line in lines {
                store::insert_line(tx, case.id, line)?;
            }
        }
        Ok(())
    })
}

fn house(tx: &mut Tx<'_>) -> Result<House> {
    let by = Actor::system("bocal bench");
    let mut organisation = organisation::store::get(tx)?;
    let all_day = Opening::from_minutes(9 * 60, 18 * 60).ok_or_else(|| Error::internal("no such hours"))?;
    organisation.hours = WorkingHours::monday_to_friday(&[all_day]).map_err(Error::caused)?;
    organisation::store::update(tx, &organisation)?;
    act::causes::actions::plant(tx, &by, assembly::texts()?.reader(Locale::Fr))?;
    let causes = act::causes::store::all(tx)?.into_iter().filter(|c| c.parent.is_some()).map(|c| c.id);
    let causes = causes.collect();
    let sites: Vec<Id> = organisation::store::sites(tx)?.into_iter().map(|site| site.id).collect();
    let mut of_site = BTreeMap::new();
    for (n, pair) in sites.chunks(2).enumerate() {
        let team =
            Team { id: tx.new_id(), name: format!("Équipe {}", n + 1), sites: pair.to_vec(), version: 1 };
        organisation::store::insert_team(tx, &team)?;
        let mut advisers = Vec::new();
        for k in 0..ADVISERS {
            let name = format!("Adviser {n}-{k:02}");
            advisers.push((colleague(tx, &name, Role::Adviser, team.id)?, name));
        }
        colleague(tx, &format!("Manager {n}"), Role::Manager, team.id)?;
        for site in pair {
            of_site.insert(*site, (team.id, advisers.clone()));
        }
    }
    let owner = of_site.values().flat_map(|(_, advisers)| advisers).next().cloned();
    tiles(tx, &sites, owner)?;
    let (rules, _) = act::cases::store::case_rules(tx)?;
    let calendar = organisation.calendar();
    Ok(House { organisation, calendar, rules, of_site, causes })
}

/// Half a dozen figures on the home page.
fn tiles(tx: &mut Tx<'_>, sites: &[Id], owner: Option<(Id, String)>) -> Result<()> {
    let Some((owner, owner_name)) = owner else { return Ok(()) };
    let pinned = [
        (Kind::ContactedInTime, None, 30),
        (Kind::ContactMedian, None, 30),
        (Kind::Late, None, 90),
        (Kind::CloseMedian, None, 365),
        (Kind::InnerLoop, sites.first().copied(), 90),
        (Kind::OuterLoop, sites.get(1).copied(), 365),
    ];
    for (kind, site, days) in pinned {
        let tile = Tile {
            id: tx.new_id(),
            kind,
            site,
            days,
            decision: "Renforcer l’équipe".into(),
            owner,
            owner_name: owner_name.clone(),
            created_at: tx.now(),
        };
        steer::boards::store::insert(tx, &tile, "bocal bench")?;
    }
    Ok(())
}

fn colleague(tx: &mut Tx<'_>, name: &str, role: Role, team: Id) -> Result<Id> {
    let user = User {
        id: tx.new_id(),
        email: format!("{}@exemple.fr", name.to_lowercase().replace(' ', "-")),
        name: name.to_owned(),
        title: String::new(),
        locale: Locale::Fr,
        theme: "system".into(),
        disabled: false,
        version: 1,
    };
    insert_user(tx, &user, None)?;
    set_grants(tx, user.id, &[Grant { role, site: None, team: Some(team) }])?;
    Ok(user.id)
}

/// What became of a case, by how old it is.
struct Story {
    is_open: bool,
    is_contacted: bool,
    is_told: bool,
    is_owned: bool,
}

fn story(random: &mut Random, days: i64) -> Story {
    // A tenth of all are open, most of them young.
    let open_of_hundred = match days {
        ..10 => 90,
        10..60 => 50,
        60..200 => 15,
        _ => 0,
    };
    let is_open = random.below(100) < open_of_hundred;
    let at = random.below(100);
    Story {
        is_open,
        is_contacted: !is_open || at >= 35,
        is_told: !is_open || at >= 85,
        is_owned: !is_open || random.below(4) > 0,
    }
}

/// A case with its lines, and its identifier still to be given.
fn case(
    house: &House,
    number: i64,
    answer: &Unhappy,
    numbers: &mut BTreeMap<i64, i64>,
) -> Result<(Case, Vec<Line>)> {
    let mut random = Random::new(number.unsigned_abs());
    let hours = |n: usize| SignedDuration::from_mins(n as i64);
    let opened_at = answer.at.plus(hours(random.below(540))).minus(hours(180)).min(LOOKS_BACK_FROM);
    let age = LOOKS_BACK_FROM.since(opened_at);
    let story = story(&mut random, age.as_hours() / 24);
    let within = |at: Instant| at.min(LOOKS_BACK_FROM);
    // Four in five within two days.
    let contacted_at = within(opened_at.plus(hours(30 + random.below(3_500))));
    let told_at = within(contacted_at.plus(hours(60 + random.below(12_000))));
    let closed_at = within(told_at.plus(hours(5 + random.below(4_000))));
    let phase = match (story.is_contacted, story.is_told) {
        (_, true) => Phase::Over,
        (true, false) => Phase::Answer,
        (false, false) => Phase::Contact,
    };
    let first =
        rules::start_clock(&house.calendar, &house.rules, (Phase::Contact, Severity::Minor), opened_at)?;
    let mut clock = match phase {
        Phase::Contact => first,
        Phase::Answer | Phase::Over => {
            rules::start_clock(&house.calendar, &house.rules, (Phase::Answer, Severity::Minor), opened_at)?
        }
    };
    clock.phase = phase;
    let day = house.organisation.zone.day_of(opened_at);
    let year = i64::from(day.year());
    let taken = numbers.entry(year).or_default();
    *taken += 1;
    let place = answer.site.and_then(|site| house.of_site.get(&site));
    let owner =
        place.filter(|_| story.is_owned).map(|(_, advisers)| advisers[random.below(advisers.len())].clone());
    let is_unhappy = house.rules.is_unhappy("nps", answer.score);
    let has_cause = random.below(100) < if story.is_open { 40 } else { 85 };
    let is_costly = !story.is_open && random.below(5) == 0;
    let case = Case {
        id: Id(0),
        reference: act::reference::write('B', year, *taken),
        origin: if is_unhappy { Origin::Answer } else { Origin::Hand },
        title: random.pick(&TITLES).to_owned(),
        words: random.pick(&WORDS).to_owned(),
        customer: Some(answer.customer),
        reach: String::new(),
        response: is_unhappy.then_some(answer.response),
        score: is_unhappy.then(|| ("nps".to_owned(), answer.score)),
        site: answer.site,
        team: place.map(|(team, _)| *team),
        owner: owner.as_ref().map(|(id, _)| *id),
        severity: if is_unhappy { CaseRules::severity("nps", answer.score) } else { Severity::Minor },
        cause: has_cause.then(|| random.pick(&house.causes)),
        no_cause: None,
        remedy: if is_costly { Remedy::Voucher } else { Remedy::None },
        cost: if is_costly { 500 + random.below(9_500) as i64 } else { 0 },
        currency: house.organisation.currency.clone(),
        opened_at,
        opened_day: day,
        contact_due_at: first.times.due_at,
        contacted_at: story.is_contacted.then_some(contacted_at),
        told_at: story.is_told.then_some(told_at),
        refusal: None,
        closed_at: (!story.is_open).then_some(closed_at),
        reopened: 0,
        extensions: 0,
        promise: None,
        clock,
        // What was passed was warned about in its time.
        alerted: clocks::stage(&clock.times, LOOKS_BACK_FROM).percent(),
        import: None,
        version: 1,
    };
    let lines = lines(&case, owner.map(|(_, name)| name));
    Ok((case, lines))
}

fn lines(case: &Case, owner: Option<String>) -> Vec<Line> {
    let by = owner.clone().unwrap_or_default();
    let line =
        |at, kind, text: &str, detail| Line { at, kind, by: by.clone(), text: text.to_owned(), detail };
    let tried = |outcome: Outcome| Detail {
        channel: "phone".to_owned(),
        outcome: outcome.name().to_owned(),
        ..Detail::default()
    };
    let mut all = vec![line(case.opened_at, StepKind::Opened, "", Detail::default())];
    if owner.is_some() {
        all.push(line(case.opened_at, StepKind::Taken, "", Detail::default()));
    }
    if let Some(at) = case.contacted_at {
        all.push(line(at, StepKind::Attempted, "Répondeur.", tried(Outcome::NotReached)));
        all.push(line(at, StepKind::Attempted, "Jointe, va mieux.", tried(Outcome::Reached)));
    }
    if let Some(at) = case.told_at {
        let detail = Detail { channel: "phone".to_owned(), ..Detail::default() };
        all.push(line(at, StepKind::Told, "Geste commercial annoncé et cause expliquée.", detail));
    }
    if let Some(at) = case.closed_at {
        all.push(line(at, StepKind::Closed, "", Detail::default()));
    }
    all
}
