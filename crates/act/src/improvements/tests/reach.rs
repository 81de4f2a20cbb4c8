//! Who writes, sees and is told what: an improvement without a site speaks of every site.

use kernel::identity::Scope;
use know::consent::Purpose;

use super::*;

fn denied<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::Denied(_)))
}

fn below(kit: &Kit, by: &Actor, code: &str, parent: Id) -> Id {
    let by = by.clone();
    let input = CauseInput {
        name_fr: code.into(),
        code: code.into(),
        parent: parent.to_string(),
        ..CauseInput::default()
    };
    kit.write(move |tx| causes::actions::create(tx, &by, &input)).id
}

testkit::on_both! {
    with start;

    fn who_manages_one_site_writes_nothing_of_everywhere(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let nantes = kit.site("Nantes");
        let (whole, local) = (kit.manager(&[]), kit.manager(&[nantes]));
        let by = local.clone();
        let mine = input(local.user().unwrap());
        assert!(denied(kit.try_write({ let (by, mine) = (by.clone(), mine.clone()); move |tx| actions::create(tx, &by, &mine) })));
        let id = create(kit, &whole, input(whole.user().unwrap())).id;
        let known = kit.read(|tx| actions::read(tx, &by, id));
        let here = ImprovementInput { site: nantes.to_string(), ..rules::to_input(&known, Locale::Fr) };
        assert!(denied(kit.try_write({ let by = by.clone(); move |tx| actions::change(tx, &by, id, 1, &here) })), "before");
        assert!(denied(kit.try_write({ let by = by.clone(); move |tx| actions::start(tx, &by, id, "") })));
        assert!(denied(kit.try_write({ let by = by.clone(); move |tx| actions::abandon(tx, &by, id, "Non.") })));
        assert!(denied(kit.try_write({ let by = by.clone(); move |tx| actions::word(tx, &by, id, 1, &words("Dit.", "Fait.")) })));
        let actor = whole.clone();
        kit.write(move |tx| actions::start(tx, &actor, id, ""));
        assert!(denied(kit.try_write({ let by = by.clone(); move |tx| actions::tell(tx, &by, texts(), id, 2, 0) })));
        kit.set_time("2027-02-01T09:00:00Z");
        assert!(denied(kit.try_write({ let by = by.clone(); move |tx| actions::judge(tx, &by, id, "Voilà.") })));
        let later = ImprovementInput { due: "2027-03-01".into(), remeasure: "2027-06-01".into(), ..mine.clone() };
        let own = create(kit, &local, ImprovementInput { site: nantes.to_string(), ..later }).id;
        assert!(denied(kit.try_write({ let by = by.clone(); move |tx| actions::change(tx, &by, own, 1, &mine) })), "after");
    }

    fn an_improvement_of_a_site_concerns_the_customers_of_that_site_only(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let (whole, local) = (kit.manager(&[]), kit.manager(&[nantes]));
        let wait = cause(kit, &whole, "attente", "3");
        let (near, far) = (customer(kit, "Diatta", Some(nantes)), customer(kit, "Morvan", Some(brest)));
        case(kit, &whole, near, wait, "minor");
        case(kit, &whole, far, wait, "minor");
        let all = create(kit, &whole, ImprovementInput { cause: wait.to_string(), ..input(whole.user().unwrap()) });
        let count = |by: &Actor| kit.read(|tx| actions::case_count(tx, by, all.id));
        assert_eq!((count(&whole), count(&local)), (2, 1), "within reach");
        let concerned = kit.read(|tx| store::concerned(tx, &local.scope, all.id));
        assert_eq!(concerned.iter().map(|c| c.customer).collect::<Vec<_>>(), [near]);
        let narrow = ImprovementInput { site: nantes.to_string(), ..rules::to_input(&all, Locale::Fr) };
        let (by, id) = (whole.clone(), all.id);
        kit.write(move |tx| actions::change(tx, &by, id, 1, &narrow));
        assert_eq!(count(&whole), 1, "narrowed to a site, it lets go of the others");
        let by = local.clone();
        kit.write(move |tx| actions::start(tx, &by, id, ""));
        assert_eq!(tell(kit, &local, id).unwrap(), 1);
    }

    fn how_everywhere_fares_is_shown_to_people_of_the_whole_only(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let nantes = kit.site("Nantes");
        let whole = kit.manager(&[]);
        let made = create(kit, &whole, input(whole.user().unwrap()));
        let (by, id) = (whole.clone(), made.id);
        let made = kit.write(move |tx| actions::start(tx, &by, id, ""));
        let local = kit.manager(&[nantes]);
        assert!(kit.read(|tx| actions::live(tx, &local, &made)).is_none());
        assert!(kit.read(|tx| actions::live(tx, &whole, &made)).is_some());
        let app = app(kit);
        let me = app.sign_in(Role::Manager, &[nantes]);
        let page = format!("/improvements/{id}");
        let shown = app.get(&page).signed_in(&me).send().expect(200).html();
        assert!(!shown.has("#verdict table") && shown.text("#verdict").contains("toute l’organisation"));
        assert!(!shown.has("#abandonment") && !shown.has("#notice a") && !shown.has("a[href$='/edit']"));
        let all = app.get(&page).signed_in_as(Role::Manager, &[]).send().expect(200).html();
        assert!(all.has("#verdict table") && all.has("#abandonment") && all.has("#notice a") && all.has("a[href$='/edit']"));
        app.get(&format!("{page}/edit")).signed_in(&me).send().expect(403);
        let offered = app.get("/improvements/new").signed_in(&me).send().expect(200).html();
        assert_eq!(offered.attributes("#f-site option", "value"), [nantes.to_string()]);
        let owner = me.user.id.to_string();
        let fields = [("title", "Ouvrir une caisse"), ("owner", &owner), ("measure", "nps"), ("expected", "8"),
            ("due", "2026-12-01"), ("remeasure", "2027-02-01"), ("site", "")];
        app.post("/improvements").signed_in(&me).form(&fields).send().expect(403);
        let nantes = nantes.to_string();
        let fields = [&fields[..6], &[("site", nantes.as_str())]].concat();
        app.post("/improvements").signed_in(&me).form(&fields).send().expect(303);
    }

    fn what_everywhere_came_to_is_told_to_all_and_its_figures_to_people_of_the_whole_only(kit) {
        kit.set_time("2026-11-20T09:00:00Z");
        let nantes = kit.site("Nantes");
        let (whole, local) = (kit.manager(&[]), kit.manager(&[nantes]));
        let survey = survey(kit, Template::Nps);
        scores(kit, survey, 9, 10);
        kit.set_time("2026-11-23T09:00:00Z");
        let typed = ImprovementInput { survey: survey.to_string(), ..input(whole.user().unwrap()) };
        let (by, id) = (whole.clone(), create(kit, &whole, typed).id);
        kit.write(move |tx| actions::start(tx, &by, id, ""));
        kit.set_time("2027-02-01T09:00:00Z");
        let by = whole.clone();
        kit.write(move |tx| actions::judge(tx, &by, id, "Rien de net."));
        tell(kit, &whole, id).unwrap();
        let seen = |by: &Actor| {
            let one = kit.read(|tx| actions::read(tx, by, id));
            let listed = kit.read(|tx| actions::list(tx, by, None)).pop().unwrap();
            assert_eq!((one.verdict.clone(), one.told_n), (listed.verdict, listed.told_n), "list and page agree");
            (one.effect, one.verdict.is_some(), one.told_n)
        };
        assert_eq!(seen(&whole), (Some(Effect::TooFew), true, Some(0)));
        assert_eq!(seen(&local), (Some(Effect::TooFew), false, None));
        let app = app(kit);
        let page = app.get(&format!("/improvements/{id}")).signed_in_as(Role::Manager, &[nantes]).send().expect(200).html();
        assert!(page.text("#verdict .tag").contains("Trop peu") && !page.has("#verdict table"));
        let file = kit.read(|tx| actions::csv(tx, &local, texts()));
        let all = kit.read(|tx| actions::csv(tx, &whole, texts()));
        assert!(!file.contains("100;10") && all.contains("100;10"), "{file}{all}");
    }

    fn who_withdrew_consent_to_be_called_back_is_not_told(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let by = kit.manager(&[]);
        let wait = cause(kit, &by, "attente", "3");
        let people = ["Diatta", "Morvan", "Castaing"].map(|name| customer(kit, name, None));
        for who in people {
            case(kit, &by, who, wait, "minor");
        }
        for (who, granted) in [(people[1], true), (people[1], false), (people[2], false), (people[2], true)] {
            let by = by.clone();
            kit.write(move |tx| know::consent::actions::decide(tx, &by, who, Purpose::CallBack, granted, "Téléphone"));
        }
        let made = create(kit, &by, ImprovementInput { cause: wait.to_string(), ..input(by.user().unwrap()) });
        let concerned = kit.read(|tx| store::concerned(tx, &Scope::All, made.id));
        let may: Vec<bool> = concerned.iter().map(|c| !c.has_withdrawn).collect();
        assert_eq!(may, [true, false, true], "the latest decision counts");
    }

    fn an_improvement_counts_for_its_cause_and_those_below_where_it_takes_place(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let by = kit.manager(&[]);
        let wait = cause(kit, &by, "attente", "3");
        let (counter, price) = (below(kit, &by, "attente-caisse", wait), cause(kit, &by, "prix", "3"));
        let mine = input(by.user().unwrap());
        create(kit, &by, ImprovementInput { cause: wait.to_string(), site: nantes.to_string(), ..mine.clone() });
        let everywhere = create(kit, &by, ImprovementInput { cause: price.to_string(), ..mine }).id;
        let has = |cause: Id, site: Option<Id>| kit.read(|tx| Ok(improved(tx)?.has(Some(cause), site)));
        assert!(has(wait, Some(nantes)) && has(counter, Some(nantes)), "of its cause and below, at its site");
        assert!(!has(wait, Some(brest)) && !has(counter, Some(brest)) && !has(counter, None), "not elsewhere");
        assert!(has(price, Some(brest)) && has(price, None), "everywhere");
        assert!(!kit.read(|tx| Ok(improved(tx)?.has(None, Some(nantes)))), "a case without a cause has none");
        let actor = by.clone();
        kit.write(move |tx| actions::abandon(tx, &actor, everywhere, "Pas de budget."));
        assert!(!has(price, Some(brest)), "given up, it counts no more");
    }

    fn the_ranking_links_to_improvements_within_reach_only(kit) {
        kit.set_time("2026-11-23T09:00:00Z");
        let (nantes, brest) = (kit.site("Nantes"), kit.site("Brest"));
        let (whole, local) = (kit.manager(&[]), kit.manager(&[nantes]));
        let wait = cause(kit, &whole, "attente", "3");
        let counter = below(kit, &whole, "attente-caisse", wait);
        case(kit, &whole, customer(kit, "Diatta", Some(nantes)), counter, "minor");
        case(kit, &whole, customer(kit, "Morvan", Some(brest)), counter, "minor");
        let mine = ImprovementInput { cause: wait.to_string(), ..input(whole.user().unwrap()) };
        let far = create(kit, &whole, ImprovementInput { site: brest.to_string(), ..mine.clone() }).id;
        let day = |text: &str| text.parse::<kernel::Day>().unwrap();
        let linked = |by: &Actor, site: Option<Id>| {
            let (_, rows) = kit.read(|tx| ranking(tx, by, site, (day("2026-11-01"), day("2026-11-30"))));
            assert_eq!(rows.len(), 1);
            rows[0].improvement
        };
        assert_eq!([linked(&whole, None), linked(&whole, Some(brest))], [Some(far); 2]);
        assert_eq!([linked(&local, None), linked(&local, Some(nantes)), linked(&whole, Some(nantes))], [None; 3]);
        let all = create(kit, &whole, mine).id;
        assert_eq!([linked(&whole, Some(brest)), linked(&local, None)], [Some(all); 2], "one of everywhere first");
    }
}
