//! A survey as a customer sees it: the page to answer and the page of thanks. The public pages and the preview show
//! the same.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::Id;
use kernel::texts::{Locale, T};
use web_kit::{
    App, Form, FormView, HttpResult, Path, PublicPage, Query, SignedIn, form_token, html, html_with,
};

use super::actions;
use super::model::{Content, Question, QuestionKind};
use crate::answering::CarriedQuery;
use crate::answering::rules::{self, REACH_FIELD};

/// What differs between a public page and a preview.
pub(crate) struct Around {
    /// Where the form goes.
    pub(crate) action: String,
    /// Key under which a half-typed answer is kept in the browser.
    pub(crate) draft: String,
    /// Hidden fields.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Address of the same page in another language.
    pub(crate) other_language: Box<dyn Fn(Locale) -> String>,
    /// A yes to being called back needs a number or an address: nobody knows who answers.
    pub(crate) asks_reach: bool,
    /// Nothing is recorded.
    pub(crate) is_preview: bool,
}

/// A question as shown.
pub(crate) struct Shown {
    key: String,
    kind: QuestionKind,
    text: String,
    low: String,
    high: String,
    /// What can be marked: value, label, marked.
    marks: Vec<(i64, String, bool)>,
    typed: String,
    reach: String,
    is_required: bool,
    error: Option<String>,
}

impl Shown {
    fn new(question: &Question, content: &Content, t: T, form: &FormView, sent: &[(String, String)]) -> Self {
        let locale = t.locale();
        let given =
            |name: &str| sent.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
        let typed = given(&question.key);
        let mark = |value: i64, label: String| (value, label, typed == value.to_string());
        let marks = match question.kind.scale() {
            Some(scale) => scale.map(|value| mark(value, value.to_string())).collect(),
            None if question.kind == QuestionKind::ContactOk => {
                vec![mark(1, t.get("answer-contact-yes")), mark(0, t.get("answer-contact-no"))]
            }
            None => {
                let labels = question.options.iter().map(|o| o.read_in(locale).to_owned());
                (1..).zip(labels).map(|(value, label)| mark(value, label)).collect()
            }
        };
        Self {
            kind: question.kind,
            text: question.text.read_in(locale).to_owned(),
            low: question.low.read_in(locale).to_owned(),
            high: question.high.read_in(locale).to_owned(),
            marks,
            reach: given(&format!("{}{REACH_FIELD}", question.key)),
            is_required: content.first_score().is_some_and(|first| first.key == question.key),
            error: form.error(&question.key),
            key: question.key.clone(),
            typed,
        }
    }

    fn is_scale(&self) -> bool {
        self.kind.scale().is_some()
    }

    fn is_text(&self) -> bool {
        self.kind == QuestionKind::Text
    }

    fn is_contact(&self) -> bool {
        self.kind == QuestionKind::ContactOk
    }

    fn scale_class(&self) -> &'static str {
        match self.kind {
            QuestionKind::Csat => "scale scale--5",
            QuestionKind::Ces2 => "scale scale--7",
            _ => "scale scale--11",
        }
    }
}

/// The page to answer.
#[derive(Template)]
#[template(path = "surveys/views/answer.html")]
pub(crate) struct FormPage {
    page: PublicPage,
    form: FormView,
    around: Around,
    title: String,
    introduction: String,
    questions: Vec<Shown>,
}

impl FormPage {
    /// The page of a content, with what was sent before, if anything.
    pub(crate) fn new(
        page: PublicPage,
        form: FormView,
        content: &Content,
        around: Around,
        sent: &[(String, String)],
    ) -> Self {
        let t = page.t;
        let questions = content.questions.iter().map(|q| Shown::new(q, content, t, &form, sent)).collect();
        let title = content.title.read_in(t.locale()).to_owned();
        let introduction = content.introduction.read_in(t.locale()).to_owned();
        Self { page, form, around, title, introduction, questions }
    }

    fn other_href(&self) -> String {
        (self.around.other_language)(self.page.other())
    }
}

/// The page of thanks.
#[derive(Template)]
#[template(path = "surveys/views/thanks.html")]
pub(crate) struct ThanksPage {
    pub(crate) page: PublicPage,
    /// The author's words for this score.
    pub(crate) words: String,
    /// They accept to be called back.
    pub(crate) contact_ok: bool,
    /// The half-typed answer to forget.
    pub(crate) draft: String,
    /// The page to go back to, in a preview.
    pub(crate) preview_of: String,
}

fn preview_around(id: Id) -> Around {
    Around {
        action: format!("/surveys/{id}/preview"),
        draft: String::new(),
        hidden: Vec::new(),
        other_language: Box::new(move |locale| format!("/surveys/{id}/preview?lang={locale}")),
        asks_reach: true,
        is_preview: true,
    }
}

/// The draft as customers would see it; nothing is recorded.
pub(crate) async fn preview(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(carried): CarriedQuery,
) -> HttpResult {
    let actor = me.actor().clone();
    let survey = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let t = carried.lang.parse().map_or(me.t(), |locale| me.t().in_locale(locale));
    let form = FormView::new(t, &form_token(&headers), Vec::new());
    let page = PublicPage::new(t, me.organisation().name.clone());
    let mut around = preview_around(id);
    around.hidden.push(("lang", t.code().to_owned()));
    html(&FormPage::new(page, form, &survey.draft, around, &[]))
}

/// The thanks a customer would get for these answers, or what they would be told; nothing is recorded.
pub(crate) async fn try_out(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(fields): Form<Vec<(String, String)>>,
) -> HttpResult {
    let actor = me.actor().clone();
    let survey = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let content = &survey.draft;
    let lang = fields.iter().find(|(n, _)| n == "lang").and_then(|(_, v)| v.parse::<Locale>().ok());
    let t = lang.map_or(me.t(), |locale| me.t().in_locale(locale));
    let page = PublicPage::new(t, me.organisation().name.clone());
    let answers = match rules::read_form(content, &fields) {
        Ok(answers) => answers,
        Err(errors) => {
            let form = FormView::new(t, &form_token(&headers), errors);
            let mut around = preview_around(id);
            around.hidden.push(("lang", t.code().to_owned()));
            let shown = FormPage::new(page, form, content, around, &fields);
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
        }
    };
    let score = content.first_score().and_then(|q| answers.iter().find(|a| a.question == q.key));
    let band = rules::thanks_band(content, score.and_then(|a| a.value));
    html(&ThanksPage {
        page,
        words: content.thanks.of(band).read_in(t.locale()).to_owned(),
        contact_ok: rules::contact_ok(content, &answers),
        draft: String::new(),
        preview_of: format!("/surveys/{id}/preview?lang={}", t.code()),
    })
}
