//! The door.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use kernel::identity::store::User;
use kernel::organisation::store as organisations;
use kernel::secrets::{PasswordCost, hash_password, verify_password};
use kernel::texts::{Locale, T};
use kernel::{Error, FieldError, Id};
use serde::Deserialize;
use web_kit::{
    App, Client, Cookies, Failure, Form, FormView, HttpResult, LANGUAGE_COOKIE, Path, PublicPage, Query,
    SignedIn, Visitor, form_token, html, html_with, initials, query_value, redirect, session_cookie,
};

use super::entry::Entry;
use super::model::{Admission, Credentials, DemoPerson};
use super::{actions, rules};
use crate::set_up::UsedView;
use crate::shared::Nothing;

/// Verified when there is no such colleague, so that the answer takes as long: a hash nothing makes.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Qm9jYWxCb2NhbEJvY2FsQg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// How long the language chosen at the door is remembered, in seconds.
const A_YEAR: i64 = 365 * 24 * 3600;

#[derive(Template)]
#[template(path = "sign_in/views/sign_in.html")]
struct SignInView {
    /// Came by signing out rather than on the way to a page: drafts are forgotten.
    has_left: bool,
    page: PublicPage,
    form: FormView,
    other_language: String,
    is_set_up: bool,
    email: String,
    next: String,
    too_many: Option<String>,
    people: Vec<DemoPerson>,
}

impl SignInView {
    fn initials(&self, name: &str) -> String {
        initials(name)
    }
    fn role(&self, person: &DemoPerson) -> String {
        self.page.t.get(&format!("role-{}", person.role.name()))
    }
}

