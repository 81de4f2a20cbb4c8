//! The ledger in words.

use kernel::clock::Zone;
use kernel::identity::{Permission, Role};
use kernel::ledger::Event;
use kernel::texts::{Locale, Texts};
use serde_json::json;

use super::rules::{changes, event_in_words};
use crate::tests::{app, start};

#[test]
fn fields_that_changed_come_first_with_both_values() {
    let sources = [kernel::texts::SOURCES, web_kit::TEXTS, crate::TEXTS].concat();
    let t = Texts::leak(&sources).unwrap().reader(Locale::En);
    let before = json!({"name": "A", "email": "a@b.c", "disabled": false, "inner": {"deep": 1}});
    let after = json!({"name": "A", "email": "d@b.c", "disabled": false, "inner": {"deep": 1}});
    let all = changes(t, &Zone::UTC, Some(&before), Some(&after));
    assert_eq!((all[0].label.as_str(), all[0].changed), ("E-mail address", true));
    assert_eq!(all[0].before.as_deref(), Some("a@b.c"));
    assert!(all.iter().any(|c| c.label == "inner.deep" && c.after.as_deref() == Some("1")));
    assert!(all.iter().any(|c| c.label == "Disabled" && c.after.as_deref() == Some("no")));
    assert_eq!(event_in_words(t, "site.created"), "Site added");
    assert_eq!(event_in_words(t, "unheard.of"), "unheard.of");
}

testkit::on_both! {
    with start;

    fn the_page_filters_and_goes_on_from_where_it_stopped(kit) {
        let app = app(kit);
        let by = kit.administrator();
        for n in 0..60 {
            let by = by.clone();
            kit.write(move |tx| Event::new("site.changed", kernel::Id(100 + n % 2)).after(&json!({"name": n})).record(tx, &by));
        }
        let get = |path: &str| app.get(path).signed_in_as(Role::Director, &[]).send().expect(200).html();
        let first = get("/ledger");
        assert_eq!(first.count("ul.lines > li"), 50);
        let older = first.attribute(".pager a", "href").unwrap();
        assert_eq!(get(&older).count("ul.lines > li"), 10);
        assert_eq!(get("/ledger?subject=101").count("ul.lines > li"), 30);
        assert_eq!(get("/ledger?kind=nothing").count("ul.lines > li"), 0);
        assert_eq!(get(&format!("/ledger?actor={}", by.user().unwrap())).count("ul.lines > li"), 50);
        assert_eq!(get("/ledger").select_text("#kind option").len(), 2);
        assert!(get("/ledger?subject=abc").has(".notice--late"));
    }

    fn the_interface_pages_through_events(kit) {
        let app = app(kit);
        let by = kit.administrator();
        for _ in 0..5 {
            let by = by.clone();
            kit.write(move |tx| Event::new("site.changed", kernel::Id(1)).record(tx, &by));
        }
        let token = app.token(&[Permission::LedgerRead], None);
        let get = |path: &str| app.get(path).bearer(&token).send().expect(200).json();
        let first = get("/api/v1/events?limit=3");
        assert_eq!(first["items"].as_array().unwrap().len(), 3);
        let next = first["next_cursor"].as_str().unwrap();
        let second = get(&format!("/api/v1/events?limit=3&cursor={next}"));
        assert_eq!(second["items"].as_array().unwrap().len(), 2);
        assert!(second.get("next_cursor").is_none());
        app.get("/api/v1/events?cursor=x").bearer(&token).send().expect(422);
    }

    fn whoever_reaches_some_sites_only_does_not_read_about_the_others(kit) {
        let port = kit.site("Le Port");
        let app = app(kit);
        app.get("/ledger").signed_in_as(Role::Director, &[port]).send().expect(403);
    }
}
