//! The run: dry run, resumption, stopping, undoing.

use kernel::jobs::{Context, Handler};
use kernel::{Error, jobs};

use super::*;
use crate::import::outcome::Became;

fn many(rows: usize) -> String {
    let mut text = String::from("numero;nom;prenom;email\n");
    for n in 0..rows {
        text.push_str(&format!("C{n};Nom{n};Prénom;p{n}@exemple.fr\n"));
    }
    text
}

fn dry_run(kit: &Kit, by: &Actor, import: &Import) -> Import {
    let (actor, id) = (by.clone(), import.id);
    kit.write(move |tx| actions::dry_run(tx, &actor, &kinds(), id).map(drop));
    kit.run_jobs();
    get(kit, by, import.id)
}

/// Begins an import and lets its job run only so many batches, as a program that is killed then does.
fn run_until_killed(kit: &Kit, by: &Actor, import: &Import, batches: usize) {
    begin(kit, by, import);
    let job = kit.read(|tx| actions::show(tx, by, &kinds(), import.id)).job.unwrap();
    for _ in 0..batches {
        one_batch(kit, &job);
    }
}

/// One batch of 500 rows by hand, through the same code as the job.
fn one_batch(kit: &Kit, job: &jobs::Job) {
    let task: crate::import::model::Task = serde_json::from_value(job.payload.clone()).unwrap();
    crate::import::work::one_batch_for_tests::<customers::Customers>(kit.db(), task.import);
}

