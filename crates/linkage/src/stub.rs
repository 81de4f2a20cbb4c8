pub use crate::normalise::fold;
pub struct WholeName { pub given: Option<String>, pub family: Option<String> }
pub struct Street { pub number: Option<String>, pub way: String }
#[derive(Clone, Copy)] pub struct Day(u32);
impl Day { pub fn packed(self) -> u32 { self.0 } }
fn some(s: String) -> Option<String> { if s.is_empty() { None } else { Some(s) } }
pub fn given_name(t: &str) -> Option<String> { some(fold(t)) }
pub fn family_name(t: &str) -> Option<String> { some(fold(t)) }
pub fn plain(t: &str) -> Option<String> { some(fold(t)) }
pub fn city(t: &str) -> Option<String> { some(fold(t)) }
pub fn country(t: &str) -> Option<String> { some(fold(t)) }
pub fn postal_code(t: &str, _h: Option<u8>) -> Option<String> { some(t.trim().to_lowercase()) }
pub fn identifier(t: &str) -> Option<String> { some(t.trim().to_lowercase()) }
pub fn email(t: &str) -> Option<String> { let t = t.trim().to_lowercase(); if t.contains('@') { Some(t) } else { None } }
pub fn phone(t: &str, _h: Option<u8>) -> Option<String> {
    let d: String = t.chars().filter(char::is_ascii_digit).collect();
    let d = d.strip_prefix("0033").or(d.strip_prefix("33")).map(|r| r.strip_prefix('0').unwrap_or(r)).map(|r| format!("0{r}")).unwrap_or(d);
    some(d)
}
pub fn whole_name(t: &str) -> Option<WholeName> {
    let f = fold(t);
    let (g, f) = f.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap_or((String::new(), f));
    Some(WholeName { given: some(g), family: some(f) })
}
pub fn street(t: &str) -> Option<Street> {
    let f = fold(t);
    let mut words: Vec<&str> = f.split(' ').collect();
    if words.is_empty() || f.is_empty() { return None; }
    let number = words[0].bytes().next().is_some_and(|b| b.is_ascii_digit()).then(|| words.remove(0).to_owned());
    let way = words.iter().map(|w| match *w { "bd" | "boul" => "boulevard", "av" | "ave" => "avenue", "r" => "rue", "pl" => "place", "imp" => "impasse", "chem" | "ch" => "chemin", "rte" => "route", "st" => "saint", w => w }).filter(|w| *w != "de" && *w != "du" && *w != "la" && *w != "des" && *w != "le" && *w!="l" && *w!="d").collect::<Vec<_>>().join(" ");
    if way.is_empty() { return None; }
    Some(Street { number, way })
}
pub fn number(t: &str) -> Option<f64> { t.trim().replace(',', ".").parse().ok() }
#[derive(Clone, Copy, Default)] pub enum Order { #[default] Dmy, Ymd }
pub fn day(t: &str, _o: Order) -> Option<Day> {
    let d: Vec<&str> = t.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let n = |s: &str| s.parse::<u32>().ok();
    let (y, m, dd) = match d[..] {
        [a] if a.len() == 8 => (n(&a[..4])?, n(&a[4..6])?, n(&a[6..])?),
        [y, m, d, ..] if y.len() == 4 => (n(y)?, n(m)?, n(d)?),
        [d, m, y, ..] => (n(y)?, n(m)?, n(d)?),
        _ => return None,
    };
    let y = if y < 30 { y + 2000 } else if y < 100 { y + 1900 } else { y };
    let p = y * 10000 + m * 100 + dd;
    if m == 0 || m > 12 || dd == 0 || dd > 31 || p == 19000101 || y > 2100 { return None; }
    Some(Day(p))
}
pub mod nickname { pub fn related(_a: &str, _b: &str) -> bool { false } }

pub fn gender(t: &str) -> Option<String> { let f = fold(t); match f.as_str() { "m" | "mr" | "monsieur" | "male" | "homme" | "h" => Some("m".into()), "mme" | "mlle" | "madame" | "mademoiselle" | "f" | "female" | "femme" | "mrs" | "miss" | "ms" => Some("f".into()), _ => some(f) } }
