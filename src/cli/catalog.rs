//! `pibuild catalog`: what can be named in a design.

use clap::{Args, Subcommand};

use super::exit_code::ExitCode;
use super::failure::{Failure, did_you_mean};
use super::screen;
use crate::catalog::{Catalog, nearest};
use crate::drawings;
use crate::pipeline::Internal;
use crate::report::Listing;

/// What to do with the catalogue.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Ids and names, all or of one kind
    List(List),
    /// One entry as YAML, as it would stand under `catalog:` in a design
    Show(Show),
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[arg(help = "boards, rails, racks, devices, fans, supplies, printers, sheets, fasteners, \
                  fittings, materials, paints, addons, cables or accessories")]
    kind: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    #[arg(help = "The entry's id, such as raspberry-pi-5")]
    id: String,
    /// A dimensioned drawing as SVG instead; boards only
    #[arg(long)]
    svg: bool,
    /// With this add-on on the board; can be given several times
    #[arg(long = "addon", value_name = "ID", requires = "svg")]
    addons: Vec<String>,
}

pub(super) fn run(command: &Command) -> Result<ExitCode, Failure> {
    let catalog =
        Catalog::builtin().map_err(|problem| Failure::Internal(Internal::Catalog(problem)))?;
    let text = match command {
        Command::List(list) => listed(&catalog, list)?,
        Command::Show(show) if show.svg => drawn(&catalog, show)?,
        Command::Show(show) => shown(&catalog, show)?,
    };
    screen::print(&text)?;
    Ok(ExitCode::Done)
}

fn listed(catalog: &Catalog, list: &List) -> Result<String, Failure> {
    let listing = listing(catalog)?;
    let Some(kind) = &list.kind else { return Ok(listing.all()) };
    listing.kind(kind).ok_or_else(|| {
        let kinds: Vec<&str> = listing.kinds().collect();
        Failure::Usage(format!(
            "the catalogue has no kind `{kind}`{} (there are {})",
            did_you_mean(&nearest(kind, kinds.iter().copied())),
            kinds.join(", ")
        ))
    })
}

fn shown(catalog: &Catalog, show: &Show) -> Result<String, Failure> {
    let listing = listing(catalog)?;
    let entry = listing.entry(&show.id).map_err(yaml)?;
    entry.ok_or_else(|| unknown(&listing, &show.id))
}

fn drawn(catalog: &Catalog, show: &Show) -> Result<String, Failure> {
    if let Some(board) = catalog.boards.get(&show.id) {
        let mut board = board.clone();
        for id in &show.addons {
            let addon = catalog.addons.get(id).ok_or_else(|| {
                let near = did_you_mean(&nearest(id, catalog.addons.keys().map(String::as_str)));
                Failure::Usage(format!("the catalogue has no add-on `{id}`{near}"))
            })?;
            if !addon.fits.contains(&show.id) {
                let fits = addon.fits.join(", ");
                let problem = format!("`{id}` does not fit `{}`; it fits {fits}", show.id);
                return Err(Failure::Usage(problem));
            }
            board = board.with(addon);
            board.name = format!("{} + {}", board.name, addon.name);
        }
        return Ok(drawings::board(&show.id, &board));
    }
    let listing = listing(catalog)?;
    Err(if listing.ids().any(|id| id == show.id) {
        Failure::Usage(format!("`{}` is no board, and only boards have a drawing", show.id))
    } else {
        unknown(&listing, &show.id)
    })
}

fn unknown(listing: &Listing, id: &str) -> Failure {
    let near = did_you_mean(&nearest(id, listing.ids()));
    Failure::Usage(format!(
        "the catalogue has no entry `{id}`{near} (`pibuild catalog list` shows all)"
    ))
}

fn listing(catalog: &Catalog) -> Result<Listing, Failure> {
    Listing::new(catalog).map_err(yaml)
}

fn yaml(problem: serde_yaml::Error) -> Failure {
    Failure::Internal(Internal::Yaml(problem))
}
