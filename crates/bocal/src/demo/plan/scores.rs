//! Scores: what share of customers gives which one, at each site and in each month, and how one customer's
//! scores agree over time.

use super::customers::Customer;
use crate::demo::calendar::{Phase, Place, REPAIR, months_in};
use crate::demo::random::{Random, normal_share};

/// Shares of the scores of a scale, lowest first; they need not sum to one.
pub(crate) type Shares = Vec<f64>;

type Eleven = [f64; 11];
const SEAT: Eleven = [1.5, 0.8, 1.2, 1.8, 1.9, 4.6, 6.2, 13.0, 20.0, 23.0, 26.0];
const GOOD: Eleven = [1.2, 0.8, 1.0, 1.5, 1.7, 4.0, 5.8, 12.0, 20.0, 25.0, 27.0];
const SLOW: Eleven = [1.8, 1.2, 2.2, 3.2, 3.6, 6.5, 8.5, 16.0, 18.0, 19.0, 20.0];
const WARM: Eleven = [0.3, 0.2, 0.4, 0.6, 0.6, 1.6, 2.3, 7.0, 17.0, 30.0, 40.0];
const BROKEN: Eleven = [17.0, 7.0, 9.0, 10.0, 6.0, 8.0, 7.0, 8.0, 10.0, 9.0, 9.0];
const MENDING: Eleven = [7.0, 3.0, 4.0, 5.0, 4.0, 7.0, 8.0, 15.0, 17.0, 15.0, 15.0];
const BETTER: Eleven = [3.5, 1.5, 2.0, 3.0, 2.5, 5.5, 7.0, 15.0, 19.0, 20.0, 21.0];
const DELIGHT: Eleven = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 12.0, 32.0, 52.0];

/// Net recommendation of each site, May 2025 to November 2026; October 2026 twice, before and after the 15th.
const TARGETS: [[f64; 20]; 4] = [
    [26., 29., 32., 32., 30., 31., 33., 34., 35., 34., 30., 26., 26., 30., 33., 34., 31., 32., 32., 33.],
    [35., 36., 37., 36., 35., 36., 37., 38., 38., 37., 36., 35., 35., 36., 37., 35., -46., -40., -8., 16.],
    [8., 10., 13., 14., 12., 12., 14., 15., 16., 15., 11., 7., 7., 10., 14., 15., 12., 12., 12., 14.],
    [64., 66., 66., 65., 64., 66., 67., 68., 68., 67., 66., 64., 65., 66., 67., 66., 65., 66., 66., 67.],
];

/// Net recommendation of a profile.
pub(crate) fn net(shares: &[f64]) -> f64 {
    let all: f64 = shares.iter().sum();
    let (high, low): (f64, f64) = (shares[9..].iter().sum(), shares[..7].iter().sum());
    100.0 * (high - low) / all
}

fn mixed(first: &[f64], second: &[f64], share: f64) -> Shares {
    let (one, two): (f64, f64) = (first.iter().sum(), second.iter().sum());
    first.iter().zip(second).map(|(a, b)| a / one * (1.0 - share) + b / two * share).collect()
}

/// Shares of the recommendation scores of a site on a day.
pub(crate) fn recommendation(place: Place, day: i64) -> Shares {
    let month = months_in(day);
    let column = if month < 17 { month } else { month + usize::from(month > 17 || day >= REPAIR) };
    let target = TARGETS[place.rank()][column.min(19)];
    let base = match (place, Phase::of(place, day)) {
        (_, Phase::Bad) => BROKEN,
        (_, Phase::Repair) => MENDING,
        (_, Phase::Recovery) => BETTER,
        (Place::Aubrin, _) => SEAT,
        (Place::Caudrelles, _) => GOOD,
        (Place::Montferrol, _) => SLOW,
        (Place::Valcendre, _) => WARM,
    };
    let now = net(&base);
    if target < now {
        return mixed(&base, &BROKEN, (now - target) / (now - net(&BROKEN)).max(1.0));
    }
    // A broken site has no delighted customers, only some of the good days left.
    let towards = if Phase::of(place, day) == Phase::Bad { GOOD } else { DELIGHT };
    mixed(&base, &towards, (target - now) / (net(&towards) - now))
}

