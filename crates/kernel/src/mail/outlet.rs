//! Where mails leave: a mail server, or a folder.

use std::path::PathBuf;

use lettre::message::Mailbox;

use super::courier::{Courier, Folder, Server, Smtp};
use crate::config::Config;
use crate::errors::{Error, Result};
use crate::texts::Texts;

/// The way out of an installation, from its configuration.
pub struct Outlet {
    pub(super) from: Mailbox,
    pub(super) texts: &'static Texts,
    pub(super) connections: usize,
    /// Address of this installation, for links that begin with `/`.
    base: String,
    way: Way,
}

enum Way {
    Server(Server),
    Folder(PathBuf),
}

impl Outlet {
    /// The way out that is configured, if any; a folder goes before a server.
    ///
    /// # Errors
    /// A key that cannot be used, with its name; a folder that cannot be made.
    pub fn configured(config: &Config, texts: &'static Texts) -> Result<Option<Self>> {
        let way = match (&config.mail_dir, &config.smtp_url) {
            (Some(folder), _) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| Error::internal(format!("mail_dir: {}: {error}", folder.display())))?;
                Way::Folder(folder.clone())
            }
            (None, Some(url)) => Way::Server(Server::parse(&url.0)?),
            (None, None) => return Ok(None),
        };
        let from = sender(config)?;
        let connections = config.mail_connections.clamp(1, 32);
        Ok(Some(Self { from, texts, connections, base: config.base_url(), way }))
    }

    /// Domain of Message-IDs.
    pub(super) fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// Whether somebody answers at the other end, or the folder can be written to; no message is sent.
    pub fn reach(&self) -> Result<()> {
        match &self.way {
            Way::Server(server) => server.reach().map_err(Error::internal),
            Way::Folder(folder) => Folder(folder.clone()).reach().map_err(Error::caused),
        }
    }

    /// A link as the reader needs it.
    pub(super) fn absolute(&self, href: &str) -> String {
        if href.starts_with('/') { format!("{}{href}", self.base) } else { href.to_owned() }
    }

    pub(super) fn courier(&self) -> Box<dyn Courier + Send> {
        match &self.way {
            Way::Server(server) => Box::new(Smtp::new(server.clone())),
            Way::Folder(folder) => Box::new(Folder(folder.clone())),
        }
    }

    /// The folder, where it can be seen afterwards whether a message left.
    pub(super) fn folder(&self) -> Option<Folder> {
        match &self.way {
            Way::Folder(folder) => Some(Folder(folder.clone())),
            Way::Server(_) => None,
        }
    }
}

fn sender(config: &Config) -> Result<Mailbox> {
    match &config.mail_from {
        Some(from) => from.parse().map_err(|_| {
            Error::internal("mail_from: write for example Maison Bleue <bonjour@maison-bleue.fr>")
        }),
        None if config.mail_dir.is_some() => "Bocal <bocal@localhost>".parse().map_err(Error::caused),
        None => Err(Error::internal("smtp_url is set: say with mail_from who mails come from")),
    }
}
