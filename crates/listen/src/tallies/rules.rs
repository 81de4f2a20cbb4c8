//! Which days are read from tallies, and which from the answers.

use std::collections::BTreeSet;

use kernel::Day;

/// Where the counts of some days are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Tallies of whole months.
    Months,
    /// Tallies of days.
    Days,
    /// The answers themselves.
    Answers,
}

/// Days read from one source, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// Where from.
    pub source: Source,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// How far a survey is tallied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// Every day up to this one is tallied; `None` when nothing is.
    pub through: Option<Day>,
    /// Days, up to `through`, whose answers changed since.
    pub stale: BTreeSet<Day>,
}

impl Mark {
    fn is_whole(&self, from: Day, to: Day) -> bool {
        self.through.is_some_and(|through| to <= through) && self.stale.range(from..=to).next().is_none()
    }
}

/// Cuts the days `from ..= to` into runs, in order: together they hold each day once.
pub(super) fn runs(mark: &Mark, (from, to): (Day, Day), splits: &[Day], by_month: bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let Some(through) = mark.through.filter(|through| *through >= from) else {
        return if from > to { runs } else { vec![Run { source: Source::Answers, from, to }] };
    };
    let mut day = from;
    // The last day there is has none after it.
    while runs.last().is_none_or(|run| run.to < to) && day <= to {
        let (source, last) = next(mark, day, (to, through), splits, by_month);
        match runs.last_mut() {
            Some(run) if run.source == source => run.to = last,
            _ => runs.push(Run { source, from: day, to: last }),
        }
        day = last.plus_days(1);
    }
    runs
}

/// Where `day` is read, and the last day that is read there with it.
fn next(mark: &Mark, day: Day, (to, through): (Day, Day), splits: &[Day], by_month: bool) -> (Source, Day) {
    if day > through {
        return (Source::Answers, to);
    }
    if mark.stale.contains(&day) {
        return (Source::Answers, day);
    }
    let month_end = day.end_of_month();
    let split = splits.iter().any(|split| day < *split && *split <= month_end);
    if by_month && day == day.start_of_month() && month_end <= to && !split && mark.is_whole(day, month_end) {
        return (Source::Months, last_whole_month(mark, day, (to, through), splits));
    }
    let stop = mark.stale.range(day..).next().map_or(through, |stale| stale.plus_days(-1));
    let stop = stop.min(through).min(to);
    // A month that can be read whole is not read by days.
    (Source::Days, if by_month { stop.min(month_end) } else { stop })
}

/// The end of the longest stretch of whole months from `day` that nothing cuts.
fn last_whole_month(mark: &Mark, day: Day, (to, through): (Day, Day), splits: &[Day]) -> Day {
    let stale = mark.stale.range(day..).next().copied();
    let cut = splits.iter().copied().filter(|split| *split > day && *split != split.start_of_month()).min();
    let first_cut = [stale, cut, Some(to.min(through).plus_days(1))].into_iter().flatten().min();
    let end = first_cut.unwrap_or(to);
    // `end` is the first day that is not in: the stretch stops with the month before its own.
    end.start_of_month().plus_days(-1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn whole_months_are_read_as_months_and_the_edges_as_days() {
        let mark = Mark { through: Some(day("2026-11-21")), stale: BTreeSet::from([day("2026-05-04")]) };
        let found = runs(&mark, (day("2025-11-23"), day("2026-11-22")), &[day("2026-02-10")], true);
        let said: Vec<String> = found.iter().map(|r| format!("{:?} {} {}", r.source, r.from, r.to)).collect();
        assert_eq!(
            said,
            [
                "Days 2025-11-23 2025-11-30",
                "Months 2025-12-01 2026-01-31",
                "Days 2026-02-01 2026-02-28",
                "Months 2026-03-01 2026-04-30",
                "Days 2026-05-01 2026-05-03",
                "Answers 2026-05-04 2026-05-04",
                "Days 2026-05-05 2026-05-31",
                "Months 2026-06-01 2026-10-31",
                "Days 2026-11-01 2026-11-21",
                "Answers 2026-11-22 2026-11-22",
            ]
        );
    }

    #[test]
    fn without_tallies_everything_is_read_from_the_answers() {
        let days = (Day::MIN, Day::MAX);
        assert_eq!(
            runs(&Mark::default(), days, &[], true),
            [Run { source: Source::Answers, from: days.0, to: days.1 }]
        );
    }

    #[test]
    fn all_days_ever_are_cut_into_few_runs() {
        let mark = Mark { through: Some(day("2026-11-21")), stale: BTreeSet::new() };
        let found = runs(&mark, (Day::MIN, Day::MAX), &[], true);
        assert_eq!(found.len(), 3, "{found:?}");
    }

    proptest! {
        #[test]
        fn runs_hold_each_day_once_and_only_what_their_source_knows(
            through in proptest::option::of(20_000_i64..20_400),
            stale in proptest::collection::btree_set(19_990_i64..20_400, 0..6),
            splits in proptest::collection::vec(19_990_i64..20_400, 0..4),
            from in 19_980_i64..20_200, length in 0_i64..300, by_month: bool,
        ) {
            let through = through.map(Day::from_days);
            let stale = stale.into_iter().map(Day::from_days).filter(|d| through.is_some_and(|t| *d <= t)).collect();
            let mark = Mark { through, stale };
            let splits: Vec<Day> = splits.into_iter().map(Day::from_days).collect();
            let (from, to) = (Day::from_days(from), Day::from_days(from + length));
            let mut expected = from;
            for run in runs(&mark, (from, to), &splits, by_month) {
                prop_assert_eq!(run.from, expected);
                prop_assert!(run.to >= run.from);
                expected = run.to.plus_days(1);
                if run.source != Source::Answers {
                    prop_assert!(mark.is_whole(run.from, run.to));
                }
                if run.source == Source::Months {
                    prop_assert!(by_month && run.from == run.from.start_of_month() && run.to == run.to.end_of_month());
                    let within = |split: &Day| *split > run.from && *split <= run.to && *split != split.start_of_month();
                    prop_assert!(!splits.iter().any(within));
                }
            }
            prop_assert_eq!(expected, to.plus_days(1));
        }
    }
}
