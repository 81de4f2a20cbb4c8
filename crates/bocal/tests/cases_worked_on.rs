//! Cases that several people and programs work on at once, in the real program: killed without warning (`kill -9`),
//! backed up. No case is ever half-written, nothing acknowledged is lost or done twice.

mod casework;
mod program;

use std::hash::{BuildHasher, Hasher};
use std::time::Duration;

use casework::kept::Kept;
use casework::{Asked, Office, assert_no_gap};
use program::{Server, backup, bocal_of, count, elsewhere, restore, start, succeeds, wait_until};

/// How often the program is killed.
const KILLS: usize = 5;

/// A moment nobody can foresee, within some milliseconds.
fn a_moment() -> Duration {
    let unforeseen = std::hash::RandomState::new().build_hasher().finish();
    Duration::from_micros(unforeseen % 20_000)
}

testkit::on_both! {
    with start;

    fn every_change_of_a_case_acknowledged_before_a_kill_is_there_once_and_no_case_is_half_written(kit) {
        let office = Office::new(kit);
        let mut all: Vec<Asked> = Vec::new();
        let mut server = Server::start(kit);
        for kill in 0..KILLS {
            let address = server.address.clone();
            let mut asked = office.work(&address, &format!("kill{kill}"), |_| {
                std::thread::park_timeout(a_moment());
                server.kill();
            });
            let kept = Kept::read(kit.db());
            kept.assert_whole();
            kept.assert_holds(&[all.as_slice(), asked.as_slice()].concat());

            server = Server::start(kit);
            office.repeat(&server.address, &mut asked);
            all.extend(asked);
            let kept = Kept::read(kit.db());
            kept.assert_whole();
            kept.assert_holds(&all);
        }
    }

    fn a_backup_taken_while_cases_are_worked_on_holds_one_moment_with_all_that_was_acknowledged_before(kit) {
        let office = Office::new(kit);
        let server = Server::start(kit);
        wait_until("the ledger is sealed", || count(kit, "ledger_seals") > 0);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("all.gz");
        let mut before = Vec::new();
        let asked = office.work(&server.address, "backup", |asked| {
            before.clone_from(&asked.lock().unwrap());
            succeeds(&mut backup(kit, &file));
        });
        drop(server);
        succeeds(&mut restore(kit, &file, &["--check"]));
        let (_other, location, address) = elsewhere(kit, folder.path());
        succeeds(&mut restore(kit, &file, &["--into", &address]));
        let told = succeeds(bocal_of(&address).args(["doctor", "--verify-ledger"]));
        assert!(told.contains("seals over") && !told.contains("FAILURE"), "{told}");

        let restored = kit.open(&location);
        let kept = Kept::read(&restored);
        kept.assert_whole();
        let marks: Vec<String> = kept.marks().map(|(_, mark)| mark).collect();
        let is_there = |mark: &str| marks.iter().any(|known| known == mark);
        assert_no_gap(&asked, is_there);
        let held: Vec<Asked> = asked.into_iter().filter(|asked| is_there(&asked.mark)).collect();
        kept.assert_holds(&held);
        before.retain(Asked::is_acknowledged);
        for asked in &before {
            assert!(is_there(&asked.mark), "{} was acknowledged before", asked.mark);
        }

        let server = Server::of(&address);
        office.repeat(&server.address, &mut before);
        Kept::read(&restored).assert_holds(&held);
    }
}
