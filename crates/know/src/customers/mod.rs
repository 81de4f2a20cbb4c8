//! Customers: whoever receives or could receive what the organisation offers, prospects included.
//!
//! Offers to other rooms: [`model::Customer`], [`actions::read`], [`actions::create`], [`rules::fold`].

pub mod actions;
pub(crate) mod api;
pub(crate) mod bulk;
pub mod model;
mod pages;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;

use kernel::identity::Permission::{CustomersExport, CustomersRead, CustomersWrite};
use web_kit::{Access, Routes};

pub use pages::sheet_url;

/// Routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/customers", Access::Page(CustomersRead), pages::list)
        .get("/customers/export.csv", Access::Page(CustomersExport), pages::export)
        .get("/customers/new", Access::Page(CustomersWrite), pages::new_form)
        .post("/customers", Access::Page(CustomersWrite), pages::create)
        .get("/customers/{id}", Access::Page(CustomersRead), pages::sheet)
        .get("/customers/{id}/edit", Access::Page(CustomersWrite), pages::edit_form)
        .post("/customers/{id}", Access::Page(CustomersWrite), pages::update)
        .get("/api/v1/customers", Access::Api(CustomersRead), api::list)
        .post("/api/v1/customers", Access::Api(CustomersWrite), api::create)
        .get("/api/v1/customers/{id}", Access::Api(CustomersRead), api::read)
        .patch("/api/v1/customers/{id}", Access::Api(CustomersWrite), api::change)
}

/// All the customers a search finds: the list.
pub const ALL: web_kit::All = web_kit::All { href: "/customers?q=", label: "customers-see-all", count };

fn count(tx: &mut kernel::Tx<'_>, by: &kernel::identity::Actor, query: &str) -> kernel::Result<Option<i64>> {
    Ok(match actions::count(tx, by, query)? {
        model::Count::Exactly(n) => Some(n),
        model::Count::MoreThan(_) => None,
    })
}

/// Customers for the palette and the search page.
pub fn find(
    tx: &mut kernel::Tx<'_>,
    by: &kernel::identity::Actor,
    query: &str,
) -> kernel::Result<Vec<web_kit::Found>> {
    let found = actions::find(tx, by, query, 8)?;
    let detail = |details: &model::Details| {
        let parts = [Some(&details.city), details.email.as_ref(), details.external_number.as_ref()];
        let known: Vec<&str> =
            parts.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect();
        known.join(" · ")
    };
    let found = found.iter().map(|customer| web_kit::Found {
        label: customer.details.name(),
        detail: detail(&customer.details),
        href: sheet_url(customer.id),
        icon: if customer.details.kind == model::Kind::Person { "user" } else { "users" },
    });
    Ok(found.collect())
}
