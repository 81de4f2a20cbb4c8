//! From the cells of a row to a checked customer.

use std::sync::Arc;

use kernel::errors::FieldError;
use kernel::{Error, Message};

use super::super::outcome::Reason;
use super::super::parts::Cells;
use super::{Setting, names, words};
use crate::consent::Purpose;
use crate::customers::bulk::Derived;
use crate::customers::model::{CustomerInput, Details};
use crate::customers::rules;

/// A row that was understood.
pub struct Prepared {
    pub(super) details: Details,
    /// Decisions about consent.
    pub(super) consents: Vec<(Purpose, bool)>,
    pub(super) keys: Keys,
    /// What is stored of `details` if they are somebody new.
    pub(super) derived: Arc<Derived>,
    /// The row names somebody; otherwise the name only stands in for one.
    pub(super) has_name: bool,
    /// The row itself says person or organisation.
    pub(super) has_kind: bool,
    /// The row itself gives the role.
    pub(super) has_role: bool,
    /// The row itself gives the site.
    pub(super) has_site: bool,
}

/// What a customer is recognised by, in normal form.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    pub(super) number: Option<String>,
    pub(super) email: Option<String>,
    /// Fixed and mobile telephone.
    pub(super) phones: Vec<String>,
    pub(super) names: Names,
}

/// Names in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) given: String,
    pub(super) family: String,
    pub(super) organisation: String,
}

impl Names {
    pub(super) fn of(d: &Details) -> Self {
        Self {
            given: rules::fold(&d.given_name),
            family: rules::fold(&d.family_name),
            organisation: rules::fold(&d.organisation_name),
        }
    }
}

impl Keys {
    pub(super) fn of(d: &Details) -> Self {
        let phones = [&d.phone, &d.mobile].into_iter().flatten();
        let mut phones: Vec<String> = phones.map(|p| rules::phone_key(p, &d.country)).collect();
        phones.dedup();
        Self {
            number: d.external_number.clone(),
            email: d.email.as_deref().map(rules::email_key),
            phones,
            names: Names::of(d),
        }
    }
}

/// Understands and checks a row.
pub(super) fn prepare(setting: &Setting, cells: &Cells<'_>) -> Result<Prepared, Vec<Reason>> {
    let mut reasons = Vec::new();
    let mut input = raw_input(cells);
    let mut note = |label: &str, key: &'static str| reasons.push(Reason::field(label, key));
    input.birth_date = match (input.birth_date.is_empty(), setting.dates.parse(&input.birth_date)) {
        (true, _) => String::new(),
        (false, Some(date)) => date.day.to_string(),
        (false, None) => {
            note("customer-birth", "import-customers-error-birth");
            String::new()
        }
    };
    let has_kind = !input.kind.is_empty();
    input.kind = code(&input.kind, words::kind, || note("customer-kind", "import-customers-error-kind"));
    let has_role = !input.role.is_empty();
    input.role = code(&input.role, words::role, || note("customer-role", "import-customers-error-role"));
    input.preferred_channel = code(
        &input.preferred_channel,
        |text| words::channel(text, setting.mail_is_post),
        || note("customer-preferred", "import-customers-error-channel"),
    );
    input.locale =
        code(&input.locale, words::language, || note("customer-locale", "import-customers-error-language"));
    let site = match (input.site.is_empty(), setting.sites.find(&input.site)) {
        (true, _) => None,
        (false, None) if !setting.unknown_site_is_none => {
            note("customer-site", "import-customers-error-site");
            None
        }
        (false, found) => found,
    };
    input.site = String::new();
    let consents = consents(setting, cells, &mut reasons);
    let has_name = name(setting, cells, &mut input, &mut reasons);
    if !has_kind
        && input.given_name.is_empty()
        && input.family_name.is_empty()
        && !input.organisation_name.is_empty()
    {
        input.kind = "organisation".to_owned();
    }
    let checked = rules::check(&input, setting.today);
    let mut details = match checked {
        Ok(details) if reasons.is_empty() => details,
        Ok(_) => return Err(reasons),
        Err(error) => return Err(with_errors(reasons, error)),
    };
    let has_site = site.is_some();
    details.site = site.or(setting.site);
    if !has_role {
        details.role = setting.role;
    }
    let (keys, derived) = (Keys::of(&details), Arc::new(Derived::of(&details)));
    Ok(Prepared { details, consents, keys, derived, has_name, has_kind, has_role, has_site })
}

