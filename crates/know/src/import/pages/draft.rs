//! The page on which a file is made ready: columns, options, preview, dry run.

use std::fmt::Write as _;

use askama::Template;
use askama::filters::Safe;
use http::{HeaderMap, StatusCode};
use kernel::FieldError;
use kernel::tabular::guess::Confidence;
use kernel::tabular::{Delimiter, Encoding, Kind as FileKind};
use kernel::texts::T;
use serde::Deserialize;
use web_kit::form::{escape, options_html};
use web_kit::{App, FormView, HttpResult, Page, SignedIn};

use super::super::Kinds;
use super::super::actions::{self, Shown};
use super::super::model::{Phase, Rehearsal};
use super::super::outcome::{Became, Reason};
use super::super::parts::{Choices, Control, Finding, Label, Tone};
use super::{Sent, job_view};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ShowQuery {
    /// The row of the preview, from 1.
    row: String,
}

struct ColumnView {
    name: String,
    place: usize,
    examples: String,
    options: Safe<String>,
    tag: &'static str,
    icon: &'static str,
    reading: String,
    row_class: &'static str,
    error: Option<String>,
}

struct NoticeView {
    class: &'static str,
    icon: &'static str,
    title: String,
    detail: String,
    href: Option<String>,
}

struct PreviewView {
    line: String,
    facts: Vec<(String, String, Option<String>)>,
    reasons: Vec<String>,
    previous: Option<usize>,
    next: usize,
}

struct OutcomeView {
    label: String,
    count: String,
    share: String,
}

struct ReasonView {
    became: String,
    words: String,
    count: String,
    lines: String,
}

struct RehearsalView {
    outcomes: Vec<OutcomeView>,
    total: String,
    reasons: Vec<ReasonView>,
}

struct ReadingView {
    is_text: bool,
    delimiters: Vec<(String, String)>,
    delimiter: String,
    encodings: Vec<(String, String)>,
    encoding: String,
    headers: Vec<(String, String)>,
    header: String,
    sheets: Vec<(String, String)>,
    sheet: String,
}

#[derive(Template)]
#[template(path = "import/views/draft.html")]
struct DraftView {
    page: Page,
    form: FormView,
    id: kernel::Id,
    version: i64,
    title: String,
    help: String,
    settled: String,
    columns: Vec<ColumnView>,
    options: Vec<Safe<String>>,
    notices: Vec<NoticeView>,
    /// Where the first missing decision is made; empty when none is missing.
    decide: String,
    preview: Option<PreviewView>,
    job: Option<Safe<String>>,
    rehearsal: Option<RehearsalView>,
    reading: ReadingView,
    row: usize,
    remember: bool,
}

/// The page; with what was sent and what is wrong with it, when it could not be kept.
pub(super) async fn page(
    app: &App,
    me: &SignedIn,
    kinds: &Kinds,
    headers: &HeaderMap,
    mut shown: Shown,
    q: ShowQuery,
    failed: Option<(Sent, Vec<FieldError>)>,
) -> HttpResult {
    let t = me.t();
    let row = q.row.parse().unwrap_or(1_usize).clamp(1, 500);
    let (actor, known, id) = (me.actor().clone(), kinds.clone(), shown.import.id);
    let found = app.read(move |tx| actions::preview(tx, &actor, &known, id, row - 1, t)).await?;
    let (sent, errors) = failed.unzip();
    if let Some(sent) = &sent {
        let changes = actions::changes_of_form(&shown, sent);
        shown.import.mapping = changes.mapping.unwrap_or_default();
        shown.import.options.0.extend(changes.options.0);
    }
    let status = if errors.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = FormView::new(t, me.csrf(), errors.unwrap_or_default());
    let preview = found.map(|(line, facts)| preview_view(t, line, row, facts));
    let view = view(app, me, headers, &shown, form, preview, row);
    if status != StatusCode::OK {
        return web_kit::html_with(status, &view);
    }
    Page::show(view.page.toast.is_some(), app, &view)
}

fn view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    shown: &Shown,
    form: FormView,
    preview: Option<PreviewView>,
    row: usize,
) -> DraftView {
    let (t, import) = (me.t(), &shown.import);
    let settled = import.mapping.0.iter().flatten().count();
    let is_busy = shown.phase == Phase::Rehearsing;
    let job = shown.job.clone().filter(|job| is_busy || job.error.is_some());
    DraftView {
        page: Page::new(app, me, headers, "/imports").crumb(import.file_name.clone(), ""),
        id: import.id,
        version: import.version,
        title: t.one("import-draft-title", "name", import.file_name.as_str()),
        help: help(t, shown),
        settled: t.two("import-settled", "n", settled, "total", import.table.columns.len()),
        columns: columns(t, shown, &form),
        options: shown.options.iter().map(|o| option_html(t, &form, o, &import.options)).collect(),
        notices: notices(t, shown),
        decide: first_decision(shown),
        preview,
        job: job.map(|job| job_view(app, me, import, job).shown()),
        rehearsal: import.rehearsal.as_ref().map(|r| rehearsal_view(t, r, import.total)),
        reading: reading_view(t, shown),
        form,
        row,
        remember: true,
    }
}

