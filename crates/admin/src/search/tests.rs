//! Finding.

use kernel::identity::{Permission, Role};
use web_kit::{Finder, Found};

use super::rules::{matches, question};
use crate::tests::{app, start};

#[test]
fn words_match_by_their_beginning_without_accents() {
    assert!(matches("Réglages de l’équipe", "equ REG"));
    assert!(matches("Jetons", ""));
    assert!(!matches("Réglages", "glages"));
    assert!(!matches("Réglages", "reg autre"));
}

#[test]
fn one_letter_is_no_question_for_the_rooms() {
    assert_eq!(question(" k "), None);
    assert_eq!(question(" ke\u{0}r ").as_deref(), Some("ker"));
    assert_eq!(question(&"x".repeat(5_000)).unwrap().len(), 200);
}

testkit::on_both! {
    with start;

    fn the_palette_offers_only_pages_one_may_open(kit) {
        let app = app(kit);
        let links = |role| app.get("/palette?q=reglages").htmx().signed_in_as(role, &[]).send().expect(200).html().attributes("[role=option]", "href");
        assert_eq!(links(Role::Administrator), ["/settings"]);
        assert!(links(Role::Adviser).is_empty());
    }

    fn the_search_page_says_when_nothing_matches_and_keeps_what_was_typed(kit) {
        let page = app(kit).get("/search?q=%3Cscript%3E").signed_in_as(Role::Adviser, &[]).send().expect(200);
        assert!(page.text().contains("&#60;script&#62;") || page.text().contains("&lt;script&gt;"));
        assert!(!page.text().contains("<script>"));
        assert_eq!(page.html().attribute("#find", "value").as_deref(), Some("<script>"));
    }

    fn rooms_are_asked_only_by_those_who_may(kit) {
        let finder = Finder {
            name: "search-go",
            permission: Permission::CustomersRead,
            find: |_, _, q| Ok(vec![Found { label: q.to_owned(), detail: String::new(), href: "/x".into(), icon: "user" }]),
            all: None,
        };
        let (adviser, analyst) = (kit.adviser(&[]), kit.analyst());
        let found = kit.read(|tx| crate::search::actions::find(tx, &adviser, &[finder], "ker"));
        assert_eq!(found[0].found[0].label, "ker");
        assert!(kit.read(|tx| crate::search::actions::find(tx, &analyst, &[finder], "ker")).is_empty());
    }
}
