//! Server time of pages, through the whole router, without a network.

use std::time::{Duration, Instant as Wall};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request};
use kernel::config::Config;
use kernel::identity::Role;
use kernel::identity::store::{Grant, User, insert_user, set_grants, user_by_email};
use kernel::jobs::Bell;
use kernel::texts::Locale;
use kernel::{Db, Error, Id, Result, secrets};
use tower::ServiceExt as _;

use super::report::{Line, cpu_time};
use crate::{open, serve};

/// Requests under way together when throughput is measured.
const TOGETHER: usize = 8;
const EMAIL: &str = "bench@exemple.fr";

pub(super) fn run(config: &Config, requests: usize) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let db = open::migrated(config)?;
    let person = Person::sign_in(&db, EMAIL, Person::everything())?;
    let customers = db.read(|tx| super::store::some_customers(tx, 1_000))?;
    let app = serve::app(config, &db, &Bell::default())?;
    let router = serve::router(&app);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    for (what, paths) in plans(&customers) {
        let round = Round { router: &router, cookie: &person.cookie, paths: &paths };
        runtime.block_on(round.warm())?;
        let cpu = cpu_time("self");
        let times = runtime.block_on(round.one_after_the_other(requests))?;
        lines.push(Line::times(&what, times, cpu_time("self").saturating_sub(cpu)));
    }
    let sheets: Vec<String> = customers.iter().map(|id| format!("/customers/{id}")).collect();
    let round = Round { router: &router, cookie: &person.cookie, paths: &sheets };
    let (cpu, wall) = (cpu_time("self"), Wall::now());
    let times = runtime.block_on(round.together(requests * 10))?;
    let (done, wall, cpu) = (times.len(), wall.elapsed(), cpu_time("self").saturating_sub(cpu));
    lines.push(Line::rate("customer sheet, 8 at a time", done, wall, cpu));
    Ok(lines)
}

/// Somebody signed in.
pub(super) struct Person {
    pub(super) id: Id,
    /// What their browser sends with each request.
    pub(super) cookie: String,
    /// What each of their forms carries.
    pub(super) csrf: String,
}

impl Person {
    /// Roles that reach everything.
    pub(super) fn everything() -> Vec<Grant> {
        vec![Grant { role: Role::Administrator, site: None, team: None }]
    }

    /// Signs somebody in, who is made the first time.
    pub(super) fn sign_in(db: &Db, email: &str, grants: Vec<Grant>) -> Result<Self> {
        let email = email.to_owned();
        let secret = secrets::token()?;
        let session = secret.clone();
        let id = db.write(move |tx| {
            let user = user(tx, &email, &grants)?;
            web_kit::begin_session(tx, user, &session, "127.0.0.1", "bench")?;
            Ok(user)
        })?;
        let cookie = format!("{}={secret}", web_kit::SESSION_COOKIE);
        let mut headers = HeaderMap::new();
        headers.insert("cookie", cookie.parse().map_err(Error::caused)?);
        Ok(Self { id, csrf: web_kit::form_token(&headers), cookie })
    }

    /// Sends a form, and returns how long that took.
    pub(super) async fn send(&self, router: &Router, path: &str, form: &str) -> Result<Duration> {
        let request = Request::post(path)
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={}&{form}", self.csrf)))
            .map_err(Error::caused)?;
        let began = Wall::now();
        let answer = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.map_err(Error::caused)?;
        let taken = began.elapsed();
        if !status.is_redirection() {
            return Err(Error::internal(format!("{path} answered {status}, {} bytes", body.len())));
        }
        Ok(taken)
    }
}

fn user(tx: &mut kernel::Tx<'_>, email: &str, grants: &[Grant]) -> Result<Id> {
    if let Some((user, _)) = user_by_email(tx, email)? {
        return Ok(user.id);
    }
    let user = User {
        id: tx.new_id(),
        email: email.into(),
        name: "Banc d’essai".into(),
        title: String::new(),
        locale: Locale::Fr,
        theme: "system".into(),
        disabled: false,
        version: 1,
    };
    insert_user(tx, &user, None)?;
    set_grants(tx, user.id, grants)?;
    Ok(user.id)
}

/// What is asked for, under a name.
fn plans(customers: &[Id]) -> Vec<(String, Vec<String>)> {
    let typed =
        ["mart", "marie ma", "kerv", "guez 12", "0639", "client45", "1000123", "ina", "th", "ndiaye awa"];
    let each = |make: &dyn Fn(&str) -> String| typed.iter().map(|q| make(&q.replace(' ', "+"))).collect();
    vec![
        ("customers, first page".into(), vec!["/customers".into()]),
        ("customers, latest contact first".into(), vec!["/customers?sort=contact&desc=true".into()]),
        (
            "customers, a page in the middle".into(),
            customers.iter().map(|id| format!("/customers?after={id}")).collect(),
        ),
        ("customers, search in the list".into(), each(&|q| format!("/customers?q={q}"))),
        ("search as one types (palette)".into(), each(&|q| format!("/palette?q={q}"))),
        ("customer sheet".into(), customers.iter().map(|id| format!("/customers/{id}")).collect()),
        ("indicator page, NPS, 12 months by month".into(), vec!["/indicators/nps".into()]),
        ("indicators overview".into(), vec!["/indicators".into()]),
        ("verbatims, newest first".into(), vec!["/verbatims".into()]),
        ("surveys".into(), vec!["/surveys".into()]),
        ("home".into(), vec!["/".into()]),
    ]
}

/// Addresses one person asks for in turn.
pub(super) struct Round<'r> {
    pub(super) router: &'r Router,
    pub(super) cookie: &'r str,
    pub(super) paths: &'r [String],
}

impl Round<'_> {
    pub(super) async fn warm(&self) -> Result<()> {
        for n in 0..5 {
            self.ask(n).await?;
        }
        Ok(())
    }

    pub(super) async fn one_after_the_other(&self, requests: usize) -> Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(requests);
        for n in 0..requests {
            times.push(self.ask(n * 7).await?);
        }
        Ok(times)
    }

    async fn together(&self, requests: usize) -> Result<Vec<Duration>> {
        let mut tasks = Vec::new();
        for worker in 0..TOGETHER {
            let (router, cookie, paths) = (self.router.clone(), self.cookie.to_owned(), self.paths.to_vec());
            tasks.push(tokio::spawn(async move {
                let round = Round { router: &router, cookie: &cookie, paths: &paths };
                let mut times = Vec::new();
                for n in 0..requests / TOGETHER {
                    times.push(round.ask(n * 13 + worker * 101).await?);
                }
                Ok::<_, Error>(times)
            }));
        }
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await.map_err(Error::caused)??);
        }
        Ok(all)
    }

    async fn ask(&self, n: usize) -> Result<Duration> {
        let began = Wall::now();
        self.body(n).await?;
        Ok(began.elapsed())
    }

    /// The body of one page.
    pub(super) async fn body(&self, n: usize) -> Result<Bytes> {
        let path = &self.paths[n % self.paths.len()];
        let request = Request::get(path).header("cookie", self.cookie).body(Body::empty());
        let request = request.map_err(Error::caused)?;
        let answer = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.map_err(Error::caused)?;
        if !status.is_success() && !status.is_redirection() {
            return Err(Error::internal(format!("{path} answered {status}, {} bytes", body.len())));
        }
        Ok(body)
    }
}
