//! The pages that tell how a run goes and what became of every row.

use askama::Template;
use askama::filters::Safe;
use http::HeaderMap;
use kernel::Id;
use kernel::texts::T;
use web_kit::{App, HttpResult, Page, SignedIn};

use super::super::actions::{RowPage, Shown};
use super::super::model::{Import, Phase, RowDone, State};
use super::super::outcome::Became;
use super::super::rules;
use super::{job_view, url};

struct Line {
    class: &'static str,
    icon: &'static str,
    label: String,
    note: String,
    count: String,
    share: String,
    href: Option<String>,
    link: String,
}

struct ReasonView {
    became: String,
    words: String,
    count: String,
    line: String,
}

#[derive(Template)]
#[template(path = "import/views/report.html")]
struct ReportView {
    page: Page,
    id: Id,
    title: String,
    help: String,
    phase: Phase,
    job: Option<Safe<String>>,
    ended: String,
    /// A dry run came before.
    was_rehearsed: bool,
    lines: Vec<Line>,
    total: String,
    reasons: Vec<ReasonView>,
    result: Option<String>,
    rejected: Option<String>,
    undo: Option<String>,
    undone: Option<String>,
    csrf: String,
}

pub(super) fn page(app: &App, me: &SignedIn, headers: &HeaderMap, shown: Shown) -> HttpResult {
    let t = me.t();
    let import = &shown.import;
    let zone = &me.organisation().zone;
    let now = app.db().clock().now();
    let has_ended = matches!(shown.phase, Phase::Done | Phase::Undone);
    let job = shown.job.clone().filter(|_| !has_ended);
    let may_undo = matches!(shown.phase, Phase::Done | Phase::Stopped);
    let until = rules::undo_until(import.ended_at.or(import.started_at).unwrap_or(import.created_at));
    let undo = (may_undo && rules::may_undo(shown.phase, import, now).is_ok())
        .then(|| t.one("import-undo-until", "day", t.day(zone.day_of(until))));
    let has_some = import.counts.created + import.counts.updated > 0 && import.state != State::Undone;
    let view = ReportView {
        page: Page::new(app, me, headers, "/imports").crumb(import.file_name.clone(), ""),
        id: import.id,
        title: t.one("import-report-title", "name", import.file_name.as_str()),
        help: t.all(
            "import-report-help",
            &[
                ("kind", t.get(&shown.kind.key()).into()),
                ("who", import.who.name().into()),
                ("when", t.moment(import.started_at.unwrap_or(import.created_at), zone).into()),
            ],
        ),
        phase: shown.phase,
        job: job.map(|job| job_view(app, me, import, job).shown()),
        ended: ended(t, import, zone),
        was_rehearsed: import.rehearsal.is_some(),
        lines: lines(t, import),
        total: t.count(import.total),
        reasons: shown.reasons.iter().map(|r| reason_view(t, r)).collect(),
        result: (shown.kind.result_href)(import.id, &import.draft()).filter(|_| has_some),
        rejected: (import.counts.rejected > 0)
            .then(|| t.one("import-rejected-download", "n", import.counts.rejected)),
        undo,
        undone: undone(t, import, zone),
        csrf: me.csrf().to_owned(),
    };
    Page::show(view.page.toast.is_some(), app, &view)
}

fn ended(t: T, import: &Import, zone: &kernel::clock::Zone) -> String {
    let (Some(started), Some(ended)) = (import.started_at, import.ended_at) else { return String::new() };
    let (when, took) = (t.moment(ended, zone), ended.since(started));
    if took.as_secs() == 0 {
        return t.one("import-ended-at-once", "when", when);
    }
    t.two("import-ended", "when", when, "took", t.duration(took))
}

fn undone(t: T, import: &Import, zone: &kernel::clock::Zone) -> Option<String> {
    let counts = import.undone;
    let any = import.state == State::Undone || counts.removed + counts.restored + counts.kept > 0;
    any.then(|| {
        let when = import.undone_at.map_or_else(String::new, |at| t.moment(at, zone));
        t.all(
            "import-undone-detail",
            &[
                ("when", when.into()),
                ("removed", counts.removed.into()),
                ("restored", counts.restored.into()),
                ("kept", counts.kept.into()),
            ],
        )
    })
}

