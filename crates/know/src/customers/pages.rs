//! Pages about customers.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::organisation::{Site, SiteNames};
use kernel::texts::T;
use kernel::{Error, FieldError, Id};
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, csv_response, html_with, initials,
    redirect_with,
};

use super::model::{Count, Customer, CustomerInput, Kind, ListQuery, Role, Sort};
use super::{actions, rules};
use crate::consent::{self, actions::Current};
use crate::interactions;
use crate::interactions::model::{Channel, Interaction, InteractionInput};
use crate::interactions::pages::Flow;

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
        "email" => "nowrap clip hide-m",
        "phone" => "nowrap hide-m",
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
            let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
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

#[derive(Template)]
#[template(path = "customers/views/form.html")]
struct EditView {
    page: Page,
    form: FormView,
    input: CustomerInput,
    title: String,
    action: String,
    back: String,
    submit: String,
    sites: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    locales: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    /// The version somebody else saved meanwhile, field by field: label, theirs, ours.
    conflict: Vec<(String, String, String)>,
}

fn edit_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    subject: Option<&Customer>,
    input: CustomerInput,
    errors: Vec<FieldError>,
) -> EditView {
    let t = me.t();
    let none = || (String::new(), t.get("customer-unset"));
    let mut sites = vec![none()];
    sites.extend(me.sites().into_iter().map(|s| (s.id.to_string(), s.name)));
    let mut locales = vec![none()];
    locales.push(("fr".into(), "Français".into()));
    locales.push(("en".into(), "English".into()));
    let mut channels = vec![none()];
    channels
        .extend(rules::CHANNELS.iter().map(|c| ((*c).to_owned(), t.get(&format!("customer-channel-{c}")))));
    let base = Page::new(app, me, headers, "/customers");
    let (page, title, action, back, submit) = match subject {
        Some(customer) => {
            let name = customer.details.name();
            let url = sheet_url(customer.id);
            let page = base.crumb(name.clone(), url.clone()).crumb(t.get("customer-edit"), "");
            (page, t.one("customer-edit-of", "name", name), url.clone(), url, t.get("customer-save"))
        }
        None => {
            let page = base.crumb(t.get("customer-new"), "");
            (page, t.get("customer-new"), "/customers".into(), "/customers".into(), t.get("customer-add"))
        }
    };
    EditView {
        page,
        form: FormView::new(t, me.csrf(), errors),
        input,
        title,
        action,
        back,
        submit,
        sites,
        roles: Role::ALL.iter().map(|r| (r.name().to_owned(), t.get(r.key()))).collect(),
        kinds: Kind::ALL.iter().map(|k| (k.name().to_owned(), t.get(k.key()))).collect(),
        locales,
        channels,
        conflict: Vec::new(),
    }
}

