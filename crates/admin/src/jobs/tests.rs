//! Jobs.

use kernel::identity::{Actor, Permission, Role};
use kernel::jobs::{self, State};

use super::actions;
use crate::tests::{app, start};

testkit::on_both! {
    with start;

    fn the_daily_sweep_removes_what_is_useless_and_tells_how_much(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        kit.advance(web_kit::SESSION_LIFE);
        let by = kit.administrator();
        let actor = by.clone();
        let id = kit.write(move |tx| jobs::enqueue(tx, &actor, crate::sweep::HANDLER.name, None, &()));
        assert_eq!(kit.run_jobs(), 1);
        let job = kit.read(|tx| actions::find(tx, &by, id));
        assert_eq!((job.state, job.done), (State::Done, 1));
        app.get("/account").signed_in(&me).send().expect(303);
    }

    fn a_job_can_be_stopped_and_resumed(kit) {
        let app = app(kit);
        let by = kit.administrator();
        let actor = by.clone();
        let id = kit.write(move |tx| jobs::enqueue(tx, &actor, crate::sweep::HANDLER.name, None, &()));
        let me = app.sign_in(Role::Manager, &[]);
        let page = app.get(&format!("/jobs/{id}")).signed_in(&me).send().expect(200).html();
        assert_eq!(page.attribute(".job", "hx-get"), Some(format!("/jobs/{id}/fragment")));
        app.post(&format!("/jobs/{id}/cancellation")).signed_in(&me).form(&[]).send().expect(303);
        app.post(&format!("/jobs/{id}/cancellation")).signed_in(&me).form(&[]).send().expect(409);
        let over = app.get(&format!("/jobs/{id}/fragment")).signed_in(&me).htmx().send().expect(200);
        assert_eq!(over.header("hx-refresh"), Some("true"));
        assert!(!over.html().has("[hx-get]"));
        app.post(&format!("/jobs/{id}/retry")).signed_in(&me).form(&[]).send().expect(303);
        assert_eq!(kit.run_jobs(), 1);
        assert_eq!(kit.events("job.").len(), 2);
    }

    fn a_manager_of_one_site_sees_their_own_jobs_only(kit) {
        let port = kit.site("Le Port");
        let (local, whole) = (kit.manager(&[port]), kit.manager(&[]));
        let ids: Vec<_> = [&local, &whole].map(|by| {
            let by = by.clone();
            kit.write(move |tx| jobs::enqueue(tx, &by, crate::sweep::HANDLER.name, None, &()))
        }).to_vec();
        let seen = kit.read(|tx| actions::list(tx, &local, None, 10));
        assert_eq!(seen.iter().map(|j| j.id).collect::<Vec<_>>(), [ids[0]]);
        let (by, other) = (local, ids[1]);
        assert!(kit.try_write(move |tx| actions::cancel(tx, &by, other)).is_err());
        kit.run_jobs();
    }

    fn the_routine_stays_out_of_the_list_until_it_is_asked_for(kit) {
        let app = app(kit);
        let me = app.sign_in(Role::Administrator, &[]);
        let by = kit.administrator();
        let routine = kit.write(|tx| jobs::enqueue(tx, &Actor::system("bocal"), crate::sweep::HANDLER.name, None, &()));
        let asked = kit.write(move |tx| jobs::enqueue(tx, &by, crate::sweep::HANDLER.name, None, &()));
        kit.run_jobs();
        let row = |id| format!("a[href='/jobs/{id}']");
        let short = app.get("/jobs").signed_in(&me).send().expect(200).html();
        assert_eq!((short.has(&row(asked)), short.has(&row(routine))), (true, false));
        let whole = app.get("/jobs?all=true").signed_in(&me).send().expect(200).html();
        assert!(whole.has(&row(asked)) && whole.has(&row(routine)));
    }

    fn programs_follow_and_stop_jobs(kit) {
        let app = app(kit);
        let by = kit.administrator();
        let id = kit.write(move |tx| jobs::enqueue(tx, &by, crate::sweep::HANDLER.name, None, &()));
        let token = app.token(&[Permission::JobsManage], None);
        let one = format!("/api/v1/jobs/{id}");
        assert_eq!(app.get(&one).bearer(&token).send().expect(200).json()["state"], "waiting");
        let stopped = app.post(&format!("{one}/cancellation")).bearer(&token).send().expect(200).json();
        assert_eq!(stopped["state"], "cancelled");
        app.post(&format!("{one}/cancellation")).bearer(&token).send().expect(409);
        app.get("/api/v1/jobs/7").bearer(&token).send().expect(404);
        assert_eq!(app.get("/api/v1/jobs").bearer(&token).send().expect(200).json()["items"].as_array().unwrap().len(), 1);
    }
}
