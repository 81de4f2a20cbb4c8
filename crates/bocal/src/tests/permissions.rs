//! Every route × every role × somebody else's row.

use http::Method;
use kernel::figures::Collection;
use kernel::identity::{Actor, Permission, Role, Scope};
use kernel::tabular::Options as Reading;
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx};
use know::customers::model::CustomerInput;
use know::interactions::model::InteractionInput;
use listen::answering::model::{Answer as Answered, Incoming};
use listen::surveys::model::{NewSurvey, Settings, Template};
use listen::surveys::templates;
use testkit::{Answer, Kit, TestApp};
use web_kit::{Access, RouteInfo};

use super::{app, start};
use crate::{assembly, openapi};

/// Routes that need nothing but being open: the only ones allowed to be. This list only shrinks.
const PUBLIC: &[&str] = &[
    "/set-up/{secret}",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/demonstration",
    "/sign-out",
    "/join/{secret}",
    "/healthz",
    "/readyz",
    // Of chosen addresses only: see its own tests.
    "/metrics",
    "/api/openapi.json",
    "/api/docs",
    "/s/{secret}",
    "/a/{token}",
    "/u/{token}",
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

/// Rows of a site out of reach, each holding a name that must not show: parts of the paths that lead to them.
fn elsewhere(kit: &Kit) -> Vec<(String, Id)> {
    let theirs = kit.site("Sud");
    let by = kit.administrator();
    let owner = by.user().unwrap_or(Id(0));
    let (customer, survey, response, import, case, improvement) = kit.write(move |tx| {
        let input = CustomerInput {
            family_name: "Kerbrat".into(),
            email: "kerbrat@exemple.fr".into(),
            site: theirs.to_string(),
            ..CustomerInput::default()
        };
        let customer = know::customers::actions::create(tx, &by, &input)?.id;
        let note = InteractionInput {
            channel: "phone".into(),
            direction: "in".into(),
            words: "Kerbrat au téléphone".into(),
            ..InteractionInput::default()
        };
        know::interactions::actions::create(tx, &by, customer, &note)?;
        let survey = survey(tx, &by)?;
        listen::invitations::actions::invite(tx, &by, survey, customer)?;
        let response = answer(tx, &by, survey, customer, theirs)?;
        let there = Actor { scope: Scope::Sites(vec![theirs]), ..by.clone() };
        let kind = assembly::import_kinds().of("customers").ok_or(Error::NotFound)?;
        let file = b"numero,nom\n1,Kerbrat\n2,Le Goff\n";
        let arrived = know::import::reading::read(file, "Kerbrat.csv", &Reading::default())?;
        let import = know::import::actions::create(tx, &there, kind, file, &arrived)?.id;
        let case = act::cases::model::CaseInput {
            customer: customer.to_string(),
            title: "Kerbrat rappelle".into(),
            words: "Kerbrat attend".into(),
            ..Default::default()
        };
        let case = act::cases::actions::create(tx, &by, &case, act::cases::model::Origin::Hand)?.id;
        let improvement = act::improvements::model::ImprovementInput {
            title: "Kerbrat ne doit plus attendre".into(),
            site: theirs.to_string(),
            owner: owner.to_string(),
            measure: "nps".into(),
            expected: "5".into(),
            due: "2027-01-01".into(),
            remeasure: "2027-06-01".into(),
            ..Default::default()
        };
        let improvement = act::improvements::actions::create(tx, &by, &improvement)?.id;
        Ok((customer, survey, response, import, case, improvement))
    });
    let named = |part: &str, id: Id| (part.to_owned(), id);
    vec![
        named("/customers/{", customer),
        named("/surveys/{", survey),
        named("/responses/{", response),
        named("/imports/{", import),
        named("/cases/{", case),
        named("/improvements/{", improvement),
        named("/indicators/{", Id(1)),
    ]
}

/// Surveys and indicators are everybody's; what they show is not.
fn rows_of_a_site(part: &str) -> bool {
    !["/surveys/{", "/indicators/{"].contains(&part)
}

fn survey(tx: &mut Tx<'_>, by: &Actor) -> Result<Id> {
    let t = assembly::texts()?.reader(Locale::Fr);
    let new = NewSurvey {
        template: Template::Nps,
        settings: Settings { name: "Relation".into(), after_contact: false, quiet_days: 0 },
        content: templates::content(t, Template::Nps, "la Maison"),
    };
    let made = listen::surveys::actions::create(tx, by, &new)?;
    Ok(listen::surveys::actions::publish(tx, by, made.id)?.id)
}

fn answer(tx: &mut Tx<'_>, by: &Actor, survey: Id, customer: Id, site: Id) -> Result<Id> {
    let content = templates::content(assembly::texts()?.reader(Locale::Fr), Template::Nps, "la Maison");
    let answers = [
        Answered { question: "q1".into(), value: Some(2), text: None },
        Answered { question: "q2".into(), value: None, text: Some("Kerbrat mécontent".into()) },
    ];
    let now = tx.now();
    let incoming = Incoming {
        survey,
        version: 1,
        content: &content,
        answers: &answers,
        invitation: None,
        customer: Some(customer),
        site: Some(site),
        channel: "paper",
        collection: Collection::Census,
        locale: Locale::Fr,
        at: now,
        day: kernel::clock::Zone::UTC.day_of(now),
        nonce: None,
        weight: None,
        import: None,
    };
    Ok(listen::answering::actions::record(tx, by, &incoming)?.id())
}

/// Pages let words be that they do not look for; the interface refuses them.
fn takes_words(route: &RouteInfo) -> bool {
    if !matches!(route.access, Access::Api(_)) {
        return route.method == Method::GET;
    }
    let document = serde_json::to_value(openapi::document()).unwrap();
    let parameters =
        document["paths"][route.path]["get"]["parameters"].as_array().cloned().unwrap_or_default();
    route.method == Method::GET && parameters.iter().any(|parameter| parameter["name"] == "q")
}

/// What each role that may, or a token that may, gets of a route, when its reach is one site.
fn as_everybody(app: &TestApp<'_>, route: &RouteInfo, path: &str, mine: Id) -> Vec<Answer> {
    // Looked for by the beginning of the name: the page may repeat that much.
    let mark = if path.contains('?') { '&' } else { '?' };
    let path = if takes_words(route) { format!("{path}{mark}q=Kerbr") } else { path.to_owned() };
    match route.access {
        Access::Page(p) => {
            let roles = Role::ALL.iter().copied().filter(|r| r.permissions().contains(p));
            roles.map(|role| send(app, &route.method, &path, role, &[mine])).collect()
        }
        Access::SignedIn if route.method == Method::GET => {
            Role::ALL.iter().map(|role| send(app, &route.method, &path, *role, &[mine])).collect()
        }
        Access::Api(p) => {
            let reads = [Permission::CustomersRead, Permission::SurveysRead, Permission::AnswersRead];
            let token = app.token(&[&[p][..], &reads].concat(), Some(&[mine]));
            let request = app.request(route.method.clone(), &path).bearer(&token).if_match(1);
            let is_get = route.method == Method::GET;
            vec![if is_get { request.send() } else { request.json(&serde_json::json!({})).send() }]
        }
        _ => Vec::new(),
    }
}

testkit::on_both! {
    with start;

    fn no_page_opens_to_a_role_that_lacks_its_permission(kit) {
        let app = app(kit);
        for route in app.table().to_vec() {
            let Access::Page(permission) = route.access else { continue };
            let path = concrete(route.path, Id(1));
            for role in Role::ALL.iter().copied().filter(|r| !r.permissions().contains(permission)) {
                let before = changes(kit);
                let answer = send(&app, &route.method, &path, role, &[]);
                let name = format!("{} {} as {}: {}", route.method, route.path, role.name(), answer.status);
                if route.method == Method::GET {
                    assert_eq!(answer.status, 403, "{name}");
                } else {
                    assert!((400..500).contains(&answer.status), "{name}");
                }
                assert_eq!(changes(kit), before, "{name} changed something");
            }
        }
    }

    fn no_page_fails_for_a_role_that_holds_its_permission(kit) {
        let app = app(kit);
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

    fn nothing_but_public_pages_opens_to_somebody_who_is_not_signed_in(kit) {
        let app = app(kit);
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

    fn no_endpoint_opens_to_a_token_that_lacks_its_permission(kit) {
        let app = app(kit);
        for route in app.table().to_vec() {
            let Access::Api(permission) = route.access else { continue };
            // Imports open to whoever may import one kind of thing, and show that kind only.
            let any_import = [Permission::CustomersImport, Permission::AnswersImport, Permission::CasesImport];
            let opens = |p: Permission| {
                p == permission || (route.path.starts_with("/api/v1/imports") && any_import.contains(&p))
            };
            let others: Vec<Permission> = Permission::ALL.iter().copied().filter(|p| !opens(*p)).collect();
            let token = app.token(&others, None);
            let path = concrete(route.path, Id(1));
            let before = changes(kit);
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
            assert_eq!(changes(kit), before, "{name} changed something");
        }
    }

    fn nothing_of_another_site_shows_on_any_route_to_any_role_by_any_identifier(kit) {
        let mine = kit.site("Nord");
        let rows = elsewhere(kit);
        kit.run_jobs();
        let app = app(kit);
        // Programs without the right to see a page see nothing either: those that may are the ones to watch.
        for route in app.table().to_vec() {
            for (prefix, id) in &rows {
                let about = route.path.contains('{') == route.path.contains(prefix.as_str());
                if !about {
                    continue;
                }
                let path = concrete(route.path, *id);
                let before = changes(kit);
                for answer in as_everybody(&app, &route, &path, mine) {
                    let name = format!("{} {path}: {}", route.method, answer.status);
                    assert!(answer.status < 500, "{name}");
                    assert!(!answer.text().contains("Kerbrat"), "{name} tells the name: {}", answer.text());
                    if route.path.contains("{id}") && rows_of_a_site(prefix) {
                        let refused = if route.method == Method::GET { 404..=404 } else { 400..=499 };
                        assert!(refused.contains(&answer.status), "{name}");
                    }
                }
                if rows_of_a_site(prefix) {
                    assert_eq!(changes(kit), before, "{} {path} changed something", route.method);
                }
            }
        }
    }
}
