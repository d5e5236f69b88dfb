//! What a misspelt word was probably meant to be.

/// Hostile files may hold tens of thousands of names; no design does.
const MOST_WORDS: usize = 1_000;

/// The nearest of the words, if any is near enough to be worth suggesting.
pub fn nearest<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing is quadratic in the length, and no name is longer than this.
    const LONGEST: usize = 100;
    let written = simple(written);
    if written.len() > LONGEST {
        return None;
    }
    words
        .into_iter()
        .take(MOST_WORDS)
        .map(|word| (distance(&written, &simple(word)), word))
        .filter(|(distance, word)| {
            *distance <= 1.max(written.len().max(word.len()) / 3) && *distance < written.len()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Up to `count` words, nearest first, whether near or not.
pub(super) fn nearest_few<'a>(
    written: &str,
    words: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let short: String = simple(written).chars().take(100).collect();
    let mut ranked: Vec<(usize, &str)> = words
        .into_iter()
        .take(MOST_WORDS)
        .map(|word| (distance(&short, &simple(word)), word))
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().take(count).map(|(_, word)| word).collect()
}

/// People mix up hyphens, underscores, spaces and capitals.
fn simple(word: &str) -> String {
    word.to_lowercase().replace(['_', ' '], "-")
}

/// Letters that differ, but a beginning or a part of a word is near the whole: `pi-5` means
/// `raspberry-pi-5`.
fn distance(written: &str, word: &str) -> usize {
    if written.len() >= 3 && word.contains(written) {
        return 1;
    }
    strsim::osa_distance(written, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_what_was_meant() {
        let keys = ["profile", "length", "milling", "tap", "orientation"];
        assert_eq!(nearest("miling", keys), Some("milling"));
        assert_eq!(nearest("Lenght", keys), Some("length"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("pis_per_cady", ["pis_per_caddy", "wall"]), Some("pis_per_caddy"));
        assert_eq!(nearest("pi-5", ["raspberry-pi-5", "rock-5b"]), Some("raspberry-pi-5"));
    }
}
