//! Delimited text.

use super::*;

fn csv_kind(table: &Table) -> (Delimiter, &'static str, bool) {
    match &table.format.kind {
        Kind::Csv { delimiter, encoding, bom } => (*delimiter, encoding.name(), *bom),
        Kind::Xlsx { .. } => panic!("not a CSV file"),
    }
}

fn read_with(bytes: &[u8], options: &Options) -> Table {
    read(bytes, "", options, &Limits::default()).unwrap()
}

#[test]
fn every_usual_delimiter_is_found() {
    for (delimiter, character) in
        [(Delimiter::Semicolon, ';'), (Delimiter::Comma, ','), (Delimiter::Tab, '\t'), (Delimiter::Pipe, '|')]
    {
        let text = "Nom;Ville;Note\nZoé;Lyon;8\nAmi;Paris;9\n".replace(';', &character.to_string());
        let table = load_text(&text);
        assert_eq!(csv_kind(&table).0, delimiter);
        assert_eq!(table.header, ["Nom", "Ville", "Note"]);
        assert_eq!(
            rows(&table),
            [
                (2, vec!["Zoé".into(), "Lyon".into(), "8".into()]),
                (3, vec!["Ami".into(), "Paris".into(), "9".into()])
            ]
        );
    }
}

#[test]
fn decimal_commas_and_commas_in_texts_do_not_hide_semicolons() {
    let table = load_text("Nom, prénom;Prix\nDupont, Jean;1,5\nMartin, Zoé;2,25\n");
    assert_eq!(csv_kind(&table).0, Delimiter::Semicolon);
    assert_eq!(cells(&table)[1], ["Martin, Zoé", "2,25"]);
}

#[test]
fn a_single_column_of_free_text_keeps_its_commas() {
    let table = load_text("Commentaire\nBien, merci\nTrop long, trop cher, trop loin\nRien\nOui, vraiment\n");
    assert_eq!(table.header, ["Commentaire"]);
    assert_eq!(cells(&table)[1], ["Trop long, trop cher, trop loin"]);
    assert!(table.bad_rows.is_empty());
}

#[test]
fn a_separator_line_is_obeyed_and_counted() {
    let table = load_text("sep=;\r\nNom;Ville\r\nA,B;Lyon\r\n");
    assert_eq!(csv_kind(&table).0, Delimiter::Semicolon);
    assert_eq!(rows(&table), [(3, vec!["A,B".into(), "Lyon".into()])]);
    assert_eq!(cells(&load_text("sep=\t\nNom\tVille\nA;B\tLyon"))[0], ["A;B", "Lyon"]);
}

#[test]
fn every_usual_encoding_is_found() {
    let text = "Prénom;Société;Remarque\nChloé;Crème & Œuvre;Très bien, coûte 5 €\n";
    let mut with_mark = vec![0xef, 0xbb, 0xbf];
    with_mark.extend_from_slice(text.as_bytes());
    let utf16 = |order: fn(u16) -> [u8; 2], mark: bool| {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(order).collect::<Vec<u8>>()
    };
    let one_byte = |encoding: &'static encoding_rs::Encoding| encoding.encode(text).0.into_owned();
    let cases: [(&str, bool, Vec<u8>); 9] = [
        ("UTF-8", false, text.as_bytes().to_vec()),
        ("UTF-8", true, with_mark),
        ("UTF-16LE", true, utf16(u16::to_le_bytes, true)),
        ("UTF-16BE", true, utf16(u16::to_be_bytes, true)),
        ("UTF-16LE", false, utf16(u16::to_le_bytes, false)),
        ("UTF-16BE", false, utf16(u16::to_be_bytes, false)),
        ("windows-1252", false, one_byte(encoding_rs::WINDOWS_1252)),
        ("ISO-8859-15", false, one_byte(encoding_rs::ISO_8859_15)),
        ("macintosh", false, macintosh(text)),
    ];
    for (name, mark, bytes) in cases {
        let table = load(&bytes).unwrap();
        assert_eq!(csv_kind(&table), (Delimiter::Semicolon, name, mark));
        assert_eq!(table.header, ["Prénom", "Société", "Remarque"], "{name}");
        assert_eq!(cells(&table)[0], ["Chloé", "Crème & Œuvre", "Très bien, coûte 5 €"], "{name}");
        assert_eq!(table.notices, [], "{name}");
    }
}

/// The encoder of the standard library of encodings writes Mac Roman as well.
fn macintosh(text: &str) -> Vec<u8> {
    encoding_rs::MACINTOSH.encode(text).0.into_owned()
}

