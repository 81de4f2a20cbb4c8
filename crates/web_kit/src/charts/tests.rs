use kernel::figures::Unit;
use kernel::texts::{Locale, T, Texts};

use super::*;

fn t(locale: Locale) -> T {
    let sources: Vec<_> = kernel::texts::SOURCES.iter().chain(crate::TEXTS).copied().collect();
    Texts::leak(&sources).unwrap().reader(locale)
}

fn point(label: &str, value: Option<f64>, n: u64) -> TrendPoint {
    TrendPoint {
        label: label.to_owned(),
        value,
        interval: value.map(|v| (v - 5.0, v + 5.0)),
        n,
        definition: "1".to_owned(),
        href: format!("/rows?p={label}&x=1"),
    }
}

fn trend(points: Vec<TrendPoint>) -> Trend {
    Trend {
        title: "Par mois, en points".to_owned(),
        note: "Bande".to_owned(),
        summary: "Résumé".to_owned(),
        label_head: "Mois".to_owned(),
        of: Of::Answers,
        unit: Unit::Points,
        limits: (-100.0, 100.0),
        points,
    }
}

/// Every number written as a coordinate: none may be NaN or infinite.
fn is_sound(html: &str) {
    assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    assert!(!html.contains("style="), "{html}");
}

fn count(html: &str, what: &str) -> usize {
    html.matches(what).count()
}

#[test]
fn a_trend_without_any_value_says_so() {
    let fr = t(Locale::Fr);
    for points in [Vec::new(), vec![point("janv.", None, 0)]] {
        let html = trend(points).html(fr).0;
        assert!(html.contains("aucune réponse sur ces périodes"), "{html}");
        assert_eq!(count(&html, "<svg"), 0);
    }
}

#[test]
fn a_single_point_has_its_interval_and_its_label() {
    let html = trend(vec![point("janv.", Some(40.0), 100)]).html(t(Locale::Fr)).0;
    is_sound(&html);
    assert_eq!(count(&html, "c-range"), 1);
    assert_eq!(count(&html, "c-band"), 0);
    assert_eq!(count(&html, "c-dot--now"), 1);
    assert!(html.contains("janv.\u{a0}: +40,0, de +35,0 à +45,0, 100 réponses"), "{html}");
    assert!(html.contains("href=\"/rows?p=janv.&amp;x=1\""));
}

#[test]
fn equal_values_without_spread_are_drawn_in_the_middle_of_a_scale() {
    let mut points: Vec<TrendPoint> = (0..4).map(|i| point(&format!("m{i}"), Some(100.0), 50)).collect();
    points.iter_mut().for_each(|p| p.interval = Some((100.0, 100.0)));
    is_sound(&trend(points).html(t(Locale::En)).0);
}

#[test]
fn a_gap_is_not_joined_and_few_answers_are_dashed_and_hollow() {
    let points = vec![
        point("1", Some(10.0), 50),
        point("2", Some(12.0), 29),
        point("3", None, 0),
        point("4", Some(15.0), 50),
        point("5", Some(16.0), 50),
    ];
    let html = trend(points).html(t(Locale::Fr)).0;
    is_sound(&html);
    assert_eq!(count(&html, "class=\"c-line c-old\""), 1, "the piece to the weak point");
    assert_eq!(count(&html, "class=\"c-line\""), 1, "the piece after the gap");
    assert_eq!(count(&html, "c-old-dot"), 1);
    assert_eq!(count(&html, "c-band"), 2);
    assert!(html.contains("peu de réponses"));
    assert!(html.contains("<td class=\"num\">–</td>"), "the table says what is missing");
}

