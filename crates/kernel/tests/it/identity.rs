use std::net::IpAddr;

use kernel::clock::SignedDuration;
use kernel::identity::store::{self, Grant, Session, Token};
use kernel::identity::throttle::{self, Limit, SIGN_IN, SIGN_IN_NETWORK};
use kernel::identity::{Permission, Permissions, Role, Scope};
use kernel::organisation::Team;
use kernel::{Error, Id, Result};
use testkit::Kit;

use crate::start;

fn session(kit: &Kit, user: Id, secret: &'static str, hours: i64) -> Id {
    kit.write(move |tx| {
        let now = tx.now();
        let session = Session {
            id: tx.new_id(),
            user,
            created_at: now,
            seen_at: now,
            expires_at: now.plus(SignedDuration::from_hours(hours)),
            address: "192.0.2.1".into(),
            client: "tests".into(),
        };
        store::insert_session(tx, &session, secret)?;
        Ok(session.id)
    })
}

fn holds(kit: &Kit, secret: &str) -> bool {
    kit.read(|tx| store::session(tx, secret)).is_some()
}

fn token(kit: &Kit, secret: &'static str, sites: Option<Vec<Id>>, hours: Option<i64>) -> Id {
    kit.write(move |tx| {
        let token = Token {
            id: tx.new_id(),
            name: "till".into(),
            permissions: Permissions::of(&[Permission::CustomersRead]),
            sites: sites.clone(),
            created_by: None,
            created_at: tx.now(),
            expires_at: hours.map(|h| tx.now().plus(SignedDuration::from_hours(h))),
            used_at: None,
            revoked_at: None,
        };
        store::insert_token(tx, &token, secret)?;
        Ok(token.id)
    })
}

fn attempts(kit: &Kit, key: &'static str, limit: Limit, count: i64) {
    for _ in 0..count {
        kit.write(move |tx| throttle::count(tx, key, limit));
    }
}

fn check(kit: &Kit, key: &str, limit: Limit) -> Result<()> {
    kit.db().read(|tx| throttle::check(tx, key, limit))
}

fn network(address: &str) -> String {
    throttle::network(address.parse::<IpAddr>().unwrap())
}

