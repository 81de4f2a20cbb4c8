//! What a customer's sheet shows of surveys: what they were asked, what they answered, and a button to ask.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html, redirect_with};

use super::model::{Asked, State as Standing};
use super::{actions, pages};
use crate::surveys::model::State as SurveyState;

/// One survey a customer was asked to answer.
struct Row {
    asked: Asked,
    when: String,
    state: Standing,
    link: Option<String>,
    /// Address of what they answered.
    response: String,
}

impl Row {
    fn tag(&self) -> &'static str {
        pages::tag(self.state)
    }
}

/// The part inside the sheet.
#[derive(Template)]
#[template(path = "invitations/views/_customer.html")]
struct PartView {
    t: kernel::texts::T,
    form: FormView,
    customer: Id,
    rows: Vec<Row>,
    /// Surveys one can invite to.
    surveys: Vec<(Id, String)>,
    refusal: Option<String>,
}

impl PartView {
    fn icon(&self, name: &str) -> askama::filters::Safe<String> {
        web_kit::icon(name)
    }
}

#[derive(Template)]
#[template(path = "invitations/views/customer.html")]
struct WholeView {
    page: Page,
    name: String,
    customer: Id,
    part: askama::filters::Safe<String>,
}

pub(crate) async fn fragment(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    respond(&app, &me, &headers, id, None).await
}

async fn respond(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    refusal: Option<String>,
) -> HttpResult {
    let (actor, may_invite) = (me.actor().clone(), me.may(Permission::SurveysWrite));
    let (customer, asked, surveys) = app
        .read(move |tx| {
            let customer = know::customers::actions::read(tx, &actor, id)?;
            let asked = actions::of_customer(tx, &actor, id)?;
            let may_be_asked = may_invite && customer.erased_at.is_none();
            let open = if may_be_asked { crate::surveys::store::open(tx)? } else { Vec::new() };
            Ok((customer, asked, open))
        })
        .await?;
    let (t, house, now) = (me.t(), me.organisation(), app.db().clock().now());
    let may_read = me.may(Permission::AnswersRead);
    let rows = asked.into_iter().map(|asked| {
        let state = asked.invitation.state(now);
        let is_open = matches!(state, Standing::Created | Standing::Opened);
        Row {
            when: t.day(house.zone.day_of(asked.invitation.created_at)),
            link: (is_open && may_invite).then(|| pages::link(app, &house.link_key, asked.invitation.id)),
            response: asked.response.filter(|_| may_read).map(crate::responses::url).unwrap_or_default(),
            state,
            asked,
        }
    });
    let part = PartView {
        t,
        form: FormView::new(t, me.csrf(), Vec::new()),
        customer: id,
        rows: rows.collect(),
        surveys: surveys
            .into_iter()
            .filter(|s| s.state == SurveyState::Open)
            .map(|s| (s.id, s.settings.name))
            .collect(),
        refusal,
    };
    if headers.contains_key("hx-request") {
        return html(&part);
    }
    let name = customer.details.name();
    let page = Page::new(app, me, headers, "/customers")
        .crumb(name.clone(), know::customers::sheet_url(id))
        .crumb(t.get("invitation-sheet-title"), "");
    let has_toast = page.toast.is_some();
    let part = askama::filters::Safe(part.render().map_err(Error::caused)?);
    Page::show(has_toast, app, &WholeView { page, name, customer: id, part })
}

#[derive(Deserialize)]
pub(crate) struct InviteForm {
    survey: Id,
    /// Send them a message, instead of making a link.
    #[serde(default)]
    by_mail: bool,
}

pub(crate) async fn invite(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<InviteForm>,
) -> HttpResult {
    let actor = me.actor().clone();
    let is_part = headers.contains_key("hx-request");
    let back = format!("/customers/{id}/fragments/surveys");
    let done = if form.by_mail { "invitation-done-mail" } else { "invitation-done" };
    let invite = if form.by_mail { actions::invite_by_mail } else { actions::invite };
    match app.write(move |tx| invite(tx, &actor, form.survey, id)).await {
        Ok(_) if is_part => respond(&app, &me, &headers, id, None).await,
        Ok(_) => Ok(redirect_with(&app, &back, &Toast::done(done))),
        Err(Error::Refused(message)) if is_part => {
            respond(&app, &me, &headers, id, Some(me.t().message(&message))).await
        }
        Err(Error::Refused(message)) => Ok(redirect_with(&app, &back, &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}
