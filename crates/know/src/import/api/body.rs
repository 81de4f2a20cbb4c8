//! What the interface says of an import.

use kernel::texts::T;
use kernel::{Id, Instant};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::actions::Shown;
use super::super::model::{Counted, Counts, Import, Phase, UndoCounts};
use super::super::outcome::Became;
use super::super::parts::{Choices, Column, Control, Finding, Tone};

/// A column of the file.
#[derive(Serialize, ToSchema)]
struct ColumnBody {
    /// Name; unique.
    name: String,
    /// First different values.
    examples: Vec<String>,
    /// Empty cells.
    empty: u64,
    /// Where it goes; nowhere when null.
    field: Option<String>,
}

/// A place a column can go to.
#[derive(Serialize, ToSchema)]
struct FieldBody {
    /// Code.
    code: String,
    /// Name, in the caller's language.
    label: String,
    /// Several columns may go there.
    many: bool,
}

/// A decision beside the mapping.
#[derive(Serialize, ToSchema)]
struct OptionBody {
    /// Code.
    code: String,
    /// Name, in the caller's language.
    label: String,
    /// What holds now.
    value: String,
    /// What can be chosen, if it is a choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
}

/// What to know or decide before the run.
#[derive(Serialize, ToSchema)]
struct FindingBody {
    /// `good`, `warning`, or `blocking`: a decision is missing.
    #[schema(value_type = String)]
    tone: Tone,
    /// Name of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    /// In words.
    text: String,
    /// The option that settles it.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
}

/// Rows that share a reason.
#[derive(Serialize, ToSchema)]
struct ReasonBody {
    /// What becomes of them.
    became: Became,
    /// Why, in words.
    reason: String,
    /// Rows.
    count: i64,
    /// Lines of the first ones.
    lines: Vec<i64>,
}

/// What a dry run found.
#[derive(Serialize, ToSchema)]
struct RehearsalBody {
    /// What the rows would become.
    counts: Counts,
    /// Why rows would be refused or left out.
    reasons: Vec<ReasonBody>,
}

/// An import.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportBody {
    /// Identifier.
    #[schema(value_type = String)]
    pub(super) id: Id,
    /// Code of its kind.
    kind: String,
    /// Name of the file.
    file_name: String,
    /// Where it stands.
    phase: Phase,
    /// Rows of the file.
    rows: i64,
    /// What they became; with `left`, the sum is `rows`.
    counts: Counts,
    /// Rows without an outcome yet.
    left: i64,
    /// What undoing did.
    undone: UndoCounts,
    /// Columns of the file.
    columns: Vec<ColumnBody>,
    /// Options by code.
    #[schema(value_type = BTreeMap<String, String>)]
    options: Choices,
    /// Where columns can go, while it waits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldBody>,
    /// What can be decided, while it waits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<OptionBody>,
    /// What to know or decide, while it waits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingBody>,
    /// What the dry run of these choices found.
    #[serde(skip_serializing_if = "Option::is_none")]
    dry_run: Option<RehearsalBody>,
    /// Why rows were refused or left out, once it ran.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<ReasonBody>,
    /// Who brought it.
    created_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When writing ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Instant>,
    /// Version of the choices, for `If-Match`.
    version: i64,
}

fn reason_body(t: T, counted: &Counted) -> ReasonBody {
    ReasonBody {
        became: counted.became,
        reason: counted.words(t),
        count: counted.count,
        lines: counted.lines.clone(),
    }
}

fn finding_body(t: T, import: &Import, finding: &Finding) -> FindingBody {
    let parts = [&finding.title, &finding.detail, &finding.tag];
    let words: Vec<String> = parts.into_iter().flatten().take(2).map(|message| t.message(message)).collect();
    let column = finding.column.and_then(|at| import.table.columns.get(at)).map(|column| column.name.clone());
    FindingBody {
        tone: finding.tone,
        column,
        text: words.join(" "),
        option: finding.option.map(str::to_owned),
    }
}

pub(super) fn brief(import: &Import, phase: Phase) -> ImportBody {
    let column = |(at, column): (usize, &Column)| ColumnBody {
        name: column.name.clone(),
        examples: column.examples.clone(),
        empty: column.empty,
        field: import.mapping.field(at).map(str::to_owned),
    };
    ImportBody {
        id: import.id,
        kind: import.kind.clone(),
        file_name: import.file_name.clone(),
        phase,
        rows: import.total,
        counts: import.counts,
        left: import.left(),
        undone: import.undone,
        columns: import.table.columns.iter().enumerate().map(column).collect(),
        options: import.options.clone(),
        fields: Vec::new(),
        choices: Vec::new(),
        findings: Vec::new(),
        dry_run: None,
        reasons: Vec::new(),
        created_by: import.who.name().to_owned(),
        created_at: import.created_at,
        ended_at: import.ended_at,
        version: import.version,
    }
}

pub(super) fn full(t: T, shown: &Shown) -> ImportBody {
    let import = &shown.import;
    let mut body = brief(import, shown.phase);
    body.fields = (shown.fields.iter())
        .map(|f| FieldBody { code: f.code.clone(), label: f.label.words(t), many: f.many })
        .collect();
    body.choices = (shown.options.iter())
        .map(|option| OptionBody {
            code: option.code.to_owned(),
            label: t.get(option.label),
            value: import.options.get(option.code).to_owned(),
            choices: match &option.control {
                Control::Choice(values) => values.iter().map(|(value, _)| value.clone()).collect(),
                _ => Vec::new(),
            },
        })
        .collect();
    body.findings = shown.findings.iter().map(|finding| finding_body(t, import, finding)).collect();
    body.dry_run = import.rehearsal.as_ref().map(|rehearsal| RehearsalBody {
        counts: rehearsal.counts,
        reasons: rehearsal.reasons.iter().map(|counted| reason_body(t, counted)).collect(),
    });
    body.reasons = shown.reasons.iter().map(|counted| reason_body(t, counted)).collect();
    body
}
