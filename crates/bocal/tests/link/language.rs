//! The command speaks the language of the person.

use crate::folder::{Folder, PEOPLE, said};

/// What a run in French says, all of it, with ordinary spaces.
fn french(folder: &Folder, args: &[&str]) -> String {
    let said = said(&folder.command(args).env("LANG", "fr_FR.UTF-8").output().unwrap());
    format!("{}{}", said.told, said.out).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn everything_is_said_in_french_too() {
    let folder = Folder::with(format!("{}\nx,y\n\n", PEOPLE.replace(',', ";").replace("x;y", "x")));
    let told = french(&folder, &["in.csv", "--output", "out.csv"]);
    for words in [
        "in.csv : encodage UTF-8, séparateur point-virgule, 7 colonnes",
        "d’après son nom et ses valeurs, jour en premier",
        "in.csv : 1 ligne est écartée",
        "ligne 12 : elle a 1 cellule au lieu de 7",
        "9 lignes, 6 personnes",
        "à regarder (seuil 0,5 ; à regarder à partir de 0,1)",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    for (args, words) in [
        (
            &["nulle.csv", "--output", "out.csv"][..],
            "nulle.csv ne peut pas être lu : ce fichier ou ce dossier n’existe pas.",
        ),
        (&["in.csv", "--explain", "1", "77"], "Aucune ligne n’a « 77 » dans la colonne « id »"),
        (
            &["in.csv", "--output", "out.csv", "--columns", "prenon=a"],
            "« prenon » n’est pas une nature de colonne",
        ),
        (
            &["in.csv", "--output", "rien/out.csv"],
            "rien/out.csv : écriture impossible, ce fichier ou ce dossier n’existe pas.",
        ),
        (&["in.csv", "--truth", "personne"], "précision  rappel"),
        (&["in.csv", "--truth", "personne"], "probabilité  paires  annoncée  réelle"),
    ] {
        let told = french(&folder, args);
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn the_language_can_be_asked_for() {
    let folder = Folder::with(PEOPLE);
    assert!(folder.links(&["--lang", "fr"]).out.contains("9 lignes, 6 personnes"));
    let told = said(
        &folder
            .command(&["none.csv", "--output", "out.csv", "--lang", "en"])
            .env("LANG", "fr_FR")
            .output()
            .unwrap(),
    );
    assert!(told.told.contains("none.csv cannot be read: there is no such file or folder."), "{}", told.told);
}

#[test]
fn one_is_no_plural() {
    let folder = Folder::with("nom\nKerjean\n\n");
    let said = folder.links(&[]);
    assert!(
        said.told.contains("1 column\n") && said.told.contains("1 blank line is no row"),
        "{}",
        said.told
    );
    assert!(said.out.starts_with("1 row, 1 person\n0 pairs of rows"), "{}", said.out);
}

#[test]
fn a_column_is_not_two_things() {
    let folder = Folder::with(PEOPLE);
    for columns in ["prenom=prenom,nom=prenom", "email=email,ignore=EMAIL"] {
        folder.refuses(&["in.csv", "--output", "out.csv", "--columns", columns], &["is given twice, as "]);
    }
}

#[test]
fn a_line_that_no_encoding_fits_is_told_as_such_alone() {
    let folder = Folder::with(
        [PEOPLE.as_bytes(), b"10,Zo\xc3\xa9,Petit,,,Lyon,\n11,Paul\x81\xc3\xa9\xff,Petit,,,Lyon,\n"].concat(),
    );
    let said = folder.links(&[]);
    assert!(!said.told.contains("0 lines") && said.told.contains("line 12: it has bytes"), "{}", said.told);
}

#[test]
fn a_command_line_that_cannot_be_read_is_told_in_the_language_of_the_terminal() {
    let folder = Folder::with(PEOPLE);
    let told = |language: &str, args: &[&str]| {
        let said = said(&folder.command(args).env("LC_ALL", language).output().unwrap());
        assert_eq!(said.code, Some(2), "{}", said.told);
        said.told.replace(['\u{a0}', '\u{202f}'], " ")
    };
    for (args, french) in [
        (&["in.csv", "--truth", "id", "--threshold", "50"][..], "comprise entre 0 et 1"),
        (&["in.csv"], "Il manque : --output"),
        (&["in.csv", "--truht", "id"], "Vouliez-vous dire --truth ?"),
        (&["in.csv", "--truth", "id", "--explain", "1"], "attend 2 valeurs et en a reçu 1"),
        (&["in.csv", "--truth", "id", "--format", "yaml"], "Au choix : table, json"),
        (&["in.csv", "--truth", "id", "--encoding", "ebcdic"], "Sont connus UTF-8"),
        (&["in.csv", "--truth"], "attend une valeur"),
    ] {
        let words = told("fr_FR.UTF-8", args);
        assert!(words.contains(french) && !words.contains("error:"), "{words}");
        assert!(told("en_GB.UTF-8", args).starts_with("error:"));
    }
}
