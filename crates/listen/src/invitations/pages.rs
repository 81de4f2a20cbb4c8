//! Pages: inviting, and how it went.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use kernel::texts::T;
use kernel::{Error, Id, Tx, jobs, organisation, secrets};
use know::customers::model::Role;
use know::customers::rules::harmless_cell;
use serde::Deserialize;
use web_kit::job::JobView;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, csv_response, html_with,
    redirect_with,
};

use super::model::{Counts, Forecast, Line, Method, Selection, State as Standing};
use super::{actions, job, reminders, rules};
use crate::surveys;
use crate::surveys::model::{ByMail, Survey};

/// Address of the invitations of a survey.
fn url(survey: Id) -> String {
    format!("/surveys/{survey}/invitations")
}

impl ListView {
    fn n(&self, n: &i64) -> String {
        self.page.t.count(*n)
    }
}

impl NewView {
    fn n(&self, n: &i64) -> String {
        self.page.t.count(*n)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListQuery {
    state: String,
    before: Option<Id>,
}

/// An invitation as listed.
struct Row {
    line: Line,
    when: String,
    until: String,
    state: Standing,
    link: String,
}

impl Row {
    fn tag(&self) -> &'static str {
        tag(self.state)
    }
    fn is_open(&self) -> bool {
        matches!(self.state, Standing::Created | Standing::Opened)
    }
}

/// The tag that shows a state.
pub(super) const fn tag(state: Standing) -> &'static str {
    match state {
        Standing::Answered => "tag tag--good",
        Standing::Opened => "tag tag--water",
        Standing::Created => "tag tag--line",
        Standing::Expired => "tag",
    }
}

#[derive(Template)]
#[template(path = "invitations/views/list.html")]
struct ListView {
    page: Page,
    survey: Survey,
    rows: Vec<Row>,
    counts: Counts,
    rate: Option<String>,
    states: Vec<(Standing, bool)>,
    is_filtered: bool,
    state: String,
    next: Option<Id>,
    job: Option<JobView>,
    form: FormView,
    reminders: String,
    reminder_days: String,
    may_export: bool,
    is_open: bool,
}

pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(query): Query<ListQuery>,
) -> HttpResult {
    let (actor, state) = (me.actor().clone(), Standing::parse(&query.state));
    let (survey, mut lines, counts, job) = app
        .read(move |tx| {
            let lines = actions::list(tx, &actor, id, state, query.before, actions::PAGE + 1)?;
            let survey = surveys::actions::read(tx, &actor, id)?;
            Ok((survey, lines, actions::counts(tx, &actor, id)?, latest_job(tx, id)?))
        })
        .await?;
    let more = lines.len() > actions::PAGE as usize;
    lines.truncate(actions::PAGE as usize);
    let t = me.t();
    let page = Page::new(&app, &me, &headers, "/surveys")
        .crumb(survey.settings.name.clone(), surveys::sheet_url(id))
        .crumb(t.get("invitation-title"), "");
    let has_toast = page.toast.is_some();
    let view = ListView {
        next: lines.last().filter(|_| more).map(|l| l.invitation.id),
        rows: lines.into_iter().map(|line| row(&app, &me, line)).collect(),
        rate: counts.rate().map(|rate| t.percent(rate, 1)),
        counts,
        states: Standing::ALL.into_iter().map(|s| (s, Some(s) == state)).collect(),
        is_filtered: state.is_some(),
        state: state.map_or_else(String::new, |s| s.name().to_owned()),
        job: job.map(|job| job_view(&app, &me, id, job)),
        form: FormView::new(t, me.csrf(), Vec::new()),
        reminders: survey.by_mail.reminders.to_string(),
        reminder_days: survey.by_mail.reminder_days.to_string(),
        may_export: me.may(Permission::CustomersExport),
        is_open: survey.state == surveys::model::State::Open,
        survey,
        page,
    };
    Page::show(has_toast, &app, &view)
}

fn row(app: &App, me: &SignedIn, line: Line) -> Row {
    let (t, house) = (me.t(), me.organisation());
    let invitation = &line.invitation;
    Row {
        when: t.moment(invitation.created_at, &house.zone),
        until: t.day(house.zone.day_of(invitation.expires_at)),
        state: invitation.state(app.db().clock().now()),
        link: link(app, &house.link_key, invitation.id),
        line,
    }
}

/// The single-use link of an invitation.
pub(super) fn link(app: &App, link_key: &[u8], invitation: Id) -> String {
    format!("{}/a/{}", app.config().base_url(), rules::token(link_key, invitation))
}

