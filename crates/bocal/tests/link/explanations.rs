//! Why two rows are one person or not.

use std::path::Path;

use serde_json::Value;

use crate::folder::{Folder, PEOPLE, json, said};

#[test]
fn a_pair_is_explained_in_both_languages() {
    let folder = Folder::with(PEOPLE);
    let english = folder.run(&["in.csv", "--explain", "1", "2"]).out;
    for words in [
        "Rows “1” and “2” are taken for the same person",
        "Given name",
        "Date of birth: the same",
        "What speaks for one person:",
    ] {
        assert!(english.contains(words), "{words}: {english}");
    }
    let french = folder.run(&["in.csv", "--explain", "line:2", "line:4", "--lang", "fr"]).out;
    for words in
        ["ne sont pas tenues pour la même personne", "Prénom", "Ce qui plaide contre", "moins de 0,01"]
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

/// Explains two rows of people in English, with more arguments.
fn explained(folder: &Folder, args: &[&str]) -> (String, Value) {
    let words = folder.run(&[&["in.csv", "--explain"], args].concat());
    assert_eq!(words.code, Some(0), "{}", words.told);
    let json = json(&folder.run(&[&["in.csv", "--format", "json", "--explain"], args].concat()));
    (plain(&words.out), json)
}

/// With ordinary spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn what_a_list_decided_is_said_first() {
    let folder = Folder::with(PEOPLE);
    folder.write("always.csv", "6,7\n");
    let (words, body) = explained(&folder, &["6", "7", "--always", "always.csv"]);
    assert!(words.starts_with("Rows “6” and “7” are joined because you said so (--always list)."), "{words}");
    assert!(!words.contains("not taken for the same person"), "{words}");
    assert_eq!((&body["decision"], &body["decided_by"]), (&"same".into(), &"always".into()));
    folder.write("never.csv", "1,2\n");
    let (words, body) = explained(&folder, &["1", "2", "--never", "never.csv"]);
    assert!(words.starts_with("Rows “1” and “2” stay apart because you said so (--never list)."), "{words}");
    assert!(!words.contains("Somebody should look"), "{words}");
    assert_eq!((&body["decision"], &body["decided_by"]), (&"different".into(), &"never".into()));
}

#[test]
fn rows_joined_by_others_are_told_by_which() {
    let folder = Folder::with(PEOPLE);
    folder.write("always.csv", "2,6\n");
    let (words, body) = explained(&folder, &["1", "6", "--always", "always.csv"]);
    let first = "Rows “1” and “6” are taken for the same person because another row links them: “2”.";
    assert!(words.starts_with(first) && words.contains("by itself is less than"), "{words}");
    assert_eq!((&body["decision"], &body["decided_by"]), (&"same".into(), &"other_rows".into()));
}

#[test]
fn a_likely_pair_below_the_threshold_is_not_called_two_people() {
    let folder = Folder::with(PEOPLE);
    let (words, body) = explained(&folder, &["3", "5", "--threshold", "0.9999999999"]);
    assert!(body["probability"].as_f64().unwrap() > 0.5, "{body}");
    assert!(words.contains("below the threshold of 99.99999999%"), "{words}");
    assert!(words.contains("If they were two people") && !words.contains("more likely two"), "{words}");
}

#[test]
fn that_nothing_speaks_against_a_pair_is_not_enough_is_said() {
    let rows: String = (0..60).map(|at| format!("Zoé{at},Nom{at},Brest\n")).collect();
    let folder = Folder::with(format!("prenom,nom,ville\n,Kerjean,Brest\nAwa,Kerjean,Brest\n{rows}"));
    let (words, body) = explained(&folder, &["line:2", "line:3", "--threshold", "0.99999"]);
    assert_eq!(body["decision"], "review", "{body}");
    assert!(words.contains("Nothing speaks against it."), "{words}");
    assert!(words.contains("not enough to make one person of two rows among 62."), "{words}");
}

#[test]
fn a_better_counterpart_is_said_with_what_the_pair_would_be_without() {
    let folder = Folder::with(
        "id,prenom,nom,naissance,email,ville\na1,Jeanne,Kerjean,1971-06-24,jk@maison-kerjean.fr,Brest\na2,Paul,Vasseur,1980-01-02,pv@vasseur.fr,Lille\na3,Awa,Diop,1990-12-31,awa@diop.fr,Nantes\n",
    );
    folder.write("other.csv", "id,prenom,nom,naissance,email,ville\nb1,Jeanne,Kerjean,1971-06-24,jk@maison-kerjean.fr,Brest\nb2,Jeanne,Kerjean,1971-06-25,,Brest\nb3,Louise,Petit,1965-03-15,louise@petit.fr,Lyon\n");
    let args = ["a1", "b2", "--against", "other.csv", "--one-to-one", "--review", "0.05"];
    let (words, body) = explained(&folder, &args);
    assert!(words.starts_with("Whether rows “a1” (in.csv) and “b2” (other.csv) are the same"), "{words}");
    assert!(words.contains("equally good or better counterpart"), "{words}");
    assert!(body["rivals_bits"].as_f64().unwrap() < -2.0, "{body}");
    assert!(body["probability"].as_f64().unwrap() < 0.3 && !words.contains("more likely two"), "{body}");
}

