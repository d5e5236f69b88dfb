//! Where a print server is.

use std::fmt;
use std::str::FromStr;

use ureq::http::Uri;

/// An address such as `http://voron.local:7125` or `https://farm.example/octoprint/`: it may be
/// printed and kept, so that no name or key may be in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// The address without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what goes there is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Address, String> {
        let text = text.trim();
        // What is refused is not repeated: there may be a key in it.
        if text.contains('@') {
            return Err("an address holds no name or password; give the key with \
                        PIBUILD_API_KEY or --key-file"
                .to_owned());
        }
        if text.contains(['?', '#']) {
            return Err(
                "an address ends before `?` and `#`; give the key with PIBUILD_API_KEY or \
                        --key-file"
                    .to_owned(),
            );
        }
        let example = "an address is written like http://voron.local:7125";
        let uri: Uri = text.parse().map_err(|_| example.to_owned())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(example.to_owned());
        };
        if !["http", "https"].contains(&scheme) {
            return Err(format!("{example}; {scheme}: is not spoken here"));
        }
        let path = uri.path().trim_end_matches('/');
        Ok(Address(format!("{scheme}://{}{path}", authority.as_str().to_ascii_lowercase())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_has_one_spelling() {
        for (given, kept) in [
            ("http://Voron.local:7125/", "http://voron.local:7125"),
            (" https://farm.example/octoprint/ ", "https://farm.example/octoprint"),
            ("http://[::1]:80", "http://[::1]:80"),
        ] {
            assert_eq!(given.parse::<Address>().unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_address_or_holds_a_secret_is_refused_and_not_repeated() {
        for given in [
            "voron.local",
            "voron.local:7125",
            "ftp://voron.local",
            "http://",
            "",
            "http://me:hunter2@voron.local",
            "http://voron.local/?apikey=hunter2",
            "http://voron.local/#hunter2",
        ] {
            let error = given.parse::<Address>().unwrap_err();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