#[test]
fn capitals_of_an_old_macintosh_are_no_small_letters_of_windows() {
    let text = "NOM;VILLE\nGÉRÔME;BESANÇON\nÎLE;Nîmes\nLefèvre;CHÂTEAU\nZoé;FORÊT\n";
    let table = load(&macintosh(text)).unwrap();
    assert_eq!(csv_kind(&table).1, "macintosh");
    assert_eq!(cells(&table)[0], ["GÉRÔME", "BESANÇON"]);
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    assert_eq!(csv_kind(&load(&windows).unwrap()).1, "windows-1252");
}

#[test]
fn encodings_go_by_the_names_that_people_use() {
    for (name, encoding) in [
        ("utf16", "UTF-16LE"),
        ("UTF 8", "UTF-8"),
        ("Windows 1252", "windows-1252"),
        ("iso_8859_15", "ISO-8859-15"),
    ] {
        assert_eq!(name.parse::<Encoding>().unwrap().name(), encoding);
    }
    assert!("utf-99".parse::<Encoding>().is_err());
}

#[test]
fn two_encodings_in_one_file_are_each_read_and_reported() {
    let mut bytes = "nom;ville\nZoé;Orléans\nChloé;Sète\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"Andr\xe9;Nice\n");
    let table = load(&bytes).unwrap();
    assert_eq!(cells(&table)[2], ["André", "Nice"]);
    let lines = Lines { count: 1, first: vec![4] };
    let expected = Notice::MixedEncodings { used: "UTF-8".into(), other: "windows-1252".into(), lines };
    assert_eq!(table.notices, [expected]);
}

#[test]
fn bytes_that_mean_nothing_in_the_encoding_told_are_reported() {
    let options = Options { encoding: Some(Encoding::UTF_8), ..Options::default() };
    let table = read_with(b"nom;ville\nAndr\xe9;Nice\n", &options);
    assert_eq!(cells(&table)[0], ["Andr\u{fffd}", "Nice"]);
    assert_eq!(table.notices, [Notice::UndecodableBytes { lines: Lines { count: 1, first: vec![2] } }]);
}

#[test]
fn what_a_person_tells_replaces_the_guess() {
    let options = Options {
        delimiter: Some(Delimiter::Comma),
        encoding: "latin1".parse().ok(),
        has_header: Some(false),
        unnamed: "Column".into(),
        ..Options::default()
    };
    let table = read_with("nom;a,ville\nx;y,z\n".as_bytes(), &options);
    assert_eq!(table.header, ["Column 1", "Column 2"]);
    assert_eq!(cells(&table)[0], ["nom;a", "ville"]);
    assert_eq!(csv_kind(&table).1, "windows-1252");
}

#[test]
fn quoted_cells_may_hold_delimiters_quotes_and_lines_and_rows_keep_their_line() {
    let table = load_text("a,b\r\n\"x, \"\"y\"\"\",\"line 1\r\nline 2\"\r\n\r\nlast,row\r\n");
    assert_eq!(
        rows(&table),
        [(2, vec!["x, \"y\"".into(), "line 1\r\nline 2".into()]), (5, vec!["last".into(), "row".into()])]
    );
    assert_eq!(table.canonical, b"2,\"x, \"\"y\"\"\",\"line 1\r\nline 2\"\n5,last,row\n");
}

#[test]
fn short_rows_are_padded_and_long_rows_are_bad_each_with_its_line() {
    let table = load_text("a;b;c\n1;2\n1;2;3;;\n1;2;3;4\n1;2;3\n");
    assert_eq!(cells(&table), [vec!["1", "2", ""], vec!["1", "2", "3"], vec!["1", "2", "3"]]);
    assert_eq!(table.notices, [Notice::ShortRows { lines: Lines { count: 1, first: vec![2] } }]);
    let bad = BadRow {
        line: 4,
        reason: Reason::TooManyCells { expected: 3, found: 4 },
        excerpt: "1 | 2 | 3 | 4".into(),
    };
    assert_eq!(table.bad_rows, [bad]);
}

#[test]
fn a_nul_character_makes_a_bad_row() {
    let table = load_text("nom;ville;pays\nA;Ly\0on;FR\nB;Nice;FR\n");
    assert_eq!(table.rows, 1);
    assert_eq!((table.bad_rows[0].line, table.bad_rows[0].reason), (2, Reason::NulCharacter));
    assert_eq!(table.bad_rows[0].excerpt, "A | Ly␀on | FR");
}

