//! The first start.

use kernel::clock::Regime;
use kernel::organisation::store as organisations;

use super::rules::{check, usual_hours, usual_zone};
use super::{SetUpForm, actions};
use crate::tests::{app, start_empty};

fn form() -> SetUpForm {
    SetUpForm {
        organisation: "Coopérative des Quatre Rives".into(),
        site: "Le Port".into(),
        regime: "france".into(),
        zone: String::new(),
        currency: "EUR".into(),
        locale: "fr".into(),
        person: "Sophie Tanguy".into(),
        email: "Sophie.Tanguy@Exemple.fr".into(),
        password: "la marée monte à cinq heures".into(),
    }
}

fn fields(form: &SetUpForm) -> Vec<(&str, &str)> {
    vec![
        ("organisation", &form.organisation),
        ("site", &form.site),
        ("regime", &form.regime),
        ("zone", &form.zone),
        ("currency", &form.currency),
        ("locale", &form.locale),
        ("person", &form.person),
        ("email", &form.email),
        ("password", &form.password),
    ]
}

#[test]
fn every_calendar_has_a_usual_zone_that_exists() {
    for regime in Regime::ALL {
        assert!(usual_zone(regime).parse::<kernel::clock::Zone>().is_ok(), "{regime}");
    }
    assert_eq!(usual_hours().unwrap().on(kernel::clock::Weekday::Monday).len(), 2);
}

#[test]
fn an_empty_zone_is_the_one_of_the_country() {
    let input = check(&SetUpForm { regime: "quebec-good-friday".into(), ..form() }).unwrap();
    assert_eq!(input.zone.name(), "America/Toronto");
    assert_eq!(input.email, "sophie.tanguy@exemple.fr");
}

#[test]
fn everything_wrong_is_said_at_once() {
    let Err(kernel::Error::Invalid(errors)) = check(&SetUpForm::default()) else { unreachable!() };
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_ref()).collect();
    for field in ["organisation", "regime", "zone", "currency", "locale", "person", "email", "password"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
}

testkit::on_both! {
    with start_empty;

    fn the_link_creates_the_organisation_once_and_signs_in(kit) {
        let app = app(kit);
        let link = kit.write(actions::make_link);
        let page = app.get(&link).language("en").send().expect(200);
        assert_eq!(page.html().text("h1"), "Set up Bocal");
        let refused = app.post(&link).form(&fields(&SetUpForm { person: String::new(), ..form() })).send();
        assert!(refused.expect(422).html().has("#e-person"));
        let made = app.post(&link).form(&fields(&form())).send().expect(303);
        assert_eq!(made.header("location"), Some("/"));
        app.follow(&made).expect(200);
        let organisation = kit.read(organisations::get);
        assert_eq!(organisation.name, "Coopérative des Quatre Rives");
        assert_eq!(organisation.zone.name(), "Europe/Paris");
        assert_eq!(kit.read(organisations::sites)[0].code, "LE-PORT");
        assert_eq!(kit.events("organisation.created").len(), 1);
        app.get(&link).send().expect(410);
        app.post(&link).form(&fields(&form())).send().expect(410);
        assert!(kit.try_write(actions::make_link).is_err());
    }

    fn a_forged_or_older_link_leads_nowhere(kit) {
        let app = app(kit);
        let old = kit.write(actions::make_link);
        kit.write(actions::make_link);
        app.get(&old).send().expect(410);
        app.post("/set-up/abc").form(&fields(&form())).send().expect(410);
        assert!(kit.read(organisations::find).is_none());
    }

    fn before_set_up_the_door_says_where_the_link_is(kit) {
        let page = app(kit).get("/sign-in").send().expect(200);
        assert!(!page.html().has("form"));
    }
}
