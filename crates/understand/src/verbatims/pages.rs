//! The pages of the room.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use kernel::organisation::SiteNames;
use kernel::texts::T;
use web_kit::{App, HttpResult, Page, Query, SignedIn, html};

use super::actions;
use super::model::{self, Input, Verbatim};
use super::rules;
use crate::indicators::{
    self, Address, Class, Filter, Measure, Span, cursor, period_part, score, site_part, survey_part,
};

/// Words as templates show them.
struct Said {
    texts: Vec<String>,
    locale: String,
    about: String,
    customer: String,
}

fn said(t: T, verbatim: Verbatim, names: &SiteNames, may_see: bool) -> Said {
    let mut about: Vec<String> =
        verbatim.scores.iter().map(|(measure, value)| score(t, *measure, Some(*value))).collect();
    about.extend(Some(names.get(verbatim.site).to_owned()).filter(|name| !name.is_empty()));
    about.push(t.day(verbatim.day));
    about.push(verbatim.survey);
    let customer = verbatim.customer.filter(|_| may_see).map(|id| format!("/customers/{id}"));
    Said {
        texts: verbatim.words,
        locale: verbatim.locale,
        about: about.join(" · "),
        customer: customer.unwrap_or_default(),
    }
}

#[derive(Template)]
#[template(path = "verbatims/views/list.html")]
struct ListView {
    page: Page,
    q: String,
    filter: Filter,
    said: Vec<Said>,
    reached: String,
    is_filtered: bool,
    first: String,
    next: String,
}

/// Everything customers wrote.
pub(super) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(input): Query<Input>,
) -> HttpResult {
    let query = rules::parse(&input)?;
    let actor = me.actor().clone();
    let wanted = query.clone();
    let (found, surveys) =
        app.read(move |tx| Ok((actions::find(tx, &actor, &wanted)?, indicators::surveys(tx)?))).await?;
    let page = Page::new(&app, &me, &headers, "/verbatims");
    let t = page.t;
    let names = me.site_names();
    let may_see = me.may(Permission::CustomersRead);
    let surveys = surveys.into_iter().map(|survey| (survey.id, survey.name));
    let mut parts = vec![
        class_part(t, query.class),
        measure_part(t, query.measure),
        survey_part(t, query.survey, surveys),
    ];
    let sites = me.sites();
    if sites.len() > 1 || !query.sites.is_empty() {
        parts.push(site_part(t, &query.sites, &sites));
    }
    parts.push(period_part(t, query.span, &Span::NAMED));
    let first = address(&input);
    let next = found.next.map(|place| first.clone().with("cursor", cursor(place)).done());
    let view = ListView {
        q: input.q.clone(),
        filter: Filter { action: "/verbatims".to_owned(), parts },
        said: found.verbatims.into_iter().map(|verbatim| said(t, verbatim, &names, may_see)).collect(),
        reached: found.reached.map(|day| t.day(day)).unwrap_or_default(),
        is_filtered: model::Query { after: None, ..query.clone() } != nothing(),
        first: if query.after.is_some() { first.done() } else { String::new() },
        next: next.unwrap_or_default(),
        page,
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// A query that chooses everything.
fn nothing() -> model::Query {
    model::Query { span: Span::All, ..model::Query::default() }
}

fn class_part(t: T, chosen: Option<Class>) -> indicators::Part {
    let key = |class: Class| format!("verbatim-class-{}", class.name());
    let mut choices = vec![indicators::Choice::new("", t.get("verbatim-class-all"), chosen.is_none())];
    for class in Class::ALL {
        choices.push(indicators::Choice::new(class.name(), t.get(&key(class)), chosen == Some(class)));
    }
    let text = chosen.map_or_else(|| t.get("verbatim-class-all"), |class| t.get(&key(class)));
    indicators::Part {
        text,
        legend: t.get("verbatim-class"),
        name: "class",
        many: false,
        choices,
        days: None,
    }
}

fn measure_part(t: T, chosen: Option<Measure>) -> indicators::Part {
    let key = |measure: Measure| format!("indicator-{}", measure.name());
    let mut choices = vec![indicators::Choice::new("", t.get("verbatim-measure-all"), chosen.is_none())];
    for measure in Measure::ALL {
        choices.push(indicators::Choice::new(measure.name(), t.get(&key(measure)), chosen == Some(measure)));
    }
    let text = chosen.map_or_else(|| t.get("verbatim-measure-all"), |measure| t.get(&key(measure)));
    indicators::Part {
        text,
        legend: t.get("verbatim-measure"),
        name: "measure",
        many: false,
        choices,
        days: None,
    }
}

/// The address of the first page of a list.
fn address(input: &Input) -> Address {
    let mut list = Address::new("/verbatims");
    for (name, value) in [
        ("q", &input.q),
        ("measure", &input.measure),
        ("class", &input.class),
        ("survey", &input.survey),
        ("period", &input.period),
        ("from", &input.from),
        ("to", &input.to),
    ] {
        if !value.is_empty() {
            list = list.with(name, value);
        }
    }
    input.site.iter().fold(list, |list, site| list.with("site", site))
}

#[derive(Template)]
#[template(path = "verbatims/views/week.html")]
struct WeekView {
    t: T,
    said: Vec<Said>,
}

/// What customers wrote this week, for the home page.
pub(super) async fn week(State(app): State<App>, me: SignedIn) -> HttpResult {
    let actor = me.actor().clone();
    let found = app.read(move |tx| actions::week(tx, &actor)).await?;
    let (t, names) = (me.t(), me.site_names());
    let may_see = me.may(Permission::CustomersRead);
    html(&WeekView {
        t,
        said: found.into_iter().map(|verbatim| said(t, verbatim, &names, may_see)).collect(),
    })
}
