//! Types of the room.

use std::ops::RangeInclusive;

use kernel::texts::Locale;
use kernel::{Day, Error, Id, Instant, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something worded in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// Both wordings.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }

    /// The wording in one language, empty when it was not written.
    pub fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }

    /// The wording to change.
    pub fn of_mut(&mut self, locale: Locale) -> &mut String {
        match locale {
            Locale::Fr => &mut self.fr,
            Locale::En => &mut self.en,
        }
    }

    /// What a reader is shown: their language, else the other one.
    pub fn read_in(&self, locale: Locale) -> &str {
        let own = self.of(locale);
        if !own.trim().is_empty() {
            return own;
        }
        match locale {
            Locale::Fr => &self.en,
            Locale::En => &self.fr,
        }
    }

    /// Whether nothing is written in either language.
    pub fn is_blank(&self) -> bool {
        self.fr.trim().is_empty() && self.en.trim().is_empty()
    }
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Likelihood to recommend, 0 to 10.
    Nps,
    /// Satisfaction, 1 to 5, 5 is best.
    Csat,
    /// Agreement that it was easy, 1 to 7, 7 is best (effort score, version 2).
    Ces2,
    /// One of a list.
    Choice,
    /// Free words.
    Text,
    /// May we call back?
    ContactOk,
}

impl QuestionKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Nps, Self::Csat, Self::Ces2, Self::Choice, Self::Text, Self::ContactOk];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces2 => "ces2",
            Self::Choice => "choice",
            Self::Text => "text",
            Self::ContactOk => "contact_ok",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nps => "survey-kind-nps",
            Self::Csat => "survey-kind-csat",
            Self::Ces2 => "survey-kind-ces2",
            Self::Choice => "survey-kind-choice",
            Self::Text => "survey-kind-text",
            Self::ContactOk => "survey-kind-contact-ok",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }

    /// The scores it accepts, when it is scored.
    pub const fn scale(self) -> Option<RangeInclusive<i64>> {
        match self {
            Self::Nps => Some(0..=10),
            Self::Csat => Some(1..=5),
            Self::Ces2 => Some(1..=7),
            Self::Choice | Self::Text | Self::ContactOk => None,
        }
    }

    /// Name of the measure its scores feed, when it is scored.
    pub const fn measure(self) -> Option<&'static str> {
        match self {
            Self::Nps | Self::Csat | Self::Ces2 => Some(self.name()),
            Self::Choice | Self::Text | Self::ContactOk => None,
        }
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable name within the survey: `q1`. Answers refer to it.
    pub key: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Its wording.
    #[serde(default)]
    pub text: Words,
    /// What the lowest score means.
    #[serde(default)]
    pub low: Words,
    /// What the highest score means.
    #[serde(default)]
    pub high: Words,
    /// What can be chosen, in order; the answer is the rank, from 1.
    #[serde(default)]
    pub options: Vec<Words>,
}

/// Words of thanks that fit the first score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Thanks {
    /// After a low score.
    pub low: Words,
    /// After a middling score.
    pub middle: Words,
    /// After a high score.
    pub high: Words,
}

/// What a survey says and asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    /// Title, as customers see it.
    pub title: Words,
    /// A few words before the questions.
    pub introduction: Words,
    /// The questions, in order; the first is scored.
    pub questions: Vec<Question>,
    /// The thanks.
    pub thanks: Thanks,
    /// Highest number a question's key ever had, so that a key is never given twice.
    pub last_key: u32,
}

impl Content {
    /// The first scored question: the one that must be answered.
    pub fn first_score(&self) -> Option<&Question> {
        self.questions.iter().find(|q| q.kind.scale().is_some())
    }

    /// The question of this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.key == key)
    }
}

/// Which of the three words of thanks fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// Detractor, dissatisfied, much effort.
    Low,
    /// Passive, neutral.
    Middle,
    /// Promoter, satisfied, little effort.
    High,
}

