//! The demonstration holds the story it tells.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use act::improvements::model::{Attained, Effect};
use kernel::clock::Weekday;
use kernel::config::Config;
use kernel::db::{Engine, Location};
use kernel::identity::Actor;
use kernel::{Day, organisation};
use testkit::Kit;

use super::calendar::{BAD, FIRST, LAST, Moment, Phase, Place, RECOVERY, Shift, TAIL, workday};
use super::case_words::CaseWords;
use super::plan::answers::{ANSWERS, About, Reply, Survey};
use super::plan::cases::{Deed, Source};
use super::plan::invitations::{DRAWN, WAVES};
use super::plan::scores::{net, recommendation};
use super::plan::{Plan, SEED};
use super::random::{Random, normal_share};
use super::words::Words;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| Words::read().unwrap())
}

fn case_words() -> &'static CaseWords {
    static WORDS: OnceLock<CaseWords> = OnceLock::new();
    WORDS.get_or_init(|| CaseWords::read().unwrap())
}

fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| Plan::make(words(), case_words(), SEED))
}

/// Scores given within the story.
fn scores(keep: impl Fn(&super::plan::answers::Invitation) -> bool) -> Vec<i64> {
    let replies = plan().invitations.iter().filter(|i| keep(i)).filter_map(|i| i.reply.as_ref());
    replies.filter(|r| r.at.day() <= LAST).map(|r| r.score).collect()
}

fn replies() -> impl Iterator<Item = &'static Reply> {
    let invited = plan().invitations.iter().filter_map(|i| i.reply.as_ref());
    invited.chain(plan().walk_ins.iter().map(|w| &w.reply))
}

fn net_of(scores: &[i64]) -> f64 {
    let (high, low) =
        (scores.iter().filter(|s| **s >= 9).count(), scores.iter().filter(|s| **s <= 6).count());
    100.0 * (high as f64 - low as f64) / scores.len() as f64
}

