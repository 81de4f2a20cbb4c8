//! Configuration: `bocal.toml`, then `BOCAL_*` in the environment, then flags; the later wins.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::errors::{Error, Result};
use crate::network::Network;

/// Everything that can be set from outside. `docs/configuration.md` describes each key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `postgres://…`, or the path of a SQLite file.
    pub database: String,
    /// Address and port the server listens on.
    pub listen: SocketAddr,
    /// Address people type, for links in invitations and mails: `https://bocal.example.org`.
    pub public_url: Option<String>,
    /// Readers of the database at the same time.
    pub readers: u32,
    /// Jobs run at the same time.
    pub workers: u32,
    /// Cookies only over HTTPS. Off by default for a first try on one's own machine; on when `public_url`
    /// begins with `https`.
    pub secure_cookies: Option<bool>,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Networks that `/metrics` is served to.
    pub metrics_allow: Vec<Network>,
    /// How long the program goes on answering after it was told to stop, in seconds, while `/readyz` says that it
    /// is stopping: time for whoever spreads requests over several processes to notice.
    pub stop_delay_seconds: u64,
    /// Largest upload, in bytes.
    pub max_upload_bytes: usize,
    /// Mail server: `smtp://user:password@host:587`, `smtps://…`.
    pub smtp_url: Option<Secret>,
    /// Who mails come from: `bonjour@maison-bleue.fr`, under the organisation's name, or
    /// `Service clients <bonjour@maison-bleue.fr>`.
    pub mail_from: Option<String>,
    /// Where customers' replies go, when not to the sender.
    pub mail_reply_to: Option<String>,
    /// Writes each message to a file of this folder instead of sending it.
    pub mail_dir: Option<PathBuf>,
    /// Messages sent at the same time.
    pub mail_connections: usize,
    /// `text` or `json` log lines.
    pub log_format: LogFormat,
    /// What to log, as `tracing` filters are written.
    pub log: String,
}

/// What follows `BOCAL_` in variables that are no keys: the command line, the build and the tests read them.
const NOT_KEYS: [&str; 4] = ["config", "target", "test_postgres", "test_python"];

/// How variables of the environment begin.
const PREFIX: &str = "BOCAL_";

/// What is wrong with a key, by the name people know it by and where it was written.
fn in_words(error: figment::Error) -> String {
    let one = |error: figment::Error| {
        let key = error.path.join(".");
        let place = error.metadata.as_ref().and_then(|metadata| metadata.source.as_ref());
        let key = match (key.is_empty(), place) {
            (true, _) => String::new(),
            // What comes from a file has a source, what comes from the environment none.
            (false, Some(place)) => format!(" {key} ({place}):"),
            (false, None) => format!(" {PREFIX}{}:", key.to_uppercase()),
        };
        format!("configuration:{key} {}", error.kind)
    };
    error.into_iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Whether links can be made by adding a path: `http` or `https`, a host, nothing after the path.
fn is_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let is_web =
        matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    let is_bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    // What is put before links is the text as it stands, not what a lenient reader makes of it.
    let is_whole = text.split_once("://").is_some_and(|(_, rest)| !rest.starts_with(['/', '\\']));
    is_web && is_bare && is_whole && url.password().is_none() && !text.contains(char::is_whitespace)
}

/// A text that is never shown, in a log or elsewhere.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Shape of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: "bocal.db".into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            readers: 8,
            workers: 2,
            secure_cookies: None,
            trusted_proxies: Vec::new(),
            metrics_allow: Network::loopback(),
            stop_delay_seconds: 1,
            max_upload_bytes: 64 * 1024 * 1024,
            smtp_url: None,
            mail_from: None,
            mail_reply_to: None,
            mail_dir: None,
            mail_connections: 4,
            log_format: LogFormat::Text,
            log: "info".into(),
        }
    }
}

impl Config {
    /// Reads `file` when it exists (`required` says it must), then the environment.
    pub fn load(file: &Path, required: bool) -> Result<Self> {
        if required && !file.exists() {
            return Err(Error::internal(format!("no configuration file at {}", file.display())));
        }
        let path: PathBuf = file.to_owned();
        let config: Self = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file(path))
            .merge(Env::prefixed(PREFIX).ignore(&NOT_KEYS))
            .extract()
            .map_err(|error| Error::internal(in_words(error)))?;
        config.checked()
    }

    /// Refuses what cannot be meant, with the name of its key.
    fn checked(self) -> Result<Self> {
        let wrong = |key: &str, what: &str| Err(Error::internal(format!("configuration: {key}: {what}")));
        if self.public_url.as_deref().is_some_and(|url| !is_address(url)) {
            return wrong(
                "public_url",
                "write the address people type, with its scheme and nothing after the path: https://bocal.example.org",
            );
        }
        if self.max_upload_bytes == 0 {
            return wrong("max_upload_bytes", "0 refuses every file; write for example 67108864 (64 MB)");
        }
        if self.readers == 0 {
            return wrong("readers", "the database needs 1 at least");
        }
        Ok(self)
    }

    /// The address of the program as others reach it, without a final slash.
    pub fn base_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }

    /// Whether mails leave: to a server or to a folder. Otherwise they wait.
    pub fn sends_mail(&self) -> bool {
        self.smtp_url.is_some() || self.mail_dir.is_some()
    }

    /// Whether cookies are only sent over HTTPS.
    pub fn cookies_are_secure(&self) -> bool {
        self.secure_cookies.unwrap_or_else(|| self.base_url().starts_with("https:"))
    }
}
