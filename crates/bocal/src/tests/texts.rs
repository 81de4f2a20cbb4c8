//! Everything a person reads is in the Fluent files, in both languages, and nothing there is unused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::assembly;

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            files(&entry, ending, found);
        } else if entry.to_string_lossy().ends_with(ending) {
            found.push(entry);
        }
    }
}

/// Keys by language, with the file each stands in.
fn keys(locale: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut paths = Vec::new();
    files(&crates(), ".ftl", &mut paths);
    for path in paths.iter().filter(|p| p.to_string_lossy().contains(&format!("/texts/{locale}/"))) {
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let Some((key, _)) = line.split_once(" =") else { continue };
            let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
                && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            if is_key {
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                assert!(all.insert(key.to_owned(), file).is_none(), "{key} stands twice in {locale}");
            }
        }
    }
    all
}

/// Every text literal that looks like a key, in code and templates.
fn literals() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut paths = Vec::new();
    files(&crates(), ".rs", &mut paths);
    files(&crates(), ".html", &mut paths);
    for path in paths {
        for part in std::fs::read_to_string(&path).unwrap().split('"') {
            let like_key = part.len() > 3
                && part.contains('-')
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
            if like_key {
                all.insert(part.to_owned());
            }
        }
    }
    all
}

#[test]
fn both_languages_have_the_same_keys() {
    let (fr, en) = (keys("fr"), keys("en"));
    let missing_en: Vec<_> = fr.keys().filter(|k| !en.contains_key(*k)).collect();
    let missing_fr: Vec<_> = en.keys().filter(|k| !fr.contains_key(*k)).collect();
    assert!(
        missing_en.is_empty() && missing_fr.is_empty(),
        "not in English: {missing_en:?}; not in French: {missing_fr:?}"
    );
}

#[test]
fn every_file_of_texts_is_read_by_the_program() {
    let texts = assembly::texts().unwrap();
    for (locale, keys) in [(kernel::texts::Locale::Fr, keys("fr")), (kernel::texts::Locale::En, keys("en"))] {
        let t = texts.reader(locale);
        let unread: Vec<_> = keys.iter().filter(|(key, _)| !t.has(key)).collect();
        assert!(unread.is_empty(), "{unread:?}");
    }
}

/// Beginnings and endings of keys that are put together at run time: `format!("role-{name}")`,
/// `format!("{key}-hint")`, `concat`enated with a plus.
fn composed() -> (BTreeSet<String>, BTreeSet<String>) {
    // Kinds of events and fields of states are named by the ledger's page.
    let mut starts: BTreeSet<String> = ["event-", "field-"].map(str::to_owned).into();
    let mut ends = BTreeSet::new();
    let mut paths = Vec::new();
    files(&crates(), ".rs", &mut paths);
    let of_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    for path in paths {
        for part in std::fs::read_to_string(&path).unwrap().split('"') {
            // A literal that ends with a dash begins keys by itself: `replacen("tabular-bad-", "import-bad-", 1)`.
            if part.len() > 5 && part.ends_with('-') && part.chars().all(of_key) {
                starts.insert(part.to_owned());
            }
            if let Some((start, _)) = part.split_once('{')
                && start.len() > 3
                && start.ends_with('-')
                && start.chars().all(of_key)
            {
                starts.insert(start.to_owned());
            }
            if let Some((_, end)) = part.rsplit_once('}')
                && end.len() > 3
                && end.starts_with('-')
                && end.chars().all(of_key)
            {
                ends.insert(end.to_owned());
            }
        }
    }
    (starts, ends)
}

#[test]
fn no_text_is_unused() {
    let used = literals();
    let (starts, ends) = composed();
    let is_used =
        |key: &str| used.contains(key) || starts.iter().any(|start| key.starts_with(start.as_str()));
    let unused: Vec<(String, String)> = keys("fr")
        .into_iter()
        .filter(|(key, _)| !is_used(key))
        .filter(|(key, _)| !ends.iter().any(|end| key.strip_suffix(end.as_str()).is_some_and(is_used)))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_text_a_template_asks_for_exists() {
    let fr = keys("fr");
    let mut paths = Vec::new();
    files(&crates(), ".html", &mut paths);
    let mut missing = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        for call in [".get(\"", ".one(\"", ".two(\"", ".all(\""] {
            for part in text.split(call).skip(1) {
                let key = part.split('"').next().unwrap();
                if !fr.contains_key(key) {
                    missing.push(format!("{}: {key}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// French counts zero as one: `[one]` without the number would say "un suivi" of none. It is `[1]` then.
#[test]
fn no_french_text_says_one_of_none() {
    let mut paths = Vec::new();
    files(&crates(), ".ftl", &mut paths);
    let mut wrong = Vec::new();
    for path in paths.iter().filter(|p| p.to_string_lossy().contains("/texts/fr/")) {
        let mut number = String::new();
        for line in std::fs::read_to_string(path).unwrap().lines() {
            if let Some((_, selector)) = line.split_once("{ $").filter(|_| line.trim_end().ends_with("->")) {
                number = format!("{{ ${} }}", selector.trim_end_matches("->").trim());
            }
            if line.trim_start().starts_with("[one]") && !line.contains(&number) {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_template_holds_a_sentence_of_its_own() {
    /// Names and signs that are the same in every language.
    const SAME: [&str; 15] = [
        "Bocal",
        "Ctrl K",
        "English",
        "Français",
        "GET",
        "POST",
        "PATCH",
        "DELETE",
        "NPS",
        "CSAT",
        "CES",
        "API",
        "CSV",
        "OpenAPI",
        "openapi.json",
    ];
    let mut paths = Vec::new();
    files(&crates(), ".html", &mut paths);
    let mut found = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        for words in visible(&text) {
            let words = words.trim_matches([' ', '·']).to_owned();
            let letters = words.chars().filter(|c| c.is_alphabetic()).count();
            // Addresses and commands are the same in every language.
            let is_command = words.starts_with("curl ") || words.starts_with(['/', '?']);
            if letters >= 2 && !is_command && !SAME.contains(&words.as_str()) {
                found.push(format!("{}: {words}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// What stands between tags, without expressions, statements, comments and entities.
fn visible(template: &str) -> Vec<String> {
    let mut text = template.replace("{% block class %}setup{% endblock %}", "");
    for (open, close) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}"), ("<", ">"), ("&", ";")] {
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(open) {
            out.push_str(before);
            out.push('\n');
            rest = after.split_once(close).map_or("", |(_, after)| after);
        }
        out.push_str(rest);
        text = out;
    }
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}
