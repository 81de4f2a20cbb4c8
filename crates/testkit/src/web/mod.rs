//! Requests through the routes and everything that stands around them, without a network.

mod answer;
mod request;

use std::cell::RefCell;
use std::collections::HashMap;

use axum::Router;
use http::Method;
use kernel::Id;
use kernel::config::Config;
use kernel::identity::store::{Token, User};
use kernel::identity::{Permission, Permissions, Role, store};
use kernel::jobs::Bell;
use kernel::texts::{Source, Texts};
use tokio::runtime::Runtime;
use web_kit::routes::RouteInfo;
use web_kit::{App, AppParts, NavEntry, Routes};

pub use answer::{Answer, Html};
pub use request::Request;

use crate::Kit;

/// What the application under test is made of, beside the [`Kit`].
#[derive(Default)]
pub struct Parts {
    /// Routes of the rooms.
    pub routes: Routes,
    /// Texts of the crates; those of `kernel` and `web_kit` are added.
    pub texts: Vec<&'static [Source]>,
    /// Navigation.
    pub nav: Vec<NavEntry>,
    /// The OpenAPI document.
    pub openapi: String,
    /// Configuration.
    pub config: Config,
}

/// A colleague signed in, with what their browser keeps.
#[derive(Clone, Debug)]
pub struct Session {
    /// The colleague.
    pub user: User,
    /// Secret of the session cookie.
    pub secret: String,
}

impl Session {
    /// The anti-forgery token their forms carry.
    pub fn csrf(&self) -> String {
        kernel::secrets::sign(self.secret.as_bytes(), b"form")
    }
}

/// The application of one test.
pub struct TestApp<'k> {
    kit: &'k Kit,
    app: App,
    router: Router,
    table: Vec<RouteInfo>,
    runtime: Runtime,
    sessions: RefCell<HashMap<(Role, Vec<Id>), Session>>,
}

impl<'k> TestApp<'k> {
    /// The application of these parts on the kit's database, with the kit's handlers and subscriptions.
    pub fn new(kit: &'k Kit, parts: Parts) -> Self {
        let mut sources = [kernel::texts::SOURCES, web_kit::TEXTS].concat();
        sources.extend(parts.texts.iter().copied().flatten());
        let app = App::new(AppParts {
            db: kit.db().clone(),
            texts: Texts::leak(&sources).unwrap(),
            config: parts.config,
            handlers: kit.handlers().clone(),
            subscriptions: kit.subscriptions().clone(),
            bell: Bell::default(),
            nav: parts.nav,
            openapi: parts.openapi,
        });
        let table = parts.routes.table().to_vec();
        let router = web_kit::layers(parts.routes.into_router(), &app);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { kit, app, router, table, runtime, sessions: RefCell::default() }
    }

    /// The application itself.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The table of routes: what a test walks.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    /// A request that reads.
    pub fn get(&self, path: &str) -> Request<'_> {
        self.request(Method::GET, path)
    }

    /// A request that makes or does something.
    pub fn post(&self, path: &str) -> Request<'_> {
        self.request(Method::POST, path)
    }

    /// A request that changes something.
    pub fn patch(&self, path: &str) -> Request<'_> {
        self.request(Method::PATCH, path)
    }

    /// A request that removes something.
    pub fn delete(&self, path: &str) -> Request<'_> {
        self.request(Method::DELETE, path)
    }

    /// Any request.
    pub fn request(&self, method: Method, path: &str) -> Request<'_> {
        Request::new(self, method, path)
    }

    /// Goes where an answer sends the reader, as the same reader, with the cookies it set.
    pub fn follow(&self, answer: &Answer) -> Answer {
        let Some(to) = answer.header("location") else { panic!("no redirection: {answer}") };
        let mut request = self.get(to);
        if let Some(session) = &answer.session {
            request = request.signed_in(session);
        }
        for (name, value) in answer.cookies() {
            request = request.cookie(name, value);
        }
        request.send()
    }

    /// Signs in a new colleague.
    pub fn sign_in(&self, role: Role, sites: &[Id]) -> Session {
        self.session_of(self.kit.person(role, sites))
    }

    /// Signs in an existing colleague.
    pub fn session_of(&self, user: User) -> Session {
        let secret = kernel::secrets::token().unwrap();
        let (id, for_write) = (user.id, secret.clone());
        self.kit.write(move |tx| web_kit::begin_session(tx, id, &for_write, "192.0.2.1", "testkit"));
        Session { user, secret }
    }

    /// The colleague of this role and these sites: one per test.
    fn colleague(&self, role: Role, sites: &[Id]) -> Session {
        let key = (role, sites.to_vec());
        let known = self.sessions.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let session = self.sign_in(role, sites);
            self.sessions.borrow_mut().insert(key, session.clone());
            session
        })
    }

    /// Gives a program a token: what follows `Bearer`. No sites means all of them.
    pub fn token(&self, permissions: &[Permission], sites: Option<&[Id]>) -> String {
        let secret = kernel::secrets::token().unwrap();
        let hash = kernel::secrets::sha256_hex(secret.as_bytes());
        let (permissions, sites) = (Permissions::of(permissions), sites.map(<[Id]>::to_vec));
        self.kit.write(move |tx| {
            let token = Token {
                id: tx.new_id(),
                name: "testkit".into(),
                permissions,
                sites: sites.clone(),
                created_by: None,
                created_at: tx.now(),
                expires_at: None,
                used_at: None,
                revoked_at: None,
            };
            store::insert_token(tx, &token, &hash)
        });
        secret
    }
}