#[test]
fn a_quote_never_closed_costs_one_row_and_not_the_rest() {
    let table = load_text("nom;ville\nA;\"Lyon\nB;Nice\nC;Metz\n");
    assert_eq!(cells(&table), [["B", "Nice"], ["C", "Metz"]]);
    assert_eq!((table.bad_rows[0].line, table.bad_rows[0].reason), (2, Reason::BrokenQuote));
    // Here the mark is closed by the next one, thirty lines below.
    let middle = "x;y\n".repeat(30);
    let table = load_text(&format!("nom;ville\nA;\"Lyon\n{middle}B;\"Nice\"\n"));
    assert_eq!((table.rows, table.bad_rows.len()), (31, 1));
    let table = load_text("nom;ville\r\nA;\"Lyon\r\nB;\"Nice\"\r\nC;Metz\r\n");
    assert_eq!(rows(&table).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn marks_inside_a_cell_are_just_characters() {
    let table = load_text("nom;taille\nVis;5\" pouces\nClou;3\"\n");
    assert_eq!(cells(&table), [["Vis", "5\" pouces"], ["Clou", "3\""]]);
    assert!(table.bad_rows.is_empty());
}

#[test]
fn a_first_row_of_data_is_not_taken_for_names() {
    let table = load_text("Jean;jean@exemple.fr;12\nZoé;zoe@exemple.fr;9\n");
    assert!(!table.has_header);
    assert_eq!(table.header, ["Colonne 1", "Colonne 2", "Colonne 3"]);
    assert_eq!(rows(&table)[0].0, 1);
    assert!(load_text("Prénom;Courriel;2025\nZoé;zoe@exemple.fr;9\n").has_header);
}

#[test]
fn a_first_row_with_a_gap_is_not_taken_for_names() {
    let table = load(b"Elodie,,Dameray\nJeanne,1971,Kerjean\nPaul,1980,Vasseur\n").unwrap();
    assert_eq!(cells(&table).len(), 3);
    // Names that are known may leave one out, and the first column is often nameless.
    for text in ["Prenom,,Nom\nJeanne,1971,Kerjean\n", ",Alpha,Beta\n1,Jeanne,Kerjean\n"] {
        assert_eq!(cells(&load(text.as_bytes()).unwrap()).len(), 1, "{text}");
    }
}

#[test]
fn a_header_above_dates_or_addresses_is_one_even_if_its_words_are_met_in_the_rows() {
    for text in [
        "Nombre;Ciudad;Nacido\nAna;Ciudad;20/11/1975\nLuis;Madrid;01/02/1980\n",
        "Vorname;Ort;Kontakt\nAnna;Ort;anna@beispiel.de\nJan;Jena;\nUwe;Ulm;uwe@beispiel.de\n",
        "wer;wo;wann\nwer;Bonn;2020-01-02\nJan;wo;2020-01-03\n",
        "qui;combien\nqui;12\nZoé;9,5\n",
        ";qui;quoi\n0;Zoé;thé\n1;Luc;lait\n",
    ] {
        assert!(load_text(text).has_header, "{text}");
    }
}

#[test]
fn a_first_customer_with_an_empty_cell_is_not_taken_for_names() {
    for text in [
        "Elodie,,Dameray\nVictor,MASSON,MARSEILLE\nManon,Clement,Clermont\n",
        "Elodie,inconnu,Dameray\nVictor,victor@exemple.fr,MASSON\nElodie,manon@exemple.fr,Clement\n",
        "Elodie,,Dameray\nVictor,victor@exemple.fr,MASSON\nManon,manon@exemple.fr,Clement\n",
    ] {
        let table = load_text(text);
        assert!(!table.has_header, "{text}");
        assert_eq!(table.rows, 3);
    }
}

#[test]
fn names_are_trimmed_numbered_and_made_unique() {
    let table = load_text(" Nom ;E-mail;e-mail;;Nom\na;b;c;d;e\n");
    assert_eq!(table.header, ["Nom", "E-mail", "e-mail (2)", "Colonne 4", "Nom (2)"]);
    assert_eq!(
        table.notices,
        [
            Notice::UnnamedColumns { names: vec!["Colonne 4".into()] },
            Notice::DuplicateColumns { names: vec!["e-mail (2)".into(), "Nom (2)".into()] },
        ]
    );
}

#[test]
fn empty_columns_at_the_end_and_empty_rows_are_left_out() {
    let table = load_text("a;b;;\n1;2;;\n;;;\n3;4;;\n");
    assert_eq!(table.header, ["a", "b"]);
    assert_eq!(table.rows, 2);
    assert_eq!(table.notices, [Notice::EmptyRows { count: 1 }]);
}

#[test]
fn a_title_above_the_names_is_left_out_and_told() {
    let table = load_text("Export du 12 mars;;\n\nNom;Ville;Note\nA;Lyon;3\n");
    assert_eq!(table.header, ["Nom", "Ville", "Note"]);
    assert_eq!(table.notices, [Notice::TitleSkipped { lines: Lines { count: 1, first: vec![1] } }]);
    assert_eq!(rows(&table)[0].0, 4);
}

#[test]
fn nothing_and_names_only_are_told_apart() {
    for empty in ["", "\n\n  \n", "\u{feff}", "sep=;\n", ";;\n;;\n"] {
        assert_eq!(load(empty.as_bytes()), Err(TabularError::EmptyFile), "{empty:?}");
    }
    assert_eq!(load(b"Nom;Ville\n").unwrap_err(), TabularError::HeaderOnly);
}

#[test]
fn old_macintosh_line_ends_are_counted() {
    let table = load_text("nom;ville\rA;Lyon\rB;Nice\r");
    assert_eq!(rows(&table)[1], (3, vec!["B".into(), "Nice".into()]));
}

#[test]
fn limits_are_errors_that_name_their_line() {
    let limits = Limits { max_cell: 100, max_columns: 3, max_rows: 3, max_bytes: 1_000, ..Limits::default() };
    let fails = |text: &str| read(text.as_bytes(), "", &Options::default(), &limits).unwrap_err();
    let long = "x".repeat(101);
    assert_eq!(fails(&format!("a;b\n1;2\n3;{long}\n")), TabularError::CellTooLarge { line: 3, limit: 100 });
    assert_eq!(fails("a;b;c;d\n1;2;3;4\n"), TabularError::TooManyColumns { limit: 3, line: 1 });
    assert_eq!(fails("a;b\n1;2\n1;2\n1;2\n1;2\n"), TabularError::TooManyRows { limit: 3 });
    assert_eq!(fails(&"a;b\n".repeat(300)), TabularError::FileTooLarge { limit: 1_000 });
    assert!(read(b"a;b\n1;2\n1;2\n1;2\n", "", &Options::default(), &limits).is_ok());
}

#[test]
fn a_cell_of_fifty_megabytes_is_an_error_that_names_its_line() {
    let mut bytes = b"nom;avis\nA;bien\nB;\"".to_vec();
    bytes.resize(50 << 20, b'x');
    assert_eq!(load(&bytes), Err(TabularError::CellTooLarge { line: 3, limit: 1 << 20 }));
}

#[test]
fn gzip_is_taken_off_and_its_defects_are_told() {
    let packed = gzip(b"nom;ville\nA;Lyon\n");
    let table = load(&packed).unwrap();
    assert!(table.format.gzip);
    assert_eq!(cells(&table)[0], ["A", "Lyon"]);
    assert_eq!(load(&packed[..packed.len() - 9]), Err(TabularError::Truncated));
    let mut wrong = packed.clone();
    let last = wrong.len() - 6;
    wrong[last] ^= 0xff;
    assert!(matches!(load(&wrong), Err(TabularError::Damaged(_))));
}

#[test]
fn a_gzip_bomb_is_stopped_while_it_inflates() {
    let limits = Limits { max_inflated: 4 << 20, ..Limits::default() };
    let bomb = gzip(&vec![b'a'; 40 << 20]);
    let stopped = read(&bomb, "", &Options::default(), &limits);
    assert_eq!(stopped, Err(TabularError::InflatesTooMuch { limit: 4 << 20 }));
    // Within the size, but a thousand to one.
    assert!(matches!(load(&bomb), Err(TabularError::InflatesTooMuch { .. })));
}

#[test]
fn a_job_resumes_at_any_offset_it_was_given() {
    let text = (0..50).map(|n| format!("n{n};\"a\nb {n}\"\n")).collect::<String>();
    let table = load_text(&format!("nom;avis\n{text}"));
    let all: Vec<Row> = table.rows().map(Result::unwrap).collect();
    assert_eq!(all.len(), 50);
    for (index, row) in all.iter().enumerate() {
        let rest: Vec<Row> = Rows::new(&table.canonical, row.next_offset).map(Result::unwrap).collect();
        assert_eq!(rest, all[index + 1..]);
    }
    assert_eq!(all[49].next_offset, table.canonical.len() as u64);
    assert!(Rows::new(&table.canonical, u64::MAX).next().is_none());
}

#[test]
fn a_damaged_canonical_form_is_an_error_once() {
    let mut rows = Rows::new(b"1,a\nx,b\n2,c\n", 0);
    assert!(rows.next().unwrap().is_ok());
    assert_eq!(rows.next(), Some(Err(TabularError::NotCanonical { offset: 4 })));
    assert_eq!(rows.next(), None);
}

#[test]
fn reference_files_are_read_whole() {
    let cases = [
        ("linkage/febrl1.csv", 1_000, 11),
        ("linkage/febrl3.csv", 5_000, 11),
        ("linkage/fake_1000.csv", 1_000, 7),
        ("linkage/historical_50k.csv.gz", 50_578, 11),
        ("linkage/transactions_origin.csv.gz", 45_326, 5),
        ("ecsi-mobi/mobi.csv", 250, 25),
    ];
    for (name, expected, width) in cases {
        let Some(path) = shared(name) else { continue };
        let table = load(&std::fs::read(path).unwrap()).unwrap();
        assert!(table.has_header, "{name}");
        assert_eq!((table.rows, table.header.len(), table.bad_rows.len()), (expected, width, 0), "{name}");
    }
}
