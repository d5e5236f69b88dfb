//! The printed parts of one bank, placed, as one STEP file.

use nalgebra::Isometry3;

use super::{Internal, Outcome};
use crate::export::step;
use crate::geometry::Solid;
use crate::parts::Made;

/// Where the instances of one part stand, by name.
type Places = Vec<(String, Isometry3<f64>)>;

/// `assembly/bank.step`: each distinct part once, and an occurrence of it at every place.
///
/// # Errors
/// As [`step::assembly`].
pub fn bank_step(outcome: &Outcome) -> Result<String, Internal> {
    let assembly = &outcome.assembly;
    let placed: Vec<(&str, &Solid, Places)> = outcome
        .prints
        .iter()
        .filter(|print| matches!(print.part.made, Made::PerBank(_)))
        .filter_map(|print| Some((print.part.name.as_str(), print.part.solid.as_ref().ok()?)))
        .map(|(name, solid)| {
            let of_part = |shape: usize| assembly.shapes[shape].name == name;
            let instances = assembly.bank.iter().filter(|instance| of_part(instance.shape));
            let places = instances.map(|instance| (instance.name.clone(), instance.place));
            (name, solid, places.collect())
        })
        .collect();
    let components: Vec<step::Component> =
        placed.iter().map(|(name, solid, places)| (*name, *solid, places.as_slice())).collect();
    let about = "the printed parts of one bank, placed";
    step::assembly("bank", about, &components)
        .map_err(|problem| Internal::Step { name: "bank".to_owned(), problem })
}
