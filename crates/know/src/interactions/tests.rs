//! The room through its actions, on both databases.

use kernel::identity::{Actor, Role};
use kernel::{Error, Id};
use testkit::{Kit, Parts, TestApp};

use super::actions;
use super::model::{Channel, InteractionInput};
use super::store;
use crate::customers::{self, model::CustomerInput};

fn start(engine: testkit::Engine) -> Kit {
    Kit::new(engine, &[kernel::MIGRATIONS, crate::MIGRATIONS])
}

fn app(kit: &Kit) -> TestApp<'_> {
    let parts = Parts {
        routes: crate::routes(),
        texts: vec![crate::TEXTS],
        nav: crate::NAV.to_vec(),
        ..Parts::default()
    };
    TestApp::new(kit, parts)
}

fn customer(kit: &Kit, by: &Actor) -> Id {
    let input = CustomerInput { family_name: "Lamoureux".into(), ..CustomerInput::default() };
    let by = by.clone();
    kit.write(move |tx| customers::actions::create(tx, &by, &input)).id
}

fn call(summary: &str) -> InteractionInput {
    InteractionInput { channel: "phone".into(), summary: summary.into(), ..InteractionInput::default() }
}

testkit::on_both! {
    with start;

    fn a_noted_contact_heads_the_timeline_and_dates_the_last_contact(kit) {
        let by = kit.administrator();
        let id = customer(kit, &by);
        let (actor, words) = (by.clone(), InteractionInput { words: "J’attends toujours".into(), ..call("Rappel") });
        kit.write(move |tx| actions::create(tx, &actor, id, &words));
        let part = kit.read(|tx| actions::timeline(tx, &by, id, None, None, 10));
        assert_eq!(part.entries.len(), 1);
        assert_eq!(part.entries[0].words, "J’attends toujours");
        let last = kit.read(|tx| customers::actions::read(tx, &by, id)).last_contact_at;
        assert_eq!(last, Some(kit.now()));
        assert_eq!(kit.events("interaction.recorded").len(), 1);
    }

    fn orders_and_contacts_are_one_timeline_paged_without_gap_or_repeat(kit) {
        let by = kit.administrator();
        let id = customer(kit, &by);
        for n in 0..7_i64 {
            let at = kit.now();
            let (actor, input) = (by.clone(), call(&format!("appel {n}")));
            kit.write(move |tx| actions::create(tx, &actor, id, &input));
            kit.write(move |tx| {
                let order = tx.new_id();
                store::insert_order(tx, order, id, at, "Terreau", 1_250, "EUR", None)
            });
        }
        let mut seen = Vec::new();
        let mut before = None;
        loop {
            let part = kit.read(|tx| actions::timeline(tx, &by, id, None, before, 4));
            seen.extend(part.entries.iter().map(|e| e.id));
            before = part.next;
            if before.is_none() { break }
        }
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (14, 14));
        let counts = kit.read(|tx| store::counts(tx, id));
        assert_eq!(counts, [(Channel::Phone, 7), (Channel::Order, 7)]);
    }

    fn a_contact_in_the_future_on_no_channel_without_a_word_is_refused_field_by_field(kit) {
        let by = kit.administrator();
        let id = customer(kit, &by);
        let input = InteractionInput { at: "2030-01-01T00:00:00Z".into(), ..InteractionInput::default() };
        let outcome = kit.try_write(move |tx| actions::create(tx, &by, id, &input));
        let Err(Error::Invalid(errors)) = outcome else { panic!("accepted") };
        let mut fields: Vec<_> = errors.iter().map(|e| e.field.to_string()).collect();
        fields.sort();
        assert_eq!(fields, ["at", "channel", "summary"]);
    }

    fn a_note_that_does_not_fit_comes_back_with_its_words_and_what_is_wrong(kit) {
        let app = app(kit);
        let id = customer(kit, &kit.administrator());
        let path = format!("/customers/{id}/interactions");
        let form = [("channel", "pigeon"), ("direction", "out"), ("summary", "Rappelée"), ("words", "Merci & bravo")];
        let page = app.post(&path).signed_in_as(Role::Adviser, &[]).form(&form).send().expect(422).html();
        assert_eq!((page.text("#f-summary").as_str(), page.text("#f-words").as_str()), ("Rappelée", "Merci & bravo"));
        assert!(page.has("input[name=direction][value=out][checked]") && page.has("[role=alert]"));
        assert_eq!(kit.events("interaction").len(), 0);
    }

    fn nobody_notes_a_contact_with_a_customer_out_of_reach(kit) {
        let admin = kit.administrator();
        let (mine, theirs) = (kit.site("Nord"), kit.site("Sud"));
        let input = CustomerInput { family_name: "Pradier".into(), site: theirs.to_string(), ..CustomerInput::default() };
        let actor = admin.clone();
        let id = kit.write(move |tx| customers::actions::create(tx, &actor, &input)).id;
        let adviser = kit.adviser(&[mine]);
        let outcome = kit.try_write(move |tx| actions::create(tx, &adviser, id, &call("x")));
        assert!(matches!(outcome, Err(Error::NotFound)));
    }
}
