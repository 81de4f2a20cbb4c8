//! Customers that come in as a file.

mod names;
mod people;
mod prepare;
mod undo;
mod words;
mod write;

use std::collections::HashMap;

use kernel::identity::{Actor, Permission};
use kernel::organisation::{self, Site};
use kernel::tabular::dates::{DateOrder, DateRule};
use kernel::tabular::guess::ColumnKind as Holds;
use kernel::texts::T;
use kernel::{Day, Id, Message, Result, Tx};

use super::kind::{ImportKind, Kind};
use super::outcome::{Outcome, Reason, Trace, Undone};
use super::parts::{Cells, Draft, Fact, Field, Finding, Label, OptionField, Tone};
use crate::consent::Purpose;
use crate::customers::model::{Kind as CustomerKind, Role};
use crate::customers::{self, rules};
use prepare::Prepared;

/// The kind, for the list of the program.
pub const KIND: Kind = Kind::of::<Customers>();

/// Customers: who they are, how to reach them, what they accept.
pub struct Customers;

/// Fields that note a consent, with what is consented to.
const CONSENTS: [(&str, Purpose, &str); 3] = [
    ("consent_offers", Purpose::Offers, "consent-offers"),
    ("consent_survey", Purpose::Survey, "consent-survey"),
    ("consent_call_back", Purpose::CallBack, "consent-call-back"),
];

/// What is done with somebody who is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Duplicates {
    /// Complete and correct what is known.
    Update,
    /// Leave everything as it is.
    Skip,
    /// Add them again.
    Create,
}

/// Everything a run looks up again and again.
pub struct Setting {
    today: Day,
    dates: DateRule,
    role: Role,
    site: Option<Id>,
    sites: SiteCodes,
    /// A site nobody knows is left empty instead of refusing the row.
    unknown_site_is_none: bool,
    duplicates: Duplicates,
    /// What an empty cell of a consent says, if anything.
    empty_consent: Option<bool>,
    /// Rows without anything to know them by are numbered after the file.
    number_prefix: Option<String>,
    /// Whether “mail” means post: in files that write our own codes.
    mail_is_post: bool,
    consent_fields: Vec<(&'static str, Purpose)>,
    /// How we know of consents: the name of the file.
    source: String,
}

/// Sites by code and name, however they are written.
#[derive(Default)]
struct SiteCodes(HashMap<String, Id>);

impl SiteCodes {
    fn new(sites: &[Site]) -> Self {
        let mut known = HashMap::new();
        // Codes first: a name never hides a code. Spreadsheets eat leading zeros.
        for site in sites {
            known.insert(rules::fold(&site.code), site.id);
        }
        for site in sites {
            for other in [rules::fold(&site.name), short_code(&rules::fold(&site.code))] {
                known.entry(other).or_insert(site.id);
            }
            known.entry(site.id.to_string()).or_insert(site.id);
        }
        Self(known)
    }

    fn find(&self, text: &str) -> Option<Id> {
        let folded = rules::fold(text.trim());
        self.0.get(&folded).or_else(|| self.0.get(&short_code(&folded))).copied()
    }
}

fn short_code(code: &str) -> String {
    code.trim_start_matches('0').to_owned()
}

fn source_of(file_name: &str) -> String {
    file_name.chars().take(200).collect()
}

impl ImportKind for Customers {
    const CODE: &'static str = "customers";
    const JOB: &'static str = "import.customers";
    const PERMISSION: Permission = Permission::CustomersImport;

    type Setting = Setting;
    type Row = Prepared;
    type Memory = people::Memory;

