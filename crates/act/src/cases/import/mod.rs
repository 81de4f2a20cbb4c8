//! Cases that come in as a file, through the same screen as customers: a kind of [`know::import`].
//!
//! One row is one unhappy customer to call: who, or where to reach them, what they said and when, how bad it is.

mod columns;
mod reading;
mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use kernel::identity::{Actor, Permission, Scope};
use kernel::tabular::guess::ColumnKind;
use kernel::texts::T;
use kernel::{Id, Instant, Message, Result, Tx};
use know::customers::rules::email_key;
use know::import::cells::{self, Dates, Sites};
use know::import::{
    Cells, Draft, Fact, Field, Finding, ImportKind, Kind, Label, Mapping, OptionField, Outcome, Reason, Tone,
    Trace, Undone, propose_by_guess,
};
use know::interactions::model::Channel;

use self::reading::Causes;
use super::actions;
use super::model::{CaseInput, NewCase, Origin, Severity};
use super::rules;

/// Cases as a kind of import.
#[derive(Clone, Copy, Debug)]
pub struct Cases;

/// The kind, for the program's list of kinds.
pub const KIND: Kind = Kind::of::<Cases>();

/// Option value: the clock runs from the day the file was taken in.
const FROM_IMPORT: &str = "import";

/// Everything rows need.
#[derive(Debug)]
pub struct Setting {
    dates: Dates,
    sites: Sites,
    causes: Causes,
    reach: Scope,
    /// How they said it.
    channel: Channel,
    /// Rows are said to be opened now, whatever their date.
    from_import: bool,
    now: Instant,
}

/// A row that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Number of the customer in another system; empty when the row names none.
    customer: String,
    reach: String,
    title: String,
    words: String,
    at: Instant,
    site: Option<Id>,
    severity: Severity,
    cause: Option<Id>,
}

/// Whose a row is.
#[derive(Clone, Copy, Debug, Default)]
struct Whose {
    customer: Option<Id>,
    site: Option<Id>,
}

impl ImportKind for Cases {
    const CODE: &'static str = "cases";
    const JOB: &'static str = "import.cases";
    const PERMISSION: Permission = Permission::CasesImport;
    type Setting = Setting;
    type Row = Row;
    type Memory = ();

    fn options(_tx: &mut Tx<'_>, _by: &Actor, _draft: &Draft) -> Result<Vec<OptionField>> {
        let clock = vec![
            (String::new(), Label::Key("cases-import-clock-said")),
            (FROM_IMPORT.to_owned(), Label::Key("cases-import-clock-import")),
        ];
        let channels = Channel::NOTED.map(|channel| (channel.name().to_owned(), Label::Key(channel.key())));
        Ok(vec![
            OptionField::choice("clock", "cases-import-clock", clock),
            OptionField::day("day", "cases-import-day"),
            OptionField::choice("channel", "cases-import-channel", channels.into()),
            cells::order_option(),
        ])
    }

    fn fields(_tx: &mut Tx<'_>, _by: &Actor, _draft: &Draft) -> Result<Vec<Field>> {
        Ok(vec![
            Field::new("customer", "cases-import-field-customer", &[ColumnKind::ExternalNumber]),
            Field::new(
                "reach",
                "cases-import-field-reach",
                &[ColumnKind::Email, ColumnKind::Mobile, ColumnKind::Phone],
            ),
            Field::new("title", "cases-import-field-title", &[]),
            Field::new("words", "cases-import-field-words", &[ColumnKind::Comment]),
            Field::new("date", "cases-import-field-date", &[ColumnKind::Date]),
            Field::new("site", "cases-import-field-site", &[ColumnKind::Site]),
            Field::new("severity", "cases-import-field-severity", &[]),
            Field::new("cause", "cases-import-field-cause", &[]),
        ])
    }

    fn propose(draft: &Draft, fields: &[Field]) -> Mapping {
        let named = Draft { mapping: columns::by_name(draft, fields), ..draft.clone() };
        propose_by_guess(&named, fields)
    }

    fn check(_tx: &mut Tx<'_>, _by: &Actor, draft: &Draft) -> Result<Vec<Finding>> {
        let mut found = Vec::new();
        let blocking = |key: &'static str, detail: &'static str| Finding::new(Tone::Blocking, key, detail);
        if !draft.has("customer") && !draft.has("reach") {
            found.push(blocking("cases-import-nobody", "cases-import-nobody-detail"));
        }
        if !draft.has("title") && !draft.has("words") {
            found.push(blocking("cases-import-nothing", "cases-import-nothing-detail"));
        }
        found.extend(cells::doubtful_dates(draft));
        Ok(found)
    }

    fn open(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Setting> {
        let house = kernel::organisation::store::get(tx)?;
        Ok(Setting {
            dates: Dates::of(draft, &house.zone, tx.now()),
            sites: Sites::within(tx, by)?,
            causes: Causes::of(&crate::causes::store::all(tx)?),
            reach: by.scope.clone(),
            channel: Channel::parse(draft.options.get("channel")).unwrap_or(Channel::Phone),
            from_import: draft.options.get("clock") == FROM_IMPORT,
            now: tx.now(),
        })
    }

    fn prepare(setting: &Setting, cells: &Cells<'_>) -> Result<Row, Vec<Reason>> {
        reading::row(setting, cells)
    }

    fn rehearse(
        tx: &mut Tx<'_>,
        _by: &Actor,
        setting: &Setting,
        _memory: &mut (),
        rows: &[Row],
    ) -> Result<Vec<Outcome>> {
        let mut known = HashMap::new();
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            outcomes.push(match whose(tx, setting, &mut known, row)? {
                Err(reason) => Outcome::rejected(vec![reason]),
                Ok(whose) => match store::same(tx, row, whose.customer)? {
                    Some(case) => Outcome::unchanged(case),
                    // Nothing is written: the subject only marks something new.
                    None => Outcome { subject: None, ..Outcome::created(Id(0)) },
                },
            });
        }
        Ok(outcomes)
    }

