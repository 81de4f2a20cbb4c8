//! What other programs made of data sets beside the project.

use std::collections::HashMap;
use std::io::Write;

use measures::path_model::{Accumulator, Block, Mode, Model, Path, Scheme};

/// Text of a file beside the project, which is not part of it.
fn beside(name: &str) -> Option<String> {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/data").join(name);
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        let _ = writeln!(std::io::stdout(), "skipped: {name} is not beside the project");
    }
    text
}

/// Cells of a table by the first column, then by heading.
fn table(text: &str) -> HashMap<String, HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heading = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = heading.iter().zip(&record).map(|(name, cell)| (name.to_owned(), cell.to_owned()));
        (record[0].to_owned(), cells.collect())
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The package plspm of R stops when weights move by less than 1e-6: its last digits are not those of the limit.
#[test]
fn the_r_package_plspm_finds_the_same() {
    let Some(data) = beside("satisfaction.csv") else { return };
    let constructs = [("IMAG", 5), ("EXPE", 5), ("QUAL", 5), ("VAL", 4), ("SAT", 4), ("LOY", 4)];
    let block = |(name, items): &(&str, usize)| {
        let items: Vec<String> = (1..=*items).map(|i| format!("{}{i}", name.to_lowercase())).collect();
        Block { name: name.to_string(), items, mode: Mode::A }
    };
    let paths = [
        ("IMAG", "EXPE"),
        ("IMAG", "SAT"),
        ("IMAG", "LOY"),
        ("EXPE", "QUAL"),
        ("EXPE", "VAL"),
        ("EXPE", "SAT"),
        ("QUAL", "VAL"),
        ("QUAL", "SAT"),
        ("VAL", "SAT"),
        ("SAT", "LOY"),
    ]
    .map(|(from, to)| Path::new(from, to));
    let data = table(&data);
    for (scheme, name) in
        [(Scheme::Centroid, "centroid"), (Scheme::Factorial, "factorial"), (Scheme::Path, "path")]
    {
        let model =
            Model::new(constructs.iter().map(block).collect(), &paths, scheme).unwrap().unstandardised();
        let mut all = Accumulator::new(&model);
        for row in data.values() {
            all.push(&model.items().iter().map(|item| row[item].parse().ok()).collect::<Vec<_>>()).unwrap();
        }
        let fit = all.fit(&model).unwrap();
        let near = |own: f64, cell: &str| (own - cell.parse::<f64>().unwrap()).abs() < 1e-4;
        let outer = table(&beside(&format!("r-plspm-satisfaction-outer-{name}.csv")).unwrap());
        for item in &fit.outer {
            let r = &outer[&item.item];
            assert!(
                near(item.weight, &r["weight"]) && near(item.loading, &r["loading"]),
                "{name} {item:?} {r:?}"
            );
        }
        if scheme == Scheme::Centroid {
            let effects = table(&beside("r-plspm-satisfaction-effects.csv").unwrap());
            for effect in &fit.effects {
                let r = &effects[&format!("{} -> {}", effect.from, effect.to)];
                assert!(
                    near(effect.direct, &r["direct"]) && near(effect.total, &r["total"]),
                    "{effect:?} {r:?}"
                );
            }
            let agreement = table(&beside("r-plspm-satisfaction-unidim.csv").unwrap());
            for construct in &fit.constructs {
                let r = &agreement[&construct.name];
                assert!(near(construct.cronbach_alpha.unwrap(), &r["cronbach_alpha"]));
                assert!(near(construct.dillon_goldstein_rho.unwrap(), &r["dillon_goldstein_rho"]));
                assert!(
                    near(construct.eig_1, &r["eig_1st"]) && near(construct.eig_2.unwrap(), &r["eig_2nd"])
                );
            }
        }
    }
}
