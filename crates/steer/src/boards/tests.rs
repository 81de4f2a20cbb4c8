//! The room through its actions and routes, on both databases; figures worked out again by hand.

use act::cases::model::{CaseEdit, CaseInput, Closing, Filter, Origin, Standing, View};
use act::causes::model::CauseInput;
use kernel::clock::SignedDuration;
use kernel::db::Engine;
use kernel::figures::Unit;
use kernel::identity::{Actor, Permission, Role, Scope};
use kernel::texts::{Locale, T, Texts};
use kernel::{Day, Error, Id, Instant};
use know::customers::model::CustomerInput;
use testkit::{Kit, Parts, TestApp};

use super::actions::{self, TileInput};
use super::model::{Board, Choice, Group, Kind, Tile};
use super::{export, rules};

fn start(engine: Engine) -> Kit {
    Kit::builder(engine)
        .migrations(&[
            kernel::MIGRATIONS,
            know::MIGRATIONS,
            listen::MIGRATIONS,
            understand::MIGRATIONS,
            act::MIGRATIONS,
            crate::MIGRATIONS,
        ])
        .start()
}

/// The application with the routes of this crate and of the one before it.
fn app(kit: &Kit) -> TestApp<'_> {
    let parts = Parts {
        routes: act::routes().merge(crate::routes()),
        texts: vec![know::TEXTS, listen::TEXTS, act::TEXTS, crate::TEXTS],
        nav: crate::NAV.to_vec(),
        ..Parts::default()
    };
    TestApp::new(kit, parts)
}

/// Texts in French.
fn texts() -> T {
    let all = [kernel::texts::SOURCES, web_kit::TEXTS, know::TEXTS, listen::TEXTS, act::TEXTS, crate::TEXTS]
        .concat();
    Texts::leak(&all).unwrap().reader(Locale::Fr)
}

/// The cells of a file.
fn rows(file: &str) -> Vec<Vec<String>> {
    file.lines().map(|line| line.split(';').map(|cell| cell.trim_matches('"').to_owned()).collect()).collect()
}

fn case(kit: &Kit, site: Option<Id>) -> Id {
    case_of(kit, site, None)
}

fn case_of(kit: &Kit, site: Option<Id>, cause: Option<Id>) -> Id {
    let by = Actor::system("test");
    let input = CustomerInput {
        family_name: "Diatta".into(),
        site: site.map(|s| s.to_string()).unwrap_or_default(),
        ..CustomerInput::default()
    };
    kit.write(move |tx| {
        let customer = know::customers::actions::create(tx, &by, &input)?.id;
        let input = CaseInput {
            customer: customer.to_string(),
            title: "Attente".into(),
            cause: cause.map(|c| c.to_string()).unwrap_or_default(),
            ..CaseInput::default()
        };
        act::cases::actions::create(tx, &by, &input, Origin::Hand)
    })
    .id
}

fn reach(kit: &Kit, id: Id) {
    kit.write(move |tx| act::cases::actions::attempt(tx, &Actor::system("t"), id, "phone", "reached", ""));
}

