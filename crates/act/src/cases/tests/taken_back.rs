//! What was done by mistake, and what was typed: neither is final, neither is lost.

use super::*;
use crate::cases::model::Before;

type Contact = fn(&mut kernel::Tx<'_>, &Actor, Id) -> Result<Case>;

/// What a contact changes.
fn state(case: &Case) -> Before {
    Before::of(case, None)
}

fn contacts(kit: &Kit, who: Id) -> usize {
    kit.read(|tx| know::interactions::store::counts(tx, who))
        .iter()
        .filter(|(channel, _)| channel.name() != "survey")
        .map(|(_, n)| usize::try_from(*n).unwrap_or(0))
        .sum()
}

testkit::on_both! {
    with start;

    fn a_mistaken_contact_is_taken_back_and_the_clock_goes_on(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let case = opened(kit, None);
        let (id, by, who) = (case.id, kit.adviser(&[]), case.customer.unwrap());
        kit.advance(SignedDuration::from_hours(2));
        let acts: [Contact; 4] = [
            |tx, by, id| actions::contact(tx, by, id, "phone", "told", "Tout est réparé."),
            |tx, by, id| actions::contact(tx, by, id, "phone", "reached", "Jointe."),
            |tx, by, id| actions::contact(tx, by, id, "phone", "refused", "Ne veut plus rien."),
            |tx, by, id| actions::contact(tx, by, id, "phone", "not_reached", ""),
        ];
        for made in acts {
            act(kit, &by, move |tx, by| made(tx, by, id)).unwrap();
            act(kit, &by, move |tx, by| actions::note(tx, by, id, "Oh, mauvaise ligne.")).unwrap();
            act(kit, &by, move |tx, by| actions::take_back(tx, by, id)).unwrap();
            let back = get(kit, id);
            assert_eq!(state(&back), state(&case), "as it was");
            assert_eq!(back.contact_due_at, case.contact_due_at);
            assert_eq!(contacts(kit, who), 0, "nor does the customer's sheet tell of it");
        }
        assert_eq!(kit.events("case.taken-back").len(), 4);
        kit.advance(SignedDuration::from_hours(47));
        kit.write(alerts::warn_due);
        assert!(kinds(kit, id).contains(&"alerted"), "the deadline is warned of again");
    }

    fn what_came_before_stays_when_the_last_contact_is_taken_back(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        act(kit, &by, move |tx, by| actions::contact(tx, by, id, "phone", "reached", "Jointe.")).unwrap();
        let reached = get(kit, id);
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "counter", "Remboursée.")).unwrap();
        act(kit, &by, move |tx, by| actions::take_back(tx, by, id)).unwrap();
        assert_eq!(state(&get(kit, id)), state(&reached));
        assert_eq!(contacts(kit, case.customer.unwrap()), 1);
    }

    fn a_contact_that_something_followed_stays(kit) {
        let case = opened(kit, None);
        let (id, by) = (case.id, kit.adviser(&[]));
        let refused = |kit: &Kit| act(kit, &by, move |tx, by| actions::take_back(tx, by, id));
        assert!(matches!(refused(kit), Err(Error::Refused(m)) if m.key == "case-error-taken-back"), "none was noted");
        act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Remboursée.")).unwrap();
        act(kit, &by, move |tx, by| actions::take(tx, by, id)).unwrap();
        assert!(matches!(refused(kit), Err(Error::Refused(m)) if m.key == "case-error-taken-back"));
        act(kit, &by, move |tx, by| actions::close(tx, by, id, &closing())).unwrap();
        assert!(matches!(refused(kit), Err(Error::Refused(m)) if m.key == "case-error-closed"));
        let director = kit.director();
        assert!(matches!(act(kit, &director, move |tx, by| actions::take_back(tx, by, id)), Err(Error::Denied(_))));
    }

    fn the_page_offers_to_take_a_contact_back(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let app = app(kit);
        let (me, url) = (app.sign_in(Role::Adviser, &[site]), format!("/cases/{}", case.id));
        let told = [("outcome", "told"), ("channel", "phone"), ("text", "Remboursée.")];
        let answer = app.post(&format!("{url}/attempts?view=free")).signed_in(&me).form(&told).send().expect(303);
        let page = app.follow(&answer).html();
        let back = format!("{url}/withdrawal?view=free");
        assert_eq!(page.attribute(".toast form", "action").as_deref(), Some(back.as_str()));
        assert!(page.count(&format!("main form[action='{back}']")) > 0, "also once the notice is gone");
        let answer = app.post(&back).signed_in(&me).form(&[]).send().expect(303);
        assert_eq!(answer.header("location"), Some(format!("{url}?view=free").as_str()));
        let page = app.follow(&answer).html();
        assert!(page.text(".legal").contains("Il reste") && !page.has("form[action*=withdrawal]"));
        assert!(page.text(".flow").contains("noté par erreur"));
    }

    fn what_is_typed_after_a_refused_letter_survives_reloading(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let app = app(kit);
        let (me, url) = (app.sign_in(Role::Adviser, &[site]), format!("/cases/{}", case.id));
        let first = [("subject", "Objet"), ("body", "Je comprends.")];
        let refused = app.post(&format!("{url}/reply?view=late")).signed_in(&me).form(&first).send().expect(303);
        let there = refused.header("location").unwrap().to_owned();
        assert_eq!(there, format!("{url}?view=late&letter=refused#letter"));
        let there = there.trim_end_matches("#letter").to_owned();
        let page = app.get(&there).signed_in(&me).send().expect(200).html();
        assert!(page.text("#f-body").contains("Je comprends."));
        assert!(page.text("#letter-errors").contains("Il manque la cause"), "{}", page.text("#letter-errors"));
        assert!(page.has("#letter-errors a[href='#f-letter-cause']") && page.has("li#f-letter-cause"));
        let more = [("subject", "Objet"), ("body", "Je comprends. C’est arrivé parce que la caisse était fermée."), ("was_refused", "true")];
        let kept = app.post(&format!("{url}/draft")).signed_in(&me).htmx().form(&more).send().expect(200).html();
        let said = kept.text("#letter-errors");
        assert!(!said.contains("la cause") && said.contains("ce qui change"), "red words and list agree: {said}");
        // The browser loads the page again: nothing is sent again, and what was typed since is there.
        let page = app.get(&there).signed_in(&me).send().expect(200).html();
        assert!(page.text("#f-body").contains("la caisse était fermée"));
        let said = page.text("#letter-errors");
        assert!(!said.contains("Il manque la cause") && said.contains("ce qui change"), "{said}");
        let whole = [("subject", "Objet"), ("body", LETTER), ("was_refused", "true")];
        app.post(&format!("{url}/draft")).signed_in(&me).htmx().form(&whole).send().expect(200);
        let page = app.get(&there).signed_in(&me).send().expect(200).html();
        assert_eq!(page.text("#letter-errors"), "", "nothing is missing any more");
        let long = "a".repeat(20_000);
        let refused = app.post(&format!("{url}/reply")).signed_in(&me).form(&[("subject", "Objet"), ("body", long.as_str())]).send();
        assert!(refused.expect(422).html().text("#f-body").contains("aaaa"), "too long to be kept, but not lost");
    }

    fn the_next_case_comes_from_the_list_one_came_from(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let (site, by) = (kit.site("Nantes"), kit.adviser(&[]));
        let case = |kit: &Kit, n: usize| {
            let input = CaseInput { reach: format!("06 39 98 00 1{n}"), title: format!("Cas {n}"), site: site.to_string(), ..CaseInput::default() };
            kit.advance(SignedDuration::from_mins(10));
            act(kit, &kit.administrator(), move |tx, by| actions::create(tx, by, &input, Origin::Hand)).unwrap().id
        };
        let [told, mine, first, second, third] = [0, 1, 2, 3, 4].map(|n| case(kit, n));
        for id in [told, mine] {
            act(kit, &by, move |tx, by| actions::take(tx, by, id)).unwrap();
        }
        act(kit, &by, move |tx, by| actions::tell(tx, by, told, "phone", "Dit.")).unwrap();
        let next = |after: Id, view: View| {
            let (after, filter) = (get(kit, after), Filter { view, owner: by.user(), ..Filter::default() });
            kit.read(|tx| actions::next_after(tx, &by, &after, &filter)).map(|case| case.id)
        };
        assert_eq!(next(first, View::Free), Some(second));
        act(kit, &by, move |tx, by| actions::take(tx, by, first)).unwrap();
        assert_eq!(next(first, View::Free), Some(second), "also once it was taken");
        assert_eq!(next(third, View::Free), Some(second), "from the front again");
        assert_eq!(next(mine, View::Mine), Some(first), "what is due goes before what is only to be closed");
        for id in [second, third] {
            act(kit, &by, move |tx, by| actions::take(tx, by, id)).unwrap();
        }
        assert_eq!(next(third, View::Free), Some(mine), "then one's own");
        for id in [mine, first, second, third] {
            act(kit, &by, move |tx, by| actions::tell(tx, by, id, "phone", "Dit.")).unwrap();
        }
        assert!(next(third, View::Free).is_some(), "at last what is to be closed");
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[site]);
        let list = app.get("/cases?view=open&site=").signed_in(&me).send().expect(200).html();
        let href = list.attribute("tbody a.name", "href").unwrap();
        assert!(href.ends_with("?view=open"), "{href}");
        let page = app.get(&href).signed_in(&me).send().expect(200).html();
        assert!(page.attributes("a[data-shortcut='g n']", "href").iter().all(|href| href.ends_with("?view=open")));
        assert!(page.attributes("main form[method=post]", "action").iter().all(|action| action.ends_with("?view=open")));
    }
}
