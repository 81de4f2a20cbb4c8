//! Surveys, invitations and answers.

use kernel::figures::Collection;
use kernel::identity::{Actor, Permission};
use kernel::texts::Locale;
use kernel::{Error, Id, Result, Tx};
use listen::answering::model::{Answer, Incoming};
use listen::surveys::model::{Content, NewSurvey, QuestionKind, Settings, Template};
use listen::surveys::{actions, templates};

use super::Work;
use super::founding::House;
use crate::demo::calendar::{Moment, Place};
use crate::demo::plan::answers::{About, Reply, Survey};
use crate::demo::plan::cases::Source as Origin;

/// Key of the name among colleagues, template, invited after each contact, quiet days.
const fn settings(survey: Survey) -> (&'static str, Template, bool, i64) {
    match survey {
        Survey::Relation => ("demo-survey-relation", Template::Nps, false, 30),
        Survey::Contact => ("demo-survey-contact", Template::Csat, true, 10),
        Survey::Effort => ("demo-survey-effort", Template::Ces2, false, 10),
        Survey::Code => ("demo-survey-code", Template::Nps, false, 0),
    }
}

/// A published survey.
#[derive(Clone, Debug)]
struct Published {
    id: Id,
    number: i64,
    content: Content,
}

/// The surveys, in the order of [`Survey::ALL`].
#[derive(Clone, Debug, Default)]
pub(super) struct Surveys(Vec<Published>);

impl Surveys {
    fn get(&self, survey: Survey) -> Result<&Published> {
        self.0.get(survey as usize).ok_or_else(|| Error::internal("a survey of the demonstration is missing"))
    }
}

/// Writes and publishes the surveys, as somebody of marketing would.
pub(super) fn surveys(tx: &mut Tx<'_>, work: &Work, house: &House) -> Result<Surveys> {
    let by = house.one_who(Permission::SurveysWrite)?.clone();
    let name = kernel::organisation::store::get(tx)?.name;
    let mut all = Vec::with_capacity(Survey::ALL.len());
    for survey in Survey::ALL {
        let (key, template, after_contact, quiet_days) = settings(survey);
        let settings = Settings { name: work.texts.get(key), after_contact, quiet_days };
        let content = templates::content(work.texts, template, &name);
        let new = NewSurvey { template, settings, content: content.clone() };
        let made = actions::create(tx, &by, &new)?;
        let published = actions::publish(tx, &by, made.id)?;
        all.push(Published { id: made.id, number: published.published_number.unwrap_or(1), content });
    }
    Ok(Surveys(all))
}

/// Survey and channel of an invitation.
pub(super) fn way(work: &Work, at: usize) -> (Survey, &'static str) {
    let invitation = &work.plan.invitations[at];
    let channel = match invitation.about {
        About::Wave(_) => "link",
        About::Contact { channel, .. } => channel,
    };
    (invitation.survey, channel)
}

const fn collection(survey: Survey) -> Collection {
    match survey {
        Survey::Relation | Survey::Effort => Collection::RandomDraw,
        Survey::Contact => Collection::Census,
        Survey::Code => Collection::SelfSelected,
    }
}

/// Invites customers to a survey.
pub(super) fn invite(
    tx: &mut Tx<'_>,
    work: &Work,
    house: &House,
    survey: Survey,
    channel: &str,
    list: &[usize],
) -> Result<()> {
    let whom = |at: &usize| {
        let customer = work.plan.invitations[*at].customer;
        Ok((work.customer(customer)?, house.site(work.plan.customers[customer].place)))
    };
    let customers: Vec<(Id, Option<Id>)> = list.iter().map(whom).collect::<Result<_>>()?;
    let by = if survey == Survey::Relation {
        house.one_who(Permission::SurveysWrite)?.clone()
    } else {
        Actor::system(&work.texts.get(settings(survey).0))
    };
    let published = house.surveys.get(survey)?.id;
    let made =
        listen::invitations::actions::create(tx, &by, published, &customers, collection(survey), channel)?;
    for (at, invitation) in list.iter().zip(made) {
        work.keep_invitation(*at, invitation.id);
    }
    Ok(())
}

/// Records the answer to an invitation.
pub(super) fn answer(tx: &mut Tx<'_>, work: &Work, house: &House, at: usize, moment: Moment) -> Result<()> {
    let invitation = &work.plan.invitations[at];
    let Some(reply) = &invitation.reply else { return Ok(()) };
    let source = Source {
        survey: invitation.survey,
        channel: way(work, at).1,
        invitation: Some(work.invitation(at)?),
        customer: Some(work.customer(invitation.customer)?),
        place: work.plan.customers[invitation.customer].place,
    };
    let id = record(tx, work, house, &Actor::public(), &source, reply, moment)?;
    work.keep_response(Origin::Invited(at), id);
    Ok(())
}

/// Records an answer nobody was asked for; one on paper was typed in by a colleague.
pub(super) fn walk_in(tx: &mut Tx<'_>, work: &Work, house: &House, at: usize, moment: Moment) -> Result<()> {
    let walk_in = &work.plan.walk_ins[at];
    let source = Source {
        survey: Survey::Code,
        channel: if walk_in.is_paper { "paper" } else { "qr" },
        invitation: None,
        customer: walk_in.customer.map(|at| work.customer(at)).transpose()?,
        place: walk_in.place,
    };
    let by =
        if walk_in.is_paper { house.one_who(Permission::CustomersWrite)?.clone() } else { Actor::public() };
    let id = record(tx, work, house, &by, &source, &walk_in.reply, moment)?;
    work.keep_response(Origin::WalkIn(at), id);
    Ok(())
}

/// Where an answer comes from.
struct Source {
    survey: Survey,
    channel: &'static str,
    invitation: Option<Id>,
    customer: Option<Id>,
    place: Place,
}

fn record(
    tx: &mut Tx<'_>,
    work: &Work,
    house: &House,
    by: &Actor,
    source: &Source,
    reply: &Reply,
    moment: Moment,
) -> Result<Id> {
    let published = house.surveys.get(source.survey)?;
    let answers = answers(&published.content, reply);
    let incoming = Incoming {
        survey: published.id,
        version: published.number,
        content: &published.content,
        answers: &answers,
        invitation: source.invitation,
        customer: source.customer,
        site: house.site(source.place),
        channel: source.channel,
        collection: collection(source.survey),
        locale: if reply.is_english { Locale::En } else { Locale::Fr },
        at: work.shift.instant(moment, reply.score * 5 + 3),
        day: work.shift.day(moment.day()),
        nonce: None,
        weight: None,
        import: None,
    };
    listen::answering::actions::record(tx, by, &incoming).map(listen::answering::model::Outcome::id)
}

/// The score, the words if there are any, and whether a call back is welcome.
fn answers(content: &Content, reply: &Reply) -> Vec<Answer> {
    let said = |kind: QuestionKind| match kind {
        QuestionKind::Nps | QuestionKind::Csat | QuestionKind::Ces2 => Some((Some(reply.score), None)),
        QuestionKind::Text => reply.words.map(|words| (None, Some(words.to_owned()))),
        QuestionKind::ContactOk => Some((Some(i64::from(reply.call_back)), None)),
        QuestionKind::Choice => None,
    };
    let answer = |(key, (value, text)): (&str, (Option<i64>, Option<String>))| Answer {
        question: key.to_owned(),
        value,
        text,
    };
    content.questions.iter().filter_map(|q| Some((q.key.as_str(), said(q.kind)?))).map(answer).collect()
}
