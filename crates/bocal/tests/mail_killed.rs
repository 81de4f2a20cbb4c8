//! The real program, killed without warning (`kill -9`) while it sends: nobody receives a message twice, and every
//! message nobody received is counted as doubtful.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use kernel::db::Location;
use kernel::identity::Actor;
use kernel::mail::{self, Block, Outgoing, Recipient, store};
use kernel::texts::Locale;
use testkit::{Engine, Kit};

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(60);
/// Mails of each test.
const MAILS: usize = 300;
/// How often the program is killed.
const KILLS: usize = 5;
/// Couriers of the program.
const COURIERS: usize = 4;

fn start(engine: Engine) -> Kit {
    let crates = [
        kernel::MIGRATIONS,
        admin::MIGRATIONS,
        know::MIGRATIONS,
        listen::MIGRATIONS,
        understand::MIGRATIONS,
        act::MIGRATIONS,
        steer::MIGRATIONS,
    ];
    let kit = Kit::new(engine, &crates);
    // The program works with its own clock and workers: its daily jobs are none of the test's business.
    kit.expect_leftovers();
    kit
}

/// A process that is killed when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program, sending as `way` says.
fn serve(kit: &Kit, way: &[(&str, String)]) -> Running {
    let database = match kit.location() {
        Location::File(path) => path.display().to_string(),
        Location::Server(address) => address,
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_bocal"));
    command.args(["--database", &database, "serve", "--listen", "127.0.0.1:0"]).env("BOCAL_LOG", "off");
    command.env("BOCAL_MAIL_CONNECTIONS", COURIERS.to_string()).envs(way.iter().map(|(k, v)| (k, v)));
    let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Running(process.unwrap())
}

/// A mail server that notes each copy in `file`; `None` where there is none to be had.
fn mail_server(file: &Path) -> Option<(Running, String)> {
    let python = std::env::var("BOCAL_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_it = Command::new(&python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
    if !has_it.is_ok_and(|status| status.success()) {
        eprintln!("skipped: no Python with aiosmtpd (see scripts/mail.sh)");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail_server.py");
    let mut process = Command::new(python)
        .arg(script)
        .arg(file)
        .arg("0.01")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut port = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
    let url = format!("smtp://127.0.0.1:{}", port.trim().parse::<u16>().expect("its port"));
    Some((Running(process), url))
}

fn queue(kit: &Kit) {
    let message = |n: usize| Outgoing {
        key: format!("test:{n}"),
        kind: "test",
        to: Recipient {
            address: format!("client{n}@exemple.fr"),
            name: format!("Aurèle Vasseur {n}"),
            customer: None,
            user: None,
        },
        locale: Locale::Fr,
        subject: "Votre avis".into(),
        blocks: vec![Block::Text("Bonjour,\n.\nÀ bientôt".into())],
        about: None,
        site: None,
        unsubscribe: None,
        not_before: None,
    };
    let all: Vec<Outgoing> = (0..MAILS).map(message).collect();
    let now: i64 = kit.read(|tx| Ok(tx.now())).as_micros();
    kit.write(move |tx| {
        mail::queue_all(tx, &Actor::system("test"), &all)?;
        // The test's clock is not the program's.
        tx.execute("UPDATE mails SET due_at = 0, created_at = $1", &[&now])
    });
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::park_timeout(Duration::from_millis(3));
    }
}

/// On PostgreSQL only time tells a dead process from a busy one: it is made to pass.
fn let_the_lease_run_out(kit: &Kit) {
    kit.write(|tx| tx.execute("UPDATE mails SET claimed_at = 0 WHERE state = 'claimed'", &[]));
}

/// Kills the program again and again while it sends, and lets the last one finish.
fn kill_and_kill_again(kit: &Kit, way: &[(&str, String)], arrived: impl Fn() -> usize) {
    for _ in 0..KILLS {
        let before = arrived();
        let server = serve(kit, way);
        wait_until("mails leave", || arrived() >= before + 25);
        drop(server);
        let_the_lease_run_out(kit);
    }
    let _server = serve(kit, way);
    wait_until("the queue is empty", || {
        let counts = kit.read(store::counts_all);
        counts.waiting + counts.in_flight == 0
    });
}

/// Copies by recipient.
fn copies(file: &Path) -> HashMap<String, usize> {
    let mut copies = HashMap::new();
    for line in std::fs::read_to_string(file).unwrap_or_default().lines() {
        let (recipient, _) = line.split_once('\t').expect("a whole line");
        *copies.entry(recipient.to_owned()).or_default() += 1;
    }
    copies
}

fn states(kit: &Kit) -> Vec<(String, String)> {
    kit.read(|tx| {
        tx.query("SELECT address, state FROM mails ORDER BY id", &[], |row| Ok((row.get(0)?, row.get(1)?)))
    })
}

testkit::on_both! {
    with start;

    fn nobody_receives_two_copies_across_kills_and_every_missing_one_is_in_doubt(kit) {
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("copies");
        let Some((_mail_server, url)) = mail_server(&file) else { return };
        queue(kit);
        let way = [("BOCAL_SMTP_URL", url), ("BOCAL_MAIL_FROM", "Maison <bonjour@maison.fr>".to_owned())];
        kill_and_kill_again(kit, &way, || std::fs::read_to_string(&file).unwrap_or_default().lines().count());
        let copies = copies(&file);
        let twice: Vec<_> = copies.iter().filter(|(_, n)| **n != 1).collect();
        assert!(twice.is_empty(), "more than one copy: {twice:?}");
        let mut doubtful = 0;
        for (address, state) in states(kit) {
            match state.as_str() {
                "sent" => assert!(copies.contains_key(&address), "{address} counts as sent, and nobody received it"),
                "doubtful" => doubtful += 1,
                other => panic!("{address} is {other}"),
            }
        }
        let missing = MAILS - copies.len();
        assert!(missing <= doubtful, "{missing} are missing, {doubtful} are in doubt");
        assert!(doubtful <= KILLS * COURIERS, "{doubtful} in doubt: at most as many as were on their way");
        assert_eq!(kit.read(store::counts_all).doubtful, doubtful as i64);
        assert_eq!(kit.events("mail.failed").len(), doubtful);
        assert_eq!(kit.events("mail.sent").len(), MAILS - doubtful);
    }

    fn a_folder_leaves_no_doubt_each_message_is_there_once(kit) {
        let folder = tempfile::tempdir().unwrap();
        queue(kit);
        let way = [("BOCAL_MAIL_DIR", folder.path().display().to_string())];
        let files = || {
            let names = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name());
            names.filter(|name| name.to_string_lossy().ends_with(".eml")).count()
        };
        kill_and_kill_again(kit, &way, files);
        let others: Vec<_> = states(kit).into_iter().filter(|(_, state)| state != "sent").collect();
        assert!(others.is_empty(), "{others:?}");
        assert_eq!(files(), MAILS);
        assert_eq!(kit.events("mail.sent").len(), MAILS);
    }
}
