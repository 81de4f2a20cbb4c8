//! Checks and normal forms, as pure functions.

use kernel::texts::Locale;
use kernel::{Day, Error, FieldError, Id, Message, Result};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::model::{Customer, CustomerInput, Details, Kind, Role};

/// Characters of a field at most.
const LONGEST: usize = 200;
/// Channels a customer can prefer.
pub const CHANNELS: [&str; 5] = ["phone", "mobile", "email", "mail", "counter"];

/// Turns what was typed into checked facts.
///
/// # Errors
/// Every wrong field with what would be accepted; nothing is corrected silently but outer spaces.
pub fn check(input: &CustomerInput, today: Day) -> Result<Details> {
    let mut errors = Vec::new();
    let mut text = |field: &'static str, value: &str| -> String {
        let clean: String = value.trim().chars().filter(|c| !c.is_control()).collect();
        if clean.chars().count() > LONGEST {
            errors.push(FieldError::new(field, Message::new("customer-error-long").with("most", LONGEST)));
        }
        clean
    };
    let given_name = text("given_name", &input.given_name);
    let family_name = text("family_name", &input.family_name);
    let organisation_name = text("organisation_name", &input.organisation_name);
    let external_number = optional(text("external_number", &input.external_number));
    let street = text("street", &input.street);
    let postal_code = text("postal_code", &input.postal_code);
    let city = text("city", &input.city);
    let expects = text("expects", &input.expects);
    let country = text("country", &input.country).to_uppercase();
    let mut note = |result: Result<()>| {
        if let Err(Error::Invalid(found)) = result {
            errors.extend(found);
        }
    };
    let details = Details {
        kind: keep(&mut note, if_empty(&input.kind, "person", Kind::parse), Kind::Person),
        role: keep(&mut note, if_empty(&input.role, "customer", Role::parse), Role::Customer),
        external_number,
        given_name,
        family_name,
        organisation_name,
        birth_day: keep(&mut note, birth_day(&input.birth_date, today), None),
        locale: keep(&mut note, locale(&input.locale), None),
        site: keep(&mut note, site(&input.site), None),
        email: keep(&mut note, email(&input.email), None),
        phone: keep(&mut note, phone("phone", &input.phone), None),
        mobile: keep(&mut note, phone("mobile", &input.mobile), None),
        preferred_channel: keep(&mut note, channel(&input.preferred_channel), None),
        street,
        postal_code,
        city,
        country,
        expects,
    };
    if !details.country.is_empty() && details.country.len() != 2 {
        errors.push(FieldError::new("country", "customer-error-country"));
    }
    if details.name().is_empty() {
        let field = if details.kind == Kind::Person { "family_name" } else { "organisation_name" };
        errors.push(FieldError::new(field, "customer-error-name"));
    }
    if errors.is_empty() { Ok(details) } else { Err(Error::Invalid(errors)) }
}

fn keep<V>(note: &mut impl FnMut(Result<()>), result: Result<V>, otherwise: V) -> V {
    match result {
        Ok(value) => value,
        Err(error) => {
            note(Err(error));
            otherwise
        }
    }
}

fn if_empty<V>(value: &str, otherwise: &str, parse: impl Fn(&str) -> Result<V>) -> Result<V> {
    let value = value.trim();
    parse(if value.is_empty() { otherwise } else { value })
}

fn optional(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn birth_day(text: &str, today: Day) -> Result<Option<Day>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day: Day = text.parse().map_err(|_| Error::field("birth_date", "customer-error-birth"))?;
    let plausible = day <= today && day.year() >= 1880;
    if plausible { Ok(Some(day)) } else { Err(Error::field("birth_date", "customer-error-birth-range")) }
}

fn locale(text: &str) -> Result<Option<Locale>> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

fn site(text: &str) -> Result<Option<Id>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Error::field("site", "customer-error-site"))
}

fn channel(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    match (text.is_empty(), CHANNELS.contains(&text)) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(text.to_owned())),
        (false, false) => Err(Error::field("preferred_channel", "customer-error-channel")),
    }
}

