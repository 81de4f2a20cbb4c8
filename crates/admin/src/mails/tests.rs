//! Mails.

use kernel::Id;
use kernel::identity::{Actor, Permission, Role};
use kernel::mail::{self, Block, Outgoing, Recipient, State, store};
use kernel::texts::Locale;
use testkit::Kit;

use crate::tests::{app, start};

fn queued(kit: &Kit, key: &str, address: &str, site: Option<Id>) -> Id {
    let message = Outgoing {
        key: key.into(),
        kind: "case-reply",
        to: Recipient { address: address.into(), name: "Awa Diatta".into(), customer: None, user: None },
        locale: Locale::Fr,
        subject: format!("Votre demande {key}"),
        blocks: vec![
            Block::Text("Bonjour <b>vous</b>".into()),
            Block::Quote("Trop long".into()),
            Block::Button { label: "Suivre".into(), href: "/c/1".into() },
            Block::Small("Fin".into()),
        ],
        about: None,
        site,
        unsubscribe: None,
        not_before: None,
    };
    kit.write(move |tx| mail::queue(tx, &Actor::system("test"), &message)).id()
}

fn put(kit: &Kit, id: Id, state: State) {
    kit.write(move |tx| tx.execute("UPDATE mails SET state = $2 WHERE id = $1", &[&id, &state.name()]));
}