pub(crate) async fn new_form(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<ListQuery>,
) -> HttpResult<Response> {
    me.actor().require(kernel::identity::Permission::CustomersWrite)?;
    // What was searched in vain is most likely the name to add.
    let (given, family) = q.q.trim().rsplit_once(' ').unwrap_or(("", q.q.trim()));
    let sites = me.sites();
    let input = CustomerInput {
        given_name: given.to_owned(),
        family_name: family.to_owned(),
        site: if sites.len() == 1 { sites[0].id.to_string() } else { String::new() },
        ..CustomerInput::default()
    };
    web_kit::html(&edit_view(&app, &me, &headers, None, input, Vec::new()))
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(input): Form<CustomerInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    match app.write(move |tx| actions::create(tx, &actor, &typed)).await {
        Ok(customer) => {
            let toast = Toast::done("customer-added").with("name", &customer.details.name());
            Ok(redirect_with(&app, &sheet_url(customer.id), &toast))
        }
        Err(Error::Invalid(errors)) => {
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &edit_view(&app, &me, &headers, None, input, errors))
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn edit_form(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    actor.require(kernel::identity::Permission::CustomersWrite)?;
    let customer = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let input = rules::to_input(&customer);
    web_kit::html(&edit_view(&app, &me, &headers, Some(&customer), input, Vec::new()))
}

pub(crate) async fn update(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(input): Form<CustomerInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    let version: i64 = input.version.parse().unwrap_or(0);
    let outcome = app.write(move |tx| actions::update(tx, &actor, id, version, &typed)).await;
    let errors = match outcome {
        Ok(customer) => {
            let toast = Toast::done("customer-saved").with("name", &customer.details.name());
            return Ok(redirect_with(&app, &sheet_url(id), &toast));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Stale(_)) => return stale(&app, &me, &headers, id, input).await,
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    let customer = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let view = edit_view(&app, &me, &headers, Some(&customer), input, errors);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Somebody else saved first: shows both versions, keeps what was typed, and saves it over theirs only when
/// sent again knowingly.
async fn stale(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    mut input: CustomerInput,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let theirs = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let saved = rules::to_input(&theirs);
    input.version = theirs.version.to_string();
    let t = me.t();
    let differing = rules::differing(&saved, &input);
    let mut view = edit_view(app, me, headers, Some(&theirs), input, Vec::new());
    view.conflict = differing.into_iter().map(|(key, theirs, ours)| (t.get(key), theirs, ours)).collect();
    html_with(StatusCode::CONFLICT, &view)
}

#[derive(Template)]
#[template(path = "customers/views/sheet.html")]
struct SheetView {
    page: Page,
    form: FormView,
    note: InteractionInput,
    /// Name under which the browser keeps a note being written.
    draft: String,
    customer: Customer,
    name: String,
    initials: String,
    site: String,
    born: String,
    since: String,
    preferred: String,
    address: Vec<String>,
    words: Option<(Interaction, String)>,
    consents: Vec<ConsentView>,
    flow: Flow,
    noted: [Channel; 6],
    fragments: Vec<(String, String)>,
    may_write: bool,
}

struct ConsentView {
    purpose: consent::Purpose,
    granted: bool,
    detail: String,
}

pub(crate) async fn sheet(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let note = InteractionInput {
        channel: Channel::NOTED[0].name().to_owned(),
        direction: "in".to_owned(),
        ..InteractionInput::default()
    };
    sheet_with(&app, &me, &headers, id, note, Vec::new()).await
}

/// The sheet with a note half written, and what is wrong with it.
pub(crate) async fn sheet_with(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    note: InteractionInput,
    errors: Vec<FieldError>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (customer, consents, timeline, counts, words) = app
        .read(move |tx| {
            let customer = actions::read(tx, &actor, id)?;
            let history = consent::actions::history(tx, &actor, id)?;
            let timeline = interactions::actions::timeline(tx, &actor, id, None, None, 20)?;
            let counts = interactions::store::counts(tx, id)?;
            let words = interactions::store::last_words(tx, id)?;
            Ok((customer, consent::actions::current(&history), timeline, counts, words))
        })
        .await?;
    let (t, zone) = (me.t(), me.organisation().zone.clone());
    let d = &customer.details;
    let name = d.name();
    let page = Page::new(app, me, headers, "/customers").crumb(name.clone(), "");
    let has_toast = page.toast.is_some();
    let view = SheetView {
        form: FormView::new(t, me.csrf(), errors),
        note,
        draft: interactions::pages::draft_key(id),
        initials: initials(&name),
        site: me.site_names().get(d.site).to_owned(),
        born: d.birth_day.map(|day| t.day(day)).unwrap_or_default(),
        since: t.day(zone.day_of(customer.created_at)),
        preferred: d
            .preferred_channel
            .as_ref()
            .map(|c| t.get(&format!("customer-channel-{c}")))
            .unwrap_or_default(),
        address: rules::address_lines(d),
        words: words.map(|w| {
            let told = interactions::pages::last_words(t, &w, &t.moment(w.at, &zone));
            (w, told)
        }),
        consents: consent_views(&consents, t, &zone),
        flow: Flow::new(app, me, id, None, timeline).with_channels(id, None, &counts),
        noted: Channel::NOTED,
        fragments: app
            .offers()
            .for_actor(me.actor())
            .sheet
            .iter()
            .map(|f| (t.get(f.title), f.path.replace("{id}", &id.to_string())))
            .collect(),
        may_write: me.may(kernel::identity::Permission::CustomersWrite),
        customer,
        name,
        page,
    };
    let mut response = Page::show(has_toast, app, &view)?;
    *response.status_mut() = status;
    Ok(response)
}

fn consent_views(current: &Current, t: T, zone: &kernel::clock::Zone) -> Vec<ConsentView> {
    let detail = |purpose: consent::Purpose, decision: &Option<consent::Decision>| match decision {
        Some(decision) => t.one("consent-since", "day", t.day(zone.day_of(decision.at))),
        None if purpose.default() => t.get("consent-default-yes"),
        None => t.get("consent-default-no"),
    };
    current
        .iter()
        .map(|(purpose, granted, decision)| ConsentView {
            purpose: *purpose,
            granted: *granted,
            detail: detail(*purpose, decision),
        })
        .collect()
}
