//! The table behind a drawing.

use kernel::texts::T;

use crate::form::escape;

/// A cell: its text, and where it leads.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) href: String,
}

impl Cell {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: String::new() }
    }
}

/// A table under a fold: the first column names the rows, the others are numbers.
pub(super) fn twin(t: T, heads: &[String], rows: &[Vec<Cell>]) -> String {
    let icon = crate::page::icon("right").0.replacen("class=\"icon\"", "class=\"icon icon--s\"", 1);
    let mut out = format!(
        "<details class=\"twin\"><summary>{icon}{}</summary><table class=\"table table--s\"><thead><tr>",
        escape(&t.get("chart-table"))
    );
    for (column, head) in heads.iter().enumerate() {
        let class = if column == 0 { "" } else { " class=\"num\"" };
        out.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escape(head)));
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let text = linked(&cell.href, &escape(&cell.text));
            match column {
                0 => out.push_str(&format!("<th scope=\"row\">{text}</th>")),
                _ => out.push_str(&format!("<td class=\"num\">{text}</td>")),
            }
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></details>");
    out
}

fn linked(href: &str, html: &str) -> String {
    if href.is_empty() { html.to_owned() } else { format!("<a href=\"{}\">{html}</a>", escape(href)) }
}
