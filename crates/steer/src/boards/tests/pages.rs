//! Pages, file and interface.

use super::*;

testkit::on_both! {
    with start;

    fn the_page_shows_every_figure_and_opens_its_rows(kit) {
        kit.set_time("2026-11-02T09:00:00Z");
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let ids = [nantes, nantes, brest].map(|site| case(kit, Some(site)));
        reach(kit, ids[0]);
        let app = app(kit);
        let me = app.sign_in(Role::Director, &[]);
        let page = app.get("/boards/loop").signed_in(&me).send().expect(200).html();
        assert_eq!(page.count(".tiles > li"), Kind::ALL.len() + 1);
        assert_eq!(page.count("details.fold table"), 3);
        assert_eq!(page.count("figure.chart"), 2, "week by week: contacted in time, opened");
        assert!(page.text(".tiles").contains("1 sur 3") || !page.text(".tiles").contains('%'), "few cases make no percentage");
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
