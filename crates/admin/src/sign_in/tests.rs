//! Coming in.

use kernel::Id;
use kernel::identity::{Role, store as identity};
use kernel::secrets::{PasswordCost, hash_password};
use testkit::{Kit, TestApp};

use super::model::DemoPerson;
use super::rules::{check_password, destination, one_per_role};
use crate::shared::hash;
use crate::tests::{app, start};

const PASSWORD: &str = "la marée monte à cinq heures";

#[test]
fn a_password_is_judged_by_its_length_and_by_what_people_try_first() {
    let names = ["lise.armel@exemple.fr", "Lise Armel Durand", ""];
    let key =
        |password: &str| check_password("password", password, &names).map_err(|e| e.message.key.to_string());
    assert_eq!(key(PASSWORD), Ok(()));
    assert_eq!(key("douze lettre"), Ok(()));
    assert_eq!(key("onze lettre").unwrap_err(), "sign-in-password-short");
    assert_eq!(key("Mot de passe 123").unwrap_err(), "sign-in-password-common");
    assert_eq!(key("zzzzzzzzzzzzzz").unwrap_err(), "sign-in-password-common");
    assert_eq!(key("LISE ARMEL-DURAND").unwrap_err(), "sign-in-password-name");
    assert_eq!(key("Lise.Armel@exemple.fr").unwrap_err(), "sign-in-password-name");
    assert_eq!(key(&"a1".repeat(101)).unwrap_err(), "admin-error-too-long");
}

#[test]
fn every_common_password_is_one_the_length_alone_would_accept_and_is_written_bare() {
    for common in super::common_passwords::COMMON {
        assert!(common.len() >= super::rules::LEAST, "{common}");
        assert!(check_password("password", common, &[]).is_err(), "{common}");
    }
}

#[test]
fn after_coming_in_one_stays_in_the_house() {
    assert_eq!(destination("/customers?q=a"), "/customers?q=a");
    for elsewhere in [
        "",
        "https://exemple.fr",
        "//exemple.fr",
        "/\\exemple.fr",
        "/\t/exemple.fr",
        "/\r\n/exemple.fr",
        "/sign-out",
        "customers",
    ] {
        assert_eq!(destination(elsewhere), "/", "{elsewhere}");
    }
}

#[test]
fn the_demonstration_shows_each_person_once() {
    let person = |id: i64, role| DemoPerson { id: Id(id), name: String::new(), title: String::new(), role };
    let all = [
        person(1, Role::Administrator),
        person(1, Role::Adviser),
        person(2, Role::Adviser),
        person(3, Role::Adviser),
        person(4, Role::Director),
    ];
    let shown: Vec<i64> = one_per_role(&all).iter().map(|p| p.id.0).collect();
    assert_eq!(shown, [1, 4]);
}

fn colleague(kit: &Kit, role: Role) -> identity::User {
    let user = kit.person(role, &[]);
    let hash = hash_password(PASSWORD, PasswordCost::Least).unwrap();
    let id = user.id;
    kit.write(move |tx| identity::set_password(tx, id, &hash));
    user
}

fn try_in(app: &TestApp<'_>, email: &str, password: &str, address: &str) -> testkit::Answer {
    app.post("/sign-in")
        .from(address)
        .form(&[("email", email), ("password", password), ("next", "/account")])
        .send()
}

