//! Which folders of the output are wanted.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The folders of the output tree, in the order of the build, and what each holds.
pub const FOLDERS: [(&str, &str); 7] = [
    ("parts", "printable parts and their drawings"),
    ("assembly", "3D models of banks, racks and cluster"),
    ("layout", "elevations and plan"),
    ("cut", "sheets, bars and drawings for the workshop"),
    ("bom", "bill of materials and costs"),
    ("wiring", "patch, power and address lists"),
    ("farm", "print queue and schedule"),
];

/// The folders that a run makes: all of them, or those named by `--only`.
///
/// The manifest, the checks, the quantities and the resolved design are made in any case. What is
/// not selected is not in the output; it is not kept from an earlier run, for a folder holds one
/// generation only.
///
/// ```
/// use pibuild::outputs::Selection;
/// let only: Selection = "parts,cut".parse()?;
/// assert!(only.includes("cut") && !only.includes("bom"));
/// # Ok::<(), pibuild::outputs::UnknownFolder>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    folders: BTreeSet<&'static str>,
}

impl Selection {
    /// Every folder.
    pub fn everything() -> Selection {
        Selection { folders: FOLDERS.iter().map(|(name, _)| *name).collect() }
    }

    /// Whether `folder` is wanted.
    pub fn includes(&self, folder: &str) -> bool {
        self.folders.contains(folder)
    }

    /// Whether nothing is left out: the build book, which shows all folders, is made only then.
    pub fn is_everything(&self) -> bool {
        self.folders.len() == FOLDERS.len()
    }
}

impl Default for Selection {
    fn default() -> Selection {
        Selection::everything()
    }
}

impl FromStr for Selection {
    type Err = UnknownFolder;

    /// Reads `parts,cut`; spaces around names are allowed.
    fn from_str(words: &str) -> Result<Selection, UnknownFolder> {
        let folders = words.split(',').map(|word| folder(word.trim())).collect::<Result<_, _>>()?;
        Ok(Selection { folders })
    }
}

fn folder(word: &str) -> Result<&'static str, UnknownFolder> {
    let names = || FOLDERS.iter().map(|(name, _)| *name);
    names().find(|name| *name == word).ok_or_else(|| UnknownFolder {
        word: word.to_owned(),
        nearest: names()
            .map(|name| (strsim::damerau_levenshtein(word, name), name))
            .filter(|(distance, name)| *distance <= name.len() / 2)
            .min()
            .map(|(_, name)| name),
    })
}

/// A word that names no folder of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFolder {
    word: String,
    nearest: Option<&'static str>,
}

impl fmt::Display for UnknownFolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no output folder `{}`", self.word)?;
        if let Some(nearest) = self.nearest {
            write!(f, ", did you mean `{nearest}`?")?;
        }
        let names: Vec<&str> = FOLDERS.iter().map(|(name, _)| *name).collect();
        write!(f, " (there are {})", names.join(", "))
    }
}

impl std::error::Error for UnknownFolder {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_folder_names_the_nearest_and_all() {
        let error = "parts,wirring".parse::<Selection>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no output folder `wirring`, did you mean `wiring`? \
             (there are parts, assembly, layout, cut, bom, wiring, farm)"
        );
        assert!(!"x".parse::<Selection>().unwrap_err().to_string().contains("did you mean"));
        assert!("".parse::<Selection>().is_err());
    }

    #[test]
    fn naming_every_folder_is_everything() {
        let all = FOLDERS.map(|(name, _)| name).join(" , ");
        assert_eq!(all.parse::<Selection>().unwrap(), Selection::everything());
        assert!(!"bom".parse::<Selection>().unwrap().is_everything());
    }
}
