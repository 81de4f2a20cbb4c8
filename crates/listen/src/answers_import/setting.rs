//! Options of an import of answers, and what its rows need looked up.

use std::collections::HashSet;

use kernel::figures::Collection;
use kernel::identity::{Actor, Scope};
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx, organisation};
use know::import::cells::{Dates, Sites, order_option};
use know::import::{Draft, Label, OptionField};

use super::reading::Scores;
use crate::answering::CHANNELS;
use crate::surveys;
use crate::surveys::model::{Content, Question, QuestionKind, Words};

/// Option value: the answers get a survey of their own.
pub(super) const NEW: &str = "new";
/// Measures a file can hold.
pub(super) const MEASURES: [QuestionKind; 3] = [QuestionKind::Nps, QuestionKind::Csat, QuestionKind::Ces2];

/// What a person decides beside the mapping.
pub(super) fn options(tx: &mut Tx<'_>, draft: &Draft) -> Result<Vec<OptionField>> {
    let mut targets = vec![(NEW.to_owned(), Label::Key("answers-import-survey-new"))];
    let known = surveys::store::list(tx, None, 500)?;
    let published = known.into_iter().filter(|s| s.published_number.is_some());
    targets.extend(published.map(|s| (s.id.to_string(), Label::Text(s.settings.name))));
    let named = |names: Vec<(&str, &'static str)>| -> Vec<(String, Label)> {
        names.into_iter().map(|(value, key)| (value.to_owned(), Label::Key(key))).collect()
    };
    let measures = MEASURES.iter().map(|kind| (kind.name(), kind.key())).collect();
    let mut collections = vec![("", "answers-import-choose")];
    collections.extend(Collection::ALL.iter().map(|c| (c.name(), c.key())));
    let channels = CHANNELS.iter().map(|c| ((*c).to_owned(), Label::Key(channel_key(c)))).collect();
    let title = draft.file_name.rsplit_once('.').map_or(draft.file_name.as_str(), |(stem, _)| stem);
    Ok(vec![
        OptionField::choice("survey", "answers-import-survey", targets),
        OptionField::text("title", "answers-import-title").usually(title),
        OptionField::choice("measure", "answers-import-measure", named(measures))
            .usually(usual_measure(draft)),
        OptionField::text("missing", "answers-import-missing"),
        OptionField::check("outside", "answers-import-outside-missing"),
        OptionField::check("reversed", "answers-import-reversed"),
        OptionField::choice("collection", "answers-import-collection", named(collections)),
        OptionField::day("day", "answers-import-day"),
        order_option(),
        OptionField::choice("channel", "answers-import-channel", channels).usually("web"),
        OptionField::choice(
            "locale",
            "answers-import-locale",
            named(vec![("fr", "answers-import-locale-fr"), ("en", "answers-import-locale-en")]),
        ),
        OptionField::check("strangers", "answers-import-strangers"),
    ])
}

/// The measure the score column looks like.
fn usual_measure(draft: &Draft) -> &'static str {
    use kernel::tabular::guess::ColumnKind::{Score0To10, Score1To5, Score1To7};
    let looks = |kind| draft.columns.iter().any(|c| c.guess.kind == Some(kind));
    if looks(Score0To10) {
        "nps"
    } else if looks(Score1To5) {
        "csat"
    } else if looks(Score1To7) {
        "ces2"
    } else {
        "nps"
    }
}

fn channel_key(channel: &str) -> &'static str {
    match channel {
        "qr" => "answer-channel-qr",
        "paper" => "answer-channel-paper",
        "phone" => "answer-channel-phone",
        "counter" => "answer-channel-counter",
        "mail" => "answer-channel-mail",
        "letter" => "answer-channel-letter",
        "visit" => "answer-channel-visit",
        "web" => "answer-channel-web",
        _ => "answer-channel-link",
    }
}

/// Where the answers go.
#[derive(Clone, Debug)]
pub(crate) enum Into {
    /// A survey of their own, made with the first batch.
    New {
        /// Its name.
        title: String,
        /// What it is said to have asked.
        content: Box<Content>,
    },
    /// A published survey.
    Known {
        /// Which.
        survey: Id,
        /// Which version.
        version: i64,
        /// What it asks.
        content: Box<Content>,
    },
}

