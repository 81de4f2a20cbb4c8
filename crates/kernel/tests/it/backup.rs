use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use kernel::backup::{self, Restored, Restoring, Taken};
use kernel::clock::{SignedDuration, Zone};
use kernel::config::Config;
use kernel::db::{Db, Location, Migration, Plan, Value, quoted};
use kernel::identity::Actor;
use kernel::ledger::{Event, seals};
use kernel::mail::{self, Outlet, State};
use kernel::texts::{Locale, SOURCES, Texts};
use kernel::{Id, Result};
use testkit::{Engine, Kit};

use crate::mail::outgoing;
use crate::{TABLES, mark, start};

fn plan() -> Plan {
    Plan::new([kernel::MIGRATIONS, &[TABLES]].concat()).unwrap()
}

fn how(kit: &Kit) -> Restoring {
    Restoring { plan: plan(), around: kit.surroundings(), force: false }
}

/// Everything in a database: rows of each table, in an order of their own.
fn everything(db: &Db) -> BTreeMap<String, Vec<String>> {
    db.read(|tx| {
        let mut all = BTreeMap::new();
        for table in tx.tables()? {
            let sql = format!("SELECT {} FROM {}", table.column_list(), quoted(&table.name));
            let mut rows = tx.query(&sql, &[], |row| {
                let values: Result<Vec<Value>> = (0..table.columns.len()).map(|n| row.get(n)).collect();
                Ok(format!("{:?}", values?))
            })?;
            rows.sort();
            all.insert(table.name.clone(), rows);
        }
        Ok(all)
    })
    .unwrap()
}

/// Rows of every kind of value, with references in both directions of the alphabet, and sealed events.
fn fill(kit: &Kit) {
    kit.set_time("2025-01-01T10:00:00Z");
    kit.site("Nantes");
    kit.write(|tx| {
        let odd = "l’été, «\u{a0}œuf\u{a0}» \"'\\ \n\t\r 🐟 {\"a\":[1]}";
        let (bytes, whole, real): (Vec<u8>, i64, f64) = ((0..=255).collect(), i64::MIN, 0.1 + 0.2);
        let sql =
            "INSERT INTO samples (id, whole, word, flag, bytes, number) VALUES ($1, $2, $3, $4, $5, $6)";
        tx.execute(sql, &[&Id(1), &whole, &odd, &true, &bytes, &real])?;
        tx.execute(
            sql,
            &[&Id(2), &None::<i64>, &None::<&str>, &None::<bool>, &None::<Vec<u8>>, &None::<f64>],
        )?;
        tx.execute(sql, &[&Id(3), &i64::MAX, &"", &false, &Vec::<u8>::new(), &-5e-324_f64])?;
        tx.batch("INSERT INTO shelves VALUES (1, 'a', 0); INSERT INTO jars VALUES (5, 1, 1, 'plum')")?;
        for n in 0..700 {
            Event::new("jar.opened", Id(n)).after(&n).record(tx, &Actor::system("tests"))?;
        }
        Ok(())
    });
    kit.advance(SignedDuration::from_hours(1));
    let horizon = kit.write(seals::horizon);
    while let Some(seal) = kit.read(|tx| seals::next(tx, horizon)) {
        kit.write(move |tx| seals::keep(tx, &seal));
    }
}

