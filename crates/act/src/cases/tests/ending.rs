//! What closing asks for, how far deadlines move, what letters promise.

use super::*;
use crate::cases::model::{CasePatch, Remedy};

/// A case whose customer was told, and who may close it.
fn told(kit: &Kit) -> (Id, Actor) {
    let case = opened(kit, None);
    let (id, by) = (case.id, kit.adviser(&[]));
    act(kit, &by, move |tx, by| actions::take(tx, by, id)).unwrap();
    act(kit, &by, move |tx, by| actions::tell(tx, by, id, "counter", "Une seconde caisse ouvre.")).unwrap();
    (id, by)
}

fn cause(kit: &Kit) -> Id {
    let by = kit.administrator();
    let t = texts();
    kit.write(move |tx| crate::causes::actions::plant(tx, &by, t));
    kit.read(crate::causes::store::all).last().unwrap().id
}

testkit::on_both! {
    with start;

    fn a_case_closes_with_its_cause_or_why_there_is_none_and_with_its_remedy(kit) {
        let (id, by) = told(kit);
        let outcome = act(kit, &by, move |tx, by| actions::close(tx, by, id, &Closing::default()));
        let Err(Error::Invalid(errors)) = outcome else { panic!("closed") };
        assert_eq!(errors.iter().map(|e| e.field.as_ref()).collect::<Vec<_>>(), ["cause", "remedy"]);
        assert!(get(kit, id).is_open());
        let none = Closing { no_cause: "Le client ne sait plus.".into(), remedy: "none".into(), ..Closing::default() };
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &none)).unwrap();
        let closed = get(kit, id);
        assert_eq!((closed.cause, closed.no_cause.as_deref(), closed.remedy), (None, Some("Le client ne sait plus."), Remedy::None));
    }

    fn the_cause_of_a_closed_case_can_be_corrected_and_nothing_else(kit) {
        let (id, by) = told(kit);
        let named = cause(kit);
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        let version = get(kit, id).version;
        let title = CasePatch { title: Some("Autre".into()), ..CasePatch::default() };
        let outcome = act(kit, &by, move |tx, by| actions::patch(tx, by, id, version, &title));
        assert!(matches!(outcome, Err(Error::Refused(m)) if m.key == "case-error-closed-but-cause"));
        let right = CasePatch { cause: Some(named.to_string()), ..CasePatch::default() };
        act(kit, &by, move |tx, by| actions::patch(tx, by, id, version, &right)).unwrap();
        let after = get(kit, id);
        assert_eq!((after.cause, after.no_cause, after.closed_at.is_some()), (Some(named), None, true));
        let step = kit.read(|tx| store::steps(tx, id)).pop().unwrap();
        assert_eq!(step.detail.changes[0].field, "cause", "the history says what changed");
        let none = CasePatch { cause: Some(String::new()), ..CasePatch::default() };
        let outcome = act(kit, &by, move |tx, by| actions::patch(tx, by, id, version + 1, &none));
        assert!(matches!(outcome, Err(Error::Invalid(_))), "a closed case keeps a cause");
    }

    fn one_call_that_settles_everything_is_noted_once(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let call = |said: &'static str| {
            move |tx: &mut kernel::Tx<'_>, by: &Actor| actions::contact(tx, by, id, "phone", actions::TOLD_AT_ONCE, said)
        };
        assert!(matches!(act(kit, &by, call("")), Err(Error::Invalid(_))), "what was said is said");
        act(kit, &by, call("Son bon lui est rendu.")).unwrap();
        let after = get(kit, id);
        assert!(after.contacted_at.is_some() && after.told_at.is_some());
        assert_eq!(kinds(kit, id), ["opened", "told"]);
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
    }

    fn whoever_is_done_with_a_case_is_led_to_the_next_one(kit) {
        let by = kit.adviser(&[]);
        let survey = survey(kit, Template::Nps);
        for name in ["Aubert", "Blin", "Caron"] {
            let who = customer(kit, name, None);
            answer(kit, survey, &unhappy(who, None));
            kit.advance(SignedDuration::from_hours(1));
        }
        let [first, second, free] = open_cases(kit).try_into().expect("three cases");
        for id in [first.id, second.id] {
            act(kit, &by, move |tx, by| actions::take(tx, by, id)).unwrap();
        }
        let next = |after: Id| {
            let after = get(kit, after);
            kit.read(|tx| actions::next_after(tx, &by, &after, &Filter::default())).map(|case| case.id)
        };
        assert_eq!(next(first.id), Some(second.id));
        assert_eq!(next(second.id), Some(first.id), "from the front again: nobody is forgotten");
        let id = second.id;
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "C’est réparé.")).unwrap();
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        assert_eq!(next(second.id), Some(first.id));
        let id = first.id;
        act(kit, &by, move |tx, by| actions::hand_over(tx, by, id, "team", "")).unwrap();
        assert_eq!(next(second.id), Some(first.id), "then what nobody carries");
        assert_eq!(next(first.id), Some(free.id));
        let reader = kit.director();
        assert!(kit.read(|tx| actions::next_after(tx, &reader, &free, &Filter::default())).is_none(), "who only reads goes nowhere");
    }

    fn a_deadline_moves_twice_at_most_and_only_so_far(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by, t) = (case.id, kit.adviser(&[]), texts());
        let extend = move |until: &'static str| {
            move |tx: &mut kernel::Tx<'_>, by: &Actor| actions::extend(tx, by, t, id, until, "phone", "Une pièce manque.")
        };
        let outcome = act(kit, &by, extend("2026-11-27"));
        assert!(matches!(outcome, Err(Error::Refused(m)) if m.key == "case-error-extend-who"), "who does not carry it");
        act(kit, &by, move |tx, by| actions::take(tx, by, id)).unwrap();
        let outcome = act(kit, &by, extend("2027-02-26"));
        assert!(matches!(outcome, Err(Error::Invalid(e)) if e[0].message.key == "case-error-too-far"));
        act(kit, &by, extend("2026-11-27")).unwrap();
        act(kit, &by, extend("2026-12-04")).unwrap();
        let manager = kit.manager(&[]);
        let outcome = act(kit, &manager, extend("2026-12-11"));
        assert!(matches!(outcome, Err(Error::Refused(m)) if m.key == "case-error-extended-enough"));
        assert_eq!(get(kit, id).extensions, 2);
    }

    fn what_a_letter_promises_is_to_be_done_on_its_day_until_it_is_kept(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        act(kit, &by, move |tx, by| actions::take(tx, by, id)).unwrap();
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &letter(LETTER))).unwrap();
        let promise = get(kit, id).promise.unwrap();
        assert_eq!((promise.words.as_str(), promise.day.to_string().as_str()), ("Je vous rappelle jeudi 26 novembre", "2026-11-26"));
        let mail = kit.read(|tx| store::steps(tx, id)).pop().unwrap().detail.mail.unwrap();
        mail_says(kit, "mail.sent", id, mail);
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        let on = |kit: &Kit, day: &str| {
            let day = day.parse().unwrap();
            kit.read(|tx| actions::promised(tx, &by, day)).len()
        };
        assert_eq!((on(kit, "2026-11-25"), on(kit, "2026-11-26"), on(kit, "2026-11-30")), (0, 1, 1), "closed or not");
        let other = kit.adviser(&[]);
        assert!(kit.read(|tx| actions::promised(tx, &other, "2026-11-26".parse().unwrap())).is_empty(), "not another's");
        kit.set_time("2026-11-27T09:00:00Z");
        let app = app(kit);
        let owner = kit.read(|tx| kernel::identity::store::user(tx, by.user().unwrap()));
        let me = app.session_of(owner);
        let home = app.get("/cases/fragments/mine").signed_in(&me).send().expect(200).html();
        assert!(home.text("li").contains("en retard"), "late, in words");
        let url = format!("/cases/{id}");
        assert!(app.get(&url).signed_in(&me).send().expect(200).html().text(".notice--late").contains("Je vous rappelle jeudi"));
        app.post(&format!("{url}/promise")).signed_in(&me).form(&[]).send().expect(303);
        assert_eq!(get(kit, id).promise, None);
        assert_eq!(kinds(kit, id).last(), Some(&"kept"));
    }

    fn a_promise_whose_letter_did_not_arrive_was_not_made(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &letter(LETTER))).unwrap();
        let mail = kit.read(|tx| store::steps(tx, id)).pop().unwrap().detail.mail.unwrap();
        mail_says(kit, "mail.failed", id, mail);
        assert_eq!(get(kit, id).promise, None);
    }

    fn a_letter_that_leaves_after_the_case_closed_is_on_the_customers_sheet(kit) {
        let case = opened(kit, None);
        let (id, by, customer) = (case.id, kit.adviser(&[]), case.customer.unwrap());
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &letter(LETTER))).unwrap();
        let mail = kit.read(|tx| store::steps(tx, id)).pop().unwrap().detail.mail.unwrap();
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "counter", "Dit au comptoir.")).unwrap();
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        for _ in 0..2 {
            mail_says(kit, "mail.sent", id, mail);
        }
        let mut flow: Vec<_> = kit.read(|tx| know::interactions::store::counts(tx, customer));
        flow.sort_by_key(|(channel, _)| channel.name());
        assert_eq!(flow.iter().map(|(c, n)| (c.name(), *n)).collect::<Vec<_>>(), [("counter", 1), ("mail", 1), ("survey", 1)]);
        assert_eq!(kinds(kit, id).last(), Some(&"left"));
    }

    fn a_letter_that_blames_waits_for_its_author_to_stand_by_it(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let blaming = letter(&format!("{LETTER}\n\nVous auriez dû nous prévenir."));
        let refused = blaming.clone();
        let outcome = act(kit, &by, move |tx, by| composer::send(tx, by, id, &refused));
        assert!(matches!(outcome, Err(Error::Invalid(e)) if e[0].message.key == "letter-error-respect"));
        let vouched = Draft { confirmed: vec!["respect".into()], ..blaming };
        act(kit, &by, move |tx, by| composer::send(tx, by, id, &vouched)).unwrap();
    }

    fn the_subject_of_a_letter_never_tells_how_colleagues_call_the_case(kit) {
        let case = opened(kit, None);
        let (id, by, t) = (case.id, kit.manager(&[]), texts());
        let edit = CaseEdit { title: "Attente, cliente pénible".into(), ..rules::to_edit(&case) };
        act(kit, &by, move |tx, by| actions::change(tx, by, id, 1, &edit)).unwrap();
        assert_eq!(kit.read(|tx| composer::draft(tx, &by, t, &get(kit, id))).subject, "Suite à votre avis");
        let who = case.customer.unwrap().to_string();
        let input = CaseInput { customer: who, title: "Sac tombé".into(), ..CaseInput::default() };
        let rung = act(kit, &by, move |tx, by| actions::create(tx, by, &input, Origin::Hand)).unwrap();
        let subject = kit.read(|tx| composer::draft(tx, &by, t, &get(kit, rung.id))).subject;
        assert_eq!(subject, "Suite à ce que vous nous avez dit");
    }
}
