//! A case as programs read it.

use kernel::texts::T;
use kernel::{Day, Id, Instant};
use serde::Serialize;
use utoipa::ToSchema;

use crate::cases::model::Case;
use crate::cases::rules;

/// A case.
#[derive(Serialize, ToSchema)]
pub struct CaseBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// What people say aloud: `B-2026-000123-7`.
    reference: String,
    /// `answer`, `hand`, `api` or `import`.
    origin: String,
    /// What it is about, in our words.
    title: String,
    /// What the customer said, untouched.
    words: String,
    /// The customer, when known.
    #[schema(value_type = Option<String>)]
    customer: Option<Id>,
    /// Where somebody unknown asked to be reached.
    reach: String,
    /// The answer that opened it.
    #[schema(value_type = Option<String>)]
    response: Option<Id>,
    /// Measure of that answer: `nps`, `csat` or `ces2`.
    measure: Option<String>,
    /// Its score.
    score: Option<i64>,
    /// Where.
    #[schema(value_type = Option<String>)]
    site: Option<Id>,
    /// Which team.
    #[schema(value_type = Option<String>)]
    team: Option<Id>,
    /// Who carries it.
    #[schema(value_type = Option<String>)]
    owner: Option<Id>,
    /// `minor`, `major` or `critical`.
    severity: String,
    /// Why it happened.
    #[schema(value_type = Option<String>)]
    cause: Option<Id>,
    /// Why no cause was found, where it was closed without one.
    no_cause: Option<String>,
    /// What puts it right.
    remedy: String,
    /// Cost of the remedy, in minor units.
    cost: i64,
    /// ISO 4217 code.
    currency: String,
    /// When it opened.
    #[schema(value_type = String, format = DateTime)]
    opened_at: Instant,
    /// Until when the first contact was due.
    #[schema(value_type = String, format = DateTime)]
    contact_due_at: Instant,
    /// First contact.
    #[schema(value_type = Option<String>, format = DateTime)]
    contacted_at: Option<Instant>,
    /// When the customer was told.
    #[schema(value_type = Option<String>, format = DateTime)]
    told_at: Option<Instant>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Instant>,
    /// What a letter promised the customer, until it is kept.
    promise: Option<String>,
    /// The day it names.
    #[schema(value_type = Option<String>, format = Date)]
    promised_day: Option<Day>,
    /// How often the deadline that runs was moved.
    extensions: i64,
    /// What its clock runs against: `contact`, `answer`, or `over`.
    phase: String,
    /// Deadline of that phase.
    #[schema(value_type = String, format = DateTime)]
    due_at: Instant,
    /// Rule of that deadline: `open_days`, `open_hours`, `continuous` or `extended`.
    rule: String,
    /// What is to be done next, in the caller's language.
    next_step: String,
    /// Optimistic version.
    version: i64,
}

impl CaseBody {
    /// A case, with what is to be done next in words.
    pub fn new(t: T, case: &Case) -> Self {
        let (measure, score) = case.score.clone().unzip();
        Self {
            id: case.id,
            reference: case.reference.clone(),
            origin: case.origin.name().to_owned(),
            title: case.title.clone(),
            words: case.words.clone(),
            customer: case.customer,
            reach: case.reach.clone(),
            response: case.response,
            measure,
            score,
            site: case.site,
            team: case.team,
            owner: case.owner,
            severity: case.severity.name().to_owned(),
            cause: case.cause,
            no_cause: case.no_cause.clone(),
            remedy: case.remedy.name().to_owned(),
            cost: case.cost,
            currency: case.currency.clone(),
            opened_at: case.opened_at,
            contact_due_at: case.contact_due_at,
            contacted_at: case.contacted_at,
            told_at: case.told_at,
            closed_at: case.closed_at,
            promise: case.promise.as_ref().map(|promise| promise.words.clone()),
            promised_day: case.promise.as_ref().map(|promise| promise.day),
            extensions: case.extensions,
            phase: case.clock.phase.name().to_owned(),
            due_at: case.clock.times.due_at,
            rule: case.clock.rule().name().to_owned(),
            next_step: t.get(rules::next_step(case).key()),
            version: case.version,
        }
    }
}
