//! The room through its actions and routes, on both databases.

use kernel::Error;
use kernel::identity::{Permission, Role};
use serde_json::json;

use super::model::CauseInput;
use super::{actions, rules, store};
use crate::cases;
use crate::cases::model::{CaseInput, Origin};
use crate::testing::{app, start, texts};

fn input(name: &str, code: &str, parent: &str) -> CauseInput {
    CauseInput { name_fr: name.into(), code: code.into(), parent: parent.into(), ..CauseInput::default() }
}

testkit::on_both! {
    with start;

    fn a_usual_tree_is_planted_once_in_both_languages(kit) {
        let (by, t) = (kit.manager(&[]), texts());
        let actor = by.clone();
        kit.write(move |tx| actions::plant(tx, &actor, t));
        let tree = kit.read(|tx| actions::tree(tx, &by));
        let families = tree.branches().iter().filter(|b| b.depth == 0).count();
        assert_eq!((families, tree.branches().len()), (7, 7 + 16));
        assert!(tree.branches().iter().all(|b| !b.cause.name_en.is_empty() && !b.cause.name_fr.contains("usual")));
        let actor = by.clone();
        assert!(matches!(kit.try_write(move |tx| actions::plant(tx, &actor, t)), Err(Error::Refused(_))));
    }

    fn a_cause_never_stands_below_itself_nor_too_deep(kit) {
        let by = kit.manager(&[]);
        let add = |given: CauseInput| {
            let by = by.clone();
            kit.try_write(move |tx| actions::create(tx, &by, &given))
        };
        let family = add(input("Livraison", "delivery", "")).unwrap();
        let late = add(input("Retard", "delivery-late", &family.id.to_string())).unwrap();
        let truck = add(input("Camion", "delivery-late-truck", &late.id.to_string())).unwrap();
        assert!(matches!(add(input("Pneu", "tyre", &truck.id.to_string())), Err(Error::Invalid(e)) if e[0].field == "parent"));
        assert!(matches!(add(input("Autre", "delivery", "")), Err(Error::Invalid(e)) if e[0].field == "code"));
        let (actor, below) = (by.clone(), CauseInput { parent: truck.id.to_string(), ..rules::to_input(&family) });
        let outcome = kit.try_write(move |tx| actions::change(tx, &actor, family.id, 1, &below));
        assert!(matches!(outcome, Err(Error::Invalid(e)) if e[0].field == "parent"));
        let tree = kit.read(|tx| actions::tree(tx, &by));
        assert_eq!(tree.below(family.id).len(), 3);
    }

    fn a_retired_cause_is_no_longer_offered_and_a_stale_change_is_refused(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[]);
        app.post("/causes").signed_in(&me).form(&[("name_fr", "Prix"), ("code", "price")]).send().expect(303);
        app.post("/causes").signed_in(&me).form(&[("name_fr", ""), ("code", "PRIX !")]).send().expect(422);
        let cause = kit.read(|tx| store::by_code(tx, "price")).unwrap();
        let url = format!("/causes/{}", cause.id);
        app.get(&format!("{url}/edit")).signed_in(&me).send().expect(200);
        let fields = [("name_fr", "Prix"), ("code", "price"), ("retired", "on"), ("version", "1")];
        app.post(&url).signed_in(&me).form(&fields).send().expect(303);
        app.post(&url).signed_in(&me).form(&fields).send().expect(409);
        let tree = kit.read(|tx| store::all(tx).map(rules::tree));
        assert!(tree.choices(kernel::texts::Locale::Fr, None).is_empty());
        assert_eq!(tree.choices(kernel::texts::Locale::Fr, Some(cause.id)).len(), 1);
        app.get("/causes").signed_in_as(Role::Adviser, &[]).send().expect(200);
        app.post("/causes").signed_in_as(Role::Adviser, &[]).form(&[("name_fr", "X"), ("code", "x")]).send().expect(403);
    }

    fn a_family_counts_the_cases_of_the_causes_below_it(kit) {
        let by = kit.manager(&[]);
        let add = |given: CauseInput| {
            let by = by.clone();
            kit.write(move |tx| actions::create(tx, &by, &given))
        };
        let family = add(input("Livraison", "delivery", ""));
        let late = add(input("Retard", "delivery-late", &family.id.to_string()));
        for cause in [late.id, late.id, family.id] {
            let by = by.clone();
            let case = CaseInput { title: "Attente".into(), cause: cause.to_string(), reach: "06 39 98 00 11".into(), ..CaseInput::default() };
            kit.write(move |tx| cases::actions::create(tx, &by, &case, Origin::Hand));
        }
        let (_, counts) = kit.read(|tx| actions::counted(tx, &by));
        assert_eq!((counts[&family.id], counts[&late.id]), (3, 2), "what the list behind each holds");
    }

    fn a_patch_changes_what_it_sends_and_nothing_else(kit) {
        let by = kit.manager(&[]);
        let add = |given: CauseInput| {
            let by = by.clone();
            kit.write(move |tx| actions::create(tx, &by, &given))
        };
        let family = add(input("Livraison", "delivery", ""));
        let late = CauseInput { name_en: "Late".into(), importance: "5".into(), ..input("Retard", "late", &family.id.to_string()) };
        let late = add(late);
        let app = app(kit);
        let token = app.token(&[Permission::CasesManage, Permission::CasesRead], None);
        let url = format!("/api/v1/causes/{}", late.id);
        let send = |version: i64, body: serde_json::Value| app.patch(&url).bearer(&token).if_match(version).json(&body).send();
        send(1, json!({ "name_fr": "En retard" })).expect(200);
        let now = kit.read(|tx| store::get(tx, late.id));
        assert_eq!((now.name_fr.as_str(), now.name_en.as_str(), now.importance, now.parent), ("En retard", "Late", 5, Some(family.id)));
        send(2, json!({ "parent": null, "retired": "true" })).expect(200);
        let now = kit.read(|tx| store::get(tx, late.id));
        assert_eq!((now.parent, now.retired, now.importance), (None, true, 5), "null empties a field");
        send(3, json!({ "nom": "?" })).expect(422);
        send(1, json!({ "name_fr": "Trop tard" })).expect(412);
    }
}
