//! Types of the room.

use kernel::{Error, Id, Instant, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Way something passed between a customer and us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// By telephone.
    Phone,
    /// At a counter.
    Counter,
    /// By e-mail.
    Mail,
    /// By letter.
    Letter,
    /// At the customer's.
    Visit,
    /// On a web page.
    Web,
    /// An answer to a survey.
    Survey,
    /// An order or a purchase.
    Order,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 8] = [
        Self::Phone,
        Self::Counter,
        Self::Mail,
        Self::Letter,
        Self::Visit,
        Self::Web,
        Self::Survey,
        Self::Order,
    ];
    /// Channels a colleague can note a contact on.
    pub const NOTED: [Self; 6] =
        [Self::Phone, Self::Counter, Self::Mail, Self::Letter, Self::Visit, Self::Web];

    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Counter => "counter",
            Self::Mail => "mail",
            Self::Letter => "letter",
            Self::Visit => "visit",
            Self::Web => "web",
            Self::Survey => "survey",
            Self::Order => "order",
        }
    }

    /// Text key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Phone => "channel-phone",
            Self::Counter => "channel-counter",
            Self::Mail => "channel-mail",
            Self::Letter => "channel-letter",
            Self::Visit => "channel-visit",
            Self::Web => "channel-web",
            Self::Survey => "channel-survey",
            Self::Order => "channel-order",
        }
    }

    /// Name of its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Visit => "users",
            Self::Order => "shop",
            other => other.name(),
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|c| c.name() == name)
            .ok_or_else(|| Error::field("channel", "interaction-error-channel"))
    }
}

/// Who began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The customer.
    In,
    /// We.
    Out,
}

impl Direction {
    /// Name as stored and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// From its stored name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "in" => Ok(Self::In),
            "out" => Ok(Self::Out),
            _ => Err(Error::field("direction", "interaction-error-direction")),
        }
    }
}

/// A contact as a colleague notes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InteractionInput {
    /// `phone`, `counter`, `mail`, `letter`, `visit` or `web`.
    pub channel: String,
    /// `in` when the customer began, `out` when we did.
    pub direction: String,
    /// What it was about, in a few words.
    pub subject: String,
    /// What was said and done, in our words.
    pub summary: String,
    /// What the customer said, in their own words, kept untouched.
    pub words: String,
    /// When it took place, RFC 3339; now when empty.
    pub at: String,
    /// Only in forms.
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub csrf: String,
}

/// Where an entry comes from when nobody noted it by hand.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Kind of thing: `response`.
    pub kind: &'static str,
    /// Which one.
    pub id: Option<Id>,
    /// Page that shows it.
    pub href: String,
}

/// One entry of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Interaction {
    /// Identifier.
    pub id: Id,
    /// When.
    pub at: Instant,
    /// How.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// What about.
    pub subject: String,
    /// In our words.
    pub summary: String,
    /// In the customer's words.
    pub words: String,
    /// Where.
    pub site: Option<Id>,
    /// Which colleague; empty when it was the customer alone.
    pub actor_name: String,
    /// Page that shows more.
    pub href: String,
    /// Amount of an order, in minor units.
    pub amount: Option<i64>,
}
