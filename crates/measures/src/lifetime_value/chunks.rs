//! Sums over many rows, on all cores, the same whatever their number.

use std::num::NonZeroUsize;
use std::thread;

use crate::maximise::Local;

/// More threads than this win nothing on sums that take milliseconds.
const MOST_WORKERS: usize = 8;

/// What `work` makes of each `size` rows in turn. The cuts do not depend on the cores, so the results, added up in
/// order, do not either.
pub(super) fn each_chunk<R: Sync, T: Send>(
    rows: &[R],
    size: usize,
    workers: usize,
    work: impl Fn(&[R]) -> T + Sync,
) -> Vec<T> {
    let chunks: Vec<&[R]> = rows.chunks(size.max(1)).collect();
    if workers <= 1 || chunks.len() < 2 {
        return chunks.into_iter().map(work).collect();
    }
    let share = chunks.len().div_ceil(workers);
    thread::scope(|scope| {
        let running: Vec<_> = chunks
            .chunks(share)
            .map(|part| (part, scope.spawn(|| part.iter().map(|chunk| work(chunk)).collect::<Vec<T>>())))
            .collect();
        // A thread that did not come back is made up for here.
        let finish = |(part, thread): (&[&[R]], thread::ScopedJoinHandle<'_, Vec<T>>)| {
            thread.join().unwrap_or_else(|_| part.iter().map(|chunk| work(chunk)).collect())
        };
        running.into_iter().flat_map(finish).collect()
    })
}

/// A log-likelihood of all rows with its derivatives, summed over chunks; `work` fills the upper half of the curvatures.
pub(super) fn summed<R: Sync, const N: usize>(
    rows: &[R],
    size: usize,
    workers: usize,
    work: impl Fn(&[R]) -> Local<N> + Sync,
) -> Local<N> {
    let mut all = Local::ZERO;
    each_chunk(rows, size, workers, work).iter().for_each(|part| all.add(part));
    all.mirror();
    all
}

/// How many threads to use for `rows` rows where fewer than `least` are not worth one.
pub(super) fn workers(rows: usize, least: usize) -> usize {
    if rows < 2 * least {
        return 1;
    }
    thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_WORKERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_workers_gives_the_same_parts_in_the_same_order() {
        let rows: Vec<f64> = (0..1000).map(|i| 1.0 / f64::from(i + 1)).collect();
        let one = each_chunk(&rows, 64, 1, |chunk| chunk.iter().sum::<f64>());
        for workers in [2, 3, 8, 100] {
            assert_eq!(one, each_chunk(&rows, 64, workers, |chunk| chunk.iter().sum::<f64>()), "{workers}");
        }
        assert_eq!(one.len(), 16);
        assert!(each_chunk(&[0.0; 0], 64, 4, |_| ()).is_empty());
    }
}
