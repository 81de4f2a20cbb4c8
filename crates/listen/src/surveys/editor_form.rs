//! What the editor sends: the whole survey as plain fields, and which button was pressed.

use kernel::texts::Locale;

use super::model::{Band, Content, Question, QuestionKind, Settings, Words};
use super::rules;

/// The button that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// Keep.
    Save,
    /// Keep, then publish.
    Publish,
    /// Keep, and move a question one place earlier.
    Up(String),
    /// Keep, and move a question one place later.
    Down(String),
    /// Keep the rest, and take a question away.
    Remove(String),
    /// Keep, and add a question of a kind.
    Add(QuestionKind),
}

/// The form, read.
#[derive(Clone, Debug)]
pub(super) struct EditorForm {
    /// Version that was shown.
    pub(super) version: i64,
    /// Name and settings.
    pub(super) settings: Settings,
    /// Words.
    pub(super) content: Content,
    /// What to do.
    pub(super) press: Press,
}

impl EditorForm {
    /// Reads the fields; what is missing is empty, and rules say what is wrong with it.
    pub(super) fn read(fields: &[(String, String)]) -> Self {
        let fields = Fields(fields);
        let mut content = Content {
            title: fields.words("title"),
            introduction: fields.words("introduction"),
            questions: fields.questions(),
            last_key: fields.get("last_key").parse().unwrap_or_default(),
            ..Content::default()
        };
        // The counter only grows, whatever a page from before says.
        let numbers = content.questions.iter().filter_map(|q| q.key.strip_prefix('q')?.parse::<u32>().ok());
        content.last_key = numbers.max().unwrap_or(0).max(content.last_key.min(1_000_000));
        for band in Band::ALL {
            *content.thanks.of_mut(band) = fields.words(&format!("thanks_{}", band.name()));
        }
        let settings = Settings {
            name: fields.get("name").trim().to_owned(),
            after_contact: fields.get("after_contact") == "on",
            quiet_days: fields.get("quiet_days").trim().parse().unwrap_or(-1),
        };
        Self {
            version: fields.get("version").parse().unwrap_or(-1),
            settings,
            content,
            press: fields.press(),
        }
    }
}

struct Fields<'f>(&'f [(String, String)]);

impl Fields<'_> {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }

    fn words(&self, name: &str) -> Words {
        let of = |locale: Locale| self.get(&format!("{name}_{}", locale.code())).trim().to_owned();
        Words::new(of(Locale::Fr), of(Locale::En))
    }

    fn questions(&self) -> Vec<Question> {
        let marks = self.0.iter().filter(|(name, _)| name == "question");
        let marks = marks.filter_map(|(_, value)| value.split_once(':'));
        let known = marks.filter_map(|(key, kind)| Some((key, QuestionKind::parse(kind)?)));
        known
            .take(rules::MOST_QUESTIONS + 1)
            .map(|(key, kind)| Question {
                key: key.to_owned(),
                kind,
                text: self.words(&format!("{key}.text")),
                low: self.words(&format!("{key}.low")),
                high: self.words(&format!("{key}.high")),
                options: self.options(key),
            })
            .collect()
    }

    /// One choice a line, the same line in both languages.
    fn options(&self, key: &str) -> Vec<Words> {
        let lines = |locale: Locale| -> Vec<&str> {
            let text = self.get(&format!("{key}.options_{}", locale.code()));
            text.lines().map(str::trim).collect()
        };
        let (fr, en) = (lines(Locale::Fr), lines(Locale::En));
        let line = |lines: &[&str], at: usize| lines.get(at).copied().unwrap_or_default().to_owned();
        let both = (0..fr.len().max(en.len())).map(|at| Words::new(line(&fr, at), line(&en, at)));
        both.filter(|words| !words.is_blank()).take(rules::MOST_OPTIONS + 1).collect()
    }

    fn press(&self) -> Press {
        let pressed = self.get("do");
        let (verb, key) = pressed.split_once(':').unwrap_or((pressed, ""));
        let key = key.to_owned();
        match verb {
            "publish" => Press::Publish,
            "up" => Press::Up(key),
            "down" => Press::Down(key),
            "remove" => Press::Remove(key),
            "add" => Press::Add(QuestionKind::parse(self.get("kind")).unwrap_or(QuestionKind::Text)),
            _ => Press::Save,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn a_survey_is_read_in_the_order_of_the_page() {
        let form = EditorForm::read(&fields(&[
            ("version", "4"),
            ("name", " Relation "),
            ("quiet_days", "30"),
            ("title_fr", "Votre avis"),
            ("question", "q2:text"),
            ("question", "q1:nps"),
            ("question", "q9:unheard-of"),
            ("q2.text_en", " Why? "),
            ("q1.low_fr", "Pas du tout"),
            ("thanks_low_fr", "Merci"),
            ("do", "up:q1"),
        ]));
        assert_eq!(form.version, 4);
        assert_eq!(form.settings, Settings { name: "Relation".into(), after_contact: false, quiet_days: 30 });
        let keys: Vec<&str> = form.content.questions.iter().map(|q| q.key.as_str()).collect();
        assert_eq!(keys, ["q2", "q1"]);
        assert_eq!(form.content.questions[0].text.en, "Why?");
        assert_eq!(form.content.thanks.low.fr, "Merci");
        assert_eq!(form.content.last_key, 2);
        assert_eq!(form.press, Press::Up("q1".into()));
    }

    #[test]
    fn choices_stand_on_the_same_line_in_both_languages() {
        let form = EditorForm::read(&fields(&[
            ("question", "q1:choice"),
            ("q1.options_fr", "Comptoir\r\nTéléphone\r\n\r\n"),
            ("q1.options_en", "Counter\r\n\r\n\r\n"),
        ]));
        let options = &form.content.questions[0].options;
        assert_eq!(options, &[Words::new("Comptoir", "Counter"), Words::new("Téléphone", "")]);
    }

    #[test]
    fn nonsense_is_read_as_nothing_and_left_to_the_rules() {
        let form = EditorForm::read(&fields(&[("quiet_days", "many"), ("version", "x"), ("do", "explode")]));
        assert_eq!((form.version, form.settings.quiet_days, form.press), (-1, -1, Press::Save));
    }
}
