//! Tokens.

use kernel::Error;
use kernel::identity::{Permission, Role};
use serde_json::json;

use super::{Life, TokenInput, actions};
use crate::tests::{app, start};

fn input(permissions: &[&str]) -> TokenInput {
    TokenInput {
        name: "Site web".into(),
        permissions: permissions.iter().map(|p| (*p).to_owned()).collect(),
        ..TokenInput::default()
    }
}

testkit::on_both! {
    with start;

    fn the_secret_is_shown_once_and_works_until_it_is_revoked(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let form = [("name", "Site web"), ("permissions", "people.manage"), ("permissions", "jobs.manage"), ("life", "30")];
        let secret = app.post("/tokens").signed_in(&me).form(&form).send().expect(200).html().text("#secret");
        assert!(secret.starts_with("bocal_"));
        app.get("/api/v1/sites").bearer(&secret).send().expect(200);
        let list = app.get("/tokens").signed_in(&me).send().expect(200);
        assert!(!list.text().contains(&secret));
        let path = list.html().attribute("form[action$=revocation]", "action").unwrap();
        app.post(&path).signed_in(&me).form(&[]).send().expect(303);
        app.get("/api/v1/sites").bearer(&secret).send().expect(401);
        assert_eq!(kit.events("token.").len(), 2);
    }

    fn a_token_ends_by_itself(kit) {
        let by = kit.administrator();
        let input = TokenInput { life: Life::Month, ..input(&["people.manage"]) };
        kit.write(move |tx| actions::create(tx, &by, &input, &crate::shared::hash("s")));
        let app = app(kit);
        app.get("/api/v1/sites").bearer("s").send().expect(200);
        kit.advance(kernel::clock::SignedDuration::from_hours(24 * 30));
        app.get("/api/v1/sites").bearer("s").send().expect(401);
    }

    fn nobody_gives_a_program_more_than_they_hold(kit) {
        let (port, halle) = (kit.site("Le Port"), kit.site("La Halle"));
        let mut by = kit.actor(Role::Administrator, &[port]);
        by.permissions = kernel::identity::Permissions::of(&[Permission::TokensManage]);
        let actor = by.clone();
        let refused = kit.try_write(move |tx| actions::create(tx, &actor, &input(&["people.manage"]), "h"));
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let actor = by.clone();
        let far = TokenInput { sites: vec![halle.to_string()], ..input(&["tokens.manage"]) };
        assert!(kit.try_write(move |tx| actions::create(tx, &actor, &far, "h")).is_err());
        let made = kit.write(move |tx| actions::create(tx, &by, &input(&["tokens.manage"]), "h"));
        assert_eq!(made.sites, Some(vec![port]));
    }

    fn what_is_remembered_of_a_repeated_request_holds_no_secret(kit) {
        let app = app(kit);
        let token = app.token(&[Permission::TokensManage], None);
        let body = json!({"name": "Site web", "permissions": ["tokens.manage"], "life": "none"});
        let post = || app.post("/api/v1/tokens").bearer(&token).header("idempotency-key", "k").json(&body).send().expect(201).json();
        let (first, second) = (post(), post());
        assert!(first["secret"].as_str().unwrap().starts_with("bocal_"));
        assert_eq!(first["id"], second["id"]);
        assert!(second.get("secret").is_none());
        let kept: String = kit.read(|tx| tx.query_one("SELECT body FROM idempotency_keys", &[], |row| row.get(0)));
        assert!(!kept.contains("bocal_"));
        let path = format!("/api/v1/tokens/{}", first["id"].as_str().unwrap());
        app.delete(&path).bearer(&token).send().expect(204);
        app.delete(&path).bearer(&token).send().expect(204);
        app.delete("/api/v1/tokens/7").bearer(&token).send().expect(404);
    }
}
