//! Every query of the room.

use std::collections::HashMap;

use kernel::db::{Param, Row};
use kernel::figures::{Collection, Period};
use kernel::identity::Scope;
use kernel::{Day, Id, Instant, Result, Tx};
use listen::tallies::{self, Source};

use super::model::{CollectionGroup, Grouping, Measure, Query};
use super::rules::{Fact, Invited, Window};

/// Conditions of a query, with the values they are given.
#[derive(Default)]
pub(crate) struct Conditions {
    text: Vec<String>,
    values: Vec<Box<dyn Param>>,
}

impl Conditions {
    /// Keeps a value and gives its place in the text: `$3`.
    pub(crate) fn value(&mut self, value: impl Param + 'static) -> String {
        self.values.push(Box::new(value));
        format!("${}", self.values.len())
    }

    /// Adds a condition.
    pub(crate) fn and(&mut self, text: impl Into<String>) {
        self.text.push(text.into());
    }

    /// Adds `column operator value`.
    pub(crate) fn compare(&mut self, column: &str, operator: &str, value: impl Param + 'static) {
        let place = self.value(value);
        self.and(format!("{column} {operator} {place}"));
    }

    /// Adds `column IN (values)`, unless there are none.
    pub(crate) fn one_of<V: Param + 'static>(&mut self, column: &str, values: impl IntoIterator<Item = V>) {
        let places: Vec<String> = values.into_iter().map(|value| self.value(value)).collect();
        if !places.is_empty() {
            self.and(format!("{column} IN ({})", places.join(", ")));
        }
    }

    /// Adds a choice of sites; `None` stands for rows of no site. Identifiers are numbers of our own making.
    pub(crate) fn sites(&mut self, column: &str, sites: &[Option<Id>]) {
        if sites.is_empty() {
            return;
        }
        let named: Vec<String> = sites.iter().flatten().map(ToString::to_string).collect();
        let mut either = Vec::new();
        if !named.is_empty() {
            either.push(format!("{column} IN ({})", named.join(", ")));
        }
        if sites.contains(&None) {
            either.push(format!("{column} IS NULL"));
        }
        self.and(format!("({})", either.join(" OR ")));
    }

    /// The conditions, all of which must hold.
    pub(crate) fn sql(&self) -> String {
        if self.text.is_empty() { "TRUE".to_owned() } else { self.text.join(" AND ") }
    }

    /// The values, in their places.
    pub(crate) fn params(&self) -> Vec<&dyn Param> {
        self.values.iter().map(AsRef::as_ref).collect()
    }
}

/// A list of identifiers for `IN`; never empty, so that the text stays valid.
pub(crate) fn id_list(ids: impl IntoIterator<Item = Id>) -> String {
    let list: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    if list.is_empty() { "0".to_owned() } else { list.join(", ") }
}

/// A survey, as a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SurveyName {
    /// Identifier.
    pub id: Id,
    /// Name.
    pub name: String,
}

/// Surveys that were published, by name.
pub(crate) fn surveys(tx: &mut Tx<'_>) -> Result<Vec<SurveyName>> {
    let read = |row: &Row<'_>| Ok(SurveyName { id: row.get(0)?, name: row.get(1)? });
    tx.query("SELECT id, name FROM surveys WHERE published_at IS NOT NULL ORDER BY name, id", &[], read)
}

/// Name of a survey.
pub(crate) fn survey_name(tx: &mut Tx<'_>, id: Id) -> Result<String> {
    tx.query_one("SELECT name FROM surveys WHERE id = $1", &[&id], |row| row.get(0))
}

/// Channels answers came by, by name; one look at the index for each.
pub(crate) fn channels(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    // A plain DISTINCT would walk every answer: each step here seeks the next name.
    tx.query(
        "WITH RECURSIVE names (name) AS (
             SELECT MIN(channel) FROM answer_facts
             UNION ALL
             SELECT (SELECT MIN(f.channel) FROM answer_facts f WHERE f.channel > names.name)
             FROM names WHERE names.name IS NOT NULL)
         SELECT name FROM names WHERE name IS NOT NULL ORDER BY name",
        &[],
        |row| row.get(0),
    )
}

/// Gives every group of equal answers a report needs to `take`: from the tallies where they stand, else from one pass
/// over the covering index `answer_facts_cube`, grouped in its own order so that nothing is sorted.
pub(crate) fn cube(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &Query,
    window: &Window,
    mut take: impl FnMut(&Fact),
) -> Result<()> {
    let surveys = match query.survey {
        Some(survey) => vec![survey],
        None => tx.query("SELECT id FROM surveys", &[], |row| row.get(0))?,
    };
    let days = (window.first_day(), window.period.to);
    let by_month = query.grouping != Grouping::Week;
    for reading in tallies::readings(tx, &surveys, days, &window.splits(), by_month)? {
        let mut conditions = Conditions::default();
        conditions.compare("measure", "=", query.measure.name());
        // Naming the surveys lets the index seek each one's days instead of walking all of them.
        conditions.and(format!("survey_id IN ({})", id_list(reading.surveys)));
        conditions.compare("day", ">=", reading.run.from);
        conditions.compare("day", "<=", reading.run.to);
        conditions.sites("site_id", &query.sites);
        conditions.one_of("channel", query.channels.iter().cloned());
        conditions.and(scope.condition("site_id"));
        tx.each(&counts_in(reading.run.source, &conditions.sql()), &conditions.params(), |row| {
            take(&read_fact(row)?);
            Ok(true)
        })?;
    }
    Ok(())
}