testkit::on_both! {
    with start;

    fn a_dry_run_writes_nothing_and_says_what_the_run_then_does(kit) {
        let by = kit.manager(&[]);
        add(kit, &by, CustomerInput { external_number: "C3".into(), ..person("Anna", "Nom3") });
        let mut text = many(1_200);
        text.push_str("C7;Nom7;Prénom;autre@exemple.fr\nC8;Nom8;Prénom;p8@exemple.fr\n;;;\n;Sans;;pas-une-adresse\n");
        let import = upload(kit, &by, "x.csv", text.as_bytes());
        let rehearsed = dry_run(kit, &by, &import);
        assert_eq!(everybody(kit, &by).len(), 1, "nothing is written");
        let rehearsal = rehearsed.rehearsal.unwrap();
        assert_eq!(rehearsal.counts.sum(), import.total);
        assert_eq!(rehearsal.reasons.len(), 1);
        assert_eq!(rehearsal.reasons[0].lines.len(), 1);
        let done = run(kit, &by, &import);
        assert_eq!(done.counts, rehearsal.counts);
        assert_eq!(done.counts.updated, 2);
        assert_eq!(done.counts.unchanged, 1);
    }

    fn another_choice_forgets_the_dry_run(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", many(3).as_bytes());
        let rehearsed = dry_run(kit, &by, &import);
        let changed = set(kit, &by, &rehearsed, &[("role", "prospect")]);
        assert!(changed.rehearsal.is_none());
        assert!(get(kit, &by, import.id).rehearsal.is_none());
    }

    fn a_killed_run_goes_on_at_the_next_row_and_writes_none_twice(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", many(2_300).as_bytes());
        run_until_killed(kit, &by, &import, 2);
        assert_eq!(everybody(kit, &by).len(), 1_000, "two batches are there");
        let standing = get(kit, &by, import.id);
        assert_eq!((standing.counts.created, standing.left()), (1_000, 1_300));
        kit.run_jobs();
        let done = get(kit, &by, import.id);
        assert_eq!((done.counts.created, done.left()), (2_300, 0));
        assert_eq!(everybody(kit, &by).len(), 2_300);
        assert_eq!(kit.events("customer.created").len(), 2_300);
        assert_eq!(phase(kit, &by, import.id), Phase::Done);
    }

    fn two_workers_on_one_import_write_every_row_once(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", many(3_000).as_bytes());
        begin(kit, &by, &import);
        let (db, id) = (kit.db().clone(), import.id);
        // Somebody runs it on the command line while the server's worker has it too.
        let other = std::thread::spawn(move || (customers::KIND.work_here)(&db, id, &mut |_, _| {}));
        kit.run_jobs();
        other.join().unwrap().unwrap();
        // One of the two may have stopped early; whoever is left is asked again.
        if phase(kit, &by, id) == Phase::Stopped {
            let actor = by.clone();
            kit.write(move |tx| actions::resume(tx, &actor, &kinds(), id).map(drop));
            kit.run_jobs();
        }
        let done = get(kit, &by, id);
        assert_eq!((done.counts.created, done.counts.sum()), (3_000, 3_000));
        assert_eq!(everybody(kit, &by).len(), 3_000);
    }

    fn asking_twice_is_one_run(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", many(10).as_bytes());
        begin(kit, &by, &import);
        begin(kit, &by, &import);
        assert_eq!(kit.run_jobs(), 1);
        begin(kit, &by, &import);
        assert_eq!(kit.run_jobs(), 0);
        assert_eq!(everybody(kit, &by).len(), 10);
    }

    fn a_stopped_import_keeps_what_is_done_and_can_go_on(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", many(1_700).as_bytes());
        run_until_killed(kit, &by, &import, 1);
        let (actor, id) = (by.clone(), import.id);
        kit.write(move |tx| actions::stop(tx, &actor, &kinds(), id).map(drop));
        assert_eq!(kit.run_jobs(), 0);
        assert_eq!(phase(kit, &by, id), Phase::Stopped);
        assert_eq!(get(kit, &by, id).counts.created, 500);
        let actor = by.clone();
        kit.write(move |tx| actions::resume(tx, &actor, &kinds(), id).map(drop));
        kit.run_jobs();
        assert_eq!(get(kit, &by, id).counts.created, 1_700);
    }

    fn undoing_removes_the_new_restores_the_changed_and_keeps_what_was_worked_on(kit) {
        let by = kit.manager(&[]);
        let known = add(kit, &by, CustomerInput { external_number: "K1".into(), city: "Brest".into(), ..person("Odile", "Kervella") });
        let text = "numero;nom;prenom;ville\nK1;Kervella;Odile;Quimper\nN1;Morvan;Paul;\nN2;Diatta;Awa;\nN3;Ollivier;Jo;\nN2;Diatta;Awa;Lorient\n";
        let done = import(kit, &by, "x.csv", text);
        assert_eq!((done.counts.created, done.counts.updated), (3, 2));
        let paul = everybody(kit, &by).into_iter().find(|c| c.details.given_name == "Paul").unwrap();
        let changed = CustomerInput { city: "Nantes".into(), ..room::rules::to_input(&paul) };
        let actor = by.clone();
        kit.write(move |tx| room::actions::update(tx, &actor, paul.id, 1, &changed).map(drop));
        let undone = undo(kit, &by, &done);
        assert_eq!((undone.undone.removed, undone.undone.restored, undone.undone.kept), (2, 1, 1));
        let mut left = names(kit, &by);
        left.sort();
        assert_eq!(left, ["Odile Kervella", "Paul Morvan"]);
        let odile = kit.read(|tx| room::actions::read(tx, &by, known.id));
        assert_eq!((odile.details.city.as_str(), odile.version), ("Brest", 3));
        assert_eq!(phase(kit, &by, done.id), Phase::Undone);
        assert!(kit.read(|tx| room::actions::find(tx, &by, "diatta", 5)).is_empty());
        assert_eq!(kit.events("customer.removed").len(), 2);
        let (actor, id) = (by.clone(), done.id);
        let twice = kit.try_write(move |tx| actions::undo(tx, &actor, &kinds(), id).map(drop));
        assert!(matches!(twice, Err(Error::Refused(_))), "undone once is undone");
    }

    fn imports_undone_from_the_last_to_the_first_leave_nothing_unless_somebody_worked_in_between(kit) {
        let by = kit.manager(&[]);
        let first = import(kit, &by, "a.csv", "numero;nom;ville\nN1;Morvan;\nN2;Diatta;\n");
        let second = import(kit, &by, "b.csv", "numero;nom;ville\nN1;Morvan;Brest\nN2;Diatta;Dakar\nN2;Diatta;Lorient\n");
        assert_eq!((first.counts.created, second.counts.updated), (2, 3));
        assert_eq!(undo(kit, &by, &second).undone.restored, 2);
        let morvan = everybody(kit, &by).into_iter().find(|c| c.details.family_name == "Morvan").unwrap();
        let changed = CustomerInput { city: "Nantes".into(), ..room::rules::to_input(&morvan) };
        let (actor, version) = (by.clone(), morvan.version);
        kit.write(move |tx| room::actions::update(tx, &actor, morvan.id, version, &changed).map(drop));
        let undone = undo(kit, &by, &first).undone;
        assert_eq!((undone.removed, undone.kept), (1, 1));
        assert_eq!(names(kit, &by), ["Morvan"]);
    }

    fn a_new_customer_somebody_wrote_to_is_kept(kit) {
        let by = kit.manager(&[]);
        let done = import(kit, &by, "x.csv", "numero;nom\nN1;Morvan\nN2;Diatta\n");
        let paul = everybody(kit, &by)[0].id;
        kit.write(move |tx| {
            let id = tx.new_id();
            let sql = "INSERT INTO consents (id, customer_id, purpose, granted, source, at, actor_name)
                       VALUES ($1, $2, 'offers', TRUE, 'au guichet', 0, 'Nadia')";
            tx.execute(sql, &[&id, &paul]).map(drop)
        });
        let undone = undo(kit, &by, &done);
        assert_eq!((undone.undone.removed, undone.undone.kept), (1, 1));
    }

    fn nothing_is_undone_while_it_runs_before_it_began_or_after_a_month(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", many(5).as_bytes());
        let try_undo = |id| {
            let actor = by.clone();
            let outcome = kit.try_write(move |tx| actions::undo(tx, &actor, &kinds(), id).map(drop));
            match outcome {
                Err(Error::Refused(message)) => message.key.to_string(),
                other => format!("{other:?}"),
            }
        };
        assert_eq!(try_undo(import.id), "import-error-not-started");
        begin(kit, &by, &import);
        assert_eq!(try_undo(import.id), "import-error-undo-running");
        kit.run_jobs();
        kit.advance(kernel::clock::SignedDuration::from_hours(24 * 31));
        assert_eq!(try_undo(import.id), "import-error-too-old");
    }

    fn unusable_rows_are_counted_and_can_be_fetched(kit) {
        let by = kit.manager(&[]);
        let text = "numero;nom\nC1;Kervella\nC2;Morvan;trop;de;cellules\nC3;Nul\0\nC4;Diatta\n;\nC5;=cmd\nC5b;\n";
        let import = upload(kit, &by, "x.csv", text.as_bytes());
        let done = run(kit, &by, &import);
        assert_eq!(done.total, 6);
        assert_eq!((done.counts.created, done.counts.rejected), (4, 2));
        let texts = kernel::texts::Texts::leak(&[kernel::texts::SOURCES, crate::TEXTS].concat()).unwrap();
        let t = texts.reader(kernel::texts::Locale::Fr);
        let (name, csv) = kit.read(|tx| actions::rejected_csv(tx, &by, &kinds(), import.id, t));
        assert_eq!(name, "x-refusees.csv");
        assert_eq!(csv.lines().count(), 3, "{csv}");
        assert!(csv.starts_with("numero;nom;Ligne;Motif\n"), "{csv}");
    }

    fn choices_are_kept_for_the_next_file_with_the_same_columns(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", b"A;B\nKervella;Odile\n");
        let mapping = Some(Mapping(vec![Some("family_name".into()), Some("given_name".into())]));
        let changes = Changes { mapping, options: options(&[("role", "prospect")]), remember: true };
        decide(kit, &by, &import, changes);
        let next = upload(kit, &by, "y.csv", b"a;b\nMorvan;Paul\n");
        assert_eq!(next.mapping.field(0), Some("family_name"));
        assert_eq!(next.options.get("role"), "prospect");
    }

    fn a_file_can_be_read_in_another_way(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", b"nom;prenom\nKervella;Odile\n");
        let other = Reading { has_header: Some(false), ..Reading::default() };
        let (_, bytes) = kit.read(|tx| actions::source(tx, &by, &kinds(), import.id));
        let arrived = reading::read(&bytes, "x.csv", &other).unwrap();
        let (actor, id) = (by.clone(), import.id);
        let again = kit.write(move |tx| actions::reread(tx, &actor, &kinds(), id, &arrived));
        assert_eq!(again.total, 2);
        assert_eq!(get(kit, &by, id).table.columns[0].name, "Colonne 1");
    }

    fn a_stale_choice_is_refused(kit) {
        let by = kit.manager(&[]);
        let import = upload(kit, &by, "x.csv", many(1).as_bytes());
        set(kit, &by, &import, &[("role", "prospect")]);
        let (actor, id) = (by.clone(), import.id);
        let late = Changes { options: options(&[("role", "former")]), ..Changes::default() };
        let outcome = kit.try_write(move |tx| actions::decide(tx, &actor, &kinds(), id, 1, &late).map(drop));
        assert!(matches!(outcome, Err(Error::Stale(2))));
    }

    fn who_may_not_import_is_refused(kit) {
        let by = kit.adviser(&[]);
        let outcome = kit.db().read(|tx| actions::list(tx, &by, &kinds(), None, 10).map(drop));
        assert!(matches!(outcome, Err(Error::Denied("customers.import"))));
    }

    fn reasons_are_grouped_and_rows_paged(kit) {
        let by = kit.manager(&[]);
        let mut text = String::from("nom;email\n");
        for n in 0..30 {
            text.push_str(&format!("Nom{n};faux{n}\n"));
        }
        let import = upload(kit, &by, "x.csv", text.as_bytes());
        let import = mapped(kit, &by, &import, &["family_name", "email"]);
        let done = run(kit, &by, &import);
        let shown = kit.read(|tx| actions::show(tx, &by, &kinds(), done.id));
        assert_eq!((shown.reasons.len(), shown.reasons[0].count), (1, 30));
        let page = kit.read(|tx| actions::rows(tx, &by, &kinds(), done.id, Some(Became::Rejected), 0, 20));
        assert_eq!((page.rows.len(), page.next), (20, Some(21)));
        let rest = kit.read(|tx| actions::rows(tx, &by, &kinds(), done.id, Some(Became::Rejected), 21, 20));
        assert_eq!((rest.rows.len(), rest.next), (10, None));
    }
}

#[test]
fn a_job_knows_its_kind_by_its_handler() {
    let all: Vec<Handler> = handlers(&kinds());
    assert_eq!(all[0].name, "import.customers");
    let _: fn(&Context) -> kernel::Result<()> = all[0].run;
}
