//! Requests to one print server, and what its answers mean.
//!
//! Promise: a key goes to the server that it is meant for and nowhere else (redirections are not
//! followed, proxies not used), no wait is without end, and whatever comes back instead of an answer
//! is told in a sentence that says what to do.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use ureq::http::{HeaderValue, Method, Request, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, Error, Timeout};

use super::address::Address;
use super::digest::{self, Credentials};
use super::key::Key;
use super::trouble::Trouble;

/// Longer answers are no answers of print servers.
const LONGEST_ANSWER: u64 = 64 * 1024 * 1024;
/// A printer's memory card takes its time with what it has received.
const UPLOAD_FACTOR: u32 = 4;

/// One print server.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    address: Address,
    program: &'static str,
    key: Option<Key>,
    user: Option<String>,
    timeout: Duration,
}

/// What lets us in.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// An API key; with a user, that user's password.
    pub key: Option<Key>,
    /// Whoever logs in by name.
    pub user: Option<String>,
}

/// What is sent.
pub(super) struct Sent<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) headers: &'a [(&'static str, &'a str)],
    pub(super) body: &'a [u8],
}

/// An answer that is none of those that mean the same everywhere.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    body: Vec<u8>,
    whom: String,
}

impl Client {
    /// Nothing is sent yet. `program` is what the server is expected to be; `timeout` is how long it
    /// may be silent.
    ///
    /// # Errors
    /// This machine has no certificates to tell an encrypted server by.
    pub fn new(
        program: &'static str,
        address: Address,
        access: Access,
        timeout: Duration,
    ) -> Result<Client, Trouble> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("pibuild/", env!("CARGO_PKG_VERSION")))
            // A server that was restarted in between answers on a new connection.
            .max_idle_connections(0)
            .timeout_connect(Some(timeout))
            .timeout_per_read(Some(timeout))
            .timeout_per_write(Some(timeout));
        if address.is_encrypted() {
            config = config.tls_config(encryption()?);
        }
        let agent = config.build().new_agent();
        Ok(Client { agent, address, program, key: access.key, user: access.user, timeout })
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// What it is expected to be.
    pub fn program(&self) -> &'static str {
        self.program
    }

    /// Asks for something.
    pub(super) fn get(&self, path: &str) -> Result<Answer, Trouble> {
        self.send(&Sent { method: Method::GET, path, headers: &[], body: &[] })
    }

    /// Sends JSON.
    pub(super) fn post(&self, path: &str, value: &Value) -> Result<Answer, Trouble> {
        let body = value.to_string();
        let headers = [("Content-Type", "application/json")];
        self.send(&Sent { method: Method::POST, path, headers: &headers, body: body.as_bytes() })
    }

    /// Sends anything.
    pub(super) fn send(&self, sent: &Sent) -> Result<Answer, Trouble> {
        let answer = self.ask(sent, None)?;
        let Some((user, password)) = self.user.as_deref().zip(self.key.as_ref()) else {
            return self.judge(answer, sent);
        };
        if answer.0 != StatusCode::UNAUTHORIZED {
            return self.judge(answer, sent);
        }
        let nonce = format!("{:016x}", random());
        let path = self.path_of(sent.path);
        let credentials = Credentials { user, password };
        let header = answer.2.as_deref().and_then(|challenge| {
            digest::answer(challenge, &credentials, sent.method.as_str(), &path, &nonce)
        });
        match header {
            Some(header) => self.judge(self.ask(sent, Some(&header))?, sent),
            None => self.judge(answer, sent),
        }
    }

    /// The path behind the host, as digests want it.
    fn path_of(&self, path: &str) -> String {
        let after = self.address.as_str().split_once("://").map_or("", |parts| parts.1);
        let prefix = after.find('/').map_or("", |start| &after[start..]);
        format!("{prefix}{path}")
    }

    fn ask(&self, sent: &Sent, authorization: Option<&str>) -> Result<Raw, Trouble> {
        let uri = format!("{}{}", self.address, sent.path);
        let mut request = Request::builder().method(sent.method.clone()).uri(uri);
        for (name, value) in sent.headers {
            request = request.header(*name, *value);
        }
        let secret = match (authorization, &self.key, &self.user) {
            (Some(header), ..) => Some(("Authorization", header)),
            (None, Some(key), None) => Some(("X-Api-Key", key.reveal())),
            _ => None,
        };
        if let Some((name, value)) = secret {
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| Trouble::Wrong("the key holds what no key can".to_owned()))?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }
        let bad = |_| Trouble::Wrong(format!("`{}` is no address", self.address));
        let answered = if sent.body.is_empty() && sent.method != Method::POST {
            self.agent.run(request.body(()).map_err(bad)?)
        } else {
            let request = request.body(sent.body).map_err(bad)?;
            let patient = self.timeout.saturating_mul(UPLOAD_FACTOR);
            let request =
                self.agent.configure_request(request).timeout_per_read(Some(patient)).build();
            self.agent.run(request)
        };
        let response = answered.map_err(|error| self.unreachable(&error))?;
        let status = response.status();
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (challenge, location) = (header("www-authenticate"), header("location"));
        let body = self.body_of(response.into_body())?;
        Ok((status, body, challenge, location))
    }

    fn body_of(&self, mut body: Body) -> Result<Vec<u8>, Trouble> {
        body.with_config()
            .limit(LONGEST_ANSWER)
            .read_to_vec()
            .map_err(|error| self.unreachable(&error))
    }

    /// Why there is no answer at all.
    fn unreachable(&self, error: &Error) -> Trouble {
        let whom = &self.address;
        match error {
            Error::HostNotFound => self.no_such_host(),
            Error::Timeout(Timeout::Connect | Timeout::Resolve) => Trouble::Passing(format!(
                "nobody answers at {whom}: is the server on, and is the address right?"
            )),
            Error::Timeout(_) => Trouble::Passing(format!(
                "{whom} did not answer within {} s",
                self.timeout.as_secs()
            )),
            Error::Io(io) => match io.kind() {
                ErrorKind::ConnectionRefused => Trouble::Passing(format!(
                    "nobody listens at {whom}: is {} running, and is the port right?",
                    self.program
                )),
                ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Trouble::Passing(
                    format!("there is no way to {whom}: is this machine on the printers' network?"),
                ),
                // The system's resolver has no kind of its own.
                _ if io.to_string().contains("lookup address") => self.no_such_host(),
                // Encryption speaks up through the same door.
                ErrorKind::InvalidData => self.encryption_trouble(&io.to_string()),
                ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                    Trouble::Passing(format!("{whom} did not answer in time"))
                }
                _ => Trouble::Passing(format!("{whom} broke the connection off ({io})")),
            },
            Error::Rustls(problem) => self.encryption_trouble(&problem.to_string()),
            Error::Tls(problem) => self.encryption_trouble(problem),
            Error::Protocol(_) | Error::Http(_) => Trouble::Passing(format!(
                "{whom} does not answer as a web server does: is the port right?"
            )),
            Error::BodyExceedsLimit(_) => {
                Trouble::Failed(format!("{whom} answers with more than anybody would read"))
            }
            _ => Trouble::Passing(format!("{whom} does not answer ({error})")),
        }
    }

    fn no_such_host(&self) -> Trouble {
        Trouble::Failed(format!(
            "there is no host of the name in {}: check the address, and that this machine is on the \
             printers' network",
            self.address
        ))
    }

    fn encryption_trouble(&self, problem: &str) -> Trouble {
        let advice = if problem.contains("CaUsedAsEndEntity") {
            ": its certificate is an authority's own; make the server one that says `CA:FALSE`, and \
             let this machine trust it, or name its file in SSL_CERT_FILE"
        } else if problem.contains("certificate") {
            "; if it is your own, add its certificate to those that this machine trusts, or name \
             the file that holds it in SSL_CERT_FILE"
        } else {
            ": does it speak https at that port?"
        };
        let whom = &self.address;
        Trouble::Failed(format!("no encrypted connection to {whom} ({}){advice}", plain(problem)))
    }

    /// Sorts out the answers that mean the same with every server.
    fn judge(&self, (status, body, _, location): Raw, sent: &Sent) -> Result<Answer, Trouble> {
        let whom = &self.address;
        let said = said(&body);
        let answer = Answer { status: status.as_u16(), body, whom: whom.to_string() };
        let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
        match status.as_u16() {
            300..=399 => {
                let goal = location.map_or(String::new(), |goal| {
                    // A login page's address may hold who knows what after its `?`.
                    format!(" to {}", plain(goal.split(['?', '#']).next().unwrap_or_default()))
                });
                Err(Trouble::Wrong(format!(
                    "{whom} sends us on{goal}, as a login page in front of {} does; give the address \
                     of {} itself",
                    self.program, self.program
                )))
            }
            401 | 403 => Err(Trouble::Wrong(match (&self.key, &self.user) {
                (None, _) => format!(
                    "{whom} lets nobody in without a key: put {}'s API key into the environment \
                     variable PIBUILD_API_KEY, or into a file and name it with --key-file",
                    self.program
                ),
                (Some(_), None) => format!("{whom} refuses the API key{said}"),
                (Some(_), Some(user)) => {
                    format!("{whom} refuses the name `{}` with this password{said}", plain(user))
                }
            })),
            413 => Err(Trouble::Failed(format!(
                "{whom} takes no file of {:.1} MB: raise the limit for uploads there",
                sent.body.len() as f64 / 1e6
            ))),
            507 => Err(self.disk_full()),
            400..=599 if tells_of_a_full_disk(&answer.body) => Err(self.disk_full()),
            429 => Err(Trouble::Passing(format!("{whom} is busy{said}"))),
            500 | 502..=504 => {
                Err(Trouble::Passing(format!("{whom} answers {}{said}", status.as_u16())))
            }
            501 | 505.. => {
                Err(Trouble::Failed(format!("{whom} answers {}{said}", status.as_u16())))
            }
            _ => Ok(answer),
        }
    }

    fn disk_full(&self) -> Trouble {
        Trouble::Failed(format!(
            "the disk of {} is full: make room there and run this again, nothing is lost",
            self.address
        ))
    }
}

