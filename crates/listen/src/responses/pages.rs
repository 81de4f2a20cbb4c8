//! Pages: the responses of a survey, and one of them.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use kernel::texts::T;
use kernel::{Day, Id};
use serde::Deserialize;
use web_kit::{App, HttpResult, Page, Path, Query, SignedIn, query_value};

use super::model::{Filter, Full, Sheet};
use super::{actions, api};
use crate::answering::channel_in_words;
use crate::answering::rules;
use crate::surveys;
use crate::surveys::model::{Band, Content, QuestionKind};

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListQuery {
    from: String,
    to: String,
    site: String,
    channel: String,
    words: String,
    cursor: String,
}

impl ListQuery {
    /// Dates and identifiers that cannot be read restrict nothing.
    fn filter(&self) -> Filter {
        let day = |text: &str| text.parse::<Day>().ok();
        Filter {
            from: day(&self.from),
            to: day(&self.to),
            site: self.site.parse().ok(),
            channel: Some(self.channel.clone()).filter(|c| !c.is_empty()),
            with_words: self.words == "on",
        }
    }

    /// The same choice as a query, for the next page.
    fn again(&self) -> String {
        let pairs = [
            ("from", &self.from),
            ("to", &self.to),
            ("site", &self.site),
            ("channel", &self.channel),
            ("words", &self.words),
        ];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| format!("&{name}={}", query_value(value))).collect()
    }

    fn is_filtered(&self) -> bool {
        !self.again().is_empty()
    }
}

/// A response as listed.
struct Row {
    id: Id,
    day: String,
    score: String,
    tone: &'static str,
    words: String,
    site: String,
    channel: String,
    customer: Option<(Id, String)>,
}

#[derive(Template)]
#[template(path = "responses/views/list.html")]
struct ListView {
    page: Page,
    survey: Id,
    name: String,
    rows: Vec<Row>,
    q: ListQuery,
    sites: Vec<(String, String)>,
    next: Option<String>,
}

pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(q): Query<ListQuery>,
) -> HttpResult {
    let (actor, filter, beyond) =
        (me.actor().clone(), q.filter(), api::cursor(&q.cursor).unwrap_or_default());
    let (survey, contents, mut found) = app
        .read(move |tx| {
            let found = actions::list(tx, &actor, id, &filter, beyond, actions::PAGE + 1)?;
            let survey = surveys::store::get(tx, id)?;
            let mut contents = std::collections::HashMap::new();
            for full in &found {
                let version = full.response.version;
                if let std::collections::hash_map::Entry::Vacant(entry) = contents.entry(version) {
                    entry.insert(surveys::store::version_content(tx, id, version)?);
                }
            }
            Ok((survey, contents, found))
        })
        .await?;
    let more = found.len() > actions::PAGE as usize;
    found.truncate(actions::PAGE as usize);
    let t = me.t();
    let last =
        found.last().filter(|_| more).map(|f| format!("{}-{}", f.response.day.as_days(), f.response.id));
    let row = |full: Full| {
        let content = contents.get(&full.response.version)?;
        Some(row(&me, content, full))
    };
    let view = ListView {
        rows: found.into_iter().filter_map(row).collect(),
        next: last.map(|cursor| format!("/surveys/{id}/responses?cursor={cursor}{}", q.again())),
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        survey: id,
        name: survey.settings.name.clone(),
        page: Page::new(&app, &me, &headers, "/surveys")
            .crumb(survey.settings.name, surveys::sheet_url(id))
            .crumb(t.get("response-title"), ""),
        q,
    };
    Page::show(false, &app, &view)
}

fn row(me: &SignedIn, content: &Content, full: Full) -> Row {
    let t = me.t();
    let response = &full.response;
    Row {
        id: response.id,
        day: t.day(response.day),
        score: rules::score_in_short(content, &full.answers).unwrap_or_default(),
        tone: tone(content, &full),
        words: rules::words(content, &full.answers),
        site: me.site_names().get(response.site).to_owned(),
        channel: channel_in_words(t, &response.channel),
        customer: response
            .customer
            .filter(|_| !full.customer_name.is_empty())
            .map(|id| (id, full.customer_name.clone())),
    }
}

/// Class of the tag of a score.
fn tone(content: &Content, full: &Full) -> &'static str {
    let question = content.first_score();
    let value =
        question.and_then(|q| full.answers.iter().find(|a| a.question == q.key)).and_then(|a| a.value);
    if value.is_none() {
        return "tag tag--line";
    }
    match rules::thanks_band(content, value) {
        Band::Low => "tag tag--late",
        Band::Middle => "tag tag--soon",
        Band::High => "tag tag--good",
    }
}

/// A question with its answer, in words.
struct Shown {
    question: String,
    answer: String,
    /// It is in the customer's own words.
    is_voice: bool,
}

#[derive(Template)]
#[template(path = "responses/views/show.html")]
struct ShowView {
    page: Page,
    sheet: Sheet,
    shown: Vec<Shown>,
    when: String,
    site: String,
    channel: String,
    score: String,
    tone: &'static str,
    weight: Option<String>,
    may_see_customer: bool,
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    let actor = me.actor().clone();
    let sheet = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let (t, response) = (me.t(), &sheet.full.response);
    let view = ShowView {
        shown: shown(t, &sheet),
        when: t.moment(response.submitted_at, &me.organisation().zone),
        site: me.site_names().get(response.site).to_owned(),
        channel: channel_in_words(t, &response.channel),
        score: rules::score_in_short(&sheet.content, &sheet.full.answers).unwrap_or_default(),
        tone: tone(&sheet.content, &sheet.full),
        weight: response.weight.map(|w| t.decimal(w, 3)),
        may_see_customer: me.may(Permission::CustomersRead) && !sheet.full.customer_name.is_empty(),
        page: Page::new(&app, &me, &headers, "/surveys")
            .crumb(sheet.survey_name.clone(), surveys::sheet_url(response.survey))
            .crumb(t.get("response-title"), format!("/surveys/{}/responses", response.survey))
            .crumb(t.day(response.day), ""),
        sheet,
    };
    Page::show(false, &app, &view)
}

fn shown(t: T, sheet: &Sheet) -> Vec<Shown> {
    let (content, locale) = (&sheet.content, t.locale());
    let answer_to = |key: &str| sheet.full.answers.iter().find(|a| a.question == key);
    content
        .questions
        .iter()
        .map(|question| {
            let answer = answer_to(&question.key);
            let value = answer.and_then(|a| a.value);
            let text = answer.and_then(|a| a.text.clone()).unwrap_or_default();
            let in_words = match question.kind {
                QuestionKind::Text => text,
                QuestionKind::ContactOk => match value {
                    Some(1) if text.is_empty() => t.get("survey-yes"),
                    Some(1) => t.one("response-reach", "where", text),
                    Some(_) => t.get("survey-no"),
                    None => String::new(),
                },
                QuestionKind::Choice => {
                    let rank = value.and_then(|v| usize::try_from(v - 1).ok());
                    rank.and_then(|at| question.options.get(at))
                        .map(|o| o.read_in(locale).to_owned())
                        .unwrap_or_default()
                }
                QuestionKind::Nps | QuestionKind::Csat | QuestionKind::Ces2 => {
                    let most = question.kind.scale().map_or(0, |scale| *scale.end());
                    value.map(|v| t.two("response-score", "value", v, "most", most)).unwrap_or_default()
                }
            };
            Shown {
                question: question.text.read_in(locale).to_owned(),
                is_voice: question.kind == QuestionKind::Text && !in_words.is_empty(),
                answer: in_words,
            }
        })
        .collect()
}
