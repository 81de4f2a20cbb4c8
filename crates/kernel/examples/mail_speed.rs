//! How fast mails are queued, made and sent: `cargo run --release -p kernel --example mail_speed -- 100000 [smtp://…]`.
//! Without a server they go to a folder. The database is SQLite, or PostgreSQL with `--postgres` and
//! `BOCAL_TEST_POSTGRES`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement says what it measured, or fails"
)]

use std::time::{Duration, Instant};

use kernel::config::{Config, Secret};
use kernel::identity::Actor;
use kernel::jobs::Bell;
use kernel::mail::{self, Block, Outgoing, Outlet, Recipient, store};
use kernel::texts::{Locale, SOURCES, Texts};
use testkit::{Engine, Kit};

/// Mails queued in one transaction.
const BATCH: usize = 1_000;

fn message(n: usize) -> Outgoing {
    Outgoing {
        key: format!("test:{n}"),
        kind: "test",
        to: Recipient {
            address: format!("client{n}@exemple.fr"),
            name: format!("Aurèle Vasseur {n}"),
            customer: None,
            user: None,
        },
        locale: Locale::Fr,
        subject: "Votre avis sur la Maison des Essais".into(),
        blocks: vec![
            Block::Text(format!("Bonjour Aurèle Vasseur {n},")),
            Block::Text("Vous nous connaissez : dites-nous ce que vous en pensez.".into()),
            Block::Button { label: "Donner mon avis".into(), href: format!("/a/{n}") },
            Block::Small("Ce lien est le vôtre : il sert une fois.".into()),
        ],
        about: None,
        site: None,
        unsubscribe: Some(format!("/u/{n}")),
        not_before: None,
    }
}

fn report(what: &str, n: usize, took: Duration) {
    println!("{what:<28} {n:>8} in {:>8.2} s, {:>8.0}/s", took.as_secs_f64(), n as f64 / took.as_secs_f64());
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let n: usize = args.first().and_then(|a| a.parse().ok()).unwrap_or(10_000);
    let postgres = args.iter().any(|a| a == "--postgres");
    let server = args.iter().find(|a| a.starts_with("smtp"));
    let kit = Kit::new(if postgres { Engine::Postgres } else { Engine::Sqlite }, &[kernel::MIGRATIONS]);
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        smtp_url: server.map(|url| Secret(url.clone())),
        mail_dir: server.is_none().then(|| folder.path().to_owned()),
        mail_from: Some("Maison <bonjour@maison.fr>".into()),
        ..Config::default()
    };
    let outlet = Outlet::configured(&config, Texts::leak(SOURCES).unwrap()).unwrap().unwrap();

    let all: Vec<Outgoing> = (0..n).map(message).collect();
    let began = Instant::now();
    for batch in all.chunks(BATCH) {
        let batch = batch.to_vec();
        kit.db().write_alone(move |tx| mail::queue_all(tx, &Actor::system("test"), &batch)).unwrap();
    }
    report("queued", n, began.elapsed());

    let some =
        kit.read(|tx| store::list(tx, &kernel::identity::Scope::All, &store::Filter::default(), 1_000));
    let began = Instant::now();
    for mail in &some {
        mail::render(mail, &outlet, "Maison des Essais", kit.now()).unwrap();
    }
    report("made (MJML, both twins)", some.len(), began.elapsed());

    let bell = Bell::default();
    let began = Instant::now();
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| mail::send(kit.db(), &outlet, &bell));
        loop {
            let counts = kit.read(store::counts_all);
            if counts.waiting + counts.in_flight == 0 {
                break;
            }
            std::thread::park_timeout(Duration::from_millis(100));
        }
        bell.stop();
        sending.join().unwrap().unwrap();
    });
    report("sent", n, began.elapsed());
    println!("{:?}", kit.read(store::counts_all));
}
