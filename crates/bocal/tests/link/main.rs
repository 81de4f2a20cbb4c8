//! `bocal link` on files of every kind.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

mod decisions;
mod explanations;
mod folder;
mod language;
mod outputs;

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::folder::{Folder, PEOPLE, json, said};

#[test]
fn each_row_is_written_as_it_was_with_its_person() {
    let folder = Folder::with(PEOPLE);
    folder.links(&[]);
    let out = folder.read("out.csv");
    for (written, given) in out.lines().zip(PEOPLE.lines()) {
        assert_eq!(written.rsplit_once(',').unwrap().0, given);
    }
    assert!(out.starts_with("id,prenom,nom,naissance,email,ville,personne,cluster_id\n"));
    assert_eq!(folder.clusters(), ["1", "1", "2", "3", "2", "4", "5", "3", "6"]);
}

#[test]
fn what_was_guessed_is_said_with_its_reason() {
    let folder = Folder::with(PEOPLE.replace(',', ";"));
    let told = folder.links(&[]).told;
    for word in
        ["UTF-8", "semicolon", "prenom", "given_name", "birth_date", "by its name and its values", "row_id"]
    {
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn the_same_file_and_options_give_the_same_bytes() {
    let folder = Folder::with(PEOPLE);
    folder.links(&["--pairs", "pairs.csv", "--save-model", "model.json"]);
    let first = ["out.csv", "pairs.csv", "model.json"].map(|name| folder.read(name));
    folder.links(&["--pairs", "pairs.csv", "--save-model", "model.json"]);
    assert_eq!(first, ["out.csv", "pairs.csv", "model.json"].map(|name| folder.read(name)));
}

#[test]
fn standard_input_is_as_good_as_a_file() {
    let folder = Folder::with(PEOPLE);
    folder.links(&[]);
    let from_file = folder.read("out.csv");
    let mut command = folder.command(&["-", "--output", "-"]);
    let mut process =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    process.stdin.take().unwrap().write_all(PEOPLE.as_bytes()).unwrap();
    let said = said(&process.wait_with_output().unwrap());
    assert_eq!((said.code, said.out), (Some(0), from_file));
    assert!(said.told.contains("people"));
}

#[test]
fn the_truth_is_measured_and_never_evidence() {
    let folder = Folder::with(PEOPLE);
    let said = folder.links(&["--truth", "personne", "--format", "json"]);
    let body = json(&said);
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    let mut expected =
        ["rows", "clusters", "pairs", "threshold", "pairwise", "b3", "curve", "seconds", "peak_bytes"];
    expected.sort_unstable();
    let mut found: Vec<&str> = keys.into_iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(
        (&body["rows"], &body["clusters"], &body["pairwise"]["f1"]),
        (&9.into(), &6.into(), &1.0.into())
    );
    assert_eq!((&body["b3"]["recall"], body["curve"].as_array().unwrap().len()), (&1.0.into(), 12));
    let clusters = folder.clusters();
    // All of one person: the groups stay what they were.
    let wrong: Vec<String> = PEOPLE
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => line.replace("personne", "email2"),
            _ => format!("{},x", line.rsplit_once(',').unwrap().0),
        })
        .collect();
    folder.write("in.csv", wrong.join("\n"));
    folder.links(&["--truth", "email2"]);
    assert_eq!(folder.clusters(), clusters);
}

#[test]
fn two_files_are_written_under_the_columns_of_both() {
    let folder = Folder::with(
        "id,prenom,nom,email\n1,Jeanne,Kerjean,jk@maison-kerjean.fr\n2,Paul,Vasseur,pv@maison-kerjean.fr\n",
    );
    folder.write("other.csv", "ref;last_name;first_name;email\nx;KERJEAN;Jeanne;jk@maison-kerjean.fr\ny;Diop;Awa;ad@maison-kerjean.fr\n");
    folder.links(&["--against", "other.csv", "--one-to-one"]);
    let out = folder.read("out.csv");
    assert_eq!(out.lines().next(), Some("id,prenom,nom,email,ref,last_name,first_name,source,cluster_id"));
    let sources: Vec<String> = folder.cells().iter().map(|row| row[7].clone()).collect();
    assert_eq!(sources, ["in.csv", "in.csv", "other.csv", "other.csv"]);
    let clusters = folder.clusters();
    assert_eq!(clusters[0], clusters[2]);
    assert_ne!(clusters[1], clusters[3]);
}

