//! What is counted, and which cases a figure opens.

use super::*;

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
                for (kind, figure) in &found.all.figures {
                    assert!(!figure.rows.is_empty(), "each figure opens its cases: {kind:?}");
                    let Some(missed) = rules::missed_rows(*kind, figure) else { continue };
                    assert_eq!(listed(kit, &missed), rules::missed(figure), "{kind:?} {missed}");
                }
            }
        }
    }
}
