//! The interface for programs.

use axum::extract::State;
use http::StatusCode;
use kernel::Id;
use kernel::figures::Figure;
use kernel::texts::T;
use serde::Serialize;
use utoipa::ToSchema;
use web_kit::api::{PageOf, json};
use web_kit::{App, Caller, HttpResult, Path, Query};

use super::actions;
use super::listing::{self, ListInput};
use super::model::Input;
use super::rules::{Breakdown, GroupKey, IndicatorReport, selection};
use super::store::AnswerRow;

/// Most answers in one page.
const MOST: i64 = 500;
/// Answers in a page when the caller does not say.
const USUAL: i64 = 50;

/// A number with all it takes to defend it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureBody {
    /// Name of the definition.
    pub definition: &'static str,
    /// Its version; figures of two versions are not compared.
    pub definition_version: u32,
    /// The value; null without answers, or below the floor of anonymity.
    pub value: Option<f64>,
    /// `points` (−100 to 100), `share` (0 to 1) or `mean`.
    pub unit: String,
    /// The interval; null where a margin would mislead.
    pub interval: Option<IntervalBody>,
    /// Answers it rests on.
    pub n: u64,
    /// Questions asked and left unanswered.
    pub missing: u64,
    /// Answers were weighted.
    pub weighted: bool,
    /// First day, `2026-11-22`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Whom it speaks of.
    pub population: String,
    /// How the answers were collected: `random_draw`, `census`, `quota`, `self_selected`, `unknown`.
    pub collection: Vec<&'static str>,
    /// `yes`, `indicative` or `no`.
    pub generalisable: String,
    /// Why, in the caller's language; null for a plain yes.
    pub because: Option<String>,
    /// Page of the answers behind it.
    pub rows: String,
}

/// An interval.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntervalBody {
    /// Lower bound, in the unit of the figure.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// Confidence: 0.95.
    pub confidence: f64,
    /// `score`, `wilson`, `t` or `weighted`.
    pub method: &'static str,
}

/// An indicator with its proof.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorBody {
    /// `nps`, `csat` or `ces2`.
    pub measure: &'static str,
    /// How the answers of `figure` were collected: `probability`, `quota`, `self_selected`, `unknown`.
    pub collection_group: &'static str,
    /// The figure.
    pub figure: FigureBody,
    /// Figures that belong beside it: unweighted beside weighted, a share beside a mean.
    pub beside: Vec<FigureBody>,
    /// Answers carry weights that this measure does not use.
    pub weights_unused: bool,
    /// The value is hidden because fewer people answered than the floor of anonymity.
    pub hidden: bool,
    /// Invitations made within the period; null without any.
    pub invited: Option<InvitedBody>,
    /// Beside the period before; null without one, or without a value in either.
    pub change: Option<ChangeBody>,
    /// Steps of time, oldest first.
    pub trend: Vec<FigureBody>,
    /// Older steps were left out.
    pub trend_cut: bool,
    /// By site, the highest first.
    pub by_site: Vec<GroupBody>,
    /// By channel, the highest first.
    pub by_channel: Vec<GroupBody>,
    /// How many gave each answer.
    pub distribution: Vec<ScoreBody>,
    /// Answers collected otherwise, never counted with the others.
    pub others: Vec<OtherBody>,
}

/// Response rate.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedBody {
    /// Invitations made within the period.
    pub invited: u64,
    /// Those answered so far.
    pub answered: u64,
    /// answered / invited.
    pub rate: Option<f64>,
}

/// A difference with the period before.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeBody {
    /// The figure of the period before.
    pub previous: FigureBody,
    /// Present minus previous.
    pub difference: f64,
    /// Lower bound of the difference at 95 %; null where no sample allows one.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// `rise`, `fall`, `unclear`, `too_few` or `not_a_sample`.
    pub conclusion: String,
}

/// One group of a breakdown.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupBody {
    /// Identifier of the site, or name of the channel; null for answers of no site.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// Its figure; null when hidden by the floor of anonymity.
    pub figure: Option<FigureBody>,
    /// Beside all others: `higher`, `lower`, `same`, `too_few`, `not_a_sample` or `hidden`.
    pub reading: String,
}

/// How many gave an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreBody {
    /// The answer.
    pub value: i64,
    /// `low`, `middle` or `high`.
    pub class: &'static str,
    /// How many gave it.
    pub n: u64,
    /// Share of all.
    pub share: f64,
}

