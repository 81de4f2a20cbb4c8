use kernel::clock::{SignedDuration, Zone};
use kernel::texts::{Locale, SOURCES, Source, T, Texts};
use kernel::{Day, Instant, Message};

const SENTENCES: [Source; 2] = [
    Source {
        locale: Locale::Fr,
        name: "fr/tests.ftl",
        text: "ask = Vraiment ? Oui : « non » ; 5 % ou 3 € !\n\
               jars = { $n ->\n    [one] { $n } bocal : ici\n   *[other] { $n } bocaux\n  }\n\
               named = Nom : { $name } !\n",
    },
    Source {
        locale: Locale::En,
        name: "en/tests.ftl",
        text: "ask = Really? Yes: no.\n\
               jars = { $n ->\n    [one] { $n } jar\n   *[other] { $n } jars\n  }\n\
               named = Name: { $name }\n",
    },
];

fn both() -> [T; 2] {
    let texts = Texts::leak(&[SOURCES, &SENTENCES].concat()).unwrap();
    Locale::ALL.map(|locale| texts.reader(locale))
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn french_spaces_cannot_be_broken() {
    let [fr, en] = both();
    let expected =
        "Vraiment\u{202f}? Oui\u{a0}: «\u{202f}non\u{202f}»\u{202f}; 5\u{202f}% ou 3\u{202f}€\u{202f}!";
    assert_eq!(fr.get("ask"), expected);
    assert_eq!(
        fr.one("named", "name", "Zoé ? non"),
        "Nom\u{a0}: Zoé ? non\u{202f}!",
        "what people typed is theirs"
    );
    assert_eq!(en.get("ask"), "Really? Yes: no.");
}

#[test]
fn plurals_follow_the_language() {
    let [fr, en] = both();
    assert_eq!(
        [0, 1, 2].map(|n| fr.one("jars", "n", n)),
        ["0 bocal\u{a0}: ici", "1 bocal\u{a0}: ici", "2 bocaux"]
    );
    assert_eq!([0, 1, 2].map(|n| en.one("jars", "n", n)), ["0 jars", "1 jar", "2 jars"]);
    assert_eq!(fr.one("jars", "n", 12_345), "12\u{202f}345 bocaux");
    assert_eq!(en.one("jars", "n", 12_345), "12,345 jars");
}

#[test]
fn numbers_are_written_as_each_language_does() {
    let [fr, en] = both();
    for (n, french, english) in [
        (0, "0", "0"),
        (999, "999", "999"),
        (1_000, "1\u{202f}000", "1,000"),
        (1_234_567, "1\u{202f}234\u{202f}567", "1,234,567"),
        (-1_000, "\u{2212}1\u{202f}000", "\u{2212}1,000"),
    ] {
        assert_eq!((fr.count(n).as_str(), en.count(n).as_str()), (french, english));
    }
    assert_eq!((fr.decimal(2.345678, 2), en.decimal(2.345678, 2)), ("2,35".into(), "2.35".into()));
    assert_eq!(fr.decimal(-0.001, 2), "0,00", "no minus before nothing");
    assert_eq!(
        (fr.signed(12.0, 0), fr.signed(-12.5, 1), fr.signed(0.0, 0)),
        ("+12".into(), "\u{2212}12,5".into(), "0".into())
    );
    assert_eq!((fr.percent(0.412, 1), en.percent(0.412, 1)), ("41,2\u{202f}%".into(), "41.2%".into()));
    assert_eq!(fr.decimal(f64::NAN, 2), "–");
}

#[test]
fn money_is_written_as_each_language_does() {
    let [fr, en] = both();
    assert_eq!(
        (fr.money(123_456, "EUR"), en.money(123_456, "EUR")),
        ("1\u{202f}234,56\u{202f}€".into(), "€1,234.56".into())
    );
    assert_eq!(
        (fr.money(-500, "CAD"), en.money(-500, "CAD")),
        ("\u{2212}5,00\u{202f}$".into(), "\u{2212}$5.00".into())
    );
    assert_eq!((fr.money(0, "CHF"), en.money(0, "CHF")), ("0,00\u{202f}CHF".into(), "CHF\u{a0}0.00".into()));
}

#[test]
fn days_are_written_as_each_language_does() {
    let [fr, en] = both();
    assert_eq!(
        (fr.day(day("2026-10-01")), en.day(day("2026-10-01"))),
        ("1ᵉʳ\u{a0}oct.\u{a0}2026".into(), "1\u{a0}Oct\u{a0}2026".into())
    );
    assert_eq!(fr.day_and_month(day("2026-11-24")), "24\u{a0}nov.");
    assert_eq!(fr.long_day(day("2026-11-24")), "mardi 24\u{a0}novembre 2026");
    assert_eq!(en.long_day(day("2026-11-24")), "Tuesday 24\u{a0}November 2026");
    assert_eq!(fr.month(day("2026-08-31")), "août\u{a0}2026");
    for month in 1..=12 {
        let day = Day::from_ymd(2026, month, 15).unwrap();
        for t in [fr, en] {
            assert!(!t.long_day(day).contains("month-") && !t.day(day).contains("month-"));
        }
    }
}

#[test]
fn moments_are_told_in_the_organisation_s_zone() {
    let [fr, en] = both();
    let zone: Zone = "Europe/Paris".parse().unwrap();
    let instant: Instant = "2026-06-30T22:05:00Z".parse().unwrap();
    assert_eq!(fr.moment(instant, &zone), "1ᵉʳ\u{a0}juil.\u{a0}2026 à 00:05");
    assert!(en.moment(instant, &zone).starts_with("1\u{a0}Jul\u{a0}2026"));
    assert!(en.moment(instant, &zone).ends_with("00:05"));
}

#[test]
fn durations_and_sizes_have_one_unit() {
    let [fr, en] = both();
    let told = |seconds| fr.duration(SignedDuration::from_secs(seconds));
    assert!(told(12).starts_with("12") && told(12).ends_with('s'));
    assert!(told(180).starts_with('3') && told(180).ends_with("min"));
    assert!(told(86_400 * 5).starts_with('5') && told(86_400 * 5).ends_with('j'));
    assert_eq!((fr.bytes(1_234_567), en.bytes(1_234_567)), ("1,2 Mo".into(), "1.2 MB".into()));
}

#[test]
fn an_argument_may_be_a_text_itself() {
    let [fr, en] = both();
    let message = Message::new("named").with("name", "@month-1");
    assert_eq!(fr.message(&message), "Nom\u{a0}: janvier\u{202f}!");
    assert_eq!(en.message(&message), "Name: January");
    let plain = Message::new("named").with("name", "@nobody");
    assert_eq!(en.message(&plain), "Name: @nobody");
}

#[test]
fn the_reader_s_language_is_found_in_the_header() {
    for (header, expected) in [
        ("fr-FR,fr;q=0.9,en;q=0.8", Some(Locale::Fr)),
        ("de,en;q=0.5", Some(Locale::En)),
        ("en;q=0.3, fr;q=0.7", Some(Locale::Fr)),
        ("en;q=0", None),
        ("de", None),
        ("", None),
        ("é", None),
        ("*", None),
    ] {
        assert_eq!(Locale::accepted(header), expected, "{header}");
    }
}

#[test]
fn a_key_defined_twice_is_refused_with_the_name_of_its_file() {
    let twice = [SENTENCES[0], Source { name: "fr/other.ftl", ..SENTENCES[0] }];
    let error = Texts::new(&twice).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(error.contains("fr/other.ftl"), "{error}");
    assert!(Texts::new(&[Source { locale: Locale::Fr, name: "fr/bad.ftl", text: "= nothing" }]).is_err());
}

#[test]
fn a_missing_key_shows_itself() {
    let [fr, _] = both();
    assert!(!fr.has("nowhere"));
    assert_eq!(fr.get("nowhere"), "nowhere");
}
