//! Decisions about surveys, as pure functions.

use kernel::texts::Locale;
use kernel::{FieldError, Message};

use super::model::{Band, Content, Question, QuestionKind, Settings, Words};

/// Days without another invitation, unless a survey says otherwise (`domain.md` L1; a usage, not a law).
pub const QUIET_DAYS: i64 = 90;
/// Questions at most.
pub const MOST_QUESTIONS: usize = 20;
/// Choices of a question at most.
pub const MOST_OPTIONS: usize = 12;
/// Seconds above which many leave before the end (a usage).
pub const LONG_SECONDS: f64 = 120.0;

const TITLE: usize = 120;
const PARAGRAPH: usize = 600;
const WORDING: usize = 300;
const LABEL: usize = 80;

/// Which thanks fit a score of this kind of question; `None` for a kind that is not scored.
pub fn band(kind: QuestionKind, score: i64) -> Option<Band> {
    let (middle, high) = match kind {
        QuestionKind::Nps => (7, 9),
        QuestionKind::Csat => (3, 4),
        QuestionKind::Ces2 => (4, 5),
        QuestionKind::Choice | QuestionKind::Text | QuestionKind::ContactOk => return None,
    };
    Some(if score >= high {
        Band::High
    } else if score >= middle {
        Band::Middle
    } else {
        Band::Low
    })
}

/// What forbids keeping a draft: only what could never be shown. Everything else may wait until publishing.
pub fn check_draft(content: &Content) -> Vec<FieldError> {
    let mut errors = Vec::new();
    fits(&mut errors, "title", &content.title, TITLE);
    fits(&mut errors, "introduction", &content.introduction, PARAGRAPH);
    for band in Band::ALL {
        fits(&mut errors, &format!("thanks_{}", band.name()), content.thanks.of(band), PARAGRAPH);
    }
    if content.questions.len() > MOST_QUESTIONS {
        errors.push(too_many("questions", "survey-error-questions", MOST_QUESTIONS));
    }
    let mut seen: Vec<&str> = Vec::new();
    for question in &content.questions {
        if !is_key(&question.key) || seen.contains(&question.key.as_str()) {
            errors.push(FieldError::new("questions", "survey-error-key"));
        }
        seen.push(&question.key);
        check_question(&mut errors, question);
    }
    errors
}

fn check_question(errors: &mut Vec<FieldError>, question: &Question) {
    let field = |name: &str| format!("{}.{name}", question.key);
    fits(errors, &field("text"), &question.text, WORDING);
    fits(errors, &field("low"), &question.low, LABEL);
    fits(errors, &field("high"), &question.high, LABEL);
    if question.options.len() > MOST_OPTIONS {
        errors.push(too_many(field("options_fr"), "survey-error-options", MOST_OPTIONS));
    }
    for option in &question.options {
        fits(errors, &field("options"), option, LABEL);
    }
}

fn too_many(field: impl Into<std::borrow::Cow<'static, str>>, key: &'static str, most: usize) -> FieldError {
    FieldError::new(field, Message::new(key).with("most", most))
}

fn fits(errors: &mut Vec<FieldError>, field: &str, words: &Words, most: usize) {
    for locale in Locale::ALL {
        let text = words.of(locale);
        let field = format!("{field}_{}", locale.code());
        if text.chars().count() > most {
            errors.push(too_many(field, "survey-error-long", most));
        } else if text.contains('\0') {
            errors.push(FieldError::new(field, "survey-error-nul"));
        }
    }
}

