//! Sending to a folder, and to a mail server that answers as it is told.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use kernel::clock::Zone;
use kernel::config::{Config, Secret};
use kernel::identity::Actor;
use kernel::jobs::Bell;
use kernel::mail::{self, Mail, Outcome, Outlet, State, store};
use kernel::texts::{SOURCES, Texts};
use kernel::{Error, Id};
use testkit::{Engine, Kit};

use crate::mail::outgoing;

fn start(engine: Engine) -> Kit {
    Kit::new(engine, &[kernel::MIGRATIONS])
}

fn texts() -> &'static Texts {
    Texts::leak(SOURCES).unwrap()
}

fn to_folder(folder: &std::path::Path) -> Outlet {
    let config = Config { mail_dir: Some(folder.to_owned()), ..Config::default() };
    Outlet::configured(&config, texts()).unwrap().unwrap()
}

fn to_server(address: &str) -> Outlet {
    let config = Config {
        smtp_url: Some(Secret(format!("smtp://{address}?tls=none"))),
        mail_from: Some("Maison <bonjour@maison.fr>".into()),
        ..Config::default()
    };
    Outlet::configured(&config, texts()).unwrap().unwrap()
}

fn queued(kit: &Kit, key: &str, address: &str) -> Id {
    let message = outgoing(key, address);
    kit.write(move |tx| mail::queue(tx, &Actor::system("test"), &message)).id()
}

fn now(kit: &Kit, id: Id) -> Mail {
    kit.read(|tx| store::get(tx, id))
}

/// A mail server that answers each command by the first rule whose beginning fits, `250 ok` otherwise; `!` closes the
/// connection instead, `?` never answers. Returns its address and what it heard.
fn server(rules: &'static [(&'static str, &'static str)]) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = heard.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut out = stream.unwrap();
            let lines = BufReader::new(out.try_clone().unwrap()).lines();
            writeln!(out, "220 here\r").unwrap();
            let mut in_text = false;
            for line in lines {
                let Ok(line) = line else { break };
                if in_text && line != "." {
                    continue;
                }
                log.lock().unwrap().push(line.clone());
                let usual = if line == "DATA" { "354 go on" } else { "250 ok" };
                let answer =
                    rules.iter().find(|(start, _)| line.starts_with(start)).map_or(usual, |(_, a)| a);
                in_text = answer.starts_with("354");
                if answer == "?" {
                    log.lock().unwrap().push("hanging".into());
                    std::thread::park();
                }
                if answer == "!" || writeln!(out, "{answer}\r").is_err() {
                    break;
                }
            }
        }
    });
    (address, heard)
}

fn answered(kit: &Kit, rules: &'static [(&'static str, &'static str)]) -> Mail {
    let id = queued(kit, "a:1", "awa@exemple.fr");
    let (address, _) = server(rules);
    mail::send_due(kit.db(), &to_server(&address)).unwrap();
    now(kit, id)
}

/// What becomes of a mail with the first answer: the connection is kept open to be told so.
fn first_answer(kit: &Kit, rules: &'static [(&'static str, &'static str)]) -> Mail {
    let id = queued(kit, "a:1", "awa@exemple.fr");
    let (outlet, bell) = (to_server(&server(rules).0), Bell::default());
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| mail::send(kit.db(), &outlet, &bell));
        while now(kit, id).error.is_none() {
            std::thread::park_timeout(std::time::Duration::from_millis(5));
        }
        bell.stop();
        sending.join().unwrap().unwrap();
    });
    now(kit, id)
}

