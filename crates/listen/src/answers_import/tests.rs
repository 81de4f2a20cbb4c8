//! The kind, without the engine around it: rows as they are read, written and taken back.

use kernel::identity::Actor;
use kernel::tabular::{Limits, Options, Table, dates};
use kernel::{Id, Result, Tx};
use know::import::{
    Became, Cells, Choices, Column, Draft, ImportKind, Layout, Mapping, Outcome, Tone, Trace, Undone,
};
use testkit::Kit;

use super::{Answers, Row};
use crate::answering::tests::customer;
use crate::surveys;
use crate::surveys::model::{State, Template};
use crate::surveys::tests::{new_survey, published, start};

fn read(bytes: &[u8], name: &str) -> Table {
    kernel::tabular::read(bytes, name, &Options::default(), &Limits::default()).unwrap()
}

/// A real file beside the project, if it is there.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn beside(path: &str) -> Option<Vec<u8>> {
    let place = format!("{}/../../../shared/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(place).ok();
    if bytes.is_none() {
        eprintln!("skipped: {path} is not beside the project");
    }
    bytes
}

fn draft(table: &Table, name: &str, mapping: &[(&str, &str)], options: &[(&str, &str)]) -> Draft {
    let rows: Vec<kernel::tabular::Row> = table.rows().filter_map(std::result::Result::ok).collect();
    let guesses = table.guess();
    let column = |at: usize, name: &String| {
        let cells: Vec<&str> = rows.iter().map(|row| row.get(at).unwrap_or_default()).collect();
        let mut values: Vec<(String, u64)> = Vec::new();
        for cell in &cells {
            match values.iter_mut().find(|(value, _)| value == cell) {
                Some((_, n)) => *n += 1,
                None => values.push(((*cell).to_owned(), 1)),
            }
            if values.len() > 100 {
                break;
            }
        }
        Column {
            name: name.clone(),
            examples: Vec::new(),
            guess: guesses[at],
            empty: 0,
            values: (values.len() <= 100).then_some(values),
            dates: dates::looks_like_date(cells.first().copied().unwrap_or_default())
                .then(|| dates::infer(cells.iter().copied())),
            short_years: 0,
        }
    };
    let columns: Vec<Column> = table.header.iter().enumerate().map(|(at, name)| column(at, name)).collect();
    let to = |name: &String| {
        mapping.iter().find(|(column, _)| column == name).map(|(_, field)| (*field).to_owned())
    };
    Draft {
        import: Id(77),
        file_name: name.to_owned(),
        rows: table.rows,
        mapping: Mapping(table.header.iter().map(to).collect()),
        columns,
        options: Choices(options.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()),
    }
}

/// Rows that are understood, and how many are not.
fn prepared(tx: &mut Tx<'_>, by: &Actor, table: &Table, draft: &Draft) -> Result<(Vec<Row>, usize)> {
    let setting = Answers::open(tx, by, draft)?;
    let layout = Layout::new(&draft.mapping);
    let mut refused = 0;
    let mut rows = Vec::new();
    for row in table.rows().map_while(std::result::Result::ok) {
        match Answers::prepare(&setting, &Cells::new(&row, &layout)) {
            Ok(row) => rows.push(row),
            Err(_) => refused += 1,
        }
    }
    Ok((rows, refused))
}

/// Writes the rows in batches, as the engine does.
fn import(kit: &Kit, table: &Table, draft: &Draft) -> (Vec<Outcome>, usize) {
    let by = Actor::system("test");
    let (rows, refused) = kit.read(|tx| prepared(tx, &by, table, draft));
    let mut outcomes = Vec::new();
    for batch in rows.chunks(1_000) {
        let (by, draft, batch) = (by.clone(), draft.clone(), batch.to_vec());
        outcomes.extend(kit.write(move |tx| {
            let setting = Answers::open(tx, &by, &draft)?;
            let rehearsed = Answers::rehearse(tx, &by, &setting, &mut (), &batch)?;
            let applied = Answers::apply(tx, &by, &setting, draft.import, &batch)?;
            let same = rehearsed.iter().zip(&applied).all(|(a, b)| a.became == b.became);
            assert!(same, "the rehearsal tells what happens");
            Ok(applied)
        }));
    }
    (outcomes, refused)
}

