//! What the tests of the rooms share: surveys and answers written straight into their tables.

use kernel::db::Engine;
use kernel::figures::Collection;
use kernel::{Day, Id};
use testkit::{Kit, Parts, TestApp};

/// A database with the tables answers are kept in.
pub(crate) fn start(engine: Engine) -> Kit {
    Kit::new(engine, &[kernel::MIGRATIONS, know::MIGRATIONS, listen::MIGRATIONS, crate::MIGRATIONS])
}

/// The application with the routes of this crate.
pub(crate) fn app(kit: &Kit) -> TestApp<'_> {
    let parts = Parts {
        routes: crate::routes(),
        texts: vec![crate::TEXTS],
        nav: crate::NAV.to_vec(),
        ..Parts::default()
    };
    TestApp::new(kit, parts)
}

/// A published survey.
pub(crate) fn survey(kit: &Kit, name: &str) -> Id {
    let name = name.to_owned();
    kit.write(move |tx| {
        let (id, now) = (tx.new_id(), tx.now());
        tx.execute(
            "INSERT INTO surveys (id, template, name, state, secret, after_contact, quiet_days, draft, published_number,
                                  created_by, created_at, published_at, version)
             VALUES ($1, 'nps', $2, 'published', $2, FALSE, 0, '{}', 1, 'test', $3, $3, 1)",
            &[&id, &name, &now],
        )?;
        Ok(id)
    })
}

/// Answers alike.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) survey: Id,
    pub(crate) measure: &'static str,
    pub(crate) value: Option<i64>,
    pub(crate) day: Day,
    pub(crate) site: Option<Id>,
    pub(crate) channel: &'static str,
    pub(crate) collection: Collection,
    pub(crate) weight: f64,
    pub(crate) words: Option<String>,
    pub(crate) times: u32,
}

impl Given {
    /// One answer to the recommendation question of a survey, drawn at random, by e-mail.
    pub(crate) fn nps(survey: Id, day: &str, value: i64) -> Self {
        Self {
            survey,
            measure: "nps",
            value: Some(value),
            day: day.parse().unwrap(),
            site: None,
            channel: "email",
            collection: Collection::RandomDraw,
            weight: 1.0,
            words: None,
            times: 1,
        }
    }

    pub(crate) fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    pub(crate) fn at(self, site: Id) -> Self {
        Self { site: Some(site), ..self }
    }

    pub(crate) fn saying(self, words: &str) -> Self {
        Self { words: Some(words.to_owned()), ..self }
    }
}

/// Writes answers.
pub(crate) fn give(kit: &Kit, all: &[Given]) {
    let all = all.to_vec();
    kit.write(move |tx| {
        for given in &all {
            for _ in 0..given.times {
                let (id, now) = (tx.new_id(), tx.now());
                let (collection, has_words) = (given.collection.name(), given.words.is_some());
                tx.execute(
                    "INSERT INTO responses (id, survey_id, version_number, site_id, channel, collection, locale, day,
                                            submitted_at, contact_ok)
                     VALUES ($1, $2, 1, $3, $4, $5, 'fr', $6, $7, FALSE)",
                    &[&id, &given.survey, &given.site, &given.channel, &collection, &given.day, &now],
                )?;
                tx.execute(
                    "INSERT INTO answer_facts (response_id, measure, survey_id, day, site_id, channel, collection,
                                               value, weight, has_words)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    &[
                        &id, &given.measure, &given.survey, &given.day, &given.site, &given.channel, &collection,
                        &given.value, &given.weight, &has_words,
                    ],
                )?;
                if let Some(words) = &given.words {
                    tx.execute(
                        "INSERT INTO answers (response_id, question, text) VALUES ($1, 'why', $2)",
                        &[&id, words],
                    )?;
                }
            }
        }
        Ok(())
    });
}
