//! Answering a survey: public, without an account, without JavaScript, once.
//!
//! Offers to other rooms: [`actions::record`], the one way every answer takes into the database, and [`CHANNELS`].

pub mod actions;
pub mod limiter;
pub mod model;
mod pages;
pub mod rules;
pub mod store;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use axum::extract::State;
use http::HeaderMap;
use kernel::texts::T;
use web_kit::{Access, App, Client, Form, Path, Query, Routes, Visitor};

use self::limiter::Limiter;
use self::model::Door;

/// Through what answers come: an invitation's link, an open link, a printed code, paper; or the channel of the
/// contact that was asked about. Other words are shown as they are.
pub const CHANNELS: [&str; 9] = ["link", "qr", "paper", "phone", "counter", "mail", "letter", "visit", "web"];

/// A channel in words.
pub fn channel_in_words(t: T, channel: &str) -> String {
    let key = format!("answer-channel-{channel}");
    if CHANNELS.contains(&channel) { t.get(&key) } else { channel.to_owned() }
}

/// Routes of this room.
pub fn routes() -> Routes {
    let limiter = Arc::new(Limiter::default());
    let other = limiter.clone();
    Routes::new()
        .get(
            "/s/{secret}",
            Access::Public,
            |State(app): State<App>,
             visitor: Visitor,
             headers: HeaderMap,
             Path(secret): Path<String>,
             query| { pages::show(app, visitor, headers, Door::Link(secret), query) },
        )
        .get(
            "/a/{token}",
            Access::Public,
            |State(app): State<App>,
             visitor: Visitor,
             headers: HeaderMap,
             Path(token): Path<String>,
             query| { pages::show(app, visitor, headers, Door::Invitation(token), query) },
        )
        .post(
            "/s/{secret}",
            Access::Public,
            move |State(app): State<App>,
                  client: Client,
                  visitor: Visitor,
                  headers: HeaderMap,
                  Path(secret): Path<String>,
                  form: Form<Vec<(String, String)>>| {
                pages::receive(app, limiter.clone(), client, visitor, headers, Door::Link(secret), form)
            },
        )
        .post(
            "/a/{token}",
            Access::Public,
            move |State(app): State<App>,
                  client: Client,
                  visitor: Visitor,
                  headers: HeaderMap,
                  Path(token): Path<String>,
                  form: Form<Vec<(String, String)>>| {
                pages::receive(app, other.clone(), client, visitor, headers, Door::Invitation(token), form)
            },
        )
}

/// What the address of a public page may carry.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Carried {
    /// A language.
    pub(crate) lang: String,
    /// Code of a site.
    pub(crate) site: String,
    /// `qr` for a printed code.
    pub(crate) via: String,
}

/// The query of a public page.
pub(crate) type CarriedQuery = Query<Carried>;
