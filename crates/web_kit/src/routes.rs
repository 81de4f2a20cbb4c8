//! The table of routes: what each room answers, and who may ask.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use http::Method;
use kernel::identity::Permission;

use crate::App;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Any signed-in colleague.
    SignedIn,
    /// A signed-in colleague with this permission.
    Page(Permission),
    /// A program whose token has this permission.
    Api(Permission),
}

/// One route, as tests and documents see it. Permissions are checked in actions; a test compares both.
#[derive(Clone, Debug)]
pub struct RouteInfo {
    /// Method.
    pub method: Method,
    /// Path, with `{name}` for what varies.
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
}

/// Routes of one or more rooms.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    table: Vec<RouteInfo>,
}

impl Routes {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a route that reads.
    #[must_use]
    pub fn get<H, X>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.add(Method::GET, MethodFilter::GET, path, access, handler)
    }

    /// Adds a route that makes or does something.
    #[must_use]
    pub fn post<H, X>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.add(Method::POST, MethodFilter::POST, path, access, handler)
    }

    /// Adds a route that changes something.
    #[must_use]
    pub fn patch<H, X>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.add(Method::PATCH, MethodFilter::PATCH, path, access, handler)
    }

    /// Adds a route that removes something.
    #[must_use]
    pub fn delete<H, X>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.add(Method::DELETE, MethodFilter::DELETE, path, access, handler)
    }

    fn add<H, X>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self
    where
        H: Handler<X, App>,
        X: 'static,
    {
        self.router = self.router.route(path, on(filter, handler));
        self.table.push(RouteInfo { method, path, access });
        self
    }

    /// Both sets of routes.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// Gives a value to all handlers added so far: they find it among the extensions of the request.
    #[must_use]
    pub fn with<V: Clone + Send + Sync + 'static>(mut self, value: V) -> Self {
        self.router = self.router.layer(axum::Extension(value));
        self
    }

    /// The table.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    /// The router.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
