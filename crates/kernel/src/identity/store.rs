//! Every query about users, sessions, tokens and repeated requests.

use super::{Actor, ActorKind, Permission, Permissions, Role, Scope};
use crate::clock::Instant;
use crate::db::{Row, Tx};
use crate::errors::Result;
use crate::ids::Id;
use crate::texts::Locale;

/// A colleague.
#[derive(Clone, Debug, serde::Serialize)]
pub struct User {
    /// Identifier.
    pub id: Id,
    /// Address they sign in with.
    pub email: String,
    /// Name as shown.
    pub name: String,
    /// What they do, in a few words.
    pub title: String,
    /// Language they read.
    pub locale: Locale,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// May no longer sign in.
    pub disabled: bool,
    /// Optimistic version.
    pub version: i64,
}

const USER: &str = "u.id, u.email, u.name, u.title, u.locale, u.theme, u.disabled, u.version";

fn read_user(row: &Row<'_>) -> Result<User> {
    let mut c = row.columns();
    Ok(User {
        id: c.next()?,
        email: c.next()?,
        name: c.next()?,
        title: c.next()?,
        locale: c.next::<String>()?.parse().unwrap_or_default(),
        theme: c.next()?,
        disabled: c.next()?,
        version: c.next()?,
    })
}

/// One user.
pub fn user(tx: &mut Tx<'_>, id: Id) -> Result<User> {
    tx.query_one(&format!("SELECT {USER} FROM users u WHERE u.id = $1"), &[&id], read_user)
}

/// Every user, by name.
pub fn users(tx: &mut Tx<'_>) -> Result<Vec<User>> {
    tx.query(&format!("SELECT {USER} FROM users u ORDER BY u.name, u.id"), &[], read_user)
}

/// The user with this address (lower case) and their password hash.
pub fn user_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<(User, Option<String>)>> {
    tx.query_opt(
        &format!("SELECT {USER}, u.password_hash FROM users u WHERE u.email = $1"),
        &[&email],
        |row| Ok((read_user(row)?, row.get(8)?)),
    )
}

/// Adds a user; the address must be in lower case.
pub fn insert_user(tx: &mut Tx<'_>, user: &User, password_hash: Option<&str>) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO users (id, email, name, title, password_hash, locale, theme, disabled, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        &[
            &user.id, &user.email, &user.name, &user.title, &password_hash, &user.locale.code(), &user.theme,
            &user.disabled, &now,
        ],
    )?;
    Ok(())
}

/// Changes a user if they are still at `user.version`; returns whether they were.
pub fn update_user(tx: &mut Tx<'_>, user: &User) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE users SET email = $3, name = $4, title = $5, locale = $6, theme = $7, disabled = $8,
                          version = version + 1
         WHERE id = $1 AND version = $2",
        &[
            &user.id,
            &user.version,
            &user.email,
            &user.name,
            &user.title,
            &user.locale.code(),
            &user.theme,
            &user.disabled,
        ],
    )?;
    Ok(changed == 1)
}

/// Sets a password.
pub fn set_password(tx: &mut Tx<'_>, user: Id, hash: &str) -> Result<()> {
    tx.execute("UPDATE users SET password_hash = $2, version = version + 1 WHERE id = $1", &[&user, &hash])?;
    Ok(())
}

/// A role given to a user, for the whole organisation, a site or a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Only for this site.
    pub site: Option<Id>,
    /// Only for the sites of this team.
    pub team: Option<Id>,
}

/// Whether a role of somebody must have a second factor and none of theirs is in use.
pub fn owes_factor(tx: &mut Tx<'_>, user: Id) -> Result<bool> {
    let owed = tx.query_opt(
        "SELECT g.id FROM grants g JOIN factor_roles r ON r.role = g.role
         WHERE g.user_id = $1
           AND NOT EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = $1 AND f.confirmed_at IS NOT NULL)
         LIMIT 1",
        &[&user],
        |row| row.get::<Id>(0),
    )?;
    Ok(owed.is_some())
}

