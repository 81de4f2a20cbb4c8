//! The second factor.

use kernel::Instant;
use kernel::clock::SignedDuration;
use kernel::identity::{Role, store as identity};
use kernel::secrets::{PasswordCost, hash_password};
use testkit::{Answer, Kit, Session, TestApp};

use super::rules::{self, Typed, read};
use crate::tests::{app, start};

const PASSWORD: &str = "la marée monte à cinq heures";

#[test]
fn a_code_is_read_however_it_was_copied() {
    let code = |text: &str| read(text) == Some(Typed::Code("123456".into()));
    assert!(code("123456") && code(" 123 456 ") && code("123-456") && code("123\u{a0}456"));
    let recovery = Typed::Recovery("abcdefghjkmn2345".into());
    assert_eq!(read("ABCD-EFGH-JKMN-2345"), Some(recovery.clone()));
    assert_eq!(read(" abcd efgh jkmn 2345\n"), Some(recovery));
    for bad in ["", "12345", "1234567", "12345x", "٠١٢٣٤٥", "abcd-efgh-jkmn-234l", &"1".repeat(10_000)]
    {
        assert_eq!(read(bad), None, "{bad}");
    }
}

#[test]
fn the_codes_are_those_of_the_standard() {
    // RFC 6238, appendix B, SHA-1, last six digits.
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
        let at = Instant::from_micros(seconds * 1_000_000);
        assert_eq!(rules::code_at(secret, at), code);
        assert_eq!(rules::step_of(secret, code, at, 0).unwrap(), Some(seconds / 30));
        assert_eq!(rules::step_of(secret, code, at, seconds / 30).unwrap(), None, "it was used");
        let late = at.plus(SignedDuration::from_secs(61));
        assert_eq!(rules::step_of(secret, code, late, 0).unwrap(), None, "it is over");
    }
}

#[test]
fn an_application_can_read_the_address() {
    let address = rules::address("L’Épicerie : & Co", "lise@exemple.fr", "ABC");
    assert!(address.starts_with("otpauth://totp/Bocal%20L%E2%80%99"), "{address}");
    assert!(address.contains(":lise%40exemple.fr?secret=ABC&issuer=") && !address.contains(' '), "{address}");
}

fn set_password(kit: &Kit, me: &Session) {
    let (id, hash) = (me.user.id, hash_password(PASSWORD, PasswordCost::Least).unwrap());
    kit.write(move |tx| identity::set_password(tx, id, &hash));
}

fn secret_of(kit: &Kit, me: &Session) -> String {
    let id = me.user.id;
    kit.read(move |tx| {
        tx.query_one("SELECT secret FROM second_factors WHERE user_id = $1", &[&id], |row| row.get(0))
    })
}

/// Sets a factor up and returns its secret and the recovery codes.
fn set_up(kit: &Kit, app: &TestApp<'_>, me: &Session) -> (String, Vec<String>) {
    set_password(kit, me);
    let begin = [("current", PASSWORD)];
    app.post("/account/second-factor").signed_in(me).form(&begin).send().expect(303);
    let secret = secret_of(kit, me);
    let page = app.get("/account/second-factor").signed_in(me).send().expect(200).html();
    assert_eq!(page.text("#secret").replace(' ', ""), secret);
    assert!(
        page.has(".qr svg") && page.attribute("#f-code", "autocomplete").as_deref() == Some("one-time-code")
    );
    let code = rules::code_at(&secret, kit.now());
    let confirm = app.post("/account/second-factor/confirmation").signed_in(me).form(&[("code", &code)]);
    let codes = confirm.send().expect(200).html().text("#codes");
    kit.advance(SignedDuration::from_secs(60));
    (secret, codes.split_whitespace().map(str::to_owned).collect())
}

/// These roles must have a factor from now on.
fn require(kit: &Kit, roles: &'static [&'static str]) {
    kit.write(move |tx| {
        let roles = roles.iter().map(|role| role.parse()).collect::<kernel::Result<Vec<_>>>()?;
        kernel::organisation::store::set_factor_roles(tx, &roles)
    });
}

fn with_password(app: &TestApp<'_>, me: &Session, address: &str) -> Answer {
    let form = [("email", me.user.email.as_str()), ("password", PASSWORD), ("next", "/account")];
    app.post("/sign-in").from(address).form(&form).send()
}

/// Types a code after the password was right.
fn with_code(app: &TestApp<'_>, asked: &Answer, code: &str, address: &str) -> Answer {
    let mut request = app.post("/sign-in/code").from(address);
    for (name, value) in asked.cookies() {
        request = request.cookie(name, value);
    }
    request.form(&[("code", code), ("next", "/account")]).send()
}

