//! `bocal link` on files of every kind.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// People with their duplicates: four rows for each of some, one for the others.
const PEOPLE: &str = "\
id,prenom,nom,naissance,email,ville,personne
1,Jeanne,Kerjean,1971-06-24,jeanne.kerjean@maison-kerjean.fr,Brest,a
2,Jeane,Kerjean,1971-06-24,jeanne.kerjean@maison-kerjean.fr,Brest,a
3,Paul,Vasseur,1980-01-02,paul@vasseur.fr,Lille,b
4,Awa,Diop,1990-12-31,awa.diop@maison-kerjean.fr,Nantes,c
5,Paul,Vasseur,1980-01-02,,Lille,b
6,Louise,Petit,1965-03-15,louise@petit.fr,Lyon,d
7,Hugo,Lambert,1999-07-07,hugo.l@maison-kerjean.fr,Tours,e
8,AWA,DIOP,31/12/1990,Awa.Diop@maison-kerjean.fr,NANTES,c
9,Ines,Moreau,1988-02-29,ines@moreau.fr,Metz,
";

struct Folder(TempDir);

/// What a run said.
struct Said {
    code: Option<i32>,
    out: String,
    told: String,
}

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(bytes: impl AsRef<[u8]>) -> Self {
        let folder = Self::new();
        folder.write("in.csv", bytes);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bocal"));
        command.arg("link").args(args).current_dir(self.0.path()).env("BOCAL_LOG", "off");
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8").stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        said(&self.command(args).output().unwrap())
    }

    /// Links `in.csv` to `out.csv`.
    #[track_caller]
    fn links(&self, args: &[&str]) -> Said {
        let said = self.run(&[&["in.csv", "--output", "out.csv"], args].concat());
        assert_eq!(said.code, Some(0), "{}", said.told);
        said
    }

    /// Cluster of each row of `out.csv`.
    fn clusters(&self) -> Vec<String> {
        self.cells().into_iter().map(|row| row.last().cloned().unwrap_or_default()).collect()
    }

    fn cells(&self) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().from_path(self.path("out.csv")).unwrap();
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    /// Fails with exit code 2, with these words, and leaves nothing behind.
    #[track_caller]
    fn refuses(&self, args: &[&str], words: &[&str]) {
        let said = self.run(args);
        assert_eq!(said.code, Some(2), "{args:?}: {}", said.told);
        for word in words {
            assert!(said.told.contains(word), "{word}: {}", said.told);
        }
        assert!(!self.path("out.csv").exists() && !self.path("out.csv.unfinished").exists());
    }
}

fn said(output: &std::process::Output) -> Said {
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        told: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn json(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap()
}

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
fn a_pair_is_explained_in_both_languages() {
    let folder = Folder::with(PEOPLE);
    let english = folder.run(&["in.csv", "--explain", "1", "2"]).out;
    for words in [
        "“1” and “2” are taken for the same person",
        "Given name",
        "Date of birth: the same",
        "What speaks for one person:",
    ] {
        assert!(english.contains(words), "{words}: {english}");
    }
    let french = folder.run(&["in.csv", "--explain", "line:2", "line:4", "--lang", "fr"]).out;
    for words in
        ["ne sont pas tenues pour la même personne", "Prénom", "Ce qui parle contre", "moins de 0,01"]
    {
        assert!(french.contains(words), "{words}: {french}");
    }
    let by_environment = said(
        &folder.command(&["in.csv", "--explain", "1", "2"]).env("LANG", "fr_FR.UTF-8").output().unwrap(),
    );
    assert!(by_environment.out.contains("tenues pour la même personne"), "{}", by_environment.out);
    let body = json(&folder.run(&["in.csv", "--explain", "1", "2", "--format", "json"]));
    assert_eq!((&body["decision"], &body["same_cluster"]), (&"same".into(), &true.into()));
}

#[test]
fn lists_of_pairs_prevail() {
    let folder = Folder::with(PEOPLE);
    folder.write("never.csv", "one,other\n1,2\n");
    folder.write("always.csv", "6;line:8\n");
    folder.links(&["--never", "never.csv", "--always", "always.csv"]);
    let clusters = folder.clusters();
    assert_ne!(clusters[0], clusters[1]);
    assert_eq!(clusters[5], clusters[6]);
    folder.write("always.csv", "1;2\n");
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    let both = ["in.csv", "--output", "out.csv", "--never", "never.csv", "--always", "always.csv"];
    folder.refuses(&both, &["both lists"]);
    folder.write("always.csv", "1;2\n1;77\n");
    folder.refuses(&["in.csv", "--output", "out.csv", "--always", "always.csv"], &["line 2", "“77”"]);
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
    folder.refuses(&["in.csv", "--output", "./in.csv"], &["in.csv is read", "name another file"]);
    folder.refuses(&["in.csv", "--output", "out.csv", "--threshold", "1.5"], &["between 0 and 1"]);
    folder
        .refuses(&["in.csv", "--output", "out.csv", "--threshold", "0.3", "--review", "0.4"], &["--review"]);
    folder.refuses(&["in.csv", "--output", "out.csv", "--pairs", "out.csv"], &["two files"]);
    folder.refuses(&["in.csv", "--explain", "1", "77"], &["“77”", "“id”"]);
    folder.refuses(&["in.csv"], &["--output"]);
}

#[test]
fn a_full_disk_is_told() {
    if Path::new("/dev/full").exists() {
        Folder::with(PEOPLE).refuses(&["in.csv", "--output", "/dev/full"], &["/dev/full", "no space"]);
    }
}

#[test]
fn a_failed_run_leaves_the_former_output() {
    let folder = Folder::with(PEOPLE);
    folder.links(&[]);
    let before = folder.read("out.csv");
    let said = folder.run(&["in.csv", "--output", "out.csv", "--explain", "1", "77"]);
    assert_eq!((said.code, folder.read("out.csv")), (Some(2), before));
    assert!(!folder.path("out.csv.unfinished").exists());
}

#[test]
fn models_are_saved_used_and_refused() {
    let folder = Folder::with(PEOPLE);
    folder.links(&["--save-model", "model.json"]);
    let model = folder.read("model.json");
    assert!(!model.contains("Kerjean") && !model.to_lowercase().contains("kerjean"));
    folder.links(&["--model", "model.json"]);
    assert_eq!(folder.clusters()[..2], ["1", "1"]);
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    let with = ["in.csv", "--output", "out.csv", "--model", "other.json"];
    folder.refuses(&with, &["other.json", "no such file"]);
    folder.write("other.json", &model[..model.len() / 2]);
    folder.refuses(&with, &["cut off"]);
    folder.write("other.json", "{}");
    folder.refuses(&with, &["not a model"]);
    folder.write("other.json", model.replace("\"version\": 1", "\"version\": 99"));
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
fn the_report_tells_what_was_guessed_and_learnt() {
    let folder = Folder::with(PEOPLE);
    folder.links(&["--report", "report.json"]);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["files"][0]["columns"][1]["kind"], "given_name");
    assert_eq!(report["files"][0]["encoding"], "UTF-8");
    assert!(report["blocking"]["keys"].is_array() && report["model"]["fields"].is_array());
    assert!(report["seconds"].is_number() && report["clusters"] == 6, "{report}");
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
        (mixed, "two encodings: 1 lines were read as windows-1252: line 5"),
    ];
    for (bytes, words) in forms {
        let folder = Folder::with(bytes);
        let told = folder.links(&[]).told;
        assert!(told.contains(words), "{words}: {told}");
        let out = folder.read("out.csv");
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