fn raw_input(cells: &Cells<'_>) -> CustomerInput {
    let text = |field: &str| cells.get(field).into_owned();
    CustomerInput {
        kind: text("kind"),
        role: text("role"),
        external_number: text("external_number"),
        given_name: text("given_name"),
        family_name: text("family_name"),
        organisation_name: text("organisation_name"),
        birth_date: text("birth_date"),
        locale: text("locale"),
        site: text("site"),
        email: text("email"),
        phone: text("phone"),
        mobile: text("mobile"),
        preferred_channel: text("preferred_channel"),
        street: text("street"),
        postal_code: text("postal_code"),
        city: text("city"),
        country: words::country(&cells.get("country")),
        expects: text("expects"),
        ..CustomerInput::default()
    }
}

/// The code of a word; empty when there is no word, noted when it is none we know.
fn code(text: &str, known: impl Fn(&str) -> Option<&'static str>, unknown: impl FnOnce()) -> String {
    if text.is_empty() {
        return String::new();
    }
    if let Some(code) = known(text) {
        return code.to_owned();
    }
    unknown();
    String::new()
}

/// Gives the row a name; whether it brought one itself.
fn name(setting: &Setting, cells: &Cells<'_>, input: &mut CustomerInput, reasons: &mut Vec<Reason>) -> bool {
    let full = cells.get("full_name");
    if !full.is_empty() && input.family_name.is_empty() {
        let (given, family) = names::split(&full);
        input.family_name = family;
        if input.given_name.is_empty() {
            input.given_name = given;
        }
    }
    if input.external_number.is_empty()
        && let Some(prefix) = &setting.number_prefix
    {
        input.external_number = format!("{prefix}-{}", cells.line());
    }
    let named = [&input.given_name, &input.family_name, &input.organisation_name];
    if named.iter().any(|name| !name.is_empty()) {
        return true;
    }
    // Somebody without a name is called by what we have.
    let stands_in = [&input.external_number, &input.email].into_iter().find(|text| !text.is_empty());
    match stands_in.cloned() {
        Some(text) => input.family_name = text,
        None => reasons.push(Reason::row("import-customers-error-nameless")),
    }
    false
}

fn consents(setting: &Setting, cells: &Cells<'_>, reasons: &mut Vec<Reason>) -> Vec<(Purpose, bool)> {
    let mut found = Vec::with_capacity(setting.consent_fields.len());
    for (field, purpose) in &setting.consent_fields {
        let text = cells.get(field);
        let decision = if text.is_empty() { setting.empty_consent } else { words::consent(&text) };
        match decision {
            Some(granted) => found.push((*purpose, granted)),
            None if text.is_empty() => {}
            None => reasons.push(Reason::field(purpose.key(), "import-customers-error-consent")),
        }
    }
    found
}

/// Errors of the form, as reasons of the row. The lack of a name has its own sentence already.
fn with_errors(mut reasons: Vec<Reason>, error: Error) -> Vec<Reason> {
    let Error::Invalid(errors) = error else {
        reasons.push(Reason::row("import-error-row"));
        return reasons;
    };
    for FieldError { field, message } in errors {
        if message.key == "customer-error-name" && !reasons.is_empty() {
            continue;
        }
        reasons.push(Reason { field: Some(label(&field).to_owned()), message: plain(message) });
    }
    reasons
}

/// Values of the row stay out of its reasons, so that equal reasons are counted together.
fn plain(mut message: Message) -> Message {
    message.args.retain(|(name, _)| name != "value");
    message
}

/// Text key of a field's name.
fn label(field: &str) -> &str {
    match field {
        "external_number" => "customer-number",
        "given_name" => "customer-given",
        "family_name" => "customer-family",
        "organisation_name" => "customer-organisation",
        "birth_date" => "customer-birth",
        "locale" => "customer-locale",
        "site" => "customer-site",
        "email" => "customer-email",
        "phone" => "customer-phone",
        "mobile" => "customer-mobile",
        "preferred_channel" => "customer-preferred",
        "street" => "customer-street",
        "postal_code" => "customer-postal",
        "city" => "customer-city",
        "country" => "customer-country",
        "expects" => "customer-expects",
        "kind" => "customer-kind",
        "role" => "customer-role",
        other => other,
    }
}