fn cookie_names(answer: &Answer) -> Vec<&str> {
    answer.cookies().filter(|(_, value)| !value.is_empty()).map(|(name, _)| name).collect()
}

testkit::on_both! {
    with start;

    fn once_it_is_set_up_a_code_is_asked_after_the_password(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let elsewhere = app.session_of(me.user.clone());
        let (secret, codes) = set_up(kit, &app, &me);
        assert_eq!(codes.len(), rules::RECOVERY_CODES);
        app.get("/account").signed_in(&elsewhere).send().expect(303);
        let asked = with_password(&app, &me, "192.0.2.9").expect(303);
        assert!(asked.header("location").is_some_and(|to| to.starts_with("/sign-in/code")));
        assert_eq!(cookie_names(&asked), ["bocal_code"], "no session yet");
        let page = app.follow(&asked).expect(200).html();
        assert_eq!(page.attribute("#f-code", "autocomplete").as_deref(), Some("one-time-code"));
        let challenge = asked.cookies().next().unwrap().1;
        app.get("/account").cookie("bocal_session", challenge).send().expect(303);
        with_code(&app, &asked, "000000", "192.0.2.9").expect(422);
        let code = rules::code_at(&secret, kit.now());
        let entered = with_code(&app, &asked, &format!("{} {}", &code[..3], &code[3..]), "192.0.2.9").expect(303);
        assert_eq!((entered.header("location"), cookie_names(&entered)), (Some("/account"), vec!["bocal_session"]));
        assert!(entered.cookies().all(|(_, value)| value != challenge), "another secret");
        app.follow(&entered).expect(200);
    }

    fn a_code_works_once_and_so_does_a_question(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let (secret, _) = set_up(kit, &app, &me);
        let (one, two) = (with_password(&app, &me, "192.0.2.9"), with_password(&app, &me, "192.0.2.10"));
        let code = rules::code_at(&secret, kit.now());
        with_code(&app, &one, &code, "192.0.2.9").expect(303);
        // The other question ended with the first one answered.
        let again = with_code(&app, &two, &code, "192.0.2.10").expect(303);
        assert!(again.header("location").is_some_and(|to| to.starts_with("/sign-in?")), "{again}");
        let three = with_password(&app, &me, "192.0.2.10");
        with_code(&app, &three, &code, "192.0.2.10").expect(422);
        kit.advance(SignedDuration::from_secs(30));
        with_code(&app, &three, &code, "192.0.2.10").expect(422);
        let next = rules::code_at(&secret, kit.now());
        with_code(&app, &three, &next, "192.0.2.10").expect(303);
        with_code(&app, &three, &next, "192.0.2.10").expect(303).header("location").filter(|to| to.starts_with("/sign-in?")).unwrap();
    }

    fn a_recovery_code_works_once(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let (_, codes) = set_up(kit, &app, &me);
        let asked = with_password(&app, &me, "192.0.2.9");
        let entered = with_code(&app, &asked, &codes[3].to_uppercase(), "192.0.2.9").expect(303);
        app.follow(&entered).expect(200);
        let asked = with_password(&app, &me, "192.0.2.9");
        with_code(&app, &asked, &codes[3], "192.0.2.9").expect(422);
        with_code(&app, &asked, &codes[4], "192.0.2.9").expect(303);
        assert_eq!(kit.events("colleague.recovery_code_used").len(), 2);
        let stored: Vec<String> = kit.read(|tx| tx.query("SELECT code_hash FROM recovery_codes", &[], |row| row.get(0)));
        assert!(stored.iter().all(|hash| hash.len() == 64) && stored.len() == rules::RECOVERY_CODES);
    }

    fn whoever_knows_the_password_cannot_try_codes_for_ever(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let (secret, _) = set_up(kit, &app, &me);
        // From one network: attempts at passwords and codes are counted together, and a right password frees none.
        let mut refused = 0;
        for _ in 0..10 {
            let asked = with_password(&app, &me, "203.0.113.5");
            if asked.status == 429 || with_code(&app, &asked, "000000", "203.0.113.5").status == 429 {
                refused += 1;
            }
        }
        assert_eq!(refused, 6, "four passwords and four codes were looked at");
        // From many networks: the person is protected, and the right code is refused as well.
        for n in 1..=30 {
            let address = format!("198.51.100.{n}");
            let asked = with_password(&app, &me, &address);
            with_code(&app, &asked, "000000", &address);
        }
        let asked = with_password(&app, &me, "192.0.2.9").expect(303);
        with_code(&app, &asked, &rules::code_at(&secret, kit.now()), "192.0.2.9").expect(429);
        kit.advance(SignedDuration::from_mins(61));
        let asked = with_password(&app, &me, "192.0.2.9").expect(303);
        with_code(&app, &asked, &rules::code_at(&secret, kit.now()), "192.0.2.9").expect(303);
    }

    fn a_question_runs_out_and_none_opens_the_page(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let (secret, _) = set_up(kit, &app, &me);
        app.get("/sign-in/code").send().expect(303);
        app.post("/sign-in/code").form(&[("code", "123456")]).send().expect(303);
        let asked = with_password(&app, &me, "192.0.2.9");
        kit.advance(SignedDuration::from_mins(11));
        let late = with_code(&app, &asked, &rules::code_at(&secret, kit.now()), "192.0.2.9").expect(303);
        assert!(late.header("location").is_some_and(|to| to.starts_with("/sign-in?")));
        assert!(cookie_names(&late).is_empty());
    }

    fn nothing_is_asked_before_the_factor_is_confirmed(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        set_password(kit, &me);
        app.post("/account/second-factor").signed_in(&me).form(&[("current", "autre chose")]).send().expect(422);
        app.post("/account/second-factor").signed_in(&me).form(&[("current", PASSWORD)]).send().expect(303);
        app.post("/account/second-factor/confirmation").signed_in(&me).form(&[("code", "000000")]).send().expect(422);
        let entered = with_password(&app, &me, "192.0.2.9").expect(303);
        assert_eq!(cookie_names(&entered), ["bocal_session"]);
    }

    fn one_renews_codes_and_removes_the_factor_with_the_password(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let (_, old) = set_up(kit, &app, &me);
        let post = |path: &str, password: &str| app.post(path).signed_in(&me).form(&[("current", password)]).send();
        post("/account/second-factor/recovery-codes", "autre chose").expect(422);
        let page = post("/account/second-factor/recovery-codes", PASSWORD).expect(200).html();
        assert!(!page.text("#codes").contains(&old[0]));
        app.post("/account/second-factor").signed_in(&me).form(&[("current", PASSWORD)]).send().expect(409);
        post("/account/second-factor/removal", "autre chose").expect(422);
        post("/account/second-factor/removal", PASSWORD).expect(303);
        assert_eq!(cookie_names(&with_password(&app, &me, "192.0.2.9")), ["bocal_session"]);
        assert_eq!(kit.events("colleague.second_factor_removed").len(), 1);
    }

    fn an_administrator_removes_the_factor_of_a_colleague_and_it_is_recorded(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        set_up(kit, &app, &me);
        let path = format!("/people/{}/second-factor-removal", me.user.id);
        app.post(&path).signed_in(&me).form(&[]).send().expect(403);
        let boss = app.sign_in(Role::Administrator, &[]);
        let page = app.get(&format!("/people/{}", me.user.id)).signed_in(&boss).send().expect(200);
        assert!(page.html().has(&format!("form[action='{path}']")));
        app.post(&path).signed_in(&boss).form(&[]).send().expect(303);
        let events = kit.events("colleague.second_factor_removed");
        assert_eq!((events[0].actor_id, events[0].subject), (Some(boss.user.id), me.user.id));
        assert_eq!(cookie_names(&with_password(&app, &me, "192.0.2.9")), ["bocal_session"]);
    }

    fn a_new_link_does_not_go_around_the_factor(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let (secret, _) = set_up(kit, &app, &me);
        let (by, id) = (kit.administrator(), me.user.id);
        kit.write(move |tx| crate::people::actions::reinvite(tx, &by, id, &crate::shared::hash("secret")));
        let asked = app.post("/join/secret").form(&[("password", "un mot de passe à soi")]).send().expect(303);
        assert_eq!(cookie_names(&asked), ["bocal_code"]);
        let code = rules::code_at(&secret, kit.now());
        app.follow(&with_code(&app, &asked, &code, "192.0.2.9")).expect(200);
    }

    fn whose_role_must_have_a_factor_sets_it_up_before_anything_else(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        let other = app.sign_in(Role::Analyst, &[]);
        require(kit, &["adviser"]);
        for page in ["/", "/account", "/search?q=x"] {
            let led = app.get(page).signed_in(&me).send().expect(303);
            assert_eq!(led.header("location"), Some("/account/second-factor"), "{page}");
            assert_ne!(app.get(page).signed_in(&other).send().header("location"), Some("/account/second-factor"));
        }
        app.get("/").signed_in(&me).htmx().send().expect(403);
        app.post("/account/password").signed_in(&me).form(&[("current", "x")]).send().expect(403);
        app.post("/account/language").signed_in(&me).form(&[("locale", "fr")]).send().expect(303);
        set_password(kit, &me);
        let page = app.get("/account/second-factor").signed_in(&me).send().expect(200).html();
        assert!(page.has(".notice--soon") && !page.has(".loop li") && page.has("form[action='/account/second-factor']"));
        let (secret, _) = set_up(kit, &app, &me);
        app.get("/account").signed_in(&me).send().expect(200);
        let asked = with_password(&app, &me, "192.0.2.9").expect(303);
        app.follow(&with_code(&app, &asked, &rules::code_at(&secret, kit.now()), "192.0.2.9")).expect(200);
    }

    fn a_password_alone_leads_only_to_setting_the_factor_up_and_a_reset_leads_there_again(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        set_up(kit, &app, &me);
        require(kit, &["adviser"]);
        let boss = app.sign_in(Role::Administrator, &[]);
        app.post(&format!("/people/{}/second-factor-removal", me.user.id)).signed_in(&boss).form(&[]).send().expect(303);
        let entered = with_password(&app, &me, "192.0.2.9").expect(303);
        let led = app.follow(&entered).expect(303);
        assert_eq!(led.header("location"), Some("/account/second-factor"));
        app.post("/sign-out").signed_in(&me).form(&[]).send().expect(303);
    }

    fn who_removes_a_factor_their_role_must_have_is_led_to_another(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[]);
        set_up(kit, &app, &me);
        require(kit, &["adviser"]);
        let gone = app.post("/account/second-factor/removal").signed_in(&me).form(&[("current", PASSWORD)]).send().expect(303);
        assert!(app.follow(&gone).expect(200).html().has(".notice--soon"));
        app.get("/account").signed_in(&me).send().expect(303);
    }

    fn tokens_of_programs_are_left_alone(kit) {
        let app = app(kit);
        let token = app.token(&[kernel::identity::Permission::PeopleManage], None);
        require(kit, &["administrator", "adviser"]);
        app.get("/api/v1/colleagues").bearer(&token).send().expect(200);
    }

    fn an_administrator_asks_of_their_own_role_only_what_they_have(kit) {
        let app = app(kit);
        let boss = app.sign_in(Role::Administrator, &[]);
        let send = |version: &str, roles: &[&str]| {
            let mut form = vec![
                ("name", "Maison"), ("regime", "france"), ("zone", "Europe/Paris"), ("currency", "EUR"), ("locale", "fr"),
                ("monday", "8:00-12:00"), ("version", version),
            ];
            form.extend(roles.iter().map(|role| ("factor_roles", *role)));
            app.post("/settings").signed_in(&boss).form(&form).send()
        };
        let page = send("1", &["administrator"]).expect(422).html();
        assert!(page.has("#e-factor_roles") && page.has("input[name=factor_roles][value=administrator][checked]"));
        send("1", &["adviser", "king"]).expect(422);
        send("1", &["adviser"]).expect(303);
        app.get("/settings").signed_in(&boss).send().expect(200);
        set_up(kit, &app, &boss);
        send("2", &["administrator", "adviser"]).expect(303);
        let page = app.get("/settings").signed_in(&boss).send().expect(200).html();
        assert_eq!(page.count("input[name=factor_roles][checked]"), 2);
        let stale = send("2", &[]).expect(422).html();
        assert!(stale.text(".versions").contains("second facteur"), "who asked for it is not overruled unseen");
        let event = kit.events("organisation.changed").pop().unwrap();
        assert_eq!(event.after.unwrap()["factor_roles"], serde_json::json!(["adviser", "administrator"]));
    }

    fn in_a_demonstration_no_role_must_have_a_factor(kit) {
        kit.write(|tx| tx.execute("UPDATE organisation SET demonstration = TRUE", &[]));
        let app = app(kit);
        let form = [
            ("name", "Maison"), ("regime", "france"), ("zone", "Europe/Paris"), ("currency", "EUR"), ("locale", "fr"),
            ("version", "1"), ("factor_roles", "adviser"),
        ];
        app.post("/settings").signed_in_as(Role::Administrator, &[]).form(&form).send().expect(422);
    }
}
