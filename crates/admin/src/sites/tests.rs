//! Sites.

use kernel::Error;
use kernel::identity::Role;
use serde_json::json;

use super::rules::code_of;
use super::{SiteInput, actions};
use crate::tests::{app, start};

#[test]
fn a_code_is_made_from_the_name() {
    assert_eq!(code_of("Le Port-Neuf"), "LE-PORT-NEUF");
    assert_eq!(code_of("  L’Œuvre d’été !"), "L-OEUVRE-D-ETE");
    assert_eq!(code_of("日本"), "SITE");
    assert!(code_of(&"long ".repeat(30)).len() <= 20);
}

#[test]
fn a_code_made_from_a_name_differs_from_all_others() {
    let input = |name: &str| SiteInput { name: name.into(), ..SiteInput::default() };
    assert_eq!(super::rules::check(&input("Le-Port"), &["LE-PORT", "LE-PORT-2"]).unwrap().1, "LE-PORT-3");
    let long = "a".repeat(30);
    assert_eq!(super::rules::check(&input(&long), &[&"A".repeat(20)]).unwrap().1.len(), 20);
}

testkit::on_both! {
    with start;

    fn a_site_is_added_closed_and_reopened(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        app.post("/sites").signed_in(&me).form(&[("name", "Le Port")]).send().expect(303);
        let taken = app.post("/sites").signed_in(&me).form(&[("name", "Le Port"), ("code", "X")]).send();
        assert!(taken.expect(422).html().has("#e-name"));
        let by = kit.administrator();
        let site = kit.read(|tx| actions::list(tx, &by)).remove(0);
        let path = format!("/sites/{}/closure", site.id);
        app.post(&path).signed_in(&me).form(&[]).send().expect(303);
        app.post(&path).signed_in(&me).form(&[]).send().expect(303);
        app.post(&format!("/sites/{}/reopening", site.id)).signed_in(&me).form(&[]).send().expect(303);
        let kinds: Vec<String> = kit.events("site.").into_iter().map(|e| e.kind).collect();
        assert_eq!(kinds, ["site.created", "site.closed", "site.reopened"]);
    }

    fn a_stale_change_is_shown_beside_the_saved_one(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let path = format!("/sites/{}", kit.site("Le Port"));
        let post = |name: &str| app.post(&path).signed_in(&me).form(&[("name", name), ("code", "P"), ("version", "1")]).send();
        post("Port-Louis").expect(303);
        let page = post("Vieux-Port").expect(422).html();
        assert_eq!(page.text(".versions ins"), "Port-Louis");
        assert_eq!(page.attribute("input[name=name]", "value").as_deref(), Some("Vieux-Port"));
        assert_eq!(page.attribute("input[name=version]", "value").as_deref(), Some("2"));
    }

    fn a_site_out_of_reach_does_not_exist(kit) {
        let (port, halle) = (kit.site("Le Port"), kit.site("La Halle"));
        let local = kit.actor(Role::Administrator, &[port]);
        assert_eq!(kit.read(|tx| actions::list(tx, &local)).len(), 1);
        let by = local.clone();
        assert!(matches!(kit.try_write(move |tx| actions::close(tx, &by, halle)), Err(Error::NotFound)));
        let made = kit.try_write(move |tx| actions::create(tx, &local, &SiteInput { name: "X".into(), ..SiteInput::default() }));
        assert!(matches!(made, Err(Error::Denied(_))));
    }

    fn a_program_reads_changes_and_closes_a_site_against_the_version_it_read(kit) {
        let app = app(kit);
        let token = app.token(&[kernel::identity::Permission::PeopleManage], None);
        let made = app.post("/api/v1/sites").bearer(&token).json(&json!({ "name": "Le Port" })).send().expect(201);
        let here = made.header("location").unwrap().to_owned();
        let read = app.get(&here).bearer(&token).send().expect(200);
        assert_eq!((read.header("etag"), read.json()["name"].as_str()), (Some("\"1\""), Some("Le Port")));
        let change = |version, body| app.patch(&here).bearer(&token).if_match(version).json(&body).send();
        assert_eq!(change(1, json!({ "name": "Le Vieux Port" })).expect(200).json()["code"], read.json()["code"]);
        change(1, json!({ "closed": true })).expect(412);
        assert_eq!(change(2, json!({ "closed": true })).expect(200).json()["closed"], true);
        change(3, json!({ "colour": "red" })).expect(422);
        app.get("/api/v1/sites/1").bearer(&token).send().expect(404);
    }

    fn a_repeated_creation_makes_one_site(kit) {
        let app = app(kit);
        let token = app.token(&[kernel::identity::Permission::PeopleManage], None);
        let post = || app.post("/api/v1/sites").bearer(&token).header("idempotency-key", "a").json(&json!({"name": "Le Port"})).send().expect(201).json();
        assert_eq!(post()["id"], post()["id"]);
        let all = app.get("/api/v1/sites").bearer(&token).send().expect(200).json();
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
        let wrong = app.post("/api/v1/sites").bearer(&token).json(&json!({"name": "Le Port"})).send().expect(422).json();
        assert_eq!(wrong["errors"][0]["field"], "name");
    }
}
