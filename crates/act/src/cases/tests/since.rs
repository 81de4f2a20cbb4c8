//! What arrives late: letters that fail or leave after all, answers that come after the case was told.

use super::*;

/// Queues a mail as the room does and gives it.
fn sent(kit: &Kit, by: &Actor, id: Id) -> Id {
    act(kit, by, move |tx, by| composer::send(tx, by, id, &letter(LETTER))).unwrap();
    let steps = kit.read(|tx| store::steps(tx, id));
    let last = steps.iter().rev().find(|s| s.kind == StepKind::Replied);
    last.and_then(|s| s.detail.mail).expect("a letter")
}

testkit::on_both! {
    with start;

    fn the_same_words_leave_again_after_they_failed(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let first = sent(kit, &by, id);
        mail_says(kit, "mail.failed", id, first);
        let second = sent(kit, &by, id);
        assert_ne!(first, second, "a new mail");
        mail_says(kit, "mail.sent", id, second);
        assert!(get(kit, id).told_at.is_some());
        assert_eq!(kinds(kit, id), ["opened", "replied", "not-delivered", "replied", "told"]);
    }

    fn a_letter_written_before_the_case_opened_again_tells_nobody(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let late = sent(kit, &by, id);
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Une seconde caisse ouvre.")).unwrap();
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        act(kit, &by, move |tx, by| actions::reopen(tx, by, id, "Rien n’a changé.")).unwrap();
        mail_says(kit, "mail.sent", id, late);
        assert_eq!(get(kit, id).told_at, None, "the customer who came back has no answer yet");
    }

    fn a_bounce_changes_nothing_for_who_was_told_another_way_since(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let mail = sent(kit, &by, id);
        mail_says(kit, "mail.sent", id, mail);
        kit.advance(SignedDuration::from_hours(3));
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Dit de vive voix.")).unwrap();
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        mail_says(kit, "mail.bounced", id, mail);
        let after = get(kit, id);
        assert!(!after.is_open() && after.told_at.is_some());
        assert_eq!(kinds(kit, id).last(), Some(&"not-delivered"), "it is noted");
    }

    fn a_letter_sent_again_that_bounces_is_heard_of(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let mail = sent(kit, &by, id);
        for (kind, is_told) in [("mail.failed", false), ("mail.sent", true), ("mail.bounced", false), ("mail.sent", true)] {
            mail_says(kit, kind, id, mail);
            assert_eq!(get(kit, id).told_at.is_some(), is_told, "{kind}");
        }
    }

    fn who_was_reached_by_nothing_but_a_letter_that_came_back_was_not_reached(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let mail = sent(kit, &by, id);
        mail_says(kit, "mail.sent", id, mail);
        kit.advance(SignedDuration::from_hours(72));
        mail_says(kit, "mail.bounced", id, mail);
        let back = get(kit, id);
        assert_eq!((back.contacted_at, back.clock.phase), (None, Phase::Contact));
        assert_eq!(back.clock.times.due_at, case.clock.times.due_at, "late since the first deadline");
    }

    fn a_promise_that_did_not_arrive_is_taken_back(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by, t) = (case.id, kit.manager(&[]), texts());
        act(kit, &by, move |tx, by| actions::extend(tx, by, t, id, "2026-11-30", "mail", "La pièce arrive lundi.")).unwrap();
        let mail = kit.read(|tx| store::steps(tx, id)).pop().unwrap().detail.mail.unwrap();
        for _ in 0..2 {
            kit.write(move |tx| {
                let said = json!({ "mail": mail, "key": "k", "kind": "case-extension", "about_kind": "case", "about_id": id });
                Event::new("mail.failed", mail).after(&said).record(tx, &Actor::system("mail")).map(drop)
            });
            kit.deliver();
        }
        assert_eq!(get(kit, id).clock.times.due_at, case.clock.times.due_at);
        assert_eq!(kinds(kit, id), ["opened", "extended", "not-delivered"]);
    }

    fn a_promised_day_outlives_the_first_contact(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by, t) = (case.id, kit.manager(&[]), texts());
        let promised = act(kit, &by, move |tx, by| actions::extend(tx, by, t, id, "2026-12-18", "phone", "Une pièce manque.")).unwrap();
        act(kit, &by, move |tx, by| actions::attempt(tx, by, id, "phone", "reached", "Elle attend.")).unwrap();
        let after = get(kit, id);
        assert_eq!((after.clock.phase, after.clock.times.due_at), (Phase::Answer, promised.clock.times.due_at));
    }

    fn an_unhappy_answer_after_the_customer_was_told_is_to_be_answered_too(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Une seconde caisse ouvre.")).unwrap();
        let other = survey(kit, Template::Csat);
        let worse = Said { score: 1, words: "Toujours pareil.", ..unhappy(case.customer.unwrap(), None) };
        answer(kit, other, &worse);
        let after = get(kit, id);
        assert_eq!((after.told_at, after.clock.phase), (None, Phase::Answer));
        assert_eq!(rules::next_step(&after), NextStep::Take);
        assert!(rules::next_alert(&after.clock, after.alerted).is_some(), "warned about again");
    }

    fn an_unhappy_answer_about_another_site_opens_a_case_of_its_own(kit) {
        let (here, there) = (kit.site("Nantes"), kit.site("Brest"));
        let case = opened(kit, Some(here));
        let other = survey(kit, Template::Csat);
        answer(kit, other, &Said { score: 1, ..unhappy(case.customer.unwrap(), Some(there)) });
        let sites: Vec<Option<Id>> = open_cases(kit).iter().map(|c| c.site).collect();
        assert!(sites.contains(&Some(here)) && sites.contains(&Some(there)), "{sites:?}");
        assert_eq!(kinds(kit, case.id), ["opened"], "Nantes reads nothing of what Brest heard");
    }

    fn a_warning_disturbs_nobodys_form_and_a_strange_title_stops_none(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        kit.person(Role::Manager, &[]);
        let by = kit.adviser(&[]);
        for (title, name) in [("Prix {$x} affiché", "Diatta"), ("Attente", "Morvan")] {
            let who = customer(kit, name, None);
            let input = CaseInput { title: title.into(), customer: who.to_string(), ..CaseInput::default() };
            act(kit, &by, move |tx, by| actions::create(tx, by, &input, Origin::Hand)).unwrap();
        }
        kit.advance(SignedDuration::from_hours(72));
        kit.write(|tx| kernel::jobs::enqueue(tx, &Actor::system("t"), crate::cases::alerts::NAME, None, &json!(null)).map(drop));
        kit.run_jobs();
        let cases = open_cases(kit);
        assert!(cases.iter().all(|c| c.alerted == 100 && c.version == 1));
        let mails: i64 = kit.read(|tx| tx.query_one("SELECT COUNT(*) FROM mails WHERE kind = 'case-alert'", &[], |r| r.get(0)));
        assert_eq!(mails, 2);
    }
}
