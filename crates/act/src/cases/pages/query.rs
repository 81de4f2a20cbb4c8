//! Which cases an address of the queue names.

use kernel::{Day, Id, Result};
use serde::Deserialize;
use web_kit::query_value;

use super::queue::cursor;
use crate::cases::model::{Filter, Severity, Sort, Standing, View};
use crate::cases::store::Window;
use crate::causes;

/// What the address says.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct QueueQuery {
    /// Part of the queue.
    pub(super) view: View,
    pub(super) site: String,
    pub(super) team: String,
    pub(super) cause: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) standing: String,
    pub(super) owner: String,
    pub(super) severity: String,
    /// What was typed: a reference or a part of it, a customer, words of the title.
    pub(crate) q: String,
    /// Name of a [`Sort`].
    pub(super) sort: String,
    /// Where the page before ended.
    pub(super) cursor: String,
    /// Where the page after begins: read backwards from there.
    pub(super) before: String,
}

impl QueueQuery {
    /// The filter; what cannot be read restricts nothing.
    pub(crate) fn filter(&self, owner: Option<Id>, causes: &causes::model::Tree) -> Filter {
        let cause: Option<Id> = self.cause.parse().ok();
        Filter {
            view: self.view,
            owner,
            // Mine are mine, and those to take are nobody's.
            carrier: self.owner.parse().ok().filter(|_| !matches!(self.view, View::Mine | View::Free)),
            severity: Severity::parse(&self.severity).ok(),
            site: self.site.parse().ok(),
            team: self.team.parse().ok(),
            causes: cause.map(|id| causes.below(id)).unwrap_or_default(),
            from: self.from.parse::<Day>().ok(),
            to: self.to.parse::<Day>().ok(),
            standing: Standing::ALL.into_iter().find(|s| s.name() == self.standing),
            found: None,
            sort: Sort::ALL.into_iter().find(|s| s.name() == self.sort).unwrap_or_default(),
        }
    }

    /// Which rows of it.
    pub(super) fn window(&self, limit: i64) -> Result<Window> {
        let place = |text: &str| Some(text).filter(|text| !text.is_empty()).map(cursor).transpose();
        match (place(&self.before)?, place(&self.cursor)?) {
            (Some(before), _) => Ok(Window { beyond: Some(before), is_back: true, limit }),
            (None, after) => Ok(Window::behind(after, limit)),
        }
    }

    /// The same choice in an address, with another view.
    pub(super) fn address(&self, view: View) -> String {
        let pairs = [
            ("site", &self.site),
            ("team", &self.team),
            ("cause", &self.cause),
            ("from", &self.from),
            ("to", &self.to),
            ("standing", &self.standing),
            ("owner", &self.owner),
            ("severity", &self.severity),
            ("q", &self.q),
            ("sort", &self.sort),
        ];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let rest: String = given.map(|(name, value)| format!("&{name}={}", query_value(value))).collect();
        format!("/cases?view={}{rest}", view.name())
    }

    /// The list as pages of its cases carry it along, so that they lead on within it; empty for one's own.
    pub(super) fn kept(&self) -> String {
        let address = self.address(self.view);
        match address.strip_prefix("/cases") {
            Some("?view=mine") | None => String::new(),
            Some(rest) => rest.to_owned(),
        }
    }

    pub(super) fn is_filtered(&self) -> bool {
        let restricting = [
            &self.site,
            &self.team,
            &self.cause,
            &self.from,
            &self.to,
            &self.standing,
            &self.owner,
            &self.severity,
            &self.q,
        ];
        restricting.iter().any(|v| !v.is_empty())
    }
}
