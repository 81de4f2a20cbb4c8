//! Through the routes, as browsers and programs come.

use kernel::identity::{Permission, Role};
use serde_json::json;
use testkit::{Parts, TestApp};

use super::*;
use crate::import;

fn parts() -> Parts {
    Parts {
        routes: crate::routes().merge(import::routes(kinds())),
        texts: vec![crate::TEXTS],
        nav: crate::NAV.to_vec(),
        ..Parts::default()
    }
}

const FILE: &[u8] =
    b"N\xb0 client;Nom;Pr\xe9nom;Mail;Opt in\nC1;Kervella;Odile;odile@exemple.fr;O\nC2;Morvan;Paul;faux;\n";

testkit::on_both! {
    with start;

    fn a_file_goes_the_whole_way_in_a_browser(kit) {
        let app = TestApp::new(kit, parts());
        let as_manager = |request: testkit::web::Request<'_>| request.signed_in_as(Role::Manager, &[]).send();
        assert_eq!(as_manager(app.get("/imports")).expect(200).html().count("section.empty"), 1);
        assert!(as_manager(app.get("/imports/new")).expect(200).html().has("input[type=file][name=file]"));
        let sent = app.post("/imports").signed_in_as(Role::Manager, &[]);
        let sent = sent.upload("file", "clients.csv", FILE, &[("kind", "customers")]).send().expect(303);
        let here = sent.header("location").unwrap().to_owned();
        let page = app.follow(&sent).expect(200).html();
        assert_eq!(page.count(".map-table tbody tr"), 5);
        assert!(page.has(".notice--late"), "an empty consent must be decided");
        assert!(page.select_text(".map-table th strong").contains(&"Prénom".to_owned()), "Windows-1252 is read");
        let mut form: Vec<(&str, &str)> = vec![
            ("column-0", "external_number"), ("column-1", "family_name"), ("column-2", "given_name"),
            ("column-3", "email"), ("column-4", "consent_offers"), ("option-duplicates", "update"),
            ("option-role", "customer"), ("option-site", ""), ("option-empty_consent", "nothing"),
        ];
        let post = |path: &str, form: &[(&str, &str)]| {
            app.post(&format!("{here}{path}")).signed_in_as(Role::Manager, &[]).form(form).send()
        };
        post("/choices", &form).expect(303);
        assert!(!as_manager(app.get(&here)).expect(200).html().has(".notice--late"));
        post("/dry-run", &form).expect(303);
        assert!(as_manager(app.get(&here)).expect(200).html().has("section.job"));
        as_manager(app.get(&format!("{here}/progress"))).expect(200);
        kit.run_jobs();
        let page = as_manager(app.get(&here)).expect(200).html();
        assert_eq!(page.select_text("#dry-run tfoot td strong"), ["2"]);
        form.push(("remember", "on"));
        post("/run", &form).expect(303);
        post("/run", &form).expect(303);
        assert!(as_manager(app.get(&here)).expect(200).html().has("section.job"));
        assert_eq!(kit.run_jobs(), 1);
        let report = as_manager(app.get(&here)).expect(200).html();
        assert_eq!(report.select_text("tfoot td strong"), ["2"]);
        assert!(report.has(&format!("a[href='{here}/rejected.csv']")));
        let rows = as_manager(app.get(&format!("{here}/rows?outcome=rejected"))).expect(200).html();
        assert_eq!(rows.count("tbody tr"), 1);
        let csv = as_manager(app.get(&format!("{here}/rejected.csv"))).expect(200);
        assert!(csv.text().contains("Morvan"), "{}", csv.text());
        post("/undo", &[]).expect(303);
        kit.run_jobs();
        assert!(as_manager(app.get(&here)).expect(200).html().has(".notice--glass"));
        assert_eq!(as_manager(app.get("/imports")).expect(200).html().count("tbody tr"), 1);
        let another = app.post("/imports").signed_in_as(Role::Manager, &[]);
        let another = another.upload("file", "b.csv", FILE, &[("kind", "customers")]).send().expect(303);
        let there = another.header("location").unwrap();
        let gone = app.post(&format!("{there}/removal")).signed_in_as(Role::Manager, &[]).form(&[]).send();
        assert_eq!(gone.expect(303).header("location"), Some("/imports"));
        assert_eq!(as_manager(app.get(there)).status, 404);
    }

    fn an_undo_says_exactly_what_it_removed_restored_and_kept_none_included(kit) {
        let by = kit.manager(&[]);
        let done = import(kit, &by, "x.csv", "numero;nom\nN1;Morvan\nN2;Diatta\n");
        undo(kit, &by, &done);
        let app = TestApp::new(kit, parts());
        let page = app.get(&format!("/imports/{}", done.id)).signed_in_as(Role::Manager, &[]).send();
        let said = page.expect(200).html().select_text(".notice--glass").join(" ");
        assert!(said.contains("2 fiches retirées, aucune remise comme avant, aucune gardée."), "{said}");
    }

    fn a_wrong_choice_is_shown_at_its_column_and_nothing_is_lost(kit) {
        let app = TestApp::new(kit, parts());
        let sent = app.post("/imports").signed_in_as(Role::Manager, &[]);
        let sent = sent.upload("file", "clients.csv", FILE, &[("kind", "customers")]).send().expect(303);
        let here = sent.header("location").unwrap().to_owned();
        let twice = [("column-0", "family_name"), ("column-1", "family_name"), ("column-3", "email")];
        let answer = app.post(&format!("{here}/choices")).signed_in_as(Role::Manager, &[]).form(&twice).send();
        let page = answer.expect(422).html();
        assert!(page.has("#f-column-1[aria-invalid]"));
        assert_eq!(page.attribute("#f-column-3 option[selected]", "value").as_deref(), Some("email"));
    }

    fn a_file_that_is_no_table_is_refused_where_it_was_chosen(kit) {
        let app = TestApp::new(kit, parts());
        let send = |bytes: &[u8], name: &str| {
            let sent = app.post("/imports").signed_in_as(Role::Manager, &[]);
            sent.upload("file", name, bytes, &[("kind", "customers")]).send()
        };
        for (bytes, name) in [
            (&b""[..], "vide.csv"),
            (&b"PK\x03\x04 cut off"[..], "x.xlsx"),
            (&b"\x89PNG\r\n\x1a\n0000"[..], "photo.png"),
            (&b"nom;prenom\n"[..], "titres.csv"),
        ] {
            let page = send(bytes, name).expect(422).html();
            assert!(page.has("[role=alert]"), "{name}");
        }
        let wide = "a;".repeat(600).into_bytes();
        send(&wide, "large.csv").expect(422);
    }

    fn programs_do_the_same(kit) {
        let app = TestApp::new(kit, parts());
        let token = app.token(&[Permission::CustomersImport], None);
        let post = |path: &str| app.post(path).bearer(&token);
        let sent = post("/api/v1/imports?kind=customers&name=clients.csv").header("idempotency-key", "k1");
        let made = sent.body("text/csv", FILE).send().expect(201);
        let sent = post("/api/v1/imports?kind=customers&name=clients.csv").header("idempotency-key", "k1");
        let again = sent.body("text/csv", FILE).send().expect(201);
        assert_eq!(made.json()["id"], again.json()["id"], "repeated, it is one import");
        let here = made.header("location").unwrap().to_owned();
        let body = made.json();
        assert_eq!((body["rows"].as_i64(), body["phase"].as_str()), (Some(2), Some("draft")));
        assert!(body["findings"].as_array().unwrap().iter().any(|f| f["tone"] == "blocking"));
        post(&format!("{here}/run")).send().expect(409);
        let changes = json!({ "mapping": { "Opt in": null } });
        app.patch(&here).bearer(&token).json(&changes).send().expect(428);
        app.patch(&here).bearer(&token).if_match(9).json(&changes).send().expect(412);
        let changed = app.patch(&here).bearer(&token).if_match(1).json(&changes).send().expect(200).json();
        assert_eq!(changed["version"], 2);
        let wrong = json!({ "mapping": { "Nowhere": "email" } });
        app.patch(&here).bearer(&token).if_match(2).json(&wrong).send().expect(422);
        post(&format!("{here}/dry-run")).send().expect(202);
        kit.run_jobs();
        let dry = app.get(&here).bearer(&token).send().expect(200).json();
        assert_eq!(dry["dry_run"]["counts"]["created"], 1);
        post(&format!("{here}/run")).send().expect(202);
        post(&format!("{here}/run")).send().expect(202);
        kit.run_jobs();
        let done = app.get(&here).bearer(&token).send().expect(200).json();
        assert_eq!((done["phase"].as_str(), done["counts"]["rejected"].as_i64()), (Some("done"), Some(1)));
        let rows = app.get(&format!("{here}/rows?outcome=rejected")).bearer(&token).send().expect(200).json();
        assert_eq!(rows["items"][0]["line"], 3);
        assert_eq!(rows["items"][0]["cells"][1], "Morvan");
        post(&format!("{here}/undo")).send().expect(202);
        kit.run_jobs();
        assert_eq!(app.get("/api/v1/imports").bearer(&token).send().expect(200).json()["items"][0]["undone"]["removed"], 1);
    }

    fn whoever_may_not_import_sees_nothing_and_unknown_imports_do_not_exist(kit) {
        let app = TestApp::new(kit, parts());
        for path in ["/imports", "/imports/new", "/imports/1", "/imports/1/rows", "/imports/1/rejected.csv"] {
            assert_eq!(app.get(path).signed_in_as(Role::Adviser, &[]).send().status, 403, "{path}");
        }
        assert_eq!(app.get("/imports/1").signed_in_as(Role::Manager, &[]).send().status, 404);
        let token = app.token(&[Permission::CustomersRead], None);
        app.get("/api/v1/imports").bearer(&token).send().expect(403);
        app.post("/api/v1/imports?kind=customers").bearer(&token).body("text/csv", FILE).send().expect(403);
    }
}
