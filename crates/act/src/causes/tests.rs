//! The room through its actions and routes, on both databases.

use kernel::Error;
use kernel::identity::Role;

use super::model::CauseInput;
use super::{actions, rules, store};
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
}
