//! `pibuild generate`: everything, into one folder.

use std::path::{Path, PathBuf};

use clap::Args;

use super::design_file::DesignFile;
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;
use crate::outputs::{Selection, swap_in};
use crate::report;

/// Arguments of `generate`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    design: DesignFile,
    /// The folder to make or to replace [default: output/<name of the design>]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Only these folders of the output: parts, assembly, layout, cut, bom, wiring, farm
    #[arg(long, value_name = "WHAT,…")]
    only: Option<Selection>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let outcome = arguments.design.check()?;
    let tree = outcome.tree(&arguments.only.clone().unwrap_or_default())?;
    let name = &outcome.document.design.name;
    let target = arguments.output.clone().unwrap_or_else(|| Path::new("output").join(name));
    swap_in(&target, &tree)?;
    let files = tree.files().count();
    screen::print(&format!(
        "{}\n{files} files in {}\n",
        report::human(&outcome.document.source.name, &outcome.findings).trim_end(),
        target.display()
    ))?;
    Ok(ExitCode::of_verdict(outcome.buildable()))
}
