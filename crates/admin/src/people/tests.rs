//! Colleagues and what they may be given.

use kernel::Error;
use kernel::identity::store::{self as identity, Grant};
use kernel::identity::{Actor, Permission, Role};
use kernel::texts::Locale;
use serde_json::json;
use testkit::Kit;

use super::{ColleagueInput, Filter, RoleInput, State, actions, rules};
use crate::tests::{app, start};

fn input(email: &str, role: &str) -> ColleagueInput {
    ColleagueInput {
        name: "Hervé Blin".into(),
        email: email.into(),
        title: "Qualité".into(),
        roles: vec![RoleInput { role: role.into(), ..RoleInput::default() }],
    }
}

fn invite(kit: &Kit, by: &Actor, input: &ColleagueInput) -> kernel::Result<super::Colleague> {
    let (by, input) = (by.clone(), input.clone());
    kit.try_write(move |tx| actions::invite(tx, &by, &input, Locale::Fr, &crate::shared::hash("secret")))
}

fn fields_of(error: Error) -> Vec<String> {
    let Error::Invalid(errors) = error else { return vec![error.to_string()] };
    errors.iter().map(|e| e.message.key.to_string()).collect()
}

testkit::on_both! {
    with start;

    fn an_invited_colleague_joins_once_with_a_password_of_their_own(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let typed = [("name", "Hervé Blin"), ("email", "herve@exemple.fr"), ("role", "manager"), ("reach", ""), ("role", ""), ("reach", "")];
        let page = app.post("/people").signed_in(&me).form(&typed).send().expect(200);
        let link = page.html().text("#join-link");
        let path = format!("/join/{}", link.rsplit('/').next().unwrap());
        assert!(app.get(&path).send().expect(200).text().contains("herve@exemple.fr"));
        app.post(&path).form(&[("password", "court")]).send().expect(422);
        let joined = app.post(&path).form(&[("password", "un mot de passe à soi")]).send().expect(303);
        app.follow(&joined).expect(200);
        app.get(&path).send().expect(410);
        app.post(&path).form(&[("password", "un mot de passe à soi")]).send().expect(410);
        let list = app.get("/people?q=HERVE").signed_in(&me).send().expect(200);
        assert_eq!(list.html().select_text("tbody a.name"), ["Hervé Blin"]);
    }

    fn a_link_to_join_runs_out(kit) {
        let by = kit.administrator();
        invite(kit, &by, &input("herve@exemple.fr", "manager")).unwrap();
        kit.advance(actions::INVITATION_LIFE);
        app(kit).get("/join/secret").send().expect(410);
    }

    fn an_address_belongs_to_one_colleague(kit) {
        let by = kit.administrator();
        invite(kit, &by, &input("herve@exemple.fr", "manager")).unwrap();
        let again = invite(kit, &by, &input("HERVE@exemple.fr", "adviser")).unwrap_err();
        assert_eq!(fields_of(again), ["people-error-email-taken"]);
    }

    fn the_last_administrator_can_neither_leave_nor_be_removed(kit) {
        let by = kit.administrator();
        let id = by.user().unwrap();
        let (actor, change) = (by.clone(), input("admin@exemple.fr", "manager"));
        let refused = kit.try_write(move |tx| actions::change(tx, &actor, id, 1, &change));
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        let actor = by.clone();
        assert!(kit.try_write(move |tx| actions::disable(tx, &actor, id)).is_err());
        kit.administrator();
        kit.write(move |tx| actions::disable(tx, &by, id));
    }

    fn nobody_gives_more_than_they_hold(kit) {
        let (port, halle) = (kit.site("Le Port"), kit.site("La Halle"));
        let local = kit.actor(Role::Administrator, &[port]);
        let refused = invite(kit, &local, &input("a@exemple.fr", "administrator")).unwrap_err();
        assert_eq!(fields_of(refused), ["people-error-beyond"]);
        let mut near = input("b@exemple.fr", "adviser");
        near.roles[0].site = Some(halle.to_string());
        assert_eq!(fields_of(invite(kit, &local, &near).unwrap_err()), ["people-error-beyond"]);
        near.roles[0].site = Some(port.to_string());
        invite(kit, &local, &near).unwrap();
    }

    fn whoever_reaches_less_sees_no_account_that_reaches_more(kit) {
        let port = kit.site("Le Port");
        let whole = kit.administrator();
        let local = kit.actor(Role::Administrator, &[port]);
        let seen = kit.read(|tx| actions::list(tx, &local, &Filter::default()));
        assert!(seen.iter().all(|c| Some(c.user.id) != whole.user()));
        let id = whole.user().unwrap();
        let stolen = kit.try_write(move |tx| actions::reinvite(tx, &local, id, "hash"));
        assert!(matches!(stolen, Err(Error::NotFound)));
    }

    fn disabling_ends_sessions_at_once(kit) {
        let app = app(kit);
        let theirs = app.sign_in(Role::Adviser, &[]);
        let (by, id) = (kit.administrator(), theirs.user.id);
        let actor = by.clone();
        kit.write(move |tx| actions::disable(tx, &actor, id));
        app.get("/account").signed_in(&theirs).send().expect(303);
        let actor = by.clone();
        let found = kit.read(|tx| actions::find(tx, &actor, id));
        assert_eq!(found.state, State::Disabled);
        kit.write(move |tx| actions::enable(tx, &by, id));
        assert_eq!(kit.events("colleague.").len(), 2);
    }

    fn two_changes_at_a_time_lose_neither(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let user = kit.person(Role::Adviser, &[]);
        let path = format!("/people/{}", user.id);
        let typed = |title: &'static str| [("name", "Lise Armel"), ("email", "lise@exemple.fr"), ("title", title), ("role", "adviser"), ("reach", ""), ("version", "1")];
        app.post(&path).signed_in(&me).form(&typed("Conseillère")).send().expect(303);
        let page = app.post(&path).signed_in(&me).form(&typed("Cheffe")).send().expect(422).html();
        assert_eq!(page.attribute("input[name=title]", "value").as_deref(), Some("Cheffe"));
        assert_eq!(page.attribute("input[name=version]", "value").as_deref(), Some("2"));
        assert_eq!(page.text(".versions ins"), "Conseillère");
    }

    fn programs_invite_too_and_a_repeated_request_does_not_show_the_link_again(kit) {
        let app = app(kit);
        let token = app.token(Role::Administrator.permissions().iter().collect::<Vec<Permission>>().as_slice(), None);
        let body = json!({"name": "Hervé Blin", "email": "herve@exemple.fr", "roles": [{"role": "adviser"}]});
        let post = || app.post("/api/v1/colleagues").bearer(&token).header("idempotency-key", "k1").json(&body).send();
        let first = post().expect(201).json();
        assert!(first["join_url"].as_str().unwrap().contains("/join/"));
        let second = post().expect(201).json();
        assert_eq!(second["id"], first["id"]);
        assert!(second.get("join_url").is_none());
        let all = app.get("/api/v1/colleagues").bearer(&token).send().expect(200).json();
        assert_eq!(all["items"][0]["state"], "invited");
    }

    fn a_program_changes_what_it_names_and_leaves_the_rest(kit) {
        let app = app(kit);
        let token = app.token(Role::Administrator.permissions().iter().collect::<Vec<Permission>>().as_slice(), None);
        let body = json!({"name": "Hervé Blin", "email": "herve@exemple.fr", "roles": [{"role": "adviser"}]});
        let made = app.post("/api/v1/colleagues").bearer(&token).json(&body).send().expect(201);
        let here = made.header("location").unwrap().to_owned();
        let change = |version, body| app.patch(&here).bearer(&token).if_match(version).json(&body).send();
        let changed = change(1, json!({ "title": "Caisse" })).expect(200).json();
        assert_eq!((&changed["title"], &changed["name"], &changed["roles"][0]["role"]), (&json!("Caisse"), &json!("Hervé Blin"), &json!("adviser")));
        change(1, json!({ "name": "X" })).expect(412);
        assert_eq!(change(2, json!({ "disabled": true })).expect(200).json()["state"], "disabled");
        assert_eq!(app.get(&here).bearer(&token).send().expect(200).json()["state"], "disabled");
    }
}

