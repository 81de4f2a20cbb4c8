//! The sheet of a customer: who, how to reach them, what they accept, and everything that happened.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::texts::T;
use kernel::{FieldError, Id};
use web_kit::{App, FormView, HttpResult, Page, Path, SignedIn, initials};

use crate::consent::{self, actions::Current};
use crate::customers::model::Customer;
use crate::customers::{actions, rules};
use crate::erasure;
use crate::interactions;
use crate::interactions::model::{Channel, Interaction, InteractionInput};
use crate::interactions::pages::Flow;

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
    may_erase: bool,
    /// When and by whom they were erased, in words.
    erasure: Option<String>,
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
    let (customer, consents, timeline, counts, words, erased) = app
        .read(move |tx| {
            let customer = actions::read(tx, &actor, id)?;
            let history = consent::actions::history(tx, &actor, id)?;
            let timeline = interactions::actions::timeline(tx, &actor, id, None, None, 20)?;
            let counts = interactions::store::counts(tx, id)?;
            let words = interactions::store::last_words(tx, id)?;
            let erased = erasure::actions::of(tx, &actor, id)?;
            Ok((customer, consent::actions::current(&history), timeline, counts, words, erased))
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
            let told = interactions::pages::last_words(t, &w, &t.happened(w.at, &zone));
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
        may_erase: me.may(kernel::identity::Permission::CustomersErase),
        erasure: erased
            .map(|e| t.two("erasure-was", "day", t.day(zone.day_of(e.at)), "who", e.actor_name.as_str())),
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
