//! Answers that come in as a file, through the same screen as customers: a kind of [`know::import`].
//!
//! One row is one response: a score of one measure, words, a day, a site, a channel, a weight, a customer's number.

mod reading;
mod setting;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use kernel::figures::Collection;
use kernel::identity::{Actor, Permission};
use kernel::tabular::guess::ColumnKind;
use kernel::texts::T;
use kernel::{Day, Id, Instant, Message, Result, Tx};
use know::import::cells;
use know::import::{
    Cells, Draft, Fact, Field, Finding, ImportKind, Kind, Mapping, OptionField, Outcome, Reason, Tone, Trace,
    Undone, propose_by_guess,
};

use self::setting::Into;
pub use self::setting::Setting;
use crate::answering::actions::record;
use crate::answering::channel_in_words;
use crate::answering::model::{Answer, Incoming};
use crate::surveys::model::{NewSurvey, QuestionKind, Settings, State, Template};
use crate::{responses, surveys};

/// Answers as a kind of import.
#[derive(Clone, Copy, Debug)]
pub struct Answers;

/// The kind, for the program's list of kinds.
pub const KIND: Kind = Kind::of::<Answers>();

/// A row that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    score: Option<i64>,
    words: String,
    day: Day,
    at: Instant,
    site: Option<Id>,
    channel: String,
    weight: Option<f64>,
    customer: String,
}

impl ImportKind for Answers {
    const CODE: &'static str = "answers";
    const JOB: &'static str = "import.answers";
    const PERMISSION: Permission = Permission::AnswersImport;
    type Setting = Setting;
    type Row = Row;
    type Memory = ();

    fn options(tx: &mut Tx<'_>, _by: &Actor, draft: &Draft) -> Result<Vec<OptionField>> {
        setting::options(tx, draft)
    }

    fn fields(_tx: &mut Tx<'_>, _by: &Actor, _draft: &Draft) -> Result<Vec<Field>> {
        let scores = [ColumnKind::Score0To10, ColumnKind::Score1To5, ColumnKind::Score1To7];
        Ok(vec![
            Field::new("score", "answers-import-field-score", &scores),
            Field::new("words", "answers-import-field-words", &[ColumnKind::Comment]),
            Field::new("date", "answers-import-field-date", &[ColumnKind::Date]),
            Field::new("site", "answers-import-field-site", &[ColumnKind::Site]),
            Field::new("channel", "answers-import-field-channel", &[ColumnKind::Channel]),
            Field::new("weight", "answers-import-field-weight", &[ColumnKind::Weight]),
            Field::new("customer", "answers-import-field-customer", &[ColumnKind::ExternalNumber]),
        ])
    }

    fn propose(draft: &Draft, fields: &[Field]) -> Mapping {
        let mut draft = draft.clone();
        draft.mapping.0.resize(draft.columns.len(), None);
        // Files of answers are full of small numbers: the name tells the score from the rest.
        if let Some(at) = draft.columns.iter().position(|column| reading::names_a_score(&column.name))
            && !draft.has("score")
            && let Some(place) = draft.mapping.0.get_mut(at)
        {
            *place = Some("score".to_owned());
        }
        propose_by_guess(&draft, fields)
    }

    fn check(tx: &mut Tx<'_>, _by: &Actor, draft: &Draft) -> Result<Vec<Finding>> {
        let mut found = Vec::new();
        let blocking = |key: &'static str, detail: &'static str| Finding::new(Tone::Blocking, key, detail);
        if !draft.has("score") {
            found.push(blocking("answers-import-no-score", "answers-import-no-score-detail"));
        }
        if Collection::parse(draft.options.get("collection")).is_none() {
            let asked = blocking("answers-import-no-collection", "answers-import-no-collection-detail");
            found.push(asked.settled_by("collection"));
        }
        if !draft.has("date") && draft.options.get("day").parse::<Day>().is_err() {
            let asked = blocking("answers-import-no-date", "answers-import-no-date-detail");
            found.push(asked.settled_by("day"));
        }
        found.extend(strays(draft));
        found.extend(cells::doubtful_dates(draft));
        found.extend(other_measure(tx, draft)?);
        Ok(found)
    }

