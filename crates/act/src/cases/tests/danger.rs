//! Health and safety come first.

use super::*;

fn by_hand(kit: &Kit, severity: &str, site: Option<Id>) -> Case {
    let by = kit.administrator();
    let who = customer(kit, &format!("Nom{}", kit.read(|tx| Ok(tx.now().as_micros() % 1_000_003))), site);
    let input = CaseInput {
        customer: who.to_string(),
        title: "Croquettes moisies".into(),
        severity: severity.into(),
        ..CaseInput::default()
    };
    kit.advance(SignedDuration::from_secs(1));
    act(kit, &by, move |tx, by| actions::create(tx, by, &input, Origin::Hand)).unwrap()
}

fn mails(kit: &Kit) -> Vec<String> {
    kit.read(|tx| {
        tx.query("SELECT address FROM mails WHERE kind = 'case-alert' ORDER BY address", &[], |r| r.get(0))
    })
}

testkit::on_both! {
    with start;

    fn the_subject_of_a_warning_says_what_is_the_matter(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let site = kit.site("Nantes");
        kit.person(Role::Manager, &[site]);
        let calm = by_hand(kit, "minor", Some(site));
        let danger = by_hand(kit, "critical", Some(site));
        kit.run_jobs();
        for hours in [39, 10] {
            kit.advance(SignedDuration::from_hours(hours));
            kit.write(alerts::warn_due);
        }
        let sql = "SELECT subject FROM mails WHERE kind = 'case-alert' ORDER BY id";
        let subjects: Vec<String> = kit.read(|tx| tx.query(sql, &[], |row| row.get(0)));
        let of = |case: &Case| {
            let own = subjects.iter().filter(|subject| subject.contains(&case.reference));
            own.filter_map(|subject| subject.split('\u{a0}').next()).collect::<Vec<_>>()
        };
        assert_eq!(of(&calm), ["Bientôt dû", "En retard"], "{subjects:?}");
        assert_eq!(of(&danger).first(), Some(&"Santé ou sécurité"), "{subjects:?}");
    }

    fn a_danger_is_told_to_managers_at_once_and_is_due_within_hours(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let site = kit.site("Nantes");
        let manager = kit.person(Role::Manager, &[site]);
        let case = by_hand(kit, "critical", Some(site));
        assert_eq!(case.clock.rule(), Rule::OpenHours);
        assert_eq!(case.clock.minutes, 4 * 60);
        assert_eq!(kinds(kit, case.id), ["opened", "danger"]);
        for _ in 0..2 {
            kit.run_jobs();
            assert_eq!(mails(kit), std::slice::from_ref(&manager.email), "once");
        }
        assert_eq!(kit.events("case.danger").len(), 1);
    }

    fn a_case_that_becomes_a_danger_runs_by_the_shorter_time_from_then(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let site = kit.site("Nantes");
        kit.person(Role::Manager, &[site]);
        let case = by_hand(kit, "minor", Some(site));
        kit.run_jobs();
        assert!(mails(kit).is_empty());
        kit.advance(SignedDuration::from_hours(1));
        let (id, by, edit) = (case.id, kit.manager(&[site]), CaseEdit { severity: "critical".into(), ..rules::to_edit(&case) });
        let after = act(kit, &by, move |tx, by| actions::change(tx, by, id, 1, &edit)).unwrap();
        assert!(after.clock.times.due_at < case.clock.times.due_at && after.contact_due_at == after.clock.times.due_at);
        assert_eq!(kinds(kit, id), ["opened", "changed", "danger"]);
        kit.run_jobs();
        assert_eq!(mails(kit).len(), 2, "both managers");
    }

    fn what_is_no_danger_any_more_is_written_about_to_nobody(kit) {
        let site = kit.site("Nantes");
        kit.person(Role::Manager, &[site]);
        let case = by_hand(kit, "critical", Some(site));
        let (id, by) = (case.id, kit.manager(&[site]));
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Retiré de la vente.")).unwrap();
        kit.run_jobs();
        assert!(mails(kit).is_empty());
    }

    fn dangers_come_first_in_every_queue_and_paging_shows_each_once(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let mut all = Vec::new();
        for n in 0..9 {
            all.push(by_hand(kit, if n % 3 == 2 { "critical" } else { "minor" }, None));
        }
        let by = kit.administrator();
        let filter = Filter { view: View::Open, ..Filter::default() };
        let (mut seen, mut beyond) = (Vec::new(), None);
        loop {
            let page = kit.read(|tx| actions::list(tx, &by, &filter, beyond, 2));
            let Some(last) = page.last() else { break };
            beyond = Some(store::place(&filter, last));
            seen.extend(page);
        }
        assert_eq!(seen.len(), 9);
        assert!(seen.iter().take(3).all(Case::is_danger) && !seen.iter().skip(3).any(Case::is_danger));
        assert_eq!(kit.read(|tx| actions::counts(tx, &by)).late, 0, "first is not late");
        kit.run_jobs();
        let app = app(kit);
        let page = app.get("/cases?view=open").signed_in_as(Role::Administrator, &[]).send().expect(200).html();
        assert!(page.text("tbody tr.group").contains("Santé ou sécurité"));
        assert!(page.text("tbody").contains("Danger"), "said in words");
        let only = app.get("/cases?view=open&severity=critical").signed_in_as(Role::Administrator, &[]).send().expect(200).html();
        assert_eq!(only.count("tbody a.name"), 3);
        let count = app.get("/cases/fragments/count").signed_in_as(Role::Adviser, &[]).htmx().send().expect(200);
        assert!(count.text().starts_with('9'));
    }
}