/// An address with one `@`, something before it and a dotted domain after it. Whether it works only a message
/// can tell.
pub fn email(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad =
        text.len() > 254 || text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
    let Some((local, domain)) = text.rsplit_once('@').filter(|_| !bad) else {
        return Err(Error::field("email", "customer-error-email"));
    };
    let labels_fit = domain.split('.').all(|label| !label.is_empty()) && domain.contains('.');
    if local.is_empty() || local.contains('@') || !labels_fit {
        return Err(Error::field("email", "customer-error-email-domain"));
    }
    Ok(Some(text.to_owned()))
}

/// A telephone number of 6 to 15 digits (the most E.164 allows), with the usual separators.
pub fn phone(field: &'static str, text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let usual = text.chars().all(|c| c.is_ascii_digit() || " .-/()+\u{a0}\u{202f}".contains(c));
    if usual && (6..=15).contains(&digits) {
        return Ok(Some(text.to_owned()));
    }
    Err(Error::field(field, "customer-error-phone"))
}

/// Lower case without accents, ligatures opened, spaces single: what search and sort compare.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most names, addresses and numbers: nothing to take apart.
        return fold_lower(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    fold_lower(text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase), text.len())
}

fn fold_lower(lower: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    let mut pending_space = false;
    for c in lower {
        if c.is_whitespace() {
            pending_space = !out.is_empty();
            continue;
        }
        if pending_space {
            out.push(' ');
            pending_space = false;
        }
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            '’' => out.push('\''),
            other => out.push(other),
        }
    }
    out
}

/// What two spellings of one e-mail address share.
pub fn email_key(email: &str) -> String {
    fold(email.trim())
}

/// What two spellings of one telephone number share: its digits, with the national trunk zero or the
/// international prefix of `country` (two letters) taken away.
pub fn phone_key(phone: &str, country: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let code = match country {
        "BE" => "32",
        "CH" => "41",
        "CA" | "US" => "1",
        _ => "33",
    };
    let international = phone.trim_start().starts_with('+') || digits.starts_with("00");
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    if international {
        let national = digits.strip_prefix(code).map(|rest| rest.trim_start_matches('0'));
        return national.map_or_else(|| digits.to_owned(), |rest| format!("{code}{rest}"));
    }
    format!("{code}{}", digits.strip_prefix('0').unwrap_or(digits))
}

/// Where a press on a telephone number leads: `tel:+33639984112`.
pub fn tel_href(phone: &str, country: &str) -> String {
    format!("tel:+{}", phone_key(phone, country))
}

/// Key the list sorts by: family name first for a person.
pub fn sort_name(details: &Details) -> String {
    match details.kind {
        Kind::Person if !details.family_name.is_empty() => {
            fold(&format!("{} {}", details.family_name, details.given_name))
        }
        _ => fold(&details.name()),
    }
}

/// Everything search looks into, folded, in one line.
pub fn search_text(details: &Details) -> String {
    let mut parts = vec![
        details.given_name.as_str(),
        details.family_name.as_str(),
        details.organisation_name.as_str(),
        details.external_number.as_deref().unwrap_or_default(),
        details.email.as_deref().unwrap_or_default(),
        details.city.as_str(),
    ];
    let phones: Vec<String> = [&details.phone, &details.mobile]
        .into_iter()
        .flatten()
        .map(|phone| phone.chars().filter(char::is_ascii_digit).collect())
        .collect();
    parts.extend(phones.iter().map(String::as_str));
    fold(&parts.join(" "))
}

/// The words to look for: folded, at most six; a word of digits and phone separators loses its separators.
pub fn search_words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let looks_like_phone = folded.chars().all(|c| c.is_ascii_digit() || " .-+/()".contains(c));
    if looks_like_phone {
        let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
        return if digits.is_empty() { Vec::new() } else { vec![digits] };
    }
    folded.split(' ').filter(|w| !w.is_empty()).take(6).map(str::to_owned).collect()
}

