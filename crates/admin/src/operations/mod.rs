//! What those who run and connect Bocal ask: is it alive, is it ready, what does its interface offer.

mod model;
mod pages;
mod rules;
#[cfg(test)]
mod tests;

use web_kit::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/healthz", Access::Public, pages::health)
        .get("/readyz", Access::Public, pages::ready)
        .get("/api/openapi.json", Access::Public, pages::openapi)
        .get("/api/docs", Access::Public, pages::docs)
}
