//! What must hold of files read in pieces.

use super::*;
use crate::tabular::{Delimiter, Encoding};

fn scanned(bytes: &[u8], told: Option<Encoding>) -> Written {
    let mut scan = Scan::new();
    bytes.chunks(3).for_each(|block| scan.feed(block));
    scan.finish(told)
}

fn rewritten(bytes: &[u8], told: Option<Encoding>) -> (String, Altered) {
    let written = scanned(bytes, told);
    let mut out = Vec::new();
    let altered = written.rewrite(&mut &bytes[written.mark..], &mut out).unwrap();
    (String::from_utf8(out).unwrap(), altered)
}

#[test]
fn utf_8_with_or_without_a_mark_is_left_as_it_is() {
    assert!(scanned("nom\nÉloïse\n".as_bytes(), None).is_plain());
    let marked = scanned("\u{feff}nom\nÉloïse".as_bytes(), None);
    assert_eq!((marked.is_plain(), marked.mark), (true, 3));
}

#[test]
fn latin_and_utf_16_become_utf_8() {
    assert_eq!(rewritten(b"nom\r\n\xc9lo\xefse\r\n", None).0, "nom\r\nÉloïse\r\n");
    let units: Vec<u8> = "\u{feff}nom\nÉloïse😀\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        rewritten(&units, None),
        ("nom\nÉloïse😀\n".to_owned(), Altered { lines: 3, ..Altered::default() })
    );
}

#[test]
fn lines_that_end_with_cr_alone_are_lines() {
    assert_eq!(rewritten(b"nom\rAude\rBrice", None).0, "nom\nAude\nBrice");
}

#[test]
fn a_line_in_another_encoding_is_read_in_it_and_counted() {
    let (text, altered) = rewritten(b"nom\n\xc3\x89lo\xc3\xafse\nZo\xe9\n", None);
    assert_eq!(text, "nom\nÉloïse\nZoé\n");
    assert_eq!((altered.in_other, altered.first_in_other, altered.undecodable), (1, vec![3], vec![]));
}

#[test]
fn a_damaged_line_is_told_from_one_in_another_encoding() {
    let (_, altered) = rewritten(
        "nom\nÉloïse\n".bytes().chain(*b"Jos\xff\xfe\n\xc3\xa9\xe9\n").collect::<Vec<_>>().as_slice(),
        None,
    );
    assert_eq!(altered.undecodable, [3, 4]);
    assert_eq!(rewritten(b"Zo\xe9\nAude\n", Some(Encoding::UTF_8)).1.undecodable, [1]);
}

#[test]
fn a_head_names_every_column_and_says_where_rows_begin() {
    let records =
        [(2, vec!["nom".to_owned(), "nom".to_owned()]), (3, vec!["Aude".to_owned(), "Le Gall".to_owned()])];
    let head = head(&records, &Options::default()).unwrap();
    assert_eq!(head.names, ["nom", "nom (2)"]);
    assert_eq!((head.named_at, head.first_row), (Some(2), Some(3)));
}

#[test]
fn a_line_of_excel_tells_the_delimiter() {
    assert_eq!(delimiter("sep=|\na|b\n", ""), (Delimiter::Pipe, 6));
    assert_eq!(delimiter("a;b\n1;2\n", ""), (Delimiter::Semicolon, 0));
}