fn counts_in(source: Source, conditions: &str) -> String {
    let tallied = |grain: &str| {
        format!(
            "SELECT survey_id, day, last_day, site_id, channel, collection, value, n, weight, square
             FROM answer_tallies WHERE grain = '{grain}' AND {conditions}"
        )
    };
    match source {
        Source::Months => tallied("month"),
        Source::Days => tallied("day"),
        Source::Answers => format!(
            "SELECT survey_id, day, day, site_id, channel, collection, value,
                    COUNT(*), SUM(weight), SUM(weight * weight)
             FROM answer_facts WHERE {conditions}
             GROUP BY survey_id, day, site_id, channel, collection, value"
        ),
    }
}

fn read_fact(row: &Row<'_>) -> Result<Fact> {
    let mut c = row.columns();
    let (survey, day, last_day, site, channel) = (c.next()?, c.next()?, c.next()?, c.next()?, c.next()?);
    let collection = c.next::<String>()?;
    Ok(Fact {
        day,
        last_day,
        site,
        channel,
        collection: Collection::parse(&collection).unwrap_or(Collection::Unknown),
        survey,
        value: c.next()?,
        n: u64::try_from(c.next::<i64>()?).unwrap_or(0),
        weight: c.next()?,
        square: c.next()?,
    })
}

/// First and last day of any answer within reach that the same choice would take, whatever its period.
pub(crate) fn extent(tx: &mut Tx<'_>, scope: &Scope, query: &Query) -> Result<Option<(Day, Day)>> {
    let mut conditions = Conditions::default();
    conditions.compare("measure", "=", query.measure.name());
    conditions.and("value IS NOT NULL");
    if let Some(survey) = query.survey {
        conditions.compare("survey_id", "=", survey);
    }
    if let Some(group) = query.collection {
        conditions.one_of("collection", group.collections());
    }
    conditions.sites("site_id", &query.sites);
    conditions.one_of("channel", query.channels.iter().cloned());
    conditions.and(scope.condition("site_id"));
    let sql = format!("SELECT MIN(day), MAX(day) FROM answer_facts WHERE {}", conditions.sql());
    let days: (Option<Day>, Option<Day>) =
        tx.query_one(&sql, &conditions.params(), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(days.0.zip(days.1))
}

/// Invitations made between two instants to these surveys, as the query chooses, of one group of collections.
pub(crate) fn invited(
    tx: &mut Tx<'_>,
    scope: &Scope,
    query: &Query,
    surveys: &[Id],
    group: CollectionGroup,
    between: (Instant, Instant),
) -> Result<Invited> {
    let mut conditions = Conditions::default();
    conditions.and(format!("survey_id IN ({})", id_list(surveys.iter().copied())));
    conditions.compare("created_at", ">=", between.0);
    conditions.compare("created_at", "<", between.1);
    conditions.one_of("collection", group.collections());
    conditions.sites("site_id", &query.sites);
    conditions.one_of("channel", query.channels.iter().cloned());
    conditions.and(scope.condition("site_id"));
    let sql = format!("SELECT COUNT(*), COUNT(answered_at) FROM invitations WHERE {}", conditions.sql());
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    tx.query_one(&sql, &conditions.params(), |row| {
        Ok(Invited { invited: count(row.get(0)?), answered: count(row.get(1)?) })
    })
}

/// Which answers to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Measure.
    pub measure: Measure,
    /// Days, both included; open where missing.
    pub days: (Option<Day>, Option<Day>),
    /// One survey only.
    pub survey: Option<Id>,
    /// These sites only.
    pub sites: Vec<Option<Id>>,
    /// These channels only.
    pub channels: Vec<String>,
    /// One group of collections only.
    pub collection: Option<CollectionGroup>,
    /// Answers from the first to the second value; without it also questions left unanswered.
    pub values: Option<(i64, i64)>,
    /// Only those with words.
    pub with_words: bool,
}

impl Chosen {
    /// Every answer to a measure.
    pub const fn new(measure: Measure) -> Self {
        Self {
            measure,
            days: (None, None),
            survey: None,
            sites: Vec::new(),
            channels: Vec::new(),
            collection: None,
            values: None,
            with_words: false,
        }
    }

    /// The answers behind the figure of a query over a period.
    pub fn behind(query: &Query, group: CollectionGroup, period: Period) -> Self {
        Self {
            days: (Some(period.from), Some(period.to)),
            survey: query.survey,
            sites: query.sites.clone(),
            channels: query.channels.clone(),
            collection: Some(group),
            ..Self::new(query.measure)
        }
    }

