//! Temporary.
use std::sync::Arc;
use std::time::Instant as Clock;
use kernel::clock::SystemClock;
use kernel::db::{Db, Location, NoSubscribers, Plan, Surroundings};
use kernel::ids::IdMaker;
use crate::customers::bulk::{self, Key, Save};
use crate::customers::model::{CustomerInput, Details};
use crate::customers::rules;

pub(crate) fn details(n: u64) -> Details {
    let h = |salt: u64| { let mut x = n.wrapping_mul(0x9E3779B97F4A7C15) ^ salt.wrapping_mul(0xBF58476D1CE4E5B9); x ^= x >> 31; x = x.wrapping_mul(0x94D049BB133111EB); x ^ (x >> 29) };
    let syl = ["ka","ver","del","mo","rin","tou","ber","lac","sou","pel","nor","gui","fan","jo","lis","qua","thi","zel","bru","chan"];
    let word = |salt: u64, k: u64| { let mut v = h(salt); let mut s = String::new(); for _ in 0..k { s.push_str(syl[(v % 20) as usize]); v /= 20; } let mut c = s.chars(); c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default() };
    let family = word(h(1) % 20000 + 5, 3); let given = word(h(2) % 800 + 900000, 2);
    let input = CustomerInput {
        external_number: format!("C{n:08}"), email: format!("{}.{}{}@exemple.fr", given.to_lowercase(), family.to_lowercase(), n % 1000),
        given_name: given, family_name: family, birth_date: format!("{}-0{}-1{}", 1940 + h(3) % 60, 1 + h(4) % 9, h(5) % 10),
        phone: format!("02{:08}", h(6) % 100_000_000), mobile: format!("06{:08}", h(7) % 100_000_000),
        street: format!("{} rue {}", 1 + h(8) % 99, word(h(9) % 500, 3)), postal_code: format!("{:05}", h(10) % 95000), city: word(h(11) % 3000 + 77, 3), country: "FR".into(),
        ..CustomerInput::default()
    };
    rules::check(&input, kernel::Day::from_ymd(2026, 11, 22).unwrap()).unwrap()
}

#[test]
#[ignore]
fn raw() {
    let dir = tempfile_dir();
    let loc = std::env::var("SPEED_DB").unwrap_or(format!("{dir}/speed.db"));
    let around = Surroundings { clock: Arc::new(SystemClock), ids: Arc::new(IdMaker::new(1)), routing: Arc::new(NoSubscribers) };
    let db = Db::open(&loc.parse::<Location>().unwrap(), around, 4).unwrap();
    db.migrate(&Plan::new([kernel::MIGRATIONS, crate::MIGRATIONS].concat()).unwrap()).unwrap();
    let batch: u64 = std::env::var("SPEED_BATCH").ok().and_then(|b| b.parse().ok()).unwrap_or(2000);
    let total: u64 = std::env::var("SPEED_TOTAL").ok().and_then(|b| b.parse().ok()).unwrap_or(200_000);
    let mut n = db.read(|tx| tx.query_one("SELECT COUNT(*) FROM customers", &[], |r| r.get::<i64>(0))).unwrap() as u64;
    println!("{n} there");
    let end = n + total;
    let (mut prep, mut look, mut ins, mut ev, mut rowst, mut all) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let by = kernel::identity::Actor::system("x");
    while n < end {
        let t = Clock::now();
        let people: Vec<Details> = (n..n + batch).map(details).collect();
        prep += t.elapsed().as_secs_f64();
        let t = Clock::now();
        let by = by.clone();
        let (l, i, e, r) = db.write_alone(move |tx| {
            let t = Clock::now();
            let numbers: Vec<String> = people.iter().filter_map(|d| d.external_number.clone()).collect();
            let emails: Vec<String> = people.iter().filter_map(|d| d.email.as_deref().map(rules::email_key)).collect();
            let phones: Vec<String> = people.iter().filter_map(|d| d.phone.as_deref().map(|p| rules::phone_key(p, "FR"))).chain(people.iter().filter_map(|d| d.mobile.as_deref().map(|p| rules::phone_key(p, "FR")))).collect();
            let mut hits = 0;
            bulk::by_key(tx, Key::Number, &numbers, |_| hits += 1)?;
            bulk::by_key(tx, Key::Email, &emails, |_| hits += 1)?;
            bulk::by_key(tx, Key::Phone, &phones, |_| hits += 1)?;
            bulk::by_key(tx, Key::Mobile, &phones, |_| hits += 1)?;
            let l = t.elapsed().as_secs_f64();
            let t = Clock::now();
            let ids: Vec<kernel::Id> = people.iter().map(|_| tx.new_id()).collect();
            let saves: Vec<Save<'_>> = people.iter().zip(&ids).map(|(d, id)| Save { id: *id, version: 1, details: d }).collect();
            if std::env::var("SPEED_NOFTS").is_err() { bulk::insert(tx, kernel::Id(1), &saves)?; } else { bulk::insert_plain(tx, kernel::Id(1), &saves)?; }
            let i = t.elapsed().as_secs_f64();
            let t = Clock::now();
            let events: Vec<_> = people.iter().zip(&ids).map(|(d, id)| kernel::ledger::Event::new("customer.created", *id).after(d)).collect();
            kernel::ledger::record_all(tx, &by, &events)?;
            let e = t.elapsed().as_secs_f64();
            Ok((l, i, e, 0.0))
        }).unwrap();
        all += t.elapsed().as_secs_f64();
        look += l; ins += i; ev += e; rowst += r;
        n += batch;
        if (n / batch) % (100_000 / batch).max(1) == 0 {
            let k = 100_000.0_f64.min(total as f64);
            println!("{n}: prep {:.1} look {:.1} insert {:.1} events {:.1} commit {:.1} µs/row; {:.0} rows/s", prep/k*1e6, look/k*1e6, ins/k*1e6, ev/k*1e6, (all-look-ins-ev-rowst)/k*1e6, k/all);
            (prep, look, ins, ev, rowst, all) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        }
    }
}

fn tempfile_dir() -> String { let d = std::env::var("SPEED_DIR").unwrap_or("/tmp/bocal-speed".into()); std::fs::create_dir_all(&d).unwrap(); d }
