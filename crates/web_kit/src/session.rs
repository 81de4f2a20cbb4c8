//! Who is asking: a signed-in colleague, or a program with a token.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderValue, header};
use jiff::SignedDuration;
use kernel::identity::{Actor, Permission, store};
use kernel::organisation::{self, Organisation, Site, SiteNames};
use kernel::texts::{Locale, T};
use kernel::{Error, Result, Tx, secrets};

use crate::{App, Cookies, Failure};

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "bocal_session";
/// How long a session lives after its last use.
pub const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(14);
/// How often its last use is noted.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Where a second factor is set up.
pub(crate) const FACTOR_PAGE: &str = "/account/second-factor";
/// Why whoever must have a second factor and has none is let in nowhere else.
pub(crate) const FACTOR_OWED: &str = "kit-factor-owed";
/// What they can do before: set it up, read it in their language, leave.
const BEFORE_FACTOR: [&str; 3] = ["/account/language", "/account/theme", "/sign-out"];

/// A signed-in colleague.
#[derive(Clone)]
pub struct SignedIn(Arc<Inner>);

struct Inner {
    user: store::User,
    session: kernel::Id,
    actor: Actor,
    organisation: Organisation,
    sites: Vec<Site>,
    csrf: String,
    t: T,
    /// Must set a second factor up before anything else.
    owes_factor: bool,
    /// The cookie that lives on with the session, when this request was its first use for a while.
    renewed: Option<HeaderValue>,
}

impl SignedIn {
    /// The colleague.
    pub fn user(&self) -> &store::User {
        &self.0.user
    }
    /// Their session.
    pub fn session(&self) -> kernel::Id {
        self.0.session
    }
    /// As an actor.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }
    /// Whether they hold a permission: for showing or hiding what they may not do. Actions check again.
    pub fn may(&self, permission: Permission) -> bool {
        self.0.actor.may(permission)
    }
    /// The organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.0.organisation
    }
    /// Sites of the organisation the colleague may see, open ones first by name.
    pub fn sites(&self) -> Vec<Site> {
        self.0.sites.iter().filter(|s| self.0.actor.scope.includes(Some(s.id))).cloned().collect()
    }
    /// Names of all sites.
    pub fn site_names(&self) -> SiteNames {
        SiteNames::new(&self.0.sites)
    }
    /// The token every form of theirs carries.
    pub fn csrf(&self) -> &str {
        &self.0.csrf
    }
    /// Texts in their language.
    pub fn t(&self) -> T {
        self.0.t
    }
    /// Whether they must set a second factor up before anything else.
    pub fn owes_factor(&self) -> bool {
        self.0.owes_factor
    }
    /// The session cookie to send again, so that it ends as late as the session.
    pub(crate) fn renewed(&self) -> Option<&HeaderValue> {
        self.0.renewed.as_ref()
    }
    /// Today, where the organisation is.
    pub fn today(&self, app: &App) -> kernel::Day {
        self.0.organisation.zone.day_of(app.db().clock().now())
    }
}

/// Where the outermost layer finds who was signed in, to draw an error inside their shell.
#[derive(Clone, Default)]
pub(crate) struct Slot(pub(crate) Arc<std::sync::OnceLock<SignedIn>>);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        if let Some(known) = parts.extensions.get::<Slot>().and_then(|slot| slot.0.get()) {
            return Ok(known.clone());
        }
        let secret = Cookies::new(&parts.headers).get(SESSION_COOKIE).ok_or(Error::NotSignedIn)?.to_owned();
        let signed_in = load(app, secret).await?;
        let path = parts.uri.path();
        if signed_in.owes_factor() && !path.starts_with(FACTOR_PAGE) && !BEFORE_FACTOR.contains(&path) {
            return Err(Failure(Error::refused(FACTOR_OWED)));
        }
        if let Some(slot) = parts.extensions.get::<Slot>() {
            let _ = slot.0.set(signed_in.clone());
        }
        Ok(signed_in)
    }
}

