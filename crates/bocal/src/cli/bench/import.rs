//! How many rows a second an import takes in, with validation and the search for customers already known; and how
//! many a second it takes back.
//!
//! The files hold made-up customers with number, names, e-mail, two telephones and an address. One row in twenty of
//! the second speaks of a customer of the first, and one in a hundred is wrong.

use std::fmt::Write as _;
use std::time::Instant as Wall;

use kernel::config::Config;
use kernel::identity::Actor;
use kernel::jobs::{Handlers, run_due};
use kernel::{Db, Id, Result};
use know::import::{Kinds, actions, customers};

use super::report::{Line, cpu_time, memory};
use crate::{assembly, open};

/// Rows of each of the two files.
const ROWS: u64 = 50_000;

const SYLLABLES: [&str; 20] = [
    "ka", "ver", "del", "mo", "rin", "tou", "ber", "lac", "sou", "pel", "nor", "gui", "fan", "jo", "lis",
    "qua", "thi", "zel", "bru", "chan",
];

pub(super) fn run(config: &Config) -> Result<Vec<Line>> {
    let db = open::migrated(config)?;
    let (cpu, began) = (cpu_time("self"), Wall::now());
    let first = import(&db, 0)?;
    let second = import(&db, 1)?;
    let (wall, cpu) = (began.elapsed(), cpu_time("self").saturating_sub(cpu));
    let rows = usize::try_from(2 * ROWS).unwrap_or(0);
    let peak = memory("self", "VmHWM:");
    let mut lines = vec![
        Line::rate("import of customers, rows", rows, wall, cpu),
        Line::plain(
            "memory at its highest so far",
            format!("{peak:.0}"),
            "MB, all of the above in one process",
        ),
    ];
    let (cpu, began) = (cpu_time("self"), Wall::now());
    for import in [second, first] {
        undo(&db, import)?;
    }
    let cpu = cpu_time("self").saturating_sub(cpu);
    lines.push(Line::rate("imports taken back, rows", rows, began.elapsed(), cpu));
    Ok(lines)
}

fn import(db: &Db, file: u64) -> Result<Id> {
    let (by, bytes) = (Actor::system("bocal bench"), csv(file, ROWS));
    let settings = actions::FileSettings::default();
    let name = format!("file-{file}.csv");
    let done =
        actions::import_file(db, &by, customers::KIND, &name, bytes.as_bytes(), &settings, &mut |_, _| {})?;
    Ok(done.id)
}

fn undo(db: &Db, import: Id) -> Result<()> {
    db.write(move |tx| {
        let kinds = Kinds::one(customers::KIND);
        actions::undo(tx, &Actor::system("bocal bench"), &kinds, import)
    })?;
    let handlers = Handlers { recurring: Vec::new(), ..assembly::handlers() };
    run_due(db, &handlers, &assembly::subscriptions()).map(drop)
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
