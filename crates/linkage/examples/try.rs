//! Developer's probe.
use linkage::{Column, Intake, Linkage, Options};
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let begin = Instant::now();
    let mut truth: Vec<String> = Vec::new();
    let mut readers: Vec<_> = args[1..]
        .iter()
        .filter(|a| !a.starts_with("--"))
        .map(|p| csv::Reader::from_path(p).unwrap())
        .collect();
    let columns: Vec<Vec<Column>> = args[1..]
        .iter()
        .filter(|a| !a.starts_with("--"))
        .map(|p| {
            let mut r = csv::Reader::from_path(p).unwrap();
            let headers: Vec<String> = r.headers().unwrap().iter().map(str::to_owned).collect();
            let sample: Vec<Vec<String>> =
                r.records().take(2000).map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
            let guesses = linkage::columns::guess(&headers, &sample);
            headers
                .into_iter()
                .zip(guesses)
                .map(|(name, mut guess)| {
                    if name == "truth" || name == "cluster" {
                        guess.kind = linkage::columns::Kind::Ignored;
                    }
                    if args.iter().any(|a| a == "--told") {
                        eprintln!("{name}: {guess:?}");
                    }
                    Column { name, guess }
                })
                .collect()
        })
        .collect();
    let refs: Vec<&[Column]> = columns.iter().map(|c| c.as_slice()).collect();
    let mut intake = Intake::new(&refs);
    let mut n_first = 0;
    for (file, reader) in readers.iter_mut().enumerate() {
        let at = columns[file].iter().position(|c| c.name == "truth" || c.name == "cluster").unwrap();
        let (mut chunk, mut spare): (Vec<csv::StringRecord>, Vec<csv::StringRecord>) = Default::default();
        loop {
            let mut record = spare.pop().unwrap_or_default();
            let more = reader.read_record(&mut record).unwrap();
            if more {
                truth.push(record[at].to_owned());
                chunk.push(record);
            }
            if chunk.len() == 8192 || !more {
                intake.push(file, chunk.len(), &|r, c| chunk[r].get(c).unwrap_or(""));
                spare.append(&mut chunk);
            }
            if !more {
                break;
            }
        }
        if file == 0 {
            n_first = truth.len();
        }
    }
    eprintln!("read {:.2}", begin.elapsed().as_secs_f64());
    let records = intake.finish();
    eprintln!(
        "arranged {:.2} units {} bytes {}",
        begin.elapsed().as_secs_f64(),
        records.units(),
        records.bytes()
    );
    let stages = std::sync::Mutex::new(None);
    let linkage = Linkage::new(records, &Options::default(), None, &|p| {
        let mut s = stages.lock().unwrap();
        if *s != Some(p.stage) {
            eprintln!("  {:?} {:.2}", p.stage, begin.elapsed().as_secs_f64());
            *s = Some(p.stage);
        }
    });
    eprintln!("learnt {:.2}", begin.elapsed().as_secs_f64());
    if args.iter().any(|a| a == "--told") {
        eprintln!("{:#?}", linkage.report());
        for f in linkage.model().fields {
            eprintln!("{}", f.field);
            for l in f.levels {
                eprintln!(
                    "  {:24} {:.5} {:.5} {:.2e} {:+.1}",
                    l.level,
                    l.person,
                    l.household,
                    l.stranger,
                    (l.person / l.stranger).log2()
                );
            }
        }
    }
    eprintln!("missed share {:?} one {}", linkage.report().missed_share, linkage.report().one_to_one);
    let mut ids = std::collections::HashMap::new();
    let labels: Vec<u32> = truth
        .iter()
        .map(|t| {
            let n = ids.len() as u32;
            *ids.entry(t.clone()).or_insert(n)
        })
        .collect();
    let linking = columns.len() > 1;
    for t in if args.iter().any(|a| a == "--quick") {
        vec![0.5]
    } else {
        vec![0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999]
    } {
        let people = linkage.people(t);
        let (tp, pp, ap) = count(&people.of_row, &labels, linking.then_some(n_first));
        let (p, r) = (tp / pp, tp / ap);
        eprintln!(
            "t {t:5} people {} P {p:.4} R {r:.4} F1 {:.4}  b3 {:.4}",
            people.count,
            2.0 * p * r / (p + r),
            b3(&people.of_row, &labels)
        );
    }
    eprintln!("done {:.2}", begin.elapsed().as_secs_f64());
    if let Some(most) = args.iter().find_map(|a| a.strip_prefix("--errors=")) {
        let most: usize = most.parse().unwrap();
        let people = linkage.people(0.5);
        let pairs: Vec<_> = linkage.pairs(0.0).collect();
        for wrong in [false, true] {
            let mut n = 0;
            for p in &pairs {
                let (a, b) = (p.rows.0 as usize, p.rows.1 as usize);
                let (same, said) = (labels[a] == labels[b], people.of_row[a] == people.of_row[b]);
                if same == said || same != wrong {
                    continue;
                }
                n += 1;
                if n * 37 % 100 > 20 || n > most * 5 {
                    continue;
                }
                let e = linkage.explain(p.rows.0, p.rows.1).unwrap();
                eprintln!(
                    "{} p {:.3} before {:.1} family {:.1} rivals {:.1} {:?}",
                    if same { "MISSED" } else { "FALSE" },
                    e.probability,
                    e.before,
                    e.family,
                    e.rivals,
                    e.alternative
                );
                for f in e.findings {
                    eprintln!("    {:14} {:14} {:+.1}  {} | {}", f.field, f.level, f.bits, f.left, f.right);
                }
            }
            eprintln!("{} {n}", if wrong { "missed" } else { "false" });
        }
    }
}
fn pairs(xs: &mut Vec<(u32, u32, bool)>, linking: bool) -> f64 {
    xs.sort_unstable();
    xs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|c| {
            let n = c.len() as f64;
            if linking {
                let f = c.iter().filter(|x| x.2).count() as f64;
                f * (n - f)
            } else {
                n * (n - 1.0) / 2.0
            }
        })
        .sum()
}
fn count(p: &[u32], t: &[u32], split: Option<usize>) -> (f64, f64, f64) {
    let f = |i: usize| split.is_some_and(|s| i >= s);
    let l = split.is_some();
    let mut both: Vec<_> = (0..p.len()).map(|i| (p[i], t[i], f(i))).collect();
    let mut pp: Vec<_> = (0..p.len()).map(|i| (p[i], 0, f(i))).collect();
    let mut tt: Vec<_> = (0..p.len()).map(|i| (t[i], 0, f(i))).collect();
    (pairs(&mut both, l), pairs(&mut pp, l), pairs(&mut tt, l))
}
fn b3(p: &[u32], t: &[u32]) -> f64 {
    use std::collections::HashMap;
    let (mut a, mut b, mut c) = (HashMap::new(), HashMap::new(), HashMap::new());
    for i in 0..p.len() {
        *a.entry(p[i]).or_insert(0.0) += 1.0;
        *b.entry(t[i]).or_insert(0.0) += 1.0;
        *c.entry((p[i], t[i])).or_insert(0.0) += 1.0;
    }
    let (mut pr, mut re) = (0.0, 0.0);
    for i in 0..p.len() {
        let x: f64 = c[&(p[i], t[i])];
        pr += x / a[&p[i]];
        re += x / b[&t[i]];
    }
    let n = p.len() as f64;
    let (pr, re) = (pr / n, re / n);
    2.0 * pr * re / (pr + re)
}
