//! The real program being run: backed up and restored under load, migrated, watched, stopped, looked at by its doctor.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

mod program;

use std::io::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use kernel::db::{Location, Migration};
use program::{
    Server, backup, bocal, count, elsewhere, form, get, post, restore, run, send, start, succeeds, survey,
    token, wait_until, whole_answer,
};
use testkit::{Engine, Kit};

/// Runs a command that must fail, and what it says.
#[track_caller]
fn fails(command: &mut Command) -> String {
    let output = run(command);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let all = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = all.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The database of a restored backup.
fn open(kit: &Kit, file: &Path) -> kernel::Db {
    kit.open(&Location::File(file.to_owned()))
}

fn count_in(db: &kernel::Db, table: &str) -> i64 {
    db.read(|tx| tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| row.get(0))).unwrap()
}

/// A database as the version before the seals left it, with something in it.
fn earlier(engine: Engine) -> Kit {
    let kernel: Vec<Migration> = kernel::MIGRATIONS.iter().copied().filter(|m| m.number < 3).collect();
    let rest = [
        admin::MIGRATIONS,
        know::MIGRATIONS,
        listen::MIGRATIONS,
        understand::MIGRATIONS,
        act::MIGRATIONS,
        steer::MIGRATIONS,
    ];
    let kit = Kit::new(engine, &[&[kernel.as_slice()], rest.as_slice()].concat());
    kit.expect_leftovers();
    kit.write(|tx| {
        for n in 0..3_000 {
            let event = kernel::ledger::Event::new("jar.opened", kernel::Id(n)).after(&"x".repeat(1_000));
            event.record(tx, &kernel::identity::Actor::system("test"))?;
        }
        Ok(())
    });
    kit
}

