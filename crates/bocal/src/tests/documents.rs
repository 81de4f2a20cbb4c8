//! The OpenAPI document and the table of routes say the same.

use std::collections::BTreeSet;

use web_kit::Access;

use crate::assembly;

#[test]
fn every_endpoint_is_in_the_openapi_document_and_nothing_else_is() {
    let document: serde_json::Value = serde_json::from_str(&assembly::openapi().to_json().unwrap()).unwrap();
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
fn the_openapi_document_is_version_3_1() {
    let document: serde_json::Value = serde_json::from_str(&assembly::openapi().to_json().unwrap()).unwrap();
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
