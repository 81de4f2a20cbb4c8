//! The queue: searched, counted, paged, worked on several rows at once.

use know::erasure::{Reason, actions as erasure};

use super::*;
use crate::cases::model::Sort;
use crate::cases::store::Window;
use crate::cases::{export, fragments};

/// A case that a colleague opens for somebody unknown.
fn by_hand(kit: &Kit, title: &str, words: &str) -> Case {
    let by = kit.administrator();
    let (title, words) = (title.to_owned(), words.to_owned());
    let input = CaseInput { reach: "06 39 98 30 71".into(), title, words, ..CaseInput::default() };
    act(kit, &by, move |tx, by| actions::create(tx, by, &input, Origin::Api)).unwrap()
}

fn found(kit: &Kit, typed: &str) -> Vec<String> {
    let by = kit.administrator();
    let all = Filter { view: View::All, ..Filter::default() };
    let mut titles: Vec<String> = kit
        .read(|tx| {
            let filter = actions::find(tx, &by, all.clone(), typed)?;
            actions::list(tx, &by, &filter, None, 100)
        })
        .into_iter()
        .map(|case| case.title)
        .collect();
    titles.sort();
    titles
}

fn mails(kit: &Kit, kind: &'static str) -> Vec<(String, String)> {
    let sql = "SELECT address, subject FROM mails WHERE kind = $1 ORDER BY id";
    kit.read(|tx| tx.query(sql, &[&kind], |row| Ok((row.get(0)?, row.get(1)?))))
}

