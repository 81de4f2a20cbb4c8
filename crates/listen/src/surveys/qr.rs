//! The code to print: a poster or a card that leads to the public link, for one site or none.

use askama::Template;
use askama::filters::Safe;
use axum::extract::State;
use http::HeaderMap;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::{App, HttpResult, Page, Path, Query, SignedIn, qr_code, query_value};

use super::actions;
use super::model::State as SurveyState;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    site: String,
    /// `a6` (four to a sheet) or `a4`.
    size: String,
    lang: String,
}

#[derive(Template)]
#[template(path = "surveys/views/qr.html")]
struct QrView {
    page: Page,
    id: Id,
    name: String,
    organisation: String,
    question: String,
    invites: String,
    code: Safe<String>,
    /// The address as people may type it: without what only says that a code was read.
    told: String,
    site: String,
    site_name: String,
    sites: Vec<(String, String)>,
    cards: usize,
    size: &'static str,
    lang: &'static str,
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(choice): Query<Choice>,
) -> HttpResult {
    let actor = me.actor().clone();
    let (survey, content) = app
        .read(move |tx| {
            let survey = actions::read(tx, &actor, id)?;
            let content = actions::published(tx, &survey)?;
            Ok((survey, content))
        })
        .await?;
    let Some(content) = content.filter(|_| survey.state == SurveyState::Open) else {
        return Err(Error::refused("survey-error-not-open").into());
    };
    let t = choice.lang.parse().map_or(me.t(), |locale| me.t().in_locale(locale));
    let sites: Vec<(String, String)> =
        me.sites().into_iter().filter(|s| !s.closed).map(|s| (s.code, s.name)).collect();
    let site = sites.iter().find(|(code, _)| *code == choice.site);
    let (site, site_name) = site.cloned().unwrap_or_default();
    let public = format!("{}{}", app.config().base_url(), survey.public_path());
    let of_site = if site.is_empty() { String::new() } else { format!("site={}", query_value(&site)) };
    let address = format!("{public}?via=qr{}{of_site}", if site.is_empty() { "" } else { "&" });
    let told = if site.is_empty() { public } else { format!("{public}?{of_site}") };
    let is_poster = choice.size == "a4";
    let page = Page::new(&app, &me, &headers, "/surveys")
        .crumb(survey.settings.name.clone(), super::sheet_url(id))
        .crumb(me.t().get("survey-qr"), "");
    let view = QrView {
        id,
        name: survey.settings.name,
        organisation: me.organisation().name.clone(),
        question: content.first_score().map_or_else(String::new, |q| q.text.read_in(t.locale()).to_owned()),
        invites: t.get("survey-qr-invites"),
        code: qr_code(&address)?,
        told,
        site,
        site_name,
        sites,
        cards: if is_poster { 1 } else { 4 },
        size: if is_poster { "a4" } else { "a6" },
        lang: t.code(),
        page,
    };
    Page::show(false, &app, &view)
}