/// What a form shows for a stored customer.
pub fn to_input(customer: &Customer) -> CustomerInput {
    let d = &customer.details;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    CustomerInput {
        kind: d.kind.name().into(),
        role: d.role.name().into(),
        external_number: text(&d.external_number),
        given_name: d.given_name.clone(),
        family_name: d.family_name.clone(),
        organisation_name: d.organisation_name.clone(),
        birth_date: d.birth_day.map(|day| day.to_string()).unwrap_or_default(),
        locale: d.locale.map(|l| l.code().to_owned()).unwrap_or_default(),
        site: d.site.map(|id| id.to_string()).unwrap_or_default(),
        email: text(&d.email),
        phone: text(&d.phone),
        mobile: text(&d.mobile),
        preferred_channel: text(&d.preferred_channel),
        street: d.street.clone(),
        postal_code: d.postal_code.clone(),
        city: d.city.clone(),
        country: d.country.clone(),
        expects: d.expects.clone(),
        csrf: String::new(),
        version: customer.version.to_string(),
    }
}

/// Text keys of the columns of an export, in order.
pub const EXPORT_KEYS: [&str; 19] = [
    "customer-number",
    "customer-kind",
    "customer-role",
    "customer-given",
    "customer-family",
    "customer-organisation",
    "customer-birth",
    "customer-locale",
    "customer-site",
    "customer-email",
    "customer-phone",
    "customer-mobile",
    "customer-preferred",
    "customer-street",
    "customer-postal",
    "customer-city",
    "customer-country",
    "customer-expects",
    "customer-id",
];

/// A customer as a record of an export, in the order of [`EXPORT_KEYS`].
pub fn export_record(customer: &Customer, sites: &kernel::organisation::SiteNames) -> Vec<String> {
    let input = to_input(customer);
    let fields = [
        input.external_number,
        input.kind,
        input.role,
        input.given_name,
        input.family_name,
        input.organisation_name,
        input.birth_date,
        input.locale,
        sites.get(customer.details.site).to_owned(),
        input.email,
        input.phone,
        input.mobile,
        input.preferred_channel,
        input.street,
        input.postal_code,
        input.city,
        input.country,
        input.expects,
        customer.id.to_string(),
    ];
    fields.into_iter().map(harmless_cell).collect()
}

/// A cell no spreadsheet takes for a formula: one that begins like a formula is quoted, a telephone number or
/// a plain signed number excepted.
pub fn harmless_cell(text: String) -> String {
    let suspicious = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_number = text.chars().skip(1).all(|c| c.is_ascii_digit() || " .,()-/".contains(c));
    if suspicious && !(is_number && text.len() > 1 && !text.starts_with(['=', '@'])) {
        return format!("'{text}");
    }
    text
}

/// The lines of a postal address.
pub fn address_lines(d: &Details) -> Vec<String> {
    let town = format!("{} {}", d.postal_code, d.city).trim().to_owned();
    [d.street.clone(), town].into_iter().filter(|line| !line.is_empty()).collect()
}

/// Fields in which two versions differ: text key, first, second.
pub fn differing(first: &CustomerInput, second: &CustomerInput) -> Vec<(&'static str, String, String)> {
    let pairs = [
        ("customer-kind", &first.kind, &second.kind),
        ("customer-role", &first.role, &second.role),
        ("customer-number", &first.external_number, &second.external_number),
        ("customer-given", &first.given_name, &second.given_name),
        ("customer-family", &first.family_name, &second.family_name),
        ("customer-organisation", &first.organisation_name, &second.organisation_name),
        ("customer-birth", &first.birth_date, &second.birth_date),
        ("customer-locale", &first.locale, &second.locale),
        ("customer-site", &first.site, &second.site),
        ("customer-email", &first.email, &second.email),
        ("customer-phone", &first.phone, &second.phone),
        ("customer-mobile", &first.mobile, &second.mobile),
        ("customer-preferred", &first.preferred_channel, &second.preferred_channel),
        ("customer-street", &first.street, &second.street),
        ("customer-postal", &first.postal_code, &second.postal_code),
        ("customer-city", &first.city, &second.city),
        ("customer-country", &first.country, &second.country),
        ("customer-expects", &first.expects, &second.expects),
    ];
    pairs.into_iter().filter(|(_, a, b)| a != b).map(|(key, a, b)| (key, a.clone(), b.clone())).collect()
}