/// Roles of a user.
pub fn grants(tx: &mut Tx<'_>, user: Id) -> Result<Vec<Grant>> {
    let all = tx.query(
        "SELECT role, site_id, team_id FROM grants WHERE user_id = $1 ORDER BY id",
        &[&user],
        |row| Ok((row.get::<String>(0)?, row.get(1)?, row.get(2)?)),
    )?;
    // A role that a later version removed gives nothing.
    Ok(all
        .into_iter()
        .filter_map(|(role, site, team)| Some(Grant { role: role.parse().ok()?, site, team }))
        .collect())
}

/// Replaces the roles of a user.
pub fn set_grants(tx: &mut Tx<'_>, user: Id, grants: &[Grant]) -> Result<()> {
    tx.execute("DELETE FROM grants WHERE user_id = $1", &[&user])?;
    for grant in grants {
        let id = tx.new_id();
        tx.execute(
            "INSERT INTO grants (id, user_id, role, site_id, team_id) VALUES ($1, $2, $3, $4, $5)",
            &[&id, &user, &grant.role.name(), &grant.site, &grant.team],
        )?;
    }
    Ok(())
}

/// How many users who may sign in hold `role` for the whole organisation, apart from `except`.
pub fn others_with_role(tx: &mut Tx<'_>, role: Role, except: Id) -> Result<i64> {
    tx.query_one(
        "SELECT COUNT(DISTINCT u.id) FROM users u JOIN grants g ON g.user_id = u.id
         WHERE g.role = $1 AND g.site_id IS NULL AND g.team_id IS NULL AND u.disabled = FALSE AND u.id <> $2",
        &[&role.name(), &except],
        |row| row.get(0),
    )
}

/// The sites a user reaches through teams, team by team.
fn team_sites(tx: &mut Tx<'_>, user: Id) -> Result<Vec<Id>> {
    tx.query(
        "SELECT DISTINCT t.site_id FROM grants g JOIN team_sites t ON t.team_id = g.team_id
         WHERE g.user_id = $1",
        &[&user],
        |row| row.get(0),
    )
}

/// A user as an actor: the union of their roles, over the union of the sites they were given for.
pub fn actor(tx: &mut Tx<'_>, user: &User) -> Result<Actor> {
    let grants = grants(tx, user.id)?;
    let permissions = grants.iter().fold(Permissions::none(), |set, g| set.union(g.role.permissions()));
    let everywhere = grants.iter().any(|g| g.site.is_none() && g.team.is_none());
    let scope = if everywhere {
        Scope::All
    } else {
        let mut sites: Vec<Id> = grants.iter().filter_map(|g| g.site).collect();
        if grants.iter().any(|g| g.team.is_some()) {
            sites.extend(team_sites(tx, user.id)?);
        }
        sites.sort_unstable();
        sites.dedup();
        Scope::Sites(sites)
    };
    Ok(Actor { kind: ActorKind::User(user.id), name: user.name.clone(), permissions, scope })
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct Session {
    /// Identifier, not secret.
    pub id: Id,
    /// Whose.
    pub user: Id,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to within five minutes.
    pub seen_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Network address at sign-in.
    pub address: String,
    /// The browser, as it calls itself.
    pub client: String,
}

const SESSION: &str = "id, user_id, created_at, seen_at, expires_at, address, client";

fn read_session(row: &Row<'_>) -> Result<Session> {
    let mut c = row.columns();
    Ok(Session {
        id: c.next()?,
        user: c.next()?,
        created_at: c.next()?,
        seen_at: c.next()?,
        expires_at: c.next()?,
        address: c.next()?,
        client: c.next()?,
    })
}

/// Begins a session under the hash of its secret.
pub fn insert_session(tx: &mut Tx<'_>, session: &Session, secret_hash: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO sessions (id, secret_hash, user_id, created_at, seen_at, expires_at, address, client)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &session.id,
            &secret_hash,
            &session.user,
            &session.created_at,
            &session.seen_at,
            &session.expires_at,
            &session.address,
            &session.client,
        ],
    )?;
    Ok(())
}

