//! `assembly/`: 3D models for viewers and CAD programs.

use super::bank_step::bank_step;
use super::{Internal, Outcome, add};
use crate::assembly::{Enclosure, MOST_RACKS};
use crate::export::Scene;
use crate::outputs::Tree;

/// Adds the bank, each rack and the cluster as glTF, and the bank as STEP.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let (title, assembly) = (outcome.title(), &outcome.assembly);
    let mut add_scene = |path: String, about: &str, scene: Scene| {
        let bytes = scene.to_glb().map_err(Internal::Json)?;
        add(tree, &path, about, bytes)
    };
    let bank = assembly.bank_scene(title);
    add_scene("assembly/bank.glb".to_owned(), "one bank in 3D", bank)?;
    for rack in assembly.racks.iter().take(MOST_RACKS) {
        let path = format!("assembly/rack-{}.glb", rack.number);
        add_scene(path, "one rack in 3D", assembly.rack_scene(title, rack))?;
    }
    let around = Enclosure::new(&outcome.shell).map_err(Internal::Shell)?;
    let all = assembly.cluster_scene(title, &around);
    add_scene("assembly/cluster.glb".to_owned(), "all racks in 3D, with frame and shell", all)?;
    let about = "the printed parts of one bank, placed, for CAD programs";
    add(tree, "assembly/bank.step", about, bank_step(outcome)?)
}
