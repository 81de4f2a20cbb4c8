//! Follow-ups and improvements, through the actions of their rooms.

use act::cases::actions as cases;
use act::cases::model::{CaseEdit, Closing, NewCase, Origin, Severity};
use act::causes::model::CauseInput;
use act::improvements::actions as improvements;
use act::improvements::model::{Effect, ImprovementInput};
use kernel::identity::{Actor, Permission};
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx};

use super::Work;
use super::founding::House;
use crate::demo::calendar::{BAD, LAST, Moment, Place, REPAIR};
use crate::demo::case_words::{CauseWords, Change};
use crate::demo::plan::answers::{Reply, Survey};
use crate::demo::plan::cases::{Case, Deed, Source};

/// Plants the tree of causes, families first.
pub(super) fn causes(tx: &mut Tx<'_>, work: &Work, house: &House) -> Result<()> {
    let by = house.one_who(Permission::CasesManage)?.clone();
    let (families, leaves): (Vec<&CauseWords>, Vec<&CauseWords>) =
        work.case_words.causes.iter().partition(|cause| cause.parent.is_empty());
    for cause in families.into_iter().chain(leaves) {
        let parent = match cause.parent {
            "" => String::new(),
            code => cause_id(tx, code)?.to_string(),
        };
        let importance = match cause.code.split('-').next() {
            Some("promesse" | "animaux" | "facture") => "5",
            Some("accueil" | "conseil" | "livraison") => "4",
            Some("magasin" | "prix") => "2",
            _ => "3",
        };
        let input = CauseInput {
            parent,
            code: cause.code.to_owned(),
            name_fr: cause.fr.to_owned(),
            name_en: cause.en.to_owned(),
            importance: importance.to_owned(),
            ..CauseInput::default()
        };
        act::causes::actions::create(tx, &by, &input)?;
    }
    Ok(())
}

fn cause_id(tx: &mut Tx<'_>, code: &str) -> Result<Id> {
    let found = act::causes::store::by_code(tx, code)?;
    found.map(|cause| cause.id).ok_or_else(|| Error::internal(format!("no cause {code}")))
}

/// The adviser of a case: one of its site, or of the whole cooperative.
fn adviser(work: &Work, house: &House, case: &Case, other: usize) -> Result<Actor> {
    let of_site = |(_, c): &(usize, &crate::demo::words::Colleague)| {
        c.role == "adviser" && (c.place == Some(case.place) || c.place.is_none())
    };
    let ranks: Vec<usize> =
        work.words.colleagues.iter().enumerate().filter(of_site).map(|(at, _)| at).collect();
    let rank = ranks.get((case.adviser + other) % ranks.len().max(1)).copied().unwrap_or(0);
    house.colleague(rank).cloned()
}

/// Does what is done on a case at a moment.
pub(super) fn deed(
    tx: &mut Tx<'_>,
    work: &Work,
    house: &House,
    at: usize,
    rank: usize,
    moment: Moment,
) -> Result<()> {
    let case = &work.plan.cases[at];
    let by = adviser(work, house, case, 0)?;
    let deed = case.deeds[rank].1;
    if deed == Deed::Open {
        return open(tx, work, house, &by, at);
    }
    // What could not be opened (the customer had an open case) is not worked on.
    let Some(id) = work.case(at) else { return Ok(()) };
    match deed {
        Deed::Open => Ok(()),
        Deed::Take => cases::take(tx, &by, id).map(drop),
        Deed::Try(outcome, note) => cases::attempt(tx, &by, id, "phone", outcome, note).map(drop),
        Deed::Reach => cases::attempt(tx, &by, id, "phone", "reached", case.story.attempt).map(drop),
        Deed::HandOver(note) => {
            let other = adviser(work, house, case, 1)?;
            let to = other.user().filter(|user| by.user() != Some(*user));
            to.map_or(Ok(()), |user| cases::hand_over(tx, &by, id, &user.to_string(), note).map(drop))
        }
        Deed::Find => find(tx, &by, id, case),
        Deed::Extend(reason) => {
            // Whoever carries it by now.
            let other = adviser(work, house, case, 1)?;
            let owner = cases::read(tx, &by, id)?.owner;
            let by = if owner == other.user() { other } else { by };
            extend(tx, work, &by, id, moment, reason)
        }
        Deed::Tell => tell(tx, work, &by, id, case, moment),
        Deed::Close => close(tx, &by, id, case),
        Deed::Reopen => cases::reopen(tx, &by, id, case.story.back).map(drop),
    }
}