#[test]
fn a_team_is_covered_only_when_all_its_sites_are() {
    use kernel::Id;
    use kernel::identity::Scope;
    let mut by = Actor::system("test");
    by.scope = Scope::Sites(vec![Id(1)]);
    let team = |id, sites| kernel::organisation::Team { id: Id(id), name: String::new(), sites, version: 1 };
    let places = super::model::Places {
        sites: Vec::new(),
        teams: vec![team(8, vec![Id(1)]), team(9, vec![Id(1), Id(2)])],
    };
    let grant = |id| [Grant { role: Role::Adviser, site: None, team: Some(Id(id)) }];
    assert!(rules::covers(&by, &grant(8), &places));
    assert!(!rules::covers(&by, &grant(9), &places));
    assert!(!rules::covers(&by, &grant(10), &places));
}

#[test]
fn people_are_found_by_parts_of_name_address_or_title() {
    let user = identity::User {
        id: kernel::Id(1),
        email: "h.blin@exemple.fr".into(),
        name: "Hervé Blin".into(),
        title: "Qualité".into(),
        locale: Locale::Fr,
        theme: "system".into(),
        disabled: false,
        version: 1,
    };
    let colleague = super::Colleague { user, state: State::Active, grants: Vec::new(), seen_at: None };
    let found =
        |q: &str, state: &str| rules::matches(&colleague, &Filter { q: q.into(), state: state.into() });
    assert!(found("blin herve", "") && found("QUALITE", "active") && found("", ""));
    assert!(!found("herve dupont", "") && !found("", "disabled"));
}