testkit::on_both! {
    with start;

    fn a_backup_taken_while_eight_people_answer_holds_each_answer_whole(kit) {
        let survey = survey(kit);
        let server = Server::start(kit);
        let folder = tempfile::tempdir().unwrap();
        let (file, restored) = (folder.path().join("all.gz"), folder.path().join("all.db"));
        let (stop, acknowledged) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let (before, after) = std::thread::scope(|scope| {
            for person in 0..8 {
                let (stop, acknowledged, survey) = (&stop, &acknowledged, &survey);
                let address = &server.address;
                scope.spawn(move || {
                    for number in 0.. {
                        if stop.load(Ordering::Relaxed) {
                            return;
                        }
                        let nonce = format!("person{person}-answer-{number:06}");
                        assert_eq!(post(address, &survey.public_path(), &form(&nonce)), Some(200));
                        acknowledged.lock().unwrap().push(nonce);
                    }
                });
            }
            wait_until("answers are acknowledged", || acknowledged.lock().unwrap().len() >= 80);
            let before = acknowledged.lock().unwrap().clone();
            succeeds(&mut backup(kit, &file));
            let after = acknowledged.lock().unwrap().len() as i64 + 8;
            stop.store(true, Ordering::Relaxed);
            (before, after)
        });
        succeeds(&mut restore(kit, &file, &["--check"]));
        succeeds(&mut restore(kit, &file, &["--into", &restored.display().to_string()]));
        assert_eq!(names(folder.path()), ["all.db", "all.gz"]);
        let db = open(kit, &restored);
        let responses = count_in(&db, "responses");
        assert!((before.len() as i64..=after).contains(&responses), "{} ≤ {responses} ≤ {after}", before.len());
        assert_eq!(count_in(&db, "answer_facts"), responses, "each whole");
        assert_eq!(count_in(&db, "answers"), 2 * responses);
        let kept: Vec<String> =
            db.read(|tx| tx.query("SELECT nonce FROM responses", &[], |row| row.get(0))).unwrap();
        for nonce in before {
            assert!(kept.contains(&format!("{}:{nonce}", survey.id)), "{nonce} was acknowledged before");
        }
    }

    fn a_backup_killed_at_any_moment_is_whole_or_not_there(kit) {
        let survey = survey(kit);
        let server = Server::start(kit);
        for n in 0..40 {
            assert_eq!(post(&server.address, &survey.public_path(), &form(&format!("answer-{n:020}"))), Some(200));
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("all.gz");
        let mut unfinished = 0;
        for delay in [0, 3, 6, 10, 15, 20, 30, 45, 60, 90, 150] {
            let mut process = backup(kit, &file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::park_timeout(Duration::from_millis(delay));
            process.kill().unwrap();
            process.wait().unwrap();
            if file.exists() {
                succeeds(&mut restore(kit, &file, &["--check"]));
                std::fs::remove_file(&file).unwrap();
            } else {
                unfinished += 1;
            }
        }
        assert!(unfinished > 0, "some were killed in the middle");
        succeeds(&mut backup(kit, &file));
        assert_eq!(names(folder.path()), ["all.gz"], "what was left unfinished is gone");
    }

    fn what_cannot_be_written_leaves_nothing_and_says_why(kit) {
        survey(kit);
        let folder = tempfile::tempdir().unwrap();
        let nowhere = fails(&mut backup(kit, &folder.path().join("no-such-folder/all.gz")));
        assert!(nowhere.contains("could not be written") && nowhere.contains("folder exists"), "{nowhere}");
        fails(&mut backup(kit, Path::new("/proc/all.gz")));
        // A disk with no room left: files may not grow beyond 4 kB.
        let file = folder.path().join("all.gz");
        let program = backup(kit, &file);
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"]).arg(program.get_program());
        shell.args(program.get_args()).env("BOCAL_LOG", "off");
        let full = fails(&mut shell);
        assert!(full.contains("could not be written"), "{full}");
        assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
    }

    fn a_damaged_backup_is_refused_with_words_and_nothing_is_restored(kit) {
        survey(kit);
        let folder = tempfile::tempdir().unwrap();
        let (file, into) = (folder.path().join("all.gz"), folder.path().join("all.db"));
        succeeds(&mut backup(kit, &file));
        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, &bytes[..bytes.len() - 20]).unwrap();
        let told = fails(&mut restore(kit, &file, &["--into", &into.display().to_string()]));
        assert!(told.contains("cut or changed"), "{told}");
        assert!(!into.exists());
        std::fs::write(&file, &bytes).unwrap();
        let told = fails(&mut restore(kit, &file, &[]));
        assert!(told.contains("--force"), "{told}");
    }

    fn a_restored_organisation_is_served(kit) {
        let survey = survey(kit);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("all.gz");
        let server = Server::start(kit);
        assert_eq!(post(&server.address, &survey.public_path(), &form("answer-of-somebody")), Some(200));
        drop(server);
        succeeds(&mut backup(kit, &file));
        let (_other, location, address) = elsewhere(kit, folder.path());
        succeeds(&mut restore(kit, &file, &["--into", &address]));
        let server = Server::of(&address);
        assert_eq!(get(&server.address, "/readyz").unwrap().0, 200);
        assert_eq!(post(&server.address, &survey.public_path(), &form("answer-of-another")), Some(200));
        assert_eq!(count_in(&kit.open(&location), "responses"), 2);
    }

    fn told_to_stop_it_says_so_answers_what_is_under_way_and_ends(kit) {
        let survey = survey(kit);
        let mut server = Server::start(kit);
        assert_eq!(get(&server.address, "/readyz"), Some((200, "{\"status\":\"ready\"}".to_owned())));
        let body = form("answer-under-way");
        let mut slow = TcpStream::connect(&server.address).unwrap();
        write!(
            slow,
            "POST {} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n",
            survey.public_path(),
            server.address,
            body.len()
        )
        .unwrap();
        // The server has it, as one of the two it is answering now.
        wait_until("the request is under way", || {
            get(&server.address, "/metrics").unwrap().1.contains("bocal_http_requests_under_way 2")
        });
        server.terminate();
        wait_until("it says that it is stopping", || {
            get(&server.address, "/readyz").is_some_and(|(status, body)| status == 503 && body.contains("stopping"))
        });
        wait_until("nobody new is let in", || TcpStream::connect(&server.address).is_err());
        slow.write_all(body.as_bytes()).unwrap();
        assert_eq!(whole_answer(&mut slow).unwrap().0, 200);
        assert!(server.process.wait().unwrap().success());
        assert_eq!(count(kit, "responses"), 1);
    }

    fn told_to_stop_in_the_middle_of_a_job_it_leaves_it_to_the_next_server(kit) {
        let token = token(kit);
        let rows: String = (0..12_000).map(|n| format!("C{n:05},Aurèle,Vasseur {n}\n")).collect();
        let mut server = Server::start(kit);
        let kind = format!("{token}content-type: application/octet-stream\r\n");
        let upload = "/api/v1/imports?kind=customers&name=clients.csv";
        let made = send(&server.address, upload, &kind, &format!("numero,prenom,nom\n{rows}")).unwrap();
        assert_eq!(made.0, 201);
        let id: i64 = kit.read(|tx| tx.query_one("SELECT id FROM imports", &[], |row| row.get(0)));
        assert_eq!(send(&server.address, &format!("/api/v1/imports/{id}/run"), &token, "").unwrap().0, 202);
        wait_until("rows are written", || count(kit, "customers") > 0);
        let began = Instant::now();
        server.terminate();
        assert!(server.process.wait().unwrap().success());
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        assert!(count(kit, "customers") < 12_000, "it was stopped in the middle");
        let job = "SELECT state, attempts FROM jobs WHERE name NOT LIKE 'admin.%' AND subject_id IS NOT NULL";
        let job = kit.read(|tx| tx.query_one(job, &[], |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?))));
        assert_eq!(job, ("waiting".to_owned(), 0));
        let _server = Server::start(kit);
        wait_until("the next server finishes it", || count(kit, "customers") == 12_000);
    }

    fn the_doctor_is_content_and_finds_an_event_that_was_changed(kit) {
        survey(kit);
        let server = Server::start(kit);
        wait_until("the ledger is sealed", || count(kit, "ledger_seals") > 0);
        drop(server);
        let told = succeeds(bocal(kit).args(["doctor", "--verify-ledger"]));
        assert!(told.contains("seals over") && !told.contains("FAILURE"), "{told}");
        let event: i64 = kit.read(|tx| tx.query_one("SELECT MIN(id) FROM events", &[], |row| row.get(0)));
        kit.write(move |tx| tx.execute("UPDATE events SET actor_name = 'nobody' WHERE id = $1", &[&event]));
        succeeds(bocal(kit).arg("doctor"));
        let output = run(bocal(kit).args(["doctor", "--verify-ledger", "--format", "json"]));
        assert_eq!(output.status.code(), Some(1));
        let checks: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let seals = checks.as_array().unwrap().iter().find(|check| check["name"] == "seals").unwrap();
        let found = seals["found"].as_str().unwrap();
        assert!(found.contains("seal 1") && found.contains(&event.to_string()), "{found}");
        assert_eq!(seals["outcome"], "failure");
    }

    fn metrics_tell_what_was_asked_without_saying_of_whom(kit) {
        let server = Server::start(kit);
        get(&server.address, "/customers/424242424242424").unwrap();
        get(&server.address, "/camille@exemple.fr").unwrap();
        let (status, text) = get(&server.address, "/metrics").unwrap();
        assert_eq!(status, 200);
        assert!(text.contains("route=\"/customers/{id}\",status=\"303\"} 1"), "{text}");
        assert!(!text.contains("424242424242424") && !text.contains("camille"), "{text}");
    }
}