/// Address of the field of the first missing decision.
fn first_decision(shown: &Shown) -> String {
    let Some(blocking) = shown.findings.iter().find(|f| f.tone == Tone::Blocking) else {
        return String::new();
    };
    match (blocking.option, blocking.column) {
        (Some(code), _) => format!("#f-option-{code}"),
        (None, Some(place)) => format!("#f-column-{place}"),
        (None, None) => "#todo".to_owned(),
    }
}

/// “12 480 lignes, 8 colonnes, feuille « Export ».”
fn help(t: T, shown: &Shown) -> String {
    let import = &shown.import;
    let format = match &import.table.format.kind {
        FileKind::Csv { delimiter, encoding, .. } => {
            t.two("import-format-text", "delimiter", t.get(delimiter.key()), "encoding", encoding.name())
        }
        FileKind::Xlsx { sheet, .. } => t.one("import-format-sheet", "sheet", sheet.as_str()),
    };
    let args = [
        ("rows", import.total.into()),
        ("columns", import.table.columns.len().into()),
        ("format", format.into()),
    ];
    t.all("import-draft-help", &args)
}

fn columns(t: T, shown: &Shown, form: &FormView) -> Vec<ColumnView> {
    let import = &shown.import;
    let mut choices = vec![(String::new(), t.get("import-not-taken"))];
    choices.extend(shown.fields.iter().map(|field| (field.code.clone(), field.label.words(t))));
    let column = |(place, column): (usize, &super::super::parts::Column)| {
        let field = import.mapping.field(place).unwrap_or_default();
        let finding = shown.findings.iter().filter(|f| f.column == Some(place)).max_by_key(|f| f.tone);
        let (tag, icon, reading) = reading(t, field, column.guess.confidence, finding);
        let blocking = finding.is_some_and(|f| f.tone == Tone::Blocking);
        let mut examples: Vec<String> = column.examples.iter().take(3).cloned().collect();
        if column.empty > 0 && examples.len() < 3 {
            examples.push(t.get("import-empty-cell"));
        }
        ColumnView {
            name: column.name.clone(),
            place,
            examples: examples.join(" · "),
            options: Safe(options_html(&choices, field)),
            tag,
            icon,
            reading,
            row_class: match (blocking, field.is_empty()) {
                (true, _) => "is-open",
                (false, true) => "is-off",
                _ => "",
            },
            error: form.error(&format!("column-{place}")),
        }
    };
    import.table.columns.iter().enumerate().map(column).collect()
}

/// Class, icon and words that say how sure the reading of a column is.
fn reading(
    t: T,
    field: &str,
    confidence: Confidence,
    finding: Option<&Finding>,
) -> (&'static str, &'static str, String) {
    if let Some(finding) = finding {
        let words = finding.tag.as_ref().map_or_else(String::new, |tag| t.message(tag));
        return match finding.tone {
            Tone::Good => ("tag tag--good", "check", words),
            Tone::Warning => ("tag tag--soon", "warn", words),
            Tone::Blocking => ("tag tag--late", "stop", words),
        };
    }
    match (field.is_empty(), confidence) {
        (true, _) => ("tag tag--line", "minus", t.get("import-tag-off")),
        (false, Confidence::Sure) => ("tag tag--good", "check", t.get("import-tag-sure")),
        (false, Confidence::Probable) => ("tag tag--guess", "help", t.get("import-tag-probable")),
        (false, Confidence::None) => ("tag tag--line", "user", t.get("import-tag-chosen")),
    }
}

fn notices(t: T, shown: &Shown) -> Vec<NoticeView> {
    let mut findings: Vec<&Finding> = shown.findings.iter().filter(|f| f.title.is_some()).collect();
    findings.sort_by_key(|f| std::cmp::Reverse(f.tone));
    let words =
        |message: &Option<kernel::Message>| message.as_ref().map_or_else(String::new, |m| t.message(m));
    let of_finding = |finding: &Finding| {
        let (class, icon) = match finding.tone {
            Tone::Blocking => ("notice notice--late", "stop"),
            Tone::Warning => ("notice notice--soon", "warn"),
            Tone::Good => ("notice notice--good", "check"),
        };
        NoticeView {
            class,
            icon,
            title: words(&finding.title),
            detail: words(&finding.detail),
            href: finding.option.map(|code| format!("#f-option-{code}")),
        }
    };
    let mut views: Vec<NoticeView> = findings.into_iter().map(of_finding).collect();
    let table = &shown.import.table;
    if table.bad > 0 {
        views.push(NoticeView {
            class: "notice notice--soon",
            icon: "warn",
            title: t.get("import-bad-rows"),
            detail: t.one("import-bad-rows-detail", "count", table.bad),
            href: None,
        });
    }
    views.extend(table.notices.iter().map(|notice| NoticeView {
        class: "notice",
        icon: "info",
        title: t.get("import-read-so"),
        detail: t.message(&notice.message()),
        href: None,
    }));
    let aside = shown.import.mapping.0.iter().filter(|to| to.is_none()).count();
    if aside > 0 {
        let names: Vec<&str> = (table.columns.iter().enumerate())
            .filter(|(at, _)| shown.import.mapping.field(*at).is_none())
            .map(|(_, column)| column.name.as_str())
            .take(12)
            .collect();
        views.push(NoticeView {
            class: "notice",
            icon: "minus",
            title: t.one("import-aside", "count", aside),
            detail: names.join(", "),
            href: None,
        });
    }
    views
}