#[test]
fn a_change_of_definition_is_cut_and_named() {
    let mut points: Vec<TrendPoint> = (0..4).map(|i| point(&format!("T{i}"), Some(20.0), 90)).collect();
    points[2].definition = "définition 2".to_owned();
    points[3].definition = "définition 2".to_owned();
    let html = trend(points).html(t(Locale::Fr)).0;
    assert_eq!(count(&html, "c-cut"), 1);
    assert_eq!(count(&html, "class=\"c-line\""), 2, "no line crosses the cut");
    assert!(html.contains(">définition 2</text>"));
    assert!(html.contains("Définition</th>"));
}

#[test]
fn the_labels_of_a_hundred_periods_do_not_overlap() {
    let points: Vec<TrendPoint> =
        (0..100).map(|i| point(&format!("sept. {}", 1900 + i), Some(f64::from(i)), 80)).collect();
    let html = trend(points).html(t(Locale::Fr)).0;
    is_sound(&html);
    let under: Vec<f64> = html
        .match_indices("\" y=\"250\">")
        .map(|(end, _)| html[..end].rsplit("x=\"").next().unwrap().parse().unwrap())
        .collect();
    assert!(under.len() >= 5, "{under:?}");
    assert!(under.windows(2).all(|pair| pair[1] - pair[0] >= text_width("sept. 1900")), "{under:?}");
    assert_eq!(count(&html, "<a href"), 200, "each mark and each row of the table");
}

#[test]
fn without_rights_to_the_rows_nothing_is_linked() {
    let mut points = vec![point("1", Some(10.0), 50), point("2", Some(10.0), 50)];
    points.iter_mut().for_each(|p| p.href.clear());
    let html = trend(points).html(t(Locale::Fr)).0;
    assert_eq!(count(&html, "<a "), 0);
}

fn bars(counts: &[u64]) -> Distribution {
    let total = counts.iter().sum::<u64>().max(1) as f64;
    let tone = |i: usize| {
        if i < 7 {
            Tone::Low
        } else if i < 9 {
            Tone::Middle
        } else {
            Tone::High
        }
    };
    let bars = counts
        .iter()
        .enumerate()
        .map(|(i, n)| Bar {
            label: i.to_string(),
            n: *n,
            share: *n as f64 / total,
            tone: tone(i),
            href: format!("/r?v={i}"),
        })
        .collect();
    let brackets = vec![Bracket { tone: Tone::Low, label: "Détracteurs <0>".to_owned() }];
    Distribution { summary: "Réponses par note".to_owned(), label_head: "Note".to_owned(), bars, brackets }
}

#[test]
fn a_distribution_links_what_can_be_opened_and_escapes_its_words() {
    let html = bars(&[9, 4, 6, 9, 8, 16, 20, 52, 78, 96, 0]).html(t(Locale::Fr)).0;
    is_sound(&html);
    assert_eq!(count(&html, "<rect class=\"c-detr\""), 7);
    assert!(count(&html, "c-hatch") >= 7);
    assert_eq!(count(&html, "aria-label=\"10"), 0, "nothing to open behind an empty bar");
    assert!(html.contains("Détracteurs &lt;0&gt;"));
    assert!(html.contains("10</th>"), "the table names every answer");
}

#[test]
fn a_distribution_of_nothing_is_flat() {
    is_sound(&bars(&[0; 11]).html(t(Locale::En)).0);
    is_sound(&bars(&[]).html(t(Locale::En)).0);
}

#[test]
fn ranges_share_one_scale() {
    let scale = Ranges::new([-10.0, 30.0, 50.0], Some(20.0));
    let strong = scale.row(30.0, Some((-10.0, 50.0)), false).0;
    is_sound(&strong);
    assert!(strong.contains("x1=\"8\" x2=\"192\""), "{strong}");
    assert!(strong.contains("c-zero") && strong.contains("c-cut"));
    assert!(scale.row(30.0, None, true).0.contains("c-weak"));
    for odd in [Ranges::new([], None), Ranges::new([0.0, 0.0], None), Ranges::new([f64::NAN], Some(3.0))] {
        is_sound(&odd.row(3.0, Some((1.0, 2.0)), false).0);
    }
}
