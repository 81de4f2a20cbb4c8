//! The real program, killed without warning (`kill -9`) in the middle of its work, and started again: what it
//! acknowledged is there, once.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

mod program;

use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use program::{Server, bocal, count, form, post, send, start, survey, token, wait_until};
use testkit::Kit;

/// Answers in flight from several people, each with a nonce of its own; returns those that were acknowledged
/// and all that were ever sent.
fn answer_until_killed(server: &mut Server, path: &str) -> (Vec<String>, Vec<String>) {
    let (acknowledged, sent) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let stop = Arc::new(AtomicBool::new(false));
    let people: Vec<_> = (0..8)
        .map(|person| {
            let (acknowledged, sent, stop) = (acknowledged.clone(), sent.clone(), stop.clone());
            let (address, path) = (server.address.clone(), path.to_owned());
            std::thread::spawn(move || {
                for number in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let nonce = format!("person{person}-answer-{number:06}");
                    sent.lock().unwrap().push(nonce.clone());
                    if post(&address, &path, &form(&nonce)) == Some(200) {
                        acknowledged.lock().unwrap().push(nonce);
                    }
                }
            })
        })
        .collect();
    wait_until("answers are acknowledged", || acknowledged.lock().unwrap().len() >= 60);
    server.kill();
    stop.store(true, Ordering::Relaxed);
    people.into_iter().for_each(|person| person.join().unwrap());
    let all = |list: &Mutex<Vec<String>>| list.lock().unwrap().clone();
    (all(&acknowledged), all(&sent))
}

fn people(rows: usize) -> String {
    let row = |n: usize| format!("C{n:05},Aurèle,Vasseur {n},client{n}@exemple.fr\n");
    let rows: String = (0..rows).map(row).collect();
    format!("numero,prenom,nom,email\n{rows}")
}

/// Rows of the imports: enough to be killed in the middle.
const ROWS: usize = 12_000;

fn import_id(kit: &Kit) -> i64 {
    kit.read(|tx| tx.query_one("SELECT id FROM imports", &[], |row| row.get(0)))
}

fn check_half_way(kit: &Kit) {
    let half = count(kit, "customers");
    assert!(half > 0 && half < ROWS as i64, "{half} of {ROWS}: it was killed in the middle");
    assert_eq!(count(kit, "customer_search"), half, "what is written is written whole");
    assert_eq!(count(kit, "import_rows"), half, "with its outcome");
}

fn check_finished(kit: &Kit) {
    wait_until("the import is finished", || {
        kit.read(|tx| tx.query_one("SELECT state FROM imports", &[], |row| row.get::<String>(0))) == "done"
    });
    let distinct = "SELECT COUNT(DISTINCT external_number) FROM customers";
    let distinct: i64 = kit.read(|tx| tx.query_one(distinct, &[], |row| row.get(0)));
    assert_eq!((count(kit, "customers"), distinct), (ROWS as i64, ROWS as i64));
    assert_eq!(count(kit, "import_rows"), ROWS as i64, "every row has one outcome");
}

testkit::on_both! {
    with start;

    fn every_answer_acknowledged_before_a_kill_is_there_once_and_sending_again_adds_none(kit) {
        let survey = survey(kit);
        let mut server = Server::start(kit);
        let (acknowledged, sent) = answer_until_killed(&mut server, &survey.public_path());
        let kept: Vec<String> = kit.read(|tx| tx.query("SELECT nonce FROM responses", &[], |r| r.get(0)));
        for nonce in &acknowledged {
            let stored = format!("{}:{nonce}", survey.id);
            assert_eq!(kept.iter().filter(|known| **known == stored).count(), 1, "{nonce} was acknowledged");
        }
        assert_eq!(count(kit, "responses"), count(kit, "answer_facts"), "each whole or not at all");
        assert_eq!(count(kit, "answers"), 2 * count(kit, "responses"));

        let server = Server::start(kit);
        for nonce in &sent {
            assert_eq!(post(&server.address, &survey.public_path(), &form(nonce)), Some(200), "{nonce}");
        }
        assert_eq!(count(kit, "responses"), sent.len() as i64, "everybody who tried again is there once");
        assert_eq!(count(kit, "answer_facts"), sent.len() as i64);
    }

    fn an_import_killed_half_way_is_finished_by_the_next_server_with_each_row_once(kit) {
        let token = token(kit);
        let mut server = Server::start(kit);
        let kind = format!("{token}content-type: application/octet-stream\r\n");
        let upload = "/api/v1/imports?kind=customers&name=clients.csv";
        let (status, body) = send(&server.address, upload, &kind, &people(ROWS)).unwrap();
        assert_eq!(status, 201, "{body}");
        let run = format!("/api/v1/imports/{}/run", import_id(kit));
        assert_eq!(send(&server.address, &run, &token, "").unwrap().0, 202);
        wait_until("rows are written", || count(kit, "customers") > 0);
        server.kill();
        check_half_way(kit);

        // The lease of the dead worker runs out in a minute: time is made to pass.
        kit.write(|tx| tx.execute("UPDATE jobs SET lease_until = 0 WHERE state = 'running'", &[]));
        let _server = Server::start(kit);
        check_finished(kit);
    }

    fn an_import_of_the_command_line_killed_half_way_goes_on_where_it_stood(kit) {
        let token = token(kit);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clients.csv");
        std::fs::write(&file, people(ROWS)).unwrap();
        let mut command = bocal(kit);
        command.args(["import", "customers"]).arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
        let mut import = command.spawn().unwrap();
        wait_until("rows are written", || count(kit, "customers") > 0);
        import.kill().unwrap();
        import.wait().unwrap();
        check_half_way(kit);

        let server = Server::start(kit);
        let run = format!("/api/v1/imports/{}/run", import_id(kit));
        assert_eq!(send(&server.address, &run, &token, "").unwrap().0, 202, "it is stopped, and can go on");
        check_finished(kit);
    }
}