testkit::on_both! {
    with start;

    fn a_doubtful_mail_is_shown_counted_and_decided_by_a_person(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[]);
        let (first, second) = (queued(kit, "a:1", "awa@exemple.fr", None), queued(kit, "a:2", "ben@exemple.fr", None));
        let page = app.get("/mails").signed_in(&me).send().expect(200);
        assert!(page.text().contains("Aucun serveur d’e-mail n’est configuré"), "it does not pretend");
        assert_eq!(page.html().count("tbody tr"), 2);
        put(kit, first, State::Doubtful);
        put(kit, second, State::Doubtful);
        let page = app.get("/mails?state=doubtful&q=AWA@&kind=case-reply").signed_in(&me).send().expect(200);
        assert_eq!(page.html().count("tbody tr"), 1);
        let page = app.get(&format!("/mails/{first}")).signed_in(&me).send().expect(200);
        assert!(page.text().contains("Bonjour &#60;b&#62;vous") || page.text().contains("Bonjour &lt;b&gt;vous"));
        app.post(&format!("/mails/{first}/retry")).signed_in(&me).form(&[]).send().expect(303);
        app.post(&format!("/mails/{first}/retry")).signed_in(&me).form(&[]).send().expect(409);
        app.post(&format!("/mails/{second}/leaving")).signed_in(&me).form(&[]).send().expect(303);
        let states = [first, second].map(|id| kit.read(|tx| store::get(tx, id)).state);
        assert_eq!(states, [State::Waiting, State::Settled]);
        app.get("/mails").signed_in_as(Role::Adviser, &[]).send().expect(403);
    }

    fn mails_of_a_restored_backup_are_sent_or_left_together(kit) {
        let app = app(kit);
        let port = kit.site("Le Port");
        let ids: Vec<Id> = (0..3).map(|n| queued(kit, &format!("a:{n}"), &format!("c{n}@exemple.fr"), None)).collect();
        let other = queued(kit, "b:1", "dia@exemple.fr", Some(port));
        let (crashed, far) = (queued(kit, "c:1", "eve@exemple.fr", None), kit.site("La Gare"));
        let restore = "UPDATE mails SET state = 'doubtful', error = 'bocal:restored 2026-11-27T05:45:00Z'";
        kit.write(move |tx| tx.execute(restore, &[]));
        kit.write(move |tx| tx.execute("UPDATE mails SET error = 'bocal:stopped' WHERE id = $1", &[&crashed]));
        let me = app.sign_in(Role::Manager, &[far]);
        let page = app.get("/mails").signed_in(&me).send().expect(200);
        let text = page.text().replace(['\u{a0}', '\u{202f}'], " ");
        assert!(text.contains("3 messages viennent d’une sauvegarde restaurée") && text.contains("27 nov. 2026"), "{text}");
        assert!(text.contains("1 message est peut-être parti"), "other doubts are told apart: {text}");
        app.post("/restored-mails/retry").signed_in(&me).form(&[]).send().expect(303);
        let states = |ids: &[Id]| ids.iter().map(|id| kit.read(|tx| store::get(tx, *id)).state).collect::<Vec<_>>();
        assert_eq!(states(&ids), [State::Waiting; 3]);
        assert_eq!(states(&[other, crashed]), [State::Doubtful; 2], "out of reach, and of another cause");
        let all = app.sign_in(Role::Administrator, &[]);
        app.post("/restored-mails/leaving").signed_in(&all).form(&[]).send().expect(303);
        assert_eq!(states(&[other, crashed]), [State::Settled, State::Doubtful]);
        app.post("/restored-mails/retry").signed_in_as(Role::Adviser, &[]).form(&[]).send().expect(403);
    }

    fn what_went_wrong_is_told_in_the_language_of_the_reader(kit) {
        let app = app(kit);
        let id = queued(kit, "a:1", "awa@exemple.fr", None);
        let error = "UPDATE mails SET state = 'doubtful', error = 'bocal:silent 60' WHERE id = $1";
        kit.write(move |tx| tx.execute(error, &[&id]));
        let me = app.sign_in(Role::Administrator, &[]);
        let page = app.get(&format!("/mails/{id}")).signed_in(&me).send().expect(200);
        let page = page.text().replace(['\u{a0}', '\u{202f}'], " ");
        assert!(page.contains("Le serveur d’e-mail n’a pas répondu en 60"), "{page}");
        let token = app.token(&[Permission::MailManage], None);
        let path = format!("/api/v1/mails/{id}");
        let english = app.get(&path).bearer(&token).header("accept-language", "en").send().expect(200).json();
        assert!(english["error"].as_str().unwrap().contains("did not answer within 60"), "{english}");
    }

    fn a_bounce_stops_an_address_until_it_is_cleared(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let id = queued(kit, "a:1", "awa@exemple.fr", None);
        put(kit, id, State::Sent);
        let path = format!("/mails/{id}/bounce");
        app.post(&path).signed_in(&me).form(&[("reason", " ")]).send().expect(303);
        assert!(kit.events("mail.bounced").is_empty(), "a reason is wanted");
        app.post(&path).signed_in(&me).form(&[("reason", "boîte inconnue")]).send().expect(303);
        let page = app.get("/bounced-addresses").signed_in(&me).send().expect(200);
        assert!(page.text().contains("awa@exemple.fr") && page.text().contains("boîte inconnue"));
        app.post("/bounced-addresses/removal").signed_in(&me).form(&[("address", "awa@exemple.fr")]).send().expect(303);
        app.post("/bounced-addresses/removal").signed_in(&me).form(&[("address", "awa@exemple.fr")]).send().expect(404);
        assert_eq!(kit.read(|tx| store::bounced(tx, "awa@exemple.fr")), None);
    }

    fn a_manager_of_one_site_sees_the_mails_of_that_site(kit) {
        let app = app(kit);
        let (port, gare) = (kit.site("Le Port"), kit.site("La Gare"));
        let (near, far) = (queued(kit, "a:1", "awa@exemple.fr", Some(port)), queued(kit, "a:2", "ben@exemple.fr", Some(gare)));
        put(kit, far, State::Sent);
        let me = app.sign_in(Role::Manager, &[port]);
        let page = app.get("/mails").signed_in(&me).send().expect(200);
        assert_eq!(page.html().count("tbody tr"), 1);
        app.get(&format!("/mails/{near}")).signed_in(&me).send().expect(200);
        for path in [format!("/mails/{far}/retry"), format!("/mails/{far}/leaving")] {
            app.post(&path).signed_in(&me).form(&[]).send().expect(404);
        }
        app.post(&format!("/mails/{far}/bounce")).signed_in(&me).form(&[("reason", "x")]).send().expect(404);
        app.get(&format!("/mails/{far}")).signed_in(&me).send().expect(404);
    }

    fn programs_list_decide_and_record_bounces(kit) {
        let app = app(kit);
        let token = app.token(&[Permission::MailManage], None);
        let ids: Vec<Id> = (0..3).map(|n| queued(kit, &format!("a:{n}"), "awa@exemple.fr", None)).collect();
        let page = app.get("/api/v1/mails?limit=2&state=waiting").bearer(&token).send().expect(200).json();
        assert_eq!(page["items"][0]["id"], ids[2].to_string());
        let next = page["next_cursor"].as_str().unwrap();
        let rest = app.get(&format!("/api/v1/mails?cursor={next}")).bearer(&token).send().expect(200).json();
        assert_eq!(rest["items"].as_array().unwrap().len(), 1);
        app.get("/api/v1/mails?state=lost").bearer(&token).send().expect(422);
        put(kit, ids[0], State::GivenUp);
        let path = |what: &str| format!("/api/v1/mails/{}{what}", ids[0]);
        app.post(&path("/bounce")).bearer(&token).json(&serde_json::json!({ "reason": "550" })).send().expect(409);
        let again = app.post(&path("/retry")).bearer(&token).json(&serde_json::json!({})).send().expect(200).json();
        assert_eq!(again["state"], "waiting");
        put(kit, ids[0], State::Sent);
        app.post(&path("/bounce")).bearer(&token).json(&serde_json::json!({ "reason": "550" })).send().expect(200);
        let found = app.get(&path("")).bearer(&token).send().expect(200).json();
        assert_eq!((found["state"].as_str(), found["outcome"].as_str()), (Some("settled"), Some("bounced")));
        let bounced = app.get("/api/v1/bounced-addresses").bearer(&token).send().expect(200).json();
        assert_eq!(bounced["items"][0]["address"], "awa@exemple.fr");
    }
}
