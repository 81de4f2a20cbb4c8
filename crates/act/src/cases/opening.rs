//! An unhappy answer opens a case, when its author may be contacted.

use kernel::identity::{Actor, Scope};
use kernel::ledger::Recorded;
use kernel::texts::Locale;
use kernel::{Id, Result, Tx};
use listen::answering::model::Answer;
use listen::surveys::model::{Content, QuestionKind};
use serde::Deserialize;

use super::model::{Case, Detail, NewCase, Origin, Phase, Severity, StepKind};
use super::rules::{self, CaseRules, TITLE};
use super::{actions, store};

/// What `response.received` tells.
#[derive(Deserialize)]
struct Told {
    customer: Option<Id>,
    site: Option<Id>,
    #[serde(default)]
    scores: serde_json::Map<String, serde_json::Value>,
    #[serde(default)]
    contact_ok: bool,
}

/// Opens a case for an unhappy answer. A customer whose case is open already is not called twice: what they said comes
/// to that case.
pub(super) fn on_answer(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let Some(after) = event.after.clone() else { return Ok(()) };
    let told: Told = serde_json::from_value(after)?;
    if !told.contact_ok {
        return Ok(());
    }
    if let Some(customer) = told.customer
        && know::customers::store::is_erased(tx, customer)?
    {
        return Ok(());
    }
    let rules = known_rules(tx)?;
    let Some((measure, score)) = unhappy(&rules, &told.scores) else { return Ok(()) };
    let response = event.subject;
    let said = said(tx, response)?;
    if let Some(customer) = told.customer
        && let Some(open) = store::open_of_customer(tx, customer, told.site)?
    {
        let severity = CaseRules::severity(&measure, score);
        return again(tx, &open, response, severity, &said.words);
    }
    if told.customer.is_none() && said.reach.is_empty() {
        // Nobody to call: the answer stays among the verbatims.
        return Ok(());
    }
    let new = NewCase {
        origin: Origin::Answer,
        title: said.title,
        words: said.words,
        customer: told.customer,
        reach: said.reach,
        response: Some(response),
        severity: CaseRules::severity(&measure, score),
        score: Some((measure, score)),
        site: told.site,
        cause: None,
        at: event.at,
        import: None,
    };
    actions::open(tx, &Actor::system(actions::SYSTEM), new).map(drop)
}

/// The rules, read once per batch of events.
fn known_rules(tx: &mut Tx<'_>) -> Result<CaseRules> {
    let text = tx.once("act.rules", |tx| Ok(serde_json::to_string(&store::case_rules(tx)?.0)?))?;
    Ok(serde_json::from_str(&text)?)
}

/// The worst of the scores that open a case.
fn unhappy(rules: &CaseRules, scores: &serde_json::Map<String, serde_json::Value>) -> Option<(String, i64)> {
    let given = scores.iter().filter_map(|(measure, value)| Some((measure.clone(), value.as_i64()?)));
    let unhappy = given.into_iter().filter(|(measure, score)| rules.is_unhappy(measure, *score));
    unhappy.min_by_key(|(measure, score)| std::cmp::Reverse(CaseRules::severity(measure, *score).weight()))
}

/// What an answer tells a case.
struct Said {
    title: String,
    words: String,
    reach: String,
}

fn said(tx: &mut Tx<'_>, response: Id) -> Result<Said> {
    let found = listen::responses::store::get(tx, &Scope::All, response)?;
    let content = listen::surveys::store::version_content(tx, found.survey, found.version)?;
    let answers = listen::responses::store::answers(tx, &[response])?.remove(&response).unwrap_or_default();
    let locale: Locale = tx.once("listen.locale", listen::answering::store::locale)?.parse()?;
    let words = listen::answering::rules::words(&content, &answers);
    Ok(Said { title: title(&words, locale)?, words, reach: reach(&content, &answers) })
}

/// How a case is called until a colleague says what it is about.
fn title(words: &str, locale: Locale) -> Result<String> {
    match rules::title_of(words) {
        title if title.is_empty() => Ok(crate::texts(locale)?.get("case-title-no-words")),
        title => Ok(title),
    }
}

/// Where somebody asked to be reached.
fn reach(content: &Content, answers: &[Answer]) -> String {
    let asked = content.questions.iter().find(|q| q.kind == QuestionKind::ContactOk);
    let answer = asked.and_then(|q| answers.iter().find(|a| a.question == q.key));
    let text = answer.and_then(|a| a.text.clone()).unwrap_or_default();
    text.chars().take(TITLE).collect()
}

/// The customer said more while their case is open: it is as bad as the worst they said, and who had been told
/// already is to be told again.
fn again(tx: &mut Tx<'_>, open: &Case, response: Id, severity: Severity, words: &str) -> Result<()> {
    let known = store::steps(tx, open.id)?;
    if open.response == Some(response) || known.iter().any(|s| s.detail.response == Some(response)) {
        return Ok(());
    }
    let is_over = open.clock.phase == Phase::Over;
    let mut after = if is_over {
        let now = tx.now();
        actions::untold(tx, open, Phase::Answer, now)?
    } else {
        open.clone()
    };
    let mut changes = Vec::new();
    if severity.weight() > open.severity.weight() {
        after.severity = severity;
        changes = rules::changes(&rules::to_edit(open), &rules::to_edit(&after));
    }
    let detail = Detail { response: Some(response), changes, ..Detail::default() };
    let made =
        actions::Move { event: "case.said-again", step: StepKind::Again, text: words.to_owned(), detail };
    actions::apply(tx, &Actor::system(actions::SYSTEM), open, after, &made).map(drop)
}
