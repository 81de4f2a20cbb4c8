//! Every query about surveys and their versions.

use kernel::db::Row;
use kernel::{Id, Result, Tx};

use super::model::{ByMail, Content, NewSurvey, Settings, State, Survey, Template};
use crate::tallies;

const COLUMNS: &str = "s.id, s.template, s.name, s.state, s.secret, s.after_contact, s.quiet_days, s.draft,
     s.published_number, s.created_by, s.created_at, s.published_at, s.closed_at, s.version, s.mail_after_contact,
     s.reminders, s.reminder_days";

fn read(row: &Row<'_>) -> Result<Survey> {
    let mut c = row.columns();
    let (id, template) = (c.next()?, Template::parse(&c.next::<String>()?)?);
    let name = c.next()?;
    let state = State::parse(&c.next::<String>()?)?;
    let secret = c.next()?;
    let settings = Settings { name, after_contact: c.next()?, quiet_days: c.next()? };
    Ok(Survey {
        id,
        template,
        settings,
        state,
        secret,
        draft: serde_json::from_str(&c.next::<String>()?)?,
        published_number: c.next()?,
        created_by: c.next()?,
        created_at: c.next()?,
        published_at: c.next()?,
        closed_at: c.next()?,
        version: c.next()?,
        by_mail: ByMail { after_contact: c.next()?, reminders: c.next()?, reminder_days: c.next()? },
    })
}

/// One survey.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Survey> {
    tx.query_one(&format!("SELECT {COLUMNS} FROM surveys s WHERE s.id = $1"), &[&id], read)
}

/// Surveys before `before`, newest first.
pub fn list(tx: &mut Tx<'_>, before: Option<Id>, limit: i64) -> Result<Vec<Survey>> {
    let before = before.unwrap_or(Id(i64::MAX));
    let sql = format!("SELECT {COLUMNS} FROM surveys s WHERE s.id < $1 ORDER BY s.id DESC LIMIT $2");
    tx.query(&sql, &[&before, &limit], read)
}

/// Surveys that take answers, newest first.
pub fn open(tx: &mut Tx<'_>) -> Result<Vec<Survey>> {
    tx.query(&format!("SELECT {COLUMNS} FROM surveys s WHERE s.state = 'open' ORDER BY s.id DESC"), &[], read)
}

/// Adds a draft.
pub fn insert(tx: &mut Tx<'_>, survey: &Survey) -> Result<()> {
    let draft = serde_json::to_string(&survey.draft)?;
    tx.execute(
        "INSERT INTO surveys (id, template, name, state, secret, after_contact, quiet_days, draft,
             published_number, created_by, created_at, published_at, closed_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, NULL, NULL, 1)",
        &[
            &survey.id,
            &survey.template.name(),
            &survey.settings.name,
            &survey.state.name(),
            &survey.secret,
            &survey.settings.after_contact,
            &survey.settings.quiet_days,
            &draft,
            &survey.created_by,
            &survey.created_at,
        ],
    )?;
    Ok(())
}

/// A draft made of `new`, not stored yet.
pub fn fresh(tx: &Tx<'_>, new: &NewSurvey, secret: String, by: &str) -> Survey {
    Survey {
        id: tx.new_id(),
        template: new.template,
        settings: new.settings.clone(),
        by_mail: ByMail::default(),
        state: State::Draft,
        secret,
        draft: new.content.clone(),
        published_number: None,
        created_by: by.to_owned(),
        created_at: tx.now(),
        published_at: None,
        closed_at: None,
        version: 1,
    }
}

/// Changes words and settings of a survey still at `version`; returns whether it was.
pub fn update(tx: &mut Tx<'_>, id: Id, version: i64, settings: &Settings, draft: &Content) -> Result<bool> {
    let draft = serde_json::to_string(draft)?;
    let changed = tx.execute(
        "UPDATE surveys SET name = $3, after_contact = $4, quiet_days = $5, draft = $6, version = version + 1
         WHERE id = $1 AND version = $2",
        &[&id, &version, &settings.name, &settings.after_contact, &settings.quiet_days, &draft],
    )?;
    Ok(changed == 1)
}

/// Changes how a survey is sent by e-mail.
pub fn set_by_mail(tx: &mut Tx<'_>, id: Id, by_mail: &ByMail) -> Result<()> {
    tx.execute(
        "UPDATE surveys SET mail_after_contact = $2, reminders = $3, reminder_days = $4, version = version + 1
         WHERE id = $1",
        &[&id, &by_mail.after_contact, &by_mail.reminders, &by_mail.reminder_days],
    )?;
    Ok(())
}

/// Adds the published version `number` and opens or keeps the survey in `state`.
pub fn publish(tx: &mut Tx<'_>, survey: &Survey, number: i64, state: State) -> Result<()> {
    let (now, content) = (tx.now(), serde_json::to_string(&survey.draft)?);
    tx.execute(
        "INSERT INTO survey_versions (survey_id, number, content, published_at) VALUES ($1, $2, $3, $4)",
        &[&survey.id, &number, &content, &now],
    )?;
    tx.execute(
        "UPDATE surveys SET published_number = $2, published_at = $3, state = $4, version = version + 1
         WHERE id = $1",
        &[&survey.id, &number, &now, &state.name()],
    )?;
    Ok(())
}

/// Opens or closes a survey.
pub fn set_state(tx: &mut Tx<'_>, id: Id, state: State) -> Result<()> {
    let closed_at = (state == State::Closed).then(|| tx.now());
    tx.execute(
        "UPDATE surveys SET state = $2, closed_at = $3, version = version + 1 WHERE id = $1",
        &[&id, &state.name(), &closed_at],
    )?;
    Ok(())
}

/// What a published version says and asks.
pub fn version_content(tx: &mut Tx<'_>, survey: Id, number: i64) -> Result<Content> {
    let text: String = tx.query_one(
        "SELECT content FROM survey_versions WHERE survey_id = $1 AND number = $2",
        &[&survey, &number],
        |row| row.get(0),
    )?;
    Ok(serde_json::from_str(&text)?)
}

/// The survey an import made, if it did already.
pub fn of_import(tx: &mut Tx<'_>, import: Id) -> Result<Option<Survey>> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM surveys s WHERE s.import_id = $1"), &[&import], read)
}

/// Notes that a survey was made by an import.
pub fn set_import(tx: &mut Tx<'_>, id: Id, import: Id) -> Result<()> {
    tx.execute("UPDATE surveys SET import_id = $2 WHERE id = $1", &[&id, &import])?;
    Ok(())
}

/// Removes the survey an import made, once nothing refers to it; returns whether it did.
pub fn delete_made_by(tx: &mut Tx<'_>, import: Id) -> Result<bool> {
    let unused = "import_id = $1 AND NOT EXISTS (SELECT 1 FROM responses r WHERE r.survey_id = surveys.id)
         AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.survey_id = surveys.id)";
    let sql =
        format!("DELETE FROM survey_versions WHERE survey_id IN (SELECT id FROM surveys WHERE {unused})");
    tx.execute(&sql, &[&import])?;
    if let Some(made) = of_import(tx, import)? {
        tallies::store::forget(tx, made.id)?;
    }
    Ok(tx.execute(&format!("DELETE FROM surveys WHERE {unused}"), &[&import])? == 1)
}
