//! `pibuild explain`: where a number comes from, and what a code means.

use std::path::Path;

use clap::Args;

use super::design_file;
use super::exit_code::ExitCode;
use super::failure::{Failure, did_you_mean};
use super::screen;
use crate::report::{self, Explanation};
use crate::{checks, spec};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A design, or the code of a finding or of a mistake
    #[arg(value_name = "DESIGN|CODE")]
    subject: String,
    #[arg(help = "A quantity of the design, such as rail.finished_length")]
    quantity: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let text = match &arguments.quantity {
        Some(quantity) => explain_quantity(Path::new(&arguments.subject), quantity)?,
        None => explain_code(&arguments.subject)?,
    };
    screen::print(&text)?;
    Ok(ExitCode::Done)
}

fn explain_quantity(design: &Path, quantity: &str) -> Result<String, Failure> {
    let outcome = design_file::check(design)?;
    let document = &outcome.document;
    match report::explain(&outcome.ledger, &document.places, &document.source, quantity) {
        Explanation::Found(text) => Ok(text),
        Explanation::Unknown(near) => Err(Failure::Usage(format!(
            "`{}` has no quantity `{quantity}`{} (the output's quantities.json lists all)",
            document.source.name,
            did_you_mean(&near)
        ))),
    }
}

fn explain_code(code: &str) -> Result<String, Failure> {
    let found = checks::CODES.iter().map(|known| (known.code, known.text));
    let all: Vec<(&str, &str)> = found.chain(spec::CODES.iter().copied()).collect();
    if let Some((code, text)) = all.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)) {
        return Ok(format!("{code}\n\n{}\n", filled(text)));
    }
    if code == "-" || Path::new(code).exists() {
        return Err(Failure::Usage(format!(
            "say which quantity of `{code}` is to be explained, such as rail.finished_length"
        )));
    }
    let near: Vec<String> = spec::nearest(code, all.iter().map(|(known, _)| *known))
        .into_iter()
        .map(str::to_owned)
        .collect();
    Err(Failure::Usage(format!("`{code}` is neither a code nor a file{}", did_you_mean(&near))))
}

/// In lines of at most 80 columns.
fn filled(text: &str) -> String {
    let mut filled = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > 80 {
            filled.push('\n');
            column = 0;
        } else if column > 0 {
            filled.push(' ');
            column += 1;
        }
        filled.push_str(word);
        column += width;
    }
    filled
}