/// Whether two databases hold the same; names the table that differs, not its rows.
#[track_caller]
fn assert_same(one: &Db, other: &Db) {
    let (one, other) = (everything(one), everything(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (table, rows) in &one {
        let different = rows.iter().zip(&other[table]).find(|(a, b)| a != b);
        assert!(rows.len() == other[table].len() && different.is_none(), "{table}: {different:?}");
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = kernel::secrets::hex(&kernel::secrets::random::<8>().unwrap());
        let path = std::env::temp_dir().join(format!("bocal-test-{name}"));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let all = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = all.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn take(kit: &Kit, to: &Path) -> Taken {
    backup::take(kit.db(), &plan(), "1.2.3", to).unwrap()
}

fn restore(kit: &Kit, from: &Path, into: &Location) -> Result<Restored> {
    backup::restore(from, into, &how(kit))
}

/// A backup made of other lines, with the digest that fits them.
fn forge(from: &Path, to: &Path, change: impl Fn(&str) -> String) {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(from).unwrap()).read_to_string(&mut text).unwrap();
    let (body, end) = text.trim_end().rsplit_once('\n').unwrap();
    let body = change(&format!("{body}\n"));
    let mut end: serde_json::Value = serde_json::from_str(end).unwrap();
    end["end"]["sha256"] = kernel::secrets::sha256_hex(body.as_bytes()).into();
    let mut out = GzEncoder::new(std::fs::File::create(to).unwrap(), flate2::Compression::fast());
    writeln!(out, "{body}{end}").unwrap();
    out.finish().unwrap();
}

testkit::on_both! {
    with start;

    fn what_was_backed_up_comes_back_to_the_last_bit_on_either_engine(kit) {
        fill(kit);
        let folder = Folder::new();
        let file = folder.file("all.gz");
        let taken = take(kit, &file);
        assert_eq!((taken.end.tables["samples"], taken.header.version.as_str()), (3, "1.2.3"));
        assert_eq!(folder.names(), ["all.gz"], "nothing else is left");
        for engine in [Engine::Sqlite, Engine::Postgres] {
            if engine == Engine::Postgres && !testkit::postgres_is_there() {
                continue;
            }
            let other = Kit::bare(engine);
            let into = match other.location() {
                // This one is in use, by the kit.
                Location::File(_) => Location::File(folder.file("second.db")),
                server => server,
            };
            let restored = restore(kit, &file, &into).unwrap();
            assert_eq!((restored.ledger.broken, restored.ledger.events), (None, 700));
            let db = kit.open(&into);
            assert_same(&db, kit.db());
            // Its constraints and indexes are there again.
            assert!(db.write(|tx| tx.batch("INSERT INTO jars VALUES (6, 42, 1, 'fig')")).is_err());
            assert!(db.write(|tx| tx.batch("INSERT INTO jars VALUES (7, 1, 2, 'plum')")).is_err());
            let again = folder.file("again.gz");
            backup::take(&db, &plan(), "1.2.3", &again).unwrap();
            let third = folder.file("third.db");
            restore(kit, &again, &Location::File(third.clone())).unwrap();
            assert_same(&kit.open(&Location::File(third.clone())), kit.db());
            std::fs::remove_file(third).unwrap();
        }
    }

    fn a_backup_of_an_earlier_version_is_restored_with_the_tables_it_had(kit) {
        let folder = Folder::new();
        let file = folder.file("old.gz");
        let old = Kit::bare(kit.db().engine());
        let earlier: Vec<Migration> = kernel::MIGRATIONS.iter().copied().filter(|m| m.number == 1).collect();
        old.db().migrate(&Plan::new(earlier).unwrap()).unwrap();
        backup::take(old.db(), &plan(), "0.0.1", &file).unwrap();
        let into = Location::File(folder.file("old.db"));
        restore(kit, &file, &into).unwrap();
        let db = kit.open(&into);
        assert_eq!(db.applied().unwrap().len(), 1);
        db.migrate(&plan()).unwrap();
        assert_eq!(db.applied().unwrap().len(), plan().steps_of(&db.applied().unwrap()).unwrap().len());
        assert!(folder.names().iter().any(|n| n.starts_with("old.before-")), "{:?}", folder.names());
    }

    fn a_backup_of_a_newer_or_another_program_is_refused(kit) {
        let folder = Folder::new();
        let file = folder.file("new.gz");
        take(kit, &file);
        let into = Location::File(folder.file("new.db"));
        let older = Restoring { plan: Plan::new(kernel::MIGRATIONS.to_vec()).unwrap(), ..how(kit) };
        let refused = backup::restore(&file, &into, &older).unwrap_err().to_string();
        assert!(refused.contains("newer version"), "{refused}");
        let changed = Migration::new(900, "tests", "CREATE TABLE samples (id BIGINT PRIMARY KEY)");
        let plan = Plan::new([kernel::MIGRATIONS, &[changed]].concat()).unwrap();
        let refused = backup::restore(&file, &into, &Restoring { plan, ..how(kit) }).unwrap_err().to_string();
        assert!(refused.contains("has changed"), "{refused}");
        forge(&file, &folder.file("later.gz"), |text| text.replacen("\"format\":1", "\"format\":2", 1));
        let refused = restore(kit, &folder.file("later.gz"), &into).unwrap_err().to_string();
        assert!(refused.contains("newer version"), "{refused}");
        assert_eq!(folder.names(), ["later.gz", "new.gz"]);
    }

    fn a_database_that_holds_something_is_replaced_only_when_that_is_meant(kit) {
        fill(kit);
        let folder = Folder::new();
        let file = folder.file("all.gz");
        take(kit, &file);
        let other = start(kit.db().engine());
        other.site("Brest");
        let before = everything(other.db());
        let refused = restore(kit, &file, &other.location()).unwrap_err().to_string();
        assert!(refused.contains("--force"), "{refused}");
        assert_eq!(everything(other.db()), before);
        let forced = Restoring { force: true, ..how(kit) };
        if let Location::File(_) = other.location() {
            let refused = backup::restore(&file, &other.location(), &forced).unwrap_err().to_string();
            assert!(refused.contains("in use"), "{refused}");
            assert_eq!(everything(other.db()), before);
            let closed = folder.file("closed.db");
            restore(kit, &file, &Location::File(closed.clone())).unwrap();
            kit.open(&Location::File(closed.clone())).write(|tx| mark(tx, "mine")).unwrap();
            let restored = backup::restore(&file, &Location::File(closed.clone()), &forced).unwrap();
            let old = kit.open(&Location::File(restored.replaced.unwrap()));
            assert_eq!(everything(&old)["marks"].len(), 1, "what was there is kept");
            assert_same(&kit.open(&Location::File(closed)), kit.db());
        } else {
            backup::restore(&file, &other.location(), &forced).unwrap();
            assert_same(&kit.open(&other.location()), kit.db());
        }
    }

    fn a_backup_that_was_cut_or_changed_anywhere_is_refused_and_leaves_nothing(kit) {
        fill(kit);
        let folder = Folder::new();
        let (file, bad) = (folder.file("all.gz"), folder.file("bad.gz"));
        take(kit, &file);
        let bytes = std::fs::read(&file).unwrap();
        let into = Location::File(folder.file("bad.db"));
        for cut in [0, 1, 9, 10, 200, bytes.len() / 2, bytes.len() - 9, bytes.len() - 8, bytes.len() - 1] {
            std::fs::write(&bad, &bytes[..cut]).unwrap();
            assert!(restore(kit, &bad, &into).is_err(), "cut to {cut} of {}", bytes.len());
            assert_eq!(folder.names(), ["all.gz", "bad.gz"]);
        }
        // The header of a gzipped file (4..10) only says when and where it was compressed.
        for at in (0..4).chain((10..bytes.len()).step_by(bytes.len() / 60)).chain(bytes.len() - 8..bytes.len()) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            std::fs::write(&bad, &changed).unwrap();
            assert!(restore(kit, &bad, &into).is_err(), "byte {at} of {}", bytes.len());
        }
        std::fs::write(&bad, [&bytes[..], b"more"].concat()).unwrap();
        assert!(restore(kit, &bad, &into).is_err(), "something follows");
        assert_eq!(folder.names(), ["all.gz", "bad.gz"]);
    }

    fn what_does_not_hold_together_is_refused_even_with_the_right_digest(kit) {
        fill(kit);
        let folder = Folder::new();
        let (file, bad) = (folder.file("all.gz"), folder.file("bad.gz"));
        take(kit, &file);
        let into = Location::File(folder.file("bad.db"));
        let refused = |change: &dyn Fn(&str) -> String| {
            forge(&file, &bad, change);
            restore(kit, &bad, &into).unwrap_err().to_string()
        };
        let orphan = refused(&|text| text.replace("[5,1,1,\"plum\"]", "[5,2,1,\"plum\"]"));
        assert!(orphan.contains("rows of jars"), "{orphan}");
        let lost = refused(&|text| text.replace("[5,1,1,\"plum\"]\n", ""));
        assert!(lost.contains("rows are missing"), "{lost}");
        let told = refused(&|text| text.replacen("\"jar.opened\",\"jar\",5,", "\"jar.opened\",\"jar\",6,", 1));
        assert!(told.contains("seal 1"), "{told}");
        let table = refused(&|text| text.replace("\"name\":\"marks\"", "\"name\":\"other\""));
        assert!(table.contains("rows are missing") || table.contains("other"), "{table}");
        assert_eq!(folder.names(), ["all.gz", "bad.gz"]);
        // The broken ledger can be restored by who means it.
        forge(&file, &bad, |text| text.replacen("\"jar.opened\",\"jar\",5,", "\"jar.opened\",\"jar\",6,", 1));
        let restored = backup::restore(&bad, &into, &Restoring { force: true, ..how(kit) }).unwrap();
        assert!(restored.ledger.broken.is_some());
    }

    fn what_others_keep_in_the_same_database_is_left_alone(kit) {
        let folder = Folder::new();
        let file = folder.file("all.gz");
        kit.write(|tx| tx.batch("CREATE TABLE somebody_elses (id BIGINT PRIMARY KEY); INSERT INTO somebody_elses VALUES (7)"));
        let taken = take(kit, &file);
        assert!(!taken.end.tables.contains_key("somebody_elses"));
        if let server @ Location::Server(_) = kit.location() {
            backup::restore(&file, &server, &Restoring { force: true, ..how(kit) }).unwrap();
            assert_eq!(everything(kit.db())["somebody_elses"].len(), 1);
        }
        let older = Plan::new(kernel::MIGRATIONS.to_vec()).unwrap();
        let refused = backup::take(kit.db(), &older, "1.2.3", &folder.file("old.gz")).unwrap_err().to_string();
        assert!(refused.contains("newer version"), "{refused}");
    }

    fn nothing_that_waited_in_a_backup_is_sent_again_unless_somebody_says_so(kit) {
        kit.set_time("2026-11-27T05:45:00Z");
        let by = Actor::system("tests");
        let queued = |key: &str| {
            let message = outgoing(key, "awa@exemple.fr");
            let by = by.clone();
            kit.write(move |tx| mail::queue(tx, &by, &message)).id()
        };
        let (waiting, claimed, sent) = (queued("a:1"), queued("a:2"), queued("a:3"));
        kit.write(move |tx| {
            let sql = "UPDATE mails SET state = $2, claimed_by = 'other', claimed_at = due_at WHERE id = $1";
            tx.execute(sql, &[&claimed, &State::Claimed.name()])?;
            tx.execute(sql, &[&sent, &State::Sent.name()])
        });
        let folder = Folder::new();
        let file = folder.file("all.gz");
        take(kit, &file);
        assert_eq!(backup::check(&file, &folder.0, &how(kit)).unwrap().mails_in_doubt, 2);
        let into = match kit.location() {
            Location::File(_) => Location::File(folder.file("second.db")),
            Location::Server(_) => start(Engine::Postgres).location(),
        };
        let restored = backup::restore(&file, &into, &Restoring { force: true, ..how(kit) }).unwrap();
        assert_eq!(restored.mails_in_doubt, 2);
        let db = kit.open(&into);
        let texts = Texts::leak(SOURCES).unwrap();
        let config = Config { mail_dir: Some(folder.file("mails")), ..Config::default() };
        let outlet = Outlet::configured(&config, texts).unwrap().unwrap();
        assert_eq!(mail::send_due(&db, &outlet).unwrap(), 0, "whoever got them gets no second copy");
        for id in [waiting, claimed] {
            let found = db.read(move |tx| mail::store::get(tx, id)).unwrap();
            assert_eq!(found.state, State::Doubtful);
            let said = mail::said::in_words(texts.reader(Locale::Fr), &Zone::UTC, &found.error.unwrap());
            assert!(said.replace('\u{a0}', " ").contains("sauvegarde du 27 nov. 2026"), "{said}");
        }
        assert_eq!(db.read(move |tx| mail::store::get(tx, sent)).unwrap().state, State::Sent);
        let told = db.read(|tx| tx.query_one("SELECT COUNT(*) FROM events WHERE kind = 'mail.failed'", &[], |row| row.get::<i64>(0)));
        assert_eq!(told.unwrap(), 2, "rooms hear of it");
        db.write(move |tx| mail::send_again(tx, &Actor::system("tests"), waiting)).unwrap();
        assert_eq!(mail::send_due(&db, &outlet).unwrap(), 1, "somebody looked");
    }

    fn a_check_restores_nothing(kit) {
        fill(kit);
        let folder = Folder::new();
        let file = folder.file("all.gz");
        take(kit, &file);
        let found = backup::check(&file, &folder.0, &how(kit)).unwrap();
        assert_eq!(found.ledger.events, 700);
        assert_eq!(folder.names(), ["all.gz"]);
        std::fs::write(folder.file("bad.gz"), b"nothing of the kind").unwrap();
        assert!(backup::check(&folder.file("bad.gz"), &folder.0, &how(kit)).is_err());
        assert_eq!(folder.names(), ["all.gz", "bad.gz"]);
    }

    fn only_a_backup_is_replaced_by_a_backup(kit) {
        let folder = Folder::new();
        let file = folder.file("letter.txt");
        std::fs::write(&file, "Madame, Monsieur").unwrap();
        assert!(backup::take(kit.db(), &plan(), "1.2.3", &file).is_err());
        assert!(backup::take(kit.db(), &plan(), "1.2.3", &folder.0).is_err());
        assert!(backup::take(kit.db(), &plan(), "1.2.3", &folder.file("nowhere/all.gz")).is_err());
        if let Location::File(database) = kit.location() {
            assert!(backup::take(kit.db(), &plan(), "1.2.3", &database).is_err());
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "Madame, Monsieur");
        assert_eq!(folder.names(), ["letter.txt"]);
        take(kit, &folder.file("all.gz"));
        take(kit, &folder.file("all.gz"));
    }

    fn what_others_write_meanwhile_is_in_it_whole_or_not_at_all(kit) {
        use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
        let folder = Folder::new();
        let (stop, written) = (AtomicBool::new(false), AtomicI64::new(0));
        let pair = |kit: &Kit| {
            kit.write(|tx| {
                let id = tx.new_id();
                mark(tx, &id.to_string())?;
                tx.execute("INSERT INTO counters (id, value) VALUES ($1, 1)", &[&id])
            });
            written.fetch_add(1, Ordering::SeqCst);
        };
        let (before, taken, after) = std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        pair(kit);
                    }
                });
            }
            while written.load(Ordering::SeqCst) < 100 {
                std::thread::yield_now();
            }
            let before = written.load(Ordering::SeqCst);
            let taken = take(kit, &folder.file("all.gz"));
            let after = written.load(Ordering::SeqCst) + 8;
            stop.store(true, Ordering::Relaxed);
            (before, taken, after)
        });
        let into = Location::File(folder.file("all.db"));
        restore(kit, &folder.file("all.gz"), &into).unwrap();
        let all = everything(&kit.open(&into));
        let count = all["counters"].len() as i64;
        assert_eq!((count, taken.end.tables["counters"]), (all["marks"].len() as i64, count));
        assert!((before..=after).contains(&count), "{before} ≤ {count} ≤ {after}");
    }
}
