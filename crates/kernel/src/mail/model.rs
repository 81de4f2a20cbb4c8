//! The types of mail.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::errors::{Error, Result};
use crate::ids::Id;
use crate::texts::Locale;

/// Who is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// One e-mail address.
    pub address: String,
    /// Their name; may be empty.
    pub name: String,
    /// The customer, if it is one.
    pub customer: Option<Id>,
    /// The colleague, if it is one.
    pub user: Option<Id>,
}

/// A piece of a message, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph; line breaks are kept.
    Text(String),
    /// Somebody's own words.
    Quote(String),
    /// A link to press.
    Button {
        /// What it says.
        label: String,
        /// Where it leads: absolute, or beginning with `/` for a page of this installation.
        href: String,
    },
    /// Small print.
    Small(String),
}

/// What a message is about, so that it is found from there and leads there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Kind of thing: `case`, `survey`.
    pub kind: &'static str,
    /// Which one.
    pub id: Id,
    /// Page inside Bocal that shows it.
    pub href: String,
}

/// A message to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Unique, made of the person and the message: `survey-invitation:42`. The same key is queued once.
    pub key: String,
    /// What kind of message: `case-reply`; its name is the text `mail-kind-` and this.
    pub kind: &'static str,
    /// Who is written to.
    pub to: Recipient,
    /// In which language.
    pub locale: Locale,
    /// The subject, one line.
    pub subject: String,
    /// The message.
    pub blocks: Vec<Block>,
    /// What it is about.
    pub about: Option<About>,
    /// The site it belongs to: who reaches that site may see it.
    pub site: Option<Id>,
    /// Address that ends such messages with one POST (RFC 8058), where law asks: absolute, or beginning with `/`.
    pub unsubscribe: Option<String>,
    /// Not before this instant.
    pub not_before: Option<Instant>,
}

/// What became of a call to [`super::queue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It waits to be sent.
    Now(Id),
    /// It was queued before, and nothing changed.
    Already(Id),
}

impl Queued {
    /// The mail, new or not.
    pub const fn id(self) -> Id {
        match self {
            Self::Now(id) | Self::Already(id) => id,
        }
    }
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits to be sent.
    Waiting,
    /// A sender has it: it is on its way.
    Claimed,
    /// The mail server took it.
    Sent,
    /// How it ended is known: see [`Outcome`].
    Settled,
    /// Its sender died before it noted the answer: it may have left or not.
    Doubtful,
    /// The mail server could not be reached, or put it off, too many times.
    GivenUp,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Claimed, Self::Sent, Self::Settled, Self::Doubtful, Self::GivenUp];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Sent => "sent",
            Self::Settled => "settled",
            Self::Doubtful => "doubtful",
            Self::GivenUp => "given_up",
        }
    }

    /// From its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// How a mail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing came back in time.
    Delivered,
    /// It came back.
    Bounced,
    /// The mail server refused it for good.
    Refused,
    /// Somebody decided to leave a doubtful one as it is.
    Left,
    /// Taken back before it was sent.
    Withdrawn,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [Self::Delivered, Self::Bounced, Self::Refused, Self::Left, Self::Withdrawn];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Refused => "refused",
            Self::Left => "left",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.name() == name)
    }
}

/// A mail as stored.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Identifier.
    pub id: Id,
    /// Unique key.
    pub key: String,
    /// What kind of message.
    pub kind: String,
    /// Address it goes to.
    pub address: String,
    /// Name of the person.
    pub name: String,
    /// The customer, if it is one.
    pub customer: Option<Id>,
    /// The colleague, if it is one.
    pub user: Option<Id>,
    /// Its language.
    pub locale: Locale,
    /// Its subject.
    pub subject: String,
    /// Its content.
    pub blocks: Vec<Block>,
    /// Kind of thing it is about.
    pub about_kind: Option<String>,
    /// Which one.
    pub about_id: Option<Id>,
    /// Page that shows it.
    pub about_href: Option<String>,
    /// Site it belongs to.
    pub site: Option<Id>,
    /// Address that ends such messages.
    pub unsubscribe: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Attempts so far.
    pub attempts: i64,
    /// When it may be sent.
    pub due_at: Instant,
    /// When it was queued.
    pub created_at: Instant,
    /// Who queued it.
    pub created_by: String,
    /// When a sender took it.
    pub claimed_at: Option<Instant>,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
    /// When its end was known.
    pub settled_at: Option<Instant>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What the mail server said, or what went wrong.
    pub error: Option<String>,
    /// Its Message-ID, once it was claimed.
    pub message_id: Option<String>,
}

/// An address mail came back from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounced {
    /// The address, as compared.
    pub address: String,
    /// When.
    pub at: Instant,
    /// What was said.
    pub reason: String,
    /// Which mail came back.
    pub mail: Option<Id>,
}

pub(super) fn locale(text: &str) -> Result<Locale> {
    text.parse().map_err(|_| Error::internal(format!("unknown language {text}")))
}
