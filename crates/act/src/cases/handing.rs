//! Who is given cases hears of it by mail, as they hear of deadlines.

use kernel::identity::Actor;
use kernel::mail::{About, Block, Outgoing, Recipient};
use kernel::texts::T;
use kernel::{Result, Tx, organisation};

use super::model::{Case, Phase};
use super::{alerts, rules, url};

/// Kind of these mails.
const KIND: &str = "case-handover";

/// Writes to the colleague who now carries cases that somebody else just gave them. A mail about several names none of
/// their customers: it belongs to no single case, and outlives what is erased.
pub(super) fn tell(tx: &mut Tx<'_>, by: &Actor, cases: &[Case], note: &str) -> Result<()> {
    let Some(first) = cases.first() else { return Ok(()) };
    let Some(owner) = first.owner.filter(|owner| Some(*owner) != by.user()) else { return Ok(()) };
    let user = kernel::identity::store::user(tx, owner)?;
    let t = crate::texts(user.locale)?;
    let mail = match cases {
        [case] => of_one(tx, t, by, case, note)?,
        several => of_several(t, by, several),
    };
    let outgoing = Outgoing {
        key: format!("{KIND}:{}:{}:{}:{owner}", first.id, first.version, cases.len()),
        kind: KIND,
        to: Recipient { address: user.email, name: user.name, customer: None, user: Some(user.id) },
        locale: user.locale,
        subject: mail.subject,
        blocks: mail.blocks,
        about: mail.about,
        site: first.site,
        unsubscribe: None,
        not_before: None,
    };
    alerts::queue(tx, by, &outgoing)
}

/// What a mail says.
struct Mail {
    subject: String,
    blocks: Vec<Block>,
    about: Option<About>,
}

fn of_one(tx: &mut Tx<'_>, t: T, by: &Actor, case: &Case, note: &str) -> Result<Mail> {
    let customer = alerts::customer(tx, t, case)?;
    let zone = organisation::store::get(tx)?.zone;
    let mut blocks = vec![
        Block::Text(t.one("case-handed-by", "name", by.name.clone())),
        Block::Text(t.one("case-alert-who", "name", customer.clone())),
        Block::Quote(case.title.clone()),
    ];
    if !note.is_empty() {
        blocks.push(Block::Text(t.one("case-handed-note", "note", note)));
    }
    if case.clock.phase != Phase::Over {
        blocks.push(Block::Text(t.one("case-handed-due", "due", t.moment(case.clock.times.due_at, &zone))));
    }
    blocks.push(Block::Text(t.get(rules::next_step(case).key())));
    blocks.push(Block::Button { label: t.get("case-alert-open"), href: url(case.id) });
    Ok(Mail {
        subject: t.two("case-handed-subject", "reference", case.reference.clone(), "name", customer),
        blocks,
        about: Some(About { kind: "case", id: case.id, href: url(case.id) }),
    })
}

fn of_several(t: T, by: &Actor, cases: &[Case]) -> Mail {
    let references: Vec<&str> = cases.iter().map(|case| case.reference.as_str()).collect();
    Mail {
        subject: t.one("case-handed-several-subject", "n", cases.len()),
        blocks: vec![
            Block::Text(t.two("case-handed-several", "name", by.name.clone(), "n", cases.len())),
            Block::Text(references.join("\n")),
            Block::Button { label: t.get("case-home-all"), href: "/cases?view=mine".to_owned() },
        ],
        about: None,
    }
}
