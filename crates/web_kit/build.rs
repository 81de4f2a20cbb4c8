//! Embeds what `make web` bundled: every file of `web/dist` with its compressed twins, under its hashed name.

use std::fmt::Write as _;
use std::path::Path;
use std::time::SystemTime;

/// What the bundle is made of, in `web`.
const SOURCES: [&str; 6] = ["src", "styles", "icons", "favicon.svg", "build.mjs", "package-lock.json"];

fn main() {
    // Asked when it runs, not when it is compiled: a target directory may serve several clones.
    let Some(here) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        println!("cargo::error=run by cargo alone");
        return;
    };
    let web = Path::new(&here).join("../../web");
    let dist = web.join("dist");
    println!("cargo::rerun-if-changed={}", dist.join("manifest.json").display());
    let Ok(text) = std::fs::read_to_string(dist.join("manifest.json")) else {
        println!(
            "cargo::error=web/dist/manifest.json is missing: run `make web` once (it needs Node and npm)"
        );
        return;
    };
    warn_if_stale(&web, &dist.join("manifest.json"));
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

/// Says so when a style or a script was changed after the bundle was made: `cargo build` alone would embed the old one.
fn warn_if_stale(web: &Path, manifest: &Path) {
    let sources = SOURCES.map(|name| web.join(name));
    for source in &sources {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    let newest = sources.iter().filter_map(|source| newest(source)).max();
    if newest > std::fs::metadata(manifest).and_then(|facts| facts.modified()).ok() {
        println!(
            "cargo::warning=web/dist is older than its sources: run `make web`, or the program shows old pages"
        );
    }
}

/// When a file, or the last changed file of a folder, was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let Ok(entries) = std::fs::read_dir(path) else { return std::fs::metadata(path).ok()?.modified().ok() };
    entries.filter_map(|entry| newest(&entry.ok()?.path())).max()
}
