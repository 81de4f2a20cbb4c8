//! What a person can do with surveys.

use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::texts::fold;
use kernel::{Day, Error, FieldError, Id, Result, Tx, secrets};
use serde_json::json;

use super::model::{Content, Line, NewSurvey, Settings, State, Survey};
use super::{rules, store};
use crate::tallies;

/// Rows of a page of the list.
pub const PAGE: i64 = 50;
/// Letters of the secret of a public link: 80 bits, short enough for a printed code.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// One survey.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Survey> {
    by.require(Permission::SurveysRead)?;
    store::get(tx, id)
}

/// A page of the list, newest first, with the answers within reach.
pub fn list(tx: &mut Tx<'_>, by: &Actor, before: Option<Id>, limit: i64) -> Result<Vec<Line>> {
    by.require(Permission::SurveysRead)?;
    let surveys = store::list(tx, before, limit)?;
    surveys.into_iter().map(|survey| line(tx, by, survey)).collect()
}

/// A survey with its answers within reach.
pub fn line(tx: &mut Tx<'_>, by: &Actor, survey: Survey) -> Result<Line> {
    let stretches = tallies::responses(tx, &by.scope, survey.id, (Day::MIN, Day::MAX), true)?;
    let answers = stretches.iter().map(|(_, _, n)| n).sum();
    let last_day = stretches.iter().map(|(_, last, _)| *last).max();
    Ok(Line { survey, answers, last_day })
}

/// Answers within reach by day since `from`, latest first.
pub fn by_day(tx: &mut Tx<'_>, by: &Actor, survey: Id, from: Day) -> Result<Vec<(Day, i64)>> {
    by.require(Permission::SurveysRead)?;
    let days = tallies::responses(tx, &by.scope, survey, (from, Day::MAX), false)?;
    Ok(days.into_iter().rev().map(|(day, _, n)| (day, n)).collect())
}

/// Makes a draft.
pub fn create(tx: &mut Tx<'_>, by: &Actor, new: &NewSurvey) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    insert(tx, by, new)
}

/// Makes a draft for an action that asked for its own permission, such as an import of answers.
pub(crate) fn insert(tx: &mut Tx<'_>, by: &Actor, new: &NewSurvey) -> Result<Survey> {
    check(&new.settings, &new.content)?;
    let survey = store::fresh(tx, new, secret()?, &by.name);
    store::insert(tx, &survey)?;
    let said = json!({ "name": survey.settings.name, "template": survey.template.name() });
    Event::new("survey.created", survey.id).after(&said).record(tx, by)?;
    Ok(survey)
}

fn check(settings: &Settings, content: &Content) -> Result<()> {
    let mut errors = rules::check_settings(settings);
    errors.extend(rules::check_draft(content));
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

fn secret() -> Result<String> {
    let bytes: [u8; 16] = secrets::random()?;
    Ok(bytes.iter().map(|b| char::from(ALPHABET[usize::from(b & 31)])).collect())
}

/// Changes words and settings of a survey still at `version`. Published wordings stay as they are.
pub fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Id,
    version: i64,
    settings: &Settings,
    draft: &Content,
) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    let before = store::get(tx, id)?;
    if before.version != version {
        return Err(Error::Stale(before.version));
    }
    check(settings, draft)?;
    if before.settings == *settings && before.draft == *draft {
        return Ok(before);
    }
    if !store::update(tx, id, version, settings, draft)? {
        return Err(Error::Stale(store::get(tx, id)?.version));
    }
    let state = |settings: &Settings, draft: &Content| json!({ "settings": settings, "draft": draft });
    Event::new("survey.changed", id)
        .before(&state(&before.settings, &before.draft))
        .after(&state(settings, draft))
        .record(tx, by)?;
    Ok(Survey { settings: settings.clone(), draft: draft.clone(), version: version + 1, ..before })
}

/// Publishes the draft as the next version: its wording never changes again. A survey that was closed stays
/// closed.
pub fn publish(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    let survey = store::get(tx, id)?;
    publish_as(tx, by, &survey, if survey.state == State::Closed { State::Closed } else { State::Open })
}

/// Publishes and leaves the survey in `state`, for an action that asked for its own permission.
pub(crate) fn publish_as(tx: &mut Tx<'_>, by: &Actor, survey: &Survey, state: State) -> Result<Survey> {
    let errors: Vec<FieldError> = rules::check_publishable(&survey.draft);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if published(tx, survey)?.as_ref() == Some(&survey.draft) {
        return Err(Error::refused("survey-error-nothing-new"));
    }
    let number = survey.published_number.unwrap_or(0) + 1;
    store::publish(tx, survey, number, state)?;
    let said = json!({ "number": number, "content": survey.draft });
    Event::new("survey.published", survey.id).after(&said).record(tx, by)?;
    store::get(tx, survey.id)
}

/// What customers read now, if the survey was ever published.
pub fn published(tx: &mut Tx<'_>, survey: &Survey) -> Result<Option<Content>> {
    survey.published_number.map(|number| store::version_content(tx, survey.id, number)).transpose()
}

/// Takes no more answers.
pub fn close(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    change_state(tx, by, id, State::Open, State::Closed, "survey.closed")
}

/// Takes answers again.
pub fn reopen(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    change_state(tx, by, id, State::Closed, State::Open, "survey.reopened")
}

fn change_state(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Id,
    from: State,
    to: State,
    kind: &'static str,
) -> Result<Survey> {
    let survey = store::get(tx, id)?;
    if survey.state == to {
        return Ok(survey);
    }
    if survey.state != from {
        return Err(Error::refused("survey-error-not-published"));
    }
    store::set_state(tx, id, to)?;
    Event::new(kind, id).record(tx, by)?;
    store::get(tx, id)
}

/// Makes a draft with the same words; answers, link and invitations stay with the original.
pub fn duplicate(tx: &mut Tx<'_>, by: &Actor, id: Id, name: &str) -> Result<Survey> {
    by.require(Permission::SurveysWrite)?;
    let original = store::get(tx, id)?;
    let name = name.chars().take(120).collect();
    let settings = Settings { name, after_contact: false, ..original.settings };
    create(tx, by, &NewSurvey { template: original.template, settings, content: original.draft })
}

/// Surveys whose name holds what was typed, for the palette.
pub fn find(tx: &mut Tx<'_>, by: &Actor, typed: &str, most: usize) -> Result<Vec<Survey>> {
    by.require(Permission::SurveysRead)?;
    let wanted = fold(typed);
    let mut found = store::list(tx, None, 500)?;
    found.retain(|s| fold(&s.settings.name).contains(&wanted));
    found.truncate(most);
    Ok(found)
}
