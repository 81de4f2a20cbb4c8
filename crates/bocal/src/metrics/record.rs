//! What is counted, and how.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use kernel::db::Load;
use kernel::jobs::store::Queue;
use kernel::ledger::store::Deliveries;
use kernel::mail::store::Queue as Mails;
use kernel::{Error, Result};
use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::process::Process;

/// Upper ends of the classes of duration, in seconds: pages are meant to take some milliseconds.
const CLASSES: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

/// Everything that is counted in this process.
#[derive(Clone)]
pub(crate) struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    under_way: Gauge,
    gauges: Gauges,
    process_seconds: Gauge<f64, std::sync::atomic::AtomicU64>,
}

/// What is looked up when somebody asks.
#[derive(Default)]
struct Gauges {
    connections: Gauge,
    connections_idle: Gauge,
    connections_limit: Gauge,
    writes_waiting: Gauge,
    jobs_open: Gauge,
    jobs_failed: Gauge,
    jobs_late: Gauge,
    deliveries_waiting: Gauge,
    deliveries_failed: Gauge,
    deliveries_late: Gauge,
    mails_waiting: Gauge,
    mails_in_flight: Gauge,
    mails_doubtful: Gauge,
    mails_given_up: Gauge,
    mails_late: Gauge,
    memory: Gauge,
    files: Gauge,
}

impl Gauges {
    fn register(&self, registry: &mut Registry) {
        let all = [
            ("bocal_database_connections", "Connections to the database", &self.connections),
            ("bocal_database_connections_idle", "Connections that wait for work", &self.connections_idle),
            ("bocal_database_connections_limit", "Connections at most", &self.connections_limit),
            ("bocal_database_writes_waiting", "Changes that wait for the writer", &self.writes_waiting),
            ("bocal_jobs_open", "Jobs that wait or run", &self.jobs_open),
            ("bocal_jobs_failed", "Jobs given up", &self.jobs_failed),
            ("bocal_jobs_late_seconds", "How long the first job that is due has waited", &self.jobs_late),
            ("bocal_deliveries_waiting", "Deliveries of events that wait", &self.deliveries_waiting),
            ("bocal_deliveries_failed", "Deliveries of events given up", &self.deliveries_failed),
            (
                "bocal_deliveries_late_seconds",
                "How long the first delivery due has waited",
                &self.deliveries_late,
            ),
            ("bocal_mails_waiting", "Mails that wait to be sent", &self.mails_waiting),
            ("bocal_mails_in_flight", "Mails on their way to the mail server", &self.mails_in_flight),
            ("bocal_mails_doubtful", "Mails that may have left or not", &self.mails_doubtful),
            ("bocal_mails_given_up", "Mails put off too many times", &self.mails_given_up),
            ("bocal_mails_late_seconds", "How long the first mail that is due has waited", &self.mails_late),
            ("process_resident_memory_bytes", "Resident memory", &self.memory),
            ("process_open_fds", "Open files and connections", &self.files),
        ];
        for (name, help, gauge) in all {
            registry.register(name, help, gauge.clone());
        }
    }
}

fn histogram() -> Histogram {
    Histogram::new(CLASSES)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let requests = Family::<Answered, Counter>::default();
        let durations = Family::new_with_constructor(histogram as fn() -> Histogram);
        let (under_way, process_seconds, gauges) = (Gauge::default(), Gauge::default(), Gauges::default());
        registry.register("bocal_http_requests", "Requests answered", requests.clone());
        registry.register(
            "bocal_http_request_duration_seconds",
            "Time until the head of the answer",
            durations.clone(),
        );
        registry.register("bocal_http_requests_under_way", "Requests not answered yet", under_way.clone());
        registry.register("bocal_cpu_seconds", "Time this process spent computing", process_seconds.clone());
        gauges.register(&mut registry);
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("bocal_build", "This program", build);
        Self(Arc::new(Inner { registry, requests, durations, under_way, gauges, process_seconds }))
    }
}

