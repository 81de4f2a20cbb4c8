use crate::normalise::{fold, is_missing};
fn some(s: String) -> Option<String> { if s.is_empty() { None } else { Some(s) } }
pub fn plain(t: &str) -> Option<String> { if is_missing(t, false) { return None; } some(fold(t)) }
pub fn gender(t: &str) -> Option<String> { let f = plain(t)?; match f.as_str() { "m" | "mr" | "monsieur" | "male" | "homme" | "h" => Some("m".into()), "mme" | "mlle" | "madame" | "mademoiselle" | "f" | "female" | "femme" | "mrs" | "miss" | "ms" => Some("f".into()), _ => some(f) } }
