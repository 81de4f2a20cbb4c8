//! Real files, where they lie beside the project.

use std::path::Path;

use super::*;

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn shared(path: &str) -> Option<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let bytes = std::fs::read(&file).ok();
    if bytes.is_none() {
        println!("skipped: {path} is absent");
    }
    bytes
}

fn start_one() -> Kit {
    start(testkit::Engine::Sqlite)
}

#[test]
fn persons_with_numbers_come_in_one_by_one() {
    let Some(bytes) = shared("linkage/febrl1.csv") else { return };
    let kit = start_one();
    let by = kit.manager(&[]);
    let import = upload(&kit, &by, "febrl1.csv", &bytes);
    let field = |name: &str| {
        let at = import.table.columns.iter().position(|c| c.name == name).unwrap();
        import.mapping.field(at).map(str::to_owned)
    };
    assert_eq!(field("given_name").as_deref(), Some("given_name"));
    assert_eq!(field("surname").as_deref(), Some("family_name"));
    assert_eq!(field("date_of_birth").as_deref(), Some("birth_date"));
    assert_eq!(field("rec_id").as_deref(), Some("external_number"));
    let done = run(&kit, &by, &import);
    assert_eq!(done.total, 1_000);
    assert!(done.counts.created > 900, "{:?}", done.counts);
    let again = upload(&kit, &by, "febrl1.csv", &bytes);
    let again = run(&kit, &by, &again);
    assert_eq!(again.counts.unchanged, done.counts.created, "{:?}", again.counts);
    assert_eq!(again.counts.rejected, done.counts.rejected);
    let undone = undo(&kit, &by, &done);
    assert_eq!(undone.undone.removed, done.counts.created);
    assert!(everybody(&kit, &by).is_empty());
}

#[test]
fn persons_without_numbers_meet_by_mail_and_name() {
    let Some(bytes) = shared("linkage/fake_1000.csv") else { return };
    let kit = start_one();
    let by = kit.manager(&[]);
    let import = upload(&kit, &by, "fake_1000.csv", &bytes);
    let fields = ["", "given_name", "family_name", "birth_date", "city", "email", ""];
    let import = mapped(&kit, &by, &import, &fields);
    let done = run(&kit, &by, &import);
    assert_eq!(done.total, 1_000);
    assert!(done.counts.updated > 100 && done.counts.created < 900, "{:?}", done.counts);
}

#[test]
fn customers_without_any_name_are_numbered() {
    let Some(bytes) = shared("telco-churn/telco_customer_churn.csv") else { return };
    let kit = start_one();
    let by = kit.manager(&[]);
    let import = upload(&kit, &by, "telco_customer_churn.csv", &bytes);
    let nothing = vec![""; import.table.columns.len()];
    let import = mapped(&kit, &by, &import, &nothing);
    let import = set(&kit, &by, &import, &[("number_rows", "on")]);
    let done = run(&kit, &by, &import);
    assert_eq!((done.total, done.counts.created), (7_043, 7_043));
    assert_eq!(everybody(&kit, &by)[0].details.name(), "telco_customer_churn-2");
}

#[test]
fn the_command_line_does_it_in_one_go() {
    let kit = start_one();
    let by = Actor::system("bocal import");
    let text = b"NOM;PRENOM;OPT\nKervella;Odile;O\nMorvan;Paul;\n";
    let mut settings = actions::FileSettings::default();
    settings.mapping.insert("OPT".into(), Some("consent_offers".into()));
    let mut told = Vec::new();
    let go = |settings: &actions::FileSettings, told: &mut Vec<(i64, i64)>| {
        actions::import_file(kit.db(), &by, customers::KIND, "x.csv", text, settings, &mut |done, total| {
            told.push((done, total));
        })
    };
    assert!(go(&settings, &mut told).is_err(), "an empty consent must be decided");
    settings.options = options(&[("empty_consent", "nothing")]);
    settings.dry_run = true;
    let tried = go(&settings, &mut told).unwrap();
    assert_eq!(tried.rehearsal.unwrap().counts.created, 2);
    assert!(everybody(&kit, &by).is_empty());
    settings.dry_run = false;
    let done = go(&settings, &mut told).unwrap();
    assert_eq!(done.counts.created, 2);
    assert_eq!(told.last(), Some(&(2, 2)));
}
