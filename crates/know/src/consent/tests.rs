//! The room through its actions, on both databases.

use kernel::clock::SignedDuration;
use testkit::Kit;

use super::{Purpose, actions};
use crate::customers::{self, model::CustomerInput};

fn start(engine: testkit::Engine) -> Kit {
    Kit::new(engine, &[kernel::MIGRATIONS, crate::MIGRATIONS])
}

testkit::on_both! {
    with start;

    fn the_latest_decision_holds_and_the_former_ones_stay(kit) {
        let by = kit.administrator();
        let (actor, input) = (by.clone(), CustomerInput { family_name: "N’Diaye".into(), ..CustomerInput::default() });
        let id = kit.write(move |tx| customers::actions::create(tx, &actor, &input)).id;
        for granted in [true, false, true, false] {
            let actor = by.clone();
            kit.write(move |tx| actions::decide(tx, &actor, id, Purpose::Offers, granted, "au guichet"));
            kit.advance(SignedDuration::from_hours(1));
        }
        let history = kit.read(|tx| actions::history(tx, &by, id));
        assert_eq!(history.len(), 4);
        let current = actions::current(&history);
        let holds = |purpose| current.iter().find(|(p, _, _)| *p == purpose).map(|(_, holds, _)| *holds);
        assert_eq!(holds(Purpose::Offers), Some(false));
        assert_eq!(holds(Purpose::Survey), Some(true), "surveys are allowed until opposed");
        assert_eq!(holds(Purpose::CallBack), Some(false), "a call back needs a yes");
    }
}
