//! The loop over time.

use super::*;
use crate::boards::trend::{Rhythm, Step};

/// First day, cases opened, first contacts due and made in time.
fn told(step: &Step) -> (String, u64, u64, u64) {
    let share = step.in_time.value.unwrap_or(0.0) * step.in_time.n as f64;
    (step.choice.from.to_string(), step.opened.n, step.in_time.n, share.round() as u64)
}

testkit::on_both! {
    with start;

    fn a_bad_week_and_its_repair_are_seen_week_by_week(kit) {
        let nantes = kit.site("Nantes");
        let open = |day: &str, number: usize, is_reached: bool| {
            kit.set_time(&format!("{day}T09:00:00Z"));
            let ids: Vec<Id> = (0..number).map(|_| case(kit, Some(nantes))).collect();
            kit.advance(SignedDuration::from_hours(1));
            ids.into_iter().filter(|_| is_reached).for_each(|id| reach(kit, id));
        };
        open("2026-11-03", 2, true);
        open("2026-11-10", 5, false);
        open("2026-11-17", 3, true);
        kit.set_time("2026-12-20T09:00:00Z");
        let found = board(kit, november());
        assert_eq!(found.rhythm, Rhythm::Week);
        let told: Vec<_> = found.trend.iter().map(told).filter(|step| step.1 > 0).collect();
        let expected = [("2026-11-02", 2, 2, 2), ("2026-11-09", 5, 5, 0), ("2026-11-16", 3, 3, 3)];
        assert_eq!(told, expected.map(|(day, opened, due, made)| (day.to_owned(), opened, due, made)));
        assert_eq!(found.trend[0].choice.to, day("2026-11-01"), "the first week ends on its Sunday");
        assert_eq!(found.trend.last().unwrap().choice.to, day("2026-11-30"));
        let opened: u64 = found.trend.iter().map(|step| step.opened.n).sum();
        assert_eq!(Some(opened as f64), found.all.figure(Kind::Opened).unwrap().value);
        for step in &found.trend {
            assert_eq!(listed(kit, &step.opened.rows), step.opened.n, "{}", step.opened.rows);
            let Some(interval) = step.in_time.interval else { continue };
            let value = step.in_time.value.unwrap();
            assert!(interval.low <= value && value <= interval.high && interval.high - interval.low > 0.3, "few cases say little");
        }
    }

    fn more_than_half_a_year_is_told_month_by_month(kit) {
        kit.set_time("2026-11-03T09:00:00Z");
        case(kit, None);
        let year = Choice { from: day("2026-01-15"), ..november() };
        let found = board(kit, year);
        assert_eq!((found.rhythm, found.trend.len()), (Rhythm::Month, 11));
        assert_eq!(found.trend[0].choice.to, day("2026-01-31"));
        assert_eq!(found.trend[10].opened.n, 1);
    }
}
