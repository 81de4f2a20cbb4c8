//! XLSX workbooks.

use super::*;

fn people() -> String {
    let head = [
        text("A1", "Nom"),
        text("B1", "Naissance"),
        text("C1", "Vu"),
        text("D1", "Note"),
        text("E1", "Durée"),
    ];
    let first = [
        text("A2", "Zoé"),
        number("B2", "33000", 1),
        number("C2", "45778.5", 2),
        number("D2", "8", 0),
        number("E2", "1.5", 3),
    ];
    let second = [
        text("A3", "Ali, dit &quot;l&apos;ami&quot;"),
        r#"<c r="C3" t="b"><v>1</v></c>"#.to_owned(),
        number("D3", "0.30000000000000004", 0),
    ];
    let third = [text("A5", "Max"), r#"<c r="D5" t="e"><v>#N/A</v></c>"#.to_owned()];
    [row(1, &head), row(2, &first), row(3, &second), row(5, &third)].concat()
}

#[test]
fn cells_become_text_as_a_person_sees_them() {
    let table = load(&workbook(&[("Clients", &people())], None)).unwrap();
    assert_eq!(table.header, ["Nom", "Naissance", "Vu", "Note", "Durée"]);
    let expected: Vec<(u64, Vec<String>)> = [
        (2, ["Zoé", "1990-05-07", "2025-05-01T12:00:00", "8", "36:00:00"]),
        (3, ["Ali, dit \"l'ami\"", "", "true", "0.3", ""]),
        (5, ["Max", "", "", "#N/A", ""]),
    ]
    .into_iter()
    .map(|(line, cells)| (line, cells.map(str::to_owned).to_vec()))
    .collect();
    assert_eq!(rows(&table), expected);
    assert_eq!(table.notices, [Notice::CellErrors { lines: Lines { count: 1, first: vec![5] } }]);
}

#[test]
fn the_first_sheet_with_content_is_read_and_the_others_are_told() {
    let other = [row(1, &[text("A1", "x")]), row(2, &[text("A2", "y")])].concat();
    let file = workbook(&[("Vide", ""), ("Clients", &people()), ("Autre", &other)], None);
    let table = load(&file).unwrap();
    let sheets = ["Vide", "Clients", "Autre"].map(str::to_owned).to_vec();
    assert_eq!(table.format.kind, Kind::Xlsx { sheet: "Clients".into(), sheets: sheets.clone() });
    assert!(
        table.notices.contains(&Notice::OtherSheets { used: "Clients".into(), others: vec!["Autre".into()] })
    );
    let wanted = |name: &str| Options { sheet: Some(name.into()), ..Options::default() };
    let chosen = read(&file, "", &wanted("Autre"), &Limits::default()).unwrap();
    assert_eq!(cells(&chosen), [["y"]]);
    let refused = read(&file, "", &wanted("Absente"), &Limits::default());
    assert_eq!(refused, Err(TabularError::NoSuchSheet { name: "Absente".into(), sheets }));
    assert_eq!(load(&workbook(&[("Vide", "")], None)), Err(TabularError::EmptyFile));
}

#[test]
fn shared_strings_are_read_and_a_false_count_of_them_is_refused() {
    let sheet = [
        row(1, &[r#"<c r="A1" t="s"><v>0</v></c>"#.into()]),
        row(2, &[r#"<c r="A2" t="s"><v>1</v></c>"#.into()]),
    ]
    .concat();
    let strings = |count: &str| {
        format!(
            r#"{HEAD}<sst xmlns="{MAIN}" uniqueCount="{count}"><si><t>Nom</t></si><si><t>Zoé</t></si></sst>"#
        )
    };
    let file = |count| workbook(&[("A", &sheet)], Some(&strings(count)));
    assert_eq!(cells(&load(&file("2")).unwrap()), [["Zoé"]]);
    assert!(matches!(load(&file("99999999999999")), Err(TabularError::Damaged(_))));
}

#[test]
fn one_long_string_used_a_thousand_times_is_stopped() {
    let cells: Vec<String> =
        (1..=1_000).map(|n| row(n, &[format!(r#"<c r="A{n}" t="s"><v>0</v></c>"#)])).collect();
    let strings = format!(r#"{HEAD}<sst xmlns="{MAIN}"><si><t>{}</t></si></sst>"#, "é".repeat(10_000));
    let file = workbook(&[("A", &cells.concat())], Some(&strings));
    for max_inflated in [1 << 20, 10 << 20] {
        let limits = Limits { max_inflated, ..Limits::default() };
        let options = Options { has_header: Some(false), ..Options::default() };
        assert_eq!(
            read(&file, "", &options, &limits),
            Err(TabularError::InflatesTooMuch { limit: max_inflated })
        );
    }
}

#[test]
fn a_lone_cell_in_the_last_corner_costs_nothing() {
    let sheet = [row(1, &[text("A1", "Nom")]), row(1_048_576, &[text("XFD1048576", "loin")])].concat();
    let refused = load(&workbook(&[("A", &sheet)], None));
    assert_eq!(refused, Err(TabularError::TooManyColumns { limit: 500, line: 1_048_576 }));
    let sheet = [row(1, &[text("A1", "Nom")]), row(1_048_576, &[text("A1048576", "loin")])].concat();
    let table = load(&workbook(&[("A", &sheet)], None)).unwrap();
    assert_eq!(rows(&table), [(1_048_576, vec!["loin".to_owned()])]);
}

#[test]
fn a_gzipped_workbook_is_read() {
    let table = load(&gzip(&workbook(&[("Clients", &people())], None))).unwrap();
    assert!(table.format.gzip && matches!(table.format.kind, Kind::Xlsx { .. }));
}

#[test]
fn a_workbook_cut_off_anywhere_is_an_error() {
    let file = workbook(&[("Clients", &people())], None);
    for length in (4..file.len()).step_by(7) {
        assert_eq!(load(&file[..length]), Err(TabularError::Truncated), "{length}");
    }
}

#[test]
fn a_zip_bomb_is_stopped_by_what_it_really_inflates_to() {
    let mut padded = people();
    padded.push_str(&" ".repeat(40 << 20));
    let file = workbook(&[("Clients", &padded)], None);
    assert!(matches!(load(&file), Err(TabularError::InflatesTooMuch { .. })));
    let lenient = Limits { max_ratio: u64::MAX, ..Limits::default() };
    assert!(read(&file, "", &Options::default(), &lenient).is_ok());
    let small = Limits { max_inflated: 1 << 20, ..lenient };
    assert!(matches!(
        read(&file, "", &Options::default(), &small),
        Err(TabularError::InflatesTooMuch { .. })
    ));
}

#[test]
fn other_kinds_of_file_are_refused_by_name() {
    let ole = |inside: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.extend(inside.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let cases: [(TabularError, Vec<u8>); 7] = [
        (TabularError::OldExcel, ole("Workbook")),
        (TabularError::Protected, ole("EncryptedPackage")),
        (
            TabularError::OpenDocument,
            zip_of(&[("mimetype", b"x".to_vec()), ("content.xml", b"<a/>".to_vec())]),
        ),
        (
            TabularError::BinaryExcel,
            zip_of(&[("[Content_Types].xml", b"".to_vec()), ("xl/workbook.bin", b"".to_vec())]),
        ),
        (TabularError::NotATable, zip_of(&[("photo.jpg", b"x".to_vec())])),
        (TabularError::NotATable, b"%PDF-1.7 and so on".to_vec()),
        (TabularError::NotATable, (0..=255_u8).cycle().take(4_000).map(|n| n % 31).collect()),
    ];
    for (expected, bytes) in cases {
        assert_eq!(load(&bytes), Err(expected));
    }
}
