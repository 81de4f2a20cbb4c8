//! Imports.
use web_kit::Routes;
/// Routes.
pub fn routes() -> Routes { Routes::new() }
/// OpenAPI.
pub fn openapi() -> utoipa::openapi::OpenApi { utoipa::openapi::OpenApi::default() }
