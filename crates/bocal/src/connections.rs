//! Connections: accepted, bounded, and let go.
//!
//! Whoever opens connections and sends nothing must not keep others out: headers have to come in time, and one
//! address holds only so many connections at once.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use kernel::Result;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tower::Service as _;

/// How long the headers of a request may take, and how long a connection may stay idle.
const HEADERS: Duration = Duration::from_secs(15);
/// Connections of one address at the same time. An office behind one address has fewer; a proxy is not counted.
const PER_ADDRESS: usize = 500;
/// How long requests under way may go on once the program is told to stop.
const FAREWELL: Duration = Duration::from_secs(20);
/// Files and connections wanted open at most: some systems begin with 1 024.
const OPEN_FILES: u64 = 65_536;

/// Serves until `stop` is ready; requests under way are answered.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    uncounted: Vec<IpAddr>,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    raise_open_files();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS);
    let farewell = GracefulShutdown::new();
    let door = Door { open: Arc::default(), uncounted };
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // Too many open files: others will close.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    let _ = timeout(Duration::from_millis(100), std::future::pending::<()>()).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let Some(place) = door.enter(peer.ip()) else { continue };
        let connection = connection(&http, stream, peer, router.clone());
        let connection = farewell.watch(connection);
        tokio::spawn(async move {
            // A client that goes away in the middle is no fault of ours.
            let _ = connection.await;
            drop(place);
        });
    }
    // Nobody is left waiting at a door that nobody opens any more.
    drop(listener);
    if timeout(FAREWELL, farewell.shutdown()).await.is_err() {
        tracing::warn!("requests still under way were ended");
    }
    Ok(())
}

fn connection(
    http: &http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + Send + use<> {
    // Answers are written whole: waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().call(request.map(Body::new))
    });
    http.serve_connection(TokioIo::new(stream), answer)
}

/// Connections open now, by address.
type Open = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Counts connections by address.
struct Door {
    open: Open,
    uncounted: Vec<IpAddr>,
}

impl Door {
    /// A place for one connection, unless its address holds too many.
    fn enter(&self, address: IpAddr) -> Option<Place> {
        if address.is_loopback() || self.uncounted.contains(&address) {
            return Some(Place(None));
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= PER_ADDRESS {
            return None;
        }
        *count += 1;
        Some(Place(Some((self.open.clone(), address))))
    }
}

/// One counted connection; given back when dropped.
struct Place(Option<(Open, IpAddr)>);

impl Drop for Place {
    fn drop(&mut self) {
        let Some((open, address)) = &self.0 else { return };
        let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(address) {
            *count -= 1;
            if *count == 0 {
                open.remove(address);
            }
        }
    }
}

/// Takes as many open files as the system allows this program.
fn raise_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let wanted = now.maximum.map_or(OPEN_FILES, |most| most.min(OPEN_FILES));
    if now.current.is_some_and(|current| current < wanted) {
        let raised = Rlimit { current: Some(wanted), maximum: now.maximum };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::debug!(%error, "the limit of open files stays");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_every_place() {
        let proxy: IpAddr = "192.0.2.1".parse().unwrap();
        let door = Door { open: Arc::default(), uncounted: vec![proxy] };
        let hostile: IpAddr = "192.0.2.66".parse().unwrap();
        let mut held: Vec<Place> = (0..PER_ADDRESS).map(|_| door.enter(hostile).unwrap()).collect();
        assert!(door.enter(hostile).is_none());
        assert!(door.enter("192.0.2.7".parse().unwrap()).is_some() && door.enter(proxy).is_some());
        held.pop();
        assert!(door.enter(hostile).is_some(), "a place given back can be taken again");
        drop(held);
        assert!(door.open.lock().unwrap().is_empty());
    }
}
