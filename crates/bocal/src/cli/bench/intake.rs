//! Durable intake over HTTP: 64 clients answer an open survey of a server beside us; what was acknowledged is
//! counted in the database afterwards.

use std::time::{Duration, Instant as Wall};

use kernel::config::Config;
use kernel::identity::Actor;
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx};
use listen::surveys::model::{NewSurvey, Settings, Template};
use listen::surveys::{actions, templates};

use super::client::Client;
use super::report::{Line, cpu_time};
use super::{start, store};
use crate::{assembly, open};

/// Clients at the same time.
const CLIENTS: usize = 64;

/// The fields of an answer by its number, each after a `&`.
pub(super) type Fields = dyn Fn(usize) -> String + Sync;

/// Publishes the survey the benchmarks answer.
pub(super) fn open_survey(tx: &mut Tx<'_>) -> Result<Id> {
    let by = Actor::system("bocal bench");
    let t = assembly::texts()?.reader(Locale::Fr);
    let made = actions::create(
        tx,
        &by,
        &NewSurvey {
            template: Template::Nps,
            settings: Settings { name: "Banc d’essai".into(), after_contact: false, quiet_days: 0 },
            content: templates::content(t, Template::Nps, "Banc d’essai"),
        },
    )?;
    actions::publish(tx, &by, made.id)?;
    Ok(made.id)
}

pub(super) fn run(config: &Config, seconds: u64) -> Result<Vec<Line>> {
    measure(config, seconds, "durable answers over HTTP, 64 clients", &|n| {
        format!("&q1={}&q2=Rien+%C3%A0+signaler", n % 11)
    })
}

/// Answers for so long; `fields` are those of the `n`-th answer of a client.
pub(super) fn measure(
    config: &Config,
    seconds: u64,
    what: &str,
    fields: &'static Fields,
) -> Result<Vec<Line>> {
    let db = open::migrated(config)?;
    let Some((_, secret)) = db.read(store::open_survey)? else {
        return Err(Error::internal("no open survey: make the database with `bocal bench seed`"));
    };
    let before = db.read(store::counts)?.answers;
    let address: std::net::SocketAddr = ([127, 0, 0, 1], start::free_port()?).into();
    let mut server = start::server(config, address, &[])?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        start::first_page(address, Wall::now()).await?;
        answer_for(address, &secret, Duration::from_secs(seconds), fields).await
    });
    let cpu = cpu_time(&server.id().to_string());
    // Killed, not asked to stop: what was acknowledged must be there all the same.
    server.kill()?;
    server.wait()?;
    let times = outcome?;
    let acknowledged = times.len() as i64;
    let kept = db.read(store::counts)?.answers - before;
    if kept < acknowledged {
        let missing = acknowledged - kept;
        return Err(Error::internal(format!("{missing} answers that were acknowledged are missing")));
    }
    let rate = Line::rate(what, times.len(), Duration::from_secs(seconds), cpu);
    let kept = format!("{acknowledged} / {kept}");
    Ok(vec![
        rate,
        Line::times("  as each client sees it", times, cpu),
        Line::plain("  acknowledged / there after kill -9", kept, ""),
    ])
}

async fn answer_for(
    address: std::net::SocketAddr,
    secret: &str,
    time: Duration,
    fields: &'static Fields,
) -> Result<Vec<Duration>> {
    let until = Wall::now() + time;
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let path = format!("/s/{secret}");
        clients.push(tokio::spawn(async move { one_client(address, &path, number, until, fields).await }));
    }
    let mut all = Vec::new();
    for client in clients {
        all.extend(client.await.map_err(Error::caused)??);
    }
    Ok(all)
}

async fn one_client(
    address: std::net::SocketAddr,
    path: &str,
    number: usize,
    until: Wall,
    fields: &'static Fields,
) -> Result<Vec<Duration>> {
    let mut client = Client::connect(address).await?;
    let mut times = Vec::new();
    let run = kernel::secrets::token()?;
    while Wall::now() < until {
        let n = times.len();
        let form = format!("nonce={run}{number}x{n}{}", fields(n));
        let began = Wall::now();
        let answer = client.post_form(path, &form).await?;
        if answer.status != 200 && answer.status != 303 {
            let body: String = answer.body.chars().take(300).collect();
            return Err(Error::internal(format!("the survey answered {}: {body}", answer.status)));
        }
        times.push(began.elapsed());
    }
    Ok(times)
}
