//! However customers are dealt out and merged, measures of who stays give the same figures.

use measures::Confidence;
use measures::retention::{EquipmentAccumulator, Flows, PeriodAccumulator, Presence, RateAccumulator};
use proptest::prelude::*;

/// Deals rows into two accumulators, merges them in both orders; both must equal the one that took every row.
macro_rules! merges_in_any_order {
    ($rows:expr, $new:expr, |$into:ident, $row:ident| $push:expr) => {{
        let mut whole = $new;
        let mut parts = [$new, $new];
        for (at, $row) in $rows {
            {
                let $into = &mut whole;
                $push.unwrap();
            }
            let $into = &mut parts[at];
            $push.unwrap();
        }
        let [mut forward, mut backward] = parts;
        let first = forward;
        forward.merge(&backward).unwrap();
        backward.merge(&first).unwrap();
        let whole = whole.summary(Confidence::P95);
        prop_assert_eq!(&whole, &forward.summary(Confidence::P95));
        prop_assert_eq!(&whole, &backward.summary(Confidence::P95));
    }};
}

proptest! {
    #[test]
    fn period(rows in prop::collection::vec((0usize..2, 0usize..3), 0..60)) {
        let of = [Presence::Kept, Presence::Lost, Presence::Acquired];
        merges_in_any_order!(rows.clone(), PeriodAccumulator::new(), |all, row| all.push(of[row]));
    }

    #[test]
    fn rate(rows in prop::collection::vec((0usize..2, any::<bool>()), 0..60)) {
        merges_in_any_order!(rows.clone(), RateAccumulator::new(), |all, row| all.push(row));
    }

    #[test]
    fn equipment(rows in prop::collection::vec((0usize..2, prop::option::of((0u64..5, 0u64..4))), 0..60)) {
        merges_in_any_order!(rows.clone(), EquipmentAccumulator::new(), |all, row| match row {
            Some((held, times)) => all.push_count(held, times),
            None => all.push_missing(1),
        });
    }

    #[test]
    fn competition(rows in prop::collection::vec((0u64..50, 0u64..9, 0u64..9, 0u64..9), 1..20)) {
        let flows: Vec<Flows> = rows
            .into_iter()
            .map(|(start, new, won, lost)| Flows {
                start: start + lost,
                new: new + won,
                won_from_competition: won,
                lost,
                lost_to_competition: lost / 2,
            })
            .collect();
        let (mut forward, mut backward) = (Flows::default(), Flows::default());
        flows.iter().for_each(|part| forward.merge(part).unwrap());
        flows.iter().rev().for_each(|part| backward.merge(part).unwrap());
        prop_assert_eq!(forward.competition(), backward.competition());
        let balance: i64 = flows.iter().map(|part| part.competition().unwrap().net_balance).sum();
        prop_assert_eq!(forward.competition().unwrap().net_balance, balance);
    }
}
