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
}
