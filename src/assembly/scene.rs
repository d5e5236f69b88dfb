//! From instances to scenes for a viewer.

use std::collections::BTreeMap;

use nalgebra::Isometry3;

use super::{Assembly, BankPlace, Enclosure, Finish, Instance, RackModel, Shape};
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

    /// All racks, and what stands around them.
    pub fn cluster_scene<'a>(&'a self, title: &str, around: &'a Enclosure) -> Scene<'a> {
        let mut builder = Builder::new(self, title);
        let banks: usize = self.racks.iter().map(|rack| rack.banks.len()).sum();
        let shown = self.racks.iter().take(MOST_RACKS);
        let mut nodes: Vec<Node> =
            shown.map(|rack| builder.rack(rack, rack.place, banks <= MOST_BANKS)).collect();
        nodes.extend(builder.enclosure(around));
        builder.finish("cluster", nodes)
    }
}

/// Collects the shapes that are in use.
struct Builder<'a> {
    assembly: &'a Assembly,
    scene: Scene<'a>,
    /// Numbers of models by what they belong to and the number of their shape there.
    models: BTreeMap<(&'static str, usize), usize>,
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

    /// Frame and shell, a node each; nothing where there is none.
    fn enclosure(&mut self, around: &'a Enclosure) -> Vec<Node> {
        let mut nodes = vec![];
        for (name, instances) in [("frame", &around.frame), ("shell", &around.shell)] {
            let children: Vec<Node> = instances
                .iter()
                .map(|it| Node {
                    name: it.name.clone(),
                    place: it.place,
                    model: Some(self.model(("around", it.shape), &around.shapes[it.shape])),
                    children: vec![],
                })
                .collect();
            if !children.is_empty() {
                let place = Isometry3::identity();
                nodes.push(Node { name: name.to_owned(), place, model: None, children });
            }
        }
        nodes
    }

    fn node(&mut self, instance: &Instance) -> Node {
        let shape = &self.assembly.shapes[instance.shape];
        let model = self.model(("bank and racks", instance.shape), shape);
        Node {
            name: instance.name.clone(),
            place: instance.place,
            model: Some(model),
            children: vec![],
        }
    }

    fn model(&mut self, key: (&'static str, usize), found: &'a Shape) -> usize {
        if let Some(&model) = self.models.get(&key) {
            return model;
        }
        let bodies = found.pieces.iter().filter(|piece| piece.fitted);
        let bodies = bodies.map(|piece| Body { look: self.look(piece.finish), mesh: &piece.mesh });
        let bodies = bodies.collect();
        self.scene.models.push(Model { name: found.name.clone(), bodies });
        let model = self.scene.models.len() - 1;
        self.models.insert(key, model);
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
        Finish::Frame => metal("frame", [0.02, 0.02, 0.022]),
        Finish::Plywood => plastic("plywood", [0.55, 0.4, 0.22]),
        Finish::Shell => plastic("shell", [0.012, 0.02, 0.12]),
        Finish::White => plastic("white", [0.85, 0.85, 0.85]),
        Finish::Pane => plastic("pane", [0.35, 0.38, 0.4]),
        Finish::Red => plastic("red", [0.5, 0.02, 0.02]),
        Finish::Amber => plastic("amber", [0.9, 0.25, 0.01]),
    }
}

fn plastic(name: &'static str, colour: [f32; 3]) -> Look {
    Look { name, colour, metallic: 0.0, roughness: 0.6 }
}

fn metal(name: &'static str, colour: [f32; 3]) -> Look {
    Look { name, colour, metallic: 0.6, roughness: 0.4 }
}
