//! What an operation is for, in words.

use comfy_table::{Table, presets};
use measures::ops::{OpField, OpInfo};

use super::catalogue;

/// Every operation with what it tells and its inputs.
pub(super) fn list(width: u16) -> String {
    let mut table = sheet(width);
    for op in catalogue::all() {
        let inputs: Vec<&str> = op.inputs.iter().map(|input| input.name).collect();
        table.add_row([
            op.name.to_owned(),
            format!("{}\nInput: {}", first_sentence(op.purpose), inputs.join(", ")),
        ]);
    }
    trimmed(&table)
}

/// One operation, told whole.
pub(super) fn one(op: &OpInfo, width: u16) -> String {
    let mut text = format!("{}\n\n{}\n", op.name, paragraph(op.purpose, width));
    let mut part = |title: &str, body: String| {
        text.push_str(&format!("\n{title}\n{body}\n"));
    };
    part("Mind", paragraph(op.caution, width));
    part("Input", fields(op.inputs, width));
    part("Result", fields(op.outputs, width));
    part("Formula", paragraph(op.formula, width));
    part("After", paragraph(op.source, width));
    part("Try", format!("  echo '{}' | bocal measure {} --table", op.example, op.name));
    text.trim_end().to_owned()
}

fn fields(fields: &[OpField], width: u16) -> String {
    let mut table = sheet(width);
    for field in fields {
        table.add_row([format!(" {}", field.name), field.meaning.to_owned()]);
    }
    trimmed(&table)
}

fn paragraph(text: &str, width: u16) -> String {
    let mut table = sheet(width);
    table.add_row([format!(" {text}")]);
    let indented: Vec<String> =
        trimmed(&table).lines().map(|line| format!("  {}", line.trim_start())).collect();
    indented.join("\n")
}

/// Columns without lines.
fn sheet(width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(comfy_table::ContentArrangement::Dynamic)
        .set_width(width);
    table
}

fn trimmed(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}
