//! Every route × every role × somebody else's row.

use http::Method;
use kernel::Id;
use kernel::identity::{Permission, Role};
use know::customers::model::CustomerInput;
use testkit::{Answer, Kit, TestApp};
use web_kit::Access;

use super::{app, start};

/// Routes that need nothing but being open: the only ones allowed to be. This list only shrinks.
const PUBLIC: [&str; 14] = [
    "/set-up/{secret}",
    "/sign-in",
    "/sign-in/demonstration",
    "/sign-out",
    "/join/{secret}",
    "/healthz",
    "/readyz",
    "/api/openapi.json",
    "/api/docs",
    "/s/{secret}",
    "/a/{token}",
    "/s/{secret}/thanks",
    "/a/{token}/thanks",
    "/language",
];

/// The path with something in place of what varies.
fn concrete(path: &str, id: Id) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap();
        out.push_str(before);
        out.push_str(&match name {
            "measure" => "nps".to_owned(),
            "secret" | "token" => "nothing".to_owned(),
            _ => id.to_string(),
        });
        rest = after;
    }
    out += rest;
    // What an endpoint cannot do without, so that it is the permission that refuses.
    if path == "/api/v1/answers" { out + "?measure=nps" } else { out }
}

fn send(app: &TestApp<'_>, method: &Method, path: &str, role: Role, sites: &[Id]) -> Answer {
    let request = app.request(method.clone(), path).signed_in_as(role, sites);
    if *method == Method::GET { request.send() } else { request.form(&[]).send() }
}

fn changes(kit: &Kit) -> usize {
    // Coming in and out is noted whatever a role may do.
    kit.events("")
        .iter()
        .filter(|e| !e.kind.starts_with("session.") && !e.kind.starts_with("user.signed"))
        .count()
}

#[test]
fn no_page_opens_to_a_role_that_lacks_its_permission() {
    let kit = start(testkit::Engine::Sqlite);
    let app = app(&kit);
    for route in app.table().to_vec() {
        let Access::Page(permission) = route.access else { continue };
        let path = concrete(route.path, Id(1));
        for role in Role::ALL.iter().copied().filter(|r| !r.permissions().contains(permission)) {
            let before = changes(&kit);
            let answer = send(&app, &route.method, &path, role, &[]);
            let name = format!("{} {} as {}: {}", route.method, route.path, role.name(), answer.status);
            if route.method == Method::GET {
                assert_eq!(answer.status, 403, "{name}");
            } else {
                assert!((400..500).contains(&answer.status), "{name}");
            }
            assert_eq!(changes(&kit), before, "{name} changed something");
        }
    }
}

#[test]
fn no_page_fails_for_a_role_that_holds_its_permission() {
    let kit = start(testkit::Engine::Sqlite);
    let app = app(&kit);
    for route in app.table().to_vec() {
        if route.method != Method::GET {
            continue;
        }
        let path = concrete(route.path, Id(1));
        let roles: Vec<Role> = match route.access {
            Access::Page(p) => Role::ALL.iter().copied().filter(|r| r.permissions().contains(p)).collect(),
            Access::SignedIn => Role::ALL.to_vec(),
            Access::Public | Access::Api(_) => Vec::new(),
        };
        for role in roles {
            let status = send(&app, &route.method, &path, role, &[]).status;
            let name = format!("{} as {}: {status}", route.path, role.name());
            assert!(status != 403 && status != 401 && status < 500, "{name}");
        }
    }
}

#[test]
fn nothing_but_public_pages_opens_to_somebody_who_is_not_signed_in() {
    let kit = start(testkit::Engine::Sqlite);
    let app = app(&kit);
    for route in app.table().to_vec() {
        let path = concrete(route.path, Id(1));
        if route.access == Access::Public {
            assert!(PUBLIC.contains(&route.path), "{} is public without being listed as such", route.path);
            continue;
        }
        let status = app.request(route.method.clone(), &path).send().status;
        let sent_to_sign_in = route.method == Method::GET && status == 303;
        let name = format!("{} {}: {status}", route.method, route.path);
        assert!(status == 401 || (sent_to_sign_in && !path.starts_with("/api/")), "{name}");
    }
}

#[test]
fn no_endpoint_opens_to_a_token_that_lacks_its_permission() {
    let kit = start(testkit::Engine::Sqlite);
    let app = app(&kit);
    for route in app.table().to_vec() {
        let Access::Api(permission) = route.access else { continue };
        // Imports open to whoever may import one kind of thing, and show that kind only.
        let any_import = [Permission::CustomersImport, Permission::AnswersImport];
        let opens = |p: Permission| {
            p == permission || (route.path.starts_with("/api/v1/imports") && any_import.contains(&p))
        };
        let others: Vec<Permission> = Permission::ALL.iter().copied().filter(|p| !opens(*p)).collect();
        let token = app.token(&others, None);
        let path = concrete(route.path, Id(1));
        let before = changes(&kit);
        let request = app.request(route.method.clone(), &path).bearer(&token).if_match(1);
        let request =
            if route.method == Method::GET { request } else { request.json(&serde_json::json!({})) };
        let answer = request.send();
        let name = format!("{} {}: {}", route.method, route.path, answer.status);
        if route.method == Method::GET {
            assert_eq!(answer.status, 403, "{name}");
        } else {
            assert!((400..500).contains(&answer.status), "{name}");
        }
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{name}");
        assert_eq!(changes(&kit), before, "{name} changed something");
    }
}

#[test]
fn somebody_elses_customer_looks_like_no_customer_on_every_route() {
    let kit = start(testkit::Engine::Sqlite);
    let (mine, theirs) = (kit.site("Nord"), kit.site("Sud"));
    let by = kit.administrator();
    let input =
        CustomerInput { family_name: "Kerbrat".into(), site: theirs.to_string(), ..CustomerInput::default() };
    let id = kit.write(move |tx| know::customers::actions::create(tx, &by, &input)).id;
    let app = app(&kit);
    for route in app.table().to_vec() {
        let about_customer =
            route.path.starts_with("/customers/{id}") || route.path.starts_with("/api/v1/customers/{id}");
        if !about_customer {
            continue;
        }
        let path = concrete(route.path, id);
        let before = changes(&kit);
        let answer = match route.access {
            Access::Page(p) => {
                let holds = |r: &Role| r.permissions().contains(p);
                let Some(role) = Role::ALL.iter().copied().find(holds) else { continue };
                send(&app, &route.method, &path, role, &[mine])
            }
            Access::Api(p) => {
                let token = app.token(&[p, Permission::CustomersRead], Some(&[mine]));
                let request = app.request(route.method.clone(), &path).bearer(&token).if_match(1);
                if route.method == Method::GET {
                    request.send()
                } else {
                    request.json(&serde_json::json!({})).send()
                }
            }
            _ => continue,
        };
        let name = format!("{} {}: {}", route.method, route.path, answer.status);
        if route.method == Method::GET {
            assert_eq!(answer.status, 404, "{name}");
        } else {
            assert!((400..500).contains(&answer.status), "{name}");
        }
        assert!(!answer.text().contains("Kerbrat"), "{name} tells the name");
        assert_eq!(changes(&kit), before, "{name} changed something");
    }
}