/// Answers collected otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherBody {
    /// How.
    pub collection_group: &'static str,
    /// Their figure.
    pub figure: FigureBody,
}

impl FigureBody {
    /// Writes a figure for programs, its reasons in a language.
    pub fn new(t: T, figure: &Figure) -> Self {
        Self {
            definition: figure.definition.id,
            definition_version: figure.definition.version,
            value: figure.value,
            unit: word(&figure.unit),
            interval: figure.interval.map(|i| IntervalBody {
                low: i.low,
                high: i.high,
                confidence: i.confidence,
                method: i.method,
            }),
            n: figure.n,
            missing: figure.missing,
            weighted: figure.weighted,
            from: figure.period.from.to_string(),
            to: figure.period.to.to_string(),
            population: figure.population.clone(),
            collection: figure.collection.iter().map(|c| c.name()).collect(),
            generalisable: figure.generalisable.key().trim_start_matches("generalisable-").to_owned(),
            because: figure.generalisable.because().map(|because| t.message(because)),
            rows: figure.rows.clone(),
        }
    }
}

impl IndicatorBody {
    /// Writes a report for programs: what the interface answers and the command line prints.
    pub fn new(t: T, report: &IndicatorReport) -> Self {
        let figure = |figure: &Figure| FigureBody::new(t, figure);
        Self {
            measure: report.measure.name(),
            collection_group: report.group.name(),
            figure: figure(&report.figure),
            beside: report.beside.iter().map(figure).collect(),
            weights_unused: report.weights_unused,
            hidden: report.hidden,
            invited: report.invited.map(|i| InvitedBody {
                invited: i.invited,
                answered: i.answered,
                rate: i.rate(),
            }),
            change: report.change.as_ref().map(|change| ChangeBody {
                previous: figure(&change.previous),
                difference: change.difference,
                low: change.interval.map(|(low, _)| low),
                high: change.interval.map(|(_, high)| high),
                conclusion: word(&change.conclusion),
            }),
            trend: report.trend.iter().map(|step| figure(&step.figure)).collect(),
            trend_cut: report.trend_cut,
            by_site: groups(t, &report.by_site),
            by_channel: groups(t, &report.by_channel),
            distribution: report
                .distribution
                .iter()
                .map(|s| ScoreBody { value: s.value, class: s.class.name(), n: s.n, share: s.share })
                .collect(),
            others: report
                .others
                .iter()
                .map(|other| OtherBody {
                    collection_group: other.group.name(),
                    figure: figure(&other.figure),
                })
                .collect(),
        }
    }
}

fn groups(t: T, groups: &Breakdown) -> Vec<GroupBody> {
    let body = |group: &super::rules::Group| GroupBody {
        id: match &group.key {
            GroupKey::Site(site) => site.map(|id| id.to_string()),
            GroupKey::Channel(name) => Some(name.clone()),
        },
        name: super::drawn::group_name(t, &group.key, &group.name),
        figure: group.figure.as_ref().map(|figure| FigureBody::new(t, figure)),
        reading: word(&group.reading),
    };
    groups.iter().map(body).collect()
}

/// A word of a closed list.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An indicator with its proof, trend, breakdowns and distribution.
#[utoipa::path(
    get,
    path = "/api/v1/indicators/{measure}",
    tag = "indicators",
    params(
        ("measure" = String, Path, description = "`nps`, `csat` or `ces2`"),
        ("survey" = Option<String>, Query, description = "One survey only"),
        ("site" = Option<Vec<String>>, Query, description = "These sites only; `none` for answers of no site"),
        ("channel" = Option<Vec<String>>, Query, description = "These channels only"),
        ("period" = Option<String>, Query, description = "`this_month`, `last_month`, `quarter`, `last_quarter`, `12_months` (unless said), `all` or `custom`"),
        ("from" = Option<String>, Query, description = "First day of a custom period"),
        ("to" = Option<String>, Query, description = "Last day of a custom period"),
        ("grouping" = Option<String>, Query, description = "Steps of the trend: `week`, `month` (unless said) or `quarter`"),
        ("collection" = Option<String>, Query, description = "`probability`, `quota`, `self_selected` or `unknown`"),
        ("weights" = Option<String>, Query, description = "`off` to leave weights out"),
    ),
    responses(
        (status = 200, body = IndicatorBody),
        (status = 404, body = web_kit::Problem),
        (status = 422, body = web_kit::Problem),
    )
)]
pub async fn indicator(
    State(app): State<App>,
    caller: Caller,
    Path(measure): Path<String>,
    Query(input): Query<Input>,
) -> HttpResult {
    let query = selection::parse(measure.parse()?, &input)?;
    let actor = caller.actor.clone();
    let report = app.read(move |tx| actions::measure_report(tx, &actor, &query)).await?;
    json(StatusCode::OK, &IndicatorBody::new(caller.t, &report), None)
}

