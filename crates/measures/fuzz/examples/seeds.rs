//! Writes what fuzzing starts from: the example and the vectors of every operation, into `corpus/`.

use std::fs;
use std::path::Path;

use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let write = |op: &str, name: &str, text: &str| {
        let folder = here.join("corpus").join(op.replace('.', "_"));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), text)
    };
    for op in measures::ops::list() {
        write(op.name, "example", op.example)?;
    }
    for file in fs::read_dir(here.join("../tests/vectors"))? {
        let vectors: Value = serde_json::from_str(&fs::read_to_string(file?.path())?)?;
        for case in vectors["cases"].as_array().into_iter().flatten() {
            if let (Some(op), Some(name)) = (case["op"].as_str(), case["name"].as_str()) {
                write(op, name, &case["input"].to_string())?;
            }
        }
    }
    Ok(())
}
