//! What customers say after the story, up to the day the demonstration is made: no page of this week is empty.

use super::answers::{Invitation, Survey, WalkIn, reply, walk_in};
use super::customers::Customer;
use crate::demo::calendar::{LAST, Moment, Place, TAIL, demand};
use crate::demo::random::Random;

/// Answers to invitations on each day.
const A_DAY: usize = 6;
/// Days after which nobody answers any more.
const OLD: i64 = 8;

/// Adds answers to invitations that still wait, those of the last day apart: they are left for whoever tries the
/// demonstration. One more answer is given at the printed code of each site that is open.
pub(crate) fn make(
    customers: &[Customer],
    invitations: &mut [Invitation],
    walk_ins: &mut Vec<WalkIn>,
    random: &mut Random,
) {
    let mut waiting: Vec<usize> =
        (0..invitations.len()).filter(|at| is_waiting(customers, &invitations[*at])).collect();
    random.shuffle(&mut waiting);
    for day in LAST + 1..=TAIL {
        for at in waiting.split_off(waiting.len().saturating_sub(A_DAY)) {
            let invitation = &mut invitations[at];
            let moment = Moment::awake(random, day);
            invitation.reply = Some(reply(&customers[invitation.customer], invitation, moment, random));
        }
        let open = Place::ALL.into_iter().filter(|place| demand(*place, day, 0.0) > 0.0);
        walk_ins.extend(open.map(|place| walk_in(customers, place, day, random)));
    }
    walk_ins.sort_by_key(|walk_in| walk_in.reply.at);
}

fn is_waiting(customers: &[Customer], invitation: &Invitation) -> bool {
    matches!(invitation.survey, Survey::Contact | Survey::Effort)
        && invitation.reply.is_none()
        && (LAST - OLD..LAST).contains(&invitation.at.day())
        && customers[invitation.customer].gone.is_none()
}
