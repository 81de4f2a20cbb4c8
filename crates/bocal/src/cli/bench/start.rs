//! Start to first page, and memory at rest.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant as Wall};

use kernel::config::Config;
use kernel::{Error, Result};

use super::client::Client;
use super::report::{Line, memory};

pub(super) fn run(config: &Config) -> Result<Vec<Line>> {
    let address: std::net::SocketAddr = ([127, 0, 0, 1], free_port()?).into();
    let began = Wall::now();
    let mut child = server(config, address, &[])?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let first_page = runtime.block_on(first_page(address, began));
    // Let it come to rest before its memory is read.
    std::thread::park_timeout(Duration::from_secs(2));
    let resting = memory(&child.id().to_string(), "VmRSS:");
    child.kill()?;
    child.wait()?;
    let first_page = first_page?;
    let first_page = format!("{:.0}", first_page.as_secs_f64() * 1e3);
    Ok(vec![
        Line::plain("start to first page", first_page, "ms"),
        Line::plain("resident memory at rest", format!("{resting:.1}"), "MB"),
    ])
}

/// Another process of this program serving the same database, with more arguments.
pub(super) fn server(
    config: &Config,
    address: std::net::SocketAddr,
    more: &[&std::ffi::OsStr],
) -> Result<std::process::Child> {
    let program = std::env::current_exe()?;
    let child = Command::new(program)
        .args(["--database", &config.database, "serve", "--listen", &address.to_string()])
        .args(more)
        .env("BOCAL_LOG", "warn")
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()?;
    Ok(child)
}

/// A port nobody listens on now.
pub(super) fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until the server answers a page.
pub(super) async fn first_page(address: std::net::SocketAddr, began: Wall) -> Result<Duration> {
    while began.elapsed() < Duration::from_secs(20) {
        if let Ok(mut client) = Client::connect(address).await
            && client.get("/sign-in").await.is_ok_and(|answer| answer.status == 200)
        {
            return Ok(began.elapsed());
        }
        std::thread::park_timeout(Duration::from_millis(2));
    }
    Err(Error::internal("the server did not answer within 20 seconds"))
}