/// Status, body, challenge, location.
type Raw = (StatusCode, Vec<u8>, Option<String>, Option<String>);

impl Answer {
    /// The JSON in it. `program` is what the server was taken for.
    pub(super) fn json(&self, program: &str) -> Result<Value, Trouble> {
        let whom = &self.whom;
        if let Ok(value) = serde_json::from_slice(&self.body) {
            return Ok(value);
        }
        Err(Trouble::Wrong(if is_page(&self.body) {
            format!(
                "{whom} answers with a web page where {program} answers with data: is the address \
                 right, port included, and is it {program}?"
            )
        } else {
            format!("{whom} does not answer as {program} does: is the address right?")
        }))
    }

    /// What is wrong, as far as the server tells.
    pub(super) fn unexpected(&self, doing: &str) -> Trouble {
        let said = said(&self.body);
        let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
        Trouble::Failed(format!("{} refuses to {doing}: {}{said}", self.whom, self.status))
    }
}

/// Encryption by the certificates that this machine trusts, those of its owner included.
fn encryption() -> Result<TlsConfig, Trouble> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        return Err(Trouble::Failed(
            "this machine has no certificates to tell a https server by: install its \
             ca-certificates, or name a file of them in SSL_CERT_FILE"
                .to_owned(),
        ));
    }
    let roots: Vec<Certificate<'static>> =
        found.certs.iter().map(|cert| Certificate::from_der(cert.as_ref()).to_owned()).collect();
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::from(roots))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build())
}

