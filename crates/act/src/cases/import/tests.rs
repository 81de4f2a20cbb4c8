//! The kind, without the engine around it: rows as they are read, written and taken back.

use kernel::identity::Actor;
use kernel::tabular::{Limits, Options, Table};
use kernel::{Id, Result, Tx};
use know::import::{
    Became, Cells, Choices, Column, Draft, ImportKind, Layout, Mapping, Outcome, Reason, Trace, Undone,
};
use testkit::Kit;

use super::{Cases, Row};
use crate::cases::model::{Case, Filter, Origin, Severity, View};
use crate::cases::store::Window;
use crate::cases::{actions, store};
use crate::testing::{customer, start};

const FILE: &str = "client;joindre;sujet;propos;le;gravite;cause\n\
    C1;;Livraison perdue;« On m’avait promis mardi. »;24/11/2026;grave;\n\
    ;awa.diop@exemple.fr;;Personne ne rappelle, deux fois j’ai laissé un message !;25/11/2026;;\n\
    ;06 39 98 00 11;Marche cassée;Ma mère est tombée.;;danger;\n";

fn table(text: &str) -> Table {
    kernel::tabular::read(text.as_bytes(), "rappels.csv", &Options::default(), &Limits::default()).unwrap()
}

fn draft(table: &Table, options: &[(&str, &str)]) -> Draft {
    let fields = [
        ("client", "customer"),
        ("joindre", "reach"),
        ("sujet", "title"),
        ("propos", "words"),
        ("le", "date"),
        ("gravite", "severity"),
        ("cause", "cause"),
    ];
    let to = |name: &String| {
        fields.iter().find(|(column, _)| column == name).map(|(_, field)| (*field).to_owned())
    };
    let column = |name: &String, guess| Column {
        name: name.clone(),
        examples: Vec::new(),
        guess,
        empty: 0,
        values: None,
        dates: None,
        short_years: 0,
    };
    Draft {
        import: Id(77),
        file_name: "rappels.csv".to_owned(),
        rows: table.rows,
        mapping: Mapping(table.header.iter().map(to).collect()),
        columns: table.header.iter().zip(table.guess()).map(|(name, guess)| column(name, guess)).collect(),
        options: Choices(options.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()),
    }
}

type Prepared = std::result::Result<Row, Vec<Reason>>;

fn prepared(tx: &mut Tx<'_>, by: &Actor, table: &Table, draft: &Draft) -> Result<Vec<Prepared>> {
    let setting = Cases::open(tx, by, draft)?;
    let layout = Layout::new(&draft.mapping);
    let rows = table.rows().map_while(std::result::Result::ok);
    Ok(rows.map(|row| Cases::prepare(&setting, &Cells::new(&row, &layout))).collect())
}

/// Writes the rows of a text, as the engine does; the rehearsal must have told what happens.
fn import(kit: &Kit, by: &Actor, text: &str, options: &[(&str, &str)]) -> Vec<Outcome> {
    let table = table(text);
    let draft = draft(&table, options);
    let rows: Vec<Row> = kit.read(|tx| prepared(tx, by, &table, &draft)).into_iter().flatten().collect();
    let by = by.clone();
    kit.write(move |tx| {
        let setting = Cases::open(tx, &by, &draft)?;
        let rehearsed = Cases::rehearse(tx, &by, &setting, &mut (), &rows)?;
        let applied = Cases::apply(tx, &by, &setting, draft.import, &rows)?;
        let told = |all: &[Outcome]| all.iter().map(|o| o.became).collect::<Vec<_>>();
        assert_eq!(told(&rehearsed), told(&applied), "the rehearsal tells what happens");
        Ok(applied)
    })
}

fn became(outcomes: &[Outcome]) -> Vec<Became> {
    outcomes.iter().map(|outcome| outcome.became).collect()
}

fn case(kit: &Kit, outcome: &Outcome) -> Case {
    let (by, id) = (Actor::system("test"), outcome.subject.unwrap());
    kit.read(|tx| actions::read(tx, &by, id))
}

fn undo(kit: &Kit, outcomes: &[Outcome]) -> Vec<Undone> {
    let made = outcomes.iter().filter_map(|o| o.subject);
    let traces: Vec<Trace> =
        made.map(|subject| Trace { subject, rows: vec![(Became::Created, None)] }).collect();
    kit.write(move |tx| Cases::undo(tx, &Actor::system("test"), Id(77), &traces))
}

