use kernel::db::{Engine, Migration, Plan};
use testkit::Kit;

const FIRST: Migration = Migration::new(1, "first", "CREATE TABLE one (id BIGINT PRIMARY KEY)");
const SECOND: Migration = Migration::new(2, "second", "CREATE TABLE two (id BIGINT PRIMARY KEY)");
const TENTH: Migration = Migration::new(10, "tenth", "CREATE TABLE ten (id BIGINT PRIMARY KEY)");
const BROKEN: Migration =
    Migration::new(3, "broken", "CREATE TABLE three (id BIGINT PRIMARY KEY); CREATE TABLE one (id BIGINT)");

fn plan(migrations: &[Migration]) -> Plan {
    Plan::new(migrations.to_vec()).unwrap()
}

fn numbers(kit: &Kit) -> Vec<i64> {
    kit.db().applied().unwrap().into_iter().map(|a| a.number).collect()
}

fn is_copy(entry: &std::io::Result<std::fs::DirEntry>) -> bool {
    entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().contains(".before-"))
}

testkit::on_both! {
    with Kit::bare;

    fn migrations_run_once_and_in_order(kit) {
        assert_eq!(kit.db().migrate(&plan(&[TENTH, FIRST])).unwrap().len(), 2);
        assert_eq!(kit.db().migrate(&plan(&[TENTH, FIRST])).unwrap().len(), 0);
        let new = kit.db().migrate(&plan(&[FIRST, SECOND, TENTH])).unwrap();
        assert_eq!(new.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["second"]);
        assert_eq!(numbers(kit), [1, 2, 10]);
        assert_eq!(new[0].at, kit.now());
    }

    fn a_database_of_a_newer_version_is_refused_wherever_its_number_falls(kit) {
        kit.db().migrate(&plan(&[FIRST, SECOND, TENTH])).unwrap();
        for older in [&[FIRST, TENTH][..], &[FIRST, SECOND]] {
            let refused = kit.db().migrate(&plan(older)).unwrap_err().to_string();
            assert!(refused.contains("newer version"), "{refused}");
        }
        assert_eq!(numbers(kit), [1, 2, 10]);
    }

    fn a_migration_that_fails_leaves_nothing_behind(kit) {
        assert!(kit.db().migrate(&plan(&[FIRST, BROKEN, TENTH])).is_err());
        assert!(numbers(kit).is_empty(), "neither it nor those before it");
        assert!(kit.db().read(|tx| tx.query("SELECT id FROM one", &[], |_| Ok(()))).is_err());
        assert!(kit.db().migrate(&plan(&[FIRST, SECOND, TENTH])).is_ok());
    }

    fn a_migration_whose_text_has_changed_is_refused_before_anything_is_done(kit) {
        kit.db().migrate(&plan(&[FIRST, TENTH])).unwrap();
        let changed = Migration::new(1, "first", "CREATE TABLE one (id BIGINT PRIMARY KEY, more TEXT)");
        let refused = kit.db().migrate(&plan(&[changed, SECOND, TENTH])).unwrap_err().to_string();
        assert!(refused.contains("migration 1 (first)") && refused.contains("has changed"), "{refused}");
        assert_eq!(numbers(kit), [1, 10]);
    }

    fn a_file_that_holds_something_is_copied_before_it_is_migrated(kit) {
        let kernel::db::Location::File(file) = kit.location() else { return };
        let copy = file.with_file_name("bocal.before-0002.db");
        kit.db().migrate(&plan(&[FIRST, TENTH])).unwrap();
        kit.write(|tx| tx.batch("INSERT INTO one (id) VALUES (7)"));
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().filter(is_copy).count(), 0, "it was new");
        kit.db().migrate(&plan(&[FIRST, SECOND, TENTH])).unwrap();
        let old = kit.open(&kernel::db::Location::File(copy));
        assert_eq!(old.applied().unwrap().iter().map(|a| a.number).collect::<Vec<_>>(), [1, 10]);
        let kept: i64 = old.read(|tx| tx.query_one("SELECT id FROM one", &[], |row| row.get(0))).unwrap();
        assert_eq!(kept, 7);
    }

    fn no_copy_no_migration(kit) {
        let kernel::db::Location::File(file) = kit.location() else { return };
        kit.db().migrate(&plan(&[FIRST])).unwrap();
        // Nobody, not even root, writes a file where a folder is.
        std::fs::create_dir_all(file.with_file_name("bocal.before-0002.db").join("inside")).unwrap();
        let refused = kit.db().migrate(&plan(&[FIRST, SECOND])).unwrap_err().to_string();
        assert!(refused.contains("nothing was changed"), "{refused}");
        assert_eq!(numbers(kit), [1]);
        assert!(!file.with_file_name("bocal.before-0002.db.unfinished").exists());
    }

    fn what_differs_runs_on_its_engine_only(kit) {
        let migration = FIRST.with("CREATE TABLE only_sqlite (id INTEGER)", "CREATE TABLE only_postgres (id BIGINT)");
        kit.db().migrate(&plan(&[migration])).unwrap();
        let is_sqlite = kit.db().engine() == Engine::Sqlite;
        for (table, expected) in [("only_sqlite", is_sqlite), ("only_postgres", !is_sqlite)] {
            let found = kit.db().read(|tx| tx.query(&format!("SELECT id FROM {table}"), &[], |_| Ok(())));
            assert_eq!(found.is_ok(), expected, "{table}");
        }
    }

    fn the_size_of_the_database_is_known(kit) {
        kit.db().migrate(&plan(kernel::MIGRATIONS)).unwrap();
        assert!(kit.db().size().unwrap() > 4096);
    }
}

#[test]
fn two_migrations_cannot_share_a_number() {
    assert!(Plan::new(vec![FIRST, Migration::new(1, "other", "")]).is_err());
}

#[test]
fn both_engines_hold_the_same_schema() {
    if testkit::postgres_is_there() {
        testkit::schema::assert_same(&[kernel::MIGRATIONS, &[crate::TABLES]]);
    }
}

#[test]
fn a_difference_between_the_schemas_is_found() {
    if !testkit::postgres_is_there() {
        return;
    }
    let common =
        "CREATE TABLE shelves (id BIGINT PRIMARY KEY, code TEXT, floor BIGINT REFERENCES shelves (id));";
    let differences = [
        "ALTER TABLE shelves ADD COLUMN more BIGINT",
        "CREATE INDEX shelves_code ON shelves (code)",
        "CREATE UNIQUE INDEX shelves_code ON shelves (code)",
        "CREATE TABLE more (id BIGINT PRIMARY KEY)",
        "CREATE VIEW report_shelves AS SELECT id FROM shelves",
    ];
    for difference in differences {
        let migration = Migration::new(901, "difference", common).with("", difference);
        let compared =
            std::panic::catch_unwind(|| testkit::schema::assert_same(&[kernel::MIGRATIONS, &[migration]]));
        assert!(compared.is_err(), "{difference}");
    }
    for pair in
        [("BIGINT", "TEXT"), ("BIGINT", "BIGINT NOT NULL"), ("INTEGER", "BIGINT UNIQUE"), ("REAL", "INTEGER")]
    {
        let sql = |kind| format!("CREATE TABLE pairs (id {kind})").leak();
        let migration = Migration::new(901, "difference", common).with(sql(pair.0), sql(pair.1));
        let compared =
            std::panic::catch_unwind(|| testkit::schema::assert_same(&[kernel::MIGRATIONS, &[migration]]));
        assert!(compared.is_err(), "{pair:?}");
    }
}
