//! Colleagues and programs who work on cases all at once, and a note of everything they asked.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

pub(crate) mod kept;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use kernel::Id;
use kernel::identity::{Actor, Role};
use know::customers::model::CustomerInput;
use serde_json::json;
use testkit::{Kit, Session};

use crate::program::{send, token, wait_until};

/// Steps that are asked for: all are done before anything is killed or backed up.
const STEPS: [&str; 7] = ["opened", "taken", "handed-over", "attempted", "noted", "told", "closed"];
/// Who works at once; each two of them share their cases.
const CLIENTS: usize = 8;

/// Something that was asked of the server.
#[derive(Clone)]
pub(crate) struct Asked {
    /// Who asked.
    client: String,
    /// The step it adds to a case.
    pub(crate) step: &'static str,
    /// What the step says, and no other does; the key that makes a repeated request harmless.
    pub(crate) mark: String,
    path: String,
    body: String,
    /// Status and body; `None` when no answer came.
    pub(crate) answer: Option<(u16, String)>,
}

impl Asked {
    /// Whether the server said that it is done.
    pub(crate) fn is_acknowledged(&self) -> bool {
        matches!(self.answer, Some((201 | 303, _)))
    }

    /// Whether the server said that it is not.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.answer, Some((409 | 422, _)))
    }
}

/// Who works on cases, and whose they are.
pub(crate) struct Office {
    token: String,
    advisers: Vec<Session>,
    customer: Id,
}

impl Office {
    pub(crate) fn new(kit: &Kit) -> Self {
        let token = token(kit);
        let advisers: Vec<Session> = (0..CLIENTS).map(|_| signed_in(kit)).collect();
        let input = CustomerInput {
            given_name: "Awa".into(),
            family_name: "Vasseur".into(),
            email: "awa@exemple.fr".into(),
            ..CustomerInput::default()
        };
        let customer =
            kit.write(move |tx| know::customers::actions::create(tx, &Actor::system("test"), &input)).id;
        Self { token, advisers, customer }
    }

    /// Everybody works until `end` is over, or the server is; returns all that was asked, for each client in order.
    pub(crate) fn work(&self, address: &str, name: &str, end: impl FnOnce(&Mutex<Vec<Asked>>)) -> Vec<Asked> {
        let desks: Vec<Mutex<String>> = (0..CLIENTS / 2).map(|_| Mutex::default()).collect();
        let (asked, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
        std::thread::scope(|scope| {
            for (n, adviser) in self.advisers.iter().enumerate() {
                let (desk, asked, stop) = (&desks[n / 2], &asked, &stop);
                let client = format!("{name}-client{n}");
                let mut client =
                    Client { office: self, address, adviser, desk, asked, stop, client, number: 0 };
                scope.spawn(move || while client.turn().is_some() {});
            }
            wait_until("every kind of change is acknowledged, often enough", || {
                let asked = asked.lock().unwrap();
                let done: Vec<_> = asked.iter().filter(|asked| asked.is_acknowledged()).collect();
                let kinds: BTreeSet<_> = done.iter().map(|asked| asked.step).collect();
                kinds.len() == STEPS.len() && done.len() >= 80
            });
            end(&asked);
            stop.store(true, Ordering::Relaxed);
        });
        asked.into_inner().unwrap()
    }

    /// Asks once more what has a key: what was acknowledged gets the same answer, what had no answer gets one.
    pub(crate) fn repeat(&self, address: &str, all: &mut [Asked]) {
        for asked in all.iter_mut().filter(|asked| asked.step != "taken" && !asked.is_refused()) {
            let answer = send(address, &asked.path, &self.headers(&asked.mark), &asked.body);
            if asked.answer.is_some() {
                assert_eq!(answer, asked.answer, "{} is answered as before", asked.mark);
            }
            asked.answer = Some(answer.unwrap());
        }
    }

    fn headers(&self, key: &str) -> String {
        format!("{}content-type: application/json\r\nidempotency-key: {key}\r\n", self.token)
    }
}

/// An adviser with a session that the clock of the program finds valid.
fn signed_in(kit: &Kit) -> Session {
    let user = kit.person(Role::Adviser, &[]);
    let secret = kernel::secrets::token().unwrap();
    let (id, for_write) = (user.id, secret.clone());
    kit.write(move |tx| {
        web_kit::begin_session(tx, id, &for_write, "192.0.2.1", "test")?;
        tx.execute("UPDATE sessions SET expires_at = $1", &[&i64::MAX])
    });
    Session { user, secret }
}

/// Somebody at work.
struct Client<'a> {
    office: &'a Office,
    address: &'a str,
    adviser: &'a Session,
    /// The case two clients work on at once: the one opened last.
    desk: &'a Mutex<String>,
    asked: &'a Mutex<Vec<Asked>>,
    stop: &'a AtomicBool,
    client: String,
    number: usize,
}

