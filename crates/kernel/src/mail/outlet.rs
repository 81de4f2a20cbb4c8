//! Where mails leave: a mail server, or a folder.

use std::path::PathBuf;

use lettre::message::Mailbox;

use super::courier::{Courier, Folder, Server, Smtp};
use super::said;
use crate::clock::Zone;
use crate::config::Config;
use crate::errors::{Error, Result};
use crate::texts::{Locale, Texts};

/// The way out of an installation, from its configuration.
#[derive(Clone)]
pub struct Outlet {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    pub(super) texts: &'static Texts,
    pub(super) connections: usize,
    /// Address of this installation, for links that begin with `/`.
    base: String,
    way: Way,
}

#[derive(Clone)]
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
        let reply_to =
            config.mail_reply_to.as_deref().map(|text| mailbox("mail_reply_to", text)).transpose()?;
        Ok(Some(Self { from, reply_to, texts, connections, base: config.base_url(), way }))
    }

    /// Who a message comes from: the organisation, unless the configuration names somebody.
    pub(super) fn from(&self, organisation: &str) -> Mailbox {
        named(&self.from, organisation)
    }

    /// Where its reply goes, when not there.
    pub(super) fn reply_to(&self, organisation: &str) -> Option<Mailbox> {
        self.reply_to.as_ref().map(|mailbox| named(mailbox, organisation))
    }

    /// Domain of Message-IDs.
    pub(super) fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// Whether somebody answers at the other end, or the folder can be written to; no message is sent.
    pub fn reach(&self) -> Result<()> {
        match &self.way {
            Way::Server(server) => server.reach().map_err(|said| Error::internal(self.for_the_log(&said))),
            Way::Folder(folder) => Folder(folder.clone()).reach().map_err(Error::caused),
        }
    }

    /// What went wrong, for the log and the command line.
    pub(super) fn for_the_log(&self, said: &str) -> String {
        said::in_words(self.texts.reader(Locale::En), &Zone::UTC, said)
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
        Some(from) => mailbox("mail_from", from),
        None if config.mail_dir.is_some() => mailbox("mail_from", "bocal@localhost"),
        None => Err(Error::internal("smtp_url is set: say with mail_from who mails come from")),
    }
}

/// The address of a key of the configuration.
fn mailbox(key: &str, text: &str) -> Result<Mailbox> {
    let example = "write for example Maison Bleue <bonjour@maison-bleue.fr>";
    text.parse().map_err(|_| Error::internal(format!("{key}: {example}")))
}

/// The address under its own name, or that of the organisation.
fn named(mailbox: &Mailbox, organisation: &str) -> Mailbox {
    let name = organisation.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let name = mailbox.name.clone().or(Some(name)).filter(|name| !name.trim().is_empty());
    Mailbox::new(name, mailbox.email.clone())
}
