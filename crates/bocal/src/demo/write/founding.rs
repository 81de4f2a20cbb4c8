//! The organisation with its sites, teams and colleagues.

use admin::set_up::Input;
use admin::settings::SettingsInput;
use admin::sites::SiteInput;
use admin::teams::TeamInput;
use kernel::clock::Regime;
use kernel::identity::store::{self as identity, Grant, User};
use kernel::identity::{Actor, Role};
use kernel::ledger::Event;
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx};

use super::Work;
use super::opinions::Surveys;
use crate::demo::calendar::Place;
use crate::demo::plan::names::ascii;
use crate::demo::words::Colleague;

/// Name of the organisation.
const NAME: &str = "Les Greniers de l’Auvrille";

/// Who and where.
#[derive(Clone, Debug)]
pub(crate) struct House {
    /// Identifiers of the sites, in the order of [`Place::ALL`].
    pub(super) sites: Vec<Id>,
    /// Colleagues, in the order of the word file.
    pub(super) colleagues: Vec<Actor>,
    pub(super) surveys: Surveys,
}

impl House {
    pub(super) fn site(&self, place: Place) -> Option<Id> {
        self.sites.get(place.rank()).copied()
    }

    pub(super) fn colleague(&self, rank: usize) -> Result<&Actor> {
        self.colleagues.get(rank).ok_or_else(|| Error::internal(format!("no colleague {rank}")))
    }

    /// The first colleague who holds a role's permissions.
    pub(super) fn one_who(&self, may: kernel::identity::Permission) -> Result<&Actor> {
        self.colleagues.iter().find(|c| c.may(may)).ok_or(Error::Denied(may.name()))
    }
}

/// Sets everything up, as its administrator would.
pub(super) fn organisation(tx: &mut Tx<'_>, work: &Work) -> Result<House> {
    let colleagues = &work.words.colleagues;
    let first = colleagues.iter().position(|c| c.role == "admin");
    let (rank, first) = first
        .and_then(|rank| Some((rank, colleagues.get(rank)?)))
        .ok_or_else(|| Error::internal("colleagues.tsv: no administrator"))?;
    let input = Input {
        organisation: NAME.to_owned(),
        site: None,
        regime: Regime::France,
        zone: "Europe/Paris".parse().map_err(Error::caused)?,
        currency: "EUR".to_owned(),
        locale: Locale::Fr,
        person: name(first),
        title: title(work, first),
        email: email(first),
        password_hash: None,
        demonstration: true,
    };
    let administrator = admin::set_up::actions::set_up(tx, &input)?.administrator;
    let by = identity::actor(tx, &administrator)?;
    hours(tx, &by)?;
    let sites = sites(tx, work, &by)?;
    teams(tx, &by, &sites)?;
    let mut actors = Vec::with_capacity(colleagues.len());
    for (at, colleague) in colleagues.iter().enumerate() {
        actors.push(if at == rank { by.clone() } else { join(tx, work, &by, &sites, colleague)? });
    }
    Ok(House { sites, colleagues: actors, surveys: Surveys::default() })
}

/// Customers are called on the days the shops are open, Saturdays too.
fn hours(tx: &mut Tx<'_>, by: &Actor) -> Result<()> {
    let (organisation, roles) = admin::settings::actions::read(tx, by)?;
    let day = || "09:00-12:15, 14:00-18:30".to_owned();
    let input = SettingsInput {
        monday: String::new(),
        tuesday: day(),
        wednesday: day(),
        thursday: day(),
        friday: day(),
        saturday: day(),
        ..SettingsInput::of(&organisation, &roles)
    };
    admin::settings::actions::change(tx, by, &input)
}

fn sites(tx: &mut Tx<'_>, work: &Work, by: &Actor) -> Result<Vec<Id>> {
    let make = |site: &crate::demo::words::SiteWords| {
        let input = SiteInput { name: site.name.to_owned(), code: site.key.to_owned() };
        admin::sites::actions::create(tx, by, &input).map(|site| site.id)
    };
    work.words.sites.iter().map(make).collect()
}

fn teams(tx: &mut Tx<'_>, by: &Actor, sites: &[Id]) -> Result<()> {
    let teams: [(&str, &[usize]); 2] = [("Plaine et plateau", &[1, 2]), ("Vallée", &[0, 3])];
    for (name, ranks) in teams {
        let sites = ranks.iter().filter_map(|rank| sites.get(*rank).copied()).collect();
        admin::teams::actions::create(tx, by, &TeamInput { name: name.to_owned(), sites, version: 1 })?;
    }
    Ok(())
}

/// A colleague who joined: nobody needs a password in a demonstration.
fn join(tx: &mut Tx<'_>, work: &Work, by: &Actor, sites: &[Id], colleague: &Colleague) -> Result<Actor> {
    let user = User {
        id: tx.new_id(),
        email: email(colleague),
        name: name(colleague),
        title: title(work, colleague),
        locale: Locale::Fr,
        theme: "system".to_owned(),
        disabled: false,
        version: 1,
    };
    identity::insert_user(tx, &user, None)?;
    let role: Role = match colleague.role {
        "admin" => Role::Administrator,
        other => other.parse()?,
    };
    let site = colleague.place.and_then(|place| sites.get(place.rank()).copied());
    identity::set_grants(tx, user.id, &[Grant { role, site, team: None }])?;
    Event::new("colleague.created", user.id).after(&user).record(tx, by)?;
    identity::actor(tx, &user)
}

fn name(colleague: &Colleague) -> String {
    format!("{} {}", colleague.given, colleague.family)
}

fn email(colleague: &Colleague) -> String {
    format!("{}.{}@exemple.fr", ascii(colleague.given), ascii(colleague.family))
}

/// What a colleague does, in a few words.
fn title(work: &Work, colleague: &Colleague) -> String {
    let t = work.texts;
    let site = colleague.place.and_then(|place| work.words.sites.get(place.rank()));
    match (colleague.role, site) {
        ("director", _) => t.get("demo-title-director"),
        ("marketer", _) => t.get("demo-title-marketer"),
        ("analyst", _) => t.get("demo-title-analyst"),
        ("admin", _) => t.get("demo-title-admin"),
        ("manager", None) => t.get("demo-title-manager"),
        ("manager", Some(site)) => t.one("demo-title-manager-site", "site", site.name),
        (_, None) => t.get("demo-title-adviser"),
        (_, Some(site)) => t.one("demo-title-adviser-site", "site", site.name),
    }
}
