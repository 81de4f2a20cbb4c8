//! What must hold of reading tables.

mod columns;
mod csv_files;
mod date_cells;
mod hostile;
mod texts;
mod workbooks;

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// Reads with the default options and limits.
fn load(bytes: &[u8]) -> Result<Table, TabularError> {
    read(bytes, "table.csv", &Options::default(), &Limits::default())
}

fn load_text(text: &str) -> Table {
    load(text.as_bytes()).unwrap()
}

/// Rows as (line, cells).
fn rows(table: &Table) -> Vec<(u64, Vec<String>)> {
    table.rows().map(Result::unwrap).map(|row| (row.line, row.cells().map(str::to_owned).collect())).collect()
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    rows(table).into_iter().map(|(_, cells)| cells).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip_of(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of sheets given as the content of `<sheetData>`. Style 1 is a date, 2 a date and time, 3 a duration.
fn workbook(sheets: &[(&str, &str)], strings: Option<&str>) -> Vec<u8> {
    let numbered = || sheets.iter().enumerate().map(|(index, sheet)| (index + 1, sheet));
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), format!("{HEAD}<Types/>")),
        (
            "_rels/.rels".to_owned(),
            format!(r#"{HEAD}<Relationships xmlns="{RELS}"><Relationship Id="r0" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{}</sheets></workbook>"#,
                numbered()
                    .map(|(n, (name, _))| format!(r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#))
                    .collect::<String>()
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(
                r#"{HEAD}<Relationships xmlns="{RELS}">{}</Relationships>"#,
                numbered()
                    .map(|(n, _)| format!(
                        r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#
                    ))
                    .collect::<String>()
            ),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                r#"{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
            ),
        ),
    ];
    for (n, (_, data)) in numbered() {
        parts.push((
            format!("xl/worksheets/sheet{n}.xml"),
            format!(r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>"#),
        ));
    }
    if let Some(strings) = strings {
        parts.push(("xl/sharedStrings.xml".to_owned(), strings.to_owned()));
    }
    let parts: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|(name, text)| (name.as_str(), text.clone().into_bytes())).collect();
    zip_of(&parts)
}

/// A text cell.
fn text(place: &str, value: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>"#)
}

/// A number cell in a style of [`workbook`].
fn number(place: &str, value: &str, style: u8) -> String {
    format!(r#"<c r="{place}" s="{style}"><v>{value}</v></c>"#)
}

fn row(number: u32, cells: &[String]) -> String {
    format!(r#"<row r="{number}">{}</row>"#, cells.concat())
}

/// A file of the reference data beside the project; where it is absent, says so.
#[expect(clippy::print_stdout, reason = "a test that is skipped must say so")]
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {name} is absent");
    None
}