    fn open(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Setting> {
        setting::open(tx, by, draft)
    }

    fn prepare(setting: &Setting, cells: &Cells<'_>) -> Result<Row, Vec<Reason>> {
        let mut reasons = Vec::new();
        let mut note = |field: &'static str, message: Message| reasons.push(Reason::field(field, message));
        let score = setting.scores.read(&cells.get("score"));
        let words = reading::words(&cells.get("words"));
        let date = setting.dates.read(&cells.get("date"));
        let site = setting.sites.read(&cells.get("site"));
        let weight = reading::weight(&cells.get("weight"));
        for (field, refused) in [
            ("answers-import-field-score", score.as_ref().err()),
            ("answers-import-field-words", words.as_ref().err()),
            ("answers-import-field-date", date.as_ref().err()),
            ("answers-import-field-site", site.as_ref().err()),
            ("answers-import-field-weight", weight.as_ref().err()),
        ] {
            if let Some(message) = refused {
                note(field, message.clone());
            }
        }
        let (Ok(score), Ok(words), Ok((day, at)), Ok(site), Ok(weight)) = (score, words, date, site, weight)
        else {
            return Err(reasons);
        };
        let channel = reading::channel(&cells.get("channel"), &setting.channel);
        Ok(Row { score, words, day, at, site, channel, weight, customer: cells.get("customer").into_owned() })
    }

    fn rehearse(
        tx: &mut Tx<'_>,
        _by: &Actor,
        setting: &Setting,
        _memory: &mut (),
        rows: &[Row],
    ) -> Result<Vec<Outcome>> {
        let known = customers(tx, setting, rows)?;
        let outcome = |row: &Row| match customer_of(setting, &known, row) {
            Err(reason) => Outcome::rejected(vec![reason]),
            // Nothing is written: the subject only marks something new.
            Ok(_) => Outcome { subject: None, ..Outcome::created(Id(0)) },
        };
        Ok(rows.iter().map(outcome).collect())
    }

    fn apply(
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Setting,
        import: Id,
        rows: &[Row],
    ) -> Result<Vec<Outcome>> {
        let (survey, version) = target(tx, by, setting, import)?;
        let known = customers(tx, setting, rows)?;
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            outcomes.push(match customer_of(setting, &known, row) {
                Err(reason) => Outcome::rejected(vec![reason]),
                Ok(customer) => {
                    let answers = answers(setting, row);
                    let incoming = Incoming {
                        survey,
                        version,
                        content: setting.into.content(),
                        answers: &answers,
                        invitation: None,
                        customer,
                        site: row.site,
                        channel: &row.channel,
                        collection: setting.collection,
                        locale: setting.locale,
                        at: row.at,
                        day: row.day,
                        nonce: None,
                        weight: row.weight,
                        import: Some(import),
                    };
                    Outcome::created(record(tx, by, &incoming)?.id())
                }
            });
        }
        Ok(outcomes)
    }

    fn undo(tx: &mut Tx<'_>, _by: &Actor, import: Id, traces: &[Trace]) -> Result<Vec<Undone>> {
        for trace in traces {
            know::interactions::store::delete_from(tx, trace.subject)?;
            responses::store::delete(tx, trace.subject)?;
        }
        surveys::store::delete_made_by(tx, import)?;
        Ok(traces.iter().map(|_| Undone::Removed).collect())
    }

    fn preview(tx: &mut Tx<'_>, _by: &Actor, setting: &Setting, row: &Row, t: T) -> Result<Vec<Fact>> {
        let (_, most) = setting.scores.bounds();
        let skipped = || t.get("response-skipped");
        let score = row.score.map_or_else(skipped, |v| t.two("response-score", "value", v, "most", most));
        let mut facts = vec![
            Fact::new("answers-import-field-score", score),
            Fact::new("answers-import-field-date", t.day(row.day)),
            Fact::new("answers-import-field-channel", channel_in_words(t, &row.channel)),
        ];
        if !row.words.is_empty() {
            facts.push(Fact::new("answers-import-field-words", row.words.clone()));
        }
        if let Some(site) = row.site {
            facts.push(Fact::new(
                "answers-import-field-site",
                kernel::organisation::store::site(tx, site)?.name,
            ));
        }
        if let Some(weight) = row.weight {
            facts.push(Fact::new("answers-import-field-weight", t.decimal(weight, 3)));
        }
        if !row.customer.is_empty() {
            facts.push(Fact::new("answers-import-field-customer", row.customer.clone()));
        }
        let survey = match &setting.into {
            Into::New { title, .. } => Fact::new("answers-import-survey", title.clone()),
            Into::Known { survey, content, .. } => {
                Fact::new("answers-import-survey", content.title.read_in(t.locale()))
                    .leading_to(surveys::sheet_url(*survey))
            }
        };
        facts.push(survey);
        Ok(facts)
    }

    fn subject_href(subject: Id) -> Option<String> {
        Some(responses::url(subject))
    }

