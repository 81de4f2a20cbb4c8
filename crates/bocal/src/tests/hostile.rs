//! Requests nobody well-meaning sends, to the whole program: refused in words, on both databases, with nothing changed.

use kernel::identity::{Permission, Role};
use serde_json::{Value, json};
use testkit::{Answer, TestApp};

use super::{app, start};

fn token(app: &TestApp<'_>) -> String {
    app.token(Permission::ALL, None)
}

/// Fields a problem document names.
fn fields(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let named = |e: &Value| e["field"].as_str().unwrap_or_default().to_owned();
    body["errors"].as_array().map(|all| all.iter().map(named).collect()).unwrap_or_default()
}

testkit::on_both! {
    with start;

    fn a_null_character_is_refused_wherever_it_comes(kit) {
        let app = app(kit);
        let (token, me) = (token(&app), app.sign_in(Role::Manager, &[]));
        for path in ["/api/v1/customers?q=a%00b", "/api/v1/events?kind=%00", "/api/v1/answers?measure=nps&channel=%00"] {
            app.get(path).bearer(&token).send().expect(409);
        }
        for path in ["/customers?q=%00", "/customers/export.csv?q=%00", "/verbatims?q=%00"] {
            app.get(path).signed_in(&me).send().expect(409);
        }
        assert_eq!(app.get("/s/%00").send().status, 404);
        assert_eq!(app.post("/s/%00").form(&[("q1", "1")]).send().status, 404);
        let before = kit.events("").len();
        app.post("/customers").signed_in(&me).form(&[("family_name", "a\0b")]).send().expect(409);
        let sent = app.post("/api/v1/customers").bearer(&token).json(&json!({ "family_name": "a\0b" })).send();
        assert_eq!((sent.status, fields(&sent)), (422, vec!["body".to_owned()]));
        assert_eq!(kit.events("").len(), before);
        let escaped = json!({ "family_name": "a\\u0000b", "kind": "person" });
        app.post("/api/v1/customers").bearer(&token).json(&escaped).send().expect(201);
    }

    fn a_body_of_another_shape_is_refused_at_its_field_in_the_readers_language(kit) {
        let app = app(kit);
        let token = token(&app);
        let send = |body: Value| app.post("/api/v1/customers").bearer(&token).language("fr").json(&body).send().expect(422);
        assert_eq!(fields(&send(json!([]))), ["body"]);
        assert_eq!(fields(&send(json!({ "family_name": 5 }))), ["family_name"]);
        assert_eq!(fields(&send(json!({ "family_name": "A", "colour": 1 }))), ["colour"]);
        let long = send(json!({ "family_name": "A", "kind": "x".repeat(900_000) }));
        assert!(long.body.len() < 2_000, "what was sent is not sent back");
        let raw = app.post("/api/v1/customers").bearer(&token).language("fr").body("application/json", b"{\"family_name\": ").send();
        let said = raw.expect(422).json()["errors"][0]["detail"].to_string();
        assert!(said.contains("bien formé"), "{said}");
        let huge = vec![b' '; 1_100_000];
        app.post("/api/v1/customers").bearer(&token).body("application/json", &huge).send().expect(413);
    }

    fn a_parameter_the_document_does_not_name_is_refused_wherever_it_is_sent(kit) {
        let app = app(kit);
        let token = token(&app);
        let document: Value = serde_json::from_str(&crate::openapi::document().to_json().unwrap()).unwrap();
        let mut asked = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            let is_ours = path.starts_with("/api/v1/") && item.get("get").is_some();
            if !is_ours {
                continue;
            }
            let path = path.replace("{id}", "1").replace(['{', '}'], "");
            let answer = app.get(&format!("{path}?stie=1")).bearer(&token).send();
            assert_eq!((answer.status, fields(&answer)), (422, vec!["stie".to_owned()]), "{path}");
            asked += 1;
        }
        assert!(asked > 30, "{asked}");
        for path in ["cases?view=all&stie=1", "mails?stat=doubtful", "boards/loop?form=2026-11-01", "customers?emial=x"] {
            app.get(&format!("/api/v1/{path}")).bearer(&token).send().expect(422);
        }
        app.get("/api/v1/cases?view=all&limit=5").bearer(&token).send().expect(200);
    }

    fn a_wrong_parameter_is_named(kit) {
        let app = app(kit);
        let token = token(&app);
        for (query, field) in [
            ("limit=abc", "limit"), ("limit=9223372036854775808", "limit"), ("limit=1&limit=2", "limit"),
        ] {
            let answer = app.get(&format!("/api/v1/customers?{query}")).bearer(&token).send().expect(422);
            assert_eq!(fields(&answer), [field], "{query}");
        }
    }

    fn refusals_carry_the_status_they_show(kit) {
        let app = app(kit);
        let page = app.request(http::Method::DELETE, "/customers").send().expect(405);
        assert!(!page.html().text("main").contains("409"));
        assert_eq!(app.get("/api/v1/customers").send().expect(401).header("www-authenticate"), Some("Bearer"));
        app.request(http::Method::PATCH, "/api/v1/customers/1").bearer(&token(&app)).json(&json!({})).send().expect(428);
    }

    fn headers_of_a_form_without_end_are_refused_early(kit) {
        let app = app(kit);
        let endless = format!("--x\r\nContent-Disposition: form-data; name=\"{}", "a".repeat(4_000_000));
        let request = app.post("/api/v1/imports?kind=customers").bearer(&token(&app));
        request.body("multipart/form-data; boundary=x", endless.as_bytes()).send().expect(400);
    }

    fn a_forwarded_host_is_believed_from_proxies_only(kit) {
        let app = app(kit);
        let request = app.post("/sign-in").header("origin", "http://evil.example").header("x-forwarded-host", "evil.example");
        request.form(&[("email", "a@exemple.fr"), ("password", "x")]).send().expect(403);
    }
}
