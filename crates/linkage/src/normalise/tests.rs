use proptest::prelude::*;

use super::*;

type Named = (&'static str, fn(&str) -> Option<String>);

/// Every function that gives a text.
fn texts() -> Vec<Named> {
    vec![
        ("given_name", given_name),
        ("family_name", family_name),
        ("email", email),
        ("phone", |text| phone(text, Country::FRANCE)),
        ("phone of nowhere", |text| phone(text, Country::from_code("SN").unwrap())),
        ("phone of Italy", |text| phone(text, Country::ITALY)),
        ("phone of America", |text| phone(text, Country::CANADA)),
        ("city", city),
        ("postal_code", |text| postal_code(text, Country::FRANCE)),
        ("postal_code of Belgium", |text| postal_code(text, Country::BELGIUM)),
        ("identifier", identifier),
        ("country", |text| country(text).map(|country| country.to_string())),
        ("day", |text| day(text, Order::DayFirst).map(|day| day.to_string())),
    ]
}

/// Runs everything else, which must not panic.
fn others(text: &str) {
    let _ = (whole_name(text), street(text), number(text), suffix(text), forms(text), is_missing(text, true));
    for order in [Order::MonthFirst, Order::YearFirst, Order::Serial] {
        let _ = day(text, order);
    }
    let _ = Order::guess([text]);
}

#[test]
fn a_cell_of_a_megabyte_costs_no_more_than_a_line() {
    for unit in ["a", "é ", "12 ", "@", "\u{301}", "ﷺ", "\0", "d' ", "😀", "Jr ", "l ", "+1", "ß"] {
        let text = unit.repeat(1_000_000 / unit.len());
        for (name, normalise) in texts() {
            assert!(normalise(&text).is_none_or(|normal| normal.len() <= 600), "{name} of {unit:?}");
        }
        others(&text);
    }
}

#[test]
fn names_lose_what_is_not_the_name() {
    for (text, expected) in [
        ("Jean-Pierre", Some("jean pierre")),
        ("M. Jean", Some("jean")),
        ("Mme Élodie", Some("elodie")),
        ("Dr. Anne", Some("anne")),
        ("n/a", None),
        ("Nan", Some("nan")),
        ("J.", Some("j")),
        ("M C", Some("m c")),
        ("M.-C.", Some("m c")),
        ("Mme M. C.", Some("m c")),
        ("M. Claude", Some("claude")),
        ("M(0", None),
        ("Dr 12", None),
        ("42", None),
        ("山田", Some("山田")),
    ] {
        assert_eq!(given_name(text).as_deref(), expected, "{text}");
    }
    for (text, expected) in [
        ("de La Tour", "delatour"),
        ("DELATOUR", "delatour"),
        ("d'Angelo", "dangelo"),
        ("O'Brien", "obrien"),
        ("Mac Donald", "macdonald"),
        ("Durand-Martin", "durand martin"),
        ("King Jr", "king"),
        ("Dupont née Martin", "dupont martin"),
        ("née Martin", "martin"),
        ("Le Goff", "legoff"),
        ("van der Berg", "vanderberg"),
        ("El Khoury", "elkhoury"),
        ("Lê", "le"),
        ("Saint-Exupéry", "saintexupery"),
        ("St Exupery", "saintexupery"),
        ("Mme Vve Dupont", "dupont"),
        ("Sans", "sans"),
        ("M'Bappé", "mbappe"),
        ("N’Guyen", "nguyen"),
        ("Ste-Marie", "saintemarie"),
        ("da Silva Santos", "dasilva santos"),
        ("Veen, van", "vanveen"),
        ("Linden, v.d.", "vanderlinden"),
        ("v.d. Linden", "vanderlinden"),
        ("v. Gogh", "vangogh"),
        ("Durand et Martin", "durand martin"),
        ("Van", "van"),
    ] {
        assert_eq!(family_name(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn whole_names_are_taken_apart() {
    for (text, given, family) in [
        ("Jean Dupont", Some("jean"), Some("dupont")),
        ("Dupont, Jean", Some("jean"), Some("dupont")),
        ("DUPONT Jean", Some("jean"), Some("dupont")),
        ("Jean DUPONT", Some("jean"), Some("dupont")),
        ("M. Jean Dupont", Some("jean"), Some("dupont")),
        ("dupont jean", Some("jean"), Some("dupont")),
        ("Jean-Pierre DE LA TOUR", Some("jean pierre"), Some("delatour")),
        ("Jean de GAULLE", Some("jean"), Some("degaulle")),
        ("Jean Paul Martin", Some("jean paul"), Some("martin")),
        ("Marie Dupont Durand", Some("marie"), Some("dupont durand")),
        ("Madonna", None, Some("madonna")),
        ("Max Born", Some("max"), Some("born")),
        ("O'Connor Patrick", Some("patrick"), Some("oconnor")),
        ("M. et Mme DUPONT Jean", Some("jean"), Some("dupont")),
        ("Durand Marie épouse Martin", Some("marie"), Some("durand martin")),
        ("Pierre d'ARTAGNAN", Some("pierre"), Some("dartagnan")),
        ("Jean Dupont,", Some("jean"), Some("dupont")),
        ("DUPONT", None, Some("dupont")),
        ("MME MARTIN SOPHIE", Some("sophie"), Some("martin")),
        ("thomas clifford, 1st baron clifford of chudleigh", Some("thomas"), Some("clifford")),
        ("Dupont (née Martin), Anne", Some("anne"), Some("dupont martin")),
        ("Martin King, Jr.", Some("martin"), Some("king")),
        ("Ludwig van Beethoven", Some("ludwig"), Some("vanbeethoven")),
        ("LE GOFF Yann", Some("yann"), Some("legoff")),
        ("Dupont, M. C.", Some("m c"), Some("dupont")),
        ("A. Lucas", Some("a"), Some("lucas")),
        ("Dupont J.-P.", Some("j p"), Some("dupont")),
        ("Martin A.", Some("a"), Some("martin")),
        ("Sophie L.", Some("sophie"), Some("l")),
        ("HugoMarlin", Some("hugo"), Some("marlin")),
        ("McDonald", None, Some("mcdonald")),
        ("Jan v.d. Linden", Some("jan"), Some("vanderlinden")),
        ("Linden, Jan van der", Some("jan"), Some("vanderlinden")),
        ("Veen, van", None, Some("vanveen")),
        ("LINDEN Jan van der", Some("jan"), Some("vanderlinden")),
        ("M. et Mme Pascal et Pauline Douviseau", Some("pascal pauline"), Some("douviseau")),
        ("Moreau Paul et Céline", Some("paul celine"), Some("moreau")),
        ("Moreau, Paul et Céline", Some("paul celine"), Some("moreau")),
        ("M. Paul Moreau et Mme Céline Dupuis", Some("paul celine"), Some("moreau dupuis")),
        ("Paul Moreau et Céline Moreau", Some("paul celine"), Some("moreau")),
        ("Paul et Céline", Some("paul celine"), None),
    ] {
        let name = whole_name(text).unwrap_or_default();
        assert_eq!((name.given.as_deref(), name.family.as_deref()), (given, family), "{text}");
    }
    assert_eq!(whole_name("inconnu"), None);
    assert_eq!(whole_name("Martin King, Jr.").and_then(|name| name.suffix), Some(Suffix::Junior));
}

#[test]
fn identifiers_are_letters_and_digits() {
    assert_eq!(identifier("fr-12 34").as_deref(), Some("FR1234"));
    assert_eq!(identifier("n/a"), None);
    assert_eq!(identifier("000-000"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn normalising_twice_is_normalising_once(
        text in any::<String>(),
        name in "(M\\. |Dr |de |La |O'|St |née |Le )?[A-Za-zÀ-ÿ'. -]{0,24}( Jr| II| d| le| st)?",
        titled in "(M|Dr|Me|St|d)[ .('-]{0,2}[0-9A-Ma-m]{0,2}[ .]?[0-9A-Ma-m]?",
        number in "[+]?[0-9 ./()-]{0,18}",
        address in "[a-zA-Z.+-]{0,9}@?(gmail|gmial|test|[a-z.-]{1,8})\\.(com|fr|con)",
    ) {
        for text in [text, name, titled, number, address] {
            for (name, normalise) in texts() {
                if let Some(once) = normalise(&text) {
                    prop_assert_eq!(normalise(&once), Some(once.clone()), "{} of {:?}", name, text);
                }
            }
            others(&text);
        }
    }
}
