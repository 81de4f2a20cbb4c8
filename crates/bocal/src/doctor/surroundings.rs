//! What Bocal stands on: configuration, disk, clock.

use std::path::Path;

use kernel::clock::{SignedDuration, Zone};
use kernel::config::Config;
use kernel::{Day, Instant, Result, ledger, organisation};

use super::{Check, Patient};

/// Less room than this and changes will soon fail.
const LITTLE: u64 = 100 * 1024 * 1024;
/// Less room than this and somebody should look.
const SOME: u64 = 1024 * 1024 * 1024;
/// How far the clock may be behind what was recorded: machines differ a little.
const BEHIND: SignedDuration = SignedDuration::from_secs(60);

/// Settings that work against each other, or against those who use the address.
pub(super) fn configuration(config: &Config) -> Vec<Check> {
    let base = config.base_url();
    let is_https = base.starts_with("https:");
    let only_here = config.listen.ip().is_loopback() && config.public_url.is_none();
    let mut all = Vec::new();
    if !is_https && config.secure_cookies == Some(true) {
        let advice = "set public_url to the https address people type, or remove secure_cookies";
        let found = format!("secure_cookies is on but {base} is not https: nobody can sign in");
        all.push(Check::failure("configuration", found, advice));
    } else if !is_https && !only_here {
        let advice = "put a proxy with a certificate before Bocal and set public_url to its https address";
        let found = format!("{base} is not https: passwords and cookies can be read on the way");
        all.push(Check::warning("configuration", found, advice));
    } else if is_https && config.secure_cookies == Some(false) {
        let advice = "remove secure_cookies: with an https address cookies are secure by themselves";
        all.push(Check::warning(
            "configuration",
            "secure_cookies is off although the address is https",
            advice,
        ));
    }
    if is_https && config.trusted_proxies.is_empty() && config.listen.ip().is_loopback() {
        let advice = "set trusted_proxies to the address of the proxy, such as [\"127.0.0.1\"]: otherwise everybody \
                      seems to come from it, and wrong passwords of one keep out the others";
        all.push(Check::warning("configuration", "no proxy is trusted", advice));
    }
    if config.workers == 0 {
        let advice = "set workers to 1 or more, unless another process on this database has some";
        all.push(Check::warning("configuration", "workers is 0: no job is ever run", advice));
    }
    if let (Some(folder), Some(_)) = (&config.mail_dir, &config.smtp_url) {
        let found = format!("mail is written to {} and not sent: smtp_url is not used", folder.display());
        all.push(Check::warning(
            "configuration",
            found,
            "remove mail_dir, unless nobody is to be written to",
        ));
    }
    if all.is_empty() {
        all.push(Check::ok("configuration", format!("people reach it at {base}")));
    }
    all
}

/// Room on the disk of the database.
pub(super) fn disk(patient: &Patient<'_>) -> Result<Check> {
    let Some(file) = patient.db.file() else {
        return Ok(Check::ok("disk", "left to the server of the database"));
    };
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let disk = rustix::fs::statvfs(folder).map_err(kernel::Error::caused)?;
    let free = disk.f_bavail * disk.f_frsize;
    let size = u64::try_from(patient.db.size()?).unwrap_or(0);
    let found = format!("{} MB free beside the database of {} MB", free / 1_048_576, size / 1_048_576);
    let advice = "make room, or move the database to a larger disk: an upgrade and a restore need as much room as the \
                  database itself";
    Ok(match free {
        free if free < LITTLE => Check::failure("disk", found, advice),
        free if free < SOME || free < size => Check::warning("disk", found, advice),
        _ => Check::ok("disk", found),
    })
}

/// The clock is not before what was already recorded.
pub(super) fn clock(patient: &Patient<'_>) -> Result<Check> {
    let now = patient.db.clock().now();
    let newest = patient.db.read(ledger::store::newest)?;
    Ok(judge_clock(now, newest))
}

fn judge_clock(now: Instant, newest: Option<Instant>) -> Check {
    match newest.filter(|newest| newest.since(now) > BEHIND) {
        Some(newest) => Check::failure(
            "clock",
            format!("it is {now} here, but the newest event happened at {newest}"),
            "set the clock of this machine (NTP): deadlines and seals depend on it",
        ),
        None => Check::ok("clock", format!("it is {now}")),
    }
}

/// Time zones are known, the organisation's among them.
pub(super) fn zones(patient: &Patient<'_>) -> Result<Check> {
    let organisation = patient.db.read(organisation::store::find)?;
    let zone = match &organisation {
        Some(organisation) => organisation.zone.clone(),
        None => "Europe/Paris".parse::<Zone>().map_err(|e| kernel::Error::internal(e.to_string()))?,
    };
    let today: Day = zone.day_of(patient.db.clock().now());
    Ok(Check::ok("time zones", format!("it is {today} in {}", zone.name())))
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::*;

    fn worst(config: &Config) -> Outcome {
        configuration(config).iter().map(|check| check.outcome).max().unwrap()
    }

    #[test]
    fn an_address_that_is_not_https_is_fine_on_ones_own_machine_only() {
        let here = Config::default();
        assert_eq!(worst(&here), Outcome::Ok);
        let everywhere = Config { listen: "0.0.0.0:8080".parse().unwrap(), ..here.clone() };
        assert_eq!(worst(&everywhere), Outcome::Warning);
        let named = Config { public_url: Some("http://bocal.example.org".into()), ..here.clone() };
        assert_eq!(worst(&named), Outcome::Warning);
        let locked_out = Config { secure_cookies: Some(true), ..here.clone() };
        assert_eq!(worst(&locked_out), Outcome::Failure);
        let proxied = Config {
            public_url: Some("https://bocal.example.org".into()),
            trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
            ..here.clone()
        };
        assert_eq!(worst(&proxied), Outcome::Ok);
        assert_eq!(worst(&Config { trusted_proxies: Vec::new(), ..proxied.clone() }), Outcome::Warning);
        assert_eq!(worst(&Config { secure_cookies: Some(false), ..proxied }), Outcome::Warning);
        assert_eq!(worst(&Config { workers: 0, ..here }), Outcome::Warning);
    }

    #[test]
    fn a_clock_before_the_newest_event_is_wrong() {
        let now = Instant::from_micros(1_790_000_000_000_000);
        let hour = SignedDuration::from_hours(1);
        assert_eq!(judge_clock(now, None).outcome, Outcome::Ok);
        assert_eq!(judge_clock(now, Some(now.minus(hour))).outcome, Outcome::Ok);
        assert_eq!(judge_clock(now, Some(now.plus(SignedDuration::from_secs(30)))).outcome, Outcome::Ok);
        assert_eq!(judge_clock(now, Some(now.plus(hour))).outcome, Outcome::Failure);
    }
}