testkit::on_both! {
    with start;

    fn a_case_is_found_by_the_words_it_shows_whatever_their_accents_and_capitals(kit) {
        by_hand(kit, "Électrificateur en panne", "Ma petite-fille l’a reçu cassé.");
        by_hand(kit, "Carte débitée deux fois", "J’ai payé 50 % de trop.");
        let one = |typed: &str, title: &str| assert_eq!(found(kit, typed), [title], "{typed}");
        for typed in ["Électrificateur", "electrificateur", "ÉLECTRIF", "panne electrif", "petite-fille", "recu CASSE", "l'a reçu"] {
            one(typed, "Électrificateur en panne");
        }
        for typed in ["debitee", "Carte débitée", "50 %", "%"] {
            one(typed, "Carte débitée deux fois");
        }
        for typed in ["06 39 98 30 71", "0639983071"] {
            assert_eq!(found(kit, typed).len(), 2, "where they are reached stands for their name: {typed}");
        }
        for typed in ["_", "débitée panne", "\\", "introuvable"] {
            assert!(found(kit, typed).is_empty(), "{typed}");
        }
        assert_eq!(found(kit, "  ").len(), 2, "nothing typed restricts nothing");
    }

    fn a_title_that_changes_is_found_by_its_new_words_alone(kit) {
        let case = by_hand(kit, "Attente", "");
        let edit = CaseEdit { title: "Étiquettes fausses".into(), ..rules::to_edit(&case) };
        let (id, by) = (case.id, kit.administrator());
        act(kit, &by, move |tx, by| actions::change(tx, by, id, 1, &edit)).unwrap();
        assert_eq!((found(kit, "etiquettes").len(), found(kit, "attente").len()), (1, 0));
    }

    fn cases_that_were_there_before_are_found_as_new_ones_are(kit) {
        let case = by_hand(kit, "Électrificateur, ŒUVRE d’Élodie", "Été à la Noël");
        let fill = crate::MIGRATIONS.iter().find(|m| m.number == 61).unwrap().sql;
        kit.write(move |tx| {
            tx.execute("DELETE FROM case_search", &[])?;
            tx.batch(fill)
        });
        let filled: String = kit.read(|tx| tx.query_one("SELECT text FROM case_search", &[], |row| row.get(0)));
        assert!(rules::search_text(&case).starts_with(filled.trim_end()), "{filled}");
    }

    fn the_palette_finds_a_case_by_any_part_of_its_reference(kit) {
        let case = by_hand(kit, "Attente", "");
        let by = kit.administrator();
        let part = case.reference.rsplit_once('-').unwrap().0.to_owned();
        for typed in [&part, &part.to_lowercase(), "000001", case.reference.as_str()] {
            let found = kit.read(|tx| fragments::find(tx, &by, typed));
            assert_eq!(found.iter().map(|f| f.detail.as_str()).collect::<Vec<_>>(), [case.reference.as_str()], "{typed}");
        }
        let elsewhere = kit.adviser(&[kit.site("Brest")]);
        let (id, nantes) = (case.id, kit.site("Nantes"));
        kit.write(move |tx| tx.execute("UPDATE cases SET site_id = $2 WHERE id = $1", &[&id, &nantes]));
        assert!(kit.read(|tx| fragments::find(tx, &elsewhere, &part)).is_empty(), "not out of reach");
    }

    fn the_count_of_a_group_is_of_the_group_not_of_the_page(kit) {
        // A Friday.
        kit.set_time("2026-11-27T09:00:00Z");
        for n in 0..60 {
            by_hand(kit, &format!("Cas {n}"), "");
        }
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let page = app.get("/cases?view=open").signed_in(&me).send().expect(200).html();
        assert_eq!((page.count("tbody tr:not(.group)"), page.text(".group")), (50, "La semaine prochaine 60".to_owned()));
        assert!(page.text(".pager").contains("60 suivis"), "{}", page.text(".pager"));
        assert!(!page.has(".pager a[rel=prev]"));
        let next = page.attribute(".pager a[rel=next]", "href").unwrap();
        let page = app.get(&next).signed_in(&me).send().expect(200).html();
        assert_eq!((page.count("tbody tr:not(.group)"), page.text(".group")), (10, "La semaine prochaine 60".to_owned()));
        let back = page.attribute(".pager a[rel=prev]", "href").unwrap();
        let page = app.get(&back).signed_in(&me).send().expect(200).html();
        assert_eq!((page.count("tbody tr:not(.group)"), page.has(".pager a[rel=prev]")), (50, false));
    }

    fn pages_read_backwards_show_what_they_showed_forwards(kit) {
        let by = kit.administrator();
        for n in 0..11 {
            let case = by_hand(kit, &format!("Cas {n}"), "");
            let severity = if n % 4 == 0 { "critical" } else { "minor" };
            let edit = CaseEdit { severity: severity.into(), ..rules::to_edit(&case) };
            act(kit, &by, move |tx, by| actions::change(tx, by, case.id, 1, &edit)).unwrap();
            if n % 5 == 3 {
                act(kit, &by, move |tx, by| actions::tell(tx, by, case.id, "phone", "Dit.")).unwrap();
            }
            kit.advance(SignedDuration::from_hours(3));
        }
        kit.run_jobs();
        for (view, sort) in [(View::Open, Sort::Usual), (View::Open, Sort::Newest), (View::Free, Sort::Oldest), (View::All, Sort::Usual)] {
            let filter = Filter { view, sort, ..Filter::default() };
            let listing = |window: Window| kit.read(|tx| actions::listing(tx, &by, &filter, window));
            let ids = |cases: &[Case]| cases.iter().map(|case| case.id).collect::<Vec<_>>();
            let (mut pages, mut window) = (Vec::new(), Window::behind(None, 3));
            let last = loop {
                let page = listing(window);
                pages.push(ids(&page.cases));
                let Some(next) = page.next else { break page };
                window = Window::behind(Some(next), 3);
            };
            assert_eq!(pages.concat().len(), 11, "{view:?} {sort:?}");
            let mut previous = last.previous;
            for forwards in pages.iter().rev().skip(1) {
                let page = listing(Window { beyond: previous, is_back: true, limit: 3 });
                assert_eq!(&ids(&page.cases), forwards, "{view:?} {sort:?}");
                assert!(page.next.is_some());
                previous = page.previous;
            }
            assert_eq!(previous, None, "the first page has none before it");
        }
    }

    fn several_rows_are_taken_or_handed_over_at_once_and_what_somebody_else_has_is_left(kit) {
        let site = kit.site("Nantes");
        let ids: Vec<Id> = (0..4).map(|n| by_hand(kit, &format!("Cas {n}"), "").id).collect();
        let (one, other, colleague) = (kit.adviser(&[site]), kit.adviser(&[site]), kit.person(Role::Adviser, &[site]));
        let first = ids[0];
        act(kit, &other, move |tx, by| actions::take(tx, by, first)).unwrap();
        let (by, chosen) = (one.clone(), ids.clone());
        let taken = kit.write(move |tx| actions::take_all(tx, &by, &chosen));
        assert_eq!((taken.done.len(), taken.left), (3, 1));
        assert_eq!(get(kit, first).owner, other.user(), "who was quicker keeps it");
        let (by, chosen, to) = (one.clone(), ids.clone(), colleague.id.to_string());
        let handed = kit.write(move |tx| actions::hand_over_all(tx, &by, &chosen, &to));
        assert_eq!((handed.done.len(), handed.left), (4, 0));
        let told = mails(kit, "case-handover");
        assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), [colleague.email.as_str()], "one mail for all");
        assert!(told[0].1.contains('4'), "{told:?}");
        let many: Vec<Id> = (0..60).map(Id).collect();
        let by = one.clone();
        assert!(matches!(kit.try_write(move |tx| actions::take_all(tx, &by, &many)), Err(Error::Refused(_))));
        let (by, chosen) = (kit.director(), ids);
        assert!(matches!(kit.try_write(move |tx| actions::take_all(tx, &by, &chosen)), Err(Error::Denied(_))));
    }

    fn a_row_is_taken_from_the_list_which_stays_where_it_was(kit) {
        let site = kit.site("Nantes");
        let cases: Vec<Case> = (0..3).map(|n| by_hand(kit, &format!("Cas {n}"), "")).collect();
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[site]);
        let page = app.get("/cases?view=free&severity=minor").signed_in(&me).send().expect(200).html();
        assert_eq!(page.count(".pick input[name=case]"), 3);
        let back = page.attribute("#chosen input[name=back]", "value").unwrap();
        let (first, second) = (cases[0].id.to_string(), cases[1].id.to_string());
        let fields = [("back", back.as_str()), ("case", second.as_str()), ("one", first.as_str())];
        let answer = app.post("/cases/chosen").signed_in(&me).form(&fields).send().expect(303);
        assert_eq!(answer.header("location"), Some("/cases?view=free&severity=minor"));
        assert!(app.follow(&answer).html().text(".toast").contains("Un suivi est à vous"));
        assert!(get(kit, cases[0].id).owner.is_some() && get(kit, cases[1].id).owner.is_none(), "the pressed row alone");
        let fields = [("back", "//ailleurs.fr"), ("case", second.as_str()), ("act", "take")];
        let answer = app.post("/cases/chosen").signed_in(&me).form(&fields).send().expect(303);
        assert_eq!(answer.header("location"), Some("/cases"), "no other place");
        assert!(get(kit, cases[1].id).owner.is_some());
    }

    fn a_case_handed_over_is_told_to_its_new_owner_by_mail_and_by_the_news(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let (id, by, to) = (case.id, kit.manager(&[site]), kit.person(Role::Adviser, &[site]));
        let user = to.id.to_string();
        act(kit, &by, move |tx, by| actions::hand_over(tx, by, id, &user, "Elle vous connaît.")).unwrap();
        let told = mails(kit, "case-handover");
        assert_eq!(told.len(), 1);
        assert!(told[0].0 == to.email && told[0].1.contains(&case.reference), "{told:?}");
        let app = app(kit);
        let me = app.session_of(to);
        let news = app.get("/cases/fragments/news").signed_in(&me).send().expect(200).html();
        assert_eq!(news.select_text("dl > :first-child, dl > :nth-child(2)"), ["Confiés à vous", "1"]);
        act(kit, &by, move |tx, by| actions::hand_over(tx, by, id, "team", "")).unwrap();
        let me = by.user().unwrap().to_string();
        act(kit, &by, move |tx, by| actions::hand_over(tx, by, id, &me, "")).unwrap();
        assert_eq!(mails(kit, "case-handover").len(), 1, "nobody is told what they did themselves");
    }

    fn the_list_a_figure_opens_says_its_period_and_how_many_it_holds(kit) {
        kit.set_time("2026-11-27T09:00:00Z");
        by_hand(kit, "Attente", "");
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let list = "/cases?view=all&from=2026-11-01&to=2026-11-30&standing=too_late";
        let page = app.get(list).signed_in(&me).send().expect(200).html();
        let said = page.select_text(".phrase .tag").join(" | ");
        assert!(said.contains("premier contact en retard") && said.contains("ouverts du"), "{said}");
        let page = app.get("/cases?view=all&from=2026-11-01").signed_in(&me).send().expect(200).html();
        assert!(page.text(".pager").starts_with("Un suivi."), "{}", page.text(".pager"));
    }

    fn severity_shows_in_the_rows_and_the_order_can_be_chosen(kit) {
        let by = kit.administrator();
        for (n, severity) in ["minor", "major"].into_iter().enumerate() {
            let case = by_hand(kit, &format!("Cas {n}"), "");
            let edit = CaseEdit { severity: severity.into(), ..rules::to_edit(&case) };
            act(kit, &by, move |tx, by| actions::change(tx, by, case.id, 1, &edit)).unwrap();
            kit.advance(SignedDuration::from_hours(1));
        }
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let titles = |list: &str| {
            let page = app.get(list).signed_in(&me).send().expect(200).html();
            assert_eq!(page.select_text("tbody .tag"), ["Vrai préjudice"]);
            (page.select_text("tbody .name"), page.text(".pager"))
        };
        let (usual, said) = titles("/cases?view=open");
        assert!(usual == ["Cas 0", "Cas 1"] && said.contains("par échéance"), "{said}");
        let (newest, said) = titles("/cases?view=open&sort=newest");
        assert!(newest == ["Cas 1", "Cas 0"] && said.contains("du plus récent"), "{said}");
    }

    fn nothing_is_offered_that_an_erased_customer_cannot_have(kit) {
        let site = kit.site("Nantes");
        let case = opened(kit, Some(site));
        let (who, by) = (case.customer.unwrap(), kit.administrator());
        kit.write(move |tx| erasure::erase(tx, &by, who, Reason::Asked, "awa diatta"));
        kit.deliver();
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let sheet = app.get(&format!("/cases/{}", case.id)).signed_in(&me).send().expect(200).html();
        assert!(!sheet.has("#opening") && sheet.text("main").contains("ses mots avec lui"));
        let fragment = app.get(&format!("/customers/{who}/fragments/cases")).signed_in(&me).send().expect(200).html();
        assert!(!fragment.has("a[href^='/cases/new']"));
        assert!(found(kit, "graines").is_empty(), "nor is it found by what they said");
        kit.expect_leftovers();
    }

    fn a_file_that_leaves_customers_out_says_why(kit) {
        let site = kit.site("Nantes");
        opened(kit, Some(site));
        let written = |by: Actor| {
            let mut body = Vec::new();
            kit.read(|tx| export::write(tx, &by, texts(), &Filter { view: View::All, ..Filter::default() }, &mut body));
            String::from_utf8(body).unwrap()
        };
        let bare = written(kit.adviser(&[site]));
        assert!(bare.lines().next().unwrap().contains("votre rôle n’exporte pas les clients") && !bare.contains("Diatta"));
        let whole = written(kit.administrator());
        assert!(!whole.contains("votre rôle") && whole.contains("Diatta"));
        let app = app(kit);
        let me = app.sign_in(Role::Adviser, &[site]);
        let page = app.get("/cases?view=all").signed_in(&me).send().expect(200).html();
        assert!(page.text("main").contains("sans les noms ni les mots des clients"));
    }
}
