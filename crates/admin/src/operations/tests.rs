//! Probes and the readable page of the interface.

use serde_json::json;

use super::rules::read;
use crate::tests::{app, start};

#[test]
fn a_document_is_read_with_its_references() {
    let document = json!({
        "paths": {"/api/v1/jobs/{id}": {"get": {
            "tags": ["jobs"], "summary": "Shows one job.", "security": [{"token": ["jobs.manage"]}],
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "The job", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}}}}
        }}},
        "components": {"schemas": {"Job": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "description": "Identifier."}, "done": {"type": ["integer", "null"]}}}}}
    });
    let groups = read(&document);
    let operation = &groups[0].operations[0];
    assert_eq!(operation.anchor, "get-api-v1-jobs-id");
    assert_eq!(operation.path, [("/api/v1/jobs/".to_owned(), false), ("{id}".to_owned(), true)]);
    assert_eq!(operation.permission, "jobs.manage");
    assert_eq!(operation.short_path(), "/jobs/{id}");
    let fields: Vec<(&str, &str)> =
        operation.answers[0].fields.iter().map(|f| (f.name.as_str(), f.kind.as_str())).collect();
    assert!(fields.contains(&("id", "string")) && fields.contains(&("done", "integer | null")));
}

testkit::on_both! {
    with start;

    fn probes_answer_without_an_account(kit) {
        let app = app(kit);
        assert_eq!(app.get("/healthz").send().expect(200).json()["status"], "ok");
        assert_eq!(app.get("/readyz").send().expect(200).json()["status"], "ready");
    }

    fn the_readable_page_asks_nothing_of_other_servers_and_names_every_operation(kit) {
        let app = app(kit);
        let page = app.get("/api/docs").send().expect(200);
        let operations = app.table().iter().filter(|r| r.path.starts_with("/api/v1/")).count();
        assert_eq!(page.html().count("article.apidoc__op"), operations);
        for (css, attribute) in [("link", "href"), ("script", "src"), ("img", "src")] {
            assert!(page.html().attributes(css, attribute).iter().all(|at| at.starts_with('/')));
        }
        app.get("/api/docs").signed_in_as(kernel::identity::Role::Adviser, &[]).send().expect(200);
    }
}
