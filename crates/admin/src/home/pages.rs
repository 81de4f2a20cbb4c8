//! The page « À faire ».

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use web_kit::{App, HttpResult, Offers, Page, SignedIn, Task};

use crate::jobs;
use crate::jobs::Row;

/// Jobs shown.
const JOBS: i64 = 5;

#[derive(Template)]
#[template(path = "home/views/home.html")]
struct HomeView {
    page: Page,
    day: String,
    offers: Offers,
    jobs: Vec<Row>,
    may_see_jobs: bool,
    /// Whoever can neither import nor send, and has no job, is not told of an empty list.
    has_jobs: bool,
}

impl HomeView {
    fn hint(&self, task: &Task) -> Option<String> {
        let key = format!("{}-hint", task.label);
        self.page.t.has(&key).then(|| self.page.t.get(&key))
    }
}

pub(super) async fn show(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let actor = me.actor().clone();
    let mine = app.read(move |tx| jobs::actions::mine(tx, &actor, JOBS)).await?;
    let view = HomeView {
        page: Page::new(&app, &me, &headers, "/"),
        day: capital(&me.t().long_day(me.today(&app))),
        offers: app.offers().for_actor(me.actor()),
        jobs: mine.iter().map(|job| jobs::row(&me, job)).collect(),
        has_jobs: !mine.is_empty() || me.may(Permission::CustomersImport),
        may_see_jobs: me.may(Permission::JobsManage),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// A text that begins a sentence.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
