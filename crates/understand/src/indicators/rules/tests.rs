use std::io::{Read as _, Write as _};

use kernel::figures::{Collection, Generalisable, Period, Unit};
use kernel::organisation::SiteNames;
use kernel::{Day, Error, Id};

use super::compare::gap;
use super::{Bag, Conclusion, Context, Cube, Fact, IndicatorReport, Reading, floor, report, selection};
use crate::indicators::model::{Class, CollectionGroup, Grouping, Input, Measure, Query, Span, Weighting};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn today() -> Day {
    day("2026-11-22")
}

fn fact(value: i64, n: u64) -> Fact {
    Fact {
        day: day("2026-11-10"),
        last_day: day("2026-11-10"),
        site: None,
        channel: "email".to_owned(),
        collection: Collection::RandomDraw,
        survey: Id(1),
        value: Some(value),
        n,
        weight: n as f64,
        square: n as f64,
    }
}

fn at(site: i64, value: i64, n: u64) -> Fact {
    Fact { site: Some(Id(site)), ..fact(value, n) }
}

fn on(text: &str, value: i64, n: u64) -> Fact {
    Fact { day: day(text), last_day: day(text), ..fact(value, n) }
}

fn by(collection: Collection, value: i64, n: u64) -> Fact {
    Fact { collection, ..fact(value, n) }
}

fn reported(query: &Query, facts: &[Fact]) -> IndicatorReport {
    let window = selection::window(query.span, query.grouping, today());
    let mut cube = Cube::new(query.measure, query.grouping, window);
    // As the database does: nothing after the period, nothing before what is needed.
    facts
        .iter()
        .filter(|fact| window.first_day() <= fact.day && fact.day <= window.period.to)
        .for_each(|fact| cube.take(fact));
    let context = Context { population: "Essais".to_owned(), sites: SiteNames::default(), invited: None };
    report(query, &window, &cube, today(), &context).unwrap()
}

fn nps() -> Query {
    Query::new(Measure::Nps)
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-6, "{a} is not {b}");
}

#[test]
fn fifty_thirty_twenty_of_a_hundred_is_plus_thirty_with_an_interval() {
    let found = reported(&nps(), &[fact(10, 50), fact(8, 30), fact(3, 20)]).figure;
    close(found.value.unwrap(), 30.0);
    assert_eq!((found.n, found.unit, found.weighted), (100, Unit::Points, false));
    let interval = found.interval.unwrap();
    assert_eq!((interval.method, interval.confidence), ("score", 0.95));
    assert!(interval.low > 13.0 && interval.low < 15.5 && interval.high > 43.0 && interval.high < 45.5);
    assert_eq!(found.generalisable, Generalisable::Yes);
    assert_eq!((found.definition.id, found.definition.version), ("nps", 1));
}

#[test]
fn a_question_left_unanswered_is_missing_and_changes_no_score() {
    let unanswered = Fact { value: None, ..fact(0, 7) };
    let off_scale = fact(11, 2);
    let found = reported(&nps(), &[fact(10, 50), fact(0, 50), unanswered, off_scale]).figure;
    close(found.value.unwrap(), 0.0);
    assert_eq!((found.n, found.missing), (100, 9));
}

#[test]
fn satisfaction_is_the_share_of_four_and_five_with_wilsons_interval() {
    let found = reported(&Query::new(Measure::Csat), &[fact(5, 200), fact(4, 80), fact(2, 120)]).figure;
    close(found.value.unwrap(), 0.7);
    let interval = found.interval.unwrap();
    assert_eq!(interval.method, "wilson");
    assert_eq!(format!("{:.3} {:.3}", interval.low, interval.high), "0.653 0.743");
}

#[test]
fn ease_is_a_mean_and_brings_the_share_that_agrees() {
    let found = reported(&Query::new(Measure::Ces2), &[fact(7, 3), fact(3, 1)]);
    close(found.figure.value.unwrap(), 6.0);
    assert_eq!(found.figure.interval.unwrap().method, "t");
    assert!(found.figure.interval.unwrap().high <= 7.0, "never beyond the scale");
    assert_eq!(found.beside[0].definition.id, "ces_v2_agree");
    close(found.beside[0].value.unwrap(), 0.75);
}

