//! Saying no with one press.

use kernel::Id;
use kernel::identity::Actor;
use kernel::mail::{Outcome, State, store};
use know::consent::Purpose;
use testkit::{Kit, TestApp};

use crate::answering::tests::customer;
use crate::invitations::actions;
use crate::surveys::model::Template;
use crate::surveys::tests::{new_survey, parts, published, start};

fn decisions(kit: &Kit, who: Id) -> Vec<(bool, String)> {
    let history = kit.read(|tx| know::consent::store::history(tx, who));
    history.into_iter().filter(|d| d.purpose == Purpose::Survey).map(|d| (d.granted, d.source)).collect()
}

testkit::on_both! {
    with start;

    fn looking_changes_nothing_and_one_press_is_enough(kit) {
        let app = TestApp::new(kit, parts());
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Nps));
        let who = customer(kit, "C1", None);
        crate::invitations::tests::with_address(kit, who, "awa@exemple.fr");
        let id = survey.id;
        let invitation = kit.write(move |tx| actions::invite_by_mail(tx, &Actor::system("test"), id, who));
        let mail = kit.read(move |tx| store::by_key(tx, &format!("survey-invitation:{}", invitation.id))).unwrap();
        let path = mail.unsubscribe.clone().unwrap();
        let events = kit.events("").len();
        for _ in 0..3 {
            let page = app.get(&path).send().expect(200).html();
            assert!(page.has("form[method=post] button"));
            app.request(http::Method::HEAD, &path).send();
        }
        assert_eq!((kit.events("").len(), decisions(kit, who).len()), (events, 0));
        for _ in 0..2 {
            // As a mail program does it: no cookie, no token, its own body.
            let done = app.post(&path).form(&[("List-Unsubscribe", "One-Click")]).send().expect(200);
            assert!(!done.html().has("form"));
        }
        let [(granted, source)] = decisions(kit, who).try_into().unwrap();
        assert!(!granted && source.contains("désinscription"), "{source}");
        let told = kit.events("consent.decided").pop().unwrap();
        assert_eq!(told.actor_kind, "public");
        let mail = kit.read(|tx| store::get(tx, mail.id));
        assert_eq!((mail.state, mail.outcome), (State::Settled, Some(Outcome::Withdrawn)), "what waited is taken back");
        let again = kit.try_write(move |tx| actions::invite(tx, &Actor::system("test"), id, who));
        assert!(again.is_err());
        app.get(&format!("{path}x")).send().expect(404);
        app.post("/u/1-x").form(&[]).send().expect(404);
    }
}
