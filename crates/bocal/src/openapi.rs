//! The OpenAPI document of the whole program, from what each crate says of its own endpoints.

use std::collections::BTreeSet;

use http::Method;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AllOf, Schema};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, ResponseBuilder};
use web_kit::Access;

use crate::assembly;

/// What each crate documents.
pub(crate) fn parts() -> Vec<OpenApi> {
    vec![
        admin::openapi(),
        know::openapi(),
        listen::openapi(),
        understand::openapi(),
        act::openapi(),
        steer::openapi(),
    ]
}

/// The document, with what holds for all endpoints: the token, and the shape of errors.
pub(crate) fn document() -> OpenApi {
    let mut document = OpenApi::default();
    for part in parts() {
        if document.paths.paths.is_empty() {
            document = part;
        } else {
            document.merge(part);
        }
    }
    let components = document.components.get_or_insert_with(Default::default);
    let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.add_security_scheme("token", scheme);
    open_what_is_flattened(&mut components.schemas);
    let routes = assembly::routes();
    for (path, item) in &mut document.paths.paths {
        let operations = [
            (Method::GET, &mut item.get),
            (Method::POST, &mut item.post),
            (Method::PATCH, &mut item.patch),
            (Method::DELETE, &mut item.delete),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            errors_are_problems(operation);
            let route = routes.table().iter().find(|route| route.path == path && route.method == method);
            if let Some(Access::Api(permission)) = route.map(|route| route.access) {
                operation.security = Some(vec![SecurityRequirement::new("token", [permission.name()])]);
            }
        }
    }
    document
}

/// Whatever is no success is a problem document.
fn errors_are_problems(operation: &mut Operation) {
    operation.responses.responses.retain(|status, _| status.starts_with('2'));
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new()
        .description("What went wrong, and what to do")
        .content("application/problem+json", problem)
        .build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(response));
}

/// What a body takes in whole, beside fields of its own, cannot forbid those.
fn open_what_is_flattened(schemas: &mut std::collections::BTreeMap<String, RefOr<Schema>>) {
    let mut flattened = BTreeSet::new();
    for schema in schemas.values() {
        let RefOr::T(Schema::AllOf(AllOf { items, .. })) = schema else { continue };
        for item in items {
            if let RefOr::Ref(reference) = item {
                flattened.extend(reference.ref_location.rsplit('/').next().map(str::to_owned));
            }
        }
    }
    for name in flattened {
        if let Some(RefOr::T(Schema::Object(object))) = schemas.get_mut(&name) {
            object.additional_properties = None;
        }
    }
}
