//! What one may do, and the roles that bundle it.

use std::str::FromStr;

use serde::Serialize;

use crate::errors::Error;

macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// Something one may be allowed to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Permission { $($(#[$doc])* $variant),* }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Name as stored and as shown in the API: `customers.read`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

permissions! {
    /// See customers, their sheet and their history.
    CustomersRead = "customers.read",
    /// Create and change customers, note contacts.
    CustomersWrite = "customers.write",
    /// Import customers from a file and undo it.
    CustomersImport = "customers.import",
    /// Take customers out as a file.
    CustomersExport = "customers.export",
    /// Erase customers for good.
    CustomersErase = "customers.erase",
    /// See surveys.
    SurveysRead = "surveys.read",
    /// Write, publish and close surveys, invite customers.
    SurveysWrite = "surveys.write",
    /// Import answers from a file and undo it.
    AnswersImport = "answers.import",
    /// Read single answers and what customers wrote.
    AnswersRead = "answers.read",
    /// See indicators.
    IndicatorsRead = "indicators.read",
    /// Take figures out as a file.
    IndicatorsExport = "indicators.export",
    /// See cases, what was done and said in them, and their causes.
    CasesRead = "cases.read",
    /// Open cases and work on them.
    CasesWrite = "cases.write",
    /// Open cases from a file and undo it.
    CasesImport = "cases.import",
    /// Keep the tree of causes, and decide how long cases may take.
    CasesManage = "cases.manage",
    /// Begin improvements, put them in place, measure them again, tell customers.
    ImprovementsWrite = "improvements.write",
    /// See boards.
    BoardsRead = "boards.read",
    /// Pin tiles to a board, each with the decision it serves and its owner.
    BoardsPin = "boards.pin",
    /// Invite colleagues, give roles, keep sites and teams.
    PeopleManage = "people.manage",
    /// Change the settings of the organisation.
    SettingsManage = "settings.manage",
    /// Give and revoke tokens of programs.
    TokensManage = "tokens.manage",
    /// Read the ledger of events.
    LedgerRead = "ledger.read",
    /// See jobs, cancel them and try them again.
    JobsManage = "jobs.manage",
    /// See what was sent by e-mail, decide about what is doubtful, keep bounced addresses.
    MailManage = "mail.manage",
}

impl FromStr for Permission {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|p| p.name() == text)
            .ok_or_else(|| Error::field("permissions", "error-unknown-permission"))
    }
}

impl Serialize for Permission {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    /// None.
    pub const fn none() -> Self {
        Self(0)
    }

    /// Every permission.
    pub fn all() -> Self {
        Self::of(Permission::ALL)
    }

    /// These permissions.
    pub fn of(permissions: &[Permission]) -> Self {
        Self(permissions.iter().fold(0, |set, p| set | 1 << (*p as u8)))
    }

    /// Whether the set holds it.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both sets hold.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The permissions, in their order.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |p| self.contains(*p))
    }
}

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal: [$($permission:ident),* $(,)?]),* $(,)?) => {
        /// A bundle of permissions, given to a person for the organisation, a site or a team.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role { $($(#[$doc])* $variant),* }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Name as stored; its text key is `role-` and this.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What it allows.
            pub fn permissions(self) -> Permissions {
                match self { $(Self::$variant => Permissions::of(&[$(Permission::$permission),*])),* }
            }
        }
    };
}

roles! {
    /// Helps customers.
    Adviser = "adviser": [CustomersRead, CustomersWrite, SurveysRead, AnswersRead, IndicatorsRead, CasesRead, CasesWrite, BoardsRead],
    /// Runs customer relations or quality.
    Manager = "manager": [
        CustomersRead, CustomersWrite, CustomersImport, CustomersExport, SurveysRead, SurveysWrite,
        AnswersImport, AnswersRead, IndicatorsRead, IndicatorsExport, JobsManage, MailManage, CasesRead, CasesWrite, CasesImport, CasesManage, ImprovementsWrite, BoardsRead, BoardsPin
    ],
    /// Keeps and grows the base of customers.
    Marketer = "marketer": [
        CustomersRead, CustomersImport, CustomersExport, SurveysRead, SurveysWrite, AnswersRead,
        IndicatorsRead, IndicatorsExport,
    ],
    /// Decides.
    Director = "director": [
        CustomersRead, SurveysRead, AnswersRead, IndicatorsRead, IndicatorsExport, LedgerRead, CasesRead, ImprovementsWrite, BoardsRead, BoardsPin
    ],
    /// Takes data in and out, sees no single person's words.
    Analyst = "analyst": [SurveysRead, IndicatorsRead, IndicatorsExport, BoardsRead],
    /// Installs, secures, answers rights.
    Administrator = "administrator": [
        CustomersRead, CustomersWrite, CustomersImport, CustomersExport, CustomersErase, SurveysRead, SurveysWrite,
        AnswersImport, AnswersRead, IndicatorsRead, IndicatorsExport, PeopleManage, SettingsManage,
        TokensManage, LedgerRead, JobsManage, MailManage, CasesRead, CasesWrite, CasesImport, CasesManage, ImprovementsWrite, BoardsRead, BoardsPin
    ],
}

impl FromStr for Role {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .iter()
            .copied()
            .find(|r| r.name() == text)
            .ok_or_else(|| Error::field("role", "error-unknown-role"))
    }
}