fn end(kit: &Kit, id: Id) {
    kit.write(move |tx| {
        let told = act::cases::actions::tell(tx, &Actor::system("t"), id, "phone", "Dit.")?;
        let no_cause = if told.cause.is_none() { "Inconnue.".into() } else { String::new() };
        let closing = Closing { no_cause, remedy: "none".into(), ..Closing::default() };
        act::cases::actions::close(tx, &Actor::system("t"), id, &closing)
    });
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn november() -> Choice {
    Choice { from: day("2026-11-01"), to: day("2026-11-30"), site: None }
}

fn board(kit: &Kit, choice: Choice) -> Board {
    let by = kit.director();
    kit.read(|tx| actions::loop_board(tx, &by, choice))
}

/// Value, n, and how many are left out or still run.
fn of(group: &Group, kind: Kind) -> (Option<f64>, u64, u64) {
    group.figure(kind).map(|f| (f.value, f.n, f.missing)).unwrap()
}

fn cost(kit: &Kit, id: Id) {
    kit.write(move |tx| {
        let by = Actor::system("t");
        let case = act::cases::store::get(tx, &Scope::All, id)?;
        let edit = CaseEdit { cost: "12,50".into(), ..act::cases::rules::to_edit(&case) };
        act::cases::actions::change(tx, &by, id, case.version, &edit)
    });
}

fn tile(figure: &str, site: Option<Id>, owner: Id) -> TileInput {
    TileInput {
        figure: figure.into(),
        site: site.map(|id| id.to_string()).unwrap_or_default(),
        days: "30".into(),
        decision: "Renforcer l’équipe du samedi ?".into(),
        owner: owner.to_string(),
    }
}

fn pin(kit: &Kit, by: &Actor, input: &TileInput) -> kernel::Result<Tile> {
    let (by, input) = (by.clone(), input.clone());
    kit.try_write(move |tx| actions::pin(tx, &by, &input))
}

/// How many cases the queue lists at an address.
fn listed(kit: &Kit, address: &str) -> u64 {
    let mut filter = Filter::default();
    for pair in address.strip_prefix("/cases?").unwrap().split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        match name {
            "view" => filter.view = View::ALL.into_iter().find(|v| v.name() == value).unwrap(),
            "site" => filter.site = value.parse().ok(),
            "team" => filter.team = value.parse().ok(),
            "from" => filter.from = value.parse().ok(),
            "to" => filter.to = value.parse().ok(),
            "standing" => filter.standing = Standing::ALL.into_iter().find(|s| s.name() == value),
            "cause" => {
                let tree = kit.read(|tx| act::causes::store::all(tx).map(act::causes::rules::tree));
                filter.causes = tree.below(value.parse().unwrap());
            }
            other => panic!("{other} in {address}"),
        }
    }
    kit.read(|tx| act::cases::store::list(tx, &Scope::All, &filter, None, 1_000)).len() as u64
}

#[test]
fn tiles_about_the_same_cases_share_one_board() {
    let today = day("2026-11-30");
    let tile = |kind: Kind, site: Option<i64>, days: i64| Tile {
        id: Id(1),
        kind,
        site: site.map(Id),
        days,
        decision: String::new(),
        owner: Id(1),
        owner_name: String::new(),
        created_at: Instant::from_micros(0),
    };
    let tiles: Vec<Tile> =
        Kind::ALL.into_iter().flat_map(|k| [tile(k, None, 30), tile(k, Some(2), 30)]).collect();
    assert_eq!(tiles.len(), 20);
    let boards = rules::boards_of(&tiles, today);
    assert_eq!(boards.len(), 4, "two places, over the days and now: {boards:?}");
    let now = [tile(Kind::Open, None, 30), tile(Kind::Late, None, 365)];
    assert_eq!(rules::boards_of(&now, today).len(), 1, "what is open now does not depend on the days");
    let month = Choice { from: day("2026-11-01"), to: today, site: Some(Id(2)) };
    let (_, kinds) = boards.iter().find(|(choice, _)| *choice == month).unwrap();
    assert_eq!(kinds.len(), 8, "what they show and nothing else");
}

