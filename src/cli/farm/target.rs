//! The output folder that a queue is in.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::design_file;
use crate::cli::failure::Failure;
use crate::handover::Order;
use crate::outputs::{MANIFEST, sha256};

/// The argument DESIGN|DIR.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// The design, whose output is in output/<name>; or the output folder itself
    #[arg(value_name = "DESIGN|DIR")]
    path: PathBuf,
    /// The design's output folder, if it is not output/<name>
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Target {
    /// The folder. With a design, it must be what that design makes.
    pub(super) fn folder(&self) -> Result<PathBuf, Failure> {
        if self.path.is_dir() {
            return if self.output.is_none() {
                Ok(self.path.clone())
            } else {
                let folder = self.path.display();
                Err(Failure::Usage(format!("`{folder}` is an output folder already: leave out -o")))
            };
        }
        let outcome = design_file::check(&self.path)?;
        let document = &outcome.document;
        let folder =
            self.output.clone().unwrap_or_else(|| Path::new("output").join(&document.design.name));
        let made = std::fs::read(folder.join(MANIFEST)).ok();
        let made: Option<serde_json::Value> =
            made.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let (shown, name) = (folder.display(), &document.source.name);
        match made.as_ref().and_then(|manifest| manifest["design_sha256"].as_str()) {
            Some(hash) if hash == sha256(document.source.text.as_bytes()) => Ok(folder),
            Some(_) => Err(Failure::Usage(format!(
                "`{shown}` was made before `{name}` was last changed: run `pibuild generate` again"
            ))),
            None => Err(Failure::Usage(format!(
                "`{shown}` is no output of pibuild: run `pibuild generate {name}` first"
            ))),
        }
    }

    /// What the folder orders.
    pub(super) fn order(&self) -> Result<Order, Failure> {
        Ok(Order::read(&self.folder()?)?)
    }
}