#[test]
fn weighted_answers_give_the_weighted_score_with_the_other_beside_it() {
    let heavy = Fact { weight: 30.0, square: 90.0, ..fact(10, 10) };
    let facts = [heavy, fact(0, 10)];
    let found = reported(&nps(), &facts);
    assert!(found.figure.weighted);
    close(found.figure.value.unwrap(), 50.0);
    assert_eq!(found.figure.definition.id, "nps_weighted");
    close(found.beside[0].value.unwrap(), 0.0);
    assert!(!found.beside[0].weighted);

    let off = reported(&Query { weighting: Weighting::Off, ..nps() }, &facts);
    assert!(!off.figure.weighted && off.beside.is_empty());

    let csat = reported(&Query::new(Measure::Csat), &[Fact { weight: 3.0, square: 9.0, ..fact(5, 1) }]);
    assert!(csat.weights_unused && !csat.figure.weighted);
}

#[test]
fn self_selected_answers_have_no_interval_and_stand_apart_from_the_sample() {
    let facts =
        [fact(10, 60), fact(2, 40), by(Collection::SelfSelected, 0, 900), by(Collection::Unknown, 10, 5)];
    let found = reported(&nps(), &facts);
    assert_eq!(found.group, CollectionGroup::Probability);
    assert_eq!(found.figure.n, 100);
    close(found.figure.value.unwrap(), 20.0);
    assert_eq!(found.distribution.iter().map(|s| s.n).sum::<u64>(), 100);
    let others: Vec<_> = found.others.iter().map(|o| (o.group, o.figure.n, o.figure.interval)).collect();
    assert_eq!(others, [(CollectionGroup::SelfSelected, 900, None), (CollectionGroup::Unknown, 5, None)]);

    let asked = reported(&Query { collection: Some(CollectionGroup::SelfSelected), ..nps() }, &facts);
    assert_eq!((asked.figure.n, asked.figure.interval), (900, None));
    assert!(matches!(asked.figure.generalisable, Generalisable::No(_)));
}

#[test]
fn a_census_and_a_random_draw_are_counted_together() {
    let found = reported(&nps(), &[fact(10, 60), by(Collection::Census, 2, 40)]).figure;
    assert_eq!(found.n, 100);
    assert_eq!(found.collection, [Collection::RandomDraw, Collection::Census]);
    assert!(found.interval.is_some());
}

#[test]
fn without_a_sample_the_largest_group_comes_first_and_nothing_is_concluded() {
    let late = |value, n| Fact { collection: Collection::SelfSelected, ..on("2026-10-05", value, n) };
    let facts = [by(Collection::SelfSelected, 10, 80), by(Collection::Unknown, 0, 20), late(0, 90)];
    let found = reported(&Query { span: Span::ThisMonth, ..nps() }, &facts);
    assert_eq!(found.group, CollectionGroup::SelfSelected);
    let change = found.change.unwrap();
    assert_eq!((change.conclusion, change.interval), (Conclusion::NotASample, None));
    close(change.difference, 200.0);
}

#[test]
fn a_rise_is_called_one_only_when_the_interval_of_the_difference_excludes_zero() {
    let query = Query { span: Span::ThisMonth, ..nps() };
    let small = [fact(10, 55), fact(5, 45), on("2026-10-05", 10, 50), on("2026-10-06", 5, 50)];
    let change = reported(&query, &small).change.unwrap();
    assert_eq!(change.conclusion, Conclusion::Unclear);
    let (low, high) = change.interval.unwrap();
    assert!(low < 0.0 && high > 0.0);
    assert_eq!(change.previous.period, Period { from: day("2026-10-01"), to: day("2026-10-31") });

    let large = [fact(10, 900), fact(5, 100), on("2026-10-05", 10, 500), on("2026-10-06", 5, 500)];
    assert_eq!(reported(&query, &large).change.unwrap().conclusion, Conclusion::Rise);
    let fall = [fact(10, 500), fact(5, 500), on("2026-10-05", 10, 900), on("2026-10-06", 5, 100)];
    assert_eq!(reported(&query, &fall).change.unwrap().conclusion, Conclusion::Fall);
}

