//! What rooms offer to the pages that gather from all of them: the palette, the search page and the home page.

use kernel::identity::{Actor, Permission};
use kernel::{Result, Tx};

/// Something a finder found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub label: String,
    /// What tells it from its namesakes, in a few words.
    pub detail: String,
    /// Its page.
    pub href: String,
    /// Name of its icon.
    pub icon: &'static str,
}

/// Finds things of one kind by what somebody typed.
#[derive(Clone, Copy)]
pub struct Finder {
    /// Text key of the heading its finds stand under.
    pub name: &'static str,
    /// Who may ask it.
    pub permission: Permission,
    /// Looks for a text (trimmed, two characters at least) and gives the best few: at most ten, within the
    /// actor's reach, quickly enough to be asked at each key.
    pub find: fn(&mut Tx<'_>, &Actor, &str) -> Result<Vec<Found>>,
    /// The page that lists all that `find` gives the best few of; `None` when the few are all.
    pub all: Option<All>,
}

/// Everything a search finds, on a page of its own.
#[derive(Clone, Copy)]
pub struct All {
    /// Its address, up to what was typed: `/customers?q=`.
    pub href: &'static str,
    /// Text key of the link there, with `$n`.
    pub label: &'static str,
    /// How many there are; `None` when there are too many to count.
    pub count: fn(&mut Tx<'_>, &Actor, &str) -> Result<Option<i64>>,
}

/// A page worth finding by its name that has no entry in the navigation.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Text key of its name.
    pub label: &'static str,
    /// Text key of what it belongs to.
    pub of: &'static str,
    /// Its address.
    pub href: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
    /// Who may open it.
    pub permission: Permission,
}

/// Something that can be begun from anywhere: the palette's "do", the home page's first steps.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// Text key of what it does, beginning with a verb. The key with `-hint`, if there is one, says more on
    /// the home page.
    pub label: &'static str,
    /// Where it begins.
    pub href: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
    /// Who may.
    pub permission: Permission,
}

/// A block of the home page: loaded from its own address, a link to its room without JavaScript.
#[derive(Clone, Copy, Debug)]
pub struct HomeFragment {
    /// Text key of its title.
    pub title: &'static str,
    /// Address of the fragment: it answers the inside of a panel body, without a heading.
    pub fragment: &'static str,
    /// The page that shows the same in full.
    pub href: &'static str,
    /// Who sees it.
    pub permission: Permission,
}

/// A block of the customer sheet: what another room can show about one customer.
#[derive(Clone, Copy, Debug)]
pub struct SheetFragment {
    /// Text key of its title.
    pub title: &'static str,
    /// Address of the fragment, with `{id}` for the customer.
    pub path: &'static str,
    /// Who sees it.
    pub permission: Permission,
}

/// A number beside an entry of the navigation: loaded from its own address, absent without JavaScript.
#[derive(Clone, Copy, Debug)]
pub struct NavCount {
    /// The page the entry leads to.
    pub href: &'static str,
    /// Address of the fragment: it answers the number, with words only readers hear.
    pub fragment: &'static str,
    /// Who sees it.
    pub permission: Permission,
}

/// All a crate offers.
#[derive(Clone, Default)]
pub struct Offers {
    /// In the order of their headings.
    pub finders: Vec<Finder>,
    /// The most usual first.
    pub tasks: Vec<Task>,
    /// Pages beside those of the navigation.
    pub places: Vec<Place>,
    /// The most urgent first.
    pub home: Vec<HomeFragment>,
    /// In the order of the sheet.
    pub sheet: Vec<SheetFragment>,
    /// In any order.
    pub counts: Vec<NavCount>,
}

impl Offers {
    /// Both together.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.finders.extend(other.finders);
        self.tasks.extend(other.tasks);
        self.places.extend(other.places);
        self.home.extend(other.home);
        self.sheet.extend(other.sheet);
        self.counts.extend(other.counts);
        self
    }

    /// What this actor may use.
    #[must_use]
    pub fn for_actor(&self, actor: &Actor) -> Self {
        Self {
            finders: self.finders.iter().copied().filter(|f| actor.may(f.permission)).collect(),
            tasks: self.tasks.iter().copied().filter(|t| actor.may(t.permission)).collect(),
            places: self.places.iter().copied().filter(|p| actor.may(p.permission)).collect(),
            home: self.home.iter().copied().filter(|h| actor.may(h.permission)).collect(),
            sheet: self.sheet.iter().copied().filter(|f| actor.may(f.permission)).collect(),
            counts: self.counts.iter().copied().filter(|c| actor.may(c.permission)).collect(),
        }
    }
}