/// One answer behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerBody {
    /// Response it belongs to.
    #[schema(value_type = String)]
    pub response_id: Id,
    /// When it was given, `2026-11-22`.
    pub day: String,
    /// The answer; null when the question was left unanswered.
    pub value: Option<i64>,
    /// Its weight.
    pub weight: f64,
    /// Where.
    #[schema(value_type = Option<String>)]
    pub site_id: Option<Id>,
    /// By which channel.
    pub channel: String,
    /// How it was collected.
    pub collection: &'static str,
    /// In which survey.
    #[schema(value_type = String)]
    pub survey_id: Id,
    /// Who answered, when known.
    #[schema(value_type = Option<String>)]
    pub customer_id: Option<Id>,
    /// Language it was given in.
    pub locale: String,
    /// What the person wrote, untouched.
    pub words: Vec<String>,
}

impl From<AnswerRow> for AnswerBody {
    fn from(row: AnswerRow) -> Self {
        Self {
            response_id: row.response,
            day: row.day.to_string(),
            value: row.value,
            weight: row.weight,
            site_id: row.site,
            channel: row.channel,
            collection: row.collection.name(),
            survey_id: row.survey,
            customer_id: row.customer,
            locale: row.locale,
            words: row.words,
        }
    }
}

/// Which measure's answers, and which of them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct AnswersInput {
    /// `nps`, `csat` or `ces2`.
    measure: String,
    from: String,
    to: String,
    survey: String,
    site: Vec<String>,
    channel: Vec<String>,
    collection: String,
    value: String,
    class: String,
    words: String,
    cursor: String,
    limit: String,
}

/// The answers to a measure, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/answers",
    tag = "indicators",
    params(
        ("measure" = String, Query, description = "`nps`, `csat` or `ces2`"),
        ("from" = Option<String>, Query, description = "First day"),
        ("to" = Option<String>, Query, description = "Last day"),
        ("survey" = Option<String>, Query, description = "One survey only"),
        ("site" = Option<Vec<String>>, Query, description = "These sites only; `none` for answers of no site"),
        ("channel" = Option<Vec<String>>, Query, description = "These channels only"),
        ("collection" = Option<String>, Query, description = "`probability`, `quota`, `self_selected` or `unknown`"),
        ("value" = Option<i64>, Query, description = "One answer of the scale"),
        ("class" = Option<String>, Query, description = "`low`, `middle` or `high`"),
        ("words" = Option<String>, Query, description = "`yes` for answers with words only"),
        ("cursor" = Option<String>, Query, description = "Where the previous page ended"),
        ("limit" = Option<i64>, Query, description = "Rows wanted, 50 unless said, 500 at most"),
    ),
    responses((status = 200, body = PageOf<AnswerBody>), (status = 422, body = web_kit::Problem))
)]
pub async fn answers(
    State(app): State<App>,
    caller: Caller,
    Query(input): Query<AnswersInput>,
) -> HttpResult {
    let unknown = |_| kernel::Error::field("measure", "indicator-choice-unknown");
    let measure = input.measure.parse().map_err(unknown)?;
    let limit = match input.limit.trim() {
        "" => USUAL,
        text => text.parse().map_err(|_| kernel::Error::field("limit", "indicator-choice-unknown"))?,
    };
    let list = ListInput {
        from: input.from,
        to: input.to,
        survey: input.survey,
        site: input.site,
        channel: input.channel,
        collection: input.collection,
        value: input.value,
        class: input.class,
        words: input.words,
        cursor: input.cursor,
        limit: String::new(),
    };
    let (chosen, after) = listing::parse(measure, &list)?;
    let actor = caller.actor.clone();
    let limit = limit.clamp(1, MOST);
    let found = app.read(move |tx| actions::answers(tx, &actor, &chosen, after, limit)).await?;
    let body = PageOf {
        items: found.rows.into_iter().map(AnswerBody::from).collect(),
        next_cursor: found.next.map(listing::cursor),
    };
    json(StatusCode::OK, &body, None)
}