/// A number that nobody else has drawn: the standard library seeds its hash maps so.
pub(super) fn random() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}

fn is_page(body: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&body[..body.len().min(512)]).to_ascii_lowercase();
    start.trim_start().starts_with('<')
}

/// The words by which servers and their systems tell that there is no room.
fn tells_of_a_full_disk(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]).to_ascii_lowercase();
    ["no space left", "disk full", "insufficient storage", "not enough space", "errno 28"]
        .iter()
        .any(|words| text.contains(words))
}

/// What a server says about an error, in one short line; nothing of a web page.
fn said(body: &[u8]) -> String {
    if is_page(body) {
        return String::new();
    }
    let value: Option<Value> = serde_json::from_slice(body).ok();
    let text = value.as_ref().and_then(|value| {
        let error = value.get("error")?;
        error.get("message").unwrap_or(error).as_str()
    });
    let message = value.as_ref().and_then(|value| value.get("message").or(value.get("title")));
    let text = text.or_else(|| message.and_then(Value::as_str));
    match (text, &value) {
        (Some(text), _) => plain(text),
        (None, Some(_)) => String::new(),
        (None, None) => plain(&String::from_utf8_lossy(&body[..body.len().min(512)])),
    }
}

/// A stranger's words in one line that does nothing to a terminal.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let mut plain: String = line.chars().filter(|c| !c.is_control()).take(160).collect();
    if line.chars().count() > 160 {
        plain.push('…');
    }
    plain
}
