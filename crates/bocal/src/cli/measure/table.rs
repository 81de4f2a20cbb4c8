//! A result as a person reads it.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use measures::ops::OpInfo;
use serde_json::{Map, Value};

use super::plot;

/// Rows of a table at most; a person reads no more.
const ROWS: usize = 40;
/// Numbers that stand in one line.
const SHORT: usize = 8;

/// The result of an operation: a small picture, where one says more, and its fields.
pub(super) fn drawn(op: &OpInfo, result: &Value, width: u16) -> String {
    let picture = op.plot.and_then(|plot| plot::drawn(plot, result, width));
    let mut text = picture.map(|picture| format!("{picture}\n\n")).unwrap_or_default();
    match result {
        Value::Object(fields) => Sheet { op, width }.object(fields, "", &mut text),
        other => text.push_str(&inline(other)),
    }
    text.trim_end().to_owned()
}

/// What is written for an operation, so many columns wide.
struct Sheet<'a> {
    op: &'a OpInfo,
    width: u16,
}

impl Sheet<'_> {
    /// Names within a place of the result, in the order in which they are described.
    fn ordered<'v>(&self, names: impl Iterator<Item = &'v String>, place: &str) -> Vec<&'v String> {
        let told = |name: &str| {
            let path = format!("{place}{name}");
            let begins = |output: &str| {
                output.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            };
            self.op.outputs.iter().position(|output| begins(output.name)).unwrap_or(usize::MAX)
        };
        let mut names: Vec<&String> = names.collect();
        names.sort_by_key(|name| told(name));
        names
    }

    /// Plain fields in two columns, then each larger one under its name.
    fn object(&self, fields: &Map<String, Value>, place: &str, text: &mut String) {
        let names = self.ordered(fields.keys(), place);
        let (short, long): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| is_short(&fields[*name]));
        let mut plain = sheet(self.width);
        for name in short {
            plain.add_row([Cell::new(spoken(name)), Cell::new(inline(&fields[name]))]);
        }
        if plain.row_count() > 0 {
            text.push_str(&lines(&plain));
        }
        for name in long {
            let path = format!("{place}{name}");
            text.push_str(&format!("\n{}\n", spoken(&path.replace("[]", "")).replace('.', " · ")));
            match &fields[name] {
                Value::Object(inner) => self.object(inner, &format!("{path}."), text),
                Value::Array(items) => self.list(items, &format!("{path}[]."), text),
                other => text.push_str(&inline(other)),
            }
        }
    }

    fn list(&self, items: &[Value], place: &str, text: &mut String) {
        let mut table = sheet(self.width);
        let shown = &items[..items.len().min(ROWS)];
        match items.first() {
            Some(Value::Object(first)) => {
                let names = self.ordered(first.keys(), place);
                table.set_header(names.iter().map(|name| Cell::new(spoken(name))));
                for item in shown {
                    table.add_row(names.iter().map(|name| number_cell(item.get(name.as_str()))));
                }
            }
            Some(Value::Array(_)) => {
                for item in shown {
                    let cells = item.as_array().map(Vec::as_slice).unwrap_or_default();
                    table.add_row(cells.iter().map(|cell| number_cell(Some(cell))));
                }
            }
            _ => {
                for (at, item) in shown.iter().enumerate() {
                    table.add_row([Cell::new(at + 1), number_cell(Some(item))]);
                }
            }
        }
        text.push_str(&lines(&table));
        if items.len() > ROWS {
            text.push_str(&format!(
                "… and {} more; without --table they are all there\n",
                items.len() - ROWS
            ));
        }
    }
}

fn number_cell(value: Option<&Value>) -> Cell {
    let value = value.unwrap_or(&Value::Null);
    let cell = Cell::new(inline(value));
    if value.is_number() { cell.set_alignment(CellAlignment::Right) } else { cell }
}

/// Whether a value stands in one line.
fn is_short(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(items) => {
            items.len() <= SHORT && items.iter().all(|item| !item.is_array() && !item.is_object())
        }
        _ => true,
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::Null => "undefined".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) if text == "inf" => "infinite".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), short),
        Value::Array(items) if items.len() == 2 && items.iter().all(Value::is_number) => {
            format!("{} to {}", inline(&items[0]), inline(&items[1]))
        }
        Value::Array(items) => items.iter().map(inline).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("{} {}", spoken(name), inline(value))).collect();
            fields.join(", ")
        }
    }
}

/// Five significant digits, whole numbers whole; all of them are in the JSON.
pub(super) fn short(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number}");
    }
    let magnitude = number.abs().log10().floor();
    if !(-5.0..15.0).contains(&magnitude) {
        return format!("{number:.4e}");
    }
    let decimals = (4.0 - magnitude).clamp(0.0, 9.0) as usize;
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

fn sheet(width: u16) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table
}

fn lines(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_say_when_they_are_not_there() {
        let cases = [
            (0.123456789, "0.12346"),
            (12.0, "12"),
            (1234.5678, "1234.6"),
            (1e-9, "1.0000e-9"),
            (0.5, "0.5"),
        ];
        for (number, text) in cases {
            assert_eq!(short(number), text);
        }
        assert_eq!(inline(&serde_json::json!([1.5, 2.0])), "1.5 to 2");
        assert_eq!(inline(&Value::Null), "undefined");
        assert_eq!(inline(&serde_json::json!("inf")), "infinite");
    }

    #[test]
    fn the_example_of_every_operation_is_drawn_in_any_width() {
        for op in super::super::catalogue::all().filter(|op| !op.example.is_empty()) {
            let input = serde_json::from_str(op.example).unwrap();
            let result = op.answer(&input, &measures::ops::NoFiles).unwrap();
            for width in [50, 110] {
                let text = drawn(op, &result, width);
                assert!(!text.is_empty(), "{}", op.name);
            }
        }
    }

    #[test]
    fn fields_stand_in_the_order_in_which_they_are_described() {
        let op = measures::ops::list().iter().find(|op| op.name == "retention.kaplan_meier").unwrap();
        let result = measures::ops::run(op.name, &serde_json::from_str(op.example).unwrap()).unwrap();
        let text = drawn(op, &result, 110);
        let heads = text.lines().find(|line| line.contains("at risk")).unwrap();
        let heads: Vec<usize> = [" t ", "at risk", "survival"].map(|head| heads.find(head).unwrap()).to_vec();
        assert!(heads.is_sorted(), "{text}");
    }

    #[test]
    fn a_long_list_says_how_much_is_left_out() {
        let mut text = String::new();
        let op = &measures::ops::list()[0];
        Sheet { op, width: 80 }.list(&vec![Value::from(1.5); 50], "", &mut text);
        assert!(text.ends_with("… and 10 more; without --table they are all there\n"), "{text}");
    }
}
