//! A small pool of connections: at most `limit` of them, opened when first needed, given to who waited longest.

use std::collections::VecDeque;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::errors::{Error, Result};

/// What somebody who waits is given.
enum Turn<C> {
    /// A connection.
    Connection(C),
    /// The place of one that was closed: to open another.
    Place,
}

struct State<C> {
    idle: Vec<C>,
    open: u32,
    waiting: VecDeque<SyncSender<Turn<C>>>,
}

/// Hands out connections and takes them back; a broken one is dropped and another opened in its place.
pub(super) struct Pool<C> {
    state: Mutex<State<C>>,
    limit: u32,
    connect: Box<dyn Fn() -> Result<C> + Send + Sync>,
}

impl<C> Pool<C> {
    pub(super) fn new(limit: u32, connect: impl Fn() -> Result<C> + Send + Sync + 'static) -> Self {
        Self {
            state: Mutex::new(State { idle: Vec::new(), open: 0, waiting: VecDeque::new() }),
            limit: limit.max(1),
            connect: Box::new(connect),
        }
    }

    /// Runs `f` with a connection. `f` says whether the connection is still good.
    pub(super) fn with<T>(&self, f: impl FnOnce(&mut C) -> (Result<T>, bool)) -> Result<T> {
        let mut lent = Lent { pool: self, connection: None };
        let connection = lent.connection.insert(self.take()?);
        let (outcome, good) = f(connection);
        if good {
            lent.give_back();
        }
        outcome
    }

    /// Connections open, idle, and at most.
    pub(super) fn counts(&self) -> (u32, u32, u32) {
        let state = self.lock();
        (state.open, u32::try_from(state.idle.len()).unwrap_or(u32::MAX), self.limit)
    }

    fn take(&self) -> Result<C> {
        let mut state = self.lock();
        if let Some(connection) = state.idle.pop() {
            return Ok(connection);
        }
        if state.open < self.limit {
            state.open += 1;
            drop(state);
            return self.connected();
        }
        // In turn: whoever comes back at once would overtake those who wait, and some of them would wait for ever.
        let (give, given) = sync_channel(1);
        state.waiting.push_back(give);
        drop(state);
        match given.recv() {
            Ok(Turn::Connection(connection)) => Ok(connection),
            Ok(Turn::Place) => self.connected(),
            Err(_) => Err(Error::internal("the pool is gone")),
        }
    }

    /// Opens a connection in a place that is counted already.
    fn connected(&self) -> Result<C> {
        (self.connect)().inspect_err(|_| self.closed())
    }

    fn give_back(&self, connection: C) {
        let mut state = self.lock();
        match state.waiting.pop_front() {
            // Whoever waits holds the other end until it is given something: there is room for one.
            Some(first) => drop(first.send(Turn::Connection(connection))),
            None => state.idle.push(connection),
        }
    }

    fn closed(&self) {
        let mut state = self.lock();
        match state.waiting.pop_front() {
            Some(first) => drop(first.send(Turn::Place)),
            None => state.open -= 1,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<C>> {
        // Nothing panics while the lock is held, and the state is whole between statements.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection out of the pool. Dropped with the connection still inside (a panic, a broken connection),
/// it closes it and frees the place.
struct Lent<'p, C> {
    pool: &'p Pool<C>,
    connection: Option<C>,
}

impl<C> Lent<'_, C> {
    fn give_back(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.give_back(connection);
        }
    }
}

impl<C> Drop for Lent<'_, C> {
    fn drop(&mut self) {
        if self.connection.take().is_some() {
            self.pool.closed();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc::channel;

    use super::*;

    fn pool(limit: u32) -> (Pool<u32>, &'static AtomicU32) {
        let opened: &AtomicU32 = Box::leak(Box::default());
        (Pool::new(limit, || Ok(opened.fetch_add(1, Ordering::SeqCst))), opened)
    }

    fn wait_until(pool: &Pool<u32>, waiting: usize) {
        while pool.lock().waiting.len() < waiting {
            std::thread::yield_now();
        }
    }

    #[test]
    fn who_waited_longest_is_served_first_and_nobody_overtakes() {
        let (pool, opened) = pool(1);
        let (said, heard) = channel();
        std::thread::scope(|scope| {
            let held = pool.take().unwrap();
            for number in 0..4 {
                let (said, pool) = (said.clone(), &pool);
                scope.spawn(move || {
                    pool.with(|_| (said.send(number).map_err(Error::caused), true)).unwrap();
                });
                wait_until(pool, number + 1);
            }
            pool.give_back(held);
        });
        drop(said);
        assert_eq!(heard.iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!((opened.load(Ordering::SeqCst), pool.counts()), (1, (1, 1, 1)));
    }

    #[test]
    fn a_broken_connection_makes_room_for_another_for_who_waits() {
        let (pool, opened) = pool(1);
        std::thread::scope(|scope| {
            let broken = pool.take().unwrap();
            let waits = scope.spawn(|| pool.with(|connection| (Ok(*connection), true)).unwrap());
            wait_until(&pool, 1);
            drop(Lent { pool: &pool, connection: Some(broken) });
            assert_eq!(waits.join().unwrap(), 1);
        });
        assert_eq!((opened.load(Ordering::SeqCst), pool.counts()), (2, (1, 1, 1)));
    }

    #[test]
    fn what_cannot_connect_leaves_its_place() {
        let pool: Pool<u32> = Pool::new(1, || Err(Error::internal("nobody there")));
        assert!(pool.take().is_err());
        assert_eq!(pool.counts(), (0, 0, 1));
        assert!(pool.take().is_err());
    }
}