fn latest_job(tx: &mut Tx<'_>, survey: Id) -> kernel::Result<Option<jobs::Job>> {
    Ok(jobs::store::of_subject(tx, survey)?.filter(|job| job.name == job::NAME))
}

fn job_view(app: &App, me: &SignedIn, survey: Id, job: jobs::Job) -> JobView {
    JobView::new(app, me, job).refreshed_from(format!("{}/job", url(survey)))
}

/// The job, refreshing itself.
pub(crate) async fn job(State(app): State<App>, me: SignedIn, Path(id): Path<Id>) -> HttpResult {
    me.actor().require(Permission::SurveysWrite)?;
    let job = app.read(move |tx| latest_job(tx, id)).await?.ok_or(Error::NotFound)?;
    job_view(&app, &me, id, job).respond()
}

/// Whom to invite, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SelectionForm {
    site: String,
    role: String,
    method: String,
    n: String,
    key: String,
    quiet_days: String,
    by_mail: String,
}

impl SelectionForm {
    fn selection(&self) -> Selection {
        let method = if self.method == "draw" {
            let digits: String = self.n.chars().filter(char::is_ascii_digit).collect();
            Method::Draw { n: digits.parse().unwrap_or(0), key: self.key.trim().to_owned() }
        } else {
            Method::Census
        };
        Selection {
            site: self.site.parse().ok(),
            role: Role::parse(&self.role).ok(),
            method,
            quiet_days: self.quiet_days.trim().parse().unwrap_or(-1),
            by_mail: self.by_mail == "mail",
        }
    }
}

#[derive(Template)]
#[template(path = "invitations/views/new.html")]
struct NewView {
    page: Page,
    form: FormView,
    survey: Survey,
    typed: SelectionForm,
    sites: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    methods: Vec<(String, String)>,
    ways: Vec<(String, String)>,
    sends_mail: bool,
    forecast: Option<Forecast>,
    may: String,
    verdict: &'static str,
}

pub(crate) async fn prepare(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(mut typed): Query<SelectionForm>,
) -> HttpResult {
    let is_first = typed.method.is_empty();
    if typed.key.is_empty() {
        // Short enough to be printed and typed again.
        typed.key = secrets::sha256_hex(&secrets::random::<16>()?)[..8].to_owned();
    }
    let (actor, selection) = (me.actor().clone(), typed.clone());
    let (survey, forecast) = app
        .read(move |tx| {
            actor.require(Permission::SurveysWrite)?;
            let survey = surveys::actions::read(tx, &actor, id)?;
            let mut selection = selection.selection();
            if is_first {
                selection.quiet_days = survey.settings.quiet_days;
            }
            let forecast = actions::forecast(tx, &actor, id, &selection);
            Ok((survey, forecast))
        })
        .await?;
    if is_first {
        typed.quiet_days = survey.settings.quiet_days.to_string();
        typed.method = "census".to_owned();
    }
    let (forecast, errors) = match forecast {
        Ok(forecast) => (Some(forecast), Vec::new()),
        Err(Error::Invalid(errors)) => (None, errors),
        Err(other) => return Err(other.into()),
    };
    let status =
        if errors.is_empty() { http::StatusCode::OK } else { http::StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &new_view(&app, &me, &headers, survey, typed, forecast, errors))
}

fn new_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    survey: Survey,
    typed: SelectionForm,
    forecast: Option<Forecast>,
    errors: Vec<kernel::FieldError>,
) -> NewView {
    let t = me.t();
    let any = |key: &str| vec![(String::new(), t.get(key))];
    let mut sites = any("invitation-any-site");
    sites.extend(me.sites().into_iter().filter(|s| !s.closed).map(|s| (s.id.to_string(), s.name)));
    let mut roles = any("invitation-any-role");
    roles.extend(Role::ALL.iter().map(|role| (role.name().to_owned(), t.get(role.key()))));
    let methods = ["census", "draw"].map(|m| (m.to_owned(), t.get(&format!("invitation-method-{m}"))));
    let is_draw = typed.method == "draw";
    NewView {
        form: FormView::new(t, me.csrf(), errors),
        sites,
        roles,
        methods: methods.to_vec(),
        ways: ["link", "mail"].map(|w| (w.to_owned(), t.get(&format!("invitation-way-{w}")))).to_vec(),
        sends_mail: app.config().sends_mail(),
        may: forecast.map(|f| in_words(t, f.invited)).unwrap_or_default(),
        forecast,
        verdict: if is_draw { "invitation-verdict-draw" } else { "invitation-verdict-census" },
        page: Page::new(app, me, headers, "/surveys")
            .crumb(survey.settings.name.clone(), surveys::sheet_url(survey.id))
            .crumb(t.get("invitation-title"), url(survey.id))
            .crumb(t.get("invitation-new"), ""),
        survey,
        typed,
    }
}

