//! One test's own database, clock and organisation.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use kernel::clock::{Clock, FixedClock, Opening, Regime, SignedDuration, WorkingHours};
use kernel::db::{Db, Engine, Location, Migration, Plan, Surroundings};
use kernel::ids::IdMaker;
use kernel::jobs::Handlers;
use kernel::ledger::{Recorded, Subscriptions, store};
use kernel::organisation::Organisation;
use kernel::texts::Locale;
use kernel::{Day, Instant, Result, Tx};

use crate::builder::Builder;
use crate::place::Place;

/// What the clock shows at the beginning of each test: a Sunday morning, 11:00 in Paris.
pub const START: &str = "2026-11-22T10:00:00Z";

/// A database of its own with an organisation in it (France, Europe/Paris, EUR, French), a clock that stands
/// still, and whatever handlers and subscriptions the test needs.
///
/// When it is dropped, the test fails if jobs or deliveries of events are left over that nobody ran, or that
/// failed: see [`Kit::expect_leftovers`].
pub struct Kit {
    // Dropped in this order: connections before the place they lead to.
    db: Db,
    place: Place,
    /// The clock of this test.
    pub clock: Arc<FixedClock>,
    handlers: Handlers,
    subscriptions: Subscriptions,
    leftovers: AtomicBool,
}

impl Kit {
    /// A database with these migrations and nothing to run jobs.
    pub fn new(engine: Engine, migrations: &[&[Migration]]) -> Self {
        Self::builder(engine).migrations(migrations).start()
    }

    /// Chooses more.
    pub fn builder(engine: Engine) -> Builder {
        Builder::new(engine)
    }

    /// An empty database: no tables, no organisation.
    pub fn bare(engine: Engine) -> Self {
        Self::builder(engine).without_organisation().start()
    }

    pub(crate) fn start(chosen: Builder) -> Self {
        let place = Place::new(chosen.engine);
        let clock = Arc::new(FixedClock::at(START.parse().unwrap()));
        let subscriptions = Subscriptions::new(chosen.subscriptions);
        let around = Surroundings {
            clock: clock.clone(),
            ids: Arc::new(IdMaker::new(1)),
            routing: Arc::new(subscriptions.clone()),
        };
        let db = Db::open(&place.location(), around, chosen.readers).unwrap();
        let is_bare = chosen.migrations.is_empty();
        db.migrate(&Plan::new(chosen.migrations).unwrap()).unwrap();
        let leftovers = AtomicBool::new(is_bare);
        let kit = Self { db, place, clock, handlers: chosen.handlers, subscriptions, leftovers };
        if chosen.has_organisation {
            kit.write(|tx| kernel::organisation::store::insert(tx, &organisation()));
        }
        kit
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Address of the database, to open it a second time.
    pub fn location(&self) -> Location {
        self.place.location()
    }

    /// Opens another database with the clock of this test.
    pub fn open(&self, location: &Location) -> Db {
        Db::open(location, self.surroundings(), 2).unwrap()
    }

    /// Clock, identifiers and routing of this test, for what opens databases itself.
    pub fn surroundings(&self) -> Surroundings {
        Surroundings {
            clock: self.clock.clone(),
            ids: self.db.ids().clone(),
            routing: Arc::new(self.subscriptions.clone()),
        }
    }

    /// Runs `f` on a snapshot; an error fails the test.
    #[track_caller]
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> T {
        self.db.read(f).unwrap()
    }

    /// Runs a change; an error fails the test.
    #[track_caller]
    pub fn write<T: Send + 'static>(&self, f: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.db.write(f).unwrap()
    }

    /// Runs a change that may be refused.
    pub fn try_write<T: Send + 'static>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.db.write(f)
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Today, in Paris.
    pub fn today(&self) -> Day {
        "Europe/Paris".parse::<kernel::clock::Zone>().unwrap().day_of(self.now())
    }

    /// Lets time pass, or go back.
    pub fn advance(&self, time: SignedDuration) -> Instant {
        self.clock.advance(time)
    }

    /// Sets the clock: `2026-11-23T09:00:00Z`.
    pub fn set_time(&self, instant: &str) {
        self.clock.set(instant.parse().unwrap());
    }

    /// Runs every job and delivery that is due now, and returns the number of jobs.
    pub fn run_jobs(&self) -> usize {
        kernel::jobs::run_due(&self.db, &self.handlers, &self.subscriptions).unwrap()
    }

    /// Delivers every event that is due now, without running jobs.
    pub fn deliver(&self) {
        while kernel::ledger::deliver_due(&self.db, &self.subscriptions).unwrap() > 0 {}
    }

    /// The job handlers of this test.
    pub fn handlers(&self) -> &Handlers {
        &self.handlers
    }

    /// The subscriptions of this test.
    pub fn subscriptions(&self) -> &Subscriptions {
        &self.subscriptions
    }

    /// Events whose kind begins so, oldest first; an empty text gives all of them.
    pub fn events(&self, kind: &str) -> Vec<Recorded> {
        let filter = store::Filter { kind: kind.to_owned(), ..store::Filter::default() };
        let mut events = self.read(|tx| store::list(tx, &filter, 10_000));
        events.reverse();
        events
    }

    /// This test leaves jobs or deliveries behind, and means to.
    pub fn expect_leftovers(&self) {
        self.leftovers.store(true, Ordering::SeqCst);
    }

    fn leftovers(&self) -> Result<Vec<String>> {
        self.db.read(|tx| {
            let mut left = tx.query(
                "SELECT name, state FROM jobs WHERE state IN ('waiting', 'running', 'failed') ORDER BY id",
                &[],
                |row| Ok(format!("job {} ({})", row.get::<String>(0)?, row.get::<String>(1)?)),
            )?;
            left.extend(tx.query(
                "SELECT d.subscription, e.kind, d.attempts, d.last_error FROM event_deliveries d
                 JOIN events e ON e.id = d.event_id ORDER BY d.event_id",
                &[],
                |row| {
                    let (subscription, kind) = (row.get::<String>(0)?, row.get::<String>(1)?);
                    let (attempts, error) = (row.get::<i64>(2)?, row.get::<Option<String>>(3)?);
                    let error = error.unwrap_or_default();
                    Ok(format!("delivery of {kind} to {subscription} (attempts: {attempts}) {error}"))
                },
            )?);
            Ok(left)
        })
    }
}

impl Drop for Kit {
    fn drop(&mut self) {
        if std::thread::panicking() || self.leftovers.load(Ordering::SeqCst) {
            return;
        }
        match self.leftovers() {
            Ok(left) if left.is_empty() => {}
            Ok(left) => panic!("left over at the end of the test: {}", left.join("; ")),
            Err(error) => panic!("cannot look for what is left over: {error}"),
        }
    }
}

/// The organisation of every test.
fn organisation() -> Organisation {
    let openings = [(9 * 60, 12 * 60 + 30), (13 * 60 + 30, 18 * 60)];
    let openings = openings.map(|(from, to)| Opening::from_minutes(from, to).unwrap());
    Organisation {
        name: "Maison des Essais".into(),
        regime: Regime::France,
        zone: "Europe/Paris".parse().unwrap(),
        currency: "EUR".into(),
        locale: Locale::Fr,
        hours: WorkingHours::monday_to_friday(&openings).unwrap(),
        closures: Vec::new(),
        link_key: vec![7; 32],
        demonstration: false,
        version: 1,
    }
}
