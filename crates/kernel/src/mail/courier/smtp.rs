//! A mail server, spoken to over a connection that is kept open.

use std::error::Error as _;
use std::fmt;
use std::io::ErrorKind;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use url::Url;

use super::super::said::Said;
use super::{Answer, Courier, Ready};
use crate::errors::{Error, Result};

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// How the connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tls {
    /// From the first byte.
    Always,
    /// After STARTTLS, or not at all.
    Required,
    /// After STARTTLS where the server offers it.
    Offered,
    /// Never.
    Never,
}

/// A mail server, as configured.
#[derive(Clone)]
pub(in crate::mail) struct Server {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
}

impl Server {
    /// From `smtp://user:password@host:587?tls=required`.
    pub(in crate::mail) fn parse(text: &str) -> Result<Self> {
        // The text holds a password: what is wrong with it is said without showing it.
        let wrong =
            || Error::internal("smtp_url: write for example smtp://user:password@mail.example.org:587");
        let url = Url::parse(text).map_err(|_| wrong())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(wrong)?;
        let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (tls, usual) = match (url.scheme(), asked.as_deref()) {
            ("smtps", None) => (Tls::Always, 465),
            ("smtp", None | Some("offered")) => (Tls::Offered, 25),
            ("smtp", Some("required")) => (Tls::Required, 587),
            ("smtp", Some("none")) => (Tls::Never, 25),
            _ => return Err(wrong()),
        };
        let decoded = |text: &str| percent(text).ok_or_else(wrong);
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        Ok(Self { host, port: url.port().unwrap_or(usual), tls, credentials })
    }

    /// Connects, signs in and says goodbye.
    pub(in crate::mail) fn reach(&self) -> std::result::Result<(), String> {
        let mut connection = self.connect()?;
        connection.quit().map(drop).map_err(|error| in_words(&error))
    }

    fn connect(&self) -> std::result::Result<SmtpConnection, String> {
        let said = |error: SmtpError| in_words(&error);
        let parameters = || TlsParameters::new_rustls(self.host.clone()).map_err(said);
        let name = ClientId::default();
        let wrapped = if self.tls == Tls::Always { Some(parameters()?) } else { None };
        let to = (self.host.as_str(), self.port);
        let mut connection =
            SmtpConnection::connect(to, Some(PATIENCE), &name, wrapped.as_ref(), None).map_err(said)?;
        let offered = connection.can_starttls();
        match self.tls {
            Tls::Required if !offered => return Err("the mail server offers no encryption".into()),
            Tls::Required | Tls::Offered if offered => {
                connection.starttls(&parameters()?, &name).map_err(said)?;
            }
            _ => {}
        }
        self.sign_in(&mut connection)?;
        Ok(connection)
    }

    fn sign_in(&self, connection: &mut SmtpConnection) -> std::result::Result<(), String> {
        let Some(credentials) = &self.credentials else { return Ok(()) };
        let near = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if !connection.is_encrypted() && !near && self.tls != Tls::Never {
            return Err("the mail server offers no encryption, so the password is not sent: \
                        use smtps://, or add ?tls=none to smtp_url to send it all the same"
                .into());
        }
        connection.auth(DEFAULT_MECHANISMS, credentials).map(drop).map_err(|error| in_words(&error))
    }
}

/// `%40` is `@`.
fn percent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, later)) = rest.split_first() {
        rest = later;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = rest.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}

/// One connection to a mail server.
pub(in crate::mail) struct Smtp {
    server: Server,
    connection: Option<SmtpConnection>,
}

impl Smtp {
    pub(in crate::mail) fn new(server: Server) -> Self {
        Self { server, connection: None }
    }

    /// Up to the moment where the text is sent; nothing has left before it.
    fn announce(connection: &mut SmtpConnection, ready: &Ready) -> std::result::Result<(), Answer> {
        let is_ascii = ready.envelope.to().iter().all(|to| AsRef::<str>::as_ref(to).is_ascii());
        let utf8 = !is_ascii && connection.server_info().supports_feature(Extension::SmtpUtfEight);
        let options = if utf8 { vec![MailParameter::SmtpUtfEight] } else { Vec::new() };
        let from = Mail::new(ready.envelope.from().cloned(), options);
        connection.command(from).map_err(|error| about_sender(&error))?;
        for to in ready.envelope.to() {
            connection.command(Rcpt::new(to.clone(), Vec::new())).map_err(|error| before_text(&error))?;
        }
        connection.command(Data).map(drop).map_err(|error| before_text(&error))
    }

    fn over(connection: &mut SmtpConnection, ready: &Ready) -> Answer {
        if let Err(answer) = Self::announce(connection, ready) {
            return answer;
        }
        match connection.command(Text(&ready.text)) {
            Ok(_) => Answer::Taken,
            Err(error) => after_text(&error),
        }
    }
}