fn one<T: kernel::db::Field>(kit: &Kit, sql: &str) -> T {
    kit.read(|tx| tx.query_one(sql, &[], |row| row.get(0)))
}

const NPS: &str = "SELECT 100.0 * (SUM(CASE WHEN value >= 9 THEN w ELSE 0.0 END) - SUM(CASE WHEN value <= 6 THEN w ELSE 0.0 END))
     / SUM(w) FROM (SELECT value, CAST(weight AS DOUBLE PRECISION) AS w FROM answer_facts WHERE value IS NOT NULL) AS valid";

testkit::on_both! {
    with start;

    fn a_file_becomes_a_closed_survey_and_undoing_it_leaves_nothing(kit) {
        let site = kit.site("Nord");
        let who = customer(kit, "C1", Some(site));
        let text = "date;note;mot;lieu;canal;client\n31/10/2026;9;Très bien;NORD;Téléphone;C1\n01/11/2026;11;;nord;;\n\
                    02/11/2026;3;« Bof »;;QR;\n02/11/2026;12;;;;\n30/02/2026;5;;;;\n03/11/2026;5;;Ailleurs;;\n03/11/2026;8;;;;C99\n";
        let table = read(text.as_bytes(), "avis.csv");
        let mapping = [("date", "date"), ("note", "score"), ("mot", "words"), ("lieu", "site"), ("canal", "channel"), ("client", "customer")];
        let draft = draft(&table, "avis.csv", &mapping, &[("survey", "new"), ("title", "Avis 2026"), ("measure", "nps"), ("missing", "11"), ("collection", "census"), ("channel", "paper")]);
        let (outcomes, refused) = import(kit, &table, &draft);
        assert_eq!(refused, 3, "12 is off the scale, 30 February and « Ailleurs » do not exist");
        let became: Vec<Became> = outcomes.iter().map(|o| o.became).collect();
        assert_eq!(became, [Became::Created, Became::Created, Became::Created, Became::Rejected]);
        let survey = kit.read(|tx| surveys::store::of_import(tx, Id(77))).unwrap();
        assert_eq!((survey.state, survey.template, survey.settings.name.as_str()), (State::Closed, Template::Imported, "Avis 2026"));
        let facts: Vec<(Option<i64>, String, bool)> = kit.read(|tx| tx.query(
            "SELECT value, channel, has_words FROM answer_facts ORDER BY day, response_id", &[], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))));
        assert_eq!(facts, [(Some(9), "phone".into(), true), (None, "paper".into(), false), (Some(3), "qr".into(), true)]);
        assert!(kit.events("response").is_empty(), "old answers wake nobody up");
        let by = Actor::system("test");
        let timeline = kit.read(|tx| know::interactions::actions::timeline(tx, &by, who, None, None, 10));
        assert_eq!(timeline.entries[0].words, "Très bien");
        let traces: Vec<Trace> = outcomes.iter().filter_map(|o| o.subject).map(|subject| Trace { subject, rows: vec![(Became::Created, None)] }).collect();
        let undone = kit.write(move |tx| Answers::undo(tx, &Actor::system("test"), Id(77), &traces));
        assert!(undone.iter().all(|u| *u == Undone::Removed));
        for rows in ["responses", "answers", "answer_facts", "interactions", "surveys", "survey_versions"] {
            assert_eq!(one::<i64>(kit, &format!("SELECT COUNT(*) FROM {rows}")), 0, "{rows}");
        }
    }

    fn answers_join_a_published_survey_only_where_it_asks_the_same(kit) {
        let survey = published(kit, &kit.manager(&[]), new_survey(Template::Csat));
        let table = read(b"score,why\n5,Good\n1,\n", "more.csv");
        let id = survey.id.to_string();
        let mapping = [("score", "score"), ("why", "words")];
        let common = [("survey", id.as_str()), ("collection", "quota"), ("day", "2026-11-20"), ("reversed", "on")];
        let fitting = draft(&table, "more.csv", &mapping, &[common.as_slice(), &[("measure", "csat")]].concat());
        let (outcomes, _) = import(kit, &table, &fitting);
        assert_eq!(outcomes.len(), 2);
        let values: Vec<(i64, String)> = kit.read(|tx| tx.query("SELECT value, collection FROM answer_facts ORDER BY response_id", &[], |r| Ok((r.get(0)?, r.get(1)?))));
        assert_eq!(values, [(1, "quota".into()), (5, "quota".into())]);
        let wrong = draft(&table, "more.csv", &mapping, &[common.as_slice(), &[("measure", "nps")]].concat());
        let by = Actor::system("test");
        let found = kit.read(|tx| Answers::check(tx, &by, &wrong));
        assert!(found.iter().any(|f| f.tone == Tone::Blocking && f.option == Some("measure")));
    }

    fn the_airport_of_2017_scores_39_84_and_40_40_weighted(kit) {
        let Some(bytes) = beside("sfo-survey/sfo_2017.csv.gz") else { return };
        let table = read(&bytes, "sfo_2017.csv.gz");
        let options = [("measure", "nps"), ("missing", "11"), ("collection", "random_draw"), ("day", "2017-05-15"), ("locale", "en")];
        let plain = draft(&table, "sfo_2017.csv", &[("NETPRO", "score"), ("WEIGHT", "weight")], &options);
        let found = kit.read(|tx| Answers::check(tx, &Actor::system("test"), &plain));
        assert!(found.iter().all(|f| f.tone != Tone::Blocking), "{found:?}");
        let without = draft(&table, "sfo_2017.csv", &[("NETPRO", "score")], &options[..1]);
        let found = kit.read(|tx| Answers::check(tx, &Actor::system("test"), &without));
        assert!(found.iter().any(|f| f.option == Some("missing")), "11 is shown before anything is written");
        assert_eq!(found.iter().filter(|f| f.tone == Tone::Blocking).count(), 2, "collection and day are asked");
        let proposed = Answers::propose(&Draft { mapping: Mapping::default(), ..plain.clone() }, &kit.read(|tx| Answers::fields(tx, &Actor::system("test"), &plain)));
        let at = table.header.iter().position(|name| name == "NETPRO").unwrap();
        assert_eq!(proposed.field(at), Some("score"));
        let (outcomes, refused) = import(kit, &table, &plain);
        assert_eq!((refused, outcomes.len() as u64), (0, table.rows));
        assert_eq!(one::<i64>(kit, "SELECT COUNT(value) FROM answer_facts"), 2_746);
        assert_eq!(one::<i64>(kit, "SELECT COUNT(*) FROM answer_facts"), i64::try_from(table.rows).unwrap());
        let unweighted: f64 = one(kit, &NPS.replace("CAST(weight AS DOUBLE PRECISION)", "CAST(1 AS DOUBLE PRECISION)"));
        assert!((unweighted - 39.84).abs() < 0.005, "{unweighted}");
        let weighted: f64 = one(kit, NPS);
        assert!((weighted - 40.40).abs() < 0.005, "{weighted}");
    }

    fn the_hospitals_scale_is_turned_round_and_its_comments_are_kept(kit) {
        let Some(bytes) = beside("nhs-fft/fft_comments_v6.csv.gz") else { return };
        let table = read(&bytes, "fft.csv.gz");
        let mapping = [("Date", "date"), ("FFT categorical answer", "score"), ("FFT answer", "words")];
        let options = [("measure", "csat"), ("missing", "6, 7"), ("reversed", "on"), ("collection", "self_selected"), ("locale", "en")];
        let draft = draft(&table, "fft.csv", &mapping, &options);
        let found = kit.read(|tx| Answers::check(tx, &Actor::system("test"), &draft));
        let doubts: Vec<Option<&str>> = found.iter().map(|f| f.option).collect();
        assert_eq!(doubts, [Some("order")], "some dates are written month first: a person is told");
        let (outcomes, refused) = import(kit, &table, &draft);
        assert_eq!((refused, outcomes.len()), (0, 7_908));
        let counts: Vec<(Option<i64>, i64)> = kit.read(|tx| tx.query(
            "SELECT value, COUNT(*) FROM answer_facts GROUP BY value ORDER BY COALESCE(value, 0)", &[], |r| Ok((r.get(0)?, r.get(1)?))));
        assert_eq!(counts, [(None, 440), (Some(1), 435), (Some(2), 299), (Some(3), 366), (Some(4), 1_294), (Some(5), 5_074)]);
        assert_eq!(one::<i64>(kit, "SELECT COUNT(*) FROM answers WHERE text IS NOT NULL"), 7_400, "502 are empty, 6 hold a space");
    }
}
