//! The first page: what the reader can do now, their last jobs, and blocks other rooms offer.

mod pages;

use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/", Access::SignedIn, pages::show)
}
