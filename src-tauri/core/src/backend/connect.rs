//! The way to the project's Postgres. Beyond this machine it is encrypted, and the server has to prove who it is.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use secrecy::{ExposeSecret, SecretString};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{BackendError, said};

/// The pooler that keeps no session.
const TRANSACTION_POOLER: u16 = 6543;

/// Where a project's Postgres is, and as whom to ask it.
#[derive(Clone)]
pub struct Target {
    config: Config,
    password: Option<SecretString>,
    roots: Arc<RootCertStore>,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Target").field("database", &self.database()).finish_non_exhaustive()
    }
}

impl Target {
    /// Reads an address. `password` counts where the address has none; `authority` is a certificate to believe besides the
    /// public ones (a project's own can be downloaded from its page).
    ///
    /// # Errors
    /// [`BackendError::Url`], [`BackendError::Pooler`], [`BackendError::Certificate`]. None repeats the address.
    pub fn new(url: &str, password: Option<&SecretString>, authority: Option<&Path>) -> Result<Self, BackendError> {
        let mut config: Config = url.trim().parse().map_err(|_| BackendError::Url)?;
        if config.get_hosts().is_empty() {
            return Err(BackendError::Url);
        }
        if config.get_ports().contains(&TRANSACTION_POOLER) {
            return Err(BackendError::Pooler);
        }
        let given = config.get_password().map(|p| SecretString::from(String::from_utf8_lossy(p).into_owned()));
        let password = given.or_else(|| password.cloned());
        if let Some(password) = &password {
            config.password(password.expose_secret());
        }
        if config.get_user().is_none() {
            config.user("postgres");
        }
        let near = config.get_hosts().iter().all(is_here);
        if config.get_ssl_mode() == SslMode::Prefer {
            config.ssl_mode(if near { SslMode::Disable } else { SslMode::Require });
        }
        config.application_name("edit-factory").connect_timeout(Duration::from_secs(15));
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.into() };
        if let Some(path) = authority {
            let bad = |why: String| BackendError::Certificate(path.display().to_string(), why);
            let all = CertificateDer::pem_file_iter(path).map_err(|e| bad(e.to_string()))?;
            for certificate in all {
                roots.add(certificate.map_err(|e| bad(e.to_string()))?).map_err(|e| bad(e.to_string()))?;
            }
        }
        Ok(Self { config, password, roots: Arc::new(roots) })
    }

    /// The database's name.
    #[must_use]
    pub fn database(&self) -> &str {
        self.config.get_dbname().or(self.config.get_user()).unwrap_or("postgres")
    }

    /// The same server, another database.
    pub(super) fn of_database(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.config.dbname(name);
        other
    }

    pub(super) async fn connect(&self) -> Result<Client, BackendError> {
        let unreachable = |error: tokio_postgres::Error| BackendError::Unreachable(said(&error));
        if self.config.get_ssl_mode() == SslMode::Disable {
            let (client, connection) = self.config.connect(NoTls).await.map_err(unreachable)?;
            drive(connection);
            return Ok(client);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| BackendError::Unreachable(e.to_string()))?
            .with_root_certificates(Arc::clone(&self.roots))
            .with_no_client_auth();
        let (client, connection) = self.config.connect(MakeRustlsConnect::new(client)).await.map_err(unreachable)?;
        drive(connection);
        Ok(client)
    }

    /// What a program of PostgreSQL has to be told to reach the same database; the password goes by its environment.
    pub(super) fn tell(&self, command: &mut std::process::Command) {
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            #[cfg(unix)]
            Some(Host::Unix(folder)) => folder.display().to_string(),
            _ => String::new(),
        };
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        let user = self.config.get_user().unwrap_or("postgres");
        let encrypted = self.config.get_ssl_mode() != SslMode::Disable;
        command
            .args(["-h", &host, "-p", &port.to_string(), "-U", user, "-d", self.database()])
            .arg("--no-password")
            .env("PGSSLMODE", if encrypted { "require" } else { "disable" })
            .env("PGAPPNAME", "edit-factory");
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password.expose_secret());
        }
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// Lets the connection work until its client is gone.
fn drive<S, T>(connection: tokio_postgres::Connection<S, T>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(says = said(&error), "the connection to the database ended");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_its_password_shown_nowhere() {
        let target = Target::new("postgres://me:hush-hush@db.example.co:5432/postgres", None, None).unwrap();
        assert!(!format!("{target:?}").contains("hush"));
        assert_eq!(target.config.get_ssl_mode(), SslMode::Require);
        let near = Target::new("postgres://me@127.0.0.1/x", Some(&"pw".to_owned().into()), None).unwrap();
        assert_eq!((near.config.get_ssl_mode(), near.config.get_password()), (SslMode::Disable, Some(&b"pw"[..])));
        for bad in ["", "hush", "http://a:hush@b", "postgres://a:hush@b:x/c"] {
            let error = Target::new(bad, None, None).unwrap_err();
            assert!(matches!(error, BackendError::Url) && !error.to_string().contains("hush"), "{bad}");
        }
        let pooler = Target::new("postgres://a@b.example:6543/postgres", None, None);
        assert!(matches!(pooler, Err(BackendError::Pooler)));
    }
}