#[test]
fn values_are_shown_as_they_stand_in_the_file() {
    let folder = Folder::with(
        PEOPLE
            .replace("1,Jeanne,Kerjean,1971-06-24", "1,Jeanne,d'Amboise,24/06/1971")
            .replace("2,Jeane,Kerjean", "2,Jeane,D’AMBOISE"),
    );
    let (words, body) = explained(&folder, &["1", "2"]);
    for shown in [
        "Family name: the same (d'Amboise / D’AMBOISE",
        "jeanne.kerjean@maison-kerjean.fr; in 2 of 9 rows",
        "24 Jun 1971",
    ] {
        assert!(words.contains(shown), "{shown}: {words}");
    }
    let finding = |field: &str| {
        let all = body["findings"].as_array().unwrap();
        all.iter().find(|finding| finding["field"] == field).unwrap().clone()
    };
    assert_eq!(
        (&finding("family_name")["left"], &finding("birth_date")["left"]),
        (&"d'Amboise".into(), &"24/06/1971".into())
    );
    assert_eq!(
        (&finding("birth_date")["left_read"], &finding("birth_date")["rows_like"]),
        (&"1971-06-24".into(), &2.into())
    );
    let french = plain(&folder.run(&["in.csv", "--explain", "1", "2", "--lang", "fr"]).out);
    assert!(french.contains("24 juin 1971") && french.contains("dans 2 lignes sur 9"), "{french}");
}

#[test]
fn values_that_prove_nothing_are_shown_all_the_same() {
    let rows: String = (0..40).map(|n| format!("P{n},Nom{n},p{n}.nom{n}@maison-kerjean.fr\n")).collect();
    let folder = Folder::with(format!(
        "prenom,nom,email\n{rows}Jean,Durand,jdurand@gmail.com\nPaul,Durand,pdurand@gmail.com\n"
    ));
    let (words, _) = explained(&folder, &["line:42", "line:43"]);
    assert!(words.contains("(jdurand@gmail.com / pdurand@gmail.com"), "{words}");
}

#[test]
fn a_pair_has_one_probability_in_the_list_and_in_its_explanation() {
    let folder = Folder::with(format!("{PEOPLE}8,AWA,DIOP,31/12/1990,Awa.Diop@maison-kerjean.fr,NANTES,c\n"));
    folder.links(&["--columns", "ignore=id", "--pairs", "pairs.csv", "--review", "0.01"]);
    let mut reader = csv::Reader::from_path(folder.path("pairs.csv")).unwrap();
    let pairs: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    assert!(pairs.len() > 2, "{pairs:?}");
    for pair in pairs {
        let (words, body) = explained(&folder, &[&pair[0], &pair[1], "--columns", "ignore=id"]);
        let difference = body["probability"].as_f64().unwrap() - pair[2].parse::<f64>().unwrap();
        assert!(difference.abs() < 1e-6, "{pair:?} {words}");
    }
    let (words, body) = explained(&folder, &["line:9", "line:11", "--columns", "ignore=id"]);
    assert_eq!((&body["copies"], &body["probability"]), (&true.into(), &1.0.into()), "{words}");
    assert!(words.contains("one is a copy of the other"), "{words}");
}

#[test]
fn every_degree_of_agreement_has_words_in_both_languages() {
    let rows: String = (0..60)
        .map(|n| {
            let (day, other, amount) = (n % 27 + 1, n % 13 + 1, n * 137 % 9_000);
            format!("{n},P{n},Nom{n},{},19{:02}-03-{day:02},p{n}@maison-kerjean.fr,0612{:06},{n} rue des Lilas,29{:03},Ville{n},K{},{},{amount},{},2024-05-{other:02},un texte libre numéro {n} et long\n",
                if n % 2 == 0 { "M." } else { "Mme" }, n % 90 + 10, n * 7_919, n * 13, n / 2, n % 3, 1_950 + n % 50)
        })
        .collect();
    let folder = Folder::with(format!(
        "id,prenom,nom,civilite,naissance,email,telephone,adresse,cp,ville,num_client,groupe,montant,annee,derniere_visite,note\n{rows}"
    ));
    folder.links(&[
        "--save-model",
        "model.json",
        "--columns",
        "identifier=num_client,number=montant,number=annee,day=derniere_visite,category=groupe,text=note",
    ]);
    let model: Value = serde_json::from_str(&folder.read("model.json")).unwrap();
    let fields = model["fields"].as_array().unwrap();
    assert!(fields.len() >= 10, "{fields:?}");
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    for language in ["fr", "en"] {
        let texts = std::fs::read_to_string(texts.join(language).join("link.ftl")).unwrap();
        for level in fields.iter().flat_map(|field| field["levels"].as_array().unwrap()) {
            let name = level["level"].as_str().unwrap();
            let is_percent = name.starts_with("within_") && name.ends_with("_percent");
            assert!(
                is_percent || texts.contains(&format!("\nlink-level-{name} = ")),
                "{name} has no words in {language}"
            );
        }
    }
}

#[test]
fn of_a_whole_name_the_words_that_were_compared_are_shown() {
    let folder = Folder::with(
        "id,donateur,adresse,code_postal,ville\n1,M. et Mme Pascal et Pauline Douviseau,23 allée des Acacias,10500,Lille\n2,M. Mme Douvisesu Pascal,23 allée des Acacias,10500,Lille\n3,Jean Petit,3 rue du Port,29200,Brest\n",
    );
    let (words, body) = explained(&folder, &["1", "2"]);
    assert!(words.contains("(Douviseau / Douvisesu)"), "{words}");
    assert!(words.contains("(Pascal Pauline / Pascal)"), "{words}");
    assert_eq!(body["decision"], "same", "{body}");
}
