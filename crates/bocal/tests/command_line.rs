//! What the command line says of follow-ups: the same as pages and interface, for persons and for programs.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

mod program;

use std::process::Command;

use kernel::identity::Actor;
use know::customers::model::CustomerInput;
use program::{bocal, run, start, succeeds};
use serde_json::Value;
use testkit::Kit;

/// The program, speaking English.
fn speaking(kit: &Kit, args: &[&str]) -> Command {
    let mut command = bocal(kit);
    command.env("LANG", "en_GB.UTF-8").args(args);
    command
}

fn text(kit: &Kit, args: &[&str]) -> String {
    succeeds(&mut speaking(kit, args))
}

fn data(kit: &Kit, args: &[&str]) -> Value {
    serde_json::from_str(&text(kit, &[args, &["--format", "json"]].concat())).unwrap()
}

/// How a command ended, and what it told the person.
fn ends(kit: &Kit, args: &[&str]) -> (Option<i32>, String) {
    let output = run(&mut speaking(kit, args));
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// A customer of a site, known by number.
fn customer(kit: &Kit) {
    let site = kit.site("Nantes");
    let input = CustomerInput {
        given_name: "Awa".into(),
        family_name: "Vasseur".into(),
        email: "awa@exemple.fr".into(),
        external_number: "C-10482".into(),
        site: site.to_string(),
        ..CustomerInput::default()
    };
    kit.write(move |tx| know::customers::actions::create(tx, &Actor::system("test"), &input));
}

fn opened(kit: &Kit, title: &str, severity: &str) -> String {
    let args = ["case", "open", "--customer", "C-10482", "--title", title, "--severity", severity];
    text(kit, &[&args[..], &["--words", "Paid twice."]].concat()).trim().to_owned()
}

testkit::on_both! {
    with start;

    fn a_follow_up_is_opened_for_a_number_found_in_the_queue_and_shown_with_its_history(kit) {
        customer(kit);
        let reference = opened(kit, "Wrong price at the till", "major");
        let shown = text(kit, &["case", "show", &reference.to_lowercase()]);
        for said in ["Awa Vasseur", "Nantes", "Wrong price at the till", "Real harm", "Paid twice.", "Follow-up opened"] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        let body = data(kit, &["case", "show", &reference]);
        assert_eq!(body["case"]["reference"], reference.as_str());
        assert_eq!((&body["case"]["origin"], &body["steps"][0]["kind"]), (&"api".into(), &"opened".into()));
        assert!(text(kit, &["case", "list"]).contains(&reference));
        let (code, told) = ends(kit, &["case", "show", "B-2026-999999-9"]);
        assert!(code == Some(1) && told.contains("bocal case list --search"), "{told}");
    }

    fn the_queue_is_narrowed_as_over_rest_and_says_when_more_follow(kit) {
        customer(kit);
        let first = opened(kit, "Wrong price", "minor");
        let second = opened(kit, "Mouldy flour", "critical");
        let references = |args: &[&str]| -> Vec<String> {
            let body = data(kit, &[&["case", "list"], args].concat());
            body["items"].as_array().unwrap().iter().map(|c| c["reference"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(references(&["--severity", "critical"]), std::slice::from_ref(&second));
        assert_eq!(references(&["--search", "wrong"]), std::slice::from_ref(&first));
        assert_eq!(references(&["--search", "vasseur"]).len(), 2);
        assert_eq!(references(&["--site", "nantes", "--view", "free"]).len(), 2);
        assert!(references(&["--view", "closed"]).is_empty() && references(&["--view", "late"]).is_empty());
        let page = data(kit, &["case", "list", "--limit", "1"]);
        let cursor = page["next_cursor"].as_str().unwrap();
        assert_eq!(references(&["--limit", "1", "--cursor", cursor]), [first]);
        let (code, told) = ends(kit, &["case", "list", "--limit", "1"]);
        assert!(code == Some(0) && told.contains(&format!("--cursor {cursor}")), "{told}");
        assert!(data(kit, &["case", "list", "--limit", "2"])["next_cursor"].is_null(), "nothing follows");
    }

    fn what_cannot_be_read_is_refused_with_what_there_is_and_opens_nothing(kit) {
        customer(kit);
        let wrong: [(&[&str], &str); 6] = [
            (&["case", "list", "--site", "Brest"], "Nantes"),
            (&["case", "list", "--severity", "huge"], "critical"),
            (&["case", "list", "--cursor", "yesterday"], "cursor"),
            (&["case", "open", "--customer", "C-1", "--title", "Price"], "bocal export customers"),
            (&["case", "open", "--customer", "C-10482", "--title", " "], "title"),
            (&["case", "open", "--title", "Price"], "--customer"),
        ];
        for (args, said) in wrong {
            let (code, told) = ends(kit, args);
            assert!(code == Some(2) && told.contains(said), "{args:?}: {told}");
        }
        assert_eq!(program::count(kit, "cases"), 0);
    }

    fn what_is_printed_and_lost_is_an_error(kit) {
        customer(kit);
        opened(kit, "Wrong price", "minor");
        let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else { return };
        let output = run(speaking(kit, &["case", "list"]).stdout(full));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && told.contains("Standard output did not take everything"), "{told}");
    }

    fn the_board_and_the_ranking_count_what_was_opened(kit) {
        customer(kit);
        opened(kit, "Wrong price", "minor");
        opened(kit, "Mouldy flour", "critical");
        let board = data(kit, &["board"]);
        let figure = |name: &str| board["all"]["figures"].as_array().unwrap().iter().find(|f| f["name"] == name).unwrap().clone();
        assert_eq!((&figure("opened")["value"], &figure("open")["value"]), (&2.0.into(), &2.0.into()));
        let told = text(kit, &["board", "--site", "Nantes"]);
        assert!(told.contains("Follow-ups opened") && told.contains("Nantes"), "{told}");
        let ranked = data(kit, &["cause", "ranking"]);
        assert_eq!((&ranked["items"][0]["n"], &ranked["items"][0]["cause"]), (&2.into(), &Value::Null));
        assert!(text(kit, &["cause", "ranking"]).contains("Cause not found yet"));
        let (code, told) = ends(kit, &["board", "--from", "2026-13-01"]);
        assert_eq!(code, Some(2), "{told}");
    }

    fn follow_ups_leave_as_a_file_with_every_row(kit) {
        customer(kit);
        let references = [opened(kit, "Wrong price", "minor"), opened(kit, "Mouldy flour", "critical")];
        let file = text(kit, &["export", "cases"]);
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines.len(), 3, "{file}");
        assert!(references.iter().zip(&lines[1..]).all(|(reference, line)| line.starts_with(reference.as_str())));
        assert!(lines[0].starts_with("Reference,"), "in the language of the terminal: {file}");
        let file = text(kit, &["export", "customers"]);
        assert!(file.starts_with("Customer no.,"), "in the same language, with the same signs between columns: {file}");
    }
}