#[derive(Template)]
#[template(path = "sign_in/views/join.html")]
struct JoinView {
    page: PublicPage,
    form: FormView,
    action: String,
    other_language: String,
    user: User,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Door {
    next: String,
    lang: String,
}

pub(super) async fn show(
    State(app): State<App>,
    me: Result<SignedIn, Failure>,
    Visitor { t }: Visitor,
    headers: HeaderMap,
    Query(door): Query<Door>,
) -> HttpResult {
    if me.is_ok() {
        return Ok(redirect(rules::destination(&door.next)));
    }
    let view = view(&app, t, &headers, &door.next, String::new(), Vec::new()).await?;
    let mut response = html(&view)?;
    remember_language(&app, &mut response, &door.lang);
    Ok(response)
}

fn remember_language(app: &App, response: &mut Response, chosen: &str) {
    let Ok(locale) = chosen.parse::<Locale>() else { return };
    if let Some(cookie) = Cookies::set(app, LANGUAGE_COOKIE, locale.code(), A_YEAR) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

async fn view(
    app: &App,
    t: T,
    headers: &HeaderMap,
    next: &str,
    email: String,
    errors: Vec<FieldError>,
) -> Result<SignInView, Failure> {
    let (organisation, people) =
        app.read(|tx| Ok((organisations::find(tx)?, actions::demonstration_people(tx)?))).await?;
    let is_set_up = organisation.is_some();
    let page = PublicPage::new(t, organisation.map(|o| o.name).unwrap_or_default());
    let has_left = next.is_empty();
    let next = rules::destination(next).to_owned();
    Ok(SignInView {
        has_left,
        form: FormView::new(t, &form_token(headers), errors),
        other_language: format!("/sign-in?lang={}&next={}", page.other().code(), query_value(&next)),
        page,
        is_set_up,
        email,
        next,
        too_many: None,
        people,
    })
}

pub(super) async fn submit(
    State(app): State<App>,
    Visitor { t }: Visitor,
    client: Client,
    headers: HeaderMap,
    Form(typed): Form<Credentials>,
) -> HttpResult {
    let entry = Entry::new(&client, &headers)?;
    let email: String =
        typed.email.trim().to_lowercase().chars().filter(|c| !c.is_control()).take(254).collect();
    let (address, network) = (email.clone(), entry.network.clone());
    let found = match app.write(move |tx| actions::begin_attempt(tx, &address, &network)).await {
        Err(Error::TooMany(seconds)) => return too_many(&app, t, &headers, typed, seconds).await,
        found => found?,
    };
    let (user, known) = found.map_or((None, None), |(user, hash)| (Some(user.id), hash));
    let password = typed.password.chars().take(rules::MOST + 1).collect::<String>();
    let expected = known.unwrap_or_else(|| NOBODY.to_owned());
    let right = app.compute(move || Ok(verify_password(&password, &expected))).await?;
    let coming = entry.clone();
    let address = email.clone();
    let admitted = app
        .write(move |tx| {
            let admitted = match user.filter(|_| right) {
                Some(id) => actions::admit(tx, id, &address, &coming)?,
                None => Admission::Refused,
            };
            if admitted == Admission::Refused {
                actions::refuse(tx, user, &coming)?;
            }
            Ok(admitted)
        })
        .await?;
    match admitted {
        Admission::In => return Ok(entry.welcome(&app, rules::destination(&typed.next))),
        Admission::Code => return Ok(entry.ask_code(&app, rules::destination(&typed.next))),
        Admission::Refused => {}
    }
    let wrong = vec![FieldError::new("email", "sign-in-wrong")];
    let view = view(&app, t, &headers, &typed.next, typed.email, wrong).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn too_many(app: &App, t: T, headers: &HeaderMap, typed: Credentials, seconds: u64) -> HttpResult {
    let wait = kernel::clock::SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(900));
    let mut view = view(app, t, headers, &typed.next, typed.email, Vec::new()).await?;
    view.too_many = Some(t.one("sign-in-too-many", "wait", t.duration(wait)));
    let mut response = html_with(StatusCode::TOO_MANY_REQUESTS, &view)?;
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    Ok(response)
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    user: Id,
    #[serde(default)]
    next: String,
}

pub(super) async fn demonstrate(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> HttpResult {
    let entry = Entry::new(&client, &headers)?;
    let coming = entry.clone();
    app.write(move |tx| actions::enter_demonstration(tx, chosen.user, &coming)).await?;
    Ok(entry.welcome(&app, rules::destination(&chosen.next)))
}

pub(super) async fn leave(State(app): State<App>, me: SignedIn, Form(_): Form<Nothing>) -> HttpResult {
    let (actor, session) = (me.actor().clone(), me.session());
    app.write(move |tx| actions::leave(tx, &actor, session)).await?;
    let mut response = redirect("/sign-in");
    if let Some(cookie) = session_cookie(&app, "") {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

pub(super) async fn join(
    State(app): State<App>,
    Visitor { t }: Visitor,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> HttpResult {
    let known = secret.clone();
    match app.read(move |tx| Ok((actions::invited(tx, &known)?, organisations::get(tx)?))).await {
        Ok((user, house)) => html(&join_view(t, &headers, &secret, user, house.name, Vec::new())),
        Err(Error::NotFound) => no_invitation(t),
        Err(other) => Err(other.into()),
    }
}

fn join_view(
    t: T,
    headers: &HeaderMap,
    secret: &str,
    user: User,
    house: String,
    errors: Vec<FieldError>,
) -> JoinView {
    let page = PublicPage::new(t, house);
    JoinView {
        form: FormView::new(t, &form_token(headers), errors),
        action: format!("/join/{secret}?lang={}", t.code()),
        other_language: format!("/join/{secret}?lang={}", page.other().code()),
        page,
        user,
    }
}

fn no_invitation(t: T) -> HttpResult {
    let (title, help) = (t.get("join-used"), t.get("join-used-help"));
    html_with(StatusCode::GONE, &UsedView { page: PublicPage::new(t, ""), title, help })
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct NewPassword {
    password: String,
}

pub(super) async fn accept(
    State(app): State<App>,
    Visitor { t }: Visitor,
    client: Client,
    headers: HeaderMap,
    Path(secret): Path<String>,
    Form(typed): Form<NewPassword>,
) -> HttpResult {
    let known = secret.clone();
    let read = app.read(move |tx| Ok((actions::invited(tx, &known)?, organisations::get(tx)?))).await;
    let (user, house) = match read {
        Err(Error::NotFound) => return no_invitation(t),
        read => read?,
    };
    let names = [user.email.as_str(), user.name.as_str(), house.name.as_str()];
    if let Err(error) = rules::check_password("password", &typed.password, &names) {
        let view = join_view(t, &headers, &secret, user, house.name, vec![error]);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    let hash = app.compute(move || hash_password(&typed.password, PasswordCost::Normal)).await?;
    let entry = Entry::new(&client, &headers)?;
    let coming = entry.clone();
    match app.write(move |tx| actions::join(tx, &secret, &hash, &coming)).await {
        Ok(Admission::Code) => Ok(entry.ask_code(&app, "/")),
        Ok(_) => Ok(entry.welcome(&app, "/")),
        Err(Error::NotFound) => no_invitation(t),
        Err(other) => Err(other.into()),
    }
}