testkit::on_both! {
    with start;

    fn a_folder_receives_each_message_once_with_its_twin(kit) {
        let folder = tempfile::tempdir().unwrap();
        let id = queued(kit, "a:1", "awa@exemple.fr");
        let mut later = outgoing("a:2", "awa@exemple.fr");
        later.not_before = Some(kit.now().plus(SignedDuration::from_hours(1)));
        kit.write(move |tx| mail::queue(tx, &Actor::system("test"), &later));
        assert_eq!(mail::send_due(kit.db(), &to_folder(folder.path())).unwrap(), 1);
        assert_eq!(mail::send_due(kit.db(), &to_folder(folder.path())).unwrap(), 0);
        let sent = now(kit, id);
        assert_eq!((sent.state, sent.attempts), (State::Sent, 1));
        let name = format!("{}.eml", sent.message_id.unwrap());
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        for part in ["Auto-Submitted: auto-generated", "Content-Language: fr", "multipart/alternative", "text/plain", "text/html"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let told = kit.events("mail.sent").pop().unwrap().after.unwrap().to_string();
        assert!(told.contains("a:1") && !told.contains("exemple.fr"), "{told}");
        kit.advance(SignedDuration::from_hours(2));
        assert_eq!(mail::send_due(kit.db(), &to_folder(folder.path())).unwrap(), 1);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    fn several_couriers_send_everything_once(kit) {
        let folder = tempfile::tempdir().unwrap();
        let all: Vec<_> = (0..300).map(|n| outgoing(&format!("a:{n}"), &format!("c{n}@exemple.fr"))).collect();
        kit.write(move |tx| mail::queue_all(tx, &Actor::system("test"), &all));
        let (bell, outlet) = (Bell::default(), to_folder(folder.path()));
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| mail::send(kit.db(), &outlet, &bell));
            while kit.read(store::counts_all).sent < 300 {
                std::thread::park_timeout(std::time::Duration::from_millis(5));
            }
            bell.stop();
            sending.join().unwrap().unwrap();
        });
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 300);
        assert_eq!(kit.events("mail.sent").len(), 300);
    }

    fn a_server_that_takes_it_is_believed_and_its_connection_kept(kit) {
        let first = queued(kit, "a:1", "awa@exemple.fr");
        queued(kit, "a:2", "ben@exemple.fr");
        let (address, heard) = server(&[]);
        assert_eq!(mail::send_due(kit.db(), &to_server(&address)).unwrap(), 2);
        assert_eq!(now(kit, first).state, State::Sent);
        let heard = heard.lock().unwrap();
        assert_eq!(heard.iter().filter(|line| line.starts_with("EHLO")).count(), 1, "{heard:?}");
        assert_eq!(heard.iter().filter(|line| *line == ".").count(), 2);
    }

    fn a_recipient_refused_for_good_is_not_tried_again(kit) {
        let mail = answered(kit, &[("RCPT", "550 5.1.1 no such mailbox")]);
        assert_eq!((mail.state, mail.outcome), (State::Settled, Some(Outcome::Refused)));
        assert!(mail.error.unwrap().contains("no such mailbox"));
        assert!(kit.read(|tx| store::bounced(tx, "awa@exemple.fr")).is_some(), "nor is its address written to again");
        assert_eq!(kit.events("mail.failed").len(), 1);
    }

    fn one_put_off_is_tried_later_and_at_last_given_up(kit) {
        let id = queued(kit, "a:1", "awa@exemple.fr");
        let (address, _) = server(&[("RCPT", "451 4.7.1 later")]);
        let outlet = to_server(&address);
        for _ in 0..30 {
            mail::send_due(kit.db(), &outlet).unwrap();
            kit.advance(SignedDuration::from_hours(7));
        }
        let mail = now(kit, id);
        assert_eq!((mail.state, mail.attempts), (State::GivenUp, 7));
        let again = kit.try_write(move |tx| mail::send_again(tx, &Actor::system("test"), id));
        again.unwrap();
        assert_eq!(now(kit, id).state, State::Waiting);
    }

    fn one_recipient_answered_421_holds_up_nobody_else_and_is_given_up_at_last(kit) {
        for rule in [&[("RCPT TO:<awa", "421 4.7.0 not now")], &[("DATA", "421 4.7.0 not now")]] {
            let key = rule[0].0;
            let id = queued(kit, key, "awa@exemple.fr");
            let (address, _) = server(rule);
            let outlet = to_server(&address);
            mail::send_due(kit.db(), &outlet).unwrap();
            let mail = now(kit, id);
            assert_eq!((mail.state, mail.attempts), (State::Waiting, 1), "{key}");
            assert!(mail.due_at > kit.now(), "{key}");
            if key != "DATA" {
                let other = queued(kit, "a:2", "ben@exemple.fr");
                mail::send_due(kit.db(), &outlet).unwrap();
                assert_eq!(now(kit, other).state, State::Sent);
            }
            for _ in 0..8 {
                kit.advance(SignedDuration::from_hours(7));
                mail::send_due(kit.db(), &outlet).unwrap();
            }
            assert_eq!(now(kit, id).state, State::GivenUp, "{key}");
        }
    }

    fn a_server_that_closes_before_it_heard_of_a_recipient_costs_no_attempt(kit) {
        let mail = first_answer(kit, &[("MAIL", "421 4.3.2 going down")]);
        assert_eq!((mail.state, mail.attempts), (State::Waiting, 0));
    }

    fn a_server_that_hangs_does_not_keep_the_program_from_stopping(kit) {
        let id = queued(kit, "a:1", "awa@exemple.fr");
        let (address, heard) = server(&[("RCPT", "?")]);
        let (bell, outlet) = (Bell::default(), to_server(&address));
        let stopped = std::thread::scope(|scope| {
            let sending = scope.spawn(|| mail::send(kit.db(), &outlet, &bell));
            while !heard.lock().unwrap().iter().any(|line| line.starts_with("RCPT")) {
                std::thread::park_timeout(std::time::Duration::from_millis(5));
            }
            let told = std::time::Instant::now();
            bell.stop();
            sending.join().unwrap().unwrap();
            told.elapsed()
        });
        assert!(stopped.as_secs() < 20, "{stopped:?}");
        let mail = now(kit, id);
        let words = mail::said::in_words(texts().reader(kernel::texts::Locale::En), &Zone::UTC, &mail.error.unwrap());
        assert_eq!(mail.state, State::Doubtful);
        assert!(words.contains("Bocal stopped"), "{words}");
        assert_eq!(kit.events("mail.failed").len(), 1);
    }

    fn nobody_there_costs_no_attempt(kit) {
        let id = queued(kit, "a:1", "awa@exemple.fr");
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let outlet = to_server(&closed);
        let (bell, waited) = (Bell::default(), std::time::Duration::from_millis(5));
        std::thread::scope(|scope| {
            let sending = scope.spawn(|| mail::send(kit.db(), &outlet, &bell));
            while now(kit, id).error.is_none() {
                std::thread::park_timeout(waited);
            }
            bell.stop();
            sending.join().unwrap().unwrap();
        });
        let mail = now(kit, id);
        assert_eq!((mail.state, mail.attempts), (State::Waiting, 0));
        let words = mail::said::in_words(texts().reader(kernel::texts::Locale::Fr), &Zone::UTC, &mail.error.unwrap());
        assert!(words.starts_with("Aucun serveur d’e-mail"), "told in the reader's language: {words}");
    }

    fn an_answer_that_never_came_leaves_a_doubt_a_person_decides(kit) {
        let mail = answered(kit, &[(".", "!")]);
        assert_eq!(mail.state, State::Doubtful);
        let (address, _) = server(&[]);
        assert_eq!(mail::send_due(kit.db(), &to_server(&address)).unwrap(), 0, "never again by itself");
        let id = mail.id;
        kit.write(move |tx| mail::leave(tx, &Actor::system("test"), id));
        let again = kit.try_write(move |tx| mail::send_again(tx, &Actor::system("test"), id));
        assert!(matches!(again, Err(Error::Refused(m)) if m.key == "mail-error-not-open"));
    }

    fn a_connection_lost_before_the_text_is_no_doubt(kit) {
        let mail = answered(kit, &[("DATA", "!")]);
        assert_eq!((mail.state, mail.attempts), (State::Waiting, 1));
        assert!(mail.due_at > kit.now(), "and it holds up nobody else");
    }

    fn what_a_dead_process_held_is_doubtful_or_found_in_the_folder(kit) {
        let folder = tempfile::tempdir().unwrap();
        let (left, stayed) = (queued(kit, "a:1", "awa@exemple.fr"), queued(kit, "a:2", "ben@exemple.fr"));
        let claim = "UPDATE mails SET state = 'claimed', claimed_by = 'dead', claimed_at = due_at, attempts = 1,
                     message_id = key WHERE state = 'waiting'";
        kit.write(move |tx| tx.execute(claim, &[]));
        std::fs::write(folder.path().join("a:1.eml"), "x").unwrap();
        kit.advance(SignedDuration::from_mins(6));
        assert_eq!(mail::send_due(kit.db(), &to_folder(folder.path())).unwrap(), 1);
        assert_eq!((now(kit, left).state, now(kit, stayed).state), (State::Sent, State::Sent));

        let third = queued(kit, "a:3", "chloe@exemple.fr");
        kit.write(move |tx| tx.execute(claim, &[]));
        kit.advance(SignedDuration::from_mins(6));
        let (address, _) = server(&[]);
        assert_eq!(mail::send_due(kit.db(), &to_server(&address)).unwrap(), 0);
        assert_eq!(now(kit, third).state, State::Doubtful);
        assert_eq!(kit.events("mail.failed").len(), 1);
    }

    fn a_bounced_address_is_not_written_to_until_it_is_cleared(kit) {
        let folder = tempfile::tempdir().unwrap();
        let id = queued(kit, "a:1", "Awa@Exemple.fr");
        let by = Actor::system("test");
        let early = kit.try_write({ let by = by.clone(); move |tx| mail::bounce(tx, &by, id, "boîte inconnue") });
        assert!(matches!(early, Err(Error::Refused(_))), "it has not left");
        mail::send_due(kit.db(), &to_folder(folder.path())).unwrap();
        let message_id = now(kit, id).message_id.unwrap();
        let notice = notification(&message_id, "failed");
        let notice = mail::bounce::parse(notice.as_bytes()).unwrap();
        let bounced = kit.write({ let by = by.clone(); move |tx| mail::bounce_from(tx, &by, &notice) });
        assert_eq!((bounced.id, bounced.outcome), (id, Some(Outcome::Bounced)));
        let message = outgoing("a:2", "awa@exemple.fr");
        let refused = kit.try_write({ let (by, message) = (by.clone(), message.clone()); move |tx| mail::queue(tx, &by, &message) });
        assert!(matches!(refused, Err(Error::Invalid(e)) if e[0].field == "email" && e[0].message.key == "mail-error-bounced"));
        assert_eq!(kit.write({ let (by, message) = (by.clone(), message.clone()); move |tx| mail::queue_all(tx, &by, std::slice::from_ref(&message)) }), 0);
        kit.write({ let by = by.clone(); move |tx| mail::clear_bounce(tx, &by, "awa@exemple.fr") });
        kit.write(move |tx| mail::queue(tx, &by, &message));
        assert_eq!(kit.events("mail.bounced").len(), 1);
    }

    fn without_a_word_for_five_days_a_mail_is_taken_for_delivered(kit) {
        let folder = tempfile::tempdir().unwrap();
        let id = queued(kit, "a:1", "awa@exemple.fr");
        mail::send_due(kit.db(), &to_folder(folder.path())).unwrap();
        for (hours, state) in [(24 * 4, State::Sent), (25, State::Settled)] {
            kit.advance(SignedDuration::from_hours(hours));
            kit.write(|tx| kernel::jobs::enqueue(tx, &Actor::system("test"), mail::settle::HANDLER.name, None, &()));
            let handlers = kernel::jobs::Handlers { handlers: vec![mail::settle::HANDLER], recurring: Vec::new() };
            kernel::jobs::run_due(kit.db(), &handlers, kit.subscriptions()).unwrap();
            assert_eq!(now(kit, id).state, state);
        }
        assert_eq!(now(kit, id).outcome, Some(Outcome::Delivered));
    }
}

