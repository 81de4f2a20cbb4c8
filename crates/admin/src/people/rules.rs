//! Who may give what to whom.

use kernel::identity::store::Grant;
use kernel::identity::{Actor, Permissions, Role, Scope};
use kernel::texts::fold;
use kernel::{FieldError, Id, Message, Result};

use super::model::{Checked, Colleague, ColleagueInput, Filter, Places, RoleInput};
use crate::shared::{Wrong, email, line, optional_line};

/// Checks everything that was typed.
pub(super) fn check(input: &ColleagueInput, places: &Places) -> Result<Checked> {
    let mut wrong = Wrong::default();
    let name = wrong.take(line("name", &input.name, 120));
    let email = wrong.take(email("email", &input.email));
    let title = wrong.take(optional_line("title", &input.title, 120));
    let grants = wrong.take(grants(&input.roles, places));
    match (name, email, title, grants) {
        (Some(name), Some(email), Some(title), Some(grants)) => Ok(Checked { name, email, title, grants }),
        _ => Err(wrong.error()),
    }
}

fn grants(roles: &[RoleInput], places: &Places) -> std::result::Result<Vec<Grant>, FieldError> {
    let mut all: Vec<Grant> = Vec::new();
    for role in roles {
        let grant = grant(role, places)?;
        if !all.contains(&grant) {
            all.push(grant);
        }
    }
    if all.is_empty() {
        return Err(FieldError::new("roles", "people-error-no-role"));
    }
    Ok(all)
}

fn grant(input: &RoleInput, places: &Places) -> std::result::Result<Grant, FieldError> {
    let wrong = |key: &'static str| FieldError::new("roles", Message::new(key));
    let role: Role = input.role.parse().map_err(|_| wrong("error-unknown-role"))?;
    let id = |text: &Option<String>| -> std::result::Result<Option<Id>, FieldError> {
        let given = text.as_deref().filter(|t| !t.is_empty());
        given.map(str::parse).transpose().map_err(|_| wrong("people-error-reach"))
    };
    let (site, team) = (id(&input.site)?, id(&input.team)?);
    let known = site.is_none_or(|id| places.sites.iter().any(|s| s.id == id))
        && team.is_none_or(|id| places.teams.iter().any(|t| t.id == id));
    if !known || (site.is_some() && team.is_some()) {
        return Err(wrong("people-error-reach"));
    }
    Ok(Grant { role, site, team })
}

/// Whether an actor could give all of these roles: nobody gives more than they hold, nor wider than they
/// reach. The same decides whose account they may touch at all; otherwise the invitation link of a more
/// powerful colleague would be a way up.
pub fn covers(actor: &Actor, grants: &[Grant], places: &Places) -> bool {
    grants.iter().all(|grant| {
        holds(actor.permissions, grant.role.permissions())
            && match (&actor.scope, grant.site, grant.team) {
                (Scope::All, _, _) => true,
                (Scope::Sites(_), None, None) => false,
                (Scope::Sites(own), Some(site), _) => own.contains(&site),
                (Scope::Sites(own), None, Some(team)) => places
                    .teams
                    .iter()
                    .find(|t| t.id == team)
                    .is_some_and(|t| t.sites.iter().all(|site| own.contains(site))),
            }
    })
}

fn holds(own: Permissions, given: Permissions) -> bool {
    own.intersection(given) == given
}

/// Whether these roles administer the whole organisation.
pub fn administers_all(grants: &[Grant]) -> bool {
    grants.iter().any(|g| g.role == Role::Administrator && g.site.is_none() && g.team.is_none())
}

/// Whether a colleague is wanted: every word typed stands in their name, address or title.
pub fn matches(colleague: &Colleague, filter: &Filter) -> bool {
    if !filter.state.is_empty() && filter.state != colleague.state.name() {
        return false;
    }
    let user = &colleague.user;
    let text = fold(&format!("{} {} {}", user.name, user.email, user.title));
    fold(&filter.q).split(' ').all(|word| text.contains(word))
}

/// What a form sends for the reach of a role, and back: `site:…`, `team:…`, or empty for everything.
pub fn reach_of(grant: &RoleInput) -> String {
    match (&grant.site, &grant.team) {
        (Some(site), _) => format!("site:{site}"),
        (None, Some(team)) => format!("team:{team}"),
        (None, None) => String::new(),
    }
}

/// The role that two fields of a form name.
pub fn role_of(role: &str, reach: &str) -> RoleInput {
    let part = |kind: &str| reach.strip_prefix(kind).map(str::to_owned);
    RoleInput { role: role.to_owned(), site: part("site:"), team: part("team:") }
}
