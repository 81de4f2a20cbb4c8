//! `/metrics`: how busy the program is, in the text format of Prometheus.
//!
//! Labels are route templates, methods and statuses: no identifier, no name, nothing a person typed. Only addresses
//! of `metrics_allow` are answered.

mod process;
mod record;

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode, header};
use kernel::ledger::store::deliveries;
use kernel::{Error, jobs, mail};
use web_kit::{Access, App, Client, Failure, HttpResult, Routes};

pub(crate) use record::{Metrics, observe};

/// Media type of the format.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// Headers a proxy adds to what it passes on.
const PASSED_ON: [&str; 3] = ["x-forwarded-for", "forwarded", "x-real-ip"];

/// The route, over what was recorded.
pub(crate) fn routes(metrics: &Metrics) -> Routes {
    Routes::new().get("/metrics", Access::Public, show).with(metrics.clone())
}

async fn show(State(app): State<App>, client: Client, request: Request) -> HttpResult {
    if !may_read(&app, &client, &request) {
        tracing::info!(address = %client.address, "metrics refused: not in metrics_allow");
        let words = "Metrics are not served to this address: see metrics_allow in the configuration.\n";
        return Ok((StatusCode::FORBIDDEN, words).into_response());
    }
    let metrics = request.extensions().get::<Metrics>().cloned().ok_or(Failure(Error::NotFound))?;
    let (queue, deliveries, mails) =
        app.read(|tx| Ok((jobs::store::queue(tx)?, deliveries(tx)?, mail::store::queue(tx)?))).await?;
    let now = app.db().clock().now();
    metrics.set_load(app.db().load());
    metrics.set_work(&queue, &deliveries, now);
    metrics.set_mails(&mails, now);
    metrics.set_process(process::look());
    let text = metrics.text()?;
    Ok(([(header::CONTENT_TYPE, TEXT)], text).into_response())
}

/// Whoever asks through a proxy that is not trusted seems to come from the proxy: that is nobody in particular.
fn may_read(app: &App, client: &Client, request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let is_trusted = peer.is_some_and(|peer| app.config().trusted_proxies.contains(&peer));
    let is_passed_on = |headers: &HeaderMap| PASSED_ON.iter().any(|name| headers.contains_key(*name));
    if is_passed_on(request.headers()) && !is_trusted {
        return false;
    }
    app.config().metrics_allow.iter().any(|network| network.contains(client.address))
}

#[cfg(test)]
mod tests {
    use kernel::config::Config;
    use testkit::web::Parts;
    use testkit::{Engine, Kit, TestApp};

    use super::*;
    use crate::assembly;

    fn start(engine: Engine) -> Kit {
        Kit::new(engine, &[kernel::MIGRATIONS])
    }

    fn app(kit: &Kit, config: Config) -> TestApp<'_> {
        let routes = routes(&Metrics::default());
        TestApp::new(kit, Parts { routes, texts: vec![admin::TEXTS], config, ..Parts::default() })
    }

    testkit::on_both! {
        with start;

        fn metrics_are_served_to_the_addresses_of_the_configuration_only(kit) {
            let here = app(kit, Config::default());
            let text = here.get("/metrics").from("127.0.0.1").send().expect(200);
            assert_eq!(text.header("content-type"), Some(TEXT));
            assert!(text.text().contains("bocal_jobs_failed 0"), "{}", text.text());
            here.get("/metrics").from("192.0.2.9").send().expect(403);
            here.get("/metrics").from("127.0.0.1").header("x-forwarded-for", "127.0.0.1").send().expect(403);
            let config = Config { metrics_allow: vec!["192.0.2.0/24".parse().unwrap()], ..Config::default() };
            let there = app(kit, config);
            there.get("/metrics").from("192.0.2.9").send().expect(200);
            there.get("/metrics").from("127.0.0.1").send().expect(403);
        }

        fn a_mail_server_that_is_down_shows_in_the_age_of_what_waits_for_it(kit) {
            let message = kernel::mail::Outgoing {
                key: "a:1".into(),
                kind: "case-reply",
                to: kernel::mail::Recipient {
                    address: "awa@exemple.fr".into(), name: String::new(), customer: None, user: None,
                },
                locale: kernel::texts::Locale::Fr,
                subject: "Votre demande".into(),
                blocks: Vec::new(),
                about: None,
                site: None,
                unsubscribe: None,
                not_before: None,
            };
            kit.write(move |tx| kernel::mail::queue(tx, &kernel::identity::Actor::system("test"), &message));
            kit.advance(kernel::clock::SignedDuration::from_mins(20));
            let text = app(kit, Config::default()).get("/metrics").from("127.0.0.1").send().expect(200);
            for line in ["bocal_mails_waiting 1", "bocal_mails_late_seconds 1200", "bocal_mails_doubtful 0"] {
                assert!(text.text().contains(line), "{line} in {}", text.text());
            }
        }

        fn behind_a_trusted_proxy_the_address_it_names_counts(kit) {
            let proxy = "127.0.0.1".parse().unwrap();
            let app = app(kit, Config { trusted_proxies: vec![proxy], ..Config::default() });
            app.get("/metrics").from("127.0.0.1").header("x-forwarded-for", "203.0.113.5").send().expect(403);
            app.get("/metrics").from("127.0.0.1").send().expect(200);
        }
    }

    #[test]
    fn metrics_are_among_the_routes() {
        assert!(assembly::routes().table().iter().any(|route| route.path == "/metrics"));
    }
}
