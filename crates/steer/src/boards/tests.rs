//! The room through its actions and routes, on both databases; figures worked out again by hand.

use act::cases::model::{CaseInput, Origin};
use kernel::clock::SignedDuration;
use kernel::db::Engine;
use kernel::identity::{Actor, Role};
use kernel::{Day, Error, Id};
use know::customers::model::CustomerInput;
use testkit::{Kit, Parts, TestApp};

use super::actions::{self, TileInput};
use super::model::{Choice, Kind};

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

fn case(kit: &Kit, site: Option<Id>) -> Id {
    let by = Actor::system("test");
    let input = CustomerInput {
        family_name: "Diatta".into(),
        site: site.map(|s| s.to_string()).unwrap_or_default(),
        ..CustomerInput::default()
    };
    kit.write(move |tx| {
        let customer = know::customers::actions::create(tx, &by, &input)?.id;
        let input =
            CaseInput { customer: customer.to_string(), title: "Attente".into(), ..CaseInput::default() };
        act::cases::actions::create(tx, &by, &input, Origin::Hand)
    })
    .id
}

fn reach(kit: &Kit, id: Id) {
    kit.write(move |tx| act::cases::actions::attempt(tx, &Actor::system("t"), id, "phone", "reached", ""));
}

fn end(kit: &Kit, id: Id) {
    kit.write(move |tx| {
        act::cases::actions::tell(tx, &Actor::system("t"), id, "phone", "Dit.")?;
        act::cases::actions::close(tx, &Actor::system("t"), id)
    });
}

fn november() -> Choice {
    let day = |text: &str| text.parse::<Day>().unwrap();
    Choice { from: day("2026-11-01"), to: day("2026-11-30"), site: None }
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
        let by = kit.director();
        let board = kit.read(|tx| actions::loop_board(tx, &by, november()));
        let of = |kind: Kind| board.all.figure(kind).map(|f| (f.value, f.n, f.missing)).unwrap();
        assert_eq!(of(Kind::Opened), (Some(5.0), 5, 0));
        assert_eq!(of(Kind::ContactedInTime), (Some(0.5), 4, 1), "two of four that were due");
        assert_eq!(of(Kind::ContactMedian), (Some(10.0), 3, 2));
        let p90 = of(Kind::ContactP90).0.unwrap();
        assert!((p90 - 82.0).abs() < 1e-9, "type 7: 10 + 0.8 × 90, {p90}");
        assert_eq!(of(Kind::CloseMedian), (Some(2.0), 1, 4));
        assert_eq!(of(Kind::InnerLoop), (Some(1.0), 1, 4));
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

    fn tiles_show_what_the_board_shows(kit) {
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        kit.set_time("2026-09-01T09:00:00Z");
        let old = case(kit, Some(brest));
        reach(kit, old);
        kit.set_time("2026-11-02T09:00:00Z");
        let cases: Vec<Id> = [nantes, nantes, brest].into_iter().map(|site| case(kit, Some(site))).collect();
        kit.advance(SignedDuration::from_hours(3));
        reach(kit, cases[0]);
        let by = kit.director();
        let owner = by.user().unwrap().to_string();
        for (figure, site, days) in
            [("contact_median", None, "30"), ("opened", Some(nantes), "7"), ("opened", None, "90"), ("late", Some(brest), "90")]
        {
            let input = TileInput {
                figure: figure.into(),
                site: site.map(|id| id.to_string()).unwrap_or_default(),
                days: days.into(),
                decision: "Qui aider ?".into(),
                owner: owner.clone(),
            };
            let actor = by.clone();
            kit.write(move |tx| actions::pin(tx, &actor, &input));
        }
        let today: Day = "2026-11-02".parse().unwrap();
        for actor in [by, kit.manager(&[nantes])] {
            let shown = kit.read(|tx| actions::tile_figures(tx, &actor, today));
            for (tile, group) in &shown {
                let choice = Choice { from: today.plus_days(1 - tile.days), to: today, site: tile.site };
                let board = kit.read(|tx| actions::loop_board(tx, &actor, choice));
                assert_eq!(*group, board.all, "{:?} over {} days", tile.kind, tile.days);
            }
            let opened = |tile: usize| shown[tile].1.figure(Kind::Opened).unwrap().value;
            if shown.len() == 4 {
                assert_eq!((opened(0), opened(1), opened(2)), (Some(3.0), Some(2.0), Some(4.0)));
            } else {
                assert_eq!(shown.len(), 3, "a tile of another site is out of reach");
            }
        }
    }

    fn the_page_shows_every_figure_and_opens_its_rows(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let id = case(kit, None);
        reach(kit, id);
        let parts = Parts {
            routes: crate::routes(),
            texts: vec![know::TEXTS, listen::TEXTS, act::TEXTS, crate::TEXTS],
            nav: crate::NAV.to_vec(),
            ..Parts::default()
        };
        let app = TestApp::new(kit, parts);
        let me = app.sign_in(Role::Director, &[]);
        let page = app.get("/boards/loop").signed_in(&me).send().expect(200).html();
        assert_eq!(page.count(".tiles > li"), Kind::ALL.len() + 1);
        assert!(page.attributes(".tiles a", "href").iter().any(|href| href.contains("standing=in_time")));
        app.get("/boards/loop?from=2020-01-01&to=2020-02-01").signed_in(&me).send().expect(200);
        app.get("/boards/tiles/new?figure=late").signed_in(&me).send().expect(200);
        app.post("/boards/tiles").signed_in(&me).form(&[("figure", "late"), ("days", "30")]).send().expect(422);
        let owner = me.user.id.to_string();
        let fields = [("figure", "late"), ("days", "30"), ("decision", "Qui aider ?"), ("owner", owner.as_str())];
        app.post("/boards/tiles").signed_in(&me).form(&fields).send().expect(303);
        let tiles = app.get("/boards/fragments/tiles").signed_in(&me).send().expect(200).html();
        assert!(tiles.text("li").contains("Qui aider"));
        let analyst = app.get("/boards/loop").signed_in_as(Role::Analyst, &[]).send().expect(200).html();
        assert!(analyst.attributes(".tiles a", "href").is_empty(), "who may not see cases gets no way to them");
        app.post("/boards/tiles").signed_in_as(Role::Adviser, &[]).form(&fields).send().expect(403);
    }
}