#[test]
fn the_doctor_says_when_there_is_no_database() {
    let output = run(program::bocal_of("/nowhere/bocal.db").arg("doctor"));
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("FAILURE  database"), "{told}");
    assert!(!Path::new("/nowhere").exists());
}

testkit::on_both! {
    with earlier;

    fn a_migration_killed_at_any_moment_leaves_the_old_tables_or_the_new_ones(kit) {
        let numbers = |kit: &Kit| kit.db().applied().unwrap().iter().map(|a| a.number).collect::<Vec<_>>();
        let old = numbers(kit);
        let copy: Option<PathBuf> = match kit.location() {
            Location::File(path) => Some(path.with_file_name("bocal.before-0003.db")),
            Location::Server(_) => None,
        };
        let mut killed_before = 0;
        for delay in [0, 2, 4, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40, 50, 70, 100, 200] {
            let mut command = bocal(kit);
            command.arg("migrate").stdout(Stdio::null()).stderr(Stdio::null());
            let mut process = command.spawn().unwrap();
            std::thread::park_timeout(Duration::from_millis(delay));
            process.kill().unwrap();
            process.wait().unwrap();
            let now = numbers(kit);
            if now != old {
                break;
            }
            killed_before += 1;
            assert_eq!(count(kit, "events"), 3_000);
            assert!(kit.read(|tx| Ok(!tx.has_table("ledger_seals")?)), "nothing of the new tables");
            if let Some(copy) = copy.as_ref().filter(|copy| copy.exists()) {
                assert_eq!(count_in(&open(kit, copy), "events"), 3_000, "a copy is whole");
            }
        }
        assert!(killed_before > 0, "some were killed before the end");
        succeeds(bocal(kit).arg("migrate"));
        assert!(numbers(kit).len() > old.len() && count(kit, "ledger_seals") == 0);
        assert_eq!(count(kit, "events"), 3_000);
        if let Some(copy) = copy {
            let db = open(kit, &copy);
            assert_eq!(db.applied().unwrap().iter().map(|a| a.number).collect::<Vec<_>>(), old);
            assert_eq!(count_in(&db, "events"), 3_000);
        }
    }
}
