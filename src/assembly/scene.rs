//! From instances to scenes for a viewer.

use std::collections::BTreeMap;

use nalgebra::Isometry3;

use super::{Assembly, BankPlace, Finish, Instance, RackModel};
use crate::export::{Body, Look, Model, Node, Scene};

/// Beyond this many banks a cluster's model shows each as its rail only: a viewer could not hold
/// more, and nobody could see more.
const MOST_BANKS: usize = 400;
/// Racks that a cluster's model shows, and that get a model of their own.
pub const MOST_RACKS: usize = 100;

impl Assembly {
    /// One full bank.
    pub fn bank_scene(&self, title: &str) -> Scene<'_> {
        let mut builder = Builder::new(self, title);
        let nodes = self.bank.iter().map(|it| builder.node(it)).collect();
        builder.finish("bank", nodes)
    }

    /// One rack and all that it holds.
    pub fn rack_scene(&self, title: &str, rack: &RackModel) -> Scene<'_> {
        let mut builder = Builder::new(self, title);
        let node = builder.rack(rack, Isometry3::identity(), true);
        builder.finish("rack", vec![node])
    }

    /// All racks.
    pub fn cluster_scene(&self, title: &str) -> Scene<'_> {
        let mut builder = Builder::new(self, title);
        let banks: usize = self.racks.iter().map(|rack| rack.banks.len()).sum();
        let shown = self.racks.iter().take(MOST_RACKS);
        let nodes = shown.map(|rack| builder.rack(rack, rack.place, banks <= MOST_BANKS)).collect();
        builder.finish("cluster", nodes)
    }
}

/// Collects the shapes that are in use.
struct Builder<'a> {
    assembly: &'a Assembly,
    scene: Scene<'a>,
    models: BTreeMap<usize, usize>,
}

impl<'a> Builder<'a> {
    fn new(assembly: &'a Assembly, title: &str) -> Builder<'a> {
        let scene =
            Scene { title: title.to_owned(), looks: vec![], models: vec![], root: Node::default() };
        Builder { assembly, scene, models: BTreeMap::new() }
    }

    fn finish(mut self, name: &str, children: Vec<Node>) -> Scene<'a> {
        self.scene.root =
            Node { name: name.to_owned(), place: Isometry3::identity(), model: None, children };
        self.scene
    }

    fn rack(&mut self, rack: &RackModel, place: Isometry3<f64>, in_full: bool) -> Node {
        let mut children: Vec<Node> = rack.instances.iter().map(|it| self.node(it)).collect();
        children.extend(rack.banks.iter().map(|bank| self.bank(bank, in_full)));
        Node { name: format!("rack-{}", rack.number), place, model: None, children }
    }

    fn bank(&mut self, bank: &BankPlace, in_full: bool) -> Node {
        let is_there = |it: &&Instance| {
            let rail = self.assembly.shapes[it.shape].name == "rail";
            (in_full || rail) && it.board.is_none_or(|board| board < bank.boards)
        };
        let there: Vec<&Instance> = self.assembly.bank.iter().filter(is_there).collect();
        let children = there.into_iter().map(|it| self.node(it)).collect();
        Node { name: bank.name.clone(), place: bank.place, model: None, children }
    }

    fn node(&mut self, instance: &Instance) -> Node {
        let model = self.model(instance.shape);
        Node {
            name: instance.name.clone(),
            place: instance.place,
            model: Some(model),
            children: vec![],
        }
    }

    fn model(&mut self, shape: usize) -> usize {
        if let Some(&model) = self.models.get(&shape) {
            return model;
        }
        let found = &self.assembly.shapes[shape];
        let bodies = found.pieces.iter().filter(|piece| piece.fitted);
        let bodies = bodies.map(|piece| Body { look: self.look(piece.finish), mesh: &piece.mesh });
        let bodies = bodies.collect();
        self.scene.models.push(Model { name: found.name.clone(), bodies });
        let model = self.scene.models.len() - 1;
        self.models.insert(shape, model);
        model
    }

    /// The number of a look, which is listed when it is first used.
    fn look(&mut self, finish: Finish) -> usize {
        let wanted = look(finish);
        let looks = &mut self.scene.looks;
        looks.iter().position(|it| it.name == wanted.name).unwrap_or_else(|| {
            looks.push(wanted);
            looks.len() - 1
        })
    }
}

/// Colours are linear, as glTF wants them.
fn look(finish: Finish) -> Look {
    match finish {
        Finish::Printed => plastic("printed", [0.02, 0.05, 0.35]),
        Finish::Bracket => plastic("bracket", [0.04, 0.045, 0.06]),
        Finish::Aluminium => metal("aluminium", [0.72, 0.74, 0.76]),
        Finish::Board => plastic("board", [0.01, 0.2, 0.06]),
        Finish::Metal => metal("metal", [0.6, 0.6, 0.62]),
        Finish::Black => plastic("black", [0.012, 0.012, 0.014]),
        Finish::Steel => metal("steel", [0.25, 0.26, 0.28]),
    }
}

fn plastic(name: &'static str, colour: [f32; 3]) -> Look {
    Look { name, colour, metallic: 0.0, roughness: 0.6 }
}

fn metal(name: &'static str, colour: [f32; 3]) -> Look {
    Look { name, colour, metallic: 0.6, roughness: 0.4 }
}
