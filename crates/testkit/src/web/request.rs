//! A request being put together.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use http::request::Builder;
use http::{Method, header};
use http_body_util::BodyExt;
use kernel::Id;
use kernel::identity::Role;
use tower::ServiceExt;

use super::{Answer, Session, TestApp};

/// Marks where the parts of an upload begin.
const BOUNDARY: &str = "----bocal-test-boundary";

/// A request to the application under test.
#[must_use = "nothing happens before `send`"]
pub struct Request<'a> {
    app: &'a TestApp<'a>,
    builder: Builder,
    body: Vec<u8>,
    cookies: Vec<String>,
    session: Option<Session>,
    address: IpAddr,
}

impl<'a> Request<'a> {
    pub(super) fn new(app: &'a TestApp<'a>, method: Method, path: &str) -> Self {
        Self {
            app,
            builder: http::Request::builder().method(method).uri(path).header(header::HOST, "bocal.test"),
            body: Vec::new(),
            cookies: Vec::new(),
            session: None,
            address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// Adds a cookie.
    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push(format!("{name}={value}"));
        self
    }

    /// As a colleague of this role at these sites (none: the whole organisation); the same one each time.
    pub fn signed_in_as(self, role: Role, sites: &[Id]) -> Self {
        let session = self.app.colleague(role, sites);
        self.signed_in(&session)
    }

    /// As this colleague.
    pub fn signed_in(mut self, session: &Session) -> Self {
        self.session = Some(session.clone());
        self.cookie(web_kit::SESSION_COOKIE, &session.secret)
    }

    /// As a program with this token.
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// As htmx asks for part of a page.
    pub fn htmx(self) -> Self {
        self.header("hx-request", "true")
    }

    /// In this language.
    pub fn language(self, code: &str) -> Self {
        self.header("accept-language", code)
    }

    /// From this network address.
    pub fn from(mut self, address: &str) -> Self {
        self.address = address.parse().unwrap();
        self
    }

    /// Against this version of what is changed.
    pub fn if_match(self, version: i64) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    /// Sends a form, with the anti-forgery token of whoever is signed in.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let token = self.session.as_ref().map(Session::csrf);
        let mut all = fields.to_vec();
        all.extend(token.as_deref().map(|token| ("csrf", token)));
        self.form_without_token(&all)
    }

    /// Sends a form of exactly these fields.
    pub fn form_without_token(mut self, fields: &[(&str, &str)]) -> Self {
        self.body = serde_html_form::to_string(fields).unwrap().into_bytes();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    /// Sends a JSON body.
    pub fn json(mut self, body: &serde_json::Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("content-type", "application/json")
    }

    /// Sends any body.
    pub fn body(mut self, kind: &str, bytes: &[u8]) -> Self {
        self.body = bytes.to_vec();
        self.header("content-type", kind)
    }

    /// Sends a form with one file, and the anti-forgery token of whoever is signed in.
    pub fn upload(mut self, field: &str, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Self {
        let token = self.session.as_ref().map(Session::csrf);
        let all = token.as_deref().map(|token| ("csrf", token)).into_iter().chain(fields.iter().copied());
        let mut body = Vec::new();
        for (field, value) in all {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.body = body;
        self.header("content-type", &format!("multipart/form-data; boundary={BOUNDARY}"))
    }

    /// Sends it and waits for the whole answer.
    #[track_caller]
    pub fn send(self) -> Answer {
        let Self { app, mut builder, body, cookies, session, address } = self;
        if !cookies.is_empty() {
            builder = builder.header(header::COOKIE, cookies.join("; "));
        }
        let length = body.len();
        let builder = builder.header(header::CONTENT_LENGTH, length);
        let request = builder.extension(ConnectInfo(SocketAddr::new(address, 40_000)));
        let request = request.body(Body::from(body)).unwrap();
        app.runtime.block_on(async {
            let response = app.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            Answer { status: parts.status.as_u16(), headers: parts.headers, body, session }
        })
    }
}
