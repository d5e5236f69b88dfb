//! What lets us in.

use std::fmt;

/// A key or password. It is never shown, and never written anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// A key from a file or the environment; space around it is not part of it.
    ///
    /// # Errors
    /// It is empty, or holds what no key can: line ends, control characters, letters beyond ASCII.
    pub fn read(text: &str) -> Result<Key, &'static str> {
        let key = text.trim();
        if key.is_empty() {
            return Err("is empty");
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return Err("holds more than one line, or a character that is in no key");
        }
        Ok(Key(key.to_owned()))
    }

    /// The key itself, for the request that needs it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_key_is_one_line_and_never_shown() {
        let key = Key::read(" s3cret\n").unwrap();
        assert_eq!(key.reveal(), "s3cret");
        assert!(!format!("{key:?}").contains("s3cret"));
        for text in ["", " \n", "one\ntwo", "clé"] {
            assert!(Key::read(text).is_err(), "{text:?}");
        }
    }
}
