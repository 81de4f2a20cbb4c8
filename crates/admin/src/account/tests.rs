//! One's own account.

use kernel::identity::{Role, store as identity};
use kernel::secrets::{PasswordCost, hash_password};

use super::rules::{back, browser, theme};
use crate::tests::{app, start};

#[test]
fn one_goes_back_to_the_page_the_form_was_on_but_never_elsewhere() {
    let from = |referer: &str| {
        let mut headers = http::HeaderMap::new();
        headers.insert("referer", referer.parse().unwrap());
        back(&headers)
    };
    assert_eq!(from("https://bocal.test/customers?q=a"), "/customers?q=a");
    assert_eq!(from("https://bocal.test//elsewhere"), "/account");
    assert_eq!(from("nonsense "), "/account");
    assert_eq!(back(&http::HeaderMap::new()), "/account");
}

#[test]
fn browsers_have_names_people_know() {
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
    assert_eq!(browser(agent), "Firefox, Linux");
    assert_eq!(browser("testkit"), "");
    assert!(theme("dark").is_ok() && theme("neon").is_err());
}

testkit::on_both! {
    with start;

    fn a_new_password_asks_for_the_present_one_and_closes_other_sessions(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let elsewhere = app.session_of(me.user.clone());
        let (id, hash) = (me.user.id, hash_password("la marée monte à cinq heures", PasswordCost::Least).unwrap());
        kit.write(move |tx| identity::set_password(tx, id, &hash));
        let post = |current: &str, new: &str| {
            app.post("/account/password").signed_in(&me).form(&[("current", current), ("password", new)]).send()
        };
        assert!(post("autre", "une phrase à moi seule").expect(422).html().has("#e-current"));
        assert!(post("la marée monte à cinq heures", "court").expect(422).html().has("#e-password"));
        post("la marée monte à cinq heures", "une phrase à moi seule").expect(303);
        app.get("/account").signed_in(&elsewhere).send().expect(303);
        app.get("/account").signed_in(&me).send().expect(200);
    }

    fn sessions_are_closed_one_by_one_or_together_and_never_somebody_elses(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let (one, two) = (app.session_of(me.user.clone()), app.session_of(me.user.clone()));
        let page = app.get("/account").signed_in(&me).send().expect(200).html();
        assert_eq!(page.count("form[action^='/account/sessions/']"), 2);
        let other = app.sign_in(Role::Adviser, &[]);
        let theirs = kit.read(|tx| identity::sessions(tx, other.user.id))[0].id;
        app.post(&format!("/account/sessions/{theirs}/end")).signed_in(&me).form(&[]).send().expect(404);
        app.post("/account/other-sessions/end").signed_in(&me).form(&[]).send().expect(303);
        for gone in [one, two] {
            app.get("/account").signed_in(&gone).send().expect(303);
        }
        app.get("/account").signed_in(&other).send().expect(200);
    }

    fn language_and_appearance_hold_from_the_next_page(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let changed = app.post("/account/language").signed_in(&me).header("referer", "http://bocal.test/search?q=a").form(&[("locale", "en")]).send().expect(303);
        assert_eq!(changed.header("location"), Some("/search?q=a"));
        app.post("/account/theme").signed_in(&me).form(&[("theme", "dark")]).send().expect(303);
        let page = app.get("/account").signed_in(&me).send().expect(200).html();
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("en"));
        assert_eq!(page.attribute("html", "data-theme").as_deref(), Some("dark"));
        app.post("/account/theme").signed_in(&me).form(&[("theme", "neon")]).send().expect(422);
    }

    fn ones_name_is_changed_against_the_version_seen(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let post = |name: &str| app.post("/account").signed_in(&me).form(&[("name", name), ("title", ""), ("version", "1")]).send();
        post("Lise Armel").expect(303);
        let page = post("Lise Durand").expect(422).html();
        assert_eq!(page.text(".versions ins"), "Lise Armel");
        post("").expect(422);
    }
}