#[test]
fn two_means_are_compared_as_welch_does() {
    let bag = |values: &[(i64, u64)]| {
        let mut bag = Bag::default();
        for (value, n) in values {
            bag.add(Measure::Ces2.scale(), Some(*value), *n, *n as f64, *n as f64);
        }
        bag
    };
    let (a, b) = (bag(&[(7, 10), (5, 5), (3, 2)]), bag(&[(6, 8), (4, 6), (1, 3)]));
    let found = gap(Measure::Ces2, false, &a, &b).unwrap().unwrap();
    close(found.difference, 1.529_411_764_705_882_5);
    // Checked with another implementation of Welch's interval.
    close(found.interval.low, WELCH_LOW);
    close(found.interval.high, WELCH_HIGH);
    assert!(gap(Measure::Ces2, false, &a, &bag(&[(7, 1)])).unwrap().is_none(), "one answer has no spread");
    assert!(gap(Measure::Ces2, false, &a, &Bag::default()).unwrap().is_none());
}

const WELCH_LOW: f64 = 0.360_758_295_9;
const WELCH_HIGH: f64 = 2.698_065_233_5;

#[test]
fn small_groups_are_hidden_and_cannot_be_computed_from_the_others() {
    assert_eq!(floor::hidden(&[40, 4, 30, 3]), [false, true, false, true]);
    assert_eq!(floor::hidden(&[40, 4, 30]), [false, true, true], "the next smallest goes with the only one");
    assert_eq!(floor::hidden(&[5, 5]), [false, false]);
    assert_eq!(floor::hidden(&[4, 900]), [true, true]);
    assert_eq!(floor::hidden(&[]), Vec::<bool>::new());
}

#[test]
fn each_site_is_read_against_the_rest() {
    let facts =
        [at(1, 10, 95), at(1, 2, 5), at(2, 10, 50), at(2, 2, 50), at(3, 8, 29), at(4, 0, 4), at(5, 9, 6)];
    let found = reported(&nps(), &facts);
    let reads: Vec<_> = found.by_site.iter().map(|g| (g.figure.as_ref().map(|f| f.n), g.reading)).collect();
    assert_eq!(
        reads,
        [
            (Some(100), Reading::Higher),
            (Some(100), Reading::Lower),
            (Some(29), Reading::TooFew),
            (None, Reading::Hidden),
            (None, Reading::Hidden),
        ]
    );
    assert!(found.by_channel.is_empty(), "one channel is no breakdown");
}

#[test]
fn a_narrow_choice_of_fewer_than_five_is_hidden_everywhere() {
    let query = Query { sites: vec![Some(Id(4))], ..nps() };
    let found = reported(&query, &[at(4, 0, 4)]);
    assert!(found.hidden && found.figure.value.is_none() && found.distribution.is_empty());
    assert!(found.trend.iter().all(|step| step.figure.value.is_none()));
    assert!(!reported(&nps(), &[at(4, 0, 4)]).hidden, "the whole is not a group");
}

#[test]
fn a_trend_ends_with_the_period_and_keeps_its_gaps() {
    let facts = [on("2026-07-02", 10, 40), on("2026-09-30", 0, 40), on("2026-11-22", 10, 10)];
    let found = reported(&Query { span: Span::Quarter, ..nps() }, &facts);
    let steps: Vec<_> = found.trend.iter().map(|s| (s.from.to_string(), s.figure.value)).collect();
    let expected = [
        ("2026-07-01", Some(100.0)),
        ("2026-08-01", None),
        ("2026-09-01", Some(-100.0)),
        ("2026-10-01", None),
        ("2026-11-01", Some(100.0)),
    ];
    assert_eq!(steps, expected.map(|(from, value)| (from.to_owned(), value)));
    assert_eq!(found.trend[4].figure.period, Period { from: day("2026-11-01"), to: today() });
    assert_eq!(found.figure.n, 10, "the trend shows more than the period");
}

#[test]
fn a_trend_of_everything_is_cut_rather_than_endless() {
    let query = Query { span: Span::All, grouping: Grouping::Week, ..nps() };
    let found = reported(&query, &[on("1990-01-01", 10, 5), on("2026-11-20", 0, 5)]);
    assert!(found.trend_cut && found.trend.len() == 400);
    assert_eq!(found.figure.period, Period { from: day("1990-01-01"), to: day("2026-11-20") });
}

#[test]
fn nothing_at_all_is_a_report_too() {
    for measure in Measure::ALL {
        let found = reported(&Query { span: Span::All, ..Query::new(measure) }, &[]);
        assert_eq!((found.figure.n, found.figure.value), (0, None));
        assert!(found.trend.is_empty() && found.change.is_none() && found.distribution.is_empty());
        assert_eq!(found.figure.period, Period { from: today(), to: today() });
    }
}

