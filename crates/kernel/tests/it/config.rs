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
