//! The pages of the room.

use askama::Template;
use askama::filters::Safe;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::Error;
use kernel::figures::Figure;
use kernel::identity::Permission;
use kernel::organisation::SiteNames;
use kernel::texts::T;
use web_kit::{App, HttpResult, Page, Path, Query, SignedIn, csv_response, html};

use super::actions::{self, Choices};
use super::drawn::{self, GroupTable};
use super::filter::{self, Filter};
use super::listing::{self, ListInput};
use super::model::{FLOOR, Grouping, Input, Measure, Query as Asked, Span};
use super::rules::{IndicatorReport, selection};
use super::store::{AnswerRow, Chosen};
use super::words::{self, FigureView};
use super::{Address, address, export};

/// Answers on a page.
const ROWS: i64 = 50;
/// Definitions that have a page.
const DEFINITIONS: [&str; 5] = ["nps", "nps_weighted", "csat", "ces_v2", "ces_v2_agree"];

/// One indicator among others.
struct Tile {
    name: String,
    unit: String,
    href: String,
    figure: FigureView,
    change: Option<(String, String)>,
}

fn tile(t: T, report: &IndicatorReport, may_read: bool) -> Tile {
    let name = report.measure.name();
    Tile {
        name: drawn::name(t, report.measure),
        unit: t.get(&format!("indicator-{name}-unit")),
        href: address::of(&format!("/indicators/{name}"), &report.query).done(),
        figure: FigureView::new(t, &report.figure, may_read),
        change: report
            .change
            .as_ref()
            .filter(|_| report.figure.n >= FLOOR)
            .map(|change| words::change(t, change)),
    }
}

#[derive(Template)]
#[template(path = "indicators/views/overview.html")]
struct OverviewView {
    page: Page,
    tiles: Vec<Tile>,
    is_empty: bool,
}

/// All indicators at a glance.
pub(super) async fn overview(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let actor = me.actor().clone();
    let reports = app.read(move |tx| actions::overview(tx, &actor, Span::Year)).await?;
    let page = Page::new(&app, &me, &headers, "/indicators");
    let may_read = me.may(Permission::AnswersRead);
    let answered = reports.iter().filter(|report| report.figure.n > 0);
    let tiles = answered.map(|report| tile(page.t, report, may_read)).collect();
    let is_empty = reports.iter().all(|report| report.figure.n == 0);
    Page::show(page.toast.is_some(), &app, &OverviewView { page, tiles, is_empty })
}

#[derive(Template)]
#[template(path = "indicators/views/home.html")]
struct HomeView {
    t: T,
    tiles: Vec<Tile>,
}

/// The indicators, small, for the home page.
pub(super) async fn home(State(app): State<App>, me: SignedIn) -> HttpResult {
    let actor = me.actor().clone();
    let reports = app.read(move |tx| actions::overview(tx, &actor, Span::Year)).await?;
    let t = me.t();
    let tiles =
        reports.iter().filter(|report| report.figure.n > 0).map(|report| tile(t, report, false)).collect();
    html(&HomeView { t, tiles })
}

/// Somebody's words beside a figure.
struct Said {
    texts: Vec<String>,
    locale: String,
    about: String,
}

/// A figure with a name, beside the main one.
struct Beside {
    name: String,
    figure: FigureView,
}

#[derive(Template)]
#[template(path = "indicators/views/indicator.html")]
struct IndicatorView {
    page: Page,
    measure: &'static str,
    name: String,
    unit: String,
    filter: Filter,
    others_menu: Vec<(String, String)>,
    figure: FigureView,
    has_value: bool,
    hidden: bool,
    weights_unused: bool,
    beside: Vec<Beside>,
    change: Option<(String, String)>,
    invited: Option<(String, String)>,
    trend: Safe<String>,
    trend_cut: bool,
    tables: Vec<GroupTable>,
    distribution: Option<Safe<String>>,
    said: Vec<Said>,
    others: Vec<Beside>,
    /// Answers collected otherwise, which the figure leaves out: a sentence and their address.
    apart: Vec<(String, String)>,
    may_read: bool,
    export: String,
    verbatims: String,
    everything: Option<(String, String)>,
    /// The survey chosen, when nothing else narrows the choice: an empty report is about it.
    lone_survey: Option<kernel::Id>,
}

