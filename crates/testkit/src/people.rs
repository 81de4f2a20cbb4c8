//! Sites and colleagues of a test.

use kernel::Id;
use kernel::identity::store::{Grant, User};
use kernel::identity::{Actor, Role, store};
use kernel::organisation::Site;
use kernel::texts::Locale;

use crate::Kit;

impl Kit {
    /// Adds a site of this name; its code is the name in capitals.
    pub fn site(&self, name: &str) -> Id {
        let (code, name) = (name.to_uppercase(), name.to_owned());
        self.write(move |tx| {
            let site =
                Site { id: tx.new_id(), code: code.clone(), name: name.clone(), closed: false, version: 1 };
            kernel::organisation::store::insert_site(tx, &site)?;
            Ok(site.id)
        })
    }

    /// Adds a colleague with a role at these sites, or in the whole organisation when there is none.
    pub fn person(&self, role: Role, sites: &[Id]) -> User {
        let sites = sites.to_vec();
        self.write(move |tx| {
            let id = tx.new_id();
            let user = User {
                id,
                email: format!("{}.{id}@example.org", role.name()),
                name: format!("{}{} {id}", role.name()[..1].to_uppercase(), &role.name()[1..]),
                title: String::new(),
                locale: Locale::Fr,
                theme: "system".into(),
                disabled: false,
                version: 1,
            };
            store::insert_user(tx, &user, None)?;
            let everywhere = sites.is_empty().then_some(None);
            let places = everywhere.into_iter().chain(sites.iter().copied().map(Some));
            let grants: Vec<Grant> = places.map(|site| Grant { role, site, team: None }).collect();
            store::set_grants(tx, id, &grants)?;
            Ok(user)
        })
    }

    /// Adds a colleague and gives them as an actor.
    pub fn actor(&self, role: Role, sites: &[Id]) -> Actor {
        let user = self.person(role, sites);
        self.read(|tx| store::actor(tx, &user))
    }

    /// An adviser at these sites.
    pub fn adviser(&self, sites: &[Id]) -> Actor {
        self.actor(Role::Adviser, sites)
    }

    /// A manager at these sites.
    pub fn manager(&self, sites: &[Id]) -> Actor {
        self.actor(Role::Manager, sites)
    }

    /// A marketing manager of the whole organisation.
    pub fn marketer(&self) -> Actor {
        self.actor(Role::Marketer, &[])
    }

    /// A director of the whole organisation.
    pub fn director(&self) -> Actor {
        self.actor(Role::Director, &[])
    }

    /// An analyst of the whole organisation.
    pub fn analyst(&self) -> Actor {
        self.actor(Role::Analyst, &[])
    }

    /// An administrator.
    pub fn administrator(&self) -> Actor {
        self.actor(Role::Administrator, &[])
    }
}
