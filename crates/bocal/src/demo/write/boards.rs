//! Figures pinned to the first page.

use kernel::{Error, Result, Tx};
use steer::boards::actions::{self, TileInput};

use super::Work;
use super::founding::House;
use crate::demo::calendar::LAST;

/// The day they are pinned: a Thursday.
pub(super) const PINNED: i64 = LAST - 30;

/// Pins one, as the manager of its site would, or of the whole; whoever answers for it is of the role its words name.
pub(super) fn pin(tx: &mut Tx<'_>, work: &Work, house: &House, at: usize) -> Result<()> {
    let tile = &work.words.tiles[at];
    let who = |role: &str| {
        let found = work.words.colleagues.iter().position(|c| c.role == role && c.place == tile.place);
        house.colleague(found.ok_or_else(|| Error::internal(format!("nobody is {role} there")))?)
    };
    let site = tile.place.and_then(|place| house.site(place)).map(|id| id.to_string());
    let input = TileInput {
        figure: tile.figure.to_owned(),
        site: site.unwrap_or_default(),
        days: tile.days.to_owned(),
        decision: tile.decision.to_owned(),
        owner: who(tile.owner)?.user().map(|id| id.to_string()).unwrap_or_default(),
    };
    actions::pin(tx, who("manager")?, &input).map(drop)
}