testkit::on_both! {
    with start;

    fn the_board_counts_what_a_hand_counts(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        kit.set_time("2026-11-02T09:00:00Z");
        // Five cases at one moment: contacted after 2, 10 and 100 hours (the last too late), one never, one not due yet.
        let cases: Vec<Id> = [nantes, nantes, brest, brest].into_iter().map(|site| case(kit, Some(site))).collect();
        kit.advance(SignedDuration::from_hours(2));
        reach(kit, cases[0]);
        end(kit, cases[0]);
        kit.advance(SignedDuration::from_hours(8));
        reach(kit, cases[1]);
        kit.advance(SignedDuration::from_hours(90));
        reach(kit, cases[2]);
        case(kit, Some(brest));
        let board = board(kit, november());
        let of = |kind: Kind| of(&board.all, kind);
        assert_eq!(of(Kind::Opened), (Some(5.0), 5, 0));
        assert_eq!(of(Kind::ContactedInTime), (Some(0.5), 4, 1), "two of four that were due");
        assert_eq!(of(Kind::ContactMedian), (Some(10.0), 5, 2), "3/4 left after 2 hours, 1/2 after 10");
        assert_eq!(of(Kind::ContactP90), (None, 5, 2), "1/4 still waits after 100 hours");
        assert_eq!(of(Kind::CloseMedian), (None, 5, 4), "3/4 are still open");
        assert_eq!(of(Kind::InnerLoop), (None, 0, 5), "none is 30 days old");
        assert_eq!((of(Kind::Open).0, of(Kind::Late).0), (Some(4.0), Some(1.0)));
        assert_eq!(board.sites.len(), 2);
        let brest_late = board.sites.iter().find(|g| g.key == Some(brest)).and_then(|g| g.figure(Kind::Late)).unwrap();
        assert_eq!(brest_late.value, Some(1.0));
        assert!(brest_late.rows.contains(&format!("site={brest}")));
        let local = kit.manager(&[nantes]);
        let theirs = kit.read(|tx| actions::loop_board(tx, &local, november()));
        assert_eq!(theirs.all.figure(Kind::Opened).unwrap().n, 2, "others' cases are out of reach");
        let other = Choice { site: Some(brest), ..november() };
        assert!(matches!(kit.db().read(|tx| actions::loop_board(tx, &local, other)), Err(Error::NotFound)));
    }

    fn each_figure_is_worked_out_again_from_the_file_of_cases(kit) {
        let nantes = kit.site("Nantes");
        kit.set_time("2026-11-02T09:00:00Z");
        let cases: Vec<Id> = (0..6).map(|n| case(kit, (n % 2 == 0).then_some(nantes))).collect();
        for (n, hours) in [(0, 1), (1, 20), (2, 60)] {
            kit.advance(SignedDuration::from_hours(hours));
            reach(kit, cases[n]);
            end(kit, cases[n]);
        }
        cost(kit, cases[3]);
        kit.advance(SignedDuration::from_hours(24 * 31));
        case(kit, None);
        let choice = Choice { to: day("2026-12-31"), ..november() };
        let by = kit.director();
        let figures = rows(&kit.read(|tx| export::csv(tx, &by, texts(), choice)));
        let app = app(kit);
        let file = app.get("/cases/export.csv?view=all&from=2026-11-01&to=2026-12-31").signed_in_as(Role::Director, &[]).send();
        let cases = rows(file.expect(200).text().trim_start_matches('\u{feff}'));
        let of = |row: &[String], head: &str| row[cases[0].iter().position(|h| h == head).unwrap()].clone();
        // A French file says local times.
        let zone = kit.read(kernel::organisation::store::get).zone;
        let at = |row: &[String], head: &str| {
            let text = of(row, head);
            let (date, time) = text.split_once(' ')?;
            let parts: Vec<&str> = date.split('/').collect();
            let day = day(&format!("{}-{}-{}", parts[2], parts[1], parts[0]));
            let minutes: i64 = time.split(':').fold(0, |sum, part| sum * 60 + part.parse::<i64>().unwrap());
            Some(zone.start_of_day(day).plus(SignedDuration::from_mins(minutes)))
        };
        let now = kit.db().clock().now();
        let opened = |row: &[String]| at(row, "Ouvert le").unwrap();
        let all = &cases[1..];
        let due: Vec<_> = all.iter().filter(|r| at(r, "Premier contact dû le").unwrap() <= now).collect();
        let in_time = due.iter().filter(|r| at(r, "Premier contact le").is_some_and(|c| c <= at(r, "Premier contact dû le").unwrap()));
        let month = SignedDuration::from_hours(24 * 30);
        let old: Vec<_> = all.iter().filter(|r| opened(r).plus(month) <= now).collect();
        let told = old.iter().filter(|r| at(r, "Client informé le").is_some_and(|t| t <= opened(r).plus(month)));
        let shown = |head: &str| figures[1][figures[0].iter().position(|h| h == head).unwrap()].replace(',', ".").parse::<f64>().unwrap();
        assert_eq!(shown("Suivis ouverts"), all.len() as f64);
        assert!((shown("Clients contactés à temps") - in_time.count() as f64 / due.len() as f64).abs() < 1e-9);
        assert!((shown("Clients informés sous 30 jours") - told.count() as f64 / old.len() as f64).abs() < 1e-9);
        let open = all.iter().filter(|r| at(r, "Clos le").is_none()).count();
        assert_eq!(shown("Encore ouverts"), open as f64);
        assert_eq!(figures.len(), 1 + 1 + 2 + 1 + 1, "all, two places, no team, no cause");
        assert_eq!(shown("Coût (EUR)"), 12.5);
        assert!(figures.iter().any(|row| row[1] == "Sans cause notée"));
    }

    fn amounts_of_different_currencies_are_never_added(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let cases = [case(kit, None), case(kit, None)];
        cases.iter().for_each(|id| cost(kit, *id));
        let second = cases[1];
        kit.write(move |tx| tx.execute("UPDATE cases SET currency = 'CHF' WHERE id = $1", &[&second]));
        let all = board(kit, november()).all;
        assert_eq!(all.costs.iter().collect::<Vec<_>>(), [("CHF", 1_250), ("EUR", 1_250)]);
        assert_eq!(all.costly, 2);
        let page = app(kit).get("/boards/loop").signed_in_as(Role::Director, &[]).send().expect(200).html();
        let words = page.select_text(".tiles > li").join(" ");
        assert!(words.contains("12,50") && !words.contains("25,00"), "{words}");
    }

    fn figures_follow_each_change_at_once_and_never_cross_a_reach(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        kit.set_time("2026-11-02T09:00:00Z");
        let (whole, here, there) = (kit.director(), kit.manager(&[nantes]), kit.manager(&[brest]));
        let owner = whole.user().unwrap();
        for figure in ["opened", "open", "contacted_in_time", "close_median"] {
            pin(kit, &whole, &tile(figure, None, owner)).unwrap();
        }
        let seen = |by: &Actor| -> Vec<u64> {
            let today = kit.today();
            let tiles: Vec<u64> = kit.read(|tx| actions::tile_figures(tx, by, today)).iter().map(|(_, f)| f.n).collect();
            let board = kit.read(|tx| actions::loop_board(tx, by, november()));
            for (kind, n) in [Kind::Opened, Kind::Open, Kind::ContactedInTime, Kind::CloseMedian].into_iter().zip(&tiles) {
                assert_eq!(board.all.figure(kind).unwrap().n, *n, "{kind:?}: a tile says what the board says");
            }
            tiles
        };
        let first = case(kit, Some(nantes));
        assert_eq!([seen(&whole), seen(&here), seen(&there)], [vec![1, 1, 0, 1], vec![1, 1, 0, 1], vec![0, 0, 0, 0]]);
        case(kit, Some(brest));
        assert_eq!([seen(&whole), seen(&here), seen(&there)], [vec![2, 2, 0, 2], vec![1, 1, 0, 1], vec![1, 1, 0, 1]]);
        end(kit, first);
        assert_eq!([seen(&whole)[1], seen(&here)[1], seen(&there)[1]], [1, 0, 1], "closed this instant");
        kit.advance(SignedDuration::from_hours(24 * 10));
        assert_eq!([seen(&whole)[2], seen(&here)[2], seen(&there)[2]], [2, 1, 1], "time alone changes them too");
        for (by, site) in [(&here, brest), (&there, nantes)] {
            let choice = Choice { site: Some(site), ..november() };
            assert!(matches!(kit.db().read(|tx| actions::loop_board(tx, by, choice)), Err(Error::NotFound)));
        }
    }

    fn a_site_alone_counts_what_it_counts_among_all(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        kit.set_time("2026-10-30T09:00:00Z");
        for n in 0..12 {
            let id = case(kit, [Some(nantes), Some(brest), None][n % 3]);
            if n % 4 == 0 {
                reach(kit, id);
            }
            kit.advance(SignedDuration::from_hours(37));
        }
        for (from, to) in [("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-11-03"), ("2026-11-05", "2026-11-05"), ("2027-01-01", "2027-02-01")] {
            let period = Choice { from: day(from), to: day(to), site: None };
            let among = board(kit, period);
            for site in [nantes, brest] {
                let alone = board(kit, Choice { site: Some(site), ..period }).all;
                let group = among.sites.iter().find(|g| g.key == Some(site));
                for kind in Kind::ALL {
                    let expected = group.map_or((Some(0.0), 0, 0), |group| of(group, kind));
                    let found = of(&alone, kind);
                    assert_eq!((found.1, found.2), (expected.1, expected.2), "{kind:?} {from} {to}");
                    assert!(group.is_none() || found.0 == expected.0, "{kind:?} {from} {to}");
                }
            }
        }
    }

    fn the_inner_loop_admits_told_and_untold_cases_by_the_same_rule(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let cases: Vec<Id> = (0..4).map(|_| case(kit, None)).collect();
        end(kit, cases[0]);
        kit.advance(SignedDuration::from_hours(24 * 29));
        let before = board(kit, november());
        assert_eq!(of(&before.all, Kind::InnerLoop), (None, 0, 4), "closed or not, none is 30 days old");
        kit.advance(SignedDuration::from_hours(24));
        end(kit, cases[1]);
        kit.advance(SignedDuration::from_hours(1));
        end(kit, cases[2]);
        let young = case(kit, None);
        end(kit, young);
        let choice = Choice { to: day("2026-12-31"), ..november() };
        let after = board(kit, choice);
        assert_eq!(of(&after.all, Kind::InnerLoop), (Some(0.5), 4, 1), "on the 30th day is within, an hour later is not");
    }

    fn contacts_not_due_yet_are_left_out_whatever_happened(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let (quick, slow) = (case(kit, None), case(kit, None));
        reach(kit, quick);
        let before = board(kit, november());
        assert_eq!(of(&before.all, Kind::ContactedInTime), (None, 0, 2));
        kit.advance(SignedDuration::from_hours(24 * 10));
        reach(kit, slow);
        let after = board(kit, november());
        assert_eq!(of(&after.all, Kind::ContactedInTime), (Some(0.5), 2, 0));
    }

    fn open_and_overdue_count_every_open_case_whatever_the_period(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        kit.set_time("2026-11-02T09:00:00Z");
        for site in [nantes, nantes, brest] {
            case(kit, Some(site));
        }
        let told = case(kit, Some(nantes));
        kit.write(move |tx| act::cases::actions::tell(tx, &Actor::system("t"), told, "phone", "Dit."));
        kit.set_time("2027-03-01T09:00:00Z");
        let march = Choice { from: day("2027-03-01"), to: day("2027-03-31"), site: None };
        let all = board(kit, march);
        assert_eq!(of(&all.all, Kind::Opened), (Some(0.0), 0, 0));
        assert_eq!((of(&all.all, Kind::Open).0, of(&all.all, Kind::Late).0), (Some(4.0), Some(3.0)));
        let queue = kit.read(|tx| act::cases::store::counts(tx, &Scope::All, None));
        assert_eq!((queue.open, queue.late), (4, 3), "as the queue says");
        let figure = all.all.figure(Kind::Late).unwrap();
        assert_eq!(figure.rows, "/cases?view=late");
        assert_eq!((figure.period.from, figure.period.to), (day("2027-03-01"), day("2027-03-01")), "of today");
        assert_eq!(all.sites.len(), 2, "by site as well");
        let there = board(kit, Choice { site: Some(nantes), ..march });
        assert_eq!((of(&there.all, Kind::Open).0, of(&there.all, Kind::Late).0), (Some(3.0), Some(2.0)));
        let local = kit.manager(&[brest]);
        let theirs = kit.read(|tx| actions::loop_board(tx, &local, march));
        assert_eq!(of(&theirs.all, Kind::Open).0, Some(1.0), "others' cases are out of reach");
    }

    fn a_figure_opens_exactly_the_cases_it_counts(kit) {
        let nantes = kit.site("Nantes");
        kit.set_time("2026-11-02T09:00:00Z");
        let cause = |code: &str, parent: String| {
            let input = CauseInput { name_fr: code.into(), code: code.into(), parent, ..CauseInput::default() };
            kit.write(move |tx| act::causes::actions::create(tx, &Actor::system("t"), &input)).id
        };
        let family = cause("delivery", String::new());
        let late = cause("late", family.to_string());
        let kinds = [(Some(nantes), Some(family)), (Some(nantes), Some(late)), (None, Some(late)), (None, None)];
        let cases: Vec<Id> = kinds.into_iter().map(|(site, cause)| case_of(kit, site, cause)).collect();
        end(kit, cases[0]);
        cost(kit, cases[1]);
        cost(kit, cases[3]);
        // Everything is due and old; then nothing is.
        for days in [40, 0] {
            kit.advance(SignedDuration::from_hours(24 * days));
            if days == 0 {
                case_of(kit, Some(nantes), Some(late));
            }
            for site in [None, Some(nantes)] {
                let choice = Choice { to: day("2026-12-31"), site, ..november() };
                let found = board(kit, choice);
                let groups = [std::slice::from_ref(&found.all), &found.sites, &found.teams, &found.causes].concat();
                for group in &groups {
                    for (kind, figure) in group.figures.iter().filter(|(_, figure)| !figure.rows.is_empty()) {
                        let expected = match figure.unit {
                            Unit::Count => figure.value.unwrap() as u64,
                            _ => figure.n,
                        };
                        assert_eq!(listed(kit, &figure.rows), expected, "{kind:?} {}", figure.rows);
                    }
                    if !group.costly_rows.is_empty() {
                        assert_eq!(listed(kit, &group.costly_rows), group.costly, "{}", group.costly_rows);
                    }
                }
                let opened = |groups: &[Group], key: Option<Id>| {
                    let group = groups.iter().find(|g| g.key == key).unwrap();
                    group.figure(Kind::Opened).unwrap().rows.clone()
                };
                assert_eq!(opened(&found.teams, None), "", "the queue cannot list those of no team");
                assert_eq!(opened(&found.causes, Some(family)), "", "it would bring the cause below along");
                assert!(opened(&found.causes, Some(late)).contains(&format!("&cause={late}")));
                let share = &found.all.figure(Kind::InnerLoop).unwrap().rows;
                assert_eq!(share.is_empty(), days == 0, "a share opens its cases only when none is left out");
            }
        }
    }

    fn a_tile_shows_what_the_board_shows(kit) {
        let nantes = kit.site("Nantes");
        kit.set_time("2026-11-02T09:00:00Z");
        let id = case(kit, Some(nantes));
        case(kit, None);
        kit.advance(SignedDuration::from_hours(5));
        reach(kit, id);
        let by = kit.director();
        let owner = by.user().unwrap();
        for (figure, site) in [("contact_median", None), ("contact_median", Some(nantes)), ("late", None), ("opened", None)] {
            pin(kit, &by, &tile(figure, site, owner)).unwrap();
        }
        let today = kit.today();
        let tiles = kit.read(|tx| actions::tile_figures(tx, &by, today));
        assert_eq!(tiles.len(), 4);
        for (tile, figure) in tiles {
            let shown = board(kit, rules::choice_of(&tile, today));
            assert_eq!(shown.all.figure(tile.kind), Some(&figure));
        }
    }

    fn tiles_of_the_whole_organisation_are_not_a_sites_to_change(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let (director, local) = (kit.director(), kit.manager(&[nantes]));
        let owner = director.user().unwrap();
        let whole = pin(kit, &director, &tile("late", None, owner)).unwrap();
        assert!(matches!(pin(kit, &local, &tile("late", None, owner)), Err(Error::Denied(_))));
        assert!(matches!(pin(kit, &local, &tile("late", Some(brest), owner)), Err(Error::Invalid(_))));
        let own = pin(kit, &local, &tile("late", Some(nantes), owner)).unwrap();
        let unpin = |by: &Actor, id: Id| {
            let by = by.clone();
            kit.try_write(move |tx| actions::unpin(tx, &by, id))
        };
        assert!(matches!(unpin(&local, whole.id), Err(Error::Denied(_))));
        let other = kit.manager(&[brest]);
        assert!(matches!(unpin(&other, own.id), Err(Error::NotFound)));
        unpin(&local, own.id).unwrap();
        unpin(&director, whole.id).unwrap();
    }

    fn the_most_tiles_are_counted_site_by_site(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let (director, local) = (kit.director(), kit.manager(&[nantes]));
        let owner = director.user().unwrap();
        for site in [None, Some(brest)] {
            for _ in 0..12 {
                pin(kit, &director, &tile("late", site, owner)).unwrap();
            }
            assert!(matches!(pin(kit, &director, &tile("late", site, owner)), Err(Error::Refused(_))));
        }
        pin(kit, &local, &tile("late", Some(nantes), owner)).unwrap();
    }

    fn an_inner_loop_is_pinned_over_days_enough_to_tell(kit) {
        let by = kit.director();
        let short = tile("inner_loop", None, by.user().unwrap());
        assert!(matches!(pin(kit, &by, &short), Err(Error::Invalid(errors)) if errors[0].field == "days"));
        pin(kit, &by, &TileInput { days: "60".into(), ..short }).unwrap();
    }

    fn a_tile_without_a_decision_or_an_owner_is_not_pinned(kit) {
        let by = kit.director();
        let owner = by.user().unwrap().to_string();
        let whole = TileInput {
            figure: "contacted_in_time".into(),
            days: "30".into(),
            decision: "Renforcer l’équipe du samedi ?".into(),
            owner,
            ..TileInput::default()
        };
        for (field, wrong) in [
            ("decision", TileInput { decision: " ".into(), ..whole.clone() }),
            ("owner", TileInput { owner: String::new(), ..whole.clone() }),
            ("figure", TileInput { figure: "mood".into(), ..whole.clone() }),
            ("days", TileInput { days: "1".into(), ..whole.clone() }),
        ] {
            let by = by.clone();
            let outcome = kit.try_write(move |tx| actions::pin(tx, &by, &wrong));
            assert!(matches!(outcome, Err(Error::Invalid(errors)) if errors[0].field == field), "{field}");
        }
        let actor = by.clone();
        let tile = kit.write(move |tx| actions::pin(tx, &actor, &whole));
        assert_eq!(kit.read(|tx| actions::tiles(tx, &by)).len(), 1);
        kit.write(move |tx| actions::unpin(tx, &by, tile.id));
        assert_eq!(kit.events("tile").len(), 2);
    }

    fn the_page_shows_every_figure_and_opens_its_rows(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let ids = [nantes, nantes, brest].map(|site| case(kit, Some(site)));
        reach(kit, ids[0]);
        let app = app(kit);
        let me = app.sign_in(Role::Director, &[]);
        let page = app.get("/boards/loop").signed_in(&me).send().expect(200).html();
        assert_eq!(page.count(".tiles > li"), Kind::ALL.len() + 1);
        assert_eq!(page.count("details table"), 3);
        let links = page.attributes(".tiles a", "href");
        assert!(links.iter().any(|href| href == "/cases?view=late"), "{links:?}");
        let closing = &page.select_text(".tiles > li")[8];
        assert!(closing.starts_with('–') && closing.contains("dont 3 en cours"), "{closing}");
        assert!(closing.contains("trop de suivis encore en cours pour le dire"), "{closing}");
        let there = format!("/boards/loop?site={nantes}");
        let there = app.get(&there).signed_in(&me).send().expect(200).html().attributes(".tiles a", "href");
        let costs = there.iter().find(|href| href.contains("standing=costly")).unwrap();
        assert!(costs.ends_with(&format!("&site={nantes}")), "{costs}");
        app.get("/boards/loop?from=2020-01-01&to=2020-02-01").signed_in(&me).send().expect(200);
        let token = app.token(&[Permission::BoardsRead], None);
        app.get("/api/v1/boards/loop").bearer(&token).send().expect(200);
        for (wrong, field) in [("from=2026-12-01&to=2026-11-01", "from"), ("to=demain", "to")] {
            let page = app.get(&format!("/boards/loop?{wrong}")).signed_in(&me).send().expect(422).html();
            assert!(page.has(&format!("#e-{field}")) && !page.has(".tiles"), "{wrong}");
            let typed = page.attribute(&format!("#f-{field}"), "value").unwrap();
            assert!(wrong.contains(&typed) && !typed.is_empty(), "what was typed stays: {typed}");
            app.get(&format!("/boards/loop/export.csv?{wrong}")).signed_in(&me).send().expect(422);
            app.get(&format!("/api/v1/boards/loop?{wrong}")).bearer(&token).send().expect(422);
        }
        app.get("/boards/loop?site=ici").signed_in(&me).send().expect(422);
        app.get("/boards/tiles/new?figure=late").signed_in(&me).send().expect(200);
        app.post("/boards/tiles").signed_in(&me).form(&[("figure", "late"), ("days", "30")]).send().expect(422);
        let owner = me.user.id.to_string();
        let fields = [("figure", "late"), ("days", "30"), ("decision", "Qui aider ?"), ("owner", owner.as_str())];
        app.post("/boards/tiles").signed_in(&me).form(&fields).send().expect(303);
        let tiles = app.get("/boards/fragments/tiles").signed_in(&me).send().expect(200).html();
        assert!(tiles.text("li").contains("Qui aider") && tiles.text("li").contains("en ce moment"));
        assert_eq!(tiles.count("form"), 1);
        let local = app.sign_in(Role::Manager, &[nantes]);
        let theirs = app.get("/boards/fragments/tiles").signed_in(&local).send().expect(200).html();
        assert_eq!((theirs.count("li"), theirs.count("form")), (1, 0), "the whole organisation's is not theirs to remove");
        let form = app.get("/boards/tiles/new?figure=inner_loop").signed_in(&local).send().expect(200).html();
        assert_eq!(form.attributes("select[name=site] option", "value"), [nantes.to_string()]);
        assert_eq!(form.attribute("input[name=days]", "value").as_deref(), Some("60"));
        app.post("/boards/tiles").signed_in(&local).form(&fields).send().expect(403);
        let analyst = app.get("/boards/loop").signed_in_as(Role::Analyst, &[]).send().expect(200).html();
        assert!(analyst.attributes(".tiles a", "href").is_empty(), "who may not see cases gets no way to them");
        app.get("/boards/loop/export.csv").signed_in_as(Role::Analyst, &[]).send().expect(200);
        app.post("/boards/tiles").signed_in_as(Role::Adviser, &[]).form(&fields).send().expect(403);
    }
}