fn notification(message_id: &str, action: &str) -> String {
    format!(
        "From: MAILER-DAEMON@exemple.fr\r\nTo: bocal@localhost\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.exemple.fr\r\n\r\n\
         Final-Recipient: rfc822; awa@exemple.fr\r\nAction: {action}\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n mailbox\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: x\r\n\r\n--b--\r\n"
    )
}

#[test]
fn a_notification_says_which_message_and_why() {
    let notice = mail::bounce::parse(notification("12.abc@maison.fr", "failed").as_bytes()).unwrap();
    assert_eq!(notice.message_ids, ["12.abc@maison.fr"]);
    assert_eq!(notice.reason, "550 5.1.1 unknown mailbox");
    let whole = notification("1.a@x.fr", "failed").replace("text/rfc822-headers", "message/rfc822");
    assert_eq!(mail::bounce::parse(whole.as_bytes()).unwrap().message_ids, ["1.a@x.fr"]);
    let key = |bytes: &[u8]| match mail::bounce::parse(bytes) {
        Err(Error::Refused(message)) => message.key,
        other => panic!("{other:?}"),
    };
    assert_eq!(key(notification("1.a@x.fr", "delayed").as_bytes()), "mail-error-notice-delayed");
    assert_eq!(key(b"Subject: hello\r\n\r\nhello"), "mail-error-notice");
    assert_eq!(key(b""), "mail-error-notice");
    assert_eq!(key(&[0xff; 5_000]), "mail-error-notice");
}