#[test]
fn every_kept_pair_has_its_probability_and_the_weight_of_every_field() {
    let folder = Folder::with(PEOPLE);
    folder.links(&["--pairs", "pairs.csv", "--truth", "personne"]);
    let mut reader = csv::Reader::from_path(folder.path("pairs.csv")).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header[..4], ["id_a", "id_b", "probability", "decision"]);
    assert!(header.contains(&"birth_date".to_owned()), "{header:?}");
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let pair = rows.iter().find(|row| row[..2] == ["1", "2"]).unwrap();
    assert!(pair[2].parse::<f64>().unwrap() > 0.5 && pair[3] == "same", "{pair:?}");
    // The e-mail of row 5 is empty: it weighs nothing, not zero.
    let email = header.iter().position(|name| name == "email").unwrap();
    assert_eq!(rows.iter().find(|row| row[..2] == ["3", "5"]).unwrap()[email], "");
}

#[test]
fn columns_are_named_by_kind() {
    let folder = Folder::with("a,b,c\nJeanne,Kerjean,1971-06-24\nPaul,Vasseur,1980-01-02\n");
    let told = folder.links(&["--columns", "first_name=a,nom=b,ignore=c"]).told;
    for words in ["given_name", "family_name", "ignored", "as you said"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    let with = |columns: &'static str| ["in.csv", "--output", "out.csv", "--columns", columns];
    folder.refuses(&with("prenon=a"), &["“prenon”", "given_name", "ignore"]);
    folder.refuses(&with("first_name=x"), &["no column called “x”", "a, b, c"]);
    folder.refuses(&with("first_name"), &["KIND=COLUMN"]);
    folder.refuses(&["in.csv", "--output", "out.csv", "--truth", "x"], &["no column called “x”"]);
}

#[test]
fn real_errors_are_told_in_a_sentence() {
    let folder = Folder::with(PEOPLE);
    let link = |file: &'static str| [file, "--output", "out.csv"];
    folder.write("empty.csv", "");
    folder.write("blank.csv", "\n \n\r\n");
    folder.write("header.csv", "prenom,nom\n");
    folder.write("binary.csv", (0..4_000_u32).map(|n| (n * 7 % 31) as u8).collect::<Vec<u8>>());
    folder.write("book.xlsx", b"PK\x03\x04rest");
    folder.write("damaged.csv", [&b"prenom,nom\n"[..], &b"\xc3,\xff\n".repeat(40)].concat());
    folder.refuses(&link("missing.csv"), &["missing.csv", "no such file"]);
    folder.refuses(&link("empty.csv"), &["empty"]);
    folder.refuses(&link("blank.csv"), &["empty"]);
    folder.refuses(&link("header.csv"), &["only the names of its columns"]);
    folder.refuses(&link("binary.csv"), &["not a table"]);
    folder.refuses(&link("book.xlsx"), &["save its sheet as CSV"]);
    folder.refuses(
        &["damaged.csv", "--output", "out.csv", "--encoding", "utf-8"],
        &["cannot be read as UTF-8"],
    );
    folder.refuses(&link("."), &["folder"]);
    folder.refuses(&["in.csv", "--output", "none/out.csv"], &["none/out.csv", "no such file or folder"]);
    folder.refuses(&["in.csv", "--output", "."], &["folder"]);
    folder.refuses(&["in.csv", "--output", "out.csv", "--threshold", "1.5"], &["between 0 and 1"]);
    folder
        .refuses(&["in.csv", "--output", "out.csv", "--threshold", "0.3", "--review", "0.4"], &["--review"]);
    folder.refuses(&["in.csv", "--explain", "1", "77"], &["“77”", "“id”"]);
    folder.refuses(&["in.csv"], &["--output"]);
}

#[test]
fn models_are_saved_used_and_refused() {
    let folder = Folder::with(PEOPLE);
    folder.links(&["--save-model", "model.json"]);
    let model = folder.read("model.json");
    assert!(!model.contains("Kerjean") && !model.to_lowercase().contains("kerjean"));
    folder.links(&["--model", "model.json"]);
    assert_eq!(folder.clusters()[..2], ["1", "1"]);
    let told = folder.links(&["--model", "model.json", "--columns", "ignore=email"]).told;
    assert!(told.contains("The model knows fields that are not compared here: E-mail."), "{told}");
    folder.links(&["--save-model", "fewer.json", "--columns", "ignore=email"]);
    let told = folder.links(&["--model", "fewer.json"]).told;
    assert!(told.contains("does not know these fields") && told.contains(": E-mail."), "{told}");
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    let with = ["in.csv", "--output", "out.csv", "--model", "other.json"];
    folder.refuses(&with, &["other.json", "no such file"]);
    folder.write("other.json", &model[..model.len() / 2]);
    folder.refuses(&with, &["cut off"]);
    folder.write("other.json", "{}");
    folder.refuses(&with, &["not a model"]);
    folder.write("other.json", model.replace("\"version\": 2", "\"version\": 99"));
    folder.refuses(&with, &["version 99"]);
}

#[test]
fn bad_rows_are_named_and_kept_out() {
    let bytes = [
        &b"prenom,nom,ville\nJeanne,Kerjean,Brest\nPaul,Vasseur\n\"A\nwa\",Diop,Nantes\n"[..],
        &b"\xc3\xa9\xff\xfe,Petit,Lyon\nHugo,Lambert,Tours,x\n\nIn\xc3\xa8s,Moreau,Metz\n\"open,Le,Gall\n"[..],
    ];
    let folder = Folder::with(bytes.concat());
    let told = folder.links(&["--report", "report.json"]).told;
    for words in [
        "4 rows are kept out",
        "line 3: it has 2 cells instead of 3",
        "line 6: it has bytes",
        "line 7: it has 4",
        "line 10: a quotation mark",
        "1 blank line",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(folder.cells().len(), 3);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let bad = &report["files"][0]["bad_rows"];
    assert_eq!((&bad["count"], &bad["first"][0]["line"]), (&4.into(), &3.into()));
    assert_eq!(bad["first"][0]["reason"], "number_of_cells");
}

#[test]
fn what_probabilities_are_worth_is_told_where_the_truth_is_known() {
    let folder = Folder::with(PEOPLE);
    let said = folder.links(&["--truth", "personne", "--report", "report.json"]);
    assert!(said.out.contains("0.99 to 1"), "{}", said.out);
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let bands = report["calibration"].as_array().unwrap();
    assert_eq!((bands.len(), &bands[5]["until"]), (6, &1.0.into()));
    let (pairs, right) = (bands[5]["pairs"].as_u64().unwrap(), bands[5]["right"].as_f64().unwrap());
    assert!(pairs > 0 && right > 0.99, "{bands:?}");
    folder.links(&["--report", "report.json"]);
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert!(report.get("calibration").is_none());
}

#[test]
fn the_report_tells_what_was_guessed_and_learnt() {
    let folder = Folder::with(PEOPLE);
    folder.links(&["--report", "report.json"]);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["files"][0]["columns"][1]["kind"], "given_name");
    assert_eq!(report["files"][0]["encoding"], "UTF-8");
    assert!(report["blocking"]["keys"].is_array() && report["model"]["fields"].is_array());
    assert!(report["seconds"].is_number() && report["clusters"] == 6, "{report}");
    assert_eq!(report["learning"]["from"], "rows");
}

#[test]
fn a_file_that_teaches_nothing_is_told_as_such() {
    let folder = Folder::with("email\njeanne@kerjean.fr\njeanne@kerjean.fr\nanne@abgrall.fr\n");
    let told = folder.links(&["--report", "report.json"]).told;
    assert!(told.contains("This file does not show enough"), "{told}");
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["learning"]["from"], "expected");
    assert!(!Folder::with(PEOPLE).links(&[]).told.contains("does not show enough"));
}