fn open(tx: &mut Tx<'_>, work: &Work, house: &House, by: &Actor, at: usize) -> Result<()> {
    let case = &work.plan.cases[at];
    let customer = work.customer(case.customer)?;
    let site = house.site(case.place);
    let now = tx.now();
    let from_answer = |reply: &Reply, survey: Survey, response: Id| NewCase {
        origin: Origin::Answer,
        title: match case.is_clear {
            true => case.story.title.to_owned(),
            false => work.texts.get("case-title-no-words"),
        },
        words: reply.words.unwrap_or_default().to_owned(),
        customer: Some(customer),
        reach: String::new(),
        response: Some(response),
        score: Some((measure(survey).to_owned(), reply.score)),
        site,
        severity: act::cases::rules::CaseRules::severity(measure(survey), reply.score),
        cause: None,
        at: now,
        import: None,
    };
    let new = match case.source {
        Source::Invited(which) => {
            let invitation = &work.plan.invitations[which];
            let (Some(reply), Some(response)) = (&invitation.reply, work.response(Source::Invited(which)))
            else {
                return Ok(());
            };
            from_answer(reply, invitation.survey, response)
        }
        Source::WalkIn(which) => {
            let Some(response) = work.response(Source::WalkIn(which)) else { return Ok(()) };
            from_answer(&work.plan.walk_ins[which].reply, Survey::Code, response)
        }
        Source::Hand => {
            let (_, words, severity) = case.story.by_hand.unwrap_or_default();
            NewCase {
                origin: Origin::Hand,
                title: case.story.title.to_owned(),
                words: words.to_owned(),
                customer: Some(customer),
                reach: String::new(),
                response: None,
                score: None,
                site,
                severity: Severity::parse(severity).unwrap_or(Severity::Minor),
                cause: None,
                at: now,
                import: None,
            }
        }
    };
    let by = if matches!(case.source, Source::Hand) { by.clone() } else { Actor::system("bocal") };
    let opened = cases::open(tx, &by, new)?;
    work.keep_case(at, opened.id);
    Ok(())
}

const fn measure(survey: Survey) -> &'static str {
    match survey {
        Survey::Relation | Survey::Code => "nps",
        Survey::Contact => "csat",
        Survey::Effort => "ces2",
    }
}

fn find(tx: &mut Tx<'_>, by: &Actor, id: Id, case: &Case) -> Result<()> {
    let cause = cause_id(tx, case.story.cause)?;
    let known = cases::read(tx, by, id)?;
    let edit = CaseEdit {
        title: case.story.title.to_owned(),
        cause: cause.to_string(),
        remedy: case.story.remedy.to_owned(),
        cost: act::cases::rules::amount_in_form(case.story.cost),
        ..act::cases::rules::to_edit(&known)
    };
    cases::change(tx, by, id, known.version, &edit)?;
    cases::note(tx, by, id, case.story.found).map(drop)
}

/// Closes it with what was found; whoever refused to talk about it left no cause to find.
fn close(tx: &mut Tx<'_>, by: &Actor, id: Id, case: &Case) -> Result<()> {
    let known = cases::read(tx, by, id)?;
    let closing = match (known.cause, known.refusal) {
        (None, Some(refusal)) => {
            Closing { no_cause: refusal, remedy: "none".to_owned(), ..Closing::default() }
        }
        (None, None) => Closing {
            cause: cause_id(tx, case.story.cause)?.to_string(),
            remedy: case.story.remedy.to_owned(),
            ..Closing::default()
        },
        (Some(_), _) => Closing { remedy: known.remedy.name().to_owned(), ..Closing::default() },
    };
    cases::close(tx, by, id, &closing).map(drop)
}

fn extend(tx: &mut Tx<'_>, work: &Work, by: &Actor, id: Id, moment: Moment, reason: &str) -> Result<()> {
    let known = cases::read(tx, by, id)?;
    let due = kernel::organisation::store::get(tx)?.zone.day_of(known.clock.times.due_at);
    let wanted = work.shift.day(moment.day() + 6).max(due.plus_days(1));
    for day in 0..10 {
        // Whichever of the next days is a working one.
        let until = wanted.plus_days(day).to_string();
        match cases::extend(tx, by, work.texts, id, &until, "phone", reason) {
            Err(Error::Invalid(errors)) if errors.iter().any(|e| e.field == "until") => {}
            other => return other.map(drop),
        }
    }
    Ok(())
}

/// Tells the customer: by a letter that holds what it must, or by voice.
fn tell(tx: &mut Tx<'_>, work: &Work, by: &Actor, id: Id, case: &Case, moment: Moment) -> Result<()> {
    let known = cases::read(tx, by, id)?;
    if !known.is_open() || known.told_at.is_some() {
        return Ok(());
    }
    let customer = &work.plan.customers[case.customer];
    if !case.by_mail || customer.email.is_none() {
        return cases::tell(tx, by, id, "phone", case.story.told).map(drop);
    }
    let t = work.texts.in_locale(if customer.is_english { Locale::En } else { Locale::Fr });
    let date = t.day_and_month(work.shift.day(moment.day() + 5));
    let [facts, feeling, reason, change, next] = case.story.letter;
    let next = next.replace("{date}", &date);
    let hello = t.one("letter-hello", "name", format!("{} {}", customer.given, customer.family).trim());
    let letter = format!("{hello}\n\n{facts} {feeling}\n\n{reason} {change}\n\n{next}\n\n{}", by.name);
    cases::tell(tx, by, id, "mail", &letter).map(drop)
}

