//! What the frame is built from, out of the catalogue.

use crate::catalog::{Catalog, Fitting, RailProfile};
use crate::cluster::{Cluster, Known, Ledger};
use crate::spec::Auto;
use crate::units::{Kilograms, Mm};

/// Racks of this height and more get the profiles and castors of the 1050-node cluster; smaller
/// ones stand on a desk.
pub(super) const TALL: Mm = Mm::um(1_000_000);

/// A profile of the catalogue.
#[derive(Clone, Debug)]
pub struct Extrusion {
    /// Catalogue id.
    pub id: String,
    /// The entry.
    pub profile: RailProfile,
}

/// A fitting of the catalogue.
#[derive(Clone, Debug)]
pub struct Part {
    /// Catalogue id.
    pub id: String,
    /// The entry.
    pub fitting: Fitting,
}

impl Extrusion {
    /// What makers call profiles of this thickness: 15 for 1.5 in, 20 for 20 mm.
    pub(super) fn series(&self) -> i64 {
        let side = self.profile.short_side.value;
        let tenths = Mm::INCH / 10;
        if side.nm() % tenths.nm() == 0 { side.fits(tenths) } else { side.fits(Mm::um(1_000)) }
    }

    /// Mass of a metre.
    pub(super) fn mass(&self, ledger: &mut Ledger) -> Known<Kilograms> {
        let entry = format!("catalog.rails.{}", self.id);
        let fact = &self.profile.mass_per_metre;
        ledger.fact(&entry, "mass_per_metre", fact, &self.profile.source)
    }

    /// The side that is not longer.
    pub(super) fn short_side(&self, ledger: &mut Ledger) -> Known<Mm> {
        let entry = format!("catalog.rails.{}", self.id);
        ledger.fact(&entry, "short_side", &self.profile.short_side, &self.profile.source)
    }

    /// The side that is not shorter.
    pub(super) fn long_side(&self, ledger: &mut Ledger) -> Known<Mm> {
        let entry = format!("catalog.rails.{}", self.id);
        ledger.fact(&entry, "long_side", &self.profile.long_side, &self.profile.source)
    }
}

impl Part {
    /// The entry of that id.
    pub fn named(catalog: &Catalog, id: &str) -> Option<Part> {
        Some(Part { id: id.to_owned(), fitting: catalog.fittings.get(id)?.clone() })
    }

    /// Its width (0), depth (1) or height (2), on record.
    pub fn size(&self, field: &str, axis: usize, ledger: &mut Ledger) -> Known<Mm> {
        let name = format!("catalog.fittings.{}.{field}", self.id);
        ledger.rule(&name, self.fitting.size[axis], &self.fitting.source)
    }
}

pub(super) fn post(
    catalog: &Catalog,
    wanted: &Auto<String>,
    cluster: &Cluster,
    ledger: &mut Ledger,
) -> Option<Extrusion> {
    let id = match wanted {
        Auto::Set(id) => id.as_str(),
        Auto::Auto if is_tall(cluster) => "t-slot-1515",
        Auto::Auto => "t-slot-2020",
    };
    let rule = "1.5 in around racks of 1 m and more, else 20 mm";
    chosen("shell.frame.post", wanted, rule, id, ledger);
    Some(Extrusion { id: id.to_owned(), profile: catalog.rails.get(id)?.clone() })
}

/// As thick as the posts and twice as tall; the posts' own profile if the catalogue has none.
pub(super) fn beam(
    catalog: &Catalog,
    wanted: &Auto<String>,
    post: &Extrusion,
    ledger: &mut Ledger,
) -> Option<Extrusion> {
    let side = post.profile.short_side.value;
    let fits = |profile: &RailProfile| {
        profile.short_side.value == side && profile.long_side.value == side * 2
    };
    let id = match wanted {
        Auto::Set(id) => id,
        Auto::Auto => {
            let twice = catalog.rails.iter().find(|(_, profile)| fits(profile));
            twice.map_or(&post.id, |(id, _)| id)
        }
    };
    chosen("shell.frame.beam", wanted, "as thick as the posts, twice as tall", id, ledger);
    Some(Extrusion { id: id.clone(), profile: catalog.rails.get(id)?.clone() })
}

pub(super) fn castor(
    catalog: &Catalog,
    wanted: &Auto<String>,
    cluster: &Cluster,
    ledger: &mut Ledger,
) -> Option<Part> {
    let id = match wanted {
        Auto::Set(id) => id.as_str(),
        Auto::Auto if is_tall(cluster) => "castor-105",
        Auto::Auto => "rubber-foot",
    };
    let rule = "castors under racks of 1 m and more, else rubber feet";
    chosen("shell.frame.castor", wanted, rule, id, ledger);
    Part::named(catalog, id)
}

fn is_tall(cluster: &Cluster) -> bool {
    cluster.opening.rack.height.value >= TALL
}

fn chosen(path: &str, wanted: &Auto<String>, rule: &str, id: &str, ledger: &mut Ledger) {
    match wanted {
        Auto::Set(_) => ledger.given(path, id),
        Auto::Auto => ledger.derive(path, rule, &[], id),
    };
}
