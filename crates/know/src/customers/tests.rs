//! The room through its actions, on both databases.

use kernel::identity::Actor;
use kernel::{Day, Error, Id};
use proptest::prelude::*;
use testkit::Kit;

use super::actions;
use super::model::{Count, Customer, CustomerInput, ListQuery, Sort};
use super::rules;

fn start(engine: testkit::Engine) -> Kit {
    Kit::new(engine, &[kernel::MIGRATIONS, crate::MIGRATIONS])
}

fn person(given: &str, family: &str) -> CustomerInput {
    CustomerInput { given_name: given.into(), family_name: family.into(), ..CustomerInput::default() }
}

fn add(kit: &Kit, by: &Actor, input: CustomerInput) -> Customer {
    let by = by.clone();
    kit.write(move |tx| actions::create(tx, &by, &input))
}

fn names(found: &[Customer]) -> Vec<String> {
    found.iter().map(|c| c.details.name()).collect()
}

fn find(kit: &Kit, by: &Actor, query: &str) -> Vec<String> {
    names(&kit.read(|tx| actions::find(tx, by, query, 10)))
}

testkit::on_both! {
    with start;

    fn a_customer_is_found_by_any_word_without_accents_or_capitals(kit) {
        let by = kit.administrator();
        add(kit, &by, CustomerInput {
            email: "helene.guezennec@exemple.fr".into(),
            mobile: "06 39 98 41 12".into(),
            external_number: "C-10488".into(),
            ..person("Hélène", "Guézennec")
        });
        add(kit, &by, person("Paul", "Morvan"));
        for query in ["HELENE", "guezen", "Guézennec hel", "exemple.fr guez", "0639984112", "06.39.98", "c-10488"] {
            assert_eq!(find(kit, &by, query), ["Hélène Guézennec"], "{query}");
        }
        assert!(find(kit, &by, "gu").len() == 1, "two letters find the beginnings of names");
        assert!(find(kit, &by, "100%_").is_empty());
        assert!(find(kit, &by, "").is_empty());
    }

    fn a_changed_name_is_found_and_the_former_one_is_not(kit) {
        let by = kit.administrator();
        let customer = add(kit, &by, person("Awa", "Diatta"));
        let after = CustomerInput { family_name: "Kerbrat".into(), ..rules::to_input(&customer) };
        let actor = by.clone();
        kit.write(move |tx| actions::update(tx, &actor, customer.id, 1, &after));
        assert_eq!(find(kit, &by, "kerbrat"), ["Awa Kerbrat"]);
        assert!(find(kit, &by, "diatta").is_empty());
    }

    fn an_adviser_neither_finds_nor_reads_nor_changes_a_customer_of_another_site(kit) {
        let (mine, theirs) = (kit.site("Nord"), kit.site("Sud"));
        let admin = kit.administrator();
        let other = add(kit, &admin, CustomerInput { site: theirs.to_string(), ..person("Rémi", "Castaing") });
        add(kit, &admin, CustomerInput { site: mine.to_string(), ..person("Rémi", "Castellan") });
        let adviser = kit.adviser(&[mine]);
        assert_eq!(find(kit, &adviser, "rémi cas"), ["Rémi Castellan"]);
        let (by, id) = (adviser.clone(), other.id);
        assert!(matches!(kit.try_write(move |tx| actions::read(tx, &by, id)), Err(Error::NotFound)));
        let (by, input) = (adviser.clone(), rules::to_input(&other));
        let outcome = kit.try_write(move |tx| actions::update(tx, &by, id, 1, &input));
        assert!(matches!(outcome, Err(Error::NotFound)));
        let listing = kit.read(|tx| actions::list(tx, &adviser, &ListQuery::default(), 10));
        assert_eq!((listing.rows.len(), listing.total), (1, Count::Exactly(1)));
    }

    fn an_adviser_cannot_give_a_customer_to_a_site_out_of_reach(kit) {
        let (mine, theirs) = (kit.site("Nord"), kit.site("Sud"));
        let adviser = kit.adviser(&[mine]);
        let input = CustomerInput { site: theirs.to_string(), ..person("Solène", "Pradier") };
        let outcome = kit.try_write(move |tx| actions::create(tx, &adviser, &input));
        assert!(matches!(outcome, Err(Error::Invalid(errors)) if errors[0].field == "site"));
    }

    fn a_second_customer_with_the_same_number_is_refused_at_its_field_and_nothing_is_written(kit) {
        let by = kit.administrator();
        let input = CustomerInput { external_number: "7".into(), ..person("Inès", "Benhaddou") };
        add(kit, &by, input.clone());
        let actor = by.clone();
        let outcome = kit.try_write(move |tx| actions::create(tx, &actor, &input));
        assert!(matches!(outcome, Err(Error::Invalid(errors)) if errors[0].field == "external_number"));
        assert_eq!(kit.events("customer.created").len(), 1);
        assert_eq!(find(kit, &by, "benhaddou").len(), 1);
    }

    fn two_people_editing_at_once_lose_nothing(kit) {
        let by = kit.administrator();
        let customer = add(kit, &by, person("Théophile", "Vasseur"));
        let first = CustomerInput { city: "Aubrin".into(), ..rules::to_input(&customer) };
        let second = CustomerInput { city: "Valcendre".into(), ..rules::to_input(&customer) };
        let actor = by.clone();
        kit.write(move |tx| actions::update(tx, &actor, customer.id, 1, &first));
        let actor = by.clone();
        let outcome = kit.try_write(move |tx| actions::update(tx, &actor, customer.id, 1, &second));
        assert!(matches!(outcome, Err(Error::Stale(2))));
        let id = customer.id;
        assert_eq!(kit.read(|tx| actions::read(tx, &by, id)).details.city, "Aubrin");
    }

    fn saving_without_a_change_writes_no_event(kit) {
        let by = kit.administrator();
        let customer = add(kit, &by, person("Awa", "Diatta"));
        let same = rules::to_input(&customer);
        let after = kit.write(move |tx| actions::update(tx, &by, customer.id, 1, &same));
        assert_eq!(after.version, 1);
        assert!(kit.events("customer.changed").is_empty());
    }

    fn paging_forward_then_back_shows_every_customer_once_in_every_sort(kit) {
        let by = kit.administrator();
        for n in 0..23 {
            // Equal names and towns: the identifier must break ties.
            let input = CustomerInput { city: format!("Ville {}", n % 2), ..person("Jean", &format!("Nom {}", n % 5)) };
            add(kit, &by, input);
        }
        for sort in [Sort::Name, Sort::Contact, Sort::City, Sort::Created] {
            for desc in [false, true] {
                let mut seen: Vec<Id> = Vec::new();
                let mut query = ListQuery { sort, desc, ..ListQuery::default() };
                loop {
                    let page = kit.read(|tx| actions::list(tx, &by, &query, 5));
                    seen.extend(page.rows.iter().map(|c| c.id));
                    if !page.has_next { break }
                    query.after = page.rows.last().unwrap().id.to_string();
                }
                let mut once = seen.clone();
                once.sort_unstable();
                once.dedup();
                assert_eq!((seen.len(), once.len()), (23, 23), "{sort:?} {desc}");
                let back = ListQuery { before: seen[10].to_string(), after: String::new(), ..query.clone() };
                let page = kit.read(|tx| actions::list(tx, &by, &back, 5));
                assert_eq!(page.rows.iter().map(|c| c.id).collect::<Vec<_>>(), seen[5..10]);
            }
        }
    }

    fn a_role_without_the_permission_is_refused(kit) {
        let by = kit.analyst();
        let outcome = kit.try_write(move |tx| actions::list(tx, &by, &ListQuery::default(), 5).map(|_| ()));
        assert!(matches!(outcome, Err(Error::Denied("customers.read"))));
    }
}