/// Decides and judges the improvements, each on its days, as far as the answers bear them out.
pub(super) struct Improvements<'w> {
    pub(super) work: &'w Work,
    pub(super) house: &'w House,
}

/// The days of an improvement: decided, in place, measured again.
pub(super) fn days(rank: usize, change: &Change) -> [i64; 3] {
    let spread = i64::try_from(rank).unwrap_or(0) * 5;
    match (change.outcome, change.place) {
        ("works", Some(Place::Caudrelles) | None) => [REPAIR - 4, REPAIR + 1, LAST - 1],
        // What was meant to help and did harm: in place the day the tills fail, measured before they are mended.
        ("worse", _) => [BAD - 40, BAD, REPAIR - 1],
        // Measured at every site before the bad days: after them, any figure of all sites falls with Caudrelles.
        ("no_difference", None) => [BAD - 125, BAD - 105, BAD - 6],
        ("works" | "no_difference", _) => [LAST - 170 + spread, LAST - 140 + spread, LAST - 20 + spread % 10],
        ("abandoned", _) => [LAST - 210 + spread, LAST - 60, LAST + 30],
        _ => [LAST - 40 + spread % 20, LAST - 10 + spread % 8, LAST + 60 + spread],
    }
}

impl Improvements<'_> {
    /// Decides one.
    pub(super) fn decide(&self, tx: &mut Tx<'_>, rank: usize) -> Result<()> {
        let change = &self.work.case_words.changes[rank];
        let by = self.house.one_who(Permission::ImprovementsWrite)?.clone();
        let [_, in_place, again] = days(rank, change);
        let owner = self.owner(change)?;
        let input = ImprovementInput {
            title: change.title.to_owned(),
            description: change.description.to_owned(),
            cause: cause_id(tx, change.cause)?.to_string(),
            site: change.place.and_then(|p| self.house.site(p)).map(|id| id.to_string()).unwrap_or_default(),
            owner: owner.to_string(),
            cost: act::cases::rules::amount_in_form(change.cost),
            measure: change.measure.to_owned(),
            expected: change.expected.to_owned(),
            due: self.work.shift.day(in_place + 2).to_string(),
            remeasure: self.work.shift.day(again).to_string(),
            said: change.said.to_owned(),
            did: change.did.to_owned(),
            ..ImprovementInput::default()
        };
        let made = improvements::create(tx, &by, &input)?;
        self.work.keep_improvement(rank, made.id);
        Ok(())
    }

    /// The manager of its site, or of the whole.
    fn owner(&self, change: &Change) -> Result<Id> {
        let colleagues = &self.work.words.colleagues;
        let of =
            |place: Option<Place>| colleagues.iter().position(|c| c.role == "manager" && c.place == place);
        let rank = of(change.place).or_else(|| of(None)).unwrap_or(0);
        self.house.colleague(rank)?.user().ok_or_else(|| Error::internal("a manager who is nobody"))
    }

    /// It is in place, or given up.
    pub(super) fn start(&self, tx: &mut Tx<'_>, rank: usize) -> Result<()> {
        let Some(id) = self.work.improvement(rank) else { return Ok(()) };
        let change = &self.work.case_words.changes[rank];
        let by = self.house.one_who(Permission::ImprovementsWrite)?.clone();
        if change.outcome == "abandoned" {
            return improvements::abandon(tx, &by, id, change.lesson).map(drop);
        }
        improvements::start(tx, &by, id, "").map(drop)
    }

    /// Measured again: judged where the answers say what was learnt, else left open.
    pub(super) fn judge(&self, tx: &mut Tx<'_>, rank: usize) -> Result<()> {
        let Some(id) = self.work.improvement(rank) else { return Ok(()) };
        let change = &self.work.case_words.changes[rank];
        let by = self.house.one_who(Permission::ImprovementsWrite)?.clone();
        let known = improvements::read(tx, &by, id)?;
        let shown = improvements::compare(tx, &known)?.map(|verdict| verdict.effect);
        let expected = match change.outcome {
            "works" => Effect::Better,
            "worse" => Effect::Worse,
            _ => Effect::NoDifference,
        };
        if change.lesson.is_empty() || shown != Some(expected) {
            return Ok(());
        }
        improvements::judge(tx, &by, id, change.lesson).map(drop)
    }
}
