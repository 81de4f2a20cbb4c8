//! What the tests of the rooms share.

use kernel::Id;
use kernel::db::Engine;
use kernel::identity::Actor;
use kernel::texts::{Locale, T, Texts};
use know::customers::model::CustomerInput;
use listen::answering::model::Given;
use listen::responses::actions::{Brought, bring};
use listen::surveys::model::{NewSurvey, Settings, Template};
use testkit::{Kit, Parts, TestApp};

/// A database with every table up to this crate, its jobs and its subscriptions.
pub(crate) fn start(engine: Engine) -> Kit {
    Kit::builder(engine)
        .migrations(&[
            kernel::MIGRATIONS,
            know::MIGRATIONS,
            listen::MIGRATIONS,
            understand::MIGRATIONS,
            crate::MIGRATIONS,
        ])
        .handlers(crate::handlers())
        .subscriptions([listen::subscriptions(), crate::subscriptions()].concat())
        .start()
}

/// The application with the routes of this crate and of those before it.
pub(crate) fn app(kit: &Kit) -> TestApp<'_> {
    let parts = Parts {
        routes: know::routes().merge(listen::routes()).merge(crate::routes()),
        texts: vec![know::TEXTS, listen::TEXTS, crate::TEXTS],
        nav: crate::NAV.to_vec(),
        ..Parts::default()
    };
    TestApp::new(kit, parts)
}

/// Texts in French.
pub(crate) fn texts() -> T {
    let all = [kernel::texts::SOURCES, web_kit::TEXTS, know::TEXTS, listen::TEXTS, crate::TEXTS].concat();
    Texts::leak(&all).unwrap().reader(Locale::Fr)
}

/// A customer with an address.
pub(crate) fn customer(kit: &Kit, name: &str, site: Option<Id>) -> Id {
    let input = CustomerInput {
        given_name: "Awa".into(),
        family_name: name.into(),
        email: format!("{}@exemple.fr", name.to_lowercase()),
        mobile: "06 39 98 41 12".into(),
        site: site.map(|s| s.to_string()).unwrap_or_default(),
        ..CustomerInput::default()
    };
    let by = Actor::system("test");
    kit.write(move |tx| know::customers::actions::create(tx, &by, &input)).id
}

/// A published survey.
pub(crate) fn survey(kit: &Kit, template: Template) -> Id {
    let by = Actor::system("test");
    let content = listen::surveys::templates::content(texts(), template, "la Maison");
    let settings = Settings { name: "Relation".into(), after_contact: false, quiet_days: 0 };
    let new = NewSurvey { template, settings, content };
    kit.write(move |tx| {
        let draft = listen::surveys::actions::create(tx, &by, &new)?;
        listen::surveys::actions::publish(tx, &by, draft.id)
    })
    .id
}

/// An answer with its words.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) customer: Option<Id>,
    pub(crate) site: Option<Id>,
    pub(crate) score: i64,
    pub(crate) words: &'static str,
    pub(crate) may_call: bool,
    pub(crate) reach: &'static str,
}

/// Records an answer and delivers its event.
pub(crate) fn answer(kit: &Kit, survey: Id, said: &Said) -> Id {
    let given = |question: &str, value: Option<i64>, text: &str| Given {
        question: question.into(),
        value,
        text: Some(text.to_owned()).filter(|t| !t.is_empty()),
    };
    let brought = Brought {
        answers: vec![
            given("q1", Some(said.score), ""),
            given("q2", None, said.words),
            given("q3", Some(i64::from(said.may_call)), said.reach),
        ],
        customer: said.customer,
        site: said.site,
        channel: "web".into(),
        collection: kernel::figures::Collection::Census,
        locale: Locale::Fr,
        at: None,
        weight: None,
    };
    let id = kit.write(move |tx| bring(tx, &Actor::system("test"), survey, &brought));
    kit.deliver();
    id
}