fn today() -> Day {
    Day::from_ymd(2026, 11, 22).unwrap()
}

fn wrong_fields(input: &CustomerInput) -> Vec<String> {
    match rules::check(input, today()) {
        Err(Error::Invalid(errors)) => errors.iter().map(|e| e.field.to_string()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let input = CustomerInput {
        email: "contact.trois-sources@".into(),
        phone: "appeler le matin".into(),
        birth_date: "2027-01-01".into(),
        country: "FRA".into(),
        kind: "animal".into(),
        ..CustomerInput::default()
    };
    let mut fields = wrong_fields(&input);
    fields.sort();
    assert_eq!(fields, ["birth_date", "country", "email", "family_name", "kind", "phone"]);
}

#[test]
fn the_twenty_ninth_of_february_exists_only_in_leap_years() {
    let born = |day: &str| CustomerInput { birth_date: day.into(), ..person("A", "B") };
    assert!(wrong_fields(&born("1988-02-29")).is_empty());
    assert_eq!(wrong_fields(&born("1989-02-29")), ["birth_date"]);
}

#[test]
fn two_spellings_of_one_number_share_their_key() {
    let key = |phone: &str| rules::phone_key(phone, "FR");
    assert_eq!(key("02 61 91 24 07"), "33261912407");
    assert_eq!(key("+33 (0)2 61 91 24 07"), key("02.61.91.24.07"));
    assert_eq!(key("0033261912407"), key("0261912407"));
    assert_ne!(key("0261912407"), key("0261912408"));
    assert_eq!(rules::phone_key("514 555 0199", "CA"), rules::phone_key("+1 514-555-0199", "CA"));
}

#[test]
fn a_cell_that_begins_like_a_formula_is_made_harmless_and_a_number_is_left_alone() {
    let cell = |text: &str| rules::harmless_cell(text.to_owned());
    assert_eq!(cell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
    assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
    assert_eq!(cell("-2+3+cmd"), "'-2+3+cmd");
    assert_eq!(cell("+33 2 61 91 24 07"), "+33 2 61 91 24 07");
    assert_eq!(cell("-12,5"), "-12,5");
    assert_eq!(cell("Kervella"), "Kervella");
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing_more(text in ".{0,60}") {
        let once = rules::fold(&text);
        prop_assert_eq!(rules::fold(&once), once);
    }

    #[test]
    fn any_input_is_either_accepted_or_refused_with_fields(given in ".{0,30}", email in ".{0,30}", phone in ".{0,20}", birth in ".{0,12}") {
        let input = CustomerInput { given_name: given, email, phone, birth_date: birth, ..CustomerInput::default() };
        match rules::check(&input, today()) {
            Ok(details) => prop_assert!(!details.name().is_empty()),
            Err(Error::Invalid(errors)) => prop_assert!(!errors.is_empty()),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
