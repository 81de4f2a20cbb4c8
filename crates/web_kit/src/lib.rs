//! How every room speaks HTTP: the application's state, extractors, the page shell, forms, charts, errors as
//! pages or problem documents, sessions, idempotency and the table of routes.

pub mod api;
mod app;
pub mod assets;
pub mod charts;
mod conflict;
mod cookies;
mod extract;
mod failure;
pub mod form;
pub mod job;
mod offers;
mod page;
mod parameters;
mod problem;
mod protect;
mod qr;
pub mod routes;
mod session;
pub mod text;
mod upload;

pub use api::Json;
pub use app::{App, AppParts, NavEntry, Stage};
pub use conflict::Conflict;
pub use cookies::Cookies;
pub use extract::{Client, Form, LANGUAGE_COOKIE, Path, Query, Visitor};
pub use failure::{Failure, HttpResult};
pub use form::FormView;
pub use offers::{All, Finder, Found, HomeFragment, NavCount, Offers, Place, SheetFragment, Task};
pub use page::{
    Crumb, Page, PublicPage, Toast, csv_response, file_response, html, html_with, icon, initials,
    is_own_page, notice_refuses, redirect, redirect_with, unbroken,
};
pub use problem::Problem;
pub use protect::{layers, query_value, serve_errors};
pub use qr::qr_code;
pub use routes::{Access, RouteInfo, Routes};
pub use session::{
    Caller, SESSION_COOKIE, SESSION_LIFE, SignedIn, begin as begin_session, form_token, session_cookie,
};
pub use text::quoted;
pub use upload::{AnyUpload, Upload};

/// Texts of this crate.
pub const TEXTS: &[kernel::texts::Source] = kernel::texts!["kit"];
