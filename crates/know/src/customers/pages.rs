//! Pages about customers: the list here, the form and the sheet beside.

mod edit;
mod sheet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::organisation::{Site, SiteNames};
use kernel::texts::T;
use kernel::{Error, Id};
use web_kit::{App, HttpResult, Page, Query, SignedIn, csv_response};

use super::model::{Count, Customer, Kind, ListQuery, Role, Sort};
use super::{actions, rules};

pub(crate) use edit::{create, edit_form, new_form, update};
pub(crate) use sheet::{sheet, sheet_with};

/// Address of a customer's sheet.
pub fn sheet_url(id: Id) -> String {
    format!("/customers/{id}")
}

/// Columns the list can show beside the name, with their text keys.
const COLUMNS: [(&str, &str); 8] = [
    ("role", "customer-role"),
    ("site", "customer-site"),
    ("email", "customer-email"),
    ("phone", "customer-telephone"),
    ("city", "customer-city"),
    ("number", "customer-number"),
    ("contact", "customer-last-contact"),
    ("created", "customer-created"),
];
/// Columns shown until somebody chooses.
const USUAL: [&str; 5] = ["role", "site", "email", "phone", "contact"];

/// Periods of last contact offered, in days.
const PERIODS: [(&str, &str); 5] = [
    ("", "customers-since-any"),
    ("30", "customers-since-30"),
    ("90", "customers-since-90"),
    ("365", "customers-since-365"),
    ("never", "customers-since-never"),
];

struct RowView {
    id: Id,
    name: String,
    detail: String,
    cells: Vec<CellView>,
}

struct CellView {
    label: String,
    text: String,
    is_role: bool,
    /// How the column behaves when room is short.
    class: &'static str,
}

struct HeadView {
    label: String,
    /// Address that sorts by this column; empty when it cannot be sorted by.
    href: String,
    /// `ascending`, `descending` or empty.
    sorted: &'static str,
    class: &'static str,
}

struct ColumnView {
    name: &'static str,
    label: String,
    shown: bool,
}

/// The part of the filter that keeps the customers of one import.
struct OfImport {
    text: String,
    help: String,
    without: String,
}

#[derive(Template)]
#[template(path = "customers/views/list.html")]
struct ListView {
    page: Page,
    q: ListQuery,
    total: String,
    rows: Vec<RowView>,
    heads: Vec<HeadView>,
    columns: Vec<ColumnView>,
    sites: Vec<Site>,
    roles: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    periods: Vec<(String, String)>,
    next: Option<String>,
    previous: Option<String>,
    is_filtered: bool,
    /// The import whose customers are shown, in words, and the address without it.
    of_import: Option<OfImport>,
    may_write: bool,
    may_import: bool,
    export: Option<String>,
}

pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<ListQuery>,
) -> HttpResult<Response> {
    use kernel::identity::Permission::{CustomersExport, CustomersImport, CustomersWrite};
    let (actor, query) = (me.actor().clone(), q.clone());
    let (listing, file) = app
        .read(move |tx| {
            let listing = actions::list(tx, &actor, &query, actions::PAGE)?;
            let import: Option<Id> = query.import.parse().ok();
            let file = import.map(|id| crate::import::file_of(tx, &actor, id)).transpose()?.flatten();
            Ok((listing, file))
        })
        .await?;
    let t = me.t();
    let shown = shown_columns(&q);
    let sites = me.site_names();
    let zone = me.organisation().zone.clone();
    let rows: Vec<RowView> = listing.rows.iter().map(|c| row_view(c, &shown, t, &sites, &zone)).collect();
    let ends = (listing.rows.first().map(|c| c.id), listing.rows.last().map(|c| c.id));
    let page = Page::new(&app, &me, &headers, "/customers");
    let has_toast = page.toast.is_some();
    let view = ListView {
        page,
        total: in_words(t, listing.total),
        rows,
        heads: heads(&q, &shown, t),
        columns: COLUMNS
            .iter()
            .map(|(name, key)| ColumnView { name, label: t.get(key), shown: shown.contains(name) })
            .collect(),
        sites: me.sites(),
        roles: Role::ALL.iter().map(|r| (r.name().to_owned(), t.get(r.key()))).collect(),
        kinds: Kind::ALL.iter().map(|k| (k.name().to_owned(), t.get(k.key()))).collect(),
        periods: PERIODS.iter().map(|(value, key)| ((*value).to_owned(), t.get(key))).collect(),
        next: ends.1.filter(|_| listing.has_next).map(|id| address(&q, &[("after", &id.to_string())])),
        previous: ends
            .0
            .filter(|_| listing.has_previous)
            .map(|id| address(&q, &[("before", &id.to_string())])),
        is_filtered: is_filtered(&q),
        of_import: of_import(t, &q, file, listing.total, &zone),
        may_write: me.may(CustomersWrite),
        may_import: me.may(CustomersImport),
        export: me
            .may(CustomersExport)
            .then(|| address(&q, &[]).replacen("/customers", "/customers/export.csv", 1)),
        q,
    };
    Page::show(has_toast, &app, &view)
}

fn of_import(
    t: T,
    q: &ListQuery,
    file: Option<(String, kernel::Instant)>,
    total: Count,
    zone: &kernel::clock::Zone,
) -> Option<OfImport> {
    if q.import.is_empty() {
        return None;
    }
    let text = match file {
        Some((name, at)) => t.two("customers-of-import", "name", name, "day", t.day(zone.day_of(at))),
        None => t.get("customers-of-some-import"),
    };
    let help = match total {
        Count::Exactly(n) if n > 0 => t.one("customers-import-help", "n", n),
        _ => String::new(),
    };
    Some(OfImport { text, help, without: address(q, &[("import", "")]) })
}

