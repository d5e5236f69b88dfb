//! A file's text, and places in it.

/// A file as it was read: its name as the user typed it, and its text without a byte order mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What messages call it.
    pub name: String,
    /// All of it.
    pub text: String,
}

impl Source {
    /// The line with this number, counted from 1, without its line end.
    pub fn line(&self, number: usize) -> &str {
        let line = self.text.split('\n').nth(number.saturating_sub(1)).unwrap_or("");
        line.strip_suffix('\r').unwrap_or(line)
    }
}

/// Where something stands in a file. Lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The first character's column.
    pub column: usize,
    /// Characters, on that line.
    pub length: usize,
}
