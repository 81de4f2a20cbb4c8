//! The board of the loop: are unhappy customers called back in time, told, and are causes removed (`domain.md` A7, S1).
//!
//! Every figure is worked out by [`rules::Counting`] alone, from the cases as they are
//! (`docs/decisions/0016-figures-of-the-loop.md`), opens the cases it counts where the queue can list just
//! those, and can be worked out again from their export. A figure is pinned to the home page only with the decision it serves and an owner.

pub mod actions;
pub(crate) mod api;
mod drawn;
mod export;
pub mod model;
pub(crate) mod pages;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;
pub mod trend;

use kernel::identity::Permission::{BoardsPin, BoardsRead};
use web_kit::{Access, HomeFragment, Routes};

pub use api::BoardBody;
pub use pages::{BY_GROUP, in_words};

/// Pinned tiles, on the home page.
pub const HOME: HomeFragment = HomeFragment {
    title: "board-home-title",
    fragment: "/boards/fragments/tiles",
    href: "/boards/loop",
    permission: BoardsRead,
};

/// Routes of this room.
pub fn routes() -> Routes {
    let (read, pin) = (Access::Page(BoardsRead), Access::Page(BoardsPin));
    Routes::new()
        .get("/boards/loop", read, pages::show)
        .get("/boards/loop/export.csv", read, pages::file)
        .get("/boards/fragments/tiles", read, pages::tiles)
        .get("/boards/tiles/new", pin, pages::new)
        .post("/boards/tiles", pin, pages::pin)
        .post("/boards/tiles/{id}/removal", pin, pages::unpin)
        .get("/api/v1/boards/loop", Access::Api(BoardsRead), api::show)
}
