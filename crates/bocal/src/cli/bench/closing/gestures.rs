//! What an adviser does all day, gesture by gesture, through the pages of a server.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant as Wall};

use kernel::Id;

use super::super::client::{Answer, Client};
use super::super::pages::Person;
use super::super::seed::Random;

/// What is looked for.
const NAMES: [&str; 6] = ["mart", "marie+ma", "kerv", "guez+12", "0639", "ndiaye+awa"];
/// What an author vouches for: the letter is the same each time.
const VOUCHED: &str = "&confirmed=facts&confirmed=feeling&confirmed=cause&confirmed=change&confirmed=next\
                       &confirmed=respect";

macro_rules! gestures {
    ($($(#[$doc:meta])* $name:ident, $often:literal, $what:literal;)*) => {
        /// One thing an adviser does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Gesture {
            $($(#[$doc])* $name,)*
        }

        impl Gesture {
            /// All, with how many of a hundred they are and what they are called.
            pub(super) const ALL: &[(Self, usize, &'static str)] = &[$((Self::$name, $often, $what),)*];
        }
    };
}

gestures! {
    /// Looks at the cases they carry.
    Mine, 16, "  queue, mine";
    /// Looks at the cases nobody carries.
    Free, 4, "  queue, nobody’s";
    /// Opens the sheet of a case.
    Sheet, 26, "  case sheet";
    /// Looks for a customer.
    Search, 10, "  search";
    /// Takes a case nobody carries.
    Take, 5, "  take";
    /// Notes a call nobody answered.
    Attempt, 12, "  note an attempt";
    /// Notes something for colleagues.
    Note, 6, "  note";
    /// Pauses while writing: the draft is kept.
    Draft, 10, "  draft kept";
    /// Sends the letter.
    Reply, 3, "  reply sent";
    /// Gives a case to a colleague or to the team.
    HandOver, 2, "  hand over";
    /// Opens a case for somebody who calls.
    Open, 3, "  open a case";
    /// Tells the customer, and closes the case.
    Tell, 3, "  told";
    /// Follows being told.
    Close, 0, "  closed";
}

/// What came of the gestures.
#[derive(Default)]
pub(super) struct Tally {
    /// How long each took that was done: what was acknowledged.
    pub(super) done: BTreeMap<Gesture, Vec<Duration>>,
    /// A colleague was quicker, and a notice said so.
    pub(super) quicker: usize,
    /// A colleague was quicker, and the status said so.
    pub(super) conflicts: usize,
    /// Anything else, by status; 0 when there was no answer.
    pub(super) errors: BTreeMap<u16, usize>,
}

impl Tally {
    /// Takes in that of another adviser.
    pub(super) fn add(&mut self, other: Self) {
        for (gesture, times) in other.done {
            self.done.entry(gesture).or_default().extend(times);
        }
        self.quicker += other.quicker;
        self.conflicts += other.conflicts;
        for (status, n) in other.errors {
            *self.errors.entry(status).or_default() += n;
        }
    }

    /// How many of a gesture were acknowledged.
    pub(super) fn count(&self, gesture: Gesture) -> usize {
        self.done.get(&gesture).map_or(0, Vec::len)
    }
}

/// Somebody at work.
pub(super) struct Adviser {
    pub(super) person: Person,
    /// A site of their team.
    pub(super) site: Id,
    /// Others of their team.
    pub(super) colleagues: Vec<Id>,
}

/// Their day.
pub(super) struct Day {
    address: SocketAddr,
    client: Client,
    adviser: Adviser,
    headers: String,
    random: Random,
    /// Stands in everything they write.
    mark: String,
    written: usize,
    /// Cases on the first page of their queue, and of nobody's.
    mine: Vec<String>,
    free: Vec<String>,
    /// Cases that can be answered by mail, as far as their sheets were seen.
    writable: BTreeSet<String>,
    tally: Tally,
}

impl Day {
    pub(super) async fn begin(
        address: SocketAddr,
        adviser: Adviser,
        number: u64,
        mark: String,
    ) -> io::Result<Self> {
        Ok(Self {
            address,
            client: Client::connect(address).await?,
            headers: format!("cookie: {}\r\n", adviser.person.cookie),
            adviser,
            random: Random::new(number),
            mark,
            written: 0,
            mine: Vec::new(),
            free: Vec::new(),
            writable: BTreeSet::new(),
            tally: Tally::default(),
        })
    }

    /// Gestures until the time is over.
    pub(super) async fn work(mut self, until: Wall, think: Duration) -> Tally {
        while Wall::now() < until {
            pause(think).await;
            let gesture = self.next();
            if self.gesture(gesture).await.is_err() {
                *self.tally.errors.entry(0).or_default() += 1;
                if let Ok(client) = Client::connect(self.address).await {
                    self.client = client;
                }
            }
        }
        self.tally
    }

    /// By how often each is. Whoever has no case takes one nobody has, or opens one; a letter is written where the
    /// sheet says that there is an address.
    fn next(&mut self) -> Gesture {
        let mut at = self.random.below(100);
        let drawn = Gesture::ALL.iter().find(|(_, often, _)| {
            let is_it = at < *often;
            at = at.saturating_sub(*often);
            is_it
        });
        let drawn = drawn.map_or(Gesture::Mine, |(gesture, _, _)| *gesture);
        let has_none = self.mine.is_empty();
        match drawn {
            Gesture::Mine | Gesture::Free | Gesture::Search | Gesture::Open => drawn,
            Gesture::Take if self.free.is_empty() => Gesture::Free,
            Gesture::Reply if self.writable.is_empty() && !has_none => Gesture::Sheet,
            _ if !has_none => drawn,
            _ if !self.free.is_empty() => Gesture::Take,
            _ if self.random.below(4) > 0 => Gesture::Free,
            _ => Gesture::Open,
        }
    }

    async fn gesture(&mut self, gesture: Gesture) -> io::Result<()> {
        match gesture {
            Gesture::Mine => {
                if let Some(page) = self.look(gesture, "/cases?view=mine").await? {
                    self.mine = cases_on(&page);
                }
            }
            Gesture::Free => {
                if let Some(page) = self.look(gesture, "/cases?view=free").await? {
                    self.free = cases_on(&page);
                }
            }
            Gesture::Search => {
                let name = self.random.pick(&NAMES);
                self.look(gesture, &format!("/palette?q={name}")).await?;
            }
            Gesture::Sheet => {
                let case = self.a_case();
                let page = self.look(gesture, &format!("/cases/{case}")).await?;
                if page.is_some_and(|page| page.contains(&format!("action=\"/cases/{case}/reply\""))) {
                    self.writable.insert(case);
                }
            }
            Gesture::Open => {
                let mark = self.mark();
                let form = format!(
                    "reach={mark}%40exemple.fr&title=Rappel+promis&words={mark}&severity=minor&channel=phone&site={}",
                    self.adviser.site
                );
                self.send(gesture, "/cases", &form).await?;
            }
            Gesture::Take => {
                let at = self.random.below(self.free.len());
                let case = self.free.swap_remove(at);
                if self.send(gesture, &format!("/cases/{case}/ownership"), "").await? {
                    self.mine.push(case);
                }
            }
            Gesture::Tell => self.tell_and_close().await?,
            _ => self.on_a_case(gesture).await?,
        }
        Ok(())
    }

    /// A form of a case they carry.
    async fn on_a_case(&mut self, gesture: Gesture) -> io::Result<()> {
        let case = match gesture {
            Gesture::Reply => self.writable.pop_first().unwrap_or_default(),
            _ => self.a_case(),
        };
        let mark = self.mark();
        let (act, form) = match gesture {
            Gesture::Attempt => {
                ("attempts", format!("channel=phone&outcome=not_reached&text=R%C3%A9pondeur+{mark}"))
            }
            Gesture::Draft => ("draft", letter(&mark)),
            Gesture::Reply => ("reply", letter(&mark)),
            Gesture::HandOver => ("handover", format!("to={}&text={mark}", self.somebody())),
            _ => ("notes", format!("text=Rappeler+jeudi+{mark}")),
        };
        let is_done = self.send(gesture, &format!("/cases/{case}/{act}"), &form).await?;
        if is_done && gesture == Gesture::HandOver {
            self.let_go(&case);
        }
        Ok(())
    }

    async fn tell_and_close(&mut self) -> io::Result<()> {
        let (case, mark) = (self.a_case(), self.mark());
        let told = format!("channel=phone&text=Cause+expliqu%C3%A9e+{mark}");
        if !self.send(Gesture::Tell, &format!("/cases/{case}/notice"), &told).await? {
            return Ok(());
        }
        let closing = "no_cause=Aucune+cause+trouv%C3%A9e&remedy=apology";
        if self.send(Gesture::Close, &format!("/cases/{case}/closure"), closing).await? {
            self.let_go(&case);
        }
        Ok(())
    }

    fn let_go(&mut self, case: &str) {
        self.mine.retain(|other| other != case);
        self.writable.remove(case);
    }

    fn a_case(&mut self) -> String {
        let at = self.random.below(self.mine.len().max(1));
        self.mine.get(at).cloned().unwrap_or_default()
    }

    /// A colleague two times in three, else the team.
    fn somebody(&mut self) -> String {
        let (to_team, at) =
            (self.random.below(3) == 0, self.random.below(self.adviser.colleagues.len().max(1)));
        let colleague = self.adviser.colleagues.get(at).filter(|_| !to_team);
        colleague.map_or_else(|| "team".to_owned(), ToString::to_string)
    }

    fn mark(&mut self) -> String {
        self.written += 1;
        format!("{}x{}", self.mark, self.written)
    }

    /// A page, when it came.
    async fn look(&mut self, gesture: Gesture, path: &str) -> io::Result<Option<String>> {
        let began = Wall::now();
        let answer = self.client.get_with(path, &self.headers).await?;
        Ok(self.note(gesture, began, &answer).then_some(answer.body))
    }

    /// A form; whether it was done.
    async fn send(&mut self, gesture: Gesture, path: &str, form: &str) -> io::Result<bool> {
        let form = format!("csrf={}&{form}", self.adviser.person.csrf);
        // As a browser does: a draft is kept while the page stays.
        let more = if gesture == Gesture::Draft { "hx-request: true\r\n" } else { "" };
        let headers = format!("{}{more}", self.headers);
        let began = Wall::now();
        let answer = self.client.post_form_with(path, &form, &headers).await?;
        Ok(self.note(gesture, began, &answer))
    }

    fn note(&mut self, gesture: Gesture, began: Wall, answer: &Answer) -> bool {
        let taken = began.elapsed();
        match answer.status {
            303 if answer.set_cookies.iter().any(|c| web_kit::notice_refuses(c)) => self.tally.quicker += 1,
            200 | 303 => {
                self.tally.done.entry(gesture).or_default().push(taken);
                return true;
            }
            409 | 412 => self.tally.conflicts += 1,
            status => *self.tally.errors.entry(status).or_default() += 1,
        }
        false
    }
}

#[expect(clippy::disallowed_methods, reason = "a person who thinks waits for nothing")]
async fn pause(think: Duration) {
    if !think.is_zero() {
        tokio::time::sleep(think).await;
    }
}

fn letter(mark: &str) -> String {
    format!(
        "subject=Votre+message&body=Bonjour%2C%0A%0Anous+vous+avions+promis+un+rappel+qui+n%E2%80%99est+pas+venu.+\
         Nous+vous+prions+de+nous+en+excuser.%0A%0A{mark}{VOUCHED}"
    )
}

/// The cases a page of the queue leads to.
fn cases_on(page: &str) -> Vec<String> {
    let links = page.split("href=\"/cases/").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gestures_are_a_hundred_in_all() {
        assert_eq!(Gesture::ALL.iter().map(|(_, often, _)| often).sum::<usize>(), 100);
    }

    #[test]
    fn the_cases_of_a_queue_are_found_by_their_links() {
        let page =
            r#"<a href="/cases/new">+</a><a class="name" href="/cases/12">A</a> <a href="/cases/13/x">B</a>"#;
        assert_eq!(cases_on(page), ["12"]);
    }
}