fn in_words(t: T, n: i64) -> String {
    t.one("invitation-n", "n", n)
}

pub(crate) async fn order(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(typed): Form<SelectionForm>,
) -> HttpResult {
    let (actor, selection) = (me.actor().clone(), typed.selection());
    match app.write(move |tx| actions::order(tx, &actor, id, &selection)).await {
        Ok(_) => Ok(redirect_with(&app, &url(id), &Toast::done("invitation-ordered"))),
        Err(Error::Invalid(errors)) => {
            let actor = me.actor().clone();
            let survey = app.read(move |tx| surveys::actions::read(tx, &actor, id)).await?;
            let view = new_view(&app, &me, &headers, survey, typed, None, errors);
            html_with(http::StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

/// Rows read at a time for the file.
const CHUNK: i64 = 1_000;

/// The links of all invitations that can still be answered, with what it takes to send them.
pub(crate) async fn export(State(app): State<App>, me: SignedIn, Path(id): Path<Id>) -> HttpResult {
    let (actor, t, base) = (me.actor().clone(), me.t(), app.config().base_url());
    let text = app
        .read(move |tx| {
            actor.require(Permission::CustomersExport)?;
            let key = organisation::store::get(tx)?.link_key;
            let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
            let heads = ["number", "name", "email", "mobile", "locale", "link", "until"];
            out.write_record(heads.map(|h| t.get(&format!("invitation-file-{h}")))).map_err(Error::caused)?;
            let mut before = None;
            loop {
                let lines = actions::list(tx, &actor, id, None, before, CHUNK)?;
                before = lines.last().map(|l| l.invitation.id);
                write_links(tx, &actor, &mut out, &lines, &base, &key)?;
                if (lines.len() as i64) < CHUNK {
                    break;
                }
            }
            String::from_utf8(out.into_inner().map_err(|e| Error::internal(e.to_string()))?)
                .map_err(Error::caused)
        })
        .await?;
    Ok(csv_response(&format!("{}-{id}.csv", me.t().get("invitation-file")), text))
}

fn write_links(
    tx: &mut Tx<'_>,
    by: &kernel::identity::Actor,
    out: &mut csv::Writer<Vec<u8>>,
    lines: &[Line],
    base: &str,
    key: &[u8],
) -> kernel::Result<()> {
    let now = tx.now();
    let open: Vec<&Line> = lines
        .iter()
        .filter(|l| matches!(l.invitation.state(now), Standing::Created | Standing::Opened))
        .collect();
    let ids: Vec<Id> = open.iter().map(|l| l.invitation.customer).collect();
    let customers = know::customers::store::by_ids(tx, &by.scope, &ids)?;
    for line in open {
        let Some(customer) = customers.iter().find(|c| c.id == line.invitation.customer) else { continue };
        let d = &customer.details;
        let cells = [
            d.external_number.clone().unwrap_or_default(),
            d.name(),
            d.email.clone().unwrap_or_default(),
            d.mobile.clone().unwrap_or_default(),
            d.locale.map(|l| l.code().to_owned()).unwrap_or_default(),
            format!("{base}/a/{}", rules::token(key, line.invitation.id)),
            line.invitation.expires_at.to_string(),
        ];
        out.write_record(cells.map(harmless_cell)).map_err(Error::caused)?;
    }
    Ok(())
}

/// How the survey is sent by e-mail, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ByMailForm {
    after_contact: bool,
    reminders: String,
    reminder_days: String,
}

pub(crate) async fn set_by_mail(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(typed): Form<ByMailForm>,
) -> HttpResult {
    let actor = me.actor().clone();
    let number = |text: &str| text.trim().parse().unwrap_or(-1);
    let wanted = ByMail {
        after_contact: typed.after_contact,
        reminders: number(&typed.reminders),
        reminder_days: number(&typed.reminder_days),
    };
    match app.write(move |tx| reminders::set(tx, &actor, id, &wanted)).await {
        Ok(_) => Ok(redirect_with(&app, &url(id), &Toast::done("reminder-kept"))),
        Err(Error::Invalid(errors)) => {
            let first = errors.into_iter().next().ok_or_else(|| Error::refused("reminder-error-days"))?;
            Ok(redirect_with(&app, &url(id), &Toast::failed(&first.message)))
        }
        Err(other) => Err(other.into()),
    }
}