    fn result_href(_import: Id, draft: &Draft) -> Option<String> {
        let survey = draft.options.get("survey").parse::<Id>().ok();
        Some(
            survey
                .map_or_else(|| "/surveys".to_owned(), |id| format!("{}/responses", surveys::sheet_url(id))),
        )
    }
}

/// The survey the answers go to; one of their own is made by the first batch that needs it, closed from the start.
fn target(tx: &mut Tx<'_>, by: &Actor, setting: &Setting, import: Id) -> Result<(Id, i64)> {
    let (title, content) = match &setting.into {
        Into::Known { survey, version, .. } => return Ok((*survey, *version)),
        Into::New { title, content } => (title, content),
    };
    if let Some(made) = surveys::store::of_import(tx, import)? {
        return Ok((made.id, made.published_number.unwrap_or(1)));
    }
    let settings =
        Settings { name: title.clone(), after_contact: false, quiet_days: surveys::rules::QUIET_DAYS };
    let new = NewSurvey { template: Template::Imported, settings, content: (**content).clone() };
    let survey = surveys::actions::insert(tx, by, &new)?;
    let survey = surveys::actions::publish_as(tx, by, &survey, State::Closed)?;
    surveys::store::set_import(tx, survey.id, import)?;
    Ok((survey.id, survey.published_number.unwrap_or(1)))
}

fn answers(setting: &Setting, row: &Row) -> Vec<Answer> {
    let score =
        row.score.map(|value| Answer { question: setting.score_key.clone(), value: Some(value), text: None });
    let words = setting.words_key.as_ref().filter(|_| !row.words.trim().is_empty());
    let words = words.map(|key| Answer { question: key.clone(), value: None, text: Some(row.words.clone()) });
    score.into_iter().chain(words).collect()
}

/// The customers of these rows who are within reach, by their numbers.
fn customers(tx: &mut Tx<'_>, setting: &Setting, rows: &[Row]) -> Result<HashMap<String, Id>> {
    let mut known = HashMap::new();
    for row in rows.iter().filter(|row| !row.customer.is_empty()) {
        if known.contains_key(&row.customer) {
            continue;
        }
        let found = know::customers::store::by_external_number(tx, &row.customer)?;
        if let Some(customer) = found.filter(|c| setting.reach.includes(c.details.site)) {
            known.insert(row.customer.clone(), customer.id);
        }
    }
    Ok(known)
}

fn customer_of(setting: &Setting, known: &HashMap<String, Id>, row: &Row) -> Result<Option<Id>, Reason> {
    let found = known.get(&row.customer).copied();
    if row.customer.is_empty() || found.is_some() || setting.keeps_strangers {
        return Ok(found);
    }
    let message = Message::new("answers-import-bad-customer").with("value", row.customer.as_str());
    Err(Reason::field("answers-import-field-customer", message))
}

/// Values of the score column that are neither scores nor codes for "no answer".
fn strays(draft: &Draft) -> Option<Finding> {
    let scores = setting::scores(draft);
    let (at, column) = draft.columns_of("score").next()?;
    let odd = |value: &str| !value.trim().is_empty() && scores.read(value).is_err();
    let values = column.values.as_ref()?.iter().filter(|(value, _)| odd(value));
    let (mut rows, mut shown) = (0, Vec::new());
    for (value, n) in values {
        rows += n;
        shown.push(value.clone());
    }
    if shown.is_empty() {
        return None;
    }
    shown.truncate(6);
    let title = Message::new("answers-import-strays").with("values", shown.join(", "));
    let detail = Message::new("answers-import-strays-detail").with("n", rows);
    let tag = Message::new("answers-import-strays-tag").with("n", rows);
    Some(Finding::new(Tone::Warning, title, detail).at(at, tag).settled_by("missing"))
}

/// The chosen survey asks for another measure.
fn other_measure(tx: &mut Tx<'_>, draft: &Draft) -> Result<Option<Finding>> {
    let Ok(survey) = draft.options.get("survey").parse::<Id>() else { return Ok(None) };
    let known = surveys::store::get(tx, survey)?;
    let content = surveys::actions::published(tx, &known)?.unwrap_or(known.draft);
    let measure = setting::scores(draft).kind;
    let has = |kind: QuestionKind| content.questions.iter().any(|q| q.kind == kind);
    if !has(measure) {
        let finding = Finding::new(
            Tone::Blocking,
            "answers-import-other-measure",
            "answers-import-other-measure-detail",
        );
        return Ok(Some(finding.settled_by("measure")));
    }
    if draft.has("words") && !has(QuestionKind::Text) {
        let finding =
            Finding::new(Tone::Warning, "answers-import-no-words", "answers-import-no-words-detail");
        return Ok(Some(finding.settled_by("survey")));
    }
    Ok(None)
}
