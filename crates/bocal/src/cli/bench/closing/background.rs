//! What happens behind the screens: warnings, clocks, letters.

use std::time::{Duration, Instant as Wall};

use kernel::clock::{Opening, WorkingHours};
use kernel::config::Config;
use kernel::identity::Actor;
use kernel::jobs::{self, Handlers};
use kernel::mail::{self, Block, Outgoing, Recipient};
use kernel::texts::Locale;
use kernel::{Db, Error, Result, Tx, organisation};

use super::super::report::{Line, cpu_time};
use super::super::store;
use crate::{assembly, open};

/// Cases warned of in one pass.
const WARNED: i64 = 1_000;
/// Letters queued one by one, and in lots.
const LETTERS: usize = 400;
const LOTS: usize = 20;
/// Letters of a lot.
const LOT: usize = 500;

pub(super) fn run(config: &Config) -> Result<Vec<Line>> {
    let db = open::migrated(config)?;
    // What other runs left is not ours to measure.
    work(&db)?;
    let mut lines = vec![Line::plain("  behind the screens", String::new(), "")];
    let due = db.write(|tx| store::make_warnings_due(tx, WARNED))?;
    let (wall, cpu) = job(&db, act::cases::ALERTS.name)?;
    lines.push(Line::rate("warnings, each with its letter", usize::try_from(due).unwrap_or(0), wall, cpu));
    let none = job(&db, act::cases::ALERTS.name)?;
    lines.push(milliseconds("warnings, none due", none));
    hours(&db, 18)?;
    job(&db, act::cases::CLOCKS.name)?;
    let same = job(&db, act::cases::CLOCKS.name)?;
    lines.push(milliseconds("clocks of all open cases, none changes", same));
    hours(&db, 17)?;
    let (changed, longest) = beside(&db, |db| job(db, act::cases::CLOCKS.name))?;
    lines.push(milliseconds("clocks of all open cases, all change", changed));
    let longest = format!("{:.1}", longest.as_secs_f64() * 1e3);
    lines.push(Line::plain("  longest wait of others meanwhile", longest, "ms"));
    hours(&db, 18)?;
    job(&db, act::cases::CLOCKS.name)?;
    lines.extend(letters(&db)?);
    Ok(lines)
}

fn milliseconds(what: &str, (wall, cpu): (Duration, Duration)) -> Line {
    let cell = format!("{:.1} / {:.0}", wall.as_secs_f64() * 1e3, cpu.as_secs_f64() * 1e3);
    Line::plain(what, cell, "ms / CPU ms")
}

/// Everything that waits, without what comes back by itself.
fn work(db: &Db) -> Result<usize> {
    let handlers = Handlers { handlers: assembly::handlers().handlers, recurring: Vec::new() };
    jobs::run_due(db, &handlers, &assembly::subscriptions())
}

/// Time and processor time of one job.
fn job(db: &Db, name: &'static str) -> Result<(Duration, Duration)> {
    db.write(move |tx| jobs::enqueue(tx, &Actor::system("bocal bench"), name, None, &()))?;
    let (cpu, wall) = (cpu_time("self"), Wall::now());
    work(db)?;
    Ok((wall.elapsed(), cpu_time("self").saturating_sub(cpu)))
}

/// Does something while another thread makes small changes, and tells how long one of them waited at most.
fn beside<T>(db: &Db, f: impl FnOnce(&Db) -> Result<T>) -> Result<(T, Duration)> {
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            let mut longest = Duration::ZERO;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let began = Wall::now();
                db.write(store::forget_letters)?;
                longest = longest.max(began.elapsed());
                std::thread::park_timeout(Duration::from_millis(2));
            }
            Ok::<_, Error>(longest)
        });
        let done = f(db);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        let longest = other.join().map_err(|_| Error::internal("the other thread panicked"))??;
        Ok((done?, longest))
    })
}

/// Closes at another hour.
fn hours(db: &Db, until: u16) -> Result<()> {
    db.write(move |tx| {
        let mut organisation = organisation::store::get(tx)?;
        let opening =
            Opening::from_minutes(9 * 60, until * 60).ok_or_else(|| Error::internal("no such hours"))?;
        organisation.hours = WorkingHours::monday_to_friday(&[opening]).map_err(Error::caused)?;
        organisation::store::update(tx, &organisation).map(drop)
    })
}

fn letters(db: &Db) -> Result<Vec<Line>> {
    db.write(store::forget_letters)?;
    let (cpu, wall) = (cpu_time("self"), Wall::now());
    for n in 0..LETTERS {
        db.write(move |tx| queue(tx, &[letter(n)]))?;
    }
    let one = Line::rate(
        "letters queued, each durable",
        LETTERS,
        wall.elapsed(),
        cpu_time("self").saturating_sub(cpu),
    );
    let (cpu, wall) = (cpu_time("self"), Wall::now());
    for lot in 0..LOTS {
        let all: Vec<Outgoing> = (0..LOT).map(|n| letter(LETTERS + lot * LOT + n)).collect();
        db.write(move |tx| queue(tx, &all))?;
    }
    let many = Line::rate(
        "letters queued, in lots",
        LOTS * LOT,
        wall.elapsed(),
        cpu_time("self").saturating_sub(cpu),
    );
    db.write(store::forget_letters)?;
    Ok(vec![one, many])
}

fn queue(tx: &mut Tx<'_>, all: &[Outgoing]) -> Result<()> {
    let by = Actor::system("bocal bench");
    match all {
        [one] => mail::queue(tx, &by, one).map(drop),
        _ => mail::queue_all(tx, &by, all).map(drop),
    }
}

fn letter(n: usize) -> Outgoing {
    Outgoing {
        key: format!("bench:{n}"),
        kind: "case-reply",
        to: Recipient {
            address: format!("client{n}@exemple.fr"),
            name: "Awa Martin".into(),
            customer: None,
            user: None,
        },
        locale: Locale::Fr,
        subject: "Votre message".into(),
        blocks: vec![Block::Text(
            "Bonjour,\n\nvous nous avez dit avoir attendu trois semaines. Nous nous en excusons : la cause est \
             trouvée, et votre commande part aujourd’hui.\n\nBien à vous"
                .into(),
        )],
        about: None,
        site: None,
        unsubscribe: None,
        not_before: None,
    }
}
