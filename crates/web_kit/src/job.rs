//! A job as any page shows it: progress, rate, time left, and what can be done about it.

use askama::Template;
use askama::filters::Safe;
use axum::response::Response;
use http::HeaderValue;
use kernel::jobs::{Job, State};
use kernel::texts::T;
use kernel::{Error, Instant};

use crate::{App, SignedIn};

/// Draws a job. On a page: `{{ job.shown() }}`; as the answer to its own polling: [`JobView::respond`].
#[derive(Template)]
#[template(path = "job.html")]
pub struct JobView {
    t: T,
    csrf: String,
    job: Job,
    now: Instant,
    title: String,
    fragment: String,
    cancellation: String,
    retry: String,
}

impl JobView {
    /// A job for this reader; it neither refreshes itself nor can be stopped until told how.
    pub fn new(app: &App, me: &SignedIn, job: Job) -> Self {
        Self {
            t: me.t(),
            csrf: me.csrf().to_owned(),
            now: app.db().clock().now(),
            title: name_in_words(me.t(), &job.name),
            job,
            fragment: String::new(),
            cancellation: String::new(),
            retry: String::new(),
        }
    }

    /// Another title than the job's name, in words: "Import de clients.csv"; empty where the page names it.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Refreshes itself each second from this address, until the job is over.
    #[must_use]
    pub fn refreshed_from(mut self, fragment: impl Into<String>) -> Self {
        self.fragment = fragment.into();
        self
    }

    /// Can be stopped by a POST to this address.
    #[must_use]
    pub fn cancelled_at(mut self, href: impl Into<String>) -> Self {
        self.cancellation = href.into();
        self
    }

    /// Can be tried again by a POST to this address, when it failed or was stopped.
    #[must_use]
    pub fn retried_at(mut self, href: impl Into<String>) -> Self {
        self.retry = href.into();
        self
    }

    /// The job as a part of a page.
    pub fn shown(&self) -> Safe<String> {
        Safe(self.render().unwrap_or_default())
    }

    /// The answer to a polling request; when the job is over, the page around it reloads once to tell the
    /// outcome.
    pub fn respond(&self) -> crate::HttpResult<Response> {
        let mut response = crate::html(self).map_err(|failure| Error::internal(failure.0.to_string()))?;
        if self.job.state.is_over() {
            response.headers_mut().insert("hx-refresh", HeaderValue::from_static("true"));
        }
        Ok(response)
    }

    fn icon(&self, name: &str) -> Safe<String> {
        crate::icon(name)
    }

    fn class(&self) -> &'static str {
        match self.job.state {
            State::Done => "job is-done",
            State::Failed => "job is-failed",
            State::Waiting | State::Running | State::Cancelled => "job",
        }
    }

    fn state(&self) -> String {
        if self.job.cancel && !self.job.state.is_over() {
            return self.t.get("kit-job-stopping");
        }
        self.t.get(&format!("job-state-{}", self.job.state.name()))
    }

    fn is_polled(&self) -> bool {
        !self.fragment.is_empty() && !self.job.state.is_over()
    }

    fn can_be_cancelled(&self) -> bool {
        !self.cancellation.is_empty() && !self.job.state.is_over() && !self.job.cancel
    }

    fn can_be_retried(&self) -> bool {
        !self.retry.is_empty() && matches!(self.job.state, State::Failed | State::Cancelled)
    }

    fn done(&self) -> Option<String> {
        let (done, total) = (self.t.count(self.job.done), self.t.count(self.job.total));
        match self.job.share() {
            Some(share) => {
                let args = [
                    ("done", done.into()),
                    ("total", total.into()),
                    ("share", self.t.percent(share, 0).into()),
                ];
                Some(self.t.all("kit-job-done-of", &args))
            }
            None => (self.job.done > 0).then_some(done),
        }
    }

    fn rate(&self) -> Option<String> {
        let rate = self.job.rate(self.now)?;
        let digits = usize::from(rate < 10.0);
        Some(self.t.one("kit-job-rate", "rate", self.t.decimal(rate, digits)))
    }

    fn left(&self) -> Option<String> {
        let running = self.job.state == State::Running && self.job.total > 0;
        running.then(|| self.job.time_left(self.now)).flatten().map(|left| self.t.duration(left))
    }

    fn took(&self) -> Option<String> {
        let (started, ended) = (self.job.started_at?, self.job.ended_at?);
        Some(self.t.duration(ended.since(started)))
    }

    fn percent(&self) -> Option<i64> {
        self.job.share().map(|share| (share * 100.0).round() as i64)
    }
}

/// The name of a job in words: text key `job-` and the name with dashes, else the name itself.
pub fn name_in_words(t: T, name: &str) -> String {
    let key = format!("job-{}", name.replace(['.', '_'], "-"));
    if t.has(&key) { t.get(&key) } else { name.to_owned() }
}
