//! Knowing customers: who they are, how to reach them, what passed between us.

pub mod consent;
pub mod customers;
pub mod erasure;
pub mod import;
pub mod interactions;

use std::sync::OnceLock;

use kernel::db::Migration;
use kernel::identity::Permission;
use kernel::texts::{Locale, T, Texts};
use kernel::{Error, Result};
use utoipa::OpenApi;
use web_kit::{Finder, NavEntry, Offers, Routes, Stage, Task};

/// Texts of this crate.
pub const TEXTS: &[kernel::texts::Source] =
    kernel::texts!["customers", "interactions", "consent", "erasure", "import"];

/// Sorting follows the bytes of folded names on both engines. Full-text search is a virtual table on SQLite and a trigram index on PostgreSQL; both answer the same
/// `SELECT rowid … WHERE text LIKE $1`.
const SEARCH_SQLITE: &str =
    "CREATE VIRTUAL TABLE customer_search USING fts5(text, tokenize = 'trigram', detail = 'none')";
const SEARCH_POSTGRES: &str = "ALTER TABLE customers
        ALTER COLUMN sort_name TYPE TEXT COLLATE \"C\", ALTER COLUMN city TYPE TEXT COLLATE \"C\";
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE TABLE customer_search (rowid BIGINT PRIMARY KEY, text TEXT NOT NULL);
    CREATE INDEX customer_search_text ON customer_search USING gin (text gin_trgm_ops)";

/// Full-text search gathers a whole batch of an import in memory (8 MB) before it writes a segment, and lets sixteen
/// segments of a size come together before it merges them: merging was a fifth of its work. A search looks into a
/// few segments more.
const SEARCH_TUNING_SQLITE: &str =
    "INSERT INTO customer_search (customer_search, rank) VALUES ('hashsize', 8388608);
    INSERT INTO customer_search (customer_search, rank) VALUES ('crisismerge', 32);
    INSERT INTO customer_search (customer_search, rank) VALUES ('automerge', 16)";

/// Migrations of this crate.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new(10, "know", include_str!("../migrations/0010_know.sql"))
        .with(SEARCH_SQLITE, SEARCH_POSTGRES),
    Migration::new(12, "lean indexes", include_str!("../migrations/0012_lean_indexes.sql"))
        .with(SEARCH_TUNING_SQLITE, ""),
    Migration::new(13, "erasure", include_str!("../migrations/0013_erasure.sql")),
];

/// Navigation of this crate.
pub const NAV: &[NavEntry] = &[
    NavEntry {
        stage: Stage::Know,
        label: "nav-customers",
        href: "/customers",
        permission: Permission::CustomersRead,
    },
    NavEntry {
        stage: Stage::Know,
        label: "nav-imports",
        href: "/imports",
        permission: Permission::CustomersImport,
    },
];

/// Routes of this crate, but for [`import::routes`]: they are given the kinds of imports of the whole program.
pub fn routes() -> Routes {
    customers::routes().merge(interactions::routes()).merge(consent::routes()).merge(erasure::routes())
}

#[derive(OpenApi)]
#[openapi(paths(
    customers::api::list,
    customers::api::create,
    customers::api::read,
    customers::api::change,
    interactions::api::list,
    interactions::api::create,
    consent::api::list,
    consent::api::create,
    erasure::api::create,
))]
struct Document;

/// What this crate adds to the OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    document.merge(import::openapi());
    document
}

/// What this crate offers to the pages that gather from all rooms.
pub fn offers() -> Offers {
    Offers {
        finders: vec![Finder {
            name: "nav-customers",
            permission: Permission::CustomersRead,
            find: customers::find,
            all: Some(customers::ALL),
        }],
        tasks: vec![
            Task {
                label: "customer-add",
                href: "/customers/new",
                icon: "plus",
                permission: Permission::CustomersWrite,
            },
            Task {
                label: "customers-import-first",
                href: "/imports/new",
                icon: "import",
                permission: Permission::CustomersImport,
            },
        ],
        ..Offers::default()
    }
}

/// Texts of what is written for colleagues, whoever they are.
pub(crate) fn words(locale: Locale) -> Result<T> {
    static OWN: OnceLock<Option<&'static Texts>> = OnceLock::new();
    let own = OWN.get_or_init(|| Texts::leak(&[kernel::texts::SOURCES, TEXTS].concat()).ok());
    own.map(|texts| texts.reader(locale)).ok_or_else(|| Error::internal("the texts cannot be read"))
}
