//! What the tests of all rooms share, and tests of the crate as a whole.

use kernel::identity::Role;
use testkit::{Engine, Kit, Parts, TestApp};
use web_kit::Access;

/// A database with an organisation in it.
pub(crate) fn start(engine: Engine) -> Kit {
    Kit::builder(engine).migrations(&[kernel::MIGRATIONS]).handlers(crate::handlers()).start()
}

/// The same before set-up.
pub(crate) fn start_empty(engine: Engine) -> Kit {
    Kit::builder(engine).migrations(&[kernel::MIGRATIONS]).without_organisation().start()
}

/// The application of this crate alone.
pub(crate) fn app(kit: &Kit) -> TestApp<'_> {
    TestApp::new(
        kit,
        Parts {
            routes: crate::routes(),
            texts: vec![crate::TEXTS],
            nav: crate::NAV.to_vec(),
            openapi: crate::openapi().to_json().unwrap(),
            ..Parts::default()
        },
    )
}

testkit::on_both! {
    with start;

    fn every_page_shows_itself_to_an_administrator_in_both_languages(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let paths: Vec<&str> = app
            .table()
            .iter()
            .filter(|r| r.method == "GET" && matches!(r.access, Access::Page(_) | Access::SignedIn))
            .map(|r| r.path)
            .filter(|path| !path.contains('{'))
            .collect();
        for locale in ["en", "fr"] {
            app.post("/account/language").signed_in(&me).form(&[("locale", locale)]).send().expect(303);
            for path in &paths {
                let page = app.get(path).signed_in(&me).send().expect(200);
                if *path != "/palette" {
                    assert_eq!(page.html().attribute("html", "lang").as_deref(), Some(locale), "{path}");
                    assert_eq!(page.html().count("h1"), 1, "{path}");
                }
            }
        }
    }

    fn a_page_of_administration_is_refused_to_those_without_the_permission(kit) {
        let app = app(kit);
        for route in app.table().iter().filter(|r| r.method == "GET" && !r.path.contains('{')) {
            let Access::Page(permission) = route.access else { continue };
            for role in Role::ALL.iter().filter(|role| !role.permissions().contains(permission)) {
                app.get(route.path).signed_in_as(*role, &[]).send().expect(403);
            }
        }
    }

    fn a_program_without_the_permission_is_refused(kit) {
        let app = app(kit);
        let token = app.token(&[kernel::identity::Permission::SurveysRead], None);
        for route in app.table().iter().filter(|r| matches!(r.access, Access::Api(_))) {
            let path = route.path.replace("{id}", "42");
            let answer = app.request(route.method.clone(), &path).bearer(&token).if_match(1).json(&serde_json::json!({})).send();
            assert_eq!(answer.status, 403, "{} {path}: {answer}", route.method);
            let answer = app.request(route.method.clone(), &path).json(&serde_json::json!({})).send();
            assert_eq!(answer.status, 401, "{} {path}: {answer}", route.method);
        }
    }

    fn the_openapi_document_describes_every_route_of_the_interface(kit) {
        let app = app(kit);
        let document = app.get("/api/openapi.json").send().expect(200).json();
        for route in app.table().iter().filter(|r| matches!(r.access, Access::Api(_))) {
            let verb = route.method.as_str().to_lowercase();
            assert!(document["paths"][route.path][&verb].is_object(), "{verb} {}", route.path);
        }
    }
}
