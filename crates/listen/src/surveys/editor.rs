//! Writing a survey: one form, both languages side by side, with a second pair of eyes on each question.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::texts::{Locale, T};
use kernel::{Error, FieldError, Id};
use serde::Deserialize;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, html_with, redirect_with,
};

use super::editor_form::{EditorForm, Press};
use super::linter::{self, Fault, Warning};
use super::model::{Band, Content, Question, QuestionKind, Settings, Survey, Words};
use super::rules::{self, Rearrange};
use super::{actions, sheet_url, templates};

/// Kinds of questions one adds, the most usual first.
const ADDED: [QuestionKind; 6] = [
    QuestionKind::Text,
    QuestionKind::Choice,
    QuestionKind::ContactOk,
    QuestionKind::Csat,
    QuestionKind::Ces2,
    QuestionKind::Nps,
];

/// A warning in words.
struct Remark {
    title: String,
    detail: String,
    lang: &'static str,
}

/// A question being written.
struct Written {
    question: Question,
    number: usize,
    seconds: String,
    options: Words,
    remarks: Vec<Remark>,
    is_first: bool,
    is_last: bool,
}

impl Written {
    fn is_scored(&self) -> bool {
        self.question.kind.scale().is_some()
    }
    fn is_choice(&self) -> bool {
        self.question.kind == QuestionKind::Choice
    }
    fn name(&self, field: &str) -> String {
        format!("{}.{field}", self.question.key)
    }
}

/// A line of what to look at before publishing.
struct Check {
    text: String,
    /// Where, when it is not met.
    place: String,
    is_met: bool,
}