impl Courier for Smtp {
    fn carry(&mut self, ready: &Ready) -> Answer {
        let kept = self.connection.take();
        let was_kept = kept.is_some();
        let mut connection = match kept.map_or_else(|| self.server.connect(), Ok) {
            Ok(connection) => connection,
            Err(words) => return Answer::Unreachable(words),
        };
        let answer = Self::over(&mut connection, ready);
        match &answer {
            // A connection kept open may have been closed at the other end: nothing left, a new one is tried.
            Answer::Lost(_) | Answer::Unreachable(_) if was_kept => self.carry(ready),
            Answer::Lost(_) | Answer::Unreachable(_) | Answer::Unknown(_) => answer,
            Answer::Taken => {
                self.connection = Some(connection);
                answer
            }
            Answer::Refused(_) | Answer::Later(_) => {
                if connection.command(Rset).is_ok() {
                    self.connection = Some(connection);
                }
                answer
            }
        }
    }

    fn rest(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // A server that does not say goodbye is left all the same.
            let _ = connection.quit();
        }
    }
}

/// An error before anything was said of the recipient. A server that does not accept the sender, or that closes the
/// connection (421), refuses everybody's mail: no recipient is to blame.
fn about_sender(error: &SmtpError) -> Answer {
    let closing = error.status().is_some_and(|code| code.to_string() == "421");
    match before_text(error) {
        Answer::Refused(words) => Answer::Unreachable(words),
        Answer::Later(words) if closing => Answer::Unreachable(words),
        other => other,
    }
}

/// An error before the text was sent: the message did not leave.
fn before_text(error: &SmtpError) -> Answer {
    let words = in_words(error);
    if error.is_permanent() {
        Answer::Refused(words)
    } else if error.is_transient() {
        Answer::Later(words)
    } else {
        Answer::Lost(words)
    }
}

/// An error while the text was sent, or instead of the answer to it.
fn after_text(error: &SmtpError) -> Answer {
    let words = in_words(error);
    if error.is_permanent() {
        Answer::Refused(words)
    } else if error.is_transient() {
        Answer::Later(words)
    } else if kind(error) == Some(ErrorKind::BrokenPipe) {
        // The end of the text was never handed over, and a text without its end is not taken.
        Answer::Lost(words)
    } else {
        Answer::Unknown(words)
    }
}

fn kind(error: &SmtpError) -> Option<ErrorKind> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        cause = inner.source();
    }
    None
}

/// What the server said, on one line of a bearable length; a code where it said nothing.
fn in_words(error: &SmtpError) -> String {
    let said = kind(error).and_then(|kind| match kind {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Some(Said::Silent(PATIENCE.as_secs())),
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            Some(Said::Absent)
        }
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => Some(Said::Lost),
        _ => None,
    });
    if let Some(said) = said {
        return said.code();
    }
    let words = error.to_string();
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect()
}

/// The text of a message with the line that ends it, given in one piece: in two, the second would wait until the
/// first is acknowledged.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.0.trim_end_matches(['\r', '\n']).split('\n') {
            let line = line.strip_suffix('\r').unwrap_or(line);
            // A line that begins with a dot gets a second one (RFC 5321, 4.5.2).
            let dot = if line.starts_with('.') { "." } else { "" };
            write!(f, "{dot}{line}\r\n")?;
        }
        f.write_str(".\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_a_dot_does_not_end_the_message() {
        assert_eq!(
            Text("a\r\n.\r\nRCPT TO:<x>\r\n..b\r\n").to_string(),
            "a\r\n..\r\nRCPT TO:<x>\r\n...b\r\n.\r\n"
        );
    }

    #[test]
    fn an_address_of_a_server_says_how_it_is_encrypted() {
        let server =
            Server::parse("smtp://moi%40exemple.fr:a%3Ab@mail.exemple.fr:2525?tls=required").unwrap();
        assert_eq!((server.host.as_str(), server.port, server.tls), ("mail.exemple.fr", 2525, Tls::Required));
        assert!(server.credentials.is_some());
        assert_eq!(Server::parse("smtps://mail.exemple.fr").unwrap().port, 465);
        assert_eq!(Server::parse("smtp://localhost").unwrap().tls, Tls::Offered);
        for bad in ["mail.exemple.fr", "http://x", "smtp://", "smtp://x?tls=perhaps", "smtps://x?tls=none"] {
            let refused = Server::parse(bad).err().map(|e| e.to_string());
            assert!(refused.is_some_and(|words| words.contains("smtp_url")), "{bad}");
        }
    }
}