impl Metrics {
    /// Everything as text.
    pub(super) fn text(&self) -> Result<String> {
        let mut text = String::with_capacity(16 * 1024);
        prometheus_text::encode(&mut text, &self.0.registry).map_err(Error::caused)?;
        Ok(text)
    }

    pub(super) fn set_load(&self, load: Load) {
        let gauges = &self.0.gauges;
        gauges.connections.set(load.open.into());
        gauges.connections_idle.set(load.idle.into());
        gauges.connections_limit.set(load.limit.into());
        gauges.writes_waiting.set(i64::try_from(load.writes_waiting).unwrap_or(i64::MAX));
    }

    pub(super) fn set_mails(&self, mails: &Mails, now: kernel::Instant) {
        let gauges = &self.0.gauges;
        gauges.mails_waiting.set(mails.waiting);
        gauges.mails_in_flight.set(mails.in_flight);
        gauges.mails_doubtful.set(mails.doubtful);
        gauges.mails_given_up.set(mails.given_up);
        gauges.mails_late.set(late(mails.oldest_due, now));
    }

    pub(super) fn set_work(&self, queue: &Queue, deliveries: &Deliveries, now: kernel::Instant) {
        let gauges = &self.0.gauges;
        gauges.jobs_open.set(queue.open);
        gauges.jobs_failed.set(queue.failed);
        gauges.jobs_late.set(late(queue.oldest_due, now));
        gauges.deliveries_waiting.set(deliveries.waiting);
        gauges.deliveries_failed.set(deliveries.failed);
        gauges.deliveries_late.set(late(deliveries.oldest_due, now));
    }

    pub(super) fn set_process(&self, process: Process) {
        self.0.gauges.memory.set(process.memory);
        self.0.gauges.files.set(process.files);
        self.0.process_seconds.set(process.seconds);
    }

    fn answered(&self, method: &'static str, route: &str, status: u16, seconds: f64) {
        let answered = Answered { method, route: route.to_owned(), status };
        self.0.requests.get_or_create(&answered).inc();
        let asked = Asked { method, route: answered.route };
        self.0.durations.get_or_create(&asked).observe(seconds);
    }
}

/// For how many seconds something has been due.
fn late(due: Option<kernel::Instant>, now: kernel::Instant) -> i64 {
    due.map_or(0, |due| now.since(due).as_secs().max(0))
}

/// One request under way, also when its client goes away in the middle.
struct UnderWay(Gauge);

impl UnderWay {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts a request by the template of its route.
pub(crate) async fn observe(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let _under_way = UnderWay::new(&metrics.0.under_way);
    let began = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    metrics.answered(method, route, response.status().as_u16(), began.elapsed().as_secs_f64());
    response
}

/// A method by its name; those nobody uses are one, so that nobody can make up many.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_counted_by_its_route_and_never_by_what_was_in_it() {
        let metrics = Metrics::default();
        metrics.answered("GET", "/customers/{id}", 200, 0.004);
        metrics.answered("GET", "/customers/{id}", 404, 0.3);
        let text = metrics.text().unwrap();
        for line in [
            "bocal_http_requests_total{method=\"GET\",route=\"/customers/{id}\",status=\"200\"} 1",
            "bocal_http_request_duration_seconds_count{method=\"GET\",route=\"/customers/{id}\"} 2",
            "bocal_http_request_duration_seconds_bucket{method=\"GET\",route=\"/customers/{id}\",le=\"0.005\"} 1",
            "bocal_build_info{version=",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert_eq!(known(&Method::from_bytes(b"BREW").unwrap()), "OTHER");
    }

    #[test]
    fn counting_a_request_costs_next_to_nothing() {
        let metrics = Metrics::default();
        let began = Instant::now();
        for n in 0..10_000_u16 {
            metrics.answered("GET", "/customers/{id}", 200 + n % 3, 0.004);
        }
        // Some 0.5 µs each, optimised; the bound is generous because tests are not.
        assert!(began.elapsed().as_secs_f64() < 1.0, "{:?}", began.elapsed());
    }
}
