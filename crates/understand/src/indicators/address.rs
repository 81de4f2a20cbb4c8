//! Addresses of pages with their choices: what a mark links to, and what a filter keeps.

use std::fmt::{Display, Write as _};

use kernel::Id;
use kernel::figures::Period;

use super::model::{CollectionGroup, Query, Span, Weighting};

/// An address being written.
#[derive(Clone, Debug)]
pub(crate) struct Address(String);

impl Address {
    /// The page without choices.
    pub(crate) fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Adds a choice.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Display) -> Self {
        let sign = if self.0.contains('?') { '&' } else { '?' };
        // Writing into a text cannot fail.
        let _ = write!(self.0, "{sign}{name}={}", web_kit::query_value(&value.to_string()));
        self
    }

    /// Adds a choice when there is one.
    #[must_use]
    pub(crate) fn maybe(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds the sites of a choice.
    #[must_use]
    pub(crate) fn sites(self, sites: &[Option<Id>]) -> Self {
        sites.iter().fold(self, |address, site| match site {
            Some(id) => address.with("site", id),
            None => address.with("site", "none"),
        })
    }

    /// Adds the channels of a choice.
    #[must_use]
    pub(crate) fn channels(self, channels: &[String]) -> Self {
        channels.iter().fold(self, |address, channel| address.with("channel", channel))
    }

    /// The text.
    pub(crate) fn done(self) -> String {
        self.0
    }
}

/// The choices of a query, after any path.
pub(crate) fn of(path: &str, query: &Query) -> Address {
    let mut address = Address::new(path)
        .maybe("survey", query.survey)
        .sites(&query.sites)
        .channels(&query.channels)
        .with("period", query.span.name());
    if let Span::Custom(from, to) = query.span {
        address = address.maybe("from", from).maybe("to", to);
    }
    let weights = (query.weighting == Weighting::Off).then_some("off");
    address
        .with("grouping", query.grouping.name())
        .maybe("collection", query.collection.map(CollectionGroup::name))
        .maybe("weights", weights)
}

/// The answers behind a figure: those of a query, over these days, of one group of collections.
pub(crate) fn rows(query: &Query, group: CollectionGroup, period: Period) -> Address {
    let path = format!("/indicators/{}/answers", query.measure.name());
    Address::new(path)
        .with("from", period.from)
        .with("to", period.to)
        .maybe("survey", query.survey)
        .sites(&query.sites)
        .channels(&query.channels)
        .with("collection", group.name())
}