impl IndicatorView {
    /// A text about the measure.
    fn text(&self, part: &str) -> String {
        self.page.t.get(&format!("indicator-{}-{part}", self.measure))
    }
}

/// One indicator with its proof.
pub(super) async fn indicator(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(measure): Path<String>,
    Query(input): Query<Input>,
) -> HttpResult {
    let query = selection::parse(measure.parse()?, &input)?;
    let step_is_free = input.grouping.is_empty();
    let actor = me.actor().clone();
    let (report, choices) = app
        .read(move |tx| {
            let mut report = actions::measure_report(tx, &actor, &query)?;
            if step_is_free && let Some(wider) = wider_step(&report) {
                report = actions::measure_report(tx, &actor, &wider)?;
            }
            let choices = actions::choices(tx, &actor, &report)?;
            Ok((report, choices))
        })
        .await?;
    let page = Page::new(&app, &me, &headers, "/indicators");
    let t = page.t;
    let page = page.crumb(drawn::name(t, report.measure), "");
    let view = indicator_view(page, &me, &report, choices);
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn indicator_view(page: Page, me: &SignedIn, report: &IndicatorReport, choices: Choices) -> IndicatorView {
    let t = page.t;
    let may_read = me.may(Permission::AnswersRead);
    let measure = report.measure;
    let name = measure.name();
    let path = |suffix: &str| address::of(&format!("/indicators/{name}{suffix}"), &report.query).done();
    let everything = choices.extent.map(|(from, to)| {
        (filter::everything(&report.query), words::days(t, kernel::figures::Period { from, to }))
    });
    let others_menu = Measure::ALL
        .into_iter()
        .filter(|other| *other != measure)
        .map(|other| {
            let href = address::of(&format!("/indicators/{}", other.name()), &report.query).done();
            (href, drawn::name(t, other))
        })
        .collect();
    let sites = me.sites();
    let names = me.site_names();
    IndicatorView {
        measure: name,
        name: drawn::name(t, measure),
        unit: t.get(&format!("indicator-{name}-unit")),
        filter: filter::filter(t, report, &choices, &sites),
        others_menu,
        figure: FigureView::new(t, &report.figure, may_read),
        has_value: report.figure.value.is_some(),
        hidden: report.hidden,
        weights_unused: report.weights_unused,
        beside: report
            .beside
            .iter()
            .filter(|_| report.figure.n >= FLOOR)
            .map(|figure| beside(t, figure, may_read))
            .collect(),
        change: report
            .change
            .as_ref()
            .filter(|_| report.figure.n >= FLOOR)
            .map(|change| words::change(t, change)),
        invited: invited(t, report),
        trend: if drawn::is_worth_a_trend(report) {
            drawn::trend(t, report, may_read)
        } else {
            Safe(String::new())
        },
        trend_cut: report.trend_cut,
        tables: [drawn::by_site(t, report, may_read), drawn::by_channel(t, report, may_read)]
            .into_iter()
            .filter(|table| !table.rows.is_empty() && report.figure.n >= FLOOR)
            .collect(),
        distribution: drawn::distribution(t, report, may_read).filter(|_| report.figure.n >= FLOOR),
        said: choices.words.iter().map(|row| said(t, measure, row, &names)).collect(),
        others: report
            .others
            .iter()
            .map(|other| Beside {
                name: t.get(other.group.key()),
                figure: FigureView::new(t, &other.figure, may_read),
            })
            .collect(),
        apart: apart(t, report),
        may_read,
        export: if me.may(Permission::IndicatorsExport) { path("/export.csv") } else { String::new() },
        verbatims: if may_read && report.figure.n > 0 { verbatims(report) } else { String::new() },
        everything,
        lone_survey: report
            .query
            .survey
            .filter(|_| !report.query.is_narrow() && report.query.collection.is_none()),
        page,
    }
}

/// A curve of months most of which nobody answered is read better by quarters.
fn wider_step(report: &IndicatorReport) -> Option<Asked> {
    let answered = report.trend.iter().filter(|step| step.figure.n > 0).count();
    let is_sparse = report.trend.len() > 2 && 2 * answered < report.trend.len();
    (is_sparse && report.query.grouping == Grouping::Month)
        .then(|| Asked { grouping: Grouping::Quarter, ..report.query.clone() })
}

/// What the figure leaves out because it was collected otherwise.
fn apart(t: T, report: &IndicatorReport) -> Vec<(String, String)> {
    let path = format!("/indicators/{}", report.measure.name());
    let one = |other: &super::rules::OtherFigure| {
        let key = format!("indicator-apart-{}", other.group.name().replace('_', "-"));
        let query = Asked { collection: Some(other.group), ..report.query.clone() };
        (t.one(&key, "n", other.figure.n), address::of(&path, &query).done())
    };
    report.others.iter().filter(|other| other.figure.n > 0).map(one).collect()
}

fn beside(t: T, figure: &Figure, may_read: bool) -> Beside {
    let name = t.get(&format!("indicator-beside-{}", figure.definition.id.replace('_', "-")));
    Beside { name, figure: FigureView::new(t, figure, may_read) }
}

/// The response rate and what it is made of.
fn invited(t: T, report: &IndicatorReport) -> Option<(String, String)> {
    let invited = report.invited?;
    let rate = t.percent(invited.rate()?, 1);
    let of = t.two(
        "indicator-invited",
        "answered",
        t.count(invited.answered),
        "invited",
        t.count(invited.invited),
    );
    Some((rate, of))
}

/// The words behind the figure, all of them.
fn verbatims(report: &IndicatorReport) -> String {
    let period = report.figure.period;
    Address::new("/verbatims")
        .with("measure", report.measure.name())
        .maybe("survey", report.query.survey)
        .sites(&report.query.sites)
        .with("from", period.from)
        .with("to", period.to)
        .done()
}

fn said(t: T, measure: Measure, row: &AnswerRow, names: &SiteNames) -> Said {
    let mut about = vec![words::score(t, measure, row.value)];
    about.extend(Some(names.get(row.site).to_owned()).filter(|name| !name.is_empty()));
    about.push(t.day(row.day));
    Said { texts: row.words.clone(), locale: row.locale.clone(), about: about.join(" · ") }
}

/// A file of the figures shown.
pub(super) async fn export(
    State(app): State<App>,
    me: SignedIn,
    Path(measure): Path<String>,
    Query(input): Query<Input>,
) -> HttpResult<Response> {
    let measure: Measure = measure.parse()?;
    let query = selection::parse(measure, &input)?;
    let actor = me.actor().clone();
    actor.require(Permission::IndicatorsExport)?;
    let text = app
        .read(move |tx| {
            let report = actions::measure_report(tx, &actor, &query)?;
            export::csv(&actor, &report)
        })
        .await?;
    Ok(csv_response(&format!("{}-{}.csv", measure.name(), me.today(&app)), text))
}

/// One answer as a row.
struct AnswerLine {
    day: String,
    score: String,
    texts: Vec<String>,
    locale: String,
    site: String,
    channel: String,
    survey: String,
    customer: String,
}

#[derive(Template)]
#[template(path = "indicators/views/answers.html")]
struct AnswersView {
    page: Page,
    name: String,
    choice: Vec<String>,
    rows: Vec<AnswerLine>,
    total: String,
    first: String,
    next: String,
    back: String,
}

/// The answers behind a mark.
pub(super) async fn answers(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(measure): Path<String>,
    Query(input): Query<ListInput>,
) -> HttpResult {
    let measure: Measure = measure.parse()?;
    let (chosen, after) = listing::parse(measure, &input)?;
    let actor = me.actor().clone();
    let wanted = chosen.clone();
    let (found, total, surveys) = app
        .read(move |tx| {
            let found = actions::answers(tx, &actor, &wanted, after, ROWS)?;
            let survey = wanted.survey.map(|id| super::store::survey_name(tx, id)).transpose()?;
            Ok((found, actions::count(tx, &actor, &wanted)?, survey))
        })
        .await?;
    let page = Page::new(&app, &me, &headers, "/indicators");
    let t = page.t;
    let back = format!("/indicators/{}", measure.name());
    let page = page.crumb(drawn::name(t, measure), back.clone()).crumb(t.get("indicator-answers"), "");
    let names = me.site_names();
    let may_see = me.may(Permission::CustomersRead);
    let rows = found.rows.into_iter().map(|row| answer_line(t, measure, row, &names, may_see)).collect();
    let first = list_address(measure, &input);
    let next = found.next.map(|place| first.clone().with("cursor", listing::cursor(place)).done());
    let total = if total > actions::COUNTED {
        t.one("indicator-answers-more", "n", actions::COUNTED)
    } else {
        t.one("indicator-answers-count", "n", total)
    };
    let view = AnswersView {
        name: drawn::name(t, measure),
        choice: choice_in_words(t, &chosen, &names, surveys),
        rows,
        total,
        first: if after.is_some() { first.done() } else { String::new() },
        next: next.unwrap_or_default(),
        back,
        page,
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn answer_line(t: T, measure: Measure, row: AnswerRow, names: &SiteNames, may_see: bool) -> AnswerLine {
    let customer = row.customer.filter(|_| may_see).map(|id| format!("/customers/{id}"));
    AnswerLine {
        day: t.day(row.day),
        score: words::score(t, measure, row.value),
        texts: row.words,
        locale: row.locale,
        site: names.get(row.site).to_owned(),
        channel: words::channel(t, &row.channel),
        survey: row.survey_name,
        customer: customer.unwrap_or_default(),
    }
}

/// The address of the first page of a list.
fn list_address(measure: Measure, input: &ListInput) -> Address {
    let mut list = Address::new(format!("/indicators/{}/answers", measure.name()));
    for (name, value) in [
        ("from", &input.from),
        ("to", &input.to),
        ("survey", &input.survey),
        ("collection", &input.collection),
        ("value", &input.value),
        ("class", &input.class),
        ("words", &input.words),
    ] {
        if !value.is_empty() {
            list = list.with(name, value);
        }
    }
    let list = input.site.iter().fold(list, |list, site| list.with("site", site));
    input.channel.iter().fold(list, |list, channel| list.with("channel", channel))
}

/// What was chosen, part by part.
fn choice_in_words(t: T, chosen: &Chosen, names: &SiteNames, survey: Option<String>) -> Vec<String> {
    let mut parts = Vec::new();
    match chosen.days {
        (Some(from), Some(to)) => parts.push(words::days(t, kernel::figures::Period { from, to })),
        (Some(from), None) => parts.push(t.one("indicator-filter-since", "day", t.day(from))),
        (None, Some(to)) => parts.push(t.one("indicator-filter-until", "day", t.day(to))),
        (None, None) => {}
    }
    parts.extend(survey);
    for site in &chosen.sites {
        parts.push(site.map_or_else(|| t.get("indicator-no-site"), |id| names.get(Some(id)).to_owned()));
    }
    parts.extend(chosen.channels.iter().map(|name| words::channel_within(t, name)));
    parts.extend(chosen.collection.map(|group| t.get(group.key())));
    if let Some((low, high)) = chosen.values {
        let key = if low == high { "indicator-chosen-score" } else { "indicator-chosen-scores" };
        parts.push(t.two(key, "low", low, "high", high));
    }
    parts
}

/// The indicator a definition is of.
fn measure_of(definition: &str) -> Measure {
    match definition {
        "csat" => Measure::Csat,
        "ces_v2" | "ces_v2_agree" => Measure::Ces2,
        _ => Measure::Nps,
    }
}

#[derive(Template)]
#[template(path = "indicators/views/definition.html")]
struct DefinitionView {
    page: Page,
    name: String,
    version: u32,
    words: String,
    formula: String,
    interval: String,
    source: String,
    limits: String,
}

/// What a figure means, in plain words.
pub(super) async fn definition(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> HttpResult {
    me.actor().require(Permission::IndicatorsRead)?;
    let known = DEFINITIONS.into_iter().find(|known| *known == id).ok_or(Error::NotFound)?;
    let key = known.replace('_', "-");
    let page = Page::new(&app, &me, &headers, "/indicators");
    let t = page.t;
    let text = |part: &str| t.get(&format!("definition-{key}-{part}"));
    let name = t.get(&format!("definition-{key}"));
    let view = DefinitionView {
        words: text("words"),
        formula: text("formula"),
        interval: text("interval"),
        source: text("source"),
        limits: text("limits"),
        version: 1,
        page: page
            .crumb(drawn::name(t, measure_of(known)), format!("/indicators/{}", measure_of(known).name()))
            .crumb(t.get("indicator-meaning"), ""),
        name,
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}
