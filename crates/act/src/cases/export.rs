//! Cases as a file: every row behind the board, so that its figures can be worked out again by hand.

use std::collections::HashMap;
use std::io::Write;

use axum::extract::State;
use axum::response::Response;
use kernel::clock::Zone;
use kernel::identity::{Actor, Permission};
use kernel::organisation::{self, SiteNames};
use kernel::texts::{Locale, T};
use kernel::{Error, Id, Instant, Result, Tx};
use know::customers::model::Customer;
use know::customers::rules::harmless_cell;
use web_kit::{App, HttpResult, Query, SignedIn, csv_response};

use super::actions;
use super::model::{Case, Filter, Remedy};
use super::pages::query::QueueQuery;
use crate::causes;
use crate::causes::model::Tree;

const COLUMNS: [&str; 24] = [
    "case-csv-reference",
    "case-csv-customer",
    "case-csv-number",
    "case-origin",
    "case-title",
    "case-words",
    "case-site",
    "case-csv-team",
    "case-owner",
    "case-severity",
    "case-cause",
    "case-no-cause",
    "case-csv-measure",
    "case-csv-score",
    "case-csv-opened",
    "case-csv-contact-due",
    "case-csv-contacted",
    "case-csv-told",
    "case-csv-closed",
    "case-csv-due",
    "case-remedy",
    "case-cost",
    "case-csv-currency",
    "case-csv-reopened",
];

/// Columns that name customers or hold their words.
const OF_PEOPLE: [&str; 3] = ["case-csv-customer", "case-csv-number", "case-words"];

/// The cases of the queue that is shown.
pub(super) async fn csv(
    State(app): State<App>,
    me: SignedIn,
    Query(q): Query<QueueQuery>,
) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    let body = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            let filter = actions::find(tx, &actor, q.filter(actor.user(), &tree), &q.q)?;
            let mut body = Vec::new();
            write(tx, &actor, t, &filter, &mut body)?;
            Ok(body)
        })
        .await?;
    let text = String::from_utf8(body).map_err(Error::caused)?;
    let name = if me.may(Permission::CustomersExport) { "case-file" } else { "case-file-without-names" };
    Ok(csv_response(&format!("{}.csv", t.get(name)), text))
}

/// Writes the cases of a filter as a file, a part at a time.
///
/// # Errors
/// [`Error::Denied`] without `cases.read`, and what goes wrong where it is written to.
pub fn write(tx: &mut Tx<'_>, by: &Actor, t: T, filter: &Filter, to: &mut impl Write) -> Result<()> {
    let names = Names::read(tx, by)?;
    let zone = organisation::store::get(tx)?.zone;
    let form = Form { t, zone: &zone, names_people: by.may(Permission::CustomersExport) };
    let mut out = csv::WriterBuilder::new().delimiter(t.csv_delimiter()).from_writer(to);
    out.write_record(COLUMNS.map(|key| form.heading(key))).map_err(Error::caused)?;
    actions::export(tx, by, filter, |tx, cases| {
        let customers = actions::customers_of(tx, by, cases)?;
        for case in cases {
            let customer = case.customer.and_then(|id| customers.get(&id));
            out.write_record(record(&form, &names, case, customer).map(harmless_cell))
                .map_err(Error::caused)?;
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(())
}

/// Names of what cases refer to.
struct Names {
    tree: Tree,
    sites: SiteNames,
    teams: HashMap<Id, String>,
    owners: HashMap<Id, String>,
}

impl Names {
    fn read(tx: &mut Tx<'_>, by: &Actor) -> Result<Self> {
        let (teams, owners) = actions::teams_and_owners(tx, by)?;
        let sites = SiteNames::new(&organisation::store::sites(tx)?);
        Ok(Self { tree: causes::actions::tree(tx, by)?, sites, teams, owners })
    }
}

/// How the file is written: as the spreadsheets of the reader's country read it, or as programs do.
struct Form<'a> {
    t: T,
    zone: &'a Zone,
    /// Customers leave by name, with their words, only with those who may take customers out.
    names_people: bool,
}

impl Form<'_> {
    fn is_french(&self) -> bool {
        self.t.locale() == Locale::Fr
    }

    /// An instant: local time where the file is French, ISO elsewhere.
    fn instant(&self, at: Option<Instant>) -> String {
        match at {
            None => String::new(),
            Some(at) if self.is_french() => self.zone.local(at).strftime("%d/%m/%Y %H:%M").to_string(),
            Some(at) => at.to_string(),
        }
    }

    /// What stands above a column; above one that stays empty, why it does.
    fn heading(&self, key: &str) -> String {
        let name = self.t.get(key);
        if self.names_people || !OF_PEOPLE.contains(&key) {
            name
        } else {
            self.t.one("case-csv-kept-back", "column", name)
        }
    }

    fn of_people(&self, text: String) -> String {
        if self.names_people { text } else { String::new() }
    }

    fn amount(&self, minor: i64) -> String {
        let comma = if self.is_french() { ',' } else { '.' };
        format!("{}{comma}{:02}", minor / 100, minor % 100)
    }
}

fn record(form: &Form<'_>, names: &Names, case: &Case, customer: Option<&Customer>) -> [String; 24] {
    let t = form.t;
    let (measure, score) = case.score.clone().unzip();
    let of = |all: &HashMap<Id, String>, id: Option<Id>| {
        id.and_then(|id| all.get(&id)).cloned().unwrap_or_default()
    };
    let remedy = match case.remedy {
        Remedy::None if !case.is_open() => "case-remedy-nothing",
        other => other.key(),
    };
    [
        case.reference.clone(),
        form.of_people(customer.map_or_else(|| case.reach.clone(), |customer| customer.details.name())),
        form.of_people(
            customer.and_then(|customer| customer.details.external_number.clone()).unwrap_or_default(),
        ),
        t.get(case.origin.key()),
        case.title.clone(),
        form.of_people(case.words.clone()),
        names.sites.get(case.site).to_owned(),
        of(&names.teams, case.team),
        of(&names.owners, case.owner),
        t.get(case.severity.key()),
        names.tree.path(case.cause, t.locale()),
        case.no_cause.clone().unwrap_or_default(),
        measure.unwrap_or_default(),
        score.map(|score: i64| score.to_string()).unwrap_or_default(),
        form.instant(Some(case.opened_at)),
        form.instant(Some(case.contact_due_at)),
        form.instant(case.contacted_at),
        form.instant(case.told_at),
        form.instant(case.closed_at),
        form.instant(case.running_until()),
        t.get(remedy),
        form.amount(case.cost),
        case.currency.clone(),
        case.reopened.to_string(),
    ]
}
