//! HTTP digest access (RFC 7616), as PrusaLink wants it from whoever has a name and a password.

use std::collections::BTreeMap;
use std::fmt::Write;

use md5::{Digest as _, Md5};

use super::key::Key;

/// What is to be let in.
pub(super) struct Credentials<'a> {
    pub(super) user: &'a str,
    pub(super) password: &'a Key,
}

/// The `Authorization` header that answers a `WWW-Authenticate` header; `None` if that asks for
/// something else than an MD5 digest.
pub(super) fn answer(
    challenge: &str,
    credentials: &Credentials,
    method: &str,
    path: &str,
    client_nonce: &str,
) -> Option<String> {
    let fields = fields(challenge.trim().strip_prefix("Digest ")?);
    let field = |name: &str| fields.get(name).map(String::as_str);
    if !field("algorithm").unwrap_or("MD5").eq_ignore_ascii_case("MD5") {
        return None;
    }
    let (realm, nonce) = (field("realm")?, field("nonce")?);
    let user = credentials.user;
    let secret = hex(&format!("{user}:{realm}:{}", credentials.password.reveal()));
    let request = hex(&format!("{method}:{path}"));
    let offered = field("qop").map(|all| all.split(',').any(|one| one.trim() == "auth"));
    let mut header =
        format!(r#"Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{path}""#);
    let response = match offered {
        // RFC 2069, as old servers speak it.
        None => hex(&format!("{secret}:{nonce}:{request}")),
        Some(true) => {
            let count = "00000001";
            // Writing to a String cannot fail.
            let _ = write!(header, r#", qop=auth, nc={count}, cnonce="{client_nonce}""#);
            hex(&format!("{secret}:{nonce}:{count}:{client_nonce}:auth:{request}"))
        }
        Some(false) => return None,
    };
    let _ = write!(header, r#", response="{response}""#);
    if let Some(opaque) = field("opaque") {
        let _ = write!(header, r#", opaque="{opaque}""#);
    }
    Some(header)
}

/// `realm="a, b", qop=auth` as names and values.
fn fields(text: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == ',').to_ascii_lowercase();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        fields.insert(name, value.trim().to_owned());
        rest = next;
    }
    fields
}

fn hex(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn respond(challenge: &str) -> Option<String> {
        let password = Key::read("Circle Of Life").unwrap();
        let credentials = Credentials { user: "Mufasa", password: &password };
        answer(challenge, &credentials, "GET", "/dir/index.html", "0a4f113b")
    }

    /// The example of RFC 2617, section 3.5.
    #[test]
    fn the_example_of_the_standard() {
        let challenge = r#"Digest realm="testrealm@host.com", qop="auth,auth-int",
            nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#;
        let header = respond(challenge).unwrap();
        assert!(header.contains(r#"response="6629fae49393a05397450978507c4ef1""#), "{header}");
        assert!(header.contains(r#"opaque="5ccc069c403ebaf9f0171e9517f40e41""#), "{header}");
    }

    /// The same without `qop`: the example of RFC 2069, with the response of its errata.
    #[test]
    fn the_example_of_the_older_standard() {
        let password = Key::read("CircleOfLife").unwrap();
        let credentials = Credentials { user: "Mufasa", password: &password };
        let challenge = r#"Digest realm="testrealm@host.com",
            nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#;
        let header = answer(challenge, &credentials, "GET", "/dir/index.html", "").unwrap();
        assert!(header.contains(r#"response="1949323746fe6a43ef61f9606e7febea""#), "{header}");
    }

    #[test]
    fn what_is_no_md5_digest_is_left_to_others() {
        assert_eq!(respond("Basic realm=\"x\""), None);
        assert_eq!(respond(r#"Digest realm="x", nonce="y", algorithm=SHA-256"#), None);
        assert_eq!(respond("Digest"), None);
    }
}