    fn conditions(&self, scope: &Scope) -> Conditions {
        let mut conditions = Conditions::default();
        conditions.compare("f.measure", "=", self.measure.name());
        if let Some(from) = self.days.0 {
            conditions.compare("f.day", ">=", from);
        }
        if let Some(to) = self.days.1 {
            conditions.compare("f.day", "<=", to);
        }
        if let Some(survey) = self.survey {
            conditions.compare("f.survey_id", "=", survey);
        }
        conditions.sites("f.site_id", &self.sites);
        conditions.one_of("f.channel", self.channels.iter().cloned());
        if let Some(group) = self.collection {
            conditions.one_of("f.collection", group.collections());
        }
        if let Some((low, high)) = self.values {
            conditions.compare("f.value", ">=", low);
            conditions.compare("f.value", "<=", high);
        }
        if self.with_words {
            conditions.and("f.has_words");
        }
        conditions.and(scope.condition("f.site_id"));
        conditions
    }
}

/// Where a page of answers ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Day of the last answer shown.
    pub day: Day,
    /// Its response.
    pub response: Id,
}

/// One answer behind a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerRow {
    /// Response it belongs to.
    pub response: Id,
    /// When it was given.
    pub day: Day,
    /// The answer; `None` when the question was left unanswered.
    pub value: Option<i64>,
    /// Its weight.
    pub weight: f64,
    /// Where.
    pub site: Option<Id>,
    /// By which channel.
    pub channel: String,
    /// How it was collected.
    pub collection: Collection,
    /// In which survey.
    pub survey: Id,
    /// Name of the survey.
    pub survey_name: String,
    /// Who answered, when known.
    pub customer: Option<Id>,
    /// Language it was given in.
    pub locale: String,
    /// What the person wrote, untouched.
    pub words: Vec<String>,
}

/// Answers, the newest first, after a place; at most `limit`.
pub(crate) fn answers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    chosen: &Chosen,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<AnswerRow>> {
    let mut conditions = chosen.conditions(scope);
    if let Some(place) = after {
        let (day, id) = (conditions.value(place.day), conditions.value(place.response));
        conditions.and(format!("(f.day, f.response_id) < ({day}, {id})"));
    }
    let limit = conditions.value(limit);
    let sql = format!(
        "SELECT f.response_id, f.day, f.value, f.weight, f.site_id, f.channel, f.collection, f.survey_id, s.name,
                f.customer_id, r.locale
         FROM answer_facts f
         JOIN responses r ON r.id = f.response_id
         JOIN surveys s ON s.id = f.survey_id
         WHERE {} ORDER BY f.day DESC, f.response_id DESC LIMIT {limit}",
        conditions.sql()
    );
    let mut rows = tx.query(&sql, &conditions.params(), read_answer)?;
    let mut words = words(tx, rows.iter().map(|row| row.response))?;
    for row in &mut rows {
        row.words = words.remove(&row.response).unwrap_or_default();
    }
    Ok(rows)
}

fn read_answer(row: &Row<'_>) -> Result<AnswerRow> {
    let mut c = row.columns();
    let (response, day, value, weight) = (c.next()?, c.next()?, c.next()?, c.next()?);
    let (site, channel, collection) = (c.next()?, c.next()?, c.next::<String>()?);
    Ok(AnswerRow {
        response,
        day,
        value,
        weight,
        site,
        channel,
        collection: Collection::parse(&collection).unwrap_or(Collection::Unknown),
        survey: c.next()?,
        survey_name: c.next()?,
        customer: c.next()?,
        locale: c.next()?,
        words: Vec::new(),
    })
}

/// What people wrote in these responses, by response.
fn words(tx: &mut Tx<'_>, responses: impl Iterator<Item = Id>) -> Result<HashMap<Id, Vec<String>>> {
    let sql = format!(
        "SELECT response_id, text FROM answers WHERE response_id IN ({}) AND text IS NOT NULL
         ORDER BY response_id, question",
        id_list(responses)
    );
    let mut words: HashMap<Id, Vec<String>> = HashMap::new();
    tx.each(&sql, &[], |row| {
        let text: String = row.get(1)?;
        if !text.trim().is_empty() {
            words.entry(row.get(0)?).or_default().push(text);
        }
        Ok(true)
    })?;
    Ok(words)
}

/// How many answers there are, counted up to `most` + 1.
pub(crate) fn count(tx: &mut Tx<'_>, scope: &Scope, chosen: &Chosen, most: i64) -> Result<i64> {
    let mut conditions = chosen.conditions(scope);
    let limit = conditions.value(most.saturating_add(1));
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM answer_facts f WHERE {} LIMIT {limit}) AS counted",
        conditions.sql()
    );
    tx.query_one(&sql, &conditions.params(), |row| row.get(0))
}