#[test]
fn any_encoding_becomes_utf_8() {
    let text = "prénom;nom\r\nZoé;Lefèvre\r\nZoé;Lefèvre\r\nPaul;Le Goff\r\n";
    let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let latin: Vec<u8> = text.chars().map(|character| u32::from(character) as u8).collect();
    let mixed = [text.as_bytes(), b"Ren\xe9;Martin\r\n"].concat();
    let forms = [
        (text.as_bytes().to_vec(), "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), "byte order mark"),
        (latin, "windows-1252"),
        (units(&format!("\u{feff}{text}")), "UTF-16LE"),
        (mixed, "two encodings: 1 line was read as windows-1252: line 5"),
    ];
    for (bytes, words) in forms {
        let folder = Folder::with(bytes);
        let told = folder.links(&[]).told;
        assert!(told.contains(words), "{words}: {told}");
        let written = folder.read("out.csv");
        // A mark is kept: spreadsheets need it for the accents.
        let out = written.trim_start_matches('\u{feff}');
        assert_eq!(out.len() < written.len(), words != "UTF-8" && !words.contains("windows"), "{words}");
        assert!(
            out.starts_with("prénom;nom;cluster_id\r\nZoé;Lefèvre;1\r\nZoé;Lefèvre;1\r\nPaul;Le Goff;2\r\n"),
            "{out}"
        );
    }
}

#[test]
fn odd_files_are_linked_all_the_same() {
    let wide: String = (0..300).map(|n| format!("c{n},")).collect();
    let wide_row: String = (0..300).map(|n| format!("v{n},")).collect();
    let big = "é".repeat(600_000);
    let files = [
        "prenom,nom\nJeanne,Kerjean\n".to_owned(),
        "prenom,nom\n,\n,\n".to_owned(),
        format!("prenom,nom\n{}", "Jeanne,Kerjean\n".repeat(200)),
        "nom\nKerjean\nVasseur\n".to_owned(),
        format!("{wide}nom\n{wide_row}Kerjean\n{wide_row}Vasseur\n"),
        format!("prenom,note\nJeanne,{big}\nJeanne,{big}\n"),
        "nom,nom,nom\nKerjean,a,b\nVasseur,c,d\n".to_owned(),
        "nom,note\r\nKerjean,\"a\r\nb\"\r\nVasseur,\"c\n\"\"d\"\"\"\r\n".to_owned(),
        "nom,montant\nKerjean,1.5E+3\nVasseur,2e-4\n".to_owned(),
        "nom,prenom\n山田,太郎\nИванов,Пётр\nمحمد,علي\n".to_owned(),
        "nom,prenom\nA\0B,\u{301}e\nA\0B,👩‍👩‍👧\n".to_owned(),
    ];
    for text in files {
        let folder = Folder::with(&text);
        folder.links(&["--pairs", "pairs.csv", "--report", "report.json"]);
        let mut given = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let given: Vec<Vec<String>> =
            given.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let written = folder.cells();
        assert_eq!(given.len(), written.len());
        for (given, written) in given.iter().zip(written) {
            assert_eq!(given.as_slice(), &written[..written.len() - 1]);
        }
    }
}

#[test]
fn ten_thousand_rows_with_one_address_are_not_one_person() {
    let rows: String =
        (0..10_000).map(|n| format!("P{n},Nom{},contact@maison-kerjean.fr\n", n * 7)).collect();
    let folder = Folder::with(format!("prenom,nom,email\n{rows}"));
    let body = json(&folder.links(&["--format", "json"]));
    assert!(body["clusters"].as_u64().unwrap() > 5_000, "{body}");
    assert!(body["peak_bytes"].as_u64().is_none_or(|bytes| bytes < 1_000_000_000));
}