impl Client<'_> {
    /// A case from its opening to its closure, as far as the other one at the desk lets it come; `None` when it is
    /// time to stop, or no answer came.
    fn turn(&mut self) -> Option<()> {
        self.open()?;
        self.take()?;
        self.act(
            "attempted",
            "attempts",
            |mark| json!({ "channel": "phone", "outcome": "not_reached", "note": mark }),
        )?;
        self.act("handed-over", "handover", |mark| json!({ "to": "team", "note": mark }))?;
        self.act("noted", "notes", |mark| json!({ "text": mark }))?;
        let colleague = self.adviser.user.id.to_string();
        self.act("handed-over", "handover", |mark| json!({ "to": colleague, "note": mark }))?;
        self.act(
            "attempted",
            "attempts",
            |mark| json!({ "channel": "phone", "outcome": "reached", "note": mark }),
        )?;
        self.act("told", "notice", |mark| json!({ "channel": "phone", "text": mark }))?;
        self.act("closed", "closure", |mark| json!({ "no_cause": mark, "remedy": "apology" }))?;
        self.act("noted", "notes", |mark| json!({ "text": mark }))
    }

    fn open(&mut self) -> Option<()> {
        let mark = self.mark();
        let body =
            json!({ "customer": self.office.customer.to_string(), "title": mark, "severity": "minor" });
        let (_, made) = self.ask("opened", mark, "/api/v1/cases".to_owned(), &body)?;
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        *self.desk.lock().unwrap() = made["id"].as_str().unwrap().to_owned();
        Some(())
    }

    /// The adviser takes the case on their page. Its mark says who took what: after they opened one, no former case
    /// lies on the desk.
    fn take(&mut self) -> Option<()> {
        let case = self.desk.lock().unwrap().clone();
        let mark = format!("{case} {}", self.adviser.user.name);
        let headers = format!(
            "cookie: {}={}\r\nx-csrf-token: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n",
            web_kit::SESSION_COOKIE,
            self.adviser.secret,
            self.adviser.csrf()
        );
        let path = format!("/cases/{case}/ownership");
        self.send("taken", mark, path, &headers, String::new()).map(drop)
    }

    /// Something done to the case on the desk.
    fn act(
        &mut self,
        step: &'static str,
        what: &str,
        body: impl FnOnce(&str) -> serde_json::Value,
    ) -> Option<()> {
        let (mark, case) = (self.mark(), self.desk.lock().unwrap().clone());
        let body = body(&mark);
        self.ask(step, mark, format!("/api/v1/cases/{case}/{what}"), &body).map(drop)
    }

    fn ask(
        &mut self,
        step: &'static str,
        mark: String,
        path: String,
        body: &serde_json::Value,
    ) -> Option<(u16, String)> {
        let headers = self.office.headers(&mark);
        self.send(step, mark, path, &headers, body.to_string())
    }

    fn send(
        &mut self,
        step: &'static str,
        mark: String,
        path: String,
        headers: &str,
        body: String,
    ) -> Option<(u16, String)> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let answer = send(self.address, &path, headers, &body);
        let asked = Asked { client: self.client.clone(), step, mark, path, body, answer: answer.clone() };
        self.asked.lock().unwrap().push(asked);
        answer
    }

    fn mark(&mut self) -> String {
        self.number += 1;
        format!("{}-{:04}", self.client, self.number)
    }
}

/// Fails unless what one client asked is there up to some request, and nothing of it thereafter.
pub(crate) fn assert_no_gap(asked: &[Asked], is_there: impl Fn(&str) -> bool) {
    let clients: BTreeSet<&str> = asked.iter().map(|asked| asked.client.as_str()).collect();
    for client in clients {
        let of_one = asked.iter().filter(|asked| asked.client == client && !asked.is_refused());
        let there: Vec<bool> = of_one.map(|asked| is_there(&asked.mark)).collect();
        assert!(there.is_sorted_by(|earlier, later| earlier >= later), "{client}: {there:?}");
    }
}