    fn apply(
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Setting,
        import: Id,
        rows: &[Row],
    ) -> Result<Vec<Outcome>> {
        let mut known = HashMap::new();
        let mut outcomes = Vec::with_capacity(rows.len());
        for row in rows {
            outcomes.push(match whose(tx, setting, &mut known, row)? {
                Err(reason) => Outcome::rejected(vec![reason]),
                Ok(whose) => match store::same(tx, row, whose.customer)? {
                    Some(case) => Outcome::unchanged(case),
                    None => Outcome::created(opened(tx, by, setting, import, row, whose)?),
                },
            });
        }
        Ok(outcomes)
    }

    fn undo(tx: &mut Tx<'_>, _by: &Actor, _import: Id, traces: &[Trace]) -> Result<Vec<Undone>> {
        let mut undone = Vec::with_capacity(traces.len());
        for trace in traces {
            if store::is_worked_on(tx, trace.subject)? {
                undone.push(Undone::Kept(Message::new("cases-import-kept")));
                continue;
            }
            for mail in kernel::mail::store::about(tx, trace.subject, 100)? {
                kernel::mail::withdraw(tx, &mail.key)?;
            }
            know::interactions::store::delete_from(tx, trace.subject)?;
            store::delete(tx, trace.subject)?;
            undone.push(Undone::Removed);
        }
        Ok(undone)
    }

    fn preview(tx: &mut Tx<'_>, _by: &Actor, setting: &Setting, row: &Row, t: T) -> Result<Vec<Fact>> {
        let mut facts = vec![Fact::new("cases-import-field-title", row.title.clone())];
        let mut add = |label: &'static str, value: String| {
            if !value.is_empty() {
                facts.push(Fact::new(label, value));
            }
        };
        add("cases-import-field-customer", row.customer.clone());
        add("cases-import-field-reach", row.reach.clone());
        add("cases-import-field-words", row.words.clone());
        add("cases-import-field-severity", t.get(row.severity.key()));
        if let Some(site) = row.site {
            add("cases-import-field-site", kernel::organisation::store::site(tx, site)?.name);
        }
        if let Some(cause) = row.cause {
            let cause = crate::causes::store::get(tx, cause)?;
            add("cases-import-field-cause", cause.name(t.locale()).to_owned());
        }
        add("cases-import-due", due(tx, setting, row, t)?);
        Ok(facts)
    }

    fn subject_href(subject: Id) -> Option<String> {
        Some(super::url(subject))
    }

    fn result_href(_import: Id, _draft: &Draft) -> Option<String> {
        Some("/cases?view=free".to_owned())
    }
}

/// From when the time of a row counts.
const fn from(setting: &Setting, row: &Row) -> Instant {
    if setting.from_import { setting.now } else { row.at }
}

/// Until when the first contact would be due.
fn due(tx: &mut Tx<'_>, setting: &Setting, row: &Row, t: T) -> Result<String> {
    let organisation = kernel::organisation::store::get(tx)?;
    let (rules, _) = super::store::case_rules(tx)?;
    let clock = rules::start_clock(
        &organisation.calendar(),
        &rules,
        (super::model::Phase::Contact, row.severity),
        from(setting, row),
    )?;
    Ok(t.moment(clock.times.due_at, &organisation.zone))
}

/// The customer a row names, by number or by address, within reach; or why the row cannot stay.
fn whose(
    tx: &mut Tx<'_>,
    setting: &Setting,
    known: &mut HashMap<String, Whose>,
    row: &Row,
) -> Result<std::result::Result<Whose, Reason>> {
    if let Some(found) = known.get(&format!("{}\n{}", row.customer, row.reach)) {
        return Ok(Ok(*found));
    }
    let found = if row.customer.is_empty() {
        by_address(tx, &setting.reach, &row.reach)?
    } else {
        know::customers::store::by_external_number(tx, &row.customer)?
            .filter(|c| setting.reach.includes(c.details.site))
    };
    let whose = found.map_or_else(Whose::default, |c| Whose { customer: Some(c.id), site: c.details.site });
    if whose.customer.is_none() && !row.customer.is_empty() {
        let message = Message::new("cases-import-bad-customer").with("value", row.customer.as_str());
        return Ok(Err(Reason::field("cases-import-field-customer", message)));
    }
    known.insert(format!("{}\n{}", row.customer, row.reach), whose);
    Ok(Ok(whose))
}

/// The one customer within reach who has this e-mail address: two would be a guess.
fn by_address(
    tx: &mut Tx<'_>,
    reach: &Scope,
    address: &str,
) -> Result<Option<know::customers::model::Customer>> {
    if !address.contains('@') {
        return Ok(None);
    }
    let mut all = know::customers::store::by_email(tx, &email_key(address))?;
    all.retain(|customer| reach.includes(customer.details.site));
    Ok(if all.len() == 1 { all.pop() } else { None })
}

fn opened(tx: &mut Tx<'_>, by: &Actor, setting: &Setting, import: Id, row: &Row, whose: Whose) -> Result<Id> {
    let new = NewCase {
        origin: Origin::Import,
        title: row.title.clone(),
        words: row.words.clone(),
        customer: whose.customer,
        reach: row.reach.clone(),
        response: None,
        score: None,
        site: row.site.or(whose.site),
        severity: row.severity,
        cause: row.cause,
        at: from(setting, row),
        import: Some(import),
    };
    let case = actions::open(tx, by, new)?;
    actions::record_words(tx, by, &case, setting.channel)?;
    Ok(case.id)
}