    fn options(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Vec<OptionField>> {
        let key = |value: &str, key: &'static str| (value.to_owned(), Label::Key(key));
        let mut sites = vec![key("", "import-customers-site-none")];
        let known = organisation::store::sites(tx)?;
        let within = known.into_iter().filter(|site| !site.closed && by.scope.includes(Some(site.id)));
        sites.extend(within.map(|site| (site.id.to_string(), Label::Text(site.name))));
        let roles = Role::ALL.iter().map(|role| key(role.name(), role.key())).collect();
        let mut options = vec![
            OptionField::choice(
                "duplicates",
                "import-customers-duplicates",
                vec![
                    key("update", "import-customers-duplicates-update"),
                    key("skip", "import-customers-duplicates-skip"),
                    key("create", "import-customers-duplicates-create"),
                ],
            ),
            OptionField::choice("role", "import-customers-role", roles).usually(Role::Customer.name()),
            OptionField::choice("site", "import-customers-site", sites),
        ];
        if draft.has("site") {
            options.push(OptionField::choice(
                "unknown_sites",
                "import-customers-unknown-sites",
                vec![
                    key("reject", "import-customers-unknown-sites-reject"),
                    key("none", "import-customers-unknown-sites-none"),
                ],
            ));
        }
        if draft.has("birth_date") {
            options.push(OptionField::choice(
                "date_order",
                "import-date-order",
                vec![
                    key("", "import-date-order-found"),
                    key("day_first", "import-date-order-day"),
                    key("month_first", "import-date-order-month"),
                    key("year_first", "import-date-order-year"),
                    key("excel_serial", "import-date-order-excel"),
                ],
            ));
        }
        if CONSENTS.iter().any(|(field, ..)| draft.has(field)) {
            options.push(OptionField::choice(
                "empty_consent",
                "import-customers-empty-consent",
                vec![
                    key("", "import-customers-empty-consent-undecided"),
                    key("nothing", "import-customers-empty-consent-nothing"),
                    key("refusal", "import-customers-empty-consent-refusal"),
                ],
            ));
        }
        options.push(OptionField::check("number_rows", "import-customers-number-rows"));
        Ok(options)
    }

    fn fields(_: &mut Tx<'_>, _: &Actor, _: &Draft) -> Result<Vec<Field>> {
        let mut fields = vec![
            Field::new("external_number", "customer-number", &[Holds::ExternalNumber]),
            Field::new("full_name", "import-customers-full-name", &[Holds::FullName]),
            Field::new("given_name", "customer-given", &[Holds::GivenName]),
            Field::new("family_name", "customer-family", &[Holds::FamilyName]),
            Field::new("organisation_name", "customer-organisation", &[Holds::Organisation]),
            Field::new("kind", "customer-kind", &[]),
            Field::new("role", "customer-role", &[]),
            Field::new("birth_date", "customer-birth", &[Holds::BirthDate]),
            Field::new("email", "customer-email", &[Holds::Email]),
            // A second telephone finds the other place.
            Field::new("phone", "customer-phone", &[Holds::Phone, Holds::Mobile]),
            Field::new("mobile", "customer-mobile", &[Holds::Mobile, Holds::Phone]),
            Field::new("preferred_channel", "customer-preferred", &[]),
            Field::new("street", "customer-street", &[Holds::Street]).many(),
            Field::new("postal_code", "customer-postal", &[Holds::PostalCode]),
            Field::new("city", "customer-city", &[Holds::City]),
            Field::new("country", "customer-country", &[Holds::Country]),
            Field::new("locale", "customer-locale", &[Holds::Language]),
            Field::new("site", "customer-site", &[Holds::Site]),
            Field::new("expects", "customer-expects", &[]),
        ];
        fields.extend(CONSENTS.map(|(code, _, label)| {
            let guesses: &[Holds] = if code == "consent_offers" { &[Holds::Consent] } else { &[] };
            Field::new(code, label, guesses)
        }));
        Ok(fields)
    }

    fn propose(draft: &Draft, fields: &[Field]) -> super::parts::Mapping {
        // A mobile number goes to the mobile, whatever came first.
        let mut mapping = super::kind::propose_by_guess(draft, fields);
        let column = |field: &str| mapping.0.iter().position(|to| to.as_deref() == Some(field));
        if let (Some(phone), None) = (column("phone"), column("mobile"))
            && draft.columns.get(phone).is_some_and(|c| c.guess.kind == Some(Holds::Mobile))
            && let Some(place) = mapping.0.get_mut(phone)
        {
            *place = Some("mobile".to_owned());
        }
        mapping
    }

    fn check(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        findings.extend(check_identity(draft));
        findings.extend(check_dates(draft));
        findings.extend(check_consents(draft));
        let sites = SiteCodes::new(&reachable_sites(tx, by)?);
        findings.extend(check_sites(draft, &sites));
        Ok(findings)
    }

    fn open(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Setting> {
        let organisation = organisation::store::get(tx)?;
        let today = organisation.zone.day_of(tx.now());
        let sites = SiteCodes::new(&reachable_sites(tx, by)?);
        let options = &draft.options;
        let found = draft.columns_of("birth_date").find_map(|(_, column)| column.dates).map(|d| d.order);
        let order = date_order(options.get("date_order")).or(found).unwrap_or_default();
        let consent_fields = CONSENTS.iter().filter(|(field, ..)| draft.has(field));
        let writes_codes = |(_, column): (usize, &super::parts::Column)| {
            column.values.iter().flatten().any(|(value, _)| value == "email" || value == "counter")
        };
        Ok(Setting {
            today,
            dates: DateRule { order, latest_year: today.year() },
            role: Role::parse(options.get("role")).unwrap_or_default(),
            site: options.get("site").parse().ok().filter(|id| by.scope.includes(Some(*id))),
            sites,
            unknown_site_is_none: options.get("unknown_sites") == "none",
            duplicates: match options.get("duplicates") {
                "skip" => Duplicates::Skip,
                "create" => Duplicates::Create,
                _ => Duplicates::Update,
            },
            empty_consent: (options.get("empty_consent") == "refusal").then_some(false),
            number_prefix: options.is_on("number_rows").then(|| number_prefix(&draft.file_name)),
            mail_is_post: draft.columns_of("preferred_channel").any(writes_codes),
            consent_fields: consent_fields.map(|(field, purpose, _)| (*field, *purpose)).collect(),
            source: source_of(&draft.file_name),
        })
    }

    fn prepare(setting: &Setting, cells: &Cells<'_>) -> Result<Prepared, Vec<Reason>> {
        prepare::prepare(setting, cells)
    }

    fn look_ahead(memory: &mut people::Memory, _: &Setting, row: &Prepared) {
        memory.look_ahead(row);
    }

    fn rehearse(
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Setting,
        memory: &mut people::Memory,
        rows: &[Prepared],
    ) -> Result<Vec<Outcome>> {
        memory.rehearse(tx, by, setting, rows)
    }

    fn apply(
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Setting,
        import: Id,
        rows: &[Prepared],
    ) -> Result<Vec<Outcome>> {
        write::apply(tx, by, setting, import, rows)
    }

    fn undo(tx: &mut Tx<'_>, by: &Actor, import: Id, traces: &[Trace]) -> Result<Vec<Undone>> {
        undo::undo(tx, by, import, traces)
    }

    fn preview(tx: &mut Tx<'_>, by: &Actor, setting: &Setting, row: &Prepared, t: T) -> Result<Vec<Fact>> {
        let mut facts = preview_facts(tx, row, t)?;
        let mut memory = people::Memory::default();
        let outcome = memory.rehearse(tx, by, setting, std::slice::from_ref(row))?.pop();
        let Some(known) = outcome.and_then(|o| o.subject).filter(|id| id.0 > 0) else { return Ok(facts) };
        let names = Self::subject_names(tx, by, &[known])?;
        facts.extend(names.into_iter().map(|(id, name)| {
            Fact::new("import-customers-known", name).leading_to(customers::sheet_url(id))
        }));
        Ok(facts)
    }

    fn subject_href(subject: Id) -> Option<String> {
        Some(customers::sheet_url(subject))
    }

    fn subject_names(tx: &mut Tx<'_>, by: &Actor, subjects: &[Id]) -> Result<Vec<(Id, String)>> {
        let found = customers::store::by_ids(tx, &by.scope, subjects)?;
        Ok(found.into_iter().map(|c| (c.id, c.details.list_name())).collect())
    }

    fn result_href(import: Id, _: &Draft) -> Option<String> {
        Some(format!("/customers?import={import}"))
    }
}

fn reachable_sites(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Site>> {
    let mut sites = organisation::store::sites(tx)?;
    sites.retain(|site| by.scope.includes(Some(site.id)));
    Ok(sites)
}

fn date_order(code: &str) -> Option<DateOrder> {
    match code {
        "day_first" => Some(DateOrder::DayFirst),
        "month_first" => Some(DateOrder::MonthFirst),
        "year_first" => Some(DateOrder::YearFirst),
        "excel_serial" => Some(DateOrder::ExcelSerial),
        _ => None,
    }
}

/// “telco_customer_churn.csv” gives “telco_customer_churn”.
fn number_prefix(file_name: &str) -> String {
    let stem = file_name.split('.').next().unwrap_or(file_name).trim();
    let stem = if stem.is_empty() { "import" } else { stem };
    stem.chars().take(100).collect()
}

fn check_identity(draft: &Draft) -> Option<Finding> {
    let names = ["full_name", "given_name", "family_name", "organisation_name", "email", "external_number"];
    if names.iter().any(|field| draft.has(field)) {
        return None;
    }
    if draft.options.is_on("number_rows") {
        return None;
    }
    let finding =
        Finding::new(Tone::Blocking, "import-customers-nameless", "import-customers-nameless-detail");
    Some(finding.settled_by("number_rows"))
}

fn check_dates(draft: &Draft) -> Vec<Finding> {
    let mut findings = Vec::new();
    let decided = !draft.options.get("date_order").is_empty();
    for (at, column) in draft.columns_of("birth_date") {
        let Some(dates) = column.dates else { continue };
        let name = column.name.as_str();
        if dates.contradicted && !decided {
            let detail = Message::new("import-dates-mixed-detail").with("column", name);
            let finding = Finding::new(Tone::Warning, "import-dates-mixed", detail);
            findings.push(finding.at(at, "import-tag-dates-mixed").settled_by("date_order"));
        }
        if column.short_years > 0 {
            let detail = Message::new("import-short-years-detail")
                .with("count", column.short_years)
                .with("column", name);
            let finding = Finding::new(Tone::Warning, "import-short-years", detail);
            findings.push(finding.at(at, "import-tag-short-years"));
        }
    }
    findings
}

fn check_consents(draft: &Draft) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (field, ..) in CONSENTS {
        for (at, column) in draft.columns_of(field) {
            let unread: Vec<&str> = column
                .values
                .iter()
                .flatten()
                .map(|(value, _)| value.as_str())
                .filter(|value| words::consent(value).is_none())
                .take(5)
                .collect();
            if !unread.is_empty() || column.values.is_none() {
                let detail = Message::new("import-consent-unread-detail")
                    .with("column", column.name.as_str())
                    .with("values", unread.join(", "));
                let finding = Finding::new(Tone::Warning, "import-consent-unread", detail);
                findings.push(finding.at(at, "import-tag-consent-unread"));
            }
            if column.empty > 0 && draft.options.get("empty_consent").is_empty() {
                let detail = Message::new("import-consent-empty-detail")
                    .with("column", column.name.as_str())
                    .with("count", column.empty);
                let finding = Finding::new(Tone::Blocking, "import-decision-missing", detail);
                findings.push(finding.at(at, "import-tag-undecided").settled_by("empty_consent"));
            }
        }
    }
    findings
}

fn check_sites(draft: &Draft, sites: &SiteCodes) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, column) in draft.columns_of("site") {
        let Some(values) = &column.values else {
            let detail = Message::new("import-sites-many-detail").with("column", column.name.as_str());
            findings.push(
                Finding::new(Tone::Warning, "import-sites-many", detail).at(at, "import-tag-sites-many"),
            );
            continue;
        };
        let unknown: Vec<&str> = values
            .iter()
            .map(|(value, _)| value.as_str())
            .filter(|value| sites.find(value).is_none())
            .collect();
        let known = values.len() - unknown.len();
        if unknown.is_empty() {
            findings.push(Finding::tag(
                Tone::Good,
                at,
                Message::new("import-tag-sites").with("count", known),
            ));
            continue;
        }
        let listed: Vec<&str> = unknown.iter().take(10).copied().collect();
        let detail = Message::new("import-sites-unknown-detail")
            .with("count", unknown.len())
            .with("values", listed.join(", "));
        let tag = Message::new("import-tag-sites-unknown").with("count", unknown.len());
        let finding = Finding::new(Tone::Warning, "import-sites-unknown", detail);
        findings.push(finding.at(at, tag).settled_by("unknown_sites"));
    }
    findings
}

fn preview_facts(tx: &mut Tx<'_>, row: &Prepared, t: T) -> Result<Vec<Fact>> {
    let d = &row.details;
    let mut facts = vec![Fact::new("customer-name", d.list_name())];
    let mut add = |label: &'static str, text: &str| {
        if !text.is_empty() {
            facts.push(Fact::new(label, text));
        }
    };
    if d.kind == CustomerKind::Organisation {
        add("customer-kind", &t.get(d.kind.key()));
    }
    add("customer-number", d.external_number.as_deref().unwrap_or_default());
    add("customer-birth", &d.birth_day.map(|day| t.day(day)).unwrap_or_default());
    add("customer-email", d.email.as_deref().unwrap_or_default());
    add("customer-phone", d.phone.as_deref().unwrap_or_default());
    add("customer-mobile", d.mobile.as_deref().unwrap_or_default());
    add("customer-address", &rules::address_lines(d).join(", "));
    add("customer-country", &d.country);
    add("customer-role", &t.get(d.role.key()));
    if let Some(site) = d.site {
        add("customer-site", &organisation::store::site(tx, site)?.name);
    }
    for (purpose, granted) in &row.consents {
        add(purpose.key(), &t.get(if *granted { "consent-yes" } else { "consent-no" }));
    }
    Ok(facts)
}
