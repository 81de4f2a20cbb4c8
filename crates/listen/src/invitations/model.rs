//! Types of the room.

use kernel::figures::Collection;
use kernel::{Id, Instant};
use know::customers::model::Role;
use serde::{Deserialize, Serialize};

/// How the invited are chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Everybody who may be asked.
    Census,
    /// So many, drawn at random with a key that lets anybody draw again.
    Draw {
        /// How many.
        n: i64,
        /// The key.
        key: String,
    },
}

impl Method {
    /// How answers are said to be collected.
    pub const fn collection(&self) -> Collection {
        match self {
            Self::Census => Collection::Census,
            Self::Draw { .. } => Collection::RandomDraw,
        }
    }
}

/// Whom to invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Customers of one site.
    pub site: Option<Id>,
    /// Customers, prospects or former ones.
    pub role: Option<Role>,
    /// All or drawn.
    pub method: Method,
    /// Leave out who was invited to anything in the last so many days.
    pub quiet_days: i64,
    /// Send each of them a message; leaves out who cannot be written to.
    #[serde(default)]
    pub by_mail: bool,
}

/// Why somebody is not invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They may be invited.
    Eligible,
    /// They do not want to be asked.
    Opposed,
    /// They have an invitation to this survey that still waits.
    Waiting,
    /// They were invited to something lately.
    Recent,
    /// Their e-mail address is not known.
    NoAddress,
    /// A message to their address came back.
    Bounced,
}

impl Standing {
    /// From its name in a query.
    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "opposed" => Self::Opposed,
            "waiting" => Self::Waiting,
            "recent" => Self::Recent,
            "no_address" => Self::NoAddress,
            "bounced" => Self::Bounced,
            _ => Self::Eligible,
        }
    }

    /// Text key of the refusal to invite one person.
    pub const fn refusal(self) -> &'static str {
        match self {
            Self::Eligible => "invitation-may",
            Self::Opposed => "invitation-refused-opposed",
            Self::Waiting => "invitation-refused-waiting",
            Self::Recent => "invitation-refused-recent",
            Self::NoAddress => "invitation-refused-no-address",
            Self::Bounced => "invitation-refused-bounced",
        }
    }
}

/// Who would be invited, and who would not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// May be invited.
    pub eligible: i64,
    /// Do not want to be asked.
    pub opposed: i64,
    /// Have an invitation that waits.
    pub waiting: i64,
    /// Were invited lately.
    pub recent: i64,
    /// Cannot be written to: no e-mail address.
    pub no_address: i64,
    /// Cannot be written to: a message came back.
    pub bounced: i64,
    /// Would be invited.
    pub invited: i64,
}

/// A draw or a census that was asked for, as its job is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The survey.
    pub(crate) survey: Id,
    /// Whom.
    pub(crate) selection: Selection,
    /// Sites within reach of whoever asked; none means all.
    pub(crate) reach: Option<Vec<Id>>,
}

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = InvitationState)]
pub enum State {
    /// Made, and not answered yet.
    Created,
    /// Somebody sent a form that was not complete.
    Opened,
    /// Answered.
    Answered,
    /// Too old to be answered.
    Expired,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Created, Self::Opened, Self::Answered, Self::Expired];

    /// Name in addresses and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Opened => "opened",
            Self::Answered => "answered",
            Self::Expired => "expired",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Created => "invitation-state-created",
            Self::Opened => "invitation-state-opened",
            Self::Answered => "invitation-state-answered",
            Self::Expired => "invitation-state-expired",
        }
    }

    /// From its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// An invitation as stored.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Identifier.
    pub id: Id,
    /// To which survey.
    pub survey: Id,
    /// Who.
    pub customer: Id,
    /// For which site.
    pub site: Option<Id>,
    /// How they were chosen.
    pub collection: Collection,
    /// Through what they were reached.
    pub channel: String,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it can be answered.
    pub expires_at: Instant,
    /// When a form was first sent.
    pub opened_at: Option<Instant>,
    /// When it was answered.
    pub answered_at: Option<Instant>,
}

impl Invitation {
    /// Where it stands at `now`.
    pub fn state(&self, now: Instant) -> State {
        if self.answered_at.is_some() {
            State::Answered
        } else if self.expires_at <= now {
            State::Expired
        } else if self.opened_at.is_some() {
            State::Opened
        } else {
            State::Created
        }
    }
}

/// An invitation with the name of who is invited; empty when they are out of reach.
#[derive(Clone, Debug)]
pub struct Line {
    /// The invitation.
    pub invitation: Invitation,
    /// Their name.
    pub name: String,
}

/// How invitations of a survey went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Made in all.
    pub created: i64,
    /// Of which a form was sent at least once.
    pub opened: i64,
    /// Of which answered.
    pub answered: i64,
    /// Of which too old.
    pub expired: i64,
}

impl Counts {
    /// Response rate: answers over invitations made, those that still wait included (AAPOR's RR1 when everybody
    /// invited is eligible). `None` before the first invitation.
    pub fn rate(&self) -> Option<f64> {
        (self.created > 0).then(|| self.answered as f64 / self.created as f64)
    }
}

/// What a customer's sheet says of surveys.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The invitation.
    pub invitation: Invitation,
    /// Name of the survey.
    pub survey_name: String,
    /// What they answered.
    pub response: Option<Id>,
}