testkit::on_both! {
    with start;

    fn a_session_ends_at_its_time_and_lives_on_while_used(kit) {
        let user = kit.person(Role::Adviser, &[]).id;
        let id = session(kit, user, "secret", 1);
        assert!(holds(kit, "secret") && !holds(kit, "other"));
        kit.advance(SignedDuration::from_mins(50));
        kit.write(move |tx| { let end = tx.now().plus(SignedDuration::from_hours(1)); store::touch_session(tx, id, end) });
        kit.advance(SignedDuration::from_mins(59));
        assert!(holds(kit, "secret"));
        kit.advance(SignedDuration::from_mins(1));
        assert!(!holds(kit, "secret"));
        let now = kit.now();
        assert_eq!(kit.write(move |tx| store::sweep(tx, now)), 1);
    }

    fn sessions_can_be_ended_one_by_one_or_all_but_one(kit) {
        let user = kit.person(Role::Adviser, &[]).id;
        let other = kit.person(Role::Adviser, &[]).id;
        let [a, b] = ["a", "b"].map(|secret| session(kit, user, secret, 1));
        session(kit, user, "c", 1);
        session(kit, other, "d", 1);
        assert!(!kit.write(move |tx| store::end_session(tx, other, a)), "somebody else’s");
        assert!(kit.write(move |tx| store::end_session(tx, user, a)));
        assert!(!holds(kit, "a") && holds(kit, "b"));
        assert_eq!(kit.write(move |tx| store::end_sessions(tx, user, Some(b))), 1);
        assert!(holds(kit, "b") && !holds(kit, "c") && holds(kit, "d"));
        assert_eq!(kit.read(|tx| store::sessions(tx, user)).len(), 1);
    }

    fn who_is_disabled_is_signed_out(kit) {
        let mut user = kit.person(Role::Adviser, &[]);
        session(kit, user.id, "secret", 1);
        user.disabled = true;
        assert!(kit.write(move |tx| store::update_user(tx, &user)));
        assert!(!holds(kit, "secret"));
    }

    fn a_stale_change_of_a_colleague_is_not_made(kit) {
        let user = kit.person(Role::Adviser, &[]);
        let again = user.clone();
        assert!(kit.write(move |tx| store::update_user(tx, &user)));
        assert!(!kit.write(move |tx| store::update_user(tx, &again)));
    }

    fn a_token_ends_at_its_time(kit) {
        token(kit, "short", None, Some(1));
        token(kit, "endless", None, None);
        kit.advance(SignedDuration::from_hours(1));
        assert!(kit.read(|tx| store::token(tx, "short")).is_none());
        assert!(kit.read(|tx| store::token(tx, "endless")).is_some());
    }

    fn a_revoked_token_opens_nothing(kit) {
        let id = token(kit, "secret", None, None);
        assert!(kit.write(move |tx| store::revoke_token(tx, id)));
        assert!(!kit.write(move |tx| store::revoke_token(tx, id)));
        assert!(kit.read(|tx| store::token(tx, "secret")).is_none());
        assert_eq!(kit.read(store::tokens).len(), 1);
    }

    fn a_token_does_what_it_was_made_for_where_it_was_made_for(kit) {
        let (nantes, lyon) = (kit.site("Nantes"), kit.site("Lyon"));
        token(kit, "secret", Some(vec![nantes]), None);
        let actor = kit.read(|tx| store::token(tx, "secret")).unwrap().actor();
        assert!(actor.may(Permission::CustomersRead) && !actor.may(Permission::CustomersWrite));
        assert!(actor.require_site(Some(nantes)).is_ok() && actor.require_site(None).is_ok());
        assert!(matches!(actor.require_site(Some(lyon)), Err(Error::NotFound)));
    }

    fn roles_add_up_and_teams_reach_their_sites(kit) {
        let [nantes, lyon, brest] = ["Nantes", "Lyon", "Brest"].map(|name| kit.site(name));
        let user = kit.person(Role::Analyst, &[nantes]);
        let id = user.id;
        kit.write(move |tx| {
            let team = Team { id: tx.new_id(), name: "Ouest".into(), sites: vec![brest], version: 1 };
            kernel::organisation::store::insert_team(tx, &team)?;
            let grants = [
                Grant { role: Role::Analyst, site: Some(nantes), team: None },
                Grant { role: Role::Adviser, site: None, team: Some(team.id) },
            ];
            store::set_grants(tx, id, &grants)
        });
        let actor = kit.read(|tx| store::actor(tx, &user));
        assert_eq!(actor.scope, Scope::Sites(vec![nantes, brest]));
        assert!(actor.may(Permission::IndicatorsExport) && actor.may(Permission::CustomersWrite));
        assert!(!actor.scope.includes(Some(lyon)));
    }

    fn a_scope_says_the_same_in_sql(kit) {
        let [nantes, lyon] = ["Nantes", "Lyon"].map(|name| kit.site(name));
        for scope in [Scope::All, Scope::Sites(vec![]), Scope::Sites(vec![nantes]), Scope::Sites(vec![nantes, lyon])] {
            for site in [None, Some(nantes), Some(lyon)] {
                let sql = format!("SELECT {} FROM (SELECT CAST($1 AS BIGINT) AS site_id) AS t", scope.condition("site_id"));
                let by_sql: bool = kit.read(|tx| tx.query_one(&sql, &[&site], |row| row.get(0)));
                assert_eq!(by_sql, scope.includes(site), "{scope:?} {site:?}");
            }
        }
    }

    fn the_last_administrator_is_known(kit) {
        let first = kit.person(Role::Administrator, &[]).id;
        assert_eq!(kit.read(|tx| store::others_with_role(tx, Role::Administrator, first)), 0);
        kit.person(Role::Administrator, &[]);
        kit.person(Role::Administrator, &[kit.site("Nantes")]);
        assert_eq!(kit.read(|tx| store::others_with_role(tx, Role::Administrator, first)), 1);
    }

    fn attempts_are_limited_until_the_window_ends(kit) {
        attempts(kit, "mail@192.0.2.1", SIGN_IN, SIGN_IN.count - 1);
        assert!(check(kit, "mail@192.0.2.1", SIGN_IN).is_ok());
        attempts(kit, "mail@192.0.2.1", SIGN_IN, 1);
        kit.advance(SignedDuration::from_mins(14));
        assert!(matches!(check(kit, "mail@192.0.2.1", SIGN_IN), Err(Error::TooMany(60))));
        kit.advance(SignedDuration::from_mins(1));
        assert!(check(kit, "mail@192.0.2.1", SIGN_IN).is_ok());
        attempts(kit, "mail@192.0.2.1", SIGN_IN, 1);
        assert!(check(kit, "mail@192.0.2.1", SIGN_IN).is_ok(), "a new window counts from one");
    }

    fn one_network_cannot_lock_another_out(kit) {
        attempts(kit, "mail@192.0.2.1", SIGN_IN, 1_00);
        attempts(kit, "192.0.2.1", SIGN_IN_NETWORK, 1_00);
        assert!(check(kit, "mail@192.0.2.1", SIGN_IN).is_err());
        assert!(check(kit, "mail@198.51.100.7", SIGN_IN).is_ok());
        assert!(check(kit, "198.51.100.7", SIGN_IN_NETWORK).is_ok());
    }

    fn success_forgets_the_attempts(kit) {
        attempts(kit, "key", SIGN_IN, 100);
        kit.write(|tx| throttle::clear(tx, "key"));
        assert!(check(kit, "key", SIGN_IN).is_ok());
    }

    fn an_invitation_is_used_once_and_the_last_one_counts(kit) {
        let user = kit.person(Role::Adviser, &[]).id;
        let invite = |secret: &'static str| kit.write(move |tx| {
            let ends = tx.now().plus(SignedDuration::from_hours(1));
            store::insert_invitation(tx, user, secret, ends)
        });
        let holds = |secret: &str| kit.read(|tx| store::invited(tx, secret)).is_some();
        invite("first");
        invite("second");
        assert!(!holds("first") && holds("second"));
        kit.write(|tx| store::use_invitation(tx, "second"));
        assert!(!holds("second"));
        invite("third");
        kit.advance(SignedDuration::from_hours(1));
        assert!(!holds("third"));
    }
}

#[test]
fn a_network_is_one_ipv4_address_or_a_64_of_ipv6() {
    assert_eq!(network("192.0.2.1"), "192.0.2.1");
    assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    assert_eq!(network("2001:db8:1:2:aaaa::1"), network("2001:db8:1:2:bbbb::2"));
    assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
}