async fn load(app: &App, secret: String) -> Result<SignedIn> {
    let hash = secrets::sha256_hex(secret.as_bytes());
    let for_read = hash.clone();
    let (session, user, actor, (organisation, owes_factor), sites) = app
        .read(move |tx| {
            let (session, user) = store::session(tx, &for_read)?.ok_or(Error::NotSignedIn)?;
            let actor = store::actor(tx, &user)?;
            let organisation = organisation::store::get(tx)?;
            let owes_factor = store::owes_factor(tx, user.id)?;
            Ok((session, user, actor, (organisation, owes_factor), organisation::store::sites(tx)?))
        })
        .await?;
    let now = app.db().clock().now();
    let mut renewed = None;
    if now.since(session.seen_at) > TOUCH_EVERY {
        let id = session.id;
        app.write(move |tx| {
            let expires = tx.now().plus(SESSION_LIFE);
            store::touch_session(tx, id, expires)
        })
        .await?;
        renewed = session_cookie(app, &secret);
    }
    let t = app.texts(user.locale);
    let csrf = csrf_of(&secret);
    let session = session.id;
    Ok(SignedIn(Arc::new(Inner { user, session, actor, organisation, sites, csrf, t, owes_factor, renewed })))
}

/// The anti-forgery token of a session: only who holds the session's secret can compute it.
pub(crate) fn csrf_of(session_secret: &str) -> String {
    secrets::sign(session_secret.as_bytes(), b"form")
}

/// The token a form of a public page carries: a browser that still holds a session cookie, even an ended
/// one, must send it; without a cookie it is empty.
pub fn form_token(headers: &http::HeaderMap) -> String {
    let secret = Cookies::new(headers).get(SESSION_COOKIE).filter(|s| !s.is_empty());
    secret.map(csrf_of).unwrap_or_default()
}

/// Begins a session for `user` and returns its secret. A new secret at each sign-in: one that was planted
/// beforehand is worth nothing.
pub fn begin(tx: &mut Tx<'_>, user: kernel::Id, secret: &str, address: &str, client: &str) -> Result<()> {
    let now = tx.now();
    let session = store::Session {
        id: tx.new_id(),
        user,
        created_at: now,
        seen_at: now,
        expires_at: now.plus(SESSION_LIFE),
        address: address.to_owned(),
        client: client.chars().take(200).collect(),
    };
    store::insert_session(tx, &session, &secrets::sha256_hex(secret.as_bytes()))
}

/// The cookie that carries a session; an empty secret removes it.
pub fn session_cookie(app: &App, secret: &str) -> Option<HeaderValue> {
    let life = if secret.is_empty() { 0 } else { SESSION_LIFE.as_secs() };
    Cookies::set(app, SESSION_COOKIE, secret, life)
}

/// A program with a token: the caller of `/api/v1`.
#[derive(Clone)]
pub struct Caller {
    /// As an actor.
    pub actor: Actor,
    /// Language of its messages.
    pub t: T,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
        let secret = header.and_then(|v| v.strip_prefix("Bearer ")).ok_or(Error::NotSignedIn)?;
        let hash = secrets::sha256_hex(secret.trim().as_bytes());
        let token = app.read(move |tx| store::token(tx, &hash)).await?.ok_or(Error::NotSignedIn)?;
        let now = app.db().clock().now();
        if token.used_at.is_none_or(|at| now.since(at) > TOUCH_EVERY) {
            let id = token.id;
            app.write(move |tx| store::touch_token(tx, id)).await?;
        }
        let t = app.texts(header_locale(parts).unwrap_or(Locale::En));
        Ok(Self { actor: token.actor(), t })
    }
}

/// Language asked for by the request's headers.
pub(crate) fn header_locale(parts: &Parts) -> Option<Locale> {
    parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Locale::accepted)
}
