//! Opening a case by hand: whom it is for, and what is open for them already.

use super::*;

testkit::on_both! {
    with start;

    fn who_is_known_by_the_number_typed_is_offered_before_a_case_of_nobody_opens(kit) {
        let site = kit.site("Nantes");
        let danger = opened(kit, Some(site));
        let who = danger.customer.unwrap();
        kit.write(move |tx| tx.execute("UPDATE customers SET external_number = 'C-10482' WHERE id = $1", &[&who]));
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[site]);
        let open = |fields: &[(&str, &str)]| app.post("/cases").signed_in(&me).form(fields).send();
        for reach in ["+33 6 39 98 41 12", "0639984112", "DIATTA@exemple.fr", "C-10482"] {
            let page = open(&[("reach", reach), ("title", "Attente")]).expect(422).html();
            assert!(page.text("#known").contains("Ouvrir pour Awa Diatta"), "{reach}: {}", page.text("main"));
            assert_eq!(page.attribute("#known button[name=customer]", "value"), Some(who.to_string()));
            assert!(page.text("#known").contains(&danger.title), "what is open already is said");
        }
        let id = who.to_string();
        open(&[("reach", "0639984112"), ("title", "Attente encore"), ("customer", &id)]).expect(303);
        open(&[("reach", "0639984112"), ("title", "Sa sœur"), ("somebody_else", "true")]).expect(303);
        open(&[("reach", "06 39 98 00 99"), ("title", "Inconnu")]).expect(303);
        let owner = |title: &str| open_cases(kit).into_iter().find(|case| case.title == title).unwrap().customer;
        assert_eq!((owner("Attente encore"), owner("Sa sœur"), owner("Inconnu")), (Some(who), None, None));
        let elsewhere = kit.site("Brest");
        let other = app.sign_in(Role::Adviser, &[elsewhere]);
        app.post("/cases").signed_in(&other).form(&[("reach", "0639984112"), ("title", "Loin")]).send().expect(303);
        let program = kit.administrator();
        let input = CaseInput { reach: "0639984112".into(), title: "Programme".into(), site: site.to_string(), ..CaseInput::default() };
        act(kit, &program, move |tx, by| actions::create(tx, by, &input, Origin::Api)).unwrap();
    }

    fn an_open_case_is_said_before_another_opens_and_the_others_stand_beside_each_case(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let who = case.customer.unwrap();
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[site]);
        let form = app.get(&format!("/cases/new?customer={who}")).signed_in(&me).send().expect(200).html();
        assert!(form.text("#open-already").contains(&case.title));
        let id = who.to_string();
        app.post("/cases").signed_in(&me).form(&[("title", "Sac tombé"), ("customer", &id)]).send().expect(303);
        let page = app.get(&format!("/cases/{}", case.id)).signed_in(&me).send().expect(200).html();
        assert!(page.text("main").contains("Ses autres suivis") && page.text("main").contains("Sac tombé"));
        assert!(!page.select_text(".section li a.title").contains(&case.title), "not itself");
        let nobody = app.get("/cases/new").signed_in(&me).send().expect(200).html();
        assert_eq!(nobody.attributes("#f-site option", "value"), [site.to_string()], "the only site is chosen by itself");
    }

    fn a_case_cannot_be_begun_for_who_was_erased(kit) {
        let case = opened(kit, Some(kit.site("Nantes")));
        let (who, by) = (case.customer.unwrap(), kit.administrator());
        kit.write(move |tx| know::erasure::actions::erase(tx, &by, who, know::erasure::Reason::Asked, "awa diatta"));
        kit.deliver();
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let form = app.get(&format!("/cases/new?customer={who}")).signed_in(&me).send().expect(200).html();
        assert!(!form.has("input[name=customer]") && form.text("#e-reach").contains("effacé"), "{}", form.text("main"));
        kit.expect_leftovers();
    }
}