/// Whether a text can name a question: letters, digits and `_`, 20 at most.
pub fn is_key(key: &str) -> bool {
    (1..=20).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// What forbids publishing.
pub fn check_publishable(content: &Content) -> Vec<FieldError> {
    let mut errors = check_draft(content);
    if content.title.is_blank() {
        errors.push(FieldError::new("title_fr", "survey-error-title"));
    }
    if content.questions.first().is_none_or(|q| q.kind.scale().is_none()) {
        errors.push(FieldError::new("questions", "survey-error-first"));
    }
    let mut seen = Vec::new();
    for question in &content.questions {
        let field = |name: &str| format!("{}.{name}_fr", question.key);
        if question.text.is_blank() {
            errors.push(FieldError::new(field("text"), "survey-error-wording"));
        }
        let written = question.options.iter().filter(|o| !o.is_blank()).count();
        if question.kind == QuestionKind::Choice && (written < 2 || written < question.options.len()) {
            errors.push(FieldError::new(field("options"), "survey-error-options-few"));
        }
        let once = question.kind.measure().is_some() || question.kind == QuestionKind::ContactOk;
        if once && seen.contains(&question.kind) {
            errors.push(FieldError::new(field("text"), "survey-error-twice"));
        }
        seen.push(question.kind);
    }
    errors
}

/// What is wrong with the settings.
pub fn check_settings(settings: &Settings) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let length = settings.name.trim().chars().count();
    if length == 0 || settings.name.contains('\0') {
        errors.push(FieldError::new("name", "survey-error-name"));
    } else if length > TITLE {
        errors.push(too_many("name", "survey-error-long", TITLE));
    }
    if !(0..=3_650).contains(&settings.quiet_days) {
        errors.push(FieldError::new("quiet_days", "survey-error-quiet-days"));
    }
    errors
}

/// A change of the order or number of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rearrange {
    /// One place earlier.
    Up(String),
    /// One place later.
    Down(String),
    /// Away.
    Remove(String),
    /// A new question at the end.
    Add(Question),
}

/// Applies a change; a key that is not there changes nothing.
pub fn rearrange(content: &mut Content, change: Rearrange) {
    let place = |content: &Content, key: &str| content.questions.iter().position(|q| q.key == key);
    match change {
        Rearrange::Up(key) => {
            if let Some(at) = place(content, &key).filter(|at| *at > 0) {
                content.questions.swap(at, at - 1);
            }
        }
        Rearrange::Down(key) => {
            if let Some(at) = place(content, &key).filter(|at| at + 1 < content.questions.len()) {
                content.questions.swap(at, at + 1);
            }
        }
        Rearrange::Remove(key) => content.questions.retain(|q| q.key != key),
        Rearrange::Add(question) => {
            content.last_key += 1;
            content.questions.push(Question { key: format!("q{}", content.last_key), ..question });
        }
    }
}

/// Seconds a person takes over one question in a language: reading at four words a second (a common figure for
/// silent reading), then the answer.
pub fn seconds_for(question: &Question, locale: Locale) -> f64 {
    let options: usize = question.options.iter().map(|o| words_in(o.read_in(locale))).sum();
    let ends = words_in(question.low.read_in(locale)) + words_in(question.high.read_in(locale));
    let read = (words_in(question.text.read_in(locale)) + options + ends) as f64 / 4.0;
    read + match question.kind {
        QuestionKind::Nps | QuestionKind::Ces2 | QuestionKind::ContactOk => 5.0,
        QuestionKind::Csat | QuestionKind::Choice => 4.0,
        QuestionKind::Text => 20.0,
    }
}

/// Seconds a person takes over the whole survey in a language.
pub fn seconds(content: &Content, locale: Locale) -> f64 {
    let opening = words_in(content.title.read_in(locale)) + words_in(content.introduction.read_in(locale));
    let questions: f64 = content.questions.iter().map(|q| seconds_for(q, locale)).sum();
    opening as f64 / 4.0 + questions
}

/// Words a customer reads.
pub fn word_count(content: &Content, locale: Locale) -> usize {
    let questions = content.questions.iter().map(|q| words_in(q.text.read_in(locale)));
    words_in(content.title.read_in(locale))
        + words_in(content.introduction.read_in(locale))
        + questions.sum::<usize>()
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}
