//! Embeds what `make web` bundled: every file of `web/dist` with its compressed twins, under its hashed name.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.join("manifest.json").display());
    let Ok(text) = std::fs::read_to_string(dist.join("manifest.json")) else {
        println!(
            "cargo::error=web/dist/manifest.json is missing: run `make web` once (it needs Node and npm)"
        );
        return;
    };
    let manifest: std::collections::BTreeMap<String, String> = match serde_json::from_str(&text) {
        Ok(manifest) => manifest,
        Err(error) => {
            println!("cargo::error=web/dist/manifest.json: {error}");
            return;
        }
    };
    let mut code = String::from("pub(super) static FILES: &[File] = &[\n");
    for (name, hashed) in &manifest {
        let path = dist.join(hashed);
        let path = path.display();
        let _ = writeln!(
            code,
            "File {{ name: {name:?}, hashed: {hashed:?}, plain: include_bytes!({:?}), \
             brotli: include_bytes!({:?}), gzip: include_bytes!({:?}) }},",
            format!("{path}"),
            format!("{path}.br"),
            format!("{path}.gz"),
        );
    }
    code.push_str("];\n");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    if let Err(error) = std::fs::write(Path::new(&out).join("assets.rs"), code) {
        println!("cargo::error=cannot write the list of assets: {error}");
    }
}
