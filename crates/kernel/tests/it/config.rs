use std::path::Path;

use kernel::config::Config;

#[test]
fn variables_of_the_build_and_of_the_tests_are_no_keys() {
    // BOCAL_TEST_POSTGRES is set wherever these tests run on both engines.
    let config = Config::load(Path::new("/nowhere/bocal.toml"), false).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
}

#[test]
fn a_file_that_was_asked_for_must_be_there() {
    assert!(Config::load(Path::new("/nowhere/bocal.toml"), true).is_err());
}

/// What is said of a file with this text; empty when it is read.
fn said(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bocal.toml");
    std::fs::write(&file, text).unwrap();
    Config::load(&file, true).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn an_address_that_makes_no_links_is_refused_by_the_name_of_its_key() {
    for bad in [
        "bocal.example.org",
        "javascript:alert(1)",
        "ftp://x.fr",
        "  ",
        "https://",
        "https://x.fr?x=1",
        "https://x.fr/#x",
        "https://moi:secret@x.fr",
        "https://x.fr /a",
        "https:x.fr",
        "https:///x.fr",
    ] {
        let said = said(&format!("public_url = \"{bad}\""));
        assert!(said.contains("public_url") && said.contains("https://bocal.example.org"), "{bad}: {said}");
    }
    for good in ["https://bocal.example.org", "http://127.0.0.1:8080/", "https://x.fr/bocal"] {
        assert_eq!(said(&format!("public_url = \"{good}\"")), "", "{good}");
    }
}

#[test]
fn a_key_that_cannot_be_meant_is_named_as_it_is_written() {
    assert!(said("max_upload_bytes = 0").contains("max_upload_bytes: 0 refuses every file"));
    assert!(said("readers = 0").contains("readers:"));
    let listen = said("listen = \"here\"");
    assert!(
        listen.contains(" listen (") && listen.contains("bocal.toml") && !listen.contains("default"),
        "{listen}"
    );
    assert!(said("smtp_uri = \"x\"").contains("smtp_uri"), "{}", said("smtp_uri = \"x\""));
}