/// The session of a secret, if it has not ended, with its user if they may still sign in.
pub fn session(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<(Session, User)>> {
    let now = tx.now();
    let sql = format!("SELECT {SESSION} FROM sessions WHERE secret_hash = $1 AND expires_at > $2");
    let Some(session) = tx.query_opt(&sql, &[&secret_hash, &now], read_session)? else { return Ok(None) };
    let user = user(tx, session.user)?;
    Ok((!user.disabled).then_some((session, user)))
}

/// Sessions of a user that have not ended, latest first.
pub fn sessions(tx: &mut Tx<'_>, user: Id) -> Result<Vec<Session>> {
    let now = tx.now();
    let sql = format!(
        "SELECT {SESSION} FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY seen_at DESC"
    );
    tx.query(&sql, &[&user, &now], read_session)
}

/// Notes that a session is in use and lets it live on.
pub fn touch_session(tx: &mut Tx<'_>, id: Id, expires_at: Instant) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id = $1", &[&id, &now, &expires_at])?;
    Ok(())
}

/// Ends one session of a user; returns whether there was one.
pub fn end_session(tx: &mut Tx<'_>, user: Id, id: Id) -> Result<bool> {
    Ok(tx.execute("DELETE FROM sessions WHERE id = $1 AND user_id = $2", &[&id, &user])? == 1)
}

/// Ends every session of a user, but for one.
pub fn end_sessions(tx: &mut Tx<'_>, user: Id, except: Option<Id>) -> Result<u64> {
    let except = except.unwrap_or(Id(0));
    tx.execute("DELETE FROM sessions WHERE user_id = $1 AND id <> $2", &[&user, &except])
}

/// Removes what time has made useless: ended sessions, old throttles and remembered requests.
pub fn sweep(tx: &mut Tx<'_>, remembered_before: Instant) -> Result<u64> {
    let now = tx.now();
    Ok(tx.execute("DELETE FROM sessions WHERE expires_at <= $1", &[&now])?
        + tx.execute("DELETE FROM throttles WHERE window_start < $1", &[&remembered_before])?
        + tx.execute("DELETE FROM idempotency_keys WHERE created_at < $1", &[&remembered_before])?)
}

/// A program's token.
#[derive(Clone, Debug)]
pub struct Token {
    /// Identifier, not secret.
    pub id: Id,
    /// What it is for.
    pub name: String,
    /// What it allows.
    pub permissions: Permissions,
    /// Which sites it reaches; `None` is all.
    pub sites: Option<Vec<Id>>,
    /// Who made it.
    pub created_by: Option<Id>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends by itself.
    pub expires_at: Option<Instant>,
    /// When it was last used, to within five minutes.
    pub used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
}

impl Token {
    /// The token as an actor.
    pub fn actor(&self) -> Actor {
        Actor {
            kind: ActorKind::Token(self.id),
            name: self.name.clone(),
            permissions: self.permissions,
            scope: self.sites.clone().map_or(Scope::All, Scope::Sites),
        }
    }
}

const TOKEN: &str =
    "id, name, permissions, site_ids, created_by, created_at, expires_at, used_at, revoked_at";

fn read_token(row: &Row<'_>) -> Result<Token> {
    let mut c = row.columns();
    let (id, name) = (c.next()?, c.next()?);
    let names: Vec<String> = serde_json::from_str(&c.next::<String>()?)?;
    let permissions: Vec<Permission> = names.iter().filter_map(|n| n.parse().ok()).collect();
    let sites: Option<String> = c.next()?;
    Ok(Token {
        id,
        name,
        permissions: Permissions::of(&permissions),
        sites: sites.map(|s| serde_json::from_str(&s)).transpose()?,
        created_by: c.next()?,
        created_at: c.next()?,
        expires_at: c.next()?,
        used_at: c.next()?,
        revoked_at: c.next()?,
    })
}

/// Adds a token under the hash of its secret.
pub fn insert_token(tx: &mut Tx<'_>, token: &Token, secret_hash: &str) -> Result<()> {
    let names: Vec<&str> = token.permissions.iter().map(Permission::name).collect();
    let permissions = serde_json::to_string(&names)?;
    let sites = token.sites.as_ref().map(serde_json::to_string).transpose()?;
    tx.execute(
        "INSERT INTO api_tokens (id, name, secret_hash, permissions, site_ids, created_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &token.id, &token.name, &secret_hash, &permissions, &sites, &token.created_by, &token.created_at,
            &token.expires_at,
        ],
    )?;
    Ok(())
}

