//! The OpenAPI document and the table of routes say the same.

use std::collections::BTreeSet;

use web_kit::Access;

use crate::{assembly, openapi};

#[test]
fn every_endpoint_is_in_the_openapi_document_and_nothing_else_is() {
    let document: serde_json::Value = serde_json::from_str(&openapi::document().to_json().unwrap()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item
            .as_object()
            .unwrap()
            .keys()
            .filter(|k| ["get", "post", "patch", "delete", "put"].contains(&k.as_str()))
        {
            documented.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let routes = assembly::routes();
    let answered: BTreeSet<String> = routes
        .table()
        .iter()
        .filter(|r| matches!(r.access, Access::Api(_)))
        .map(|r| format!("{} {}", r.method, r.path))
        .collect();
    let missing: Vec<_> = answered.difference(&documented).collect();
    let dead: Vec<_> = documented.difference(&answered).filter(|p| p.contains("/api/v1")).collect();
    assert!(missing.is_empty() && dead.is_empty(), "not documented: {missing:?}; not answered: {dead:?}");
}

#[test]
fn no_two_crates_mean_different_things_by_one_name_of_the_openapi_document() {
    let mut known = std::collections::BTreeMap::new();
    for part in openapi::parts() {
        let part: serde_json::Value = serde_json::from_str(&part.to_json().unwrap()).unwrap();
        for (name, schema) in part["components"]["schemas"].as_object().unwrap() {
            let other = known.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(other, schema, "{name}");
        }
    }
}

#[test]
fn every_endpoint_says_which_permission_it_needs_and_that_errors_are_problems() {
    let document: serde_json::Value = serde_json::from_str(&openapi::document().to_json().unwrap()).unwrap();
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    let paths =
        document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/api/v1/"));
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["security"][0]["token"][0].is_string(), "{method} {path}: {operation}");
            let errors = operation["responses"]["default"]["content"].as_object().unwrap();
            assert!(errors.keys().eq(["application/problem+json"]), "{method} {path}");
        }
    }
}

#[test]
fn the_openapi_document_is_version_3_1() {
    let document: serde_json::Value = serde_json::from_str(&openapi::document().to_json().unwrap()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[test]
fn every_path_the_documents_name_exists() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for document in ["docs/adding-a-room.md", "ARCHITECTURE.md", "README.md"] {
        let text = std::fs::read_to_string(root.join(document)).unwrap();
        for path in text.split('`').filter(|p| p.starts_with("crates/") || p.starts_with("docs/")) {
            assert!(root.join(path).exists(), "{document} names {path}, which does not exist");
        }
    }
}

#[test]
fn both_databases_have_the_same_tables_with_all_migrations() {
    if !testkit::postgres_is_there() {
        return;
    }
    testkit::schema::assert_same(&[
        kernel::MIGRATIONS,
        admin::MIGRATIONS,
        know::MIGRATIONS,
        listen::MIGRATIONS,
        understand::MIGRATIONS,
        act::MIGRATIONS,
        steer::MIGRATIONS,
    ]);
}

#[test]
fn every_key_of_the_configuration_is_in_its_page_and_no_other() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let page = std::fs::read_to_string(page).unwrap();
    let defaults = serde_json::to_value(kernel::config::Config::default()).unwrap();
    let keys: std::collections::BTreeSet<&str> =
        defaults.as_object().unwrap().keys().map(String::as_str).collect();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let told: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row.split('`').nth(1).unwrap()).collect();
    assert_eq!(told, keys);
    for row in rows {
        let key = row.split('`').nth(1).unwrap();
        assert!(row.contains(&format!("`BOCAL_{}`", key.to_uppercase())), "{row}");
    }
}
