//! What is shown before customers are told, and that what is shown is what leaves.

use kernel::mail::Block;
use know::consent::Purpose;
use know::customers::model::CustomerInput;

use super::*;
use crate::improvements::model::{LeftOut, Told};

fn person(kit: &Kit, name: &str, email: &str, locale: &str) -> Id {
    let input = CustomerInput {
        family_name: name.into(),
        email: email.into(),
        locale: locale.into(),
        ..CustomerInput::default()
    };
    kit.write(move |tx| know::customers::actions::create(tx, &Actor::system("test"), &input)).id
}

/// An improvement in place, with one customer of each kind.
fn in_place(kit: &Kit, by: &Actor) -> Id {
    let wait = cause(kit, by, "attente", "3");
    let people = [
        person(kit, "Diatta", "diatta@exemple.fr", "fr"),
        person(kit, "Morvan", "morvan@exemple.fr", "en"),
        person(kit, "Castaing", "", "fr"),
        person(kit, "Le Goff", "legoff@exemple.fr", "fr"),
        person(kit, "Ndiaye", "ndiaye@exemple.fr", "fr"),
    ];
    let cases: Vec<Id> = people.iter().map(|who| case(kit, by, *who, wait, "minor")).collect();
    let (actor, refused, withdrawn) = (by.clone(), cases[3], people[4]);
    kit.write(move |tx| cases::actions::attempt(tx, &actor, refused, "phone", "refused", "Plus jamais."));
    let actor = by.clone();
    kit.write(move |tx| {
        know::consent::actions::decide(tx, &actor, withdrawn, Purpose::CallBack, false, "Téléphone")
    });
    let nameless = CaseInput {
        title: "Attente".into(),
        cause: wait.to_string(),
        reach: "06 39 98 00 11".into(),
        ..CaseInput::default()
    };
    let actor = by.clone();
    kit.write(move |tx| cases::actions::create(tx, &actor, &nameless, Origin::Hand));
    let typed = ImprovementInput {
        cause: wait.to_string(),
        said_other: "Saturdays at the till take too long.".into(),
        did_other: "A second till opens as soon as five people wait.".into(),
        ..input(by.user().unwrap())
    };
    let id = create(kit, by, typed).id;
    let actor = by.clone();
    kit.write(move |tx| actions::start(tx, &actor, id, "")).id
}

testkit::on_both! {
    with start;

    fn before_it_leaves_it_says_who_is_told_who_is_not_and_why(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let id = in_place(kit, &by);
        let preview = || kit.read(|tx| actions::preview(tx, &by, texts(), id));
        let shown = preview();
        let left_out = [LeftOut::Refused, LeftOut::Withdrawn, LeftOut::NoAddress, LeftOut::Unknown].map(|why| (why, 1));
        assert_eq!((shown.n, shown.left_out), (2, left_out.to_vec()));
        let languages: Vec<(&str, u64)> = shown.letters.iter().map(|l| (l.locale.code(), l.n)).collect();
        assert_eq!(languages, [("en", 1), ("fr", 1)], "the letter in each language somebody reads");
        assert_eq!(tell(kit, &by, id).unwrap(), 2);
        let kept: Vec<(String, String, String)> = kit.read(|tx| {
            tx.query("SELECT locale, subject, blocks FROM mails ORDER BY locale", &[], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        });
        for (letter, (locale, subject, blocks)) in shown.letters.iter().zip(kept) {
            let blocks: Vec<Block> = serde_json::from_str(&blocks).unwrap();
            assert_eq!((letter.locale.code(), &letter.subject, &letter.blocks), (locale.as_str(), &subject, &blocks));
        }
        let again = preview();
        assert_eq!((again.n, again.left_out[0]), (0, (LeftOut::Already, 2)));
    }

    fn customers_count_as_told_once_their_mail_left_and_not_when_it_failed(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let id = in_place(kit, &by);
        assert_eq!(kit.read(|tx| actions::read(tx, &by, id)).told, None, "nobody was written to");
        tell(kit, &by, id).unwrap();
        let told = || kit.read(|tx| actions::read(tx, &by, id)).told.unwrap();
        let of = |waiting, left, failed, doubtful| Told { waiting, left, failed, doubtful };
        assert_eq!(told(), of(2, 0, 0, 0), "queued is not told");
        let ends = |address: &'static str, state: &'static str, outcome: Option<&'static str>| {
            kit.write(move |tx| {
                tx.execute("UPDATE mails SET state = $2, outcome = $3 WHERE address = $1", &[&address, &state, &outcome])
            });
        };
        ends("diatta@exemple.fr", "sent", None);
        ends("morvan@exemple.fr", "doubtful", None);
        assert_eq!(told(), of(0, 1, 0, 1), "what may have left is neither");
        ends("morvan@exemple.fr", "settled", Some("bounced"));
        assert_eq!(told(), of(0, 1, 1, 0));
        let app = app(kit);
        let page = app.get(&format!("/improvements/{id}")).signed_in_as(Role::Manager, &[]).send().expect(200).html();
        let notice = page.text("#notice");
        assert!(notice.contains("un parti, un non remis"), "{notice}");
        let token = app.token(&[kernel::identity::Permission::CasesRead], None);
        let body = app.get(&format!("/api/v1/improvements/{id}")).bearer(&token).send().expect(200).json();
        assert_eq!((body["told"].as_u64(), body["told_mails"]["failed"].as_u64()), (Some(1), Some(1)));
        ends("diatta@exemple.fr", "settled", Some("delivered"));
        ends("morvan@exemple.fr", "given_up", None);
        assert_eq!(told(), of(0, 1, 1, 0));
    }

    fn who_would_be_told_without_having_been_shown_is_not_told(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let id = in_place(kit, &by);
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[]);
        let url = format!("/improvements/{id}/notice");
        let page = app.get(&url).signed_in(&me).send().expect(200).html();
        let field = |name: &str| page.attribute(&format!("form input[name={name}]"), "value").unwrap();
        let (version, n) = (field("version"), field("n"));
        let send = |fields: &[(&str, &str)]| app.post(&url).signed_in(&me).form(fields).send().expect(303);
        let mails = || kit.read(|tx| tx.query_one("SELECT COUNT(*) FROM mails", &[], |r| r.get::<i64>(0)));
        send(&[]);
        send(&[("version", &version), ("n", "1")]);
        send(&[("version", "1"), ("n", &n)]);
        assert_eq!(mails(), 0, "neither unseen, nor to others, nor in other words");
        send(&[("version", &version), ("n", &n)]);
        assert_eq!(mails(), 2);
        assert!(!app.get(&url).signed_in(&me).send().expect(200).html().has("form button.btn--main"), "nobody is left");
        app.get(&url).signed_in_as(Role::Adviser, &[]).send().expect(403);
    }
}