fn is_filtered(q: &ListQuery) -> bool {
    [&q.q, &q.site, &q.role, &q.kind, &q.since, &q.import].iter().any(|v| !v.is_empty())
}

fn in_words(t: T, count: Count) -> String {
    match count {
        Count::Exactly(n) => t.one("customers-count", "n", n),
        Count::MoreThan(n) => t.one("customers-count-more", "n", n),
    }
}

fn shown_columns(q: &ListQuery) -> Vec<&'static str> {
    let asked: Vec<&'static str> =
        COLUMNS.iter().map(|(name, _)| *name).filter(|name| q.cols.iter().any(|c| c == name)).collect();
    if asked.is_empty() { USUAL.to_vec() } else { asked }
}

/// Address of the list with the present filter and these changes; paging starts anew unless it is changed.
fn address(q: &ListQuery, changes: &[(&str, &str)]) -> String {
    let sort = if q.sort == Sort::Name { "" } else { q.sort.name() };
    let desc = if q.desc { "true" } else { "" };
    let mut pairs: Vec<(&str, &str)> = vec![
        ("q", &q.q),
        ("site", &q.site),
        ("role", &q.role),
        ("kind", &q.kind),
        ("since", &q.since),
        ("import", &q.import),
        ("sort", sort),
        ("desc", desc),
    ];
    for (name, value) in changes {
        pairs.retain(|(n, _)| n != name);
        pairs.push((name, value));
    }
    pairs.extend(q.cols.iter().map(|c| ("cols", c.as_str())));
    pairs.retain(|(_, value)| !value.is_empty());
    let query: Vec<String> = pairs.iter().map(|(n, v)| format!("{n}={}", web_kit::query_value(v))).collect();
    if query.is_empty() { "/customers".into() } else { format!("/customers?{}", query.join("&")) }
}

/// Ways to reach somebody leave a list of middling width: the sheet has them. Long addresses are clipped.
fn class_of(column: &str) -> &'static str {
    match column {
        "email" => "nowrap clip hide-m plain",
        "phone" => "nowrap hide-m plain",
        "role" | "site" | "city" => "nowrap plain",
        _ => "nowrap",
    }
}

fn heads(q: &ListQuery, shown: &[&str], t: T) -> Vec<HeadView> {
    let head = |name: &str, key: &str, sort: Option<Sort>| {
        let here = sort == Some(q.sort);
        let href = sort.map(|sort| {
            // Recent first is what one wants of dates.
            let first_desc = matches!(sort, Sort::Contact | Sort::Created);
            let desc = if here { !q.desc } else { first_desc };
            let name = if sort == Sort::Name { "" } else { sort.name() };
            address(q, &[("sort", name), ("desc", if desc { "true" } else { "" })])
        });
        let sorted = match (here, q.desc) {
            (false, _) => "",
            (true, false) => "ascending",
            (true, true) => "descending",
        };
        HeadView { label: t.get(key), href: href.unwrap_or_default(), sorted, class: class_of(name) }
    };
    let mut all = vec![head("", "customer-name", Some(Sort::Name))];
    for (name, key) in COLUMNS.iter().filter(|(name, _)| shown.contains(name)) {
        let sort = match *name {
            "contact" => Some(Sort::Contact),
            "city" => Some(Sort::City),
            "created" => Some(Sort::Created),
            _ => None,
        };
        all.push(head(name, key, sort));
    }
    all
}

fn row_view(
    customer: &Customer,
    shown: &[&str],
    t: T,
    sites: &SiteNames,
    zone: &kernel::clock::Zone,
) -> RowView {
    let d = &customer.details;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let cells = COLUMNS
        .iter()
        .filter(|(name, _)| shown.contains(name))
        .map(|(name, key)| CellView {
            label: t.get(key),
            text: match *name {
                "role" => t.get(d.role.key()),
                "site" => sites.get(d.site).to_owned(),
                "email" => text(&d.email),
                "phone" => d.mobile.clone().or_else(|| d.phone.clone()).unwrap_or_default(),
                "city" => d.city.clone(),
                "number" => text(&d.external_number),
                "contact" => customer.last_contact_at.map_or_else(String::new, |at| t.day(zone.day_of(at))),
                _ => t.day(zone.day_of(customer.created_at)),
            },
            is_role: *name == "role" && d.role != Role::Customer,
            class: class_of(name),
        })
        .collect();
    let detail = match d.kind {
        Kind::Person => d.birth_day.map(|day| t.one("customer-born-in", "year", day.year().to_string())),
        Kind::Organisation => Some(t.get("customer-kind-organisation")),
    };
    RowView { id: customer.id, name: d.list_name(), detail: detail.unwrap_or_default(), cells }
}

pub(crate) async fn export(
    State(app): State<App>,
    me: SignedIn,
    Query(q): Query<ListQuery>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let sites = me.site_names();
    let t = me.t();
    let body = app
        .read(move |tx| {
            let mut out = csv::WriterBuilder::new().delimiter(t.csv_delimiter()).from_writer(Vec::new());
            out.write_record(rules::EXPORT_KEYS.map(|key| t.get(key))).map_err(Error::caused)?;
            actions::export(tx, &actor, &q, |customer| {
                out.write_record(rules::export_record(&customer, &sites)).map_err(Error::caused)?;
                Ok(true)
            })?;
            out.into_inner().map_err(|e| Error::caused(e.into_error()))
        })
        .await?;
    let text = String::from_utf8(body).map_err(Error::caused)?;
    Ok(csv_response(&format!("{}.csv", t.get("customers-file")), text))
}
