//! Whatever comes in, an answer comes out.

use proptest::prelude::*;

use super::*;

/// A cell as people fill it, with everything that needs care in CSV.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zé0-9 ]{0,8}",
        1 => "[a-z,;\"\n\r|\t']{0,6}",
        1 => Just(String::new()),
    ]
}

fn quoted(cells: &[String], delimiter: char) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    quoted.join(&delimiter.to_string()) + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = load(&bytes);
    }

    #[test]
    fn arbitrary_text_never_panics_and_every_row_has_the_width_of_the_header(text in "[a-z0-9é;,|\t\"\r\n@/. ]{0,400}") {
        if let Ok(table) = load(text.as_bytes()) {
            let read: Vec<Row> = table.rows().map(Result::unwrap).collect();
            prop_assert_eq!(read.len() as u64, table.rows);
            prop_assert!(read.iter().all(|row| row.len() == table.header.len()));
            prop_assert!(read.windows(2).all(|pair| pair[0].line <= pair[1].line));
            prop_assert_eq!(table.guess().len(), table.header.len());
        }
    }

    #[test]
    fn a_damaged_workbook_never_panics(at in 0_usize..4_000, byte: u8, length in 0_usize..40) {
        let sheet = [row(1, &[text("A1", "Nom"), text("B1", "Note")]), row(2, &[text("A2", "Zoé"), number("B2", "45000", 1)])].concat();
        let strings = format!(r#"{HEAD}<sst xmlns="{MAIN}" uniqueCount="1"><si><t>Nom</t></si></sst>"#);
        let mut file = workbook(&[("A", &sheet)], Some(&strings));
        let start = at % file.len();
        let end = (start + length).min(file.len());
        file[start..end].fill(byte);
        let _ = load(&file);
    }

    #[test]
    fn damaged_sheets_never_panic(data in "(<row|<c|</c>|</row>| r=\"[A-Z]{0,4}[0-9]{0,11}\"| t=\"[snbe]\"| s=\"[0-9]{1,3}\"|>|/>|<v>|</v>|-?[0-9e.]{0,12}|&[a-z]{0,3};?){0,30}") {
        let _ = load(&workbook(&[("A", &data)], None));
    }

    #[test]
    fn a_table_written_and_read_is_the_same(
        delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
        body in (1_usize..5).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(cell(), width), 1..20)),
    ) {
        let character = char::from(delimiter.byte());
        let names: Vec<String> = (0..body[0].len()).map(|n| format!("column {n}")).collect();
        let text = body.iter().fold(quoted(&names, character), |text, cells| text + &quoted(cells, character));
        let options = Options { delimiter: Some(delimiter), has_header: Some(true), ..Options::default() };
        let kept: Vec<Vec<String>> = body.iter().filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty())).cloned().collect();
        match read(text.as_bytes(), "", &options, &Limits::default()) {
            Ok(table) => {
                prop_assert_eq!(cells(&table), kept);
                prop_assert!(table.bad_rows.is_empty());
                for (line, cells) in rows(&table) {
                    let start = text.split_inclusive('\n').take(usize::try_from(line).unwrap() - 1).map(str::len).sum::<usize>();
                    prop_assert!(text[start..].starts_with(&quoted(&cells, character)), "line {}", line);
                }
            }
            Err(error) => {
                prop_assert_eq!(error, TabularError::HeaderOnly);
                prop_assert!(kept.is_empty());
            }
        }
    }

    #[test]
    fn no_line_is_lost_without_a_word(text in "[a-c;\n]{1,200}") {
        let options = Options { delimiter: Some(Delimiter::Semicolon), has_header: Some(false), ..Options::default() };
        let written = text.split('\n').filter(|line| line.chars().any(|c| c != ';')).count() as u64;
        match read(text.as_bytes(), "", &options, &Limits::default()) {
            Ok(table) => {
                let titles: u64 = table.notices.iter().map(|notice| match notice { Notice::TitleSkipped { lines } => lines.count, _ => 0 }).sum();
                prop_assert_eq!(table.rows + table.bad_rows.len() as u64 + titles, written);
            }
            Err(error) => prop_assert!(written == 0 && error == TabularError::EmptyFile),
        }
    }
}

#[test]
fn quotes_that_never_pair_end_in_an_error_in_good_time() {
    let outcome = load("x;\"a\n".repeat(100_000).as_bytes());
    assert_eq!(outcome, Err(TabularError::BrokenQuotes { line: 1_001 }));
}
