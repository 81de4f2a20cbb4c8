//! Pages about interactions: noting one, and the timeline as a fragment of the sheet.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::texts::T;
use kernel::{Day, Error, Id};
use serde::Deserialize;
use web_kit::{App, Form, HttpResult, Page, Path, Query, SignedIn, Toast, html, redirect_with};

use super::actions::{self, Timeline};
use super::api::cursor;
use super::model::{Channel, Direction, Interaction, InteractionInput};
use super::store;
use crate::customers;

/// Entries of one part of the timeline.
const PART: usize = 20;

/// A day of the timeline.
pub(crate) struct FlowDay {
    title: String,
    entries: Vec<FlowEntry>,
}

struct FlowEntry {
    entry: Interaction,
    lead: String,
    detail: String,
    time: String,
}

/// A part of the timeline, ready to be shown.
#[derive(Template)]
#[template(path = "interactions/views/flow.html")]
pub(crate) struct Flow {
    t: T,
    days: Vec<FlowDay>,
    more: Option<String>,
    is_first: bool,
    chips: Vec<Chip>,
}

/// A channel to keep to, with how much came by it.
struct Chip {
    href: String,
    icon: &'static str,
    label: String,
    n: String,
    is_here: bool,
}

impl Flow {
    pub(crate) fn new(
        app: &App,
        me: &SignedIn,
        customer: Id,
        channel: Option<Channel>,
        part: Timeline,
    ) -> Self {
        let (t, zone) = (me.t(), me.organisation().zone.clone());
        let today = me.today(app);
        let sites = me.site_names();
        let currency = me.organisation().currency.clone();
        let mut days: Vec<(Day, Vec<FlowEntry>)> = Vec::new();
        for entry in part.entries {
            let day = zone.day_of(entry.at);
            let shown = FlowEntry {
                lead: lead(t, &entry, &currency),
                detail: detail(t, &entry, sites.get(entry.site)),
                // Who brought it knew no hour.
                time: if zone.start_of_day(day) == entry.at {
                    String::new()
                } else {
                    t.time(entry.at, &zone)
                },
                entry,
            };
            match days.last_mut().filter(|(last, _)| *last == day) {
                Some((_, entries)) => entries.push(shown),
                None => days.push((day, vec![shown])),
            }
        }
        let more = part.next.map(|(at, id)| {
            let only = channel.map_or_else(String::new, |c| format!("&channel={}", c.name()));
            format!("/customers/{customer}/timeline?before={}-{id}{only}", at.as_micros())
        });
        let days = days
            .into_iter()
            .map(|(day, entries)| FlowDay { title: day_title(t, day, today), entries })
            .collect();
        Self { t, days, more, is_first: true, chips: Vec::new() }
    }

    /// Offers to keep to one channel of those that were used.
    #[must_use]
    pub(crate) fn with_channels(
        mut self,
        customer: Id,
        here: Option<Channel>,
        counts: &[(Channel, i64)],
    ) -> Self {
        if counts.is_empty() {
            return self;
        }
        let t = self.t;
        let url = format!("/customers/{customer}/timeline");
        let of = |(channel, n): &(Channel, i64)| Chip {
            href: format!("{url}?channel={}", channel.name()),
            icon: channel.icon(),
            label: t.get(channel.key()),
            n: t.count(*n),
            is_here: here == Some(*channel),
        };
        self.chips = vec![Chip {
            href: url.clone(),
            icon: "",
            label: t.get("flow-all"),
            n: String::new(),
            is_here: here.is_none(),
        }];
        self.chips.extend(counts.iter().map(of));
        self
    }

    fn icon(&self, name: &str) -> askama::filters::Safe<String> {
        web_kit::icon(name)
    }
}

/// « Ses derniers mots, par téléphone, le 3 oct. 2026 à 10:12 ».
pub(crate) fn last_words(t: T, entry: &Interaction, when: &str) -> String {
    let way = t.get(&format!("said-by-{}", entry.channel.name()));
    t.two("customer-last-words", "way", way, "when", when)
}

fn day_title(t: T, day: Day, today: Day) -> String {
    match today.days_since(day) {
        0 => t.get("flow-today"),
        1 => t.get("flow-yesterday"),
        _ if day.year() == today.year() => t.day_and_month(day),
        _ => t.day(day),
    }
}

fn lead(t: T, entry: &Interaction, currency: &str) -> String {
    let key = match (entry.channel, entry.direction) {
        (Channel::Phone, Direction::In) => "flow-phone-in",
        (Channel::Phone, Direction::Out) => "flow-phone-out",
        (Channel::Counter, _) => "flow-counter",
        (Channel::Mail, Direction::In) => "flow-mail-in",
        (Channel::Mail, Direction::Out) => "flow-mail-out",
        (Channel::Letter, Direction::In) => "flow-letter-in",
        (Channel::Letter, Direction::Out) => "flow-letter-out",
        (Channel::Visit, _) => "flow-visit",
        (Channel::Web, _) => "flow-web",
        (Channel::Survey, _) => "flow-survey",
        (Channel::Order, _) => {
            let amount = t.money(entry.amount.unwrap_or(0), currency);
            return t.one("flow-order", "amount", amount);
        }
    };
    t.get(key)
}

fn detail(t: T, entry: &Interaction, site: &str) -> String {
    let by = if entry.actor_name.is_empty() || entry.channel == Channel::Survey {
        String::new()
    } else {
        t.one("flow-by", "name", entry.actor_name.as_str())
    };
    [by.as_str(), site].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Name of the draft the sheet's form keeps in the browser until the note is saved.
pub(crate) fn draft_key(customer: Id) -> String {
    format!("note-{customer}")
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(input): Form<InteractionInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    let url = customers::sheet_url(id);
    match app.write(move |tx| actions::create(tx, &actor, id, &typed)).await {
        Ok(_) => {
            let toast = Toast::done("interaction-done").saved_draft(&draft_key(id));
            Ok(redirect_with(&app, &url, &toast))
        }
        Err(Error::Invalid(errors)) => {
            customers::pages::sheet_with(&app, &me, &headers, id, input, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Which part of the timeline.
#[derive(Deserialize)]
pub(crate) struct Part {
    #[serde(default)]
    before: String,
    #[serde(default)]
    channel: String,
}

#[derive(Template)]
#[template(path = "interactions/views/timeline.html")]
struct TimelineView {
    page: Page,
    name: String,
    id: Id,
    flow: Flow,
}

/// A part of the timeline: a fragment for htmx, a page of its own otherwise.
pub(crate) async fn timeline(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(part): Query<Part>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let channel = Channel::parse(&part.channel).ok();
    let before = Some(part.before.as_str()).filter(|b| !b.is_empty()).map(cursor).transpose()?;
    let (name, timeline, counts) = app
        .read(move |tx| {
            let customer = customers::actions::read(tx, &actor, id)?;
            let timeline = actions::timeline(tx, &actor, id, channel, before, PART)?;
            Ok((customer.details.name(), timeline, store::counts(tx, id)?))
        })
        .await?;
    let mut flow = Flow::new(&app, &me, id, channel, timeline).with_channels(id, channel, &counts);
    flow.is_first = before.is_none();
    if headers.contains_key("hx-request") {
        return html(&flow);
    }
    let page = Page::new(&app, &me, &headers, "/customers")
        .crumb(name.clone(), customers::sheet_url(id))
        .crumb(me.t().get("flow-title"), "");
    Page::show(false, &app, &TimelineView { page, name, id, flow })
}