/// The token of a secret, if it still holds.
pub fn token(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<Token>> {
    let now = tx.now();
    tx.query_opt(
        &format!(
            "SELECT {TOKEN} FROM api_tokens
             WHERE secret_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)"
        ),
        &[&secret_hash, &now],
        read_token,
    )
}

/// Every token, latest first.
pub fn tokens(tx: &mut Tx<'_>) -> Result<Vec<Token>> {
    tx.query(&format!("SELECT {TOKEN} FROM api_tokens ORDER BY id DESC"), &[], read_token)
}

/// Notes that a token is in use.
pub fn touch_token(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE api_tokens SET used_at = $2 WHERE id = $1", &[&id, &now])?;
    Ok(())
}

/// Revokes a token; returns whether it still held.
pub fn revoke_token(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE api_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        &[&id, &now],
    )?;
    Ok(changed == 1)
}

/// An answer that was given to a request, kept to be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Hash of the request.
    pub request_hash: String,
    /// HTTP status.
    pub status: i64,
    /// `Location` of what was made.
    pub location: Option<String>,
    /// Body.
    pub body: String,
}

/// The answer remembered for a key of this owner.
pub fn remembered(tx: &mut Tx<'_>, owner: &str, key: &str) -> Result<Option<Remembered>> {
    tx.query_opt(
        "SELECT request_hash, status, location, body FROM idempotency_keys WHERE owner = $1 AND key = $2",
        &[&owner, &key],
        |row| {
            let mut c = row.columns();
            Ok(Remembered {
                request_hash: c.next()?,
                status: c.next()?,
                location: c.next()?,
                body: c.next()?,
            })
        },
    )
}

/// Remembers an answer.
pub fn remember(tx: &mut Tx<'_>, owner: &str, key: &str, answer: &Remembered) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO idempotency_keys (owner, key, request_hash, status, location, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&owner, &key, &answer.request_hash, &answer.status, &answer.location, &answer.body, &now],
    )?;
    Ok(())
}

/// Invites a user under the hash of a secret.
pub fn insert_invitation(tx: &mut Tx<'_>, user: Id, secret_hash: &str, expires_at: Instant) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    tx.execute("DELETE FROM colleague_invitations WHERE user_id = $1 AND used_at IS NULL", &[&user])?;
    tx.execute(
        "INSERT INTO colleague_invitations (id, user_id, secret_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
        &[&id, &user, &secret_hash, &now, &expires_at],
    )?;
    Ok(())
}

/// The user an invitation is for, if it still holds.
pub fn invited(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<User>> {
    let now = tx.now();
    tx.query_opt(
        &format!(
            "SELECT {USER} FROM users u JOIN colleague_invitations i ON i.user_id = u.id
             WHERE i.secret_hash = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND u.disabled = FALSE"
        ),
        &[&secret_hash, &now],
        read_user,
    )
}

/// Uses an invitation up.
pub fn use_invitation(tx: &mut Tx<'_>, secret_hash: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE colleague_invitations SET used_at = $2 WHERE secret_hash = $1",
        &[&secret_hash, &now],
    )?;
    Ok(())
}
