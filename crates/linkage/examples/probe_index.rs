//! Developer's probe of the index.
use linkage::{Column, Index, Intake, Linkage, Options};
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let sample: Vec<Vec<String>> =
        rows.iter().take(2000).map(|r| r.iter().map(str::to_owned).collect()).collect();
    let columns: Vec<Column> = headers
        .iter()
        .zip(linkage::columns::guess(&headers, &sample))
        .map(|(n, guess)| Column { name: n.clone(), guess })
        .collect();
    let (old, new) = rows.split_at(rows.len() - 1000);
    let mut intake = Intake::new(&[&columns]);
    for chunk in old.chunks(8192) {
        intake.push(0, chunk.len(), &|r, c| chunk[r].get(c).unwrap_or(""));
    }
    let linkage = Linkage::new(intake.finish(), &Options::default(), None, &|_| ());
    let begin = Instant::now();
    let mut index = Index::new(linkage, &columns).unwrap();
    eprintln!("index made in {:.2} s", begin.elapsed().as_secs_f64());
    let at = |h: &str| headers.iter().position(|x| x == h).unwrap();
    for (g, f) in [("Jean", "Martin"), ("Marie", "Kerjean"), ("", "Martin"), ("Nathalie", "Bernard")] {
        let mut row = vec![""; headers.len()];
        row[at("prenom")] = g;
        row[at("nom")] = f;
        let begin = Instant::now();
        let found = index.search(&[row], 0.0, 10);
        eprintln!(
            "{g} {f}: {} found in {:.2} ms, best {:?}",
            found[0].len(),
            begin.elapsed().as_secs_f64() * 1e3,
            found[0].first()
        );
    }
    let cells: Vec<Vec<&str>> = new.iter().map(|r| r.iter().collect()).collect();
    let begin = Instant::now();
    let found = index.add(&cells, 0.5, 10);
    eprintln!("1000 added in {:.3} s", begin.elapsed().as_secs_f64());
    let truth = at("truth");
    let (mut right, mut wrong) = (0, 0);
    for (i, f) in found.iter().enumerate() {
        for x in f {
            let t = if (x.row as usize) < rows.len() { &rows[x.row as usize][truth] } else { "" };
            if t == cells[i][truth] { right += 1 } else { wrong += 1 }
        }
    }
    eprintln!("right {right} wrong {wrong}");
    let mut row = cells[0].clone();
    row[0] = "";
    let again = index.search(&[row.clone()], 0.5, 10);
    eprintln!("{again:?} removed {} then {:?}", index.remove(again[0][0].row), index.search(&[row], 0.5, 10));
}
