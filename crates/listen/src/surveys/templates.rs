//! Surveys to begin from: wordings in use for years, so that results can be compared.

use kernel::texts::{Locale, T};

use super::model::{Content, Question, QuestionKind, Template, Thanks, Words};

/// Both wordings of a text of ours; `{ $organisation }` is the name customers know.
fn words(t: T, key: &str, organisation: &str) -> Words {
    let of = |locale| t.in_locale(locale).one(key, "organisation", organisation);
    Words::new(of(Locale::Fr), of(Locale::En))
}

fn question(t: T, key: u32, kind: QuestionKind, text: &str, organisation: &str) -> Question {
    let ends = kind.measure().map(|measure| format!("survey-words-{measure}"));
    let end = |side: &str| ends.as_ref().map(|key| words(t, &format!("{key}-{side}"), organisation));
    Question {
        key: format!("q{key}"),
        kind,
        text: words(t, text, organisation),
        low: end("low").unwrap_or_default(),
        high: end("high").unwrap_or_default(),
        options: Vec::new(),
    }
}

/// A new question of a kind, with the usual wording.
pub fn new_question(t: T, key: u32, kind: QuestionKind, organisation: &str) -> Question {
    let text = format!("survey-words-{}", kind.name().replace('_', "-"));
    let mut made = question(t, key, kind, &text, organisation);
    if kind == QuestionKind::Choice {
        made.options = ["survey-words-option-a", "survey-words-option-b", "survey-words-option-none"]
            .map(|key| words(t, key, organisation))
            .to_vec();
    }
    made
}

/// What a survey made from `template` says and asks, for an organisation of this name.
pub fn content(t: T, template: Template, organisation: &str) -> Content {
    let (measure, reason) = match template {
        Template::Nps | Template::Imported => (QuestionKind::Nps, "survey-words-nps-why"),
        Template::Csat => (QuestionKind::Csat, "survey-words-csat-why"),
        Template::Ces2 => (QuestionKind::Ces2, "survey-words-ces2-why"),
    };
    let name = measure.name();
    Content {
        title: words(t, &format!("survey-words-{name}-title"), organisation),
        introduction: words(t, &format!("survey-words-{name}-introduction"), organisation),
        questions: vec![
            new_question(t, 1, measure, organisation),
            question(t, 2, QuestionKind::Text, reason, organisation),
            new_question(t, 3, QuestionKind::ContactOk, organisation),
        ],
        thanks: thanks(t, organisation),
        last_key: 3,
    }
}

fn thanks(t: T, organisation: &str) -> Thanks {
    Thanks {
        low: words(t, "survey-words-thanks-low", organisation),
        middle: words(t, "survey-words-thanks-middle", organisation),
        high: words(t, "survey-words-thanks-high", organisation),
    }
}