impl Into {
    /// What is asked.
    pub(super) fn content(&self) -> &Content {
        match self {
            Self::New { content, .. } | Self::Known { content, .. } => content,
        }
    }
}

/// Everything rows need.
#[derive(Clone, Debug)]
pub struct Setting {
    pub(super) into: Into,
    pub(super) scores: Scores,
    pub(super) dates: Dates,
    pub(super) sites: Sites,
    pub(super) reach: Scope,
    pub(super) channel: String,
    pub(super) collection: Collection,
    pub(super) locale: Locale,
    /// Answers of customers nobody knows are kept, without a name.
    pub(super) keeps_strangers: bool,
    /// Key of the score's question.
    pub(super) score_key: String,
    /// Key of the question for words, if there is one.
    pub(super) words_key: Option<String>,
}

/// How scores are read.
pub(super) fn scores(draft: &Draft) -> Scores {
    let kind = QuestionKind::parse(draft.options.get("measure")).filter(|k| k.measure().is_some());
    Scores {
        kind: kind.unwrap_or(QuestionKind::Nps),
        missing: Scores::codes(draft.options.get("missing")),
        outside_is_missing: draft.options.is_on("outside"),
        is_reversed: draft.options.is_on("reversed"),
    }
}

/// Looks up what rows need.
pub(super) fn open(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Setting> {
    let house = organisation::store::get(tx)?;
    let scores = scores(draft);
    let into = target(tx, draft, scores.kind)?;
    let content = into.content();
    let score = content.questions.iter().find(|q| q.kind == scores.kind);
    let score_key =
        score.map(|q| q.key.clone()).ok_or_else(|| Error::refused("answers-import-other-measure"))?;
    let words = content.questions.iter().find(|q| q.kind == QuestionKind::Text);
    let usual = draft.options.get("channel");
    Ok(Setting {
        words_key: words.map(|q| q.key.clone()),
        into,
        scores,
        score_key,
        dates: Dates::of(draft, &house.zone, tx.now()),
        sites: Sites::within(tx, by)?,
        reach: by.scope.clone(),
        channel: if usual.is_empty() { "web".to_owned() } else { usual.to_owned() },
        collection: Collection::parse(draft.options.get("collection")).unwrap_or(Collection::Unknown),
        locale: draft.options.get("locale").parse().unwrap_or_default(),
        keeps_strangers: draft.options.is_on("strangers"),
    })
}

fn target(tx: &mut Tx<'_>, draft: &Draft, measure: QuestionKind) -> Result<Into> {
    let chosen = draft.options.get("survey");
    if let Ok(survey) = chosen.parse::<Id>() {
        let known = surveys::store::get(tx, survey)?;
        let version = known.published_number.ok_or_else(|| Error::refused("survey-error-not-published"))?;
        let content = Box::new(surveys::store::version_content(tx, survey, version)?);
        return Ok(Into::Known { survey, version, content });
    }
    let title: String = draft.options.get("title").trim().chars().take(120).collect();
    let title = if title.is_empty() { draft.file_name.chars().take(120).collect() } else { title };
    Ok(Into::New { content: Box::new(own_content(draft, measure, &title)), title })
}

/// What a survey made by an import is said to have asked: the names of the columns, which is all we know.
fn own_content(draft: &Draft, measure: QuestionKind, title: &str) -> Content {
    let mut questions = Vec::new();
    for (field, kind) in [("score", measure), ("words", QuestionKind::Text)] {
        let names: HashSet<&str> = draft.columns_of(field).map(|(_, column)| column.name.as_str()).collect();
        let name = names.into_iter().next().unwrap_or(field);
        if kind == measure || draft.has(field) {
            let name: String = name.chars().take(300).collect();
            questions.push(Question {
                key: format!("q{}", questions.len() + 1),
                kind,
                text: Words::new(name.clone(), name),
                low: Words::default(),
                high: Words::default(),
                options: Vec::new(),
            });
        }
    }
    Content {
        title: Words::new(title, title),
        last_key: u32::try_from(questions.len()).unwrap_or_default(),
        questions,
        ..Content::default()
    }
}