#[derive(Template)]
#[template(path = "surveys/views/editor.html")]
struct EditorView {
    page: Page,
    form: FormView,
    id: Id,
    version: i64,
    settings: Settings,
    quiet_days: String,
    content: Content,
    written: Vec<Written>,
    seconds: String,
    is_long: bool,
    word_count: usize,
    checks: Vec<Check>,
    met: usize,
    kinds: Vec<(&'static str, String)>,
    state: super::model::State,
    tag: &'static str,
    /// Somebody can answer a former version already.
    was_published: bool,
    /// Somebody else saved meanwhile.
    is_stale: bool,
    preview_question: String,
    preview_marks: Vec<i64>,
    preview_class: &'static str,
    preview_ends: (String, String),
}

impl EditorView {
    fn after_contact(&self) -> askama::filters::Safe<String> {
        self.form.check("after_contact", "survey-field-after-contact", self.settings.after_contact)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct EditQuery {
    /// `on`: show what forbids publishing.
    check: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(query): Query<EditQuery>,
) -> HttpResult {
    let actor = me.actor().clone();
    actor.require(kernel::identity::Permission::SurveysWrite)?;
    let survey = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let errors = if query.check == "on" { rules::check_publishable(&survey.draft) } else { Vec::new() };
    let (settings, draft) = (survey.settings.clone(), survey.draft.clone());
    let page = Page::new(&app, &me, &headers, "/surveys");
    let has_toast = page.toast.is_some();
    Page::show(has_toast, &app, &view(page, &me, &survey, settings, draft, errors, false))
}

pub(crate) async fn save(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(fields): Form<Vec<(String, String)>>,
) -> HttpResult {
    let mut form = EditorForm::read(&fields);
    rearrange(&mut form.content, &form.press, me.t(), &me.organisation().name);
    let (actor, sent) = (me.actor().clone(), form.clone());
    let saved = app
        .write(move |tx| {
            let saved = actions::save(tx, &actor, id, sent.version, &sent.settings, &sent.content)?;
            if sent.press == Press::Publish { actions::publish(tx, &actor, id) } else { Ok(saved) }
        })
        .await;
    let edit = format!("{}/edit", sheet_url(id));
    let (status, errors, is_stale) = match saved {
        Ok(_) if form.press == Press::Publish => {
            return Ok(redirect_with(&app, &sheet_url(id), &Toast::done("survey-published")));
        }
        Ok(_) => {
            return Ok(redirect_with(
                &app,
                &format!("{edit}{}", anchor(&form)),
                &Toast::done("survey-saved"),
            ));
        }
        Err(Error::Refused(message)) if form.press == Press::Publish => {
            return Ok(redirect_with(&app, &edit, &Toast::failed(&message)));
        }
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors, false),
        Err(Error::Stale(_)) => (StatusCode::PRECONDITION_FAILED, Vec::new(), true),
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    let survey = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let page = Page::new(&app, &me, &headers, "/surveys");
    // What was typed stays; sending it again replaces the other version knowingly.
    html_with(status, &view(page, &me, &survey, form.settings, form.content, errors, is_stale))
}

fn rearrange(content: &mut Content, press: &Press, t: T, organisation: &str) {
    let change = match press {
        Press::Save | Press::Publish => return,
        Press::Up(key) => Rearrange::Up(key.clone()),
        Press::Down(key) => Rearrange::Down(key.clone()),
        Press::Remove(key) => Rearrange::Remove(key.clone()),
        Press::Add(kind) => Rearrange::Add(templates::new_question(t, 0, *kind, organisation)),
    };
    rules::rearrange(content, change);
}

/// Where the reader was on the page.
fn anchor(form: &EditorForm) -> String {
    match &form.press {
        Press::Up(key) | Press::Down(key) => format!("#question-{key}"),
        Press::Add(_) => {
            form.content.questions.last().map(|q| format!("#question-{}", q.key)).unwrap_or_default()
        }
        Press::Save | Press::Publish | Press::Remove(_) => String::new(),
    }
}

fn view(
    page: Page,
    me: &SignedIn,
    survey: &Survey,
    settings: Settings,
    content: Content,
    errors: Vec<FieldError>,
    is_stale: bool,
) -> EditorView {
    let t = me.t();
    let warnings = linter::lint(&content);
    let checks = checks(t, &content, &warnings);
    let last = content.questions.len();
    let written = content.questions.iter().zip(1..).map(|(question, number)| Written {
        number,
        seconds: t.one("survey-seconds", "n", rules::seconds_for(question, t.locale()).round()),
        options: option_lines(question),
        remarks: warnings.iter().filter(|w| w.question == question.key).map(|w| remark(t, w)).collect(),
        is_first: number == 1,
        is_last: number == last,
        question: question.clone(),
    });
    let seconds = rules::seconds(&content, t.locale());
    let first = content.first_score();
    let end = |words: Option<&Words>| words.map_or_else(String::new, |w| w.read_in(t.locale()).to_owned());
    EditorView {
        form: FormView::new(t, me.csrf(), errors),
        id: survey.id,
        version: survey.version,
        quiet_days: if settings.quiet_days < 0 { String::new() } else { settings.quiet_days.to_string() },
        written: written.collect(),
        seconds: t.one("survey-seconds", "n", seconds.round()),
        is_long: seconds > rules::LONG_SECONDS,
        word_count: rules::word_count(&content, t.locale()),
        met: checks.iter().filter(|c| c.is_met).count(),
        checks,
        kinds: ADDED.iter().map(|k| (k.name(), t.get(k.key()))).collect(),
        state: survey.state,
        tag: super::pages::tag_class(survey.state),
        was_published: survey.published_at.is_some(),
        is_stale,
        preview_question: first.map_or_else(String::new, |q| q.text.read_in(t.locale()).to_owned()),
        preview_marks: first.and_then(|q| q.kind.scale()).map(Iterator::collect).unwrap_or_default(),
        preview_class: match first.map(|q| q.kind) {
            Some(QuestionKind::Csat) => "scale scale--5",
            Some(QuestionKind::Ces2) => "scale scale--7",
            _ => "scale",
        },
        preview_ends: (end(first.map(|q| &q.low)), end(first.map(|q| &q.high))),
        page: page.crumb(survey.settings.name.clone(), sheet_url(survey.id)).crumb(t.get("survey-edit"), ""),
        settings,
        content,
    }
}

fn option_lines(question: &Question) -> Words {
    let lines = |locale: Locale| {
        question.options.iter().map(|o| o.of(locale).to_owned()).collect::<Vec<_>>().join("\n")
    };
    Words::new(lines(Locale::Fr), lines(Locale::En))
}

fn remark(t: T, warning: &Warning) -> Remark {
    let detail = t.one(&format!("{}-detail", warning.fault.key()), "words", warning.words.as_str());
    Remark { title: t.get(warning.fault.key()), detail, lang: warning.locale.code() }
}

/// What to look at before publishing.
fn checks(t: T, content: &Content, warnings: &[Warning]) -> Vec<Check> {
    let place = |faults: &[Fault]| {
        let numbers = content.questions.iter().zip(1..).filter(|(question, _)| {
            warnings.iter().any(|w| w.question == question.key && faults.contains(&w.fault))
        });
        numbers.map(|(_, number)| t.one("survey-check-question", "n", number)).collect::<Vec<_>>().join(", ")
    };
    let by_fault = |key: &str, faults: &[Fault]| {
        let place = place(faults);
        Check { text: t.get(key), is_met: place.is_empty(), place }
    };
    let plain = |key: &str, is_met: bool| Check { text: t.get(key), place: String::new(), is_met };
    let is_both =
        |words: &Words| words.is_blank() || Locale::ALL.iter().all(|l| !words.of(*l).trim().is_empty());
    let texts = [&content.title, &content.introduction]
        .into_iter()
        .chain(Band::ALL.iter().map(|b| content.thanks.of(*b)));
    let mut both = by_fault("survey-check-languages", &[Fault::MissingTranslation]);
    both.is_met = both.is_met && texts.into_iter().all(is_both);
    vec![
        plain("survey-check-first", content.questions.first().is_some_and(|q| q.kind.scale().is_some())),
        plain("survey-check-short", rules::seconds(content, t.locale()) <= rules::LONG_SECONDS),
        plain("survey-check-words", content.questions.iter().any(|q| q.kind == QuestionKind::Text)),
        by_fault("survey-check-one-idea", &[Fault::TwoIdeas]),
        by_fault("survey-check-neutral", &[Fault::Leading, Fault::Negation]),
        by_fault("survey-check-scale", &[Fault::MissingLabels, Fault::UnbalancedScale]),
        by_fault("survey-check-plain", &[Fault::TooLong, Fault::MissingEscape]),
        both,
    ]
}
