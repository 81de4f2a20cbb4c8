//! `bocal mail`.

use std::io::Read as _;
use std::path::PathBuf;

use admin::mails::actions;
use clap::{Args, Subcommand};
use kernel::clock::Zone;
use kernel::config::Config;
use kernel::identity::Actor;
use kernel::mail::store::Filter;
use kernel::mail::{self, Outlet, State};
use kernel::{Error, Id, Result, organisation};
use serde_json::json;

use super::Format;
use crate::{assembly, open, say};

/// Largest notification read, in bytes.
const NOTICE_MOST: u64 = 10 * 1024 * 1024;

/// E-mail: what was sent, what came back, whether mail leaves.
#[derive(Args)]
pub(crate) struct Mail {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List mails, newest first.
    #[command(after_help = "Example: bocal mail list --state doubtful --format json")]
    List {
        /// waiting, claimed, sent, settled, doubtful or given_up.
        #[arg(long)]
        state: Option<String>,
        /// How many.
        #[arg(long, default_value_t = 50)]
        limit: i64,
        /// Shape of what is printed.
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Read a delivery status notification and record the bounce it tells of.
    #[command(
        after_help = "Example: bocal mail bounce notice.eml\nIn a mail filter: bocal mail bounce - < notice.eml"
    )]
    Bounce {
        /// The notification as it was received, or - for standard input.
        file: PathBuf,
    },
    /// Decide about mails that a restored backup held as waiting: they may have left since it was taken.
    #[command(after_help = "Example: bocal mail restored\nOnce you looked into the log of the mail server: \
        bocal mail restored --send")]
    Restored {
        /// They leave.
        #[arg(long, conflicts_with = "leave")]
        send: bool,
        /// They stay as they are.
        #[arg(long)]
        leave: bool,
    },
    /// Send one message at once, to see whether mail leaves.
    #[command(after_help = "Example: bocal mail test camille@exemple.fr")]
    Test {
        /// Who receives it.
        address: String,
    },
}

impl Mail {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        match &self.command {
            Command::List { state, limit, format } => list(config, state.as_deref(), *limit, *format),
            Command::Bounce { file } => bounce(config, file),
            Command::Restored { send, leave } => restored(config, *send, *leave),
            Command::Test { address } => test(config, address),
        }
    }
}

fn list(config: &Config, state: Option<&str>, limit: i64, format: Format) -> Result<()> {
    let wanted = state
        .map(|name| State::parse(name).ok_or_else(|| Error::field("state", "mails-error-state-api")))
        .transpose()?;
    let db = open::migrated(config)?;
    let t = super::reader()?;
    let by = Actor::system("bocal mail list");
    let filter = Filter { state: wanted, ..Filter::default() };
    let (mails, counts) =
        db.read(move |tx| Ok((actions::list(tx, &by, &filter, limit)?, actions::counts(tx, &by)?)))?;
    let ends = |mail: &mail::Mail| mail.outcome.map_or(mail.state.name(), mail::Outcome::name);
    if format == Format::Json {
        let one = |m: &mail::Mail| {
            json!({
                "id": m.id, "key": m.key, "kind": m.kind, "address": m.address, "state": m.state,
                "outcome": m.outcome, "attempts": m.attempts,
                "error": m.error.as_deref().map(|error| mail::said::in_words(t, &Zone::UTC, error)), "message_id": m.message_id,
            })
        };
        let items: Vec<_> = mails.iter().map(one).collect();
        say::out(&serde_json::to_string_pretty(&json!({ "counts": counts, "items": items }))?);
        return Ok(());
    }
    for mail in &mails {
        say::out(&format!(
            "{:<20} {:<10} {:<20} {:<36} {}",
            mail.id,
            ends(mail),
            mail.kind,
            mail.address,
            mail.subject
        ));
    }
    say::note(&format!(
        "{} waiting, {} in flight, {} sent, {} settled, {} doubtful, {} given up",
        counts.waiting, counts.in_flight, counts.sent, counts.settled, counts.doubtful, counts.given_up
    ));
    Ok(())
}

fn restored(config: &Config, send: bool, leave: bool) -> Result<()> {
    let db = open::migrated(config)?;
    let by = Actor::system("bocal mail restored");
    let verdict = match (send, leave) {
        (true, _) => actions::Verdict::Send,
        (_, true) => actions::Verdict::Leave,
        _ => {
            let found = db.read(|tx| actions::restored(tx, &by))?;
            say::out(&format!("In doubt since a backup was restored: {}", found.count));
            return Ok(());
        }
    };
    let (mut after, mut n) = (Id(0), 0);
    loop {
        let by = by.clone();
        let Some((last, decided)) = db.write(move |tx| actions::decide_restored(tx, &by, verdict, after))?
        else {
            break;
        };
        (after, n) = (last, n + decided);
    }
    let what = if send { "About to leave" } else { "Left as they are" };
    say::out(&format!("{what}: {n}"));
    Ok(())
}

fn bounce(config: &Config, file: &PathBuf) -> Result<()> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin().take(NOTICE_MOST).read_to_end(&mut bytes)?;
    } else {
        let opened = std::fs::File::open(file)
            .map_err(|error| Error::internal(format!("{}: {error}", file.display())))?;
        opened.take(NOTICE_MOST).read_to_end(&mut bytes)?;
    }
    let notice = mail::bounce::parse(&bytes)?;
    let by = Actor::system("bocal mail bounce");
    let mail = open::migrated(config)?.write(move |tx| actions::bounce_from(tx, &by, &notice))?;
    say::note(&format!("{} came back: this address is not written to any more.", mail.address));
    Ok(())
}

fn test(config: &Config, address: &str) -> Result<()> {
    let outlet = Outlet::configured(config, assembly::texts()?)?.ok_or_else(|| {
        Error::internal("no mail server is configured: set smtp_url and mail_from, or mail_dir")
    })?;
    let db = open::migrated(config)?;
    let locale = db.read(organisation::store::get)?.locale;
    mail::try_out(&db, &outlet, address, locale)?;
    say::note("The message left.");
    Ok(())
}
