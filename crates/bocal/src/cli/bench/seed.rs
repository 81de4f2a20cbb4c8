//! Makes a database of a declared size, through the same stores as the program, the same each time.

use std::sync::Arc;
use std::time::Instant as Wall;

use kernel::clock::{FixedClock, Regime, SignedDuration, WorkingHours, Zone};
use kernel::config::Config;
use kernel::organisation::{self, Organisation, Site};
use kernel::texts::Locale;
use kernel::{Day, Db, Error, Id, Instant, Result, Tx};
use know::customers::model::{Details, Kind, Role};
use know::interactions::model::{Channel, Direction, Interaction, Origin};

use super::Size;
use super::store::{self, Seeded};
use crate::{assembly, open, say};

/// Customers written in one transaction.
const BATCH: u64 = 2_000;
/// Interactions of each customer.
const INTERACTIONS: u64 = 10;
const SITES: [&str; 8] = ["Nord", "Sud", "Est", "Ouest", "Centre", "Rive", "Colline", "Plaine"];
const GIVEN: [&str; 16] = [
    "Awa", "Bertrand", "Camille", "Denis", "Élodie", "Fatou", "Gaspard", "Hélène", "Inès", "Jean", "Karim",
    "Lucie", "Marie", "Nadia", "Paul", "Solène",
];
const FAMILY: [&str; 20] = [
    "Aubriot",
    "Benhaddou",
    "Castaing",
    "Diatta",
    "Esteve",
    "Ferrand",
    "Guézennec",
    "Huet",
    "Jourdan",
    "Kervella",
    "Lamoureux",
    "Martin",
    "N’Diaye",
    "Ollivier",
    "Pradier",
    "Quéré",
    "Roncin",
    "Sauvage",
    "Thébaud",
    "Vasseur",
];
const WORDS: [&str; 6] = [
    "Accueil chaleureux, on m’a bien conseillé.",
    "Trop d’attente au téléphone.",
    "Livraison en retard et personne pour répondre.",
    "Rien à dire, tout va bien.",
    "Le prix a augmenté sans explication.",
    "Merci pour le rappel le jour même.",
];

/// 2026-11-21T12:00:00Z: what is seeded looks back from here.
pub(super) const LOOKS_BACK_FROM: Instant = Instant::from_micros(1_795_262_400_000_000);

/// A small generator (SplitMix64): fast, and the same everywhere.
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(from: u64) -> Self {
        Self(from)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Whether nothing was seeded yet.
pub(super) fn is_needed(config: &Config) -> Result<bool> {
    let db = open::migrated(config)?;
    Ok(db.read(organisation::store::find)?.is_none())
}

pub(super) fn run(config: &Config, size: Size) -> Result<()> {
    let began = Wall::now();
    let clock = Arc::new(FixedClock::at(LOOKS_BACK_FROM));
    let db = open::database_at(config, clock)?;
    db.migrate(&assembly::plan()?)?;
    let (sites, survey) = db.write(base)?;
    let total = size.customers();
    let mut done = 0;
    while done < total {
        let n = BATCH.min(total - done);
        write_batch(&db, done, n, &sites, survey)?;
        done += n;
        if done % 50_000 == 0 || done == total {
            let rate = done as f64 / began.elapsed().as_secs_f64();
            say::note(&format!("{done} of {total} customers, {rate:.0} per second"));
        }
    }
    // As the server does every few hours.
    while db.write(listen::tallies::refresh)? {}
    say::note(&format!("made in {:.1} s, {} MB", began.elapsed().as_secs_f64(), db.size()? / 1_000_000));
    Ok(())
}

fn base(tx: &mut Tx<'_>) -> Result<(Vec<Id>, Id)> {
    if organisation::store::find(tx)?.is_some() {
        return Err(Error::internal("this database is not empty: give another with --database"));
    }
    let zone: Zone = "Europe/Paris".parse().map_err(Error::caused)?;
    organisation::store::insert(
        tx,
        &Organisation {
            name: "Banc d’essai".into(),
            regime: Regime::France,
            zone,
            currency: "EUR".into(),
            locale: Locale::Fr,
            hours: WorkingHours::closed(),
            closures: Vec::new(),
            link_key: kernel::secrets::random::<32>()?.to_vec(),
            demonstration: true,
            version: 1,
        },
    )?;
    let mut sites = Vec::new();
    for name in SITES {
        let id = tx.new_id();
        let site = Site { id, code: name.to_uppercase(), name: name.into(), closed: false, version: 1 };
        organisation::store::insert_site(tx, &site)?;
        sites.push(id);
    }
    let survey = super::intake::open_survey(tx)?;
    Ok((sites, survey))
}

fn write_batch(db: &Db, first: u64, n: u64, sites: &[Id], survey: Id) -> Result<()> {
    let sites = sites.to_vec();
    db.write(move |tx| {
        let mut random = Random(first);
        for number in first..first + n {
            one(tx, &mut random, number, &sites, survey)?;
        }
        Ok(())
    })
}

fn one(tx: &mut Tx<'_>, random: &mut Random, number: u64, sites: &[Id], survey: Id) -> Result<()> {
    let id = tx.new_id();
    let (given, family, site) = (random.pick(&GIVEN), random.pick(&FAMILY), random.pick(sites));
    let tail = random.below(10_000);
    let details = Details {
        kind: Kind::Person,
        role: Role::Customer,
        external_number: Some(format!("{}", 1_000_000 + number)),
        given_name: given.to_owned(),
        // A number after the name makes names as distinct as real ones.
        family_name: format!("{family} {tail}"),
        organisation_name: String::new(),
        birth_day: Some(Day::from_days(random.below(20_000) as i64)),
        locale: None,
        site: Some(site),
        email: Some(format!("client{number}@exemple.fr")),
        phone: None,
        mobile: Some(format!("06 39 98 {:02} {:02}", random.below(100), random.below(100))),
        preferred_channel: None,
        street: format!("{} rue des Lavandières", 1 + random.below(120)),
        postal_code: format!("99{:03}", random.below(1_000)),
        city: format!("Ville {}", random.below(500)),
        country: "FR".into(),
        expects: String::new(),
    };
    know::customers::store::insert(tx, id, &details, None)?;
    let mut last = Instant::from_micros(0);
    for _ in 0..INTERACTIONS {
        let at = tx.now().minus(SignedDuration::from_mins(random.below(780_000) as i64));
        last = last.max(at);
        let entry = Interaction {
            id: tx.new_id(),
            at,
            channel: random.pick(&Channel::NOTED),
            direction: Direction::In,
            subject: "Question".into(),
            summary: "Renseignement donné, rien à suivre.".into(),
            words: String::new(),
            site: Some(site),
            actor_name: "Nadia Ferrand".into(),
            href: String::new(),
            amount: None,
        };
        know::interactions::store::insert(tx, id, &entry, &Origin::default())?;
    }
    know::customers::store::touch(tx, id, last)?;
    let day = Day::from_days(20_778 - random.below(550) as i64);
    let answer = Seeded {
        id: tx.new_id(),
        survey,
        customer: id,
        site,
        day,
        at: Instant::from_micros(day.as_days() * 86_400_000_000 + 43_200_000_000),
        score: [0, 3, 5, 6, 7, 8, 8, 9, 9, 10, 10, 10][random.below(12)],
        words: (random.below(3) == 0).then(|| random.pick(&WORDS)),
    };
    store::insert_answer(tx, &answer)
}
