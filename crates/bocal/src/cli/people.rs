//! `bocal user` and `bocal token`.

use clap::{Args, Subcommand};
use kernel::config::Config;
use kernel::identity::{Actor, Permission, Permissions, Role, store};
use kernel::secrets::{self, PasswordCost};
use kernel::{Error, Result};

use crate::{open, say};

/// Colleagues.
#[derive(Args)]
pub(crate) struct User {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Subcommand)]
enum UserCommand {
    /// List colleagues.
    #[command(after_help = "Example: bocal user list")]
    List,
    /// Set the password of a colleague, read from standard input: for somebody locked out.
    #[command(after_help = "Example: bocal user password camille@exemple.fr < password.txt")]
    Password {
        /// Address they sign in with.
        email: String,
    },
    /// Remove the second factor of a colleague: for an administrator whose telephone and recovery codes are lost.
    #[command(after_help = "Example: bocal user remove-factor camille@exemple.fr")]
    RemoveFactor {
        /// Address they sign in with.
        email: String,
    },
}

/// Tokens of programs.
#[derive(Args)]
pub(crate) struct Token {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Make a token with the permissions of a role and print its secret, once.
    #[command(after_help = "Example: bocal token create 'Nightly import' --role manager")]
    Create {
        /// What it is for.
        name: String,
        /// Role whose permissions it gets.
        #[arg(long, default_value = "analyst")]
        role: String,
    },
    /// List tokens.
    #[command(after_help = "Example: bocal token list")]
    List,
}

impl User {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let db = open::migrated(config)?;
        match &self.command {
            UserCommand::List => {
                for user in db.read(store::users)? {
                    let state = if user.disabled { "disabled" } else { "active" };
                    say::out(&format!("{:<36} {:<28} {state}", user.email, user.name));
                }
                Ok(())
            }
            UserCommand::RemoveFactor { email } => {
                let email = email.trim().to_lowercase();
                db.write(move |tx| {
                    let (user, _) = store::user_by_email(tx, &email)?
                        .ok_or_else(|| Error::internal("nobody signs in with this address"))?;
                    let by = Actor::system("bocal user remove-factor");
                    admin::second_factor::actions::taken_away(tx, &by, user.id)
                })?;
                say::note(
                    "The password alone is asked of this person again; where a role of theirs must have a second factor, they set another up first.",
                );
                Ok(())
            }
            UserCommand::Password { email } => {
                let mut password = String::new();
                std::io::stdin().read_line(&mut password)?;
                let password = password.trim_end_matches(['\r', '\n']);
                if password.chars().count() < 12 {
                    return Err(Error::internal("a password needs at least 12 characters"));
                }
                let hash = secrets::hash_password(password, PasswordCost::Normal)?;
                let email = email.trim().to_lowercase();
                db.write(move |tx| {
                    let (user, _) = store::user_by_email(tx, &email)?
                        .ok_or_else(|| Error::internal("nobody signs in with this address"))?;
                    store::set_password(tx, user.id, &hash)?;
                    store::end_sessions(tx, user.id, None)?;
                    let by = Actor::system("bocal user password");
                    kernel::ledger::Event::new("user.password_set", user.id).record(tx, &by)?;
                    Ok(())
                })?;
                say::note("The password is set; every session of this person has ended.");
                Ok(())
            }
        }
    }
}

impl Token {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let db = open::migrated(config)?;
        match &self.command {
            TokenCommand::List => {
                for token in db.read(store::tokens)? {
                    let state = if token.revoked_at.is_some() { "revoked" } else { "holds" };
                    let names: Vec<&str> = token.permissions.iter().map(Permission::name).collect();
                    say::out(&format!("{:<28} {state:<8} {}", token.name, names.join(" ")));
                }
                Ok(())
            }
            TokenCommand::Create { name, role } => {
                let role: Role = role.parse()?;
                let secret = format!("bocal_{}", secrets::token()?);
                let hash = secrets::sha256_hex(secret.as_bytes());
                let (name, permissions): (String, Permissions) = (name.clone(), role.permissions());
                db.write(move |tx| {
                    let token = store::Token {
                        id: tx.new_id(),
                        name: name.clone(),
                        permissions,
                        sites: None,
                        created_by: None,
                        created_at: tx.now(),
                        expires_at: None,
                        used_at: None,
                        revoked_at: None,
                    };
                    store::insert_token(tx, &token, &hash)?;
                    let by = Actor::system("bocal token create");
                    kernel::ledger::Event::new("token.created", token.id).after(&name).record(tx, &by)?;
                    Ok(())
                })?;
                say::out(&secret);
                Ok(())
            }
        }
    }
}
