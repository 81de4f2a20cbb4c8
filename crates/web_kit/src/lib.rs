//! How every room speaks HTTP: the application's state, extractors, the page shell, forms, charts, errors as
//! pages or problem documents, sessions, idempotency and the table of routes.

pub mod api;
mod app;
pub mod assets;
pub mod charts;
mod cookies;
mod extract;
mod failure;
pub mod form;
mod page;
mod problem;
mod protect;
pub mod routes;
mod session;
pub mod text;
mod upload;

pub use api::Json;
pub use app::{App, AppParts, NavEntry, Stage};
pub use cookies::Cookies;
pub use extract::{Client, Form, Path, Query, Visitor};
pub use failure::{Failure, HttpResult};
pub use form::FormView;
pub use page::{Page, PublicPage, Crumb, Toast, html, redirect, redirect_with, csv_response, file_response};
pub use problem::Problem;
pub use protect::{layers, serve_errors};
pub use routes::{Access, Routes};
pub use session::{Caller, SESSION_COOKIE, SignedIn, begin as begin_session, session_cookie};
pub use upload::Upload;

/// Texts of this crate.
pub const TEXTS: &[kernel::texts::Source] = kernel::texts!["kit"];
