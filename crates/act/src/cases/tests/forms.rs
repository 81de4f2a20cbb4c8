//! Forms and files: nothing typed is lost, each error stands at its field, programs change only what they say.

use kernel::identity::Permission;

use super::*;

testkit::on_both! {
    with start;

    fn a_form_keeps_what_others_saved_meanwhile_and_asks_only_about_the_same_field(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.manager(&[]));
        let base = rules::to_edit(&case);
        let theirs = CaseEdit { severity: "major".into(), cost: "12,50".into(), ..base.clone() };
        let said = CaseEdit { title: "Attente en caisse".into(), ..base.clone() };
        act(kit, &by, move |tx, by| actions::note(tx, by, id, "Une note.")).unwrap();
        act(kit, &by, move |tx, by| actions::attempt(tx, by, id, "phone", "reached", "")).unwrap();
        let (known, sent) = (base.clone(), theirs);
        act(kit, &by, move |tx, by| actions::merge(tx, by, id, &known, &sent)).unwrap();
        let (known, sent) = (base.clone(), said);
        let both = act(kit, &by, move |tx, by| actions::merge(tx, by, id, &known, &sent)).unwrap();
        assert_eq!((both.title.as_str(), both.severity.name(), both.cost), ("Attente en caisse", "major", 1_250));
        let clash = CaseEdit { title: "Graines trop chères".into(), ..base.clone() };
        let outcome = act(kit, &by, move |tx, by| actions::merge(tx, by, id, &base, &clash));
        assert!(matches!(outcome, Err(Error::Stale(_))));
    }

    fn a_conflict_says_who_changed_what_and_lets_each_field_be_chosen(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let app = app(kit);
        let (me, url) = (app.sign_in(Role::Adviser, &[site]), format!("/cases/{}", case.id));
        let base = app.get(&url).signed_in(&me).send().expect(200).html().attribute("#edit input[name=base]", "value").unwrap();
        let (id, by) = (case.id, kit.manager(&[]));
        let edit = CaseEdit { title: "Attente".into(), ..rules::to_edit(&case) };
        act(kit, &by, move |tx, by| actions::change(tx, by, id, 1, &edit)).unwrap();
        let mine = [("title", "Ma version"), ("severity", "minor"), ("remedy", "none"), ("base", base.as_str())];
        let page = app.post(&url).signed_in(&me).form(&mine).send().expect(409).html();
        let panel = page.text("#conflict");
        assert!(panel.contains("Ma version") && panel.contains("Attente") && panel.contains(&by.name), "{panel}");
        assert_eq!(page.count("#conflict input[type=radio][name=title]"), 2);
        let base = page.attribute("#conflict input[name=base]", "value").unwrap();
        let chosen = [("title", "Attente"), ("severity", "minor"), ("remedy", "none"), ("base", base.as_str())];
        app.post(&url).signed_in(&me).form(&chosen).send().expect(303);
        assert_eq!(get(kit, id).title, "Attente");
        let page = app.get(&url).signed_in(&me).send().expect(200).html();
        assert!(page.text(".flow").contains("→ Attente"), "the history says from what to what");
    }

    fn forms_lead_back_to_the_case_and_keep_what_is_typed_in_the_browser(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let app = app(kit);
        let (me, url) = (app.sign_in(Role::Adviser, &[site]), format!("/cases/{}", case.id));
        for form in ["attempts", "notes", "reply", "draft", "notice", "extension", "handover", "closure", "ownership"] {
            let answer = app.get(&format!("{url}/{form}")).signed_in(&me).send().expect(303);
            assert_eq!(answer.header("location"), Some(url.as_str()), "{form}");
        }
        let elsewhere = kit.site("Brest");
        app.get(&format!("{url}/notes")).signed_in_as(Role::Adviser, &[elsewhere]).send().expect(404);
        let refused = app.post(&format!("{url}/attempts")).signed_in(&me).form(&[("outcome", "refused"), ("channel", "phone")]).send().expect(422);
        assert_eq!(refused.header("cache-control"), Some("private, no-cache"), "the back button finds it again");
        assert!(refused.html().has("#f-attempt-text[aria-invalid]"), "the error stands at its field");
        let page = app.get(&url).signed_in(&me).send().expect(200).html();
        let drafts = page.attributes("form[data-draft]", "data-draft");
        for form in ["attempt", "letter", "notice", "handover", "note", "edit"] {
            assert!(drafts.contains(&format!("case-{}-{form}", case.id)), "{form}: {drafts:?}");
        }
    }

    fn a_new_case_says_each_error_at_its_field_and_belongs_to_a_site(kit) {
        let (nantes, _) = (kit.site("Nantes"), kit.site("Brest"));
        let app = app(kit);
        let whole = app.sign_in(Role::Manager, &[]);
        let wrong = [("title", ""), ("reach", "n’importe quoi"), ("words", "Rien.")];
        let page = app.post("/cases").signed_in(&whole).form(&wrong).send().expect(422).html();
        for field in ["title", "reach", "site"] {
            assert!(page.has(&format!("#e-{field}")), "{field}");
        }
        let page = app.post("/cases").signed_in(&whole).form(&[("title", "x"), ("customer", "999"), ("site", &nantes.to_string())]).send().expect(422).html();
        assert!(page.has("#e-reach"), "an unknown customer is told where it can be put right");
        let local = app.sign_in(Role::Adviser, &[nantes]);
        let good = [("title", "Attente"), ("reach", "06 39 98 00 00"), ("channel", "counter")];
        app.post("/cases").signed_in(&local).form(&good).send().expect(303);
        assert_eq!(open_cases(kit).pop().unwrap().site, Some(nantes), "the only site within reach");
        let who = customer(kit, "Morvan", Some(nantes));
        app.post("/cases").signed_in(&whole).form(&[("title", "x"), ("customer", &who.to_string()), ("channel", "letter")]).send().expect(303);
        assert!(open_cases(kit).iter().any(|case| case.customer == Some(who) && case.site == Some(nantes)));
        let flow = kit.read(|tx| know::interactions::store::counts(tx, who));
        assert_eq!(flow[0].0.name(), "letter", "as the customer said it");
    }

    fn rules_refuse_an_answer_due_before_the_first_contact(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let fields = [
            ("contact_hours", "48"), ("answer_hours", "24"), ("counting", "open_days"), ("danger_contact_hours", "4"),
            ("danger_answer_hours", "16"), ("extensions_most", "2"), ("extended_times", "2"), ("nps_most", "6"), ("csat_most", "2"), ("ces2_most", "3"),
        ];
        let page = app.post("/cases/rules").signed_in(&me).form(&fields).send().expect(422).html();
        assert!(page.has("#e-answer_hours"));
    }

    fn rules_decided_by_two_at_once_are_never_overwritten_silently(kit) {
        let app = app(kit);
        let (one, two) = (app.sign_in(Role::Administrator, &[]), app.sign_in(Role::Manager, &[]));
        let version = |page: &testkit::Html| page.attribute("input[name=version]", "value").unwrap();
        let shown = version(&app.get("/cases/rules").signed_in(&one).send().expect(200).html());
        let send = |me: &testkit::Session, version: &str, contact: &str, answer: &str| {
            let fields = [
                ("contact_hours", contact), ("answer_hours", answer), ("counting", "open_days"), ("danger_contact_hours", "4"),
                ("danger_answer_hours", "16"), ("extensions_most", "2"), ("extended_times", "2"), ("nps_most", "6"), ("csat_most", "2"),
                ("ces2_most", "3"), ("mail_soon", "on"), ("mail_late", "on"), ("version", version),
            ];
            app.post("/cases/rules").signed_in(me).form(&fields).send()
        };
        send(&one, &shown, "24", "120").expect(303);
        let page = send(&two, &shown, "48", "200").expect(422).html();
        let both = page.text(".versions");
        assert!(["24", "48", "120", "200"].iter().all(|hours| both.contains(hours)), "{both}");
        assert!(!both.contains("e-mail"), "what nobody changed is not asked about: {both}");
        assert_eq!(page.attribute("input[name=answer_hours]", "value").as_deref(), Some("200"), "what was typed stays");
        assert_eq!(kit.read(store::case_rules).0.answer_hours, 120, "nothing is overwritten");
        send(&two, &version(&page), "48", "200").expect(303);
        assert_eq!(kit.read(store::case_rules).0.answer_hours, 200, "once both versions were seen");
        assert_eq!(kit.events("case-rules.decided").len(), 2);
        send(&one, &shown, "48", "200").expect(303);
        assert_eq!(kit.events("case-rules.decided").len(), 2, "the same decision is none");
    }

    fn a_program_decides_rules_against_the_version_it_read(kit) {
        let app = app(kit);
        let token = app.token(&[Permission::CasesManage], None);
        let url = "/api/v1/cases/rules";
        let read = app.get(url).bearer(&token).send().expect(200);
        assert_eq!((read.header("etag"), read.json()["contact_hours"].as_i64()), (Some("\"0\""), Some(48)));
        let patch = |version: i64, body: &serde_json::Value| app.patch(url).bearer(&token).if_match(version).json(body).send();
        let said = patch(0, &json!({ "contact_hours": 24, "mail_late": false })).expect(200);
        let decided = said.json();
        assert_eq!((decided["contact_hours"].as_i64(), decided["answer_hours"].as_i64()), (Some(24), Some(240)), "what is absent stays");
        assert_eq!((decided["mail_late"].as_bool(), decided["mail_soon"].as_bool()), (Some(false), Some(true)));
        patch(0, &json!({ "contact_hours": 30 })).expect(412);
        let version: i64 = said.header("etag").unwrap().trim_matches('"').parse().unwrap();
        let wrong = patch(version, &json!({ "answer_hours": 12 })).expect(422).json();
        assert_eq!(wrong["errors"][0]["field"], "answer_hours");
        patch(version, &json!({ "anser_hours": 300 })).expect(422);
        assert_eq!(kit.read(store::case_rules).0.contact_hours, 24);
        let reader = app.token(&[Permission::CasesRead], None);
        app.get(url).bearer(&reader).send().expect(403);
        let local = app.token(&[Permission::CasesManage], Some(&[kit.site("Nantes")]));
        app.patch(url).bearer(&local).if_match(version).json(&json!({ "contact_hours": 30 })).send().expect(403);
    }

    fn the_file_reads_as_the_spreadsheets_of_its_reader_do(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.manager(&[]));
        let edit = CaseEdit { cost: "12,50".into(), ..rules::to_edit(&case) };
        act(kit, &by, move |tx, by| actions::change(tx, by, id, 1, &edit)).unwrap();
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[]);
        let file = app.get("/cases/export.csv?view=all").signed_in(&me).send().expect(200).text();
        for cell in ["Awa Diatta;", WORDS, ";12,50;", ";23/11/2026 10:00;"] {
            assert!(file.contains(cell), "{cell} in {file}");
        }
    }

    fn a_contact_noted_three_times_at_once_is_one(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let app = app(kit);
        let (me, url) = (app.sign_in(Role::Adviser, &[site]), format!("/cases/{}/attempts", case.id));
        let send = |text: &str| {
            let form = [("channel", "phone"), ("outcome", "not_reached"), ("text", text)];
            app.post(&url).signed_in(&me).form(&form).send().expect(303);
        };
        let attempts = || kinds(kit, case.id).iter().filter(|kind| **kind == "attempted").count();
        for _ in 0..3 {
            send("Répondeur.");
        }
        assert_eq!(attempts(), 1, "a button pressed three times");
        send("Répondeur plein.");
        assert_eq!(attempts(), 2, "other words are another one");
        kit.advance(SignedDuration::from_mins(1));
        send("Répondeur.");
        assert_eq!(attempts(), 3, "and so is the same later");
    }

    fn no_deadline_runs_once_the_customer_was_told(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.manager(&[]));
        let due = |case: &Case| case.running_until();
        assert_eq!(due(&case), Some(case.clock.times.due_at));
        let told = act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Dit.")).unwrap();
        assert_eq!((told.is_open(), due(&told)), (true, None));
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[]);
        let file = app.get("/cases/export.csv?view=all").signed_in(&me).send().expect(200).text();
        let heads: Vec<&str> = file.lines().next().unwrap().split(';').collect();
        let row: Vec<&str> = file.lines().last().unwrap().split(';').collect();
        let at = heads.iter().position(|head| head.contains("Échéance en cours")).unwrap_or_else(|| panic!("{heads:?}"));
        assert_eq!(row[at], "", "{file}");
    }

    fn a_title_of_signs_nobody_sees_opens_nothing(kit) {
        let app = app(kit);
        let token = app.token(&[Permission::CasesRead, Permission::CasesWrite], None);
        let who = customer(kit, "Diatta", None).to_string();
        let body = json!({ "customer": who, "title": "\u{200b}\u{202e}" });
        app.post("/api/v1/cases").bearer(&token).json(&body).send().expect(422);
    }

    fn a_program_finds_the_cases_behind_a_figure_as_the_board_names_them(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let early = opened(kit, None);
        kit.set_time("2026-11-23T09:00:00Z");
        let (late, by) = (opened(kit, None), kit.manager(&[]));
        let id = late.id;
        act(kit, &by, move |tx, by| actions::attempt(tx, by, id, "phone", "reached", "")).unwrap();
        let app = app(kit);
        let token = app.token(&[Permission::CasesRead], None);
        let listed = |query: &str| -> Vec<String> {
            let page = app.get(&format!("/api/v1/cases?view=all{query}")).bearer(&token).send().expect(200).json();
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(listed("&from=2026-11-20&to=2026-11-23"), [late.id.to_string()]);
        assert_eq!(listed("&to=2026-11-02"), [early.id.to_string()]);
        assert_eq!(listed("&standing=contacted"), [late.id.to_string()]);
        assert_eq!(listed("").len(), 2);
        for wrong in ["from=yesterday", "to=2026-13-01", "standing=odd"] {
            let answer = app.get(&format!("/api/v1/cases?{wrong}")).bearer(&token).send().expect(422).json();
            let field = wrong.split('=').next().unwrap();
            assert_eq!(answer["errors"][0]["field"], field, "{answer}");
        }
    }

    fn a_program_changes_what_it_says_and_closes_once(kit) {
        let case = opened(kit, None);
        let app = app(kit);
        let token = app.token(&[Permission::CasesRead, Permission::CasesWrite], None);
        let url = format!("/api/v1/cases/{}", case.id);
        let sent = app.patch(&url).bearer(&token).if_match(1).json(&json!({ "severity": "major" })).send().expect(200).json();
        assert_eq!((sent["severity"].as_str(), sent["title"].as_str()), (Some("major"), Some(case.title.as_str())));
        let told = json!({ "channel": "phone", "text": "Dit." });
        app.post(&format!("{url}/notice")).bearer(&token).json(&told).send().expect(201);
        let said = json!({ "no_cause": "Inconnue.", "remedy": "none" });
        for _ in 0..2 {
            let closed = app.post(&format!("{url}/closure")).bearer(&token).header("idempotency-key", "k").json(&said).send().expect(201);
            assert!(closed.json()["closed_at"].is_string());
        }
        assert_eq!(kinds(kit, case.id).iter().filter(|kind| **kind == "closed").count(), 1);
    }

    fn names_with_accents_stand_where_readers_look_for_them(kit) {
        let by = kit.administrator();
        let people = ["Zoé", "Élise", "Tiago"].map(|name| (kit.person(Role::Adviser, &[]).id, name));
        kit.write(move |tx| {
            people.iter().try_for_each(|(id, name)| {
                tx.execute("UPDATE users SET name = $2 WHERE id = $1", &[id, name]).map(drop)
            })
        });
        let names: Vec<String> = kit.read(|tx| actions::carriers(tx, &by, None)).into_iter().map(|(_, name, _)| name).collect();
        let at = |wanted: &str| names.iter().position(|name| name == wanted).unwrap();
        assert!(at("Élise") < at("Tiago") && at("Tiago") < at("Zoé"), "{names:?}");
    }
}
