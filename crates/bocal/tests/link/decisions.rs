//! What people decided, and pairs that they are asked about.

use crate::folder::{Folder, PEOPLE};

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
    folder.refuses(
        &both,
        &["contradict", "never.csv line 2 parts “1” and “2”", "always.csv joins by 1,2 (line 1)"],
    );
    folder.write("always.csv", "1;2\n1;77\n");
    folder.refuses(&["in.csv", "--output", "out.csv", "--always", "always.csv"], &["line 2", "“77”"]);
}

#[test]
fn lists_that_contradict_each_other_by_way_of_others_are_refused() {
    let folder = Folder::with(PEOPLE);
    folder.write("always.csv", "1,4\n4,6\n3,5\n");
    folder.write("never.csv", "1,3\n1,6\n");
    let both = ["in.csv", "--output", "out.csv", "--never", "never.csv", "--always", "always.csv"];
    folder.refuses(&both, &["never.csv line 2 parts “1” and “6”", "joins by 1,4 ; 4,6 (line 1, 2)"]);
}

#[test]
fn a_first_line_is_taken_for_names_only_if_it_looks_like_them() {
    let folder = Folder::with(PEOPLE);
    let never = ["in.csv", "--output", "out.csv", "--never", "never.csv"];
    for (line, row) in [("7777,9999", "“7777”"), ("line:5000,line:6000", "line:5000"), ("C-1,C-7", "“C-1”")]
    {
        folder.write("never.csv", format!("{line}\n1,2\n"));
        folder.refuses(&never, &["never.csv line 1", row]);
    }
    folder.write("never.csv", "one,other\n1,2\n");
    let said = folder.run(&never);
    assert!(said.told.contains("never.csv: the first line is taken for names of columns"), "{}", said.told);
    assert_ne!(folder.clusters()[0], folder.clusters()[1]);
}

#[test]
fn pairs_of_two_files_given_back_mean_the_same_rows() {
    let head = "id,prenom,nom,naissance,email\n";
    let a = "1,Jeanne,Kerjean,1971-06-24,jk@maison-kerjean.fr\n2,Jeanne,Kerjean,1971-06-24,jk@maison-kerjean.fr\n3,Paul,Vasseur,1980-01-02,pv@vasseur.fr\n";
    let b = "1,Louise,Petit,1965-03-15,louise@petit.fr\n2,Soizic,Abgrall,1955-08-09,soizic@abgrall.fr\n3,Jeanne,Kerjean,1971-06-24,jk@maison-kerjean.fr\n";
    let folder = Folder::with(format!("{head}{a}"));
    folder.write("other.csv", format!("{head}{b}"));
    folder.links(&["--against", "other.csv", "--pairs", "pairs.csv", "--one-to-one=false"]);
    let before = folder.clusters();
    let pairs = folder.read("pairs.csv");
    assert!(pairs.starts_with("id_a,id_b,probability,decision,source_a,source_b,"), "{pairs}");
    assert!(
        pairs.lines().any(|line| line.starts_with("1,2,") && line.contains(",same,in.csv,in.csv,")),
        "{pairs}"
    );
    folder.links(&["--against", "other.csv", "--always", "pairs.csv", "--one-to-one=false"]);
    assert_eq!(folder.clusters(), before);
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    // Without the files, nobody can know which rows are meant.
    folder.write("two.csv", "1,2\n");
    let always = ["in.csv", "--against", "other.csv", "--output", "out.csv", "--always", "two.csv"];
    folder.refuses(&always, &["two.csv line 1", "in.csv:line:2, other.csv:line:2"]);
    folder.write("two.csv", "in.csv:3,other.csv:line:3\n");
    assert_eq!(folder.run(&always).code, Some(0));
    assert_eq!(folder.clusters()[2], folder.clusters()[4]);
    folder.write("two.csv", "id_a,id_b,source_a,source_b\n1,2,in.csv,elsewhere.csv\n");
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    folder.refuses(&always, &["two.csv line 2", "“elsewhere.csv”", "in.csv, other.csv"]);
}

#[test]
fn a_pair_that_was_decided_is_not_asked_about_again() {
    let folder = Folder::with(PEOPLE);
    folder.write("never.csv", "1,2\n");
    let said = folder.links(&["--never", "never.csv", "--pairs", "pairs.csv"]);
    let pairs = folder.read("pairs.csv");
    assert!(pairs.lines().any(|line| line.starts_with("1,2,") && line.contains(",different,")), "{pairs}");
    assert!(said.out.contains("0 pairs to be looked at"), "{}", said.out);
    let without = folder.links(&["--never", "never.csv"]);
    assert!(without.out.contains("0 pairs to be looked at"), "{}", without.out);
}

#[test]
fn ids_and_numbers_may_begin_with_a_dash() {
    let folder = Folder::with(PEOPLE.replace("\n1,", "\n-1,"));
    assert_eq!(folder.run(&["in.csv", "--explain", "-1", "2"]).code, Some(0));
    folder.refuses(&["in.csv", "--output", "out.csv", "--threshold", "-0.2"], &["between 0 and 1"]);
}
