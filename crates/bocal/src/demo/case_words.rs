//! The words of follow-ups and improvements: read from the files beside the others; a field may be empty here.

use std::collections::HashMap;

use kernel::{Error, Result};

use super::calendar::{Moment, Place, is_saturday};

/// How a follow-up was repaired, in the words of an adviser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Story {
    pub(crate) theme: &'static str,
    pub(crate) cause: &'static str,
    /// Set when a colleague opens it: channel, the customer's words, severity.
    pub(crate) by_hand: Option<(&'static str, &'static str, &'static str)>,
    pub(crate) title: &'static str,
    pub(crate) found: &'static str,
    pub(crate) attempt: &'static str,
    pub(crate) remedy: &'static str,
    pub(crate) cost: i64,
    /// Facts, feeling, reason, change, next step with `{date}`.
    pub(crate) letter: [&'static str; 5],
    pub(crate) told: &'static str,
    pub(crate) back: &'static str,
}

/// An attempt to reach a customer, and when its note can be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt {
    pub(crate) outcome: &'static str,
    when: When,
    pub(crate) note: &'static str,
}

/// When a note can be written: it may tell how many attempts came before, or what time it is.
#[derive(Clone, Copy, Debug)]
enum When {
    Any,
    /// Only of this attempt, the first being 1.
    Nth(usize),
    /// Only on Saturday mornings.
    Saturday,
    /// Only from one hour to another.
    Hours(i64, i64),
}

impl When {
    fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::internal(format!("case_attempts.tsv: {text} is no time"));
        match text {
            "*" => Ok(Self::Any),
            "saturday" => Ok(Self::Saturday),
            _ => match text.split_once('-') {
                None => text.parse().map(Self::Nth).map_err(|_| wrong()),
                Some((from, to)) => match (from.parse(), to.parse()) {
                    (Ok(from), Ok(to)) => Ok(Self::Hours(from, to)),
                    _ => Err(wrong()),
                },
            },
        }
    }
}

impl Attempt {
    /// Whether its note can be that of the `nth` attempt, made at a moment.
    pub(crate) fn fits(&self, nth: usize, at: Moment) -> bool {
        let hour = at.hour().rem_euclid(24);
        match self.when {
            When::Any => true,
            When::Nth(only) => nth == only,
            When::Saturday => is_saturday(at.day()) && hour < 13,
            When::Hours(from, to) => (from..to).contains(&hour),
        }
    }
}

/// An improvement, as it was decided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) cause: &'static str,
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
    pub(crate) place: Option<Place>,
    pub(crate) measure: &'static str,
    pub(crate) expected: &'static str,
    pub(crate) cost: i64,
    /// `works`, `no_difference`, `worse`, `too_soon` or `abandoned`.
    pub(crate) outcome: &'static str,
    pub(crate) lesson: &'static str,
    pub(crate) said: &'static str,
    pub(crate) did: &'static str,
}

/// A cause: code, code of its family, name in French and English.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CauseWords {
    pub(crate) code: &'static str,
    pub(crate) parent: &'static str,
    pub(crate) fr: &'static str,
    pub(crate) en: &'static str,
}

/// All of them.
#[derive(Clone, Debug)]
pub(crate) struct CaseWords {
    pub(crate) french: Vec<Story>,
    pub(crate) english: Vec<Story>,
    pub(crate) by_hand: Vec<Story>,
    pub(crate) attempts: Vec<Attempt>,
    /// What a customer wrote, and the title of the story that tells the rest.
    said: HashMap<&'static str, &'static str>,
    pub(crate) causes: Vec<CauseWords>,
    pub(crate) changes: Vec<Change>,
    pub(crate) handovers: Vec<&'static str>,
    pub(crate) extensions: Vec<&'static str>,
}

/// Reads a file of so many columns; fields may be empty.
fn table(name: &str, text: &'static str, columns: usize) -> Result<Vec<Vec<&'static str>>> {
    let lines = text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
    let read = |(number, line): (usize, &'static str)| {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() == columns {
            return Ok(fields);
        }
        Err(Error::internal(format!("{name}, line {}: not {columns} fields", number + 1)))
    };
    lines.map(read).collect()
}

macro_rules! file {
    ($name:literal, $columns:literal) => {
        table($name, include_str!(concat!("words/", $name)), $columns)
    };
}

fn cents(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::internal(format!("{text} is no number of cents")))
}

/// The columns from `title` on, the same in every file of stories.
fn story(theme: &'static str, cause: &'static str, f: &[&'static str]) -> Result<Story> {
    Ok(Story {
        theme,
        cause,
        by_hand: None,
        title: f[0],
        found: f[1],
        attempt: f[2],
        remedy: f[3],
        cost: cents(f[4])?,
        letter: [f[5], f[6], f[7], f[8], f[9]],
        told: f[10],
        back: f[11],
    })
}

impl CaseWords {
    /// The story that tells the rest of what a customer wrote.
    pub(crate) fn about(&self, text: &str) -> Option<&Story> {
        let title = self.said.get(text)?;
        self.french.iter().chain(&self.english).find(|story| story.title == *title)
    }

    /// Reads every file.
    ///
    /// # Errors
    /// Names the file and the line that cannot be read.
    pub(crate) fn read() -> Result<Self> {
        let stories = |rows: Vec<Vec<&'static str>>| -> Result<Vec<Story>> {
            rows.iter().map(|f| story(f[0], f[1], &f[2..])).collect()
        };
        let by_hand = |f: &Vec<&'static str>| {
            let columns: Vec<&'static str> = [&f[3..4], &f[6..]].concat();
            let told = story(f[0], f[1], &columns)?;
            Ok(Story { by_hand: Some((f[2], f[4], f[5])), ..told })
        };
        let change = |f: &Vec<&'static str>| {
            Ok(Change {
                cause: f[1],
                title: f[2],
                description: f[3],
                place: Place::parse(f[4]),
                measure: f[5],
                expected: f[6],
                cost: cents(f[7])?,
                outcome: f[8],
                lesson: f[9],
                said: f[10],
                did: f[11],
            })
        };
        let one = |rows: Vec<Vec<&'static str>>| rows.into_iter().map(|f| f[0]).collect::<Vec<_>>();
        Ok(Self {
            french: stories(file!("case_stories.tsv", 14)?)?,
            english: stories(file!("case_stories_en.tsv", 14)?)?,
            by_hand: file!("case_manual.tsv", 17)?.iter().map(by_hand).collect::<Result<_>>()?,
            attempts: file!("case_attempts.tsv", 3)?
                .into_iter()
                .map(|f| Ok(Attempt { outcome: f[0], when: When::parse(f[1])?, note: f[2] }))
                .collect::<Result<_>>()?,
            said: file!("case_said.tsv", 2)?.into_iter().map(|f| (f[1], f[0])).collect(),
            causes: file!("causes.tsv", 4)?
                .into_iter()
                .map(|f| CauseWords { code: f[0], parent: f[1], fr: f[2], en: f[3] })
                .collect(),
            changes: file!("improvements.tsv", 12)?.iter().map(change).collect::<Result<_>>()?,
            handovers: one(file!("handovers.tsv", 1)?),
            extensions: one(file!("extensions.tsv", 1)?),
        })
    }
}

#[cfg(test)]
impl CaseWords {
    /// Every text a story tells the rest of, with the title of that story.
    pub(crate) fn said(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.said.iter().map(|(text, title)| (*text, *title))
    }
}