impl Band {
    /// The three, lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// Short name: `low`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }
}

impl Thanks {
    /// The words for a band.
    pub const fn of(&self, band: Band) -> &Words {
        match band {
            Band::Low => &self.low,
            Band::Middle => &self.middle,
            Band::High => &self.high,
        }
    }

    /// The words for a band, to change.
    pub const fn of_mut(&mut self, band: Band) -> &mut Words {
        match band {
            Band::Low => &mut self.low,
            Band::Middle => &mut self.middle,
            Band::High => &mut self.high,
        }
    }
}

/// What a survey was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Recommendation with its reason.
    Nps,
    /// Satisfaction after a contact.
    Csat,
    /// Effort after a request.
    Ces2,
    /// Made to receive answers of a file.
    Imported,
}

impl Template {
    /// Templates offered to people.
    pub const OFFERED: [Self; 3] = [Self::Nps, Self::Csat, Self::Ces2];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces2 => "ces2",
            Self::Imported => "imported",
        }
    }

    /// Text key of its name; with `-help`, when to use it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nps => "survey-template-nps",
            Self::Csat => "survey-template-csat",
            Self::Ces2 => "survey-template-ces2",
            Self::Imported => "survey-template-imported",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        [Self::Nps, Self::Csat, Self::Ces2, Self::Imported]
            .into_iter()
            .find(|t| t.name() == name)
            .ok_or_else(|| Error::field("template", "survey-error-template"))
    }
}

/// Where a survey stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SurveyState)]
pub enum State {
    /// Being written, never published.
    Draft,
    /// Takes answers.
    Open,
    /// Takes none any more.
    Closed,
}

impl State {
    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "survey-state-draft",
            Self::Open => "survey-state-open",
            Self::Closed => "survey-state-closed",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        [Self::Draft, Self::Open, Self::Closed]
            .into_iter()
            .find(|s| s.name() == name)
            .ok_or_else(|| Error::internal(format!("unknown survey state {name}")))
    }
}

/// What is decided about a survey beside its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Name among colleagues.
    pub name: String,
    /// Customers are invited by themselves after each contact.
    pub after_contact: bool,
    /// Nobody is invited who was invited to anything in the last so many days.
    pub quiet_days: i64,
}

/// What is decided about sending a survey by e-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ByMail {
    /// Whoever is invited after a contact is written to, when their address is known.
    #[serde(default)]
    pub after_contact: bool,
    /// Reminders to somebody who does not answer, at most; 0 for none.
    pub reminders: i64,
    /// Days without an answer before each.
    pub reminder_days: i64,
}

impl Default for ByMail {
    fn default() -> Self {
        Self { after_contact: false, reminders: 1, reminder_days: 5 }
    }
}

/// A survey to make.
#[derive(Clone, Debug)]
pub struct NewSurvey {
    /// What it is made from.
    pub template: Template,
    /// Name and settings.
    pub settings: Settings,
    /// What it says and asks.
    pub content: Content,
}

/// A survey as stored.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Identifier.
    pub id: Id,
    /// What it was made from.
    pub template: Template,
    /// Name and settings.
    pub settings: Settings,
    /// How it is sent by e-mail.
    pub by_mail: ByMail,
    /// Where it stands.
    pub state: State,
    /// Secret of its public link.
    pub secret: String,
    /// What it will say and ask once published again.
    pub draft: Content,
    /// Number of the published version.
    pub published_number: Option<i64>,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
    /// When it was last published.
    pub published_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Optimistic version.
    pub version: i64,
}

impl Survey {
    /// Address of the public link, under the program's own address.
    pub fn public_path(&self) -> String {
        format!("/s/{}", self.secret)
    }
}

/// A line of the list of surveys.
#[derive(Clone, Debug)]
pub struct Line {
    /// The survey.
    pub survey: Survey,
    /// Answers within reach.
    pub answers: i64,
    /// Day of the last one.
    pub last_day: Option<Day>,
}