#[test]
fn word_files_are_whole() {
    let words = words();
    assert_eq!(words.sites.len(), 4);
    assert_eq!(words.towns.len(), 28);
    assert_eq!(words.colleagues.len(), 22);
    assert_eq!(words.given.len(), 313);
    assert_eq!(words.family.len(), 475);
    assert_eq!(words.organisations.len(), 143);
    assert_eq!(words.products.len(), 76);
    assert_eq!(words.notes.len(), 181);
    assert_eq!(words.french.len(), 1_126);
    assert_eq!(words.english.len(), 67);
    assert!((words.towns.iter().map(|t| t.weight).sum::<f64>() - 100.0).abs() < 1e-9);
    let missing: HashSet<&str> = words
        .notes
        .iter()
        .map(|n| n.subject)
        .filter(|key| words.subjects.iter().all(|(k, _)| k != key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_cause_that_a_story_names_is_in_the_tree() {
    let words = case_words();
    let causes: HashSet<&str> = words.causes.iter().map(|cause| cause.code).collect();
    let stories = words.french.iter().chain(&words.english).chain(&words.by_hand);
    let named = stories.map(|story| story.cause).chain(words.changes.iter().map(|change| change.cause));
    let unknown: Vec<&str> = named.filter(|cause| !causes.contains(cause)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(words.causes.iter().all(|c| c.parent.is_empty() || causes.contains(c.parent)));
}

#[test]
fn the_composer_recognises_most_of_what_letters_by_hand_hold() {
    use act::cases::composer::{Element, holds};
    let words = case_words();
    let letters: Vec<String> = words
        .french
        .iter()
        .chain(&words.by_hand)
        .map(|story| story.letter.join(" ").replace("{date}", "jeudi 12 mars"))
        .collect();
    for element in Element::ALL {
        let found = letters.iter().filter(|letter| holds(element, letter, "")).count();
        assert!(found * 100 >= letters.len() * 45, "{}: {found} of {}", element.name(), letters.len());
    }
}

#[test]
fn some_four_hundred_customers_are_called_back() {
    let n = plan().cases.len();
    assert!((330..=470).contains(&n), "{n}");
}

#[test]
fn one_seed_makes_one_plan() {
    let digest = |plan: &Plan| {
        let mut hasher = DefaultHasher::new();
        format!("{plan:?}").hash(&mut hasher);
        hasher.finish()
    };
    assert_eq!(digest(plan()), digest(&Plan::make(words(), case_words(), SEED)));
    assert_ne!(digest(plan()), digest(&Plan::make(words(), case_words(), SEED + 1)));
}

#[test]
fn as_many_as_the_story_tells() {
    let plan = plan();
    assert_eq!(plan.customers.len(), 2_500);
    assert_eq!(plan.customers.iter().filter(|c| c.is_pro()).count(), 375);
    let here = Place::ALL.map(|place| plan.customers.iter().filter(|c| c.place == place).count());
    assert_eq!(here, [1_125, 600, 450, 325]);
    assert!((26_500..30_500).contains(&plan.orders.len()), "{}", plan.orders.len());
    assert!((7_900..9_300).contains(&plan.contacts.len()), "{}", plan.contacts.len());
    let answers = |survey| scores(|i| i.survey == survey).len();
    assert_eq!(answers(Survey::Relation), WAVES.len() * ANSWERS.0);
    assert_eq!((answers(Survey::Contact), answers(Survey::Effort)), (ANSWERS.1, ANSWERS.2));
    assert_eq!(plan.walk_ins.iter().filter(|w| w.reply.at.day() <= LAST).count(), 800);
    let asked = |wave| plan.invitations.iter().filter(|i| i.about == About::Wave(wave)).count();
    assert!((0..WAVES.len()).all(|wave| asked(wave) == DRAWN));
}

#[test]
fn everything_happens_within_the_story() {
    let (first, last) = plan().extent();
    assert!(
        first.unwrap() >= Moment::at(FIRST, 0) && last.unwrap() < Moment::at(TAIL + 1, 0),
        "{first:?} {last:?}"
    );
    for invitation in &plan().invitations {
        assert!(plan().customers[invitation.customer].joined <= invitation.at.day());
        assert!(invitation.reply.as_ref().is_none_or(|reply| reply.at > invitation.at));
    }
    for contact in &plan().contacts {
        assert!(plan().customers[contact.customer].joined <= contact.at.day());
    }
    for order in &plan().orders {
        assert!(plan().customers[order.customer].joined <= order.at.day() && order.amount > 0);
    }
}

#[test]
fn an_invitation_waits_for_whoever_tries_the_demonstration() {
    let newest = plan().invitations.iter().rev().find(|i| i.survey == Survey::Contact).unwrap();
    assert!(newest.at.day() == LAST && newest.reply.is_none());
}

#[test]
fn nobody_can_be_reached_for_real() {
    let range = |number: &String, prefix: &str| {
        number.starts_with(prefix) && number.chars().filter(char::is_ascii_digit).count() == 10
    };
    for customer in &plan().customers {
        if let Some(email) = &customer.email {
            assert!(email.ends_with("@exemple.fr") || email.ends_with("@example.org"), "{email}");
            assert!(email.is_ascii() && !email.contains(' '), "{email}");
        }
        assert!(customer.phone.iter().all(|n| range(n, "02 61 91 ")), "{:?}", customer.phone);
        assert!(customer.mobile.iter().all(|n| range(n, "06 39 98 ")), "{:?}", customer.mobile);
        assert!(customer.postal_code.starts_with("99"));
        assert!(
            words().colleagues.iter().all(|c| (c.given, c.family) != (&customer.given, &customer.family))
        );
    }
}

#[test]
fn target_figures_are_met_by_the_shares_scores_are_drawn_from() {
    let near = |place, day, target: f64| {
        let found = net(&recommendation(place, day));
        assert!((found - target).abs() < 1.5, "{place:?} {day}: {found} instead of {target}");
    };
    near(Place::Aubrin, FIRST, 26.0);
    near(Place::Caudrelles, BAD - 1, 35.0);
    near(Place::Caudrelles, BAD, -46.0);
    near(Place::Caudrelles, RECOVERY - 17, -8.0);
    near(Place::Caudrelles, LAST, 16.0);
    near(Place::Montferrol, LAST, 14.0);
    near(Place::Valcendre, LAST, 67.0);
}

#[test]
fn caudrelles_falls_in_september_and_rises_in_november() {
    let at = |wave: usize| {
        let here = |i: &super::plan::answers::Invitation| {
            i.about == About::Wave(wave) && plan().customers[i.customer].place == Place::Caudrelles
        };
        net_of(&scores(here))
    };
    let (june, september, november) = (at(4), at(5), at(6));
    assert!(june > 20.0, "{june}");
    assert!(september < -30.0, "{september}");
    assert!((0.0..35.0).contains(&november), "{november}");
    let satisfied = |from: i64, to: i64| {
        let all = scores(|i| {
            i.survey == Survey::Contact
                && plan().customers[i.customer].place == Place::Caudrelles
                && (from..to).contains(&i.at.day())
        });
        all.iter().filter(|s| **s >= 4).count() as f64 / all.len() as f64
    };
    assert!(satisfied(FIRST, BAD) > 0.70 && satisfied(BAD, RECOVERY - 17) < 0.40);
}

#[test]
fn the_printed_code_flatters() {
    let all: Vec<i64> = plan().walk_ins.iter().map(|w| w.reply.score).collect();
    let drawn = scores(|i| i.survey == Survey::Relation);
    assert!(net_of(&all) > net_of(&drawn) + 4.0, "{} {}", net_of(&all), net_of(&drawn));
}

#[test]
fn fifty_four_regulars_went_away_and_eleven_said_so() {
    let gone: Vec<usize> = (0..2_500).filter(|at| plan().customers[*at].gone.is_some()).collect();
    assert_eq!(gone.len(), 54);
    let complained = |at: &&usize| {
        plan()
            .contacts
            .iter()
            .any(|c| c.customer == **at && c.subject == "reclamation" && c.is_inbound && c.at.day() > BAD)
    };
    assert!((11..=14).contains(&gone.iter().filter(complained).count()));
    let calls = plan()
        .contacts
        .iter()
        .filter(|c| !c.is_inbound && c.subject == "rappel" && c.at.day() >= RECOVERY - 17);
    assert!(calls.filter(|c| plan().customers[c.customer].place == Place::Caudrelles).count() >= 150);
}

#[test]
fn no_comment_is_read_twice_unless_it_is_short() {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for text in replies().filter_map(|r| r.words) {
        *seen.entry(text).or_default() += 1;
    }
    assert!((850..1_100).contains(&seen.values().sum::<usize>()), "{}", seen.values().sum::<usize>());
    for (text, times) in seen {
        assert!(times == 1 || (times <= 4 && text.split_whitespace().count() <= 3), "{text}: {times}");
    }
}

#[test]
fn words_of_the_bad_days_are_heard_at_caudrelles_then() {
    let bad: HashSet<&str> =
        words().french.iter().filter(|v| v.phase == Some("bad")).map(|v| v.text).collect();
    let mut heard = 0;
    for invitation in &plan().invitations {
        let Some(reply) = &invitation.reply else { continue };
        if reply.words.is_some_and(|text| bad.contains(text)) {
            let place = plan().customers[invitation.customer].place;
            assert_eq!(Phase::of(place, reply.at.day()), Phase::Bad);
            heard += 1;
        }
    }
    assert!(heard >= 15, "{heard}");
}

#[test]
fn the_story_ends_on_the_last_saturday_before_today() {
    let zone: kernel::clock::Zone = "Europe/Paris".parse().unwrap();
    for (today, days) in
        [("2026-11-22", 0), ("2026-11-28", 0), ("2026-11-29", 7), ("2027-03-03", 98), ("2026-11-21", -7)]
    {
        let today: Day = today.parse().unwrap();
        let shift = Shift::to(today, zone.clone());
        assert_eq!(shift.days(), days, "{today}");
        let end = shift.day(LAST);
        assert!(end < today && today.days_since(end) <= 7 && end.weekday() == Weekday::Saturday, "{today}");
    }
}

#[test]
fn somebody_answers_on_every_day_up_to_today_and_says_why_in_every_week() {
    for day in LAST + 1..=TAIL {
        let that_day = replies().filter(|r| r.at.day() == day).count();
        assert!(that_day >= 4, "{day}: {that_day}");
        let written =
            replies().filter(|r| (day - 6..=day).contains(&r.at.day()) && r.words.is_some()).count();
        assert!(written >= 6, "{day}: {written}");
    }
}

#[test]
fn a_title_never_says_what_nobody_told_yet() {
    let texts: HashMap<&str, &str> = case_words().said().collect();
    let heard: HashSet<&str> = words().french.iter().chain(&words().english).map(|v| v.text).collect();
    let unknown: Vec<_> = texts.keys().filter(|text| !heard.contains(*text)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let mut with_words = 0;
    for case in &plan().cases {
        let said = match case.source {
            Source::Invited(at) => plan().invitations[at].reply.as_ref().and_then(|r| r.words),
            Source::WalkIn(at) => plan().walk_ins[at].reply.words,
            Source::Hand => continue,
        };
        assert_eq!(said.map(|text| texts[text]), case.is_clear.then_some(case.story.title));
        with_words += usize::from(said.is_some() && case.deeds[0].0.day() > LAST - 60);
    }
    assert!(with_words >= 20, "{with_words}");
}

#[test]
fn colleagues_work_in_opening_hours_and_attempts_follow_each_other() {
    for case in &plan().cases {
        let mut tries = 0;
        let mut before = None;
        for (moment, deed) in &case.deeds[1..] {
            let minute = moment.0.rem_euclid(1_440);
            assert_eq!(workday(moment.day()), moment.day(), "{deed:?}");
            assert!((540..735).contains(&minute) || (840..1_110).contains(&minute), "{deed:?} at {minute}");
            if let Deed::Try(outcome, note) = deed {
                tries += 1;
                let all = &case_words().attempts;
                assert!(
                    all.iter().any(|a| a.outcome == *outcome && a.note == *note && a.fits(tries, *moment))
                );
            }
            if matches!(deed, Deed::Try(..) | Deed::Reach) {
                assert!(before.is_none_or(|hour| hour < moment.hour()), "two attempts at once");
                before = Some(moment.hour());
            }
        }
    }
}

#[test]
fn chance_has_the_laws_it_says() {
    let mut random = Random::new(7);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let gamma: Vec<f64> = (0..40_000).map(|_| random.gamma(0.7)).collect();
    assert!((mean(&gamma) - 1.0).abs() < 0.03, "{}", mean(&gamma));
    let squares: Vec<f64> = gamma.iter().map(|x| (x - 1.0).powi(2)).collect();
    assert!((mean(&squares) - 1.0 / 0.7).abs() < 0.12, "{}", mean(&squares));
    let poisson: Vec<f64> = (0..40_000).map(|_| random.poisson(4.2) as f64).collect();
    assert!((mean(&poisson) - 4.2).abs() < 0.06, "{}", mean(&poisson));
    for (z, share) in [(0.0, 0.5), (1.96, 0.975_002), (-1.0, 0.158_655), (3.0, 0.998_650)] {
        assert!((normal_share(z) - share).abs() < 1e-5, "{z}");
    }
}

/// The plan with one purchase in twenty and one contact in four: on a server each is a message there and back, and what
/// is left is made of the same statements.
fn thin() -> Plan {
    let mut plan = plan().clone();
    plan.orders = plan.orders.into_iter().step_by(20).collect();
    plan.contacts = plan.contacts.into_iter().step_by(4).collect();
    plan
}

/// A plan written into an empty database of this engine.
fn made(engine: Engine, plan: &Plan) -> Kit {
    let kit = Kit::bare(engine);
    let database = match kit.location() {
        Location::File(path) => path.display().to_string(),
        Location::Server(url) => url,
    };
    let config = Config { database, ..Config::default() };
    super::write(&config, Words::read().unwrap(), CaseWords::read().unwrap(), plan.clone()).unwrap();
    kit
}

/// What measuring improvements again showed, and whether what was expected was reached.
fn verdicts(kit: &Kit) -> HashMap<String, (Effect, Attained)> {
    let by = Actor::system("test");
    let found = kit.read(|tx| act::improvements::actions::list(tx, &by, None));
    found.into_iter().filter_map(|i| Some((i.title, i.effect.zip(i.attained)?))).collect()
}

fn improvements_are_judged_better_without_difference_and_worse(kit: &Kit) {
    let found = verdicts(kit);
    for (title, verdict) in [
        ("Appeler la veille de chaque livraison", (Effect::Better, Attained::Reached)),
        ("Écrire le prix au kilo en gros", (Effect::NoDifference, Attained::CannotTell)),
        ("Installer de nouvelles caisses", (Effect::Worse, Attained::NotReached)),
    ] {
        assert_eq!(found.get(title), Some(&verdict), "{title}: {found:?}");
    }
}

/// Everything a customer was told, and every contact, stands on their sheet with a way to the case.
fn what_passed_with_a_customer_is_on_their_sheet(kit: &Kit) {
    let missing = "SELECT COUNT(*) FROM case_steps s JOIN cases c ON c.id = s.case_id
         WHERE c.customer_id IS NOT NULL AND s.kind IN ('attempted', 'told') AND s.text <> ''
           AND s.detail NOT LIKE '%not_reached%' AND s.detail NOT LIKE '%wrong_number%'
           AND NOT EXISTS (SELECT 1 FROM interactions i
                           WHERE i.customer_id = c.customer_id AND i.source_id = c.id AND i.summary = s.text)";
    assert_eq!(kit.read(|tx| tx.query_one(missing, &[], |row| row.get::<i64>(0))), 0);
}

/// Every role that may see the board finds a figure on its first page, with its decision and whoever answers for it.
fn every_role_finds_figures_that_serve_a_decision(kit: &Kit) {
    for person in kit.read(admin::sign_in::actions::demonstration_people) {
        let tiles = kit.read(|tx| {
            let user = kernel::identity::store::user(tx, person.id)?;
            let by = kernel::identity::store::actor(tx, &user)?;
            let may = by.may(kernel::identity::Permission::BoardsRead);
            if may { steer::boards::actions::tiles(tx, &by).map(Some) } else { Ok(None) }
        });
        let Some(tiles) = tiles else { continue };
        assert!(
            !tiles.is_empty() && tiles.iter().all(|t| !t.decision.is_empty() && !t.owner_name.is_empty())
        );
    }
}

fn a_cause_few_people_speak_of_is_marked(kit: &Kit) {
    let by = Actor::system("test");
    let (tree, ranked) = kit.read(|tx| {
        let (site, period) = act::improvements::ranked_cases(tx, "", "", "")?;
        act::improvements::ranking(tx, &by, site, period)
    });
    let vocal: Vec<&str> = ranked
        .iter()
        .filter(|r| r.is_vocal)
        .filter_map(|r| Some(tree.get(r.cause?)?.code.as_str()))
        .collect();
    assert_eq!(vocal, ["magasin-bruit"]);
}

fn told_by_the_database(kit: &Kit, plan: &Plan) {
    improvements_are_judged_better_without_difference_and_worse(kit);
    what_passed_with_a_customer_is_on_their_sheet(kit);
    every_role_finds_figures_that_serve_a_decision(kit);
    a_cause_few_people_speak_of_is_marked(kit);
    let count = |sql: &str| -> i64 { kit.read(|tx| tx.query_one(sql, &[], |row| row.get(0))) };
    assert!(kit.read(organisation::store::get).demonstration);
    assert_eq!(count("SELECT COUNT(*) FROM users"), 22);
    assert_eq!(count("SELECT COUNT(*) FROM customers"), 2_500);
    let answers = count("SELECT COUNT(*) FROM responses");
    assert!((4_000..4_000 + 70).contains(&answers), "{answers}");
    assert_eq!(count("SELECT COUNT(*) FROM answer_facts"), answers);
    assert_eq!(count("SELECT COUNT(*) FROM transactions"), plan.orders.len() as i64);
    // Nobody is told of the past, or every customer would be invited again.
    assert_eq!(count("SELECT COUNT(*) FROM event_deliveries"), 0);
    assert_eq!(count("SELECT COUNT(*) FROM jobs"), 0);
    let late = "SELECT COUNT(*) FROM responses r JOIN invitations i ON i.id = r.invitation_id
                WHERE r.submitted_at <= i.created_at";
    assert_eq!(count(late), 0);
    let disordered = "SELECT COUNT(*) FROM (SELECT at, LAG(at) OVER (ORDER BY id) AS before FROM events) AS e
                      WHERE e.at < e.before";
    assert_eq!(count(disordered), 0);
    let roles = kit.read(admin::sign_in::actions::demonstration_people);
    assert_eq!(roles.len(), 6, "{roles:?}");
    assert!(kit.read(super::invitation_to_answer).unwrap().starts_with("/a/"));
}

#[test]
fn what_is_planned_is_written_on_sqlite() {
    told_by_the_database(&made(Engine::Sqlite, plan()), plan());
}

#[test]
fn what_is_planned_is_written_on_postgres() {
    if testkit::postgres_is_there() {
        let plan = thin();
        told_by_the_database(&made(Engine::Postgres, &plan), &plan);
    }
}
