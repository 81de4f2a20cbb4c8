//! What the home page says of the last day.

use super::*;

testkit::on_both! {
    with start;

    fn who_was_told_since_yesterday_counts_after_the_case_opened_again_but_not_after_a_bounce(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.adviser(&[]);
        let told = |kit: &Kit| {
            kit.read(|tx| {
                let yesterday = tx.now().minus(SignedDuration::from_hours(24));
                store::since(tx, &by.scope, yesterday)
            })
        };
        let id = opened(kit, None).id;
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Une seconde caisse ouvre.")).unwrap();
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        assert_eq!(told(kit), [1, 1, 1]);
        act(kit, &by, move |tx, by| actions::reopen(tx, by, id, "Rien n’a changé.")).unwrap();
        assert_eq!(told(kit), [1, 1, 0], "told yesterday all the same");
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Elle est ouverte.")).unwrap();
        assert_eq!(told(kit), [1, 1, 0], "one customer, told twice");
        kit.advance(SignedDuration::from_hours(25));
        assert_eq!(told(kit), [0, 0, 0]);
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        act(kit, &by, move |tx, by| actions::reopen(tx, by, id, "Toujours rien.")).unwrap();
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &letter(LETTER))).unwrap();
        let steps = kit.read(|tx| store::steps(tx, id));
        let mail = steps.iter().rev().find(|s| s.kind == StepKind::Replied).and_then(|s| s.detail.mail).unwrap();
        mail_says(kit, "mail.sent", id, mail);
        assert_eq!(told(kit)[1], 1);
        mail_says(kit, "mail.bounced", id, mail);
        assert_eq!(told(kit)[1], 0, "the letter came back");
    }
    fn who_was_told_another_way_counts_whatever_becomes_of_the_letter(kit) {
        let case = opened(kit, Some(kit.site("Nantes")));
        let (id, by) = (case.id, kit.administrator());
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &letter(LETTER))).unwrap();
        let mail = kit.read(|tx| store::steps(tx, id)).pop().and_then(|s| s.detail.mail).unwrap();
        mail_says(kit, "mail.sent", id, mail);
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Dit de vive voix.")).unwrap();
        mail_says(kit, "mail.bounced", id, mail);
        assert_eq!(kit.read(|tx| actions::news(tx, &by)), [1, 1, 0]);
        let elsewhere = kit.adviser(&[kit.site("Brest")]);
        assert_eq!(kit.read(|tx| actions::news(tx, &elsewhere)), [0, 0, 0]);
    }

    fn the_letter_is_folded_away_once_the_customer_was_told(kit) {
        let case = opened(kit, None);
        let (id, app) = (case.id, app(kit));
        let me = app.sign_in(Role::Manager, &[]);
        let page = || app.get(&format!("/cases/{id}")).signed_in(&me).send().expect(200).html();
        assert_eq!((page().count("#letter"), page().count("details #letter")), (1, 0));
        act(kit, &kit.administrator(), move |tx, by| actions::tell(tx, by, id, "phone", "Dit.")).unwrap();
        let told = page();
        assert_eq!((told.count("details:not([open]) #letter"), told.count("#closure")), (1, 1));
    }
}

#[test]
fn a_queue_counts_a_thousand_and_says_when_there_are_more() {
    use crate::cases::pages::{counted, counted_alone};
    let t = texts();
    assert_eq!(counted_alone(t, 1_000), t.count(1_000));
    assert_ne!(counted_alone(t, 1_001), t.count(1_001));
    let said = t.one("case-home-late", "n", counted(t, 1_001));
    assert!(said.starts_with("plus de 1") && said.ends_with("en retard"), "{said}");
}
