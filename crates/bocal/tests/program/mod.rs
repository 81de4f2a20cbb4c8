//! The real program as tests start it: with its own process, port and clock.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]
#![allow(dead_code, clippy::allow_attributes, reason = "each file of tests uses some of them")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use kernel::db::Location;
use kernel::identity::Actor;
use kernel::texts::{Locale, Texts};
use listen::surveys::model::{NewSurvey, Settings, Survey, Template};
use listen::surveys::{actions, templates};
use testkit::{Engine, Kit};

/// Longest wait for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn start(engine: Engine) -> Kit {
    let kit = Kit::new(
        engine,
        &[
            kernel::MIGRATIONS,
            admin::MIGRATIONS,
            know::MIGRATIONS,
            listen::MIGRATIONS,
            understand::MIGRATIONS,
            act::MIGRATIONS,
            steer::MIGRATIONS,
        ],
    );
    // The program works with its own clock and workers: its daily jobs are none of the test's business.
    kit.expect_leftovers();
    kit
}

pub(crate) fn bocal(kit: &Kit) -> Command {
    match kit.location() {
        Location::File(path) => bocal_of(&path.display().to_string()),
        Location::Server(address) => bocal_of(&address),
    }
}

pub(crate) fn bocal_of(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bocal"));
    command.args(["--database", database]).env("BOCAL_LOG", "off").stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

/// Runs a command that must succeed, and what it says.
#[track_caller]
pub(crate) fn succeeds(command: &mut Command) -> String {
    let output = run(command);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn backup(kit: &Kit, to: &Path) -> Command {
    let mut command = bocal(kit);
    command.arg("backup").arg(to);
    command
}

pub(crate) fn restore(kit: &Kit, from: &Path, how: &[&str]) -> Command {
    let mut command = bocal(kit);
    command.arg("restore").arg(from).args(how);
    command
}

/// An empty place for another database of the same engine: what holds it, where it is, and its address.
pub(crate) fn elsewhere(kit: &Kit, folder: &Path) -> (Kit, Location, String) {
    let other = Kit::bare(kit.db().engine());
    let location = match other.location() {
        Location::File(_) => Location::File(folder.join("all.db")),
        server => server,
    };
    let address = match &location {
        Location::File(path) => path.display().to_string(),
        Location::Server(address) => address.clone(),
    };
    (other, location, address)
}

/// The header of a program with the permissions of a manager.
pub(crate) fn token(kit: &Kit) -> String {
    let secret = succeeds(bocal(kit).args(["token", "create", "test", "--role", "manager"]));
    format!("authorization: Bearer {}\r\n", secret.trim())
}

/// A running server; killed when dropped.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(kit: &Kit) -> Self {
        Self::run(bocal(kit))
    }

    pub(crate) fn of(database: &str) -> Self {
        Self::run(bocal_of(database))
    }

    fn run(mut command: Command) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = loop {
            let line = lines.next().expect("the server ended before it said where it is").unwrap();
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().to_owned();
            }
        };
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address }
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Server {
    /// Tells it to stop, as a service manager does.
    pub(crate) fn terminate(&self) {
        let pid = rustix::process::Pid::from_raw(self.process.id().try_into().unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Sends a body; `None` when no whole answer came.
pub(crate) fn send(address: &str, path: &str, headers: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    whole_answer(&mut stream)
}

/// Asks for a page; `None` when no whole answer came.
pub(crate) fn get(address: &str, path: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").ok()?;
    whole_answer(&mut stream)
}

/// Status and body. A page says in a notice that something was refused, and sends one back to where one was: that is a 409
/// here.
pub(crate) fn whole_answer(stream: &mut TcpStream) -> Option<(u16, String)> {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let mut cookies = head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    let status =
        if cookies.any(web_kit::notice_refuses) { 409 } else { head.split(' ').nth(1)?.parse().ok()? };
    Some((status, body.to_owned()))
}

pub(crate) fn post(address: &str, path: &str, form: &str) -> Option<u16> {
    let kind = "content-type: application/x-www-form-urlencoded\r\n";
    send(address, path, kind, form).map(|(status, _)| status)
}

pub(crate) fn count(kit: &Kit, table: &str) -> i64 {
    kit.read(|tx| tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| row.get(0)))
}

pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

pub(crate) fn survey(kit: &Kit) -> Survey {
    kit.write(|tx| {
        let texts = Box::leak(Box::new(Texts::new(listen::TEXTS)?));
        let by = Actor::system("test");
        let new = NewSurvey {
            template: Template::Nps,
            settings: Settings { name: "Relation".into(), after_contact: false, quiet_days: 0 },
            content: templates::content(texts.reader(Locale::Fr), Template::Nps, "la Maison"),
        };
        let made = actions::create(tx, &by, &new)?;
        actions::publish(tx, &by, made.id)
    })
}

pub(crate) fn form(nonce: &str) -> String {
    format!("nonce={nonce}&q1=7&q2=Rien+%C3%A0+signaler")
}