/// Shares of the same scores among those who answer by themselves: the delighted and the furious are more.
pub(crate) fn by_themselves(place: Place, day: i64) -> Shares {
    let furious: Eleven = [60.0, 20.0, 20.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let glad: Eleven = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 30.0, 70.0];
    let (happy, angry) = if Phase::of(place, day) == Phase::Bad { (0.04, 0.26) } else { (0.32, 0.06) };
    let calm = mixed(&recommendation(place, day), &glad, happy / (1.0 - angry));
    mixed(&calm, &furious, angry)
}

/// Shares of satisfaction 1 to 5 after a contact.
pub(crate) fn satisfaction(place: Place, day: i64, channel: &str) -> Shares {
    let base = match (place, Phase::of(place, day)) {
        (_, Phase::Bad) => [38.0, 22.0, 16.0, 15.0, 9.0],
        (_, Phase::Repair) => [14.0, 13.0, 19.0, 34.0, 20.0],
        (_, Phase::Recovery) => [6.0, 9.0, 16.0, 42.0, 27.0],
        (Place::Aubrin, _) => [4.0, 7.0, 14.0, 41.0, 34.0],
        (Place::Caudrelles, _) => [3.0, 6.0, 12.0, 42.0, 37.0],
        (Place::Montferrol, _) => [5.0, 10.0, 18.0, 43.0, 24.0],
        (Place::Valcendre, _) => [1.0, 2.0, 5.0, 31.0, 61.0],
    };
    let shift = match channel {
        "counter" => 0.04,
        "visit" => 0.10,
        "mail" => -0.04,
        "web" => -0.06,
        _ => 0.0,
    };
    shifted(&base, shift)
}

/// Moves a share of every score one step up, or down when it is negative.
fn shifted(shares: &[f64], share: f64) -> Shares {
    let mut moved = shares.to_vec();
    for at in 0..shares.len() {
        let to = if share > 0.0 { at + 1 } else { at.wrapping_sub(1) };
        if to < shares.len() {
            moved[at] -= shares[at] * share.abs();
            moved[to] += shares[at] * share.abs();
        }
    }
    moved
}

/// Shares of ease 1 to 7 after a request.
pub(crate) fn ease(place: Place, day: i64) -> Shares {
    let shares: [f64; 7] = match (place, Phase::of(place, day)) {
        (_, Phase::Bad) => [41.0, 20.0, 13.0, 10.0, 8.0, 5.0, 3.0],
        (_, Phase::Repair) => [15.0, 12.0, 14.0, 18.0, 19.0, 14.0, 8.0],
        (_, Phase::Recovery) => [6.0, 7.0, 11.0, 17.0, 25.0, 22.0, 12.0],
        (Place::Aubrin, _) => [4.0, 5.0, 8.0, 13.0, 24.0, 28.0, 18.0],
        (Place::Caudrelles, _) => [3.0, 4.0, 7.0, 12.0, 25.0, 30.0, 19.0],
        (Place::Montferrol, _) => [8.0, 10.0, 15.0, 19.0, 23.0, 17.0, 8.0],
        (Place::Valcendre, _) => [1.0, 2.0, 3.0, 7.0, 18.0, 36.0, 33.0],
    };
    shares.to_vec()
}

/// Farms of Caudrelles cannot wait for feed: while things go wrong, a tenth more of them gives the lowest scores.
pub(crate) fn for_farms(shares: &[f64]) -> Shares {
    let lowest: Shares = (0..shares.len()).map(|score| if score <= 3 { 1.0 } else { 0.0 }).collect();
    mixed(shares, &lowest, 0.10)
}

/// A score drawn at a quantile that holds 0.6 of how the customer stands towards us.
pub(crate) fn draw(shares: &[f64], customer: Option<&Customer>, random: &mut Random) -> usize {
    let fresh = random.normal();
    let z = customer.map_or(fresh, |c| 0.6 * c.standing + 0.8 * fresh);
    let mut left = normal_share(z) * shares.iter().sum::<f64>();
    for (score, share) in shares.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return score;
        }
    }
    shares.len() - 1
}
