//! An erasure, over all rooms: what is counted stays counted.

use kernel::Id;
use kernel::clock::SignedDuration;
use kernel::identity::{Actor, Permission};
use know::erasure::{Reason, actions as erasure};
use serde_json::{Value, json};

use super::{app, start};

testkit::on_both! {
    with start;

    fn no_figure_of_the_board_moves_when_customers_with_open_cases_are_erased(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let app = app(kit);
        let token = app.token(Permission::ALL, None);
        let post = |path: &str, body: Value| app.post(path).bearer(&token).json(&body).send().expect(201).json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let site = kit.site("Nantes").to_string();
        let mut people = Vec::new();
        for n in 0..6 {
            let name = format!("Personne {n}");
            let who = text(&post("/api/v1/customers", json!({ "kind": "person", "family_name": name }))["id"]);
            let case = json!({ "customer": who, "title": "Attente", "site": site });
            let case = text(&post("/api/v1/cases", case)["id"]);
            kit.advance(SignedDuration::from_hours(5));
            if n < 2 {
                post(&format!("/api/v1/cases/{case}/notice"), json!({ "channel": "phone", "text": "Dit." }));
                post(&format!("/api/v1/cases/{case}/closure"), json!({ "no_cause": "Inconnue.", "remedy": "none" }));
            }
            people.push((who.parse::<Id>().unwrap(), name));
        }
        let board = || app.get("/api/v1/boards/loop?from=2026-11-01&to=2026-11-30").bearer(&token).send().expect(200).json();
        // What is open now is closed by an erasure, as it must be: nobody is left to be told.
        let figures = || -> Vec<Value> {
            let all = board()["all"]["figures"].as_array().unwrap().clone();
            all.into_iter().filter(|f| f["name"] != "open" && f["name"] != "late").collect()
        };
        kit.advance(SignedDuration::from_hours(24 * 7));
        let before = figures();
        assert!(before.iter().any(|f| f["name"] == "close_median"), "{before:?}");
        for (who, name) in people.split_off(2) {
            let by = Actor::system("test");
            kit.write(move |tx| erasure::erase(tx, &by, who, Reason::Asked, &name));
            kit.deliver();
        }
        assert_eq!(figures(), before);
        kit.expect_leftovers();
    }
}
