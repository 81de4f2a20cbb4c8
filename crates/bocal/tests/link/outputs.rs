//! What is written, where, and what is left behind.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::folder::{Folder, PEOPLE, said};

#[test]
fn a_full_disk_is_told() {
    if Path::new("/dev/full").exists() {
        Folder::with(PEOPLE).refuses(&["in.csv", "--output", "/dev/full"], &["/dev/full", "no space"]);
    }
}

#[test]
fn what_is_printed_and_lost_is_an_error() {
    let folder = Folder::with(PEOPLE);
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    for args in [
        &["in.csv", "--truth", "personne"][..],
        &["in.csv", "--truth", "personne", "--format", "json"],
        &["in.csv", "--explain", "1", "2"],
    ] {
        let output = folder.command(args).stdout(full.try_clone().unwrap()).output().unwrap();
        let said = said(&output);
        assert_eq!(said.code, Some(2), "{args:?} {}", said.told);
        assert!(
            said.told.contains("Standard output did not take everything: no space is left"),
            "{}",
            said.told
        );
    }
}

#[test]
fn a_failed_run_leaves_the_former_output() {
    let folder = Folder::with(PEOPLE);
    folder.links(&[]);
    let before = folder.read("out.csv");
    let said = folder.run(&["in.csv", "--output", "out.csv", "--explain", "1", "77"]);
    assert_eq!((said.code, folder.read("out.csv")), (Some(2), before));
    assert!(!folder.path("out.csv.unfinished").exists());
}

#[test]
fn nothing_is_written_over_what_is_read() {
    let folder = Folder::with(PEOPLE);
    folder.links(&["--save-model", "model.json"]);
    folder.write("other.csv", PEOPLE);
    folder.write("list.csv", "1,2\n");
    folder.write("out.csv.unfinished", PEOPLE);
    std::fs::remove_file(folder.path("out.csv")).unwrap();
    symlink(folder.path("in.csv"), folder.path("link.csv")).unwrap();
    let read = ["in.csv", "--against", "other.csv", "--model", "model.json", "--never", "list.csv"];
    for option in ["--output", "--pairs", "--report", "--save-model"] {
        for path in ["in.csv", "./in.csv", "link.csv", "other.csv", "model.json", "list.csv"] {
            let said = folder.run(&[&read[..], &[option, path]].concat());
            let words =
                format!("{path} is read by this command and would be written over: name another file");
            assert_eq!(
                (said.code, said.told.contains(&words)),
                (Some(2), true),
                "{option} {path}: {}",
                said.told
            );
        }
    }
    let said = folder.run(&["out.csv.unfinished", "--output", "out.csv"]);
    assert_eq!((said.code, folder.read("out.csv.unfinished")), (Some(2), PEOPLE.to_owned()), "{}", said.told);
    assert_eq!((folder.read("in.csv"), folder.read("list.csv")), (PEOPLE.to_owned(), "1,2\n".to_owned()));
}

#[test]
fn two_outputs_do_not_go_to_one_place() {
    let folder = Folder::with(PEOPLE);
    let here = folder.path("out.csv").display().to_string();
    symlink("out.csv", folder.path("link.csv")).unwrap();
    for other in ["out.csv", "./out.csv", &here, "link.csv", "out.csv.unfinished"] {
        folder.refuses(
            &["in.csv", "--output", "out.csv", "--pairs", other],
            &["Two files would be written to one place"],
        );
    }
    folder
        .refuses(&["in.csv", "--output", "-", "--pairs", "-"], &["Only one file can go to standard output"]);
    folder.refuses(&["in.csv", "--output", "out.csv.gz"], &["no compressed files"]);
    // A link to a file that is not there yet is followed.
    assert_eq!(folder.run(&["in.csv", "--output", "link.csv"]).code, Some(0));
    assert!(folder.read("out.csv").contains("cluster_id") && folder.path("link.csv").is_symlink());
}

/// A run that has begun to write, and waits for somebody to read on.
fn writing(folder: &Folder, args: &[&str]) -> Child {
    let rows: String = (0..20_000).map(|n| format!("{n},Prenom{n},Nom{n}\n")).collect();
    folder.write("in.csv", format!("id,prenom,nom\n{rows}"));
    let all =
        [&["in.csv", "--output", "-", "--pairs", "pairs.csv", "--report", "report.json"], args].concat();
    let mut child = folder.command(&all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    child
}

fn pid(child: &Child) -> Pid {
    Pid::from_raw(child.id().try_into().unwrap()).unwrap()
}

fn left(folder: &Folder) -> Vec<String> {
    let names = std::fs::read_dir(folder.path(".")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name != "in.csv").collect()
}

#[test]
fn an_interrupted_run_leaves_nothing_behind() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let folder = Folder::new();
        let child = writing(&folder, &[]);
        assert!(folder.path("pairs.csv.unfinished").exists());
        kill_process(pid(&child), signal).unwrap();
        let said = said(&child.wait_with_output().unwrap());
        assert_eq!((said.code, left(&folder)), (Some(code), Vec::<String>::new()), "{}", said.told);
        assert!(said.told.contains("Interrupted. No file was left half written."), "{}", said.told);
    }
}

#[test]
fn a_run_that_is_to_outlive_its_terminal_does() {
    let folder = Folder::new();
    folder.write("in.csv", PEOPLE);
    let link = folder.command(&["in.csv", "--output", "-", "--pairs", "pairs.csv"]);
    let mut shell = std::process::Command::new("sh");
    // As `nohup` does; the signal comes from the process itself, before it is the program.
    shell.args(["-c", "trap '' HUP; (while kill -HUP $$; do :; done) >/dev/null 2>&1 & exec \"$0\" \"$@\""]);
    shell.arg(link.get_program()).args(link.get_args()).current_dir(folder.path(".")).env("LANG", "C.UTF-8");
    let said = said(&shell.output().unwrap());
    assert_eq!(said.code, Some(0), "{}", said.told);
    assert!(said.out.contains("cluster_id") && folder.path("pairs.csv").exists());
}

#[test]
fn a_closed_pipe_ends_the_run_without_a_word() {
    let folder = Folder::new();
    let mut child = writing(&folder, &[]);
    drop(child.stdout.take());
    let said = said(&child.wait_with_output().unwrap());
    assert_eq!((said.code, left(&folder)), (Some(141), Vec::<String>::new()), "{}", said.told);
    assert!(!said.told.contains("bocal:"), "{}", said.told);
}

#[test]
fn a_bench_file_that_cannot_be_written_is_named() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bocal"));
    let output =
        command.args(["bench", "people", "--rows", "20", "--output", "/nowhere/people.csv"]).output();
    let said = said(&output.unwrap());
    assert_eq!(said.code, Some(2), "{}", said.told);
    assert!(said.told.contains("/nowhere/people.csv"), "{}", said.told);
    assert!(!Path::new("/nowhere").exists());
}
