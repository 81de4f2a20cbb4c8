//! How many rows a second an import takes in, with validation and duplicate detection, as customers grow:
//! `cargo run --release -p know --example import_speed -- [DATABASE] [ROWS OF A FILE] [FILES] [FIRST FILE]`.
//!
//! The files hold made-up customers with number, names, e-mail, two telephones and an address. One row in twenty of
//! each file but the first speaks of a customer already known, and one in a hundred is wrong.

#![expect(clippy::print_stdout, reason = "its only output")]

use std::fmt::Write as _;
use std::sync::Arc;

use kernel::clock::{Clock, Regime, SystemClock, WorkingHours};
use kernel::db::{Db, Location, NoSubscribers, Plan, Surroundings};
use kernel::identity::Actor;
use kernel::ids::IdMaker;
use kernel::organisation::{self, Organisation};
use kernel::texts::Locale;
use kernel::{Error, Result};
use know::import::{actions, customers};

const SYLLABLES: [&str; 20] = [
    "ka", "ver", "del", "mo", "rin", "tou", "ber", "lac", "sou", "pel", "nor", "gui", "fan", "jo", "lis",
    "qua", "thi", "zel", "bru", "chan",
];

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let database = args.next().unwrap_or_else(|| "import-speed.db".to_owned());
    let rows: u64 = args.next().and_then(|n| n.parse().ok()).unwrap_or(200_000);
    let files: u64 = args.next().and_then(|n| n.parse().ok()).unwrap_or(6);
    let from: u64 = args.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let db = open(&database)?;
    let by = Actor::system("speed");
    for file in from..from + files {
        let bytes = csv(file, rows);
        let began = SystemClock.now();
        let mut first = None;
        let settings = actions::FileSettings::default();
        let name = format!("file-{file}.csv");
        let mut progress = |done: i64, _| {
            first.get_or_insert((SystemClock.now(), done));
        };
        let done = actions::import_file(
            &db,
            &by,
            customers::KIND,
            &name,
            bytes.as_bytes(),
            &settings,
            &mut progress,
        )?;
        let whole = SystemClock.now().since(began).as_secs_f64();
        let (from, counted) = first.unwrap_or((began, 0));
        let writing = SystemClock.now().since(from).as_secs_f64();
        println!(
            "{} rows: {:.0} rows/s while writing, {:.0} with reading the file; {:?}; {} MB at most",
            done.total,
            (done.total - counted) as f64 / writing.max(0.001),
            done.total as f64 / whole,
            done.counts,
            peak_megabytes(),
        );
    }
    Ok(())
}

fn open(database: &str) -> Result<Db> {
    let around = Surroundings {
        clock: Arc::new(SystemClock),
        ids: Arc::new(IdMaker::new(1)),
        routing: Arc::new(NoSubscribers),
    };
    let location: Location = database.parse().map_err(|_| Error::internal("no such place"))?;
    let db = Db::open(&location, around, 4)?;
    db.migrate(&Plan::new([kernel::MIGRATIONS, know::MIGRATIONS].concat())?)?;
    db.write(|tx| {
        if organisation::store::find(tx)?.is_some() {
            return Ok(());
        }
        let organisation = Organisation {
            name: "Vitesse".into(),
            regime: Regime::France,
            zone: "Europe/Paris".parse().map_err(Error::caused)?,
            currency: "EUR".into(),
            locale: Locale::Fr,
            hours: WorkingHours::closed(),
            closures: Vec::new(),
            link_key: vec![7; 32],
            demonstration: false,
            version: 1,
        };
        organisation::store::insert(tx, &organisation)
    })?;
    Ok(db)
}

fn csv(file: u64, rows: u64) -> String {
    let mut out = String::from(
        "numero client;nom;prenom;date de naissance;telephone;mobile;email;adresse;code postal;ville\n",
    );
    for row in 0..rows {
        // One in twenty is somebody of an earlier file, at another address.
        let known = file > 0 && row % 20 == 0;
        let person = if known { row } else { file * rows + row };
        let (family, given) = (word(mix(person, 1) % 20_000, 3), word(mix(person, 2) % 800, 2));
        let at = if row % 100 == 7 { " " } else { "@" };
        // Writing into a text cannot fail.
        let _ = writeln!(
            out,
            "C{person:08};{family};{given};{:02}/{:02}/{};02{:08};06{:08};{given}.{family}{}{at}exemple.fr;{} rue {};\
             {:05};{}",
            1 + mix(person, 3) % 28,
            1 + mix(person, 4) % 12,
            1940 + mix(person, 5) % 60,
            mix(person, 6) % 100_000_000,
            mix(person, 7) % 100_000_000,
            person % 1_000,
            1 + mix(person + file, 8) % 99,
            word(mix(person, 9) % 500, 3),
            mix(person, 10) % 95_000,
            word(mix(person, 11) % 3_000, 3),
        );
    }
    out
}

fn mix(n: u64, salt: u64) -> u64 {
    let mut x = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^= x >> 31;
    x = x.wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 29)
}

fn word(mut n: u64, syllables: usize) -> String {
    let mut word = String::new();
    for _ in 0..syllables {
        let place = usize::try_from(n % 20).unwrap_or(0);
        word.push_str(SYLLABLES.get(place).copied().unwrap_or_default());
        n /= 20;
    }
    word
}

/// Memory at its highest, where the system tells.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    let kilobytes: u64 = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    kilobytes / 1024
}
