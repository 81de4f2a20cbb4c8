//! A folder with files, and runs of the command in it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// People with their duplicates: four rows for each of some, one for the others.
pub(crate) const PEOPLE: &str = "\
id,prenom,nom,naissance,email,ville,personne
1,Jeanne,Kerjean,1971-06-24,jeanne.kerjean@maison-kerjean.fr,Brest,a
2,Jeane,Kerjean,1971-06-24,jeanne.kerjean@maison-kerjean.fr,Brest,a
3,Paul,Vasseur,1980-01-02,paul@vasseur.fr,Lille,b
4,Awa,Diop,1990-12-31,awa.diop@maison-kerjean.fr,Nantes,c
5,Paul,Vasseur,1980-01-02,,Lille,b
6,Louise,Petit,1965-03-15,louise@petit.fr,Lyon,d
7,Hugo,Lambert,1999-07-07,hugo.l@maison-kerjean.fr,Tours,e
8,AWA,DIOP,31/12/1990,Awa.Diop@maison-kerjean.fr,NANTES,c
9,Ines,Moreau,1988-02-29,ines@moreau.fr,Metz,
";

pub(crate) struct Folder(TempDir);

/// What a run said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) told: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn with(bytes: impl AsRef<[u8]>) -> Self {
        let folder = Self::new();
        folder.write("in.csv", bytes);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bocal"));
        command.arg("link").args(args).current_dir(self.0.path()).env("BOCAL_LOG", "off");
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8").stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        said(&self.command(args).output().unwrap())
    }

    /// Links `in.csv` to `out.csv`.
    #[track_caller]
    pub(crate) fn links(&self, args: &[&str]) -> Said {
        let said = self.run(&[&["in.csv", "--output", "out.csv"], args].concat());
        assert_eq!(said.code, Some(0), "{}", said.told);
        said
    }

    /// Cluster of each row of `out.csv`.
    pub(crate) fn clusters(&self) -> Vec<String> {
        self.cells().into_iter().map(|row| row.last().cloned().unwrap_or_default()).collect()
    }

    pub(crate) fn cells(&self) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().from_path(self.path("out.csv")).unwrap();
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    /// Fails with exit code 2, with these words, and leaves nothing behind.
    #[track_caller]
    pub(crate) fn refuses(&self, args: &[&str], words: &[&str]) {
        let said = self.run(args);
        assert_eq!(said.code, Some(2), "{args:?}: {}", said.told);
        for word in words {
            assert!(said.told.contains(word), "{word}: {}", said.told);
        }
        let unfinished = std::fs::read_dir(self.0.path())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().to_string_lossy().ends_with(".unfinished"));
        assert_eq!((self.path("out.csv").exists(), unfinished.count()), (false, 0));
    }
}

pub(crate) fn said(output: &std::process::Output) -> Said {
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        told: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

pub(crate) fn json(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap()
}