#[test]
fn periods_and_what_they_are_compared_with() {
    let found = |span| {
        let window = selection::window(span, Grouping::Quarter, today());
        let text = |p: Period| format!("{} {}", p.from, p.to);
        (text(window.period), window.previous.map(text).unwrap_or_default())
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(found(Span::ThisMonth), pair("2026-11-01 2026-11-22", "2026-10-01 2026-10-31"));
    assert_eq!(found(Span::LastMonth), pair("2026-10-01 2026-10-31", "2026-09-01 2026-09-30"));
    assert_eq!(found(Span::Quarter), pair("2026-10-01 2026-11-22", "2026-07-01 2026-09-30"));
    assert_eq!(found(Span::LastQuarter), pair("2026-07-01 2026-09-30", "2026-04-01 2026-06-30"));
    assert_eq!(found(Span::Year), pair("2025-11-23 2026-11-22", "2024-11-23 2025-11-22"));
    let ten = Span::Custom(Some(day("2026-03-11")), Some(day("2026-03-20")));
    assert_eq!(found(ten), pair("2026-03-11 2026-03-20", "2026-03-01 2026-03-10"));
    let window = selection::window(Span::Quarter, Grouping::Quarter, today());
    assert_eq!(window.trend_from, day("2025-01-01"), "eight quarters");
}

#[test]
fn every_wrong_part_of_a_choice_is_named() {
    let wrong = Input {
        survey: "x".into(),
        site: vec!["none".into(), "7; DROP".into()],
        channel: vec!["a".repeat(61)],
        period: "sometimes".into(),
        grouping: "day".into(),
        collection: "mixed".into(),
        weights: "maybe".into(),
        ..Input::default()
    };
    let Err(Error::Invalid(errors)) = selection::parse(Measure::Nps, &wrong) else { panic!("accepted") };
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_ref()).collect();
    assert_eq!(fields, ["survey", "site", "channel", "period", "grouping", "collection", "weights"]);

    let days = |from: &str, to: &str| Input { from: from.into(), to: to.into(), ..Input::default() };
    for (from, to) in [("2026-02-30", ""), ("2026-05-02", "2026-05-01")] {
        assert!(selection::parse(Measure::Nps, &days(from, to)).is_err(), "{from} {to}");
    }
    let custom = selection::parse(Measure::Nps, &days("2026-05-01", "")).unwrap();
    assert_eq!(custom.span, Span::Custom(Some(day("2026-05-01")), None), "days alone are a custom period");
    assert_eq!(selection::parse(Measure::Csat, &Input::default()).unwrap(), Query::new(Measure::Csat));
}

#[test]
fn classes_cover_each_scale_without_overlap() {
    assert_eq!(Class::ALL.map(|c| Measure::Nps.bounds(c)), [(0, 6), (7, 8), (9, 10)]);
    assert_eq!(Class::ALL.map(|c| Measure::Csat.bounds(c)), [(1, 2), (3, 3), (4, 5)]);
    assert_eq!(Class::ALL.map(|c| Measure::Ces2.bounds(c)), [(1, 3), (4, 4), (5, 7)]);
}

/// The airport survey of 2017, whose figures its readers know: +39.84, and +40.40 weighted.
#[test]
fn a_known_survey_gives_its_known_figures() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/sfo-survey/sfo_2017.csv.gz");
    let Ok(file) = std::fs::File::open(path) else {
        writeln!(std::io::stderr(), "skipped: the survey is not there").unwrap();
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let heads = rows.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (score, weight) = (column("NETPRO"), column("WEIGHT"));
    let facts: Vec<Fact> = rows
        .records()
        .map(|row| {
            let row = row.unwrap();
            let weight: f64 = row[weight].trim().parse().unwrap();
            Fact {
                value: row[score].trim().parse().ok(),
                n: 1,
                weight,
                square: weight * weight,
                ..on("2017-05-10", 0, 1)
            }
        })
        .collect();
    let found = reported(&Query { span: Span::All, ..nps() }, &facts);
    assert_eq!(found.figure.n, 2746);
    assert_eq!(format!("{:.2}", found.figure.value.unwrap()), "40.40");
    assert_eq!(format!("{:.2}", found.beside[0].value.unwrap()), "39.84");
    assert!(found.figure.weighted && found.figure.interval.unwrap().contains_value(40.0));
}

trait Holds {
    fn contains_value(&self, value: f64) -> bool;
}

impl Holds for kernel::figures::Interval {
    fn contains_value(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}
