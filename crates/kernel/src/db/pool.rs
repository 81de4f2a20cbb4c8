//! A small pool of connections: at most `limit` of them, opened when first needed.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::errors::Result;

struct State<C> {
    idle: Vec<C>,
    open: u32,
}

/// Hands out connections and takes them back; a broken one is dropped and another opened in its place.
pub(super) struct Pool<C> {
    state: Mutex<State<C>>,
    returned: Condvar,
    limit: u32,
    connect: Box<dyn Fn() -> Result<C> + Send + Sync>,
}

impl<C> Pool<C> {
    pub(super) fn new(limit: u32, connect: impl Fn() -> Result<C> + Send + Sync + 'static) -> Self {
        Self {
            state: Mutex::new(State { idle: Vec::new(), open: 0 }),
            returned: Condvar::new(),
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
        loop {
            if let Some(connection) = state.idle.pop() {
                return Ok(connection);
            }
            if state.open < self.limit {
                state.open += 1;
                drop(state);
                return (self.connect)().inspect_err(|_| self.closed());
            }
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn closed(&self) {
        self.lock().open -= 1;
        self.returned.notify_one();
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
            self.pool.lock().idle.push(connection);
            self.pool.returned.notify_one();
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