testkit::on_both! {
    with start;

    fn the_right_password_lets_in_and_leads_where_one_wanted(kit) {
        let app = app(kit);
        let user = colleague(kit, Role::Adviser);
        let answer = try_in(&app, &user.email.to_uppercase(), PASSWORD, "192.0.2.9").expect(303);
        assert_eq!(answer.header("location"), Some("/account"));
        let cookie = answer.header("set-cookie").unwrap_or_default();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        app.follow(&answer).expect(200);
        assert_eq!(kit.events("sign_in.done").len(), 1);
    }

    fn a_wrong_password_and_an_unknown_address_look_the_same(kit) {
        let app = app(kit);
        let user = colleague(kit, Role::Adviser);
        let wrong = try_in(&app, &user.email, "autre chose de long", "192.0.2.9").expect(422);
        let unknown = try_in(&app, "personne@exemple.fr", PASSWORD, "192.0.2.9").expect(422);
        assert_eq!(wrong.html().text("#e-email"), unknown.html().text("#e-email"));
        assert!(wrong.cookies().next().is_none() && unknown.cookies().next().is_none());
        let events = kit.events("sign_in.refused");
        assert_eq!([events[0].subject, events[1].subject], [user.id, Id(0)]);
    }

    fn somebody_disabled_is_refused_like_anybody(kit) {
        let app = app(kit);
        let user = colleague(kit, Role::Adviser);
        let id = user.id;
        kit.write(move |tx| {
            let user = identity::user(tx, id)?;
            identity::update_user(tx, &identity::User { disabled: true, ..user })
        });
        try_in(&app, &user.email, PASSWORD, "192.0.2.9").expect(422);
    }

    fn whoever_guesses_locks_out_only_themselves(kit) {
        let app = app(kit);
        let user = colleague(kit, Role::Adviser);
        for _ in 0..8 {
            try_in(&app, &user.email, "autre chose de long", "203.0.113.5").expect(422);
        }
        let refused = try_in(&app, &user.email, PASSWORD, "203.0.113.5").expect(429);
        assert!(refused.header("retry-after").is_some());
        try_in(&app, &user.email, PASSWORD, "192.0.2.9").expect(303);
        kit.advance(kernel::clock::SignedDuration::from_mins(16));
        try_in(&app, &user.email, PASSWORD, "203.0.113.5").expect(303);
    }

    fn those_who_come_in_do_not_use_up_the_attempts_of_their_office(kit) {
        let app = app(kit);
        let user = colleague(kit, Role::Adviser);
        for _ in 0..70 {
            try_in(&app, &user.email, PASSWORD, "192.0.2.9").expect(303);
        }
    }

    fn coming_in_ends_the_session_the_browser_held(kit) {
        let app = app(kit);
        let old = app.sign_in(Role::Adviser, &[]);
        let user = colleague(kit, Role::Manager);
        let form = [("email", user.email.as_str()), ("password", PASSWORD)];
        let answer = app.post("/sign-in").signed_in(&old).form(&form).send().expect(303);
        let (_, secret) = answer.cookies().next().unwrap();
        assert_ne!(secret, old.secret);
        let gone = hash(&old.secret);
        assert!(kit.read(|tx| identity::session(tx, &gone)).is_none());
    }

    fn leaving_ends_the_session_and_forgets_the_cookie(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let answer = app.post("/sign-out").signed_in(&me).form(&[]).send().expect(303);
        assert_eq!(answer.cookies().next(), Some(("bocal_session", "")));
        app.get("/account").signed_in(&me).send().expect(303);
    }

    fn a_session_in_use_keeps_its_cookie_alive(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        assert_eq!(app.get("/account").signed_in(&me).send().expect(200).cookies().count(), 0, "just begun");
        for _ in 0..3 {
            kit.advance(kernel::clock::SignedDuration::from_hours(10));
            let answer = app.get("/account").signed_in(&me).send().expect(200);
            assert_eq!(answer.cookies().next(), Some(("bocal_session", me.secret.as_str())));
        }
        kit.advance(kernel::clock::SignedDuration::from_hours(15));
        app.get("/account").signed_in(&me).send().expect(303);
    }

    fn an_unknown_address_is_told_in_the_language_of_whoever_is_signed_in(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let page = app.get("/nowhere").signed_in(&me).language("en").send().expect(404).html();
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("fr"));
        let stranger = app.get("/nowhere").language("en").send().expect(404).html();
        assert_eq!(stranger.attribute("html", "lang").as_deref(), Some("en"));
    }

    fn a_form_without_its_token_changes_nothing(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        app.post("/sign-out").signed_in(&me).form_without_token(&[]).send().expect(409);
        app.get("/account").signed_in(&me).send().expect(200);
    }

    fn one_click_is_for_demonstrations_only(kit) {
        let app = app(kit);
        let user = colleague(kit, Role::Administrator);
        let id = user.id.to_string();
        app.post("/sign-in/demonstration").form(&[("user", &id)]).send().expect(404);
        kit.write(|tx| tx.execute("UPDATE organisation SET demonstration = TRUE", &[]));
        let page = app.get("/sign-in").send().expect(200);
        assert_eq!(page.html().attribute(".demo-people button", "value"), Some(id.clone()));
        let answer = app.post("/sign-in/demonstration").form(&[("user", &id)]).send().expect(303);
        app.follow(&answer).expect(200);
        app.post("/sign-in/demonstration").form(&[("user", "42")]).send().expect(404);
    }
}