fn lines(t: T, import: &Import) -> Vec<Line> {
    let share = |count: i64| t.percent(count as f64 / import.total.max(1) as f64, 1);
    let rows = |name: &str| format!("{}/rows?outcome={name}", url(import.id));
    let line = |became: Became| {
        let count = import.counts.of(became);
        let (class, icon) = match became {
            Became::Created => ("tag tag--good", "plus"),
            Became::Updated => ("tag tag--good", "check"),
            Became::Unchanged => ("tag tag--line", "minus"),
            Became::Skipped => ("tag tag--line", "right"),
            Became::Rejected => ("tag tag--late", "cross"),
        };
        Line {
            class: if count == 0 { "tag tag--line" } else { class },
            icon,
            label: t.one(&format!("import-became-{}", became.name()), "n", count),
            note: t.get(&format!("import-became-{}-note", became.name())),
            count: t.count(count),
            share: share(count),
            href: (count > 0).then(|| rows(became.name())),
            link: t.get("import-see-rows"),
        }
    };
    let mut lines: Vec<Line> = Became::ALL.into_iter().map(line).collect();
    if import.left() > 0 {
        lines.push(Line {
            class: "tag tag--soon",
            icon: "clock",
            label: t.get("import-left"),
            note: t.get("import-left-note"),
            count: t.count(import.left()),
            share: share(import.left()),
            href: None,
            link: String::new(),
        });
    }
    lines
}

fn reason_view(t: T, counted: &super::super::model::Counted) -> ReasonView {
    ReasonView {
        became: t.one(&format!("import-became-{}", counted.became.name()), "n", counted.count),
        words: counted.words(t),
        count: t.count(counted.count),
        line: counted.lines.first().map(i64::to_string).unwrap_or_default(),
    }
}

struct RowView {
    line: String,
    became: String,
    subject: Option<(String, String)>,
    detail: String,
    cells: String,
}

#[derive(Template)]
#[template(path = "import/views/rows.html")]
struct RowsView {
    page: Page,
    id: Id,
    title: String,
    outcomes: Vec<(String, String, bool)>,
    rows: Vec<RowView>,
    next: Option<String>,
    rejected: Option<String>,
}

pub(super) fn rows_page(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    found: &RowPage,
    became: Option<Became>,
) -> HttpResult {
    let (t, import) = (me.t(), &found.import);
    let here = |name: &str| format!("{}/rows?outcome={name}", url(import.id));
    let name = became.map_or("", Became::name);
    let mut outcomes = vec![(here(""), t.get("import-rows-all"), became.is_none())];
    // In the plural: a tab names a kind of rows.
    let label = |b: Became| t.one(&format!("import-became-{}", b.name()), "n", 2);
    outcomes.extend(Became::ALL.into_iter().map(|b| (here(b.name()), label(b), became == Some(b))));
    let view = RowsView {
        page: Page::new(app, me, headers, "/imports")
            .crumb(import.file_name.clone(), url(import.id))
            .crumb(t.get("import-rows"), ""),
        id: import.id,
        title: t.one("import-rows-title", "name", import.file_name.as_str()),
        outcomes,
        rows: found.rows.iter().map(|row| row_view(t, found, row)).collect(),
        next: found.next.map(|after| format!("{}&after={after}", here(name))),
        rejected: (import.counts.rejected > 0)
            .then(|| t.one("import-rejected-download", "n", import.counts.rejected)),
    };
    Page::show(view.page.toast.is_some(), app, &view)
}

fn row_view(t: T, found: &RowPage, row: &RowDone) -> RowView {
    let named = row.subject.and_then(|id| found.names.iter().find(|(known, _)| *known == id));
    let subject = named.and_then(|(id, name)| Some(((found.kind.subject_href)(*id)?, name.clone())));
    let mut detail: Vec<String> = row.reasons.iter().map(|reason| reason.words(t)).collect();
    detail.extend(row.undone.as_ref().map(|undone| t.get(&format!("import-row-{undone}"))));
    detail.extend(row.undo_reason.as_ref().map(|reason| reason.words(t)));
    RowView {
        line: row.line.to_string(),
        became: t.one(&format!("import-became-{}", row.became.name()), "n", 1),
        subject,
        detail: detail.join(" "),
        cells: row
            .content
            .iter()
            .flatten()
            .filter(|cell| !cell.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" · "),
    }
}
