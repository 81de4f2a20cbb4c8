//! Teams.

use kernel::identity::{Role, Scope, store as identity};

use super::{TeamInput, actions};
use crate::tests::{app, start};

testkit::on_both! {
    with start;

    fn a_role_for_a_team_reaches_its_sites_and_follows_them(kit) {
        let (port, halle) = (kit.site("Le Port"), kit.site("La Halle"));
        let by = kit.administrator();
        let actor = by.clone();
        let input = TeamInput { name: "Littoral".into(), sites: vec![port], version: 0 };
        let team = kit.write(move |tx| actions::create(tx, &actor, &input));
        let user = kit.person(Role::Adviser, &[]);
        let (id, team_id) = (user.id, team.id);
        kit.write(move |tx| {
            let grant = identity::Grant { role: Role::Adviser, site: None, team: Some(team_id) };
            identity::set_grants(tx, id, &[grant])
        });
        assert_eq!(kit.read(|tx| identity::actor(tx, &user)).scope, Scope::Sites(vec![port]));
        let input = TeamInput { name: "Littoral".into(), sites: vec![port, halle], version: 1 };
        kit.write(move |tx| actions::change(tx, &by, team_id, &input));
        assert!(kit.read(|tx| identity::actor(tx, &user)).scope.includes(Some(halle)));
    }

    fn a_stale_change_keeps_what_was_ticked(kit) {
        let app = app(kit);
        let (port, me) = (kit.site("Le Port").to_string(), app.sign_in(Role::Administrator, &[]));
        app.post("/teams").signed_in(&me).form(&[("name", "Littoral")]).send().expect(303);
        let list = app.get("/teams").signed_in(&me).send().expect(200).html();
        let path = list.attribute("tbody a.name", "href").unwrap();
        let form = [("name", "Côte"), ("sites", port.as_str()), ("version", "1")];
        app.post(&path).signed_in(&me).form(&form).send().expect(303);
        let form = [("name", "Mer"), ("sites", port.as_str()), ("version", "1")];
        let page = app.post(&path).signed_in(&me).form(&form).send().expect(422).html();
        assert!(page.has("input[name=sites][checked]") && page.has(".versions"));
    }
}