fn option_html(
    t: T,
    form: &FormView,
    option: &super::super::parts::OptionField,
    values: &Choices,
) -> Safe<String> {
    let (name, value) = (format!("option-{}", option.code), values.get(option.code));
    let words = |(value, label): &(String, Label)| (value.clone(), label.words(t));
    let mut html = match &option.control {
        Control::Choice(choices) => {
            let choices: Vec<(String, String)> = choices.iter().map(words).collect();
            form.select(&name, option.label, &choices, value)
        }
        Control::Check => form.check(&name, option.label, values.is_on(option.code)),
        Control::Text => form.text(&name, option.label, value),
        Control::Day => form.date(&name, option.label, value),
    };
    if let Some(error) = form.error(option.code) {
        let _ = write!(html.0, "<span class=\"error\">{}</span>", escape(&error));
    }
    html
}

fn preview_view(
    t: T,
    line: u64,
    row: usize,
    facts: Result<Vec<super::super::parts::Fact>, Vec<Reason>>,
) -> PreviewView {
    let (facts, reasons) = match facts {
        Ok(facts) => (facts, Vec::new()),
        Err(reasons) => (Vec::new(), reasons),
    };
    PreviewView {
        line: line.to_string(),
        facts: facts.into_iter().map(|fact| (fact.label.words(t), fact.text, fact.href)).collect(),
        reasons: reasons.iter().map(|reason| reason.words(t)).collect(),
        previous: (row > 1).then(|| row - 1),
        next: row + 1,
    }
}

fn rehearsal_view(t: T, rehearsal: &Rehearsal, total: i64) -> RehearsalView {
    let outcome = |became: Became| {
        let count = rehearsal.counts.of(became);
        OutcomeView {
            label: t.one(&format!("import-would-{}", became.name()), "n", count),
            count: t.count(count),
            share: t.percent(count as f64 / total.max(1) as f64, 1),
        }
    };
    let reason = |counted: &super::super::model::Counted| {
        let lines: Vec<String> = counted.lines.iter().map(i64::to_string).collect();
        ReasonView {
            became: t.one(&format!("import-became-{}", counted.became.name()), "n", counted.count),
            words: counted.words(t),
            count: t.count(counted.count),
            lines: lines.join(", "),
        }
    };
    RehearsalView {
        outcomes: Became::ALL.into_iter().map(outcome).collect(),
        total: t.count(rehearsal.counts.sum()),
        reasons: rehearsal.reasons.iter().take(20).map(reason).collect(),
    }
}

fn reading_view(t: T, shown: &Shown) -> ReadingView {
    let (table, asked) = (&shown.import.table, &shown.import.reading);
    let found = |words: String| (String::new(), t.one("import-reading-found", "value", words));
    let code = |delimiter: Delimiter| match delimiter {
        Delimiter::Semicolon => "semicolon",
        Delimiter::Tab => "tab",
        Delimiter::Pipe => "pipe",
        Delimiter::Comma => "comma",
    };
    let mut view = ReadingView {
        is_text: false,
        delimiters: Vec::new(),
        delimiter: asked.delimiter.map(|d| code(d).to_owned()).unwrap_or_default(),
        encodings: Vec::new(),
        encoding: asked.encoding.map(|e| e.name().to_owned()).unwrap_or_default(),
        headers: vec![
            found(t.get(if table.has_header { "import-header-yes" } else { "import-header-no" })),
            ("yes".into(), t.get("import-header-yes")),
            ("no".into(), t.get("import-header-no")),
        ],
        header: match asked.has_header {
            Some(true) => "yes".into(),
            Some(false) => "no".into(),
            None => String::new(),
        },
        sheets: Vec::new(),
        sheet: asked.sheet.clone().unwrap_or_default(),
    };
    match &table.format.kind {
        FileKind::Csv { delimiter, encoding, .. } => {
            view.is_text = true;
            view.delimiters = vec![found(t.get(delimiter.key()))];
            view.delimiters.extend(Delimiter::ALL.map(|d| (code(d).to_owned(), t.get(d.key()))));
            view.encodings = vec![found(encoding.name().to_owned())];
            view.encodings.extend(Encoding::OFFERED.map(|e| (e.name().to_owned(), e.name().to_owned())));
        }
        FileKind::Xlsx { sheet, sheets } => {
            view.sheets = vec![found(sheet.clone())];
            view.sheets.extend(sheets.iter().map(|name| (name.clone(), name.clone())));
        }
    }
    view
}
