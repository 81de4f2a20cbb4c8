//! Queueing, on both engines.

use kernel::Error;
use kernel::identity::Actor;
use kernel::mail::{Block, Outgoing, Queued, Recipient, State, queue, queue_all, rules, store};
use kernel::texts::Locale;
use testkit::{Engine, Kit};

fn start(engine: Engine) -> Kit {
    Kit::new(engine, &[kernel::MIGRATIONS])
}

pub(crate) fn outgoing(key: &str, address: &str) -> Outgoing {
    Outgoing {
        key: key.into(),
        kind: "test",
        to: Recipient { address: address.into(), name: "Awa Diatta".into(), customer: None, user: None },
        locale: Locale::Fr,
        subject: "Votre avis".into(),
        blocks: vec![Block::Text("Bonjour,".into()), Block::Quote("Rien {$ne} va".into())],
        about: None,
        site: None,
        unsubscribe: None,
        not_before: None,
    }
}

testkit::on_both! {
    with start;

    fn a_key_is_queued_once(kit) {
        let by = Actor::system("test");
        let first = kit.write({ let by = by.clone(); move |tx| queue(tx, &by, &outgoing("a:1", "awa@exemple.fr")) });
        let again = kit.write({ let by = by.clone(); move |tx| queue(tx, &by, &outgoing("a:1", "awa@exemple.fr")) });
        assert_eq!(again, Queued::Already(first.id()));
        let many: Vec<_> = (0..150).map(|n| outgoing(&format!("a:{n}"), "awa@exemple.fr")).collect();
        let new = kit.write({ let many = many.clone(); move |tx| queue_all(tx, &by, &many) });
        assert_eq!(new, 149);
        let mail = kit.read(|tx| store::by_key(tx, "a:1")).unwrap();
        assert_eq!((mail.state, mail.blocks), (State::Waiting, many[1].blocks.clone()));
    }
}

#[test]
fn an_address_that_could_smuggle_a_header_or_a_second_recipient_is_refused() {
    let bad = [
        "",
        "awa",
        "awa@",
        "@exemple.fr",
        "awa@exemple..fr",
        "a b@exemple.fr",
        "awa@exemple.fr\r\nBcc: x@y.fr",
        "awa@exemple.fr\n",
        "awa@exemple.fr,x@y.fr",
        "awa@exemple.fr;x@y.fr",
        "awa@exemple.fr x@y.fr",
        "Awa <awa@exemple.fr>",
        "a@b@c.fr",
        "awa\0@exemple.fr",
    ];
    for address in bad {
        let refused = rules::address(address);
        assert!(matches!(&refused, Err(Error::Invalid(e)) if e[0].field == "email"), "{address:?}");
    }
    for good in ["awa@exemple.fr", "a.b+c@sous.exemple.fr", "élodie@exemple.fr", "root@localhost"] {
        rules::address(good).unwrap();
    }
}

#[test]
fn a_subject_of_two_lines_and_a_variable_left_open_are_refused() {
    let mut two_lines = outgoing("a", "awa@exemple.fr");
    two_lines.subject = "Bonjour\r\nBcc: x@y.fr".into();
    assert!(matches!(rules::check(&two_lines), Err(Error::Invalid(e)) if e[0].field == "subject"));
    let mut open = outgoing("a", "awa@exemple.fr");
    open.blocks.push(Block::Small("Bonjour {$name}".into()));
    assert!(matches!(rules::check(&open), Err(Error::Refused(m)) if m.key == "mail-error-variable"));
}