fn numbered(kit: &Kit, number: &str, site: Option<Id>) -> Id {
    let id = customer(kit, "Diop", site);
    let number = number.to_owned();
    kit.write(move |tx| {
        tx.execute("UPDATE customers SET external_number = $2 WHERE id = $1", &[&id, &number])?;
        tx.execute("UPDATE customers SET email = 'awa.diop@exemple.fr', email_key = 'awa.diop@exemple.fr' WHERE id = $1", &[&id])
    });
    id
}

fn set_out(kit: &Kit) {
    kit.set_time("2026-11-26T09:00:00Z");
}

/// What each column of a file is proposed to hold.
fn proposed(kit: &Kit, header: &str) -> Vec<String> {
    let table = table(&format!("{header}\n{}\n", header.to_lowercase()));
    let draft = Draft { mapping: Mapping::default(), ..draft(&table, &[]) };
    let fields = kit.read(|tx| Cases::fields(tx, &Actor::system("test"), &draft));
    Cases::propose(&draft, &fields).0.into_iter().map(Option::unwrap_or_default).collect()
}

testkit::on_both! {
    with start;

    fn columns_called_as_we_or_others_call_them_are_recognised(kit) {
        for (header, fields) in [
            ("Sujet;Gravité;Cause", "title severity cause"),
            ("Objet;Motif", "title cause"),
            ("Motif;Gravité", "title severity"),
            ("SUBJECT;Severity;Root_cause", "title severity cause"),
            ("Ce que le client a dit;Où joindre", "words reach"),
            ("What the customer said;Severity", "words severity"),
        ] {
            assert_eq!(proposed(kit, header).join(" "), fields, "{header}");
        }
    }

    fn each_row_of_a_file_opens_a_case_that_nobody_has(kit) {
        set_out(kit);
        let site = kit.site("Nord");
        let awa = numbered(kit, "C1", Some(site));
        let by = kit.administrator();
        let outcomes = import(kit, &by, FILE, &[]);
        assert_eq!(became(&outcomes), [Became::Created; 3]);
        // The danger is told to managers at once.
        kit.run_jobs();
        let cases: Vec<Case> = outcomes.iter().map(|o| case(kit, o)).collect();
        assert!(cases.iter().all(|c| c.origin == Origin::Import && c.owner.is_none() && c.import == Some(Id(77))));
        // By number, by address, and not at all.
        assert_eq!(cases.iter().map(|c| c.customer).collect::<Vec<_>>(), [Some(awa), Some(awa), None]);
        assert_eq!(cases[0].site, Some(site), "the customer’s site");
        assert_eq!(cases[1].title, "Personne ne rappelle, deux fois j’ai laissé un message !");
        assert_eq!(cases[2].reach, "06 39 98 00 11");
        let severities = cases.iter().map(|c| c.severity).collect::<Vec<_>>();
        assert_eq!(severities, [Severity::Major, Severity::Minor, Severity::Critical]);
        assert_eq!(cases[0].opened_day, "2026-11-24".parse().unwrap(), "time counts from what the row says");
        assert_eq!(cases[2].opened_at, kit.now(), "a row without a date is said now");
        assert_eq!(kit.events("case.opened").len(), 3);
        kit.expect_leftovers();
    }

    fn a_file_that_comes_again_opens_nothing_twice(kit) {
        set_out(kit);
        numbered(kit, "C1", None);
        let by = kit.administrator();
        let first = import(kit, &by, FILE, &[]);
        let again = import(kit, &by, FILE, &[]);
        assert_eq!(became(&again), [Became::Unchanged; 3]);
        let ids = |all: &[Outcome]| all.iter().map(|o| o.subject).collect::<Vec<_>>();
        assert_eq!(ids(&again), ids(&first));
        kit.expect_leftovers();
    }

    fn a_row_for_nobody_or_nothing_is_refused_and_says_why(kit) {
        set_out(kit);
        let site = kit.site("Nord");
        numbered(kit, "C1", Some(site));
        let by = kit.administrator();
        let table = table("client;joindre;sujet;propos;le;gravite;cause\n\
            ;;Perdu;Rien reçu;24/11/2026;;\n;06;;;24/11/2026;;\nC1;;Perdu;;31/12/2026;;\nC1;;Perdu;;;terrible;\n\
            C1;;Perdu;;;;Inconnue\nC9;;Perdu;;;;\n");
        let draft = draft(&table, &[]);
        let rows = kit.read(|tx| prepared(tx, &by, &table, &draft));
        let keys: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.as_ref().err().into_iter().flatten().map(|r| r.message.key.to_string()).collect())
            .collect();
        assert_eq!(keys, [
            vec!["case-error-who"],
            vec!["case-error-title", "case-error-reach"],
            vec!["import-future-day"],
            vec!["cases-import-bad-severity"],
            vec!["cases-import-bad-cause"],
            vec![],
        ]);
        // The last one names a customer nobody knows; for a colleague of another site, C1 is one too.
        let refused = import(kit, &by, "client;sujet\nC9;Perdu\n", &[]);
        assert_eq!(became(&refused), [Became::Rejected]);
        let elsewhere = kit.adviser(&[kit.site("Sud")]);
        assert_eq!(became(&import(kit, &elsewhere, "client;sujet\nC1;Perdu\n", &[])), [Became::Rejected]);
    }

    fn what_is_late_already_joins_the_queue_and_warns_nobody(kit) {
        set_out(kit);
        numbered(kit, "C1", None);
        let by = kit.administrator();
        let text = "client;sujet;le\nC1;Perdu;02/11/2026\n";
        let late = case(kit, &import(kit, &by, text, &[])[0]);
        assert!(late.clock.times.due_at < kit.now());
        assert_eq!(late.alerted, 100);
        let in_queue = kit.read(|tx| {
            store::list(tx, &by.scope, &Filter { view: View::Late, ..Filter::default() }, Window::behind(None, 10))
        });
        assert_eq!(in_queue.len(), 1);
        let fresh = "client;sujet;le\nC1;Perdu encore;02/11/2026\n";
        let fresh = case(kit, &import(kit, &by, fresh, &[("clock", "import")])[0]);
        assert!(fresh.clock.times.due_at > kit.now());
        assert_eq!((fresh.opened_at, fresh.alerted), (kit.now(), 0));
        kit.expect_leftovers();
    }

    fn undoing_removes_what_nobody_worked_on_and_keeps_the_rest(kit) {
        set_out(kit);
        let awa = numbered(kit, "C1", None);
        let by = kit.administrator();
        let outcomes = import(kit, &by, FILE, &[]);
        let worked = outcomes[1].subject.unwrap();
        let adviser = kit.administrator();
        kit.write(move |tx| actions::take(tx, &adviser, worked));
        let undone = undo(kit, &outcomes);
        assert!(matches!(undone[..], [Undone::Removed, Undone::Kept(_), Undone::Removed]), "{undone:?}");
        let left = kit.read(|tx| {
            tx.query("SELECT id FROM cases ORDER BY id", &[], |row| row.get::<Id>(0))
        });
        assert_eq!(left, [worked]);
        let entries: i64 = kit.read(|tx| {
            tx.query_one("SELECT COUNT(*) FROM interactions WHERE customer_id = $1", &[&awa], |row| row.get(0))
        });
        assert_eq!(entries, 1, "what the customer said of a case that is gone is gone from their sheet");
        kit.expect_leftovers();
    }

    fn an_imported_day_shows_no_hour_that_nobody_gave(kit) {
        set_out(kit);
        let by = kit.administrator();
        let made = import(kit, &by, FILE, &[]);
        kit.run_jobs();
        let app = crate::testing::app(kit);
        let me = app.sign_in(kernel::identity::Role::Administrator, &[]);
        let case = made.iter().filter(|o| o.subject.is_some()).map(|o| case(kit, o)).find(|case| case.title.starts_with("Personne")).unwrap();
        let page = app.get(&format!("/cases/{}", case.id)).signed_in(&me).send().expect(200).html();
        let said = page.text("main");
        assert!(!said.contains("00:00"), "{said}");
        assert!(page.text(".flow").contains("Suivi importé"), "{}", page.text(".flow"));
    }
}
