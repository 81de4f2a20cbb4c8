//! `bocal serve`: the server with its workers, until it is asked to stop.

use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use kernel::config::Config;
use kernel::db::Db;
use kernel::jobs::{Bell, work};
use kernel::mail;
use kernel::{Error, Result, organisation};
use web_kit::{App, AppParts, layers};

use crate::metrics::{Metrics, observe};
use crate::{assembly, connections, openapi, say};

/// Threads that serve connections: what waits for the database waits elsewhere.
const SERVING_THREADS: usize = 2;
/// Threads that wait for the database, at most.
const WAITING_THREADS: usize = 64;

/// The application over an open database.
pub(crate) fn app(config: &Config, db: &Db, bell: &Bell) -> Result<App> {
    let parts = AppParts {
        db: db.clone(),
        texts: assembly::texts()?,
        config: config.clone(),
        handlers: assembly::handlers(),
        subscriptions: assembly::subscriptions(),
        bell: bell.clone(),
        nav: assembly::nav(),
        openapi: openapi::document().to_json()?,
    };
    Ok(App::new(parts).with_offers(assembly::offers()))
}

/// Serves until the process is told to stop.
pub(crate) fn run(config: &Config, db: &Db) -> Result<()> {
    let bell = Bell::default();
    let (listener, address) = bind(config.listen)?;
    // Port 0 lets the system choose one: links must show the one it chose.
    let config = &Config { listen: address, ..config.clone() };
    let app = app(config, db, &bell)?;
    // What is wrong with the configuration is said before anybody is told to come.
    let outlet = outlet(config, db)?;
    announce(config, db)?;
    let mut workers = start_workers(&app)?;
    workers.extend(outlet.map(|outlet| start_mail(db, outlet, &bell)).transpose()?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(SERVING_THREADS)
        .max_blocking_threads(WAITING_THREADS)
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(listen(listener, app));
    bell.stop();
    for worker in workers {
        // A worker that panicked has said so in the log.
        let _ = worker.join();
    }
    outcome
}

/// All of them take turns at the same subscriptions.
fn start_workers(app: &App) -> Result<Vec<JoinHandle<()>>> {
    let mut workers = Vec::new();
    for number in 0..app.config().workers {
        let app = app.clone();
        let thread = std::thread::Builder::new().name(format!("worker-{number}"));
        workers.push(thread.spawn(move || {
            work(app.db(), app.handlers(), app.subscriptions(), app.bell());
        })?);
    }
    Ok(workers)
}

/// Where mail leaves, if anywhere. A demonstration's customers are invented: it writes to a folder or to nobody.
fn outlet(config: &Config, db: &Db) -> Result<Option<mail::Outlet>> {
    let Some(outlet) = mail::Outlet::configured(config, assembly::texts()?)? else { return Ok(None) };
    let is_demonstration =
        db.read(|tx| Ok(organisation::store::find(tx)?.is_some_and(|found| found.demonstration)))?;
    if is_demonstration && config.mail_dir.is_none() {
        tracing::warn!("this is a demonstration: no mail leaves it but to a folder (--mail-dir)");
        return Ok(None);
    }
    if let (Some(folder), Some(_)) = (&config.mail_dir, &config.smtp_url) {
        tracing::warn!(folder = %folder.display(), "mail is written to a folder and not sent: smtp_url is not used");
    }
    Ok(Some(outlet))
}

/// Sends what is queued.
fn start_mail(db: &Db, outlet: mail::Outlet, bell: &Bell) -> Result<JoinHandle<()>> {
    let (db, bell) = (db.clone(), bell.clone());
    let thread = std::thread::Builder::new().name("mail".to_owned());
    Ok(thread.spawn(move || {
        if let Err(error) = mail::send(&db, &outlet, &bell) {
            tracing::error!(%error, "mail");
        }
    })?)
}

fn bind(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let bound = TcpListener::bind(wanted).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    bound.map_err(|error| {
        Error::internal(format!("cannot listen on {wanted}: {error}; choose another with --listen"))
    })
}

/// Everything that is answered, and counted.
pub(crate) fn router(app: &App) -> Router {
    let metrics = Metrics::default();
    let router = layers(assembly::routes_with(&metrics).into_router(), app);
    router.layer(from_fn_with_state(metrics, observe))
}

async fn listen(listener: TcpListener, app: App) -> Result<()> {
    let router = router(&app);
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let proxies = app.config().trusted_proxies.clone();
    connections::serve(listener, router, proxies, stopping(&app)).await
}

/// Waits until the process is told to stop, then lets nothing new begin, and gives whoever sends requests here a
/// moment to hear of it from `/readyz`.
async fn stopping(app: &App) {
    asked_to_stop().await;
    app.bell().stop();
    let delay = Duration::from_secs(app.config().stop_delay_seconds);
    tracing::info!(
        seconds = delay.as_secs(),
        "stopping: requests under way are answered, jobs are left where they stand"
    );
    let _ = tokio::time::timeout(delay, std::future::pending::<()>()).await;
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            // Without the signal, Ctrl C still stops it.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}

/// Says where to go: the set-up link on an empty database, the address otherwise.
fn announce(config: &Config, db: &Db) -> Result<()> {
    let base = config.base_url();
    let link = db.write(|tx| match organisation::store::find(tx)? {
        Some(_) => Ok(None),
        None => admin::set_up::actions::make_link(tx).map(Some),
    })?;
    match link {
        Some(path) => {
            say::note("This database is empty. Open this link once to set up the organisation:");
            say::out(&format!("{base}{path}"));
        }
        None => say::note(&format!("Bocal is at {base}")),
    }
    Ok(())
}
