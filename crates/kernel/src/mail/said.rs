//! What Bocal itself says of a mail, where no mail server speaks: kept as a code, told in the words of whoever reads it.

use crate::clock::{Instant, Zone};
use crate::texts::T;

/// How a code begins; mail servers do not speak like this.
const PREFIX: &str = "bocal:";

/// What Bocal says of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The mail server did not answer for so many seconds.
    Silent(u64),
    /// No mail server answers at its address.
    Absent,
    /// The connection was lost.
    Lost,
    /// Bocal stopped before the mail server answered.
    Stopped,
    /// It waited, or was on its way, in the backup of this moment, which was restored.
    Restored(Instant),
}

impl Said {
    /// How the code of a mail of a restored backup begins.
    pub(super) const RESTORED: &'static str = "bocal:restored ";

    /// As stored.
    pub(super) fn code(self) -> String {
        match self {
            Self::Silent(seconds) => format!("{PREFIX}silent {seconds}"),
            Self::Absent => format!("{PREFIX}absent"),
            Self::Lost => format!("{PREFIX}lost"),
            Self::Stopped => format!("{PREFIX}stopped"),
            Self::Restored(at) => format!("{}{at}", Self::RESTORED),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let code = text.strip_prefix(PREFIX)?;
        match code.split_once(' ') {
            Some(("silent", seconds)) => seconds.parse().ok().map(Self::Silent),
            Some(("restored", at)) => at.parse().ok().map(Self::Restored),
            None if code == "absent" => Some(Self::Absent),
            None if code == "lost" => Some(Self::Lost),
            None if code == "stopped" => Some(Self::Stopped),
            _ => None,
        }
    }
}

/// What went wrong with a mail, as kept with it, in the reader's words: what a mail server said stands as it was said.
pub fn in_words(t: T, zone: &Zone, error: &str) -> String {
    match Said::parse(error) {
        Some(Said::Silent(seconds)) => t.one("mail-said-silent", "seconds", seconds),
        Some(Said::Absent) => t.get("mail-said-absent"),
        Some(Said::Lost) => t.get("mail-said-lost"),
        Some(Said::Stopped) => t.get("mail-said-stopped"),
        Some(Said::Restored(at)) => t.one("mail-said-restored", "date", t.moment(at, zone)),
        None => error.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Locale, SOURCES, Texts};

    #[test]
    fn what_bocal_says_is_told_in_the_language_of_the_reader() {
        let texts = Texts::leak(SOURCES).unwrap();
        let zone: Zone = "Europe/Paris".parse().unwrap();
        let told = |locale, said: Said| {
            in_words(texts.reader(locale), &zone, &said.code()).replace(['\u{a0}', '\u{202f}'], " ")
        };
        let silent = told(Locale::Fr, Said::Silent(60));
        assert!(silent.contains("n’a pas répondu") && silent.contains("60"), "{silent}");
        assert!(told(Locale::En, Said::Silent(60)).contains("did not answer"));
        let at = "2026-11-27T05:45:00Z".parse().unwrap();
        let restored = told(Locale::Fr, Said::Restored(at));
        assert!(restored.contains("27 nov. 2026") && restored.contains("06:45"), "{restored}");
        for said in [Said::Silent(60), Said::Absent, Said::Lost, Said::Stopped, Said::Restored(at)] {
            assert_eq!(Said::parse(&said.code()), Some(said));
        }
        assert_eq!(
            in_words(texts.reader(Locale::Fr), &zone, "550 5.1.1 no such mailbox"),
            "550 5.1.1 no such mailbox"
        );
    }
}
