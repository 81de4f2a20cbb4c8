//! `bocal import` and `bocal export`.

use clap::{Args, ValueEnum};
use kernel::config::Config;
use kernel::identity::Actor;
use kernel::organisation::{self, SiteNames};
use kernel::texts::Locale;
use kernel::{Error, Result};
use know::customers::model::ListQuery;
use know::customers::{actions, rules};

use crate::{assembly, open};

/// Take data out to standard output.
#[derive(Args)]
#[command(after_help = "Example: bocal export customers > clients.csv")]
pub(crate) struct Export {
    /// What to take out.
    #[arg(value_enum)]
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Customers.
    Customers,
}

impl Export {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let Kind::Customers = self.kind;
        let db = open::migrated(config)?;
        let by = Actor::system("bocal export");
        let t = assembly::texts()?.reader(Locale::Fr);
        db.read(|tx| {
            let sites = SiteNames::new(&organisation::store::sites(tx)?);
            let mut out = csv::Writer::from_writer(std::io::stdout().lock());
            out.write_record(rules::EXPORT_KEYS.map(|key| t.get(key))).map_err(Error::caused)?;
            actions::export(tx, &by, &ListQuery::default(), |customer| {
                out.write_record(rules::export_record(&customer, &sites)).map_err(Error::caused)?;
                Ok(true)
            })?;
            out.flush()?;
            Ok(())
        })
    }
}
