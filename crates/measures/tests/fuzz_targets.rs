//! Every operation has its fuzz target.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What stands before the list of targets in the manifest ends with this line.
const MARK: &str = "# One target for each operation,";

#[test]
fn every_operation_has_its_fuzz_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let is_mark = |line: &&str| line.starts_with(MARK);
    let kept = manifest.lines().take_while(|line| !is_mark(line)).chain(manifest.lines().find(is_mark));
    let mut wanted = kept.fold(String::new(), |text, line| text + line + "\n");
    let mut sources = Vec::new();
    for op in measures::ops::list() {
        let target = op.name.replace('.', "_");
        let path = format!("fuzz_targets/{target}.rs");
        write!(
            wanted,
            "[[bin]]\nname = \"{target}\"\npath = \"{path}\"\ntest = false\ndoc = false\nbench = false\n\n"
        )
        .unwrap();
        sources
            .push((fuzz.join(path), format!("#![no_main]\n\nmeasures_fuzz::operation!({:?});\n", op.name)));
    }
    let wanted = wanted.trim_end().to_owned() + "\n";
    if std::env::var_os("UPDATE_FUZZ_TARGETS").is_some() {
        fs::create_dir_all(fuzz.join("fuzz_targets")).unwrap();
        fs::write(fuzz.join("Cargo.toml"), &wanted).unwrap();
        sources.iter().for_each(|(path, text)| fs::write(path, text).unwrap());
        return;
    }
    let how = "run UPDATE_FUZZ_TARGETS=1 cargo test -p measures --test fuzz_targets";
    assert!(manifest == wanted, "the list of fuzz targets is not that of the operations: {how}");
    for (path, text) in sources {
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "{}: {how}", path.display());
    }
}
