//! What came back.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use scraper::{ElementRef, Selector};

use super::Session;

/// An answer of the application under test.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
    pub(super) session: Option<Session>,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}\n{}", self.status, self.headers, self.text())
    }
}

impl Answer {
    /// Fails the test when the status is another one, and shows the whole answer.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// Value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Cookies it sets: name and value.
    pub fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        all.filter_map(|cookie| cookie.split(';').next()?.split_once('='))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {self}"),
        }
    }

    /// The body as HTML.
    pub fn html(&self) -> Html {
        Html(scraper::Html::parse_document(&self.text()))
    }
}

/// A page, to look things up in by CSS selectors.
#[derive(Clone, Debug)]
pub struct Html(scraper::Html);

impl Html {
    fn elements<'h>(&'h self, css: &'h Selector) -> impl Iterator<Item = ElementRef<'h>> {
        self.0.select(css)
    }

    /// Whether something matches.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    /// How many elements match.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        self.elements(&selector(css)).count()
    }

    /// Text of every element that matches, white space made single.
    #[track_caller]
    pub fn select_text(&self, css: &str) -> Vec<String> {
        self.elements(&selector(css)).map(text_of).collect()
    }

    /// Text of the first element that matches; the test fails when there is none.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        match self.elements(&selector(css)).next() {
            Some(element) => text_of(element),
            None => panic!("nothing matches {css} in:\n{}", self.0.html()),
        }
    }

    /// Value of an attribute of every element that matches and has it.
    #[track_caller]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.elements(&selector(css)).filter_map(|e| e.attr(name)).map(str::to_owned).collect()
    }

    /// Value of an attribute of the first element that matches and has it.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.attributes(css, name).into_iter().next()
    }
}

#[track_caller]
fn selector(css: &str) -> Selector {
    match Selector::parse(css) {
        Ok(selector) => selector,
        Err(error) => panic!("not a selector: {css}: {error}"),
    }
}

/// Ordinary white space is made single; the no-break spaces of the texts stay.
fn text_of(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
