//! Pinned figures.

use super::*;

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
}
