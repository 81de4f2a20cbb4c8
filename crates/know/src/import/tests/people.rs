//! What rows of customers become.

use super::*;
use crate::customers::model::{Kind, Role};

testkit::on_both! {
    with start;

    fn columns_are_recognised_and_rows_become_customers(kit) {
        let by = kit.manager(&[]);
        let text = "N° client;NOM;PRENOM;DDN;TEL_1;MEL;Ville\n\
            C1;KERVELLA;Odile;03/05/1958;02 61 91 24 07;odile.kervella@exemple.fr;Quimper\n\
            C2;N’DIAYE;Gaspard;17/11/76;0639984112;;Brest\n";
        let done = import(kit, &by, "clients.csv", text);
        assert_eq!((done.counts.created, done.counts.rejected), (2, 0));
        let people = everybody(kit, &by);
        assert_eq!(people[0].details.name(), "Odile KERVELLA", "capitals are kept");
        assert_eq!(people[0].details.birth_day.unwrap().to_string(), "1958-05-03");
        assert_eq!(people[1].details.birth_day.unwrap().to_string(), "1976-11-17");
        assert_eq!(people[1].details.external_number.as_deref(), Some("C2"));
        let found = kit.read(|tx| room::actions::find(tx, &by, "kervella", 5));
        assert_eq!(found.len(), 1, "search finds them at once");
        assert_eq!(kit.events("customer.created").len(), 2, "each has its event");
    }

    fn a_known_customer_is_completed_and_what_the_file_leaves_empty_stays(kit) {
        let by = kit.manager(&[]);
        let known = CustomerInput {
            external_number: "C1".into(), email: "odile@exemple.fr".into(), city: "Quimper".into(),
            ..person("Odile", "Kervella")
        };
        let before = add(kit, &by, known);
        let done = import(kit, &by, "maj.csv", "numero;nom;prenom;ville;mobile\nC1;Kervella;Odile;;0639984112\n");
        assert_eq!(done.counts.updated, 1);
        let after = &everybody(kit, &by)[0];
        assert_eq!((after.id, after.version), (before.id, 2));
        assert_eq!(after.details.city, "Quimper");
        assert_eq!(after.details.mobile.as_deref(), Some("0639984112"));
        let again = import(kit, &by, "maj.csv", "numero;nom;prenom;ville;mobile\nC1;Kervella;Odile;;0639984112\n");
        assert_eq!(again.counts.unchanged, 1, "the same file again changes nothing");
    }

    fn somebody_is_recognised_by_mail_or_telephone_only_with_the_same_name(kit) {
        let by = kit.manager(&[]);
        add(kit, &by, CustomerInput { email: "Famille.Kervella@exemple.fr".into(), ..person("Odile", "Kervella") });
        add(kit, &by, CustomerInput { mobile: "06 39 98 41 12".into(), ..person("Gaspard", "Guézennec") });
        let text = "nom;prenom;email;telephone\n\
            KERVELLA;Odile;famille.kervella@exemple.fr;0261912407\n\
            Kervella;Yann;famille.kervella@exemple.fr;\n\
            guezennec;GASPARD;;+33 6 39 98 41 12\n\
            Guézennec;Gwenn;;0639984112\n";
        let done = import(kit, &by, "x.csv", text);
        let expected = [(2, "updated"), (3, "created"), (4, "updated"), (5, "created")];
        assert_eq!(outcomes(kit, &by, done.id), expected, "a couple that shares an address stays two");
    }

    fn two_numbers_are_two_customers_whatever_they_share(kit) {
        let by = kit.manager(&[]);
        add(kit, &by, CustomerInput {
            external_number: "A1".into(), email: "o@exemple.fr".into(), ..person("Odile", "Kervella")
        });
        let done = import(kit, &by, "x.csv", "numero;nom;prenom;email\nA2;Kervella;Odile;o@exemple.fr\n");
        assert_eq!(done.counts.created, 1);
    }

    fn a_second_row_about_the_same_customer_changes_the_first(kit) {
        let by = kit.manager(&[]);
        let text = "numero;nom;prenom;ville\nC1;Kervella;Odile;Brest\nC1;Kervella;Odile;Quimper\nC1;Kervella;;\n";
        let done = import(kit, &by, "x.csv", text);
        assert_eq!(outcomes(kit, &by, done.id), [(2, "created"), (3, "updated"), (4, "unchanged")]);
        let people = everybody(kit, &by);
        assert_eq!((people.len(), people[0].details.city.as_str(), people[0].version), (1, "Quimper", 2));
        assert_eq!(kit.events("customer.").len(), 2);
    }

    fn the_policy_for_duplicates_is_respected(kit) {
        let by = kit.manager(&[]);
        add(kit, &by, CustomerInput {
            external_number: "C1".into(), email: "o@exemple.fr".into(), ..person("Odile", "Kervella")
        });
        let text = "numero;nom;prenom;email;ville\nC1;Kervella;Odile;;Brest\n;Kervella;Odile;o@exemple.fr;Brest\n";
        let skipping = upload(kit, &by, "x.csv", text.as_bytes());
        let skipping = set(kit, &by, &skipping, &[("duplicates", "skip")]);
        let skipping = run(kit, &by, &skipping);
        assert_eq!(outcomes(kit, &by, skipping.id), [(2, "skipped"), (3, "skipped")]);
        let creating = upload(kit, &by, "x.csv", text.as_bytes());
        let creating = set(kit, &by, &creating, &[("duplicates", "create")]);
        let creating = run(kit, &by, &creating);
        assert_eq!(outcomes(kit, &by, creating.id), [(2, "rejected"), (3, "created")], "a number stays unique");
        assert_eq!(everybody(kit, &by)[0].details.city, "");
    }

    fn wrong_rows_say_why_and_the_others_come_in(kit) {
        let by = kit.manager(&[]);
        let text = "nom;prenom;email;ddn;pays\n\
            Kervella;Odile;odile@exemple.fr;29/02/1958;FR\n\
            Guézennec;Gaspard;gaspard.exemple.fr;;\n\
            ;;;;France\n\
            Morvan;Paul;paul@exemple.fr;12/03/1960;Belgique\n";
        let import = upload(kit, &by, "x.csv", text.as_bytes());
        let import = mapped(kit, &by, &import, &["family_name", "given_name", "email", "birth_date", "country"]);
        let done = run(kit, &by, &import);
        let expected = [(2, "rejected"), (3, "rejected"), (4, "rejected"), (5, "created")];
        assert_eq!(outcomes(kit, &by, done.id), expected);
        assert_eq!(reasons(kit, &by, done.id, 2), ["import-customers-error-birth"]);
        assert_eq!(reasons(kit, &by, done.id, 3), ["customer-error-email"]);
        assert_eq!(reasons(kit, &by, done.id, 4), ["import-customers-error-nameless"]);
        assert_eq!(everybody(kit, &by)[0].details.country, "BE");
    }

    fn sites_are_recognised_by_code_or_name_and_unknown_ones_reported(kit) {
        let (nantes, lyon) = (kit.site("Nantes"), kit.site("Lyon"));
        let by = kit.manager(&[]);
        let text = "nom;agence\nA;NANTES\nB;lyon\nC;Atlantide\n";
        let import = upload(kit, &by, "x.csv", text.as_bytes());
        let shown = kit.read(|tx| actions::show(tx, &by, &kinds(), import.id));
        assert!(shown.findings.iter().any(|f| f.option == Some("unknown_sites")));
        let done = run(kit, &by, &import);
        assert_eq!(outcomes(kit, &by, done.id), [(2, "created"), (3, "created"), (4, "rejected")]);
        let sites: Vec<_> = everybody(kit, &by).iter().map(|c| c.details.site).collect();
        assert_eq!(sites, [Some(nantes), Some(lyon)]);
        let import = upload(kit, &by, "x.csv", text.as_bytes());
        let import = set(kit, &by, &import, &[("unknown_sites", "none"), ("role", "prospect")]);
        run(kit, &by, &import);
        let last = everybody(kit, &by).pop().unwrap();
        assert_eq!((last.details.site, last.details.role), (None, Role::Prospect));
    }

    fn nobody_brings_customers_to_a_site_out_of_reach_or_changes_those_of_another(kit) {
        let (nantes, lyon) = (kit.site("Nantes"), kit.site("Lyon"));
        let all = kit.administrator();
        add(kit, &all, CustomerInput {
            external_number: "L1".into(), email: "o@exemple.fr".into(), site: lyon.to_string(),
            ..person("Odile", "Kervella")
        });
        let by = kit.manager(&[nantes]);
        let text = "numero;nom;prenom;email;agence\n\
            L1;Kervella;Odile;;NANTES\n;Kervella;Odile;o@exemple.fr;NANTES\nN1;Morvan;Paul;;LYON\n";
        let done = import(kit, &by, "x.csv", text);
        assert_eq!(outcomes(kit, &by, done.id), [(2, "rejected"), (3, "created"), (4, "rejected")]);
        let other = kit.manager(&[lyon]);
        let seen = kit.db().read(|tx| actions::show(tx, &other, &kinds(), done.id).map(drop));
        assert!(matches!(seen, Err(kernel::Error::NotFound)), "a file is its sender's");
        assert!(kit.read(|tx| actions::list(tx, &other, &kinds(), None, 10)).is_empty());
    }

    fn an_empty_consent_asks_for_a_decision_and_decisions_are_noted(kit) {
        let by = kit.manager(&[]);
        let text = "numero;nom;opt in\nC1;Kervella;O\nC2;Guézennec;N\nC3;Morvan;\n";
        let import = upload(kit, &by, "optin.csv", text.as_bytes());
        assert_eq!(import.mapping.field(2), Some("consent_offers"));
        let (actor, id) = (by.clone(), import.id);
        let refused = kit.try_write(move |tx| actions::run(tx, &actor, &kinds(), id).map(drop));
        assert!(matches!(refused, Err(kernel::Error::Refused(_))), "a decision is missing");
        let import = set(kit, &by, &import, &[("empty_consent", "nothing")]);
        run(kit, &by, &import);
        let granted = kit.read(|tx| count(tx, "SELECT COUNT(*) FROM consents WHERE granted = TRUE"));
        let refused = kit.read(|tx| count(tx, "SELECT COUNT(*) FROM consents WHERE granted = FALSE"));
        assert_eq!((granted, refused), (1, 1));
        let again = upload(kit, &by, "optin.csv", text.as_bytes());
        let again = set(kit, &by, &again, &[("empty_consent", "nothing")]);
        let again = run(kit, &by, &again);
        assert_eq!(again.counts.unchanged, 3, "the same decision is not noted twice");
        let changed = import_with(kit, &by, "numero;nom;opt in\nC1;Kervella;N\n");
        assert_eq!(changed.counts.updated, 1);
        undo(kit, &by, &changed);
        let left = kit.read(|tx| count(tx, "SELECT COUNT(*) FROM consents"));
        assert_eq!(left, 2, "undoing takes the decision back");
    }

    fn full_names_and_organisations_find_their_fields(kit) {
        let by = kit.manager(&[]);
        let text = "nom complet,societe,email\nKERVELLA Odile,,o@exemple.fr\n,Ateliers Brumaire SARL,\n";
        import(kit, &by, "x.csv", text);
        let people = everybody(kit, &by);
        assert_eq!((people[0].details.given_name.as_str(), people[0].details.family_name.as_str()), ("Odile", "KERVELLA"));
        assert_eq!(people[1].details.kind, Kind::Organisation);
    }

    fn rows_without_anything_to_know_them_by_are_numbered_when_asked(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "churn.csv", b"tenure,contract\n1,Monthly\n34,One year\n");
        let import = mapped(kit, &by, &import, &["", ""]);
        let shown = kit.read(|tx| actions::show(tx, &by, &kinds(), import.id));
        assert_eq!(shown.findings[0].option, Some("number_rows"), "it says so");
        let import = set(kit, &by, &import, &[("number_rows", "on")]);
        run(kit, &by, &import);
        assert_eq!(names(kit, &by), ["churn-2", "churn-3"]);
    }

    fn hostile_cells_stay_text(kit) {
        let by = kit.manager(&[]);
        let text = "numero,nom,ville\n1,<script>alert(1)</script>,=cmd|' /C calc'!A0\n2,🐟 مرحبا,@SUM(1)\n";
        import(kit, &by, "x.csv", text);
        let people = everybody(kit, &by);
        assert_eq!(people[0].details.family_name, "<script>alert(1)</script>");
        assert_eq!(people[0].details.city, "=cmd|' /C calc'!A0");
        assert_eq!(people[1].details.family_name, "🐟 مرحبا");
    }
}

fn import_with(kit: &Kit, by: &Actor, text: &str) -> Import {
    let import = upload(kit, by, "x.csv", text.as_bytes());
    run(kit, by, &import)
}
