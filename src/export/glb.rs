//! glTF 2.0 in one binary file (GLB), for viewers.
//!
//! Scenes are in millimetres with z up; glTF wants metres with y up and the front towards +z, so
//! the root node turns and shrinks everything. Meshes are written once and stand wherever nodes
//! refer to them, in their own millimetres. There are no normals: the standard then asks viewers
//! for flat ones.
//!
//! Written with `serde_json` alone: the few objects that are needed are shorter than what a crate
//! for all of glTF asks to be filled in.

use nalgebra::Isometry3;
use serde_json::{Map, Value, json};

use crate::geometry::Mesh;

/// What is to be seen.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// For people.
    pub title: String,
    /// All looks.
    pub looks: Vec<Look>,
    /// All models.
    pub models: Vec<Model<'a>>,
    /// The top of the tree.
    pub root: Node,
}

/// How a surface looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Its name.
    pub name: &'static str,
    /// Red, green, blue, linear, 0 to 1.
    pub colour: [f32; 3],
    /// 0 to 1.
    pub metallic: f32,
    /// 0 to 1.
    pub roughness: f32,
}

/// Something that may stand in many places.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Its name.
    pub name: String,
    /// One surface each.
    pub bodies: Vec<Body<'a>>,
}

/// A surface with one look.
#[derive(Clone, Debug)]
pub struct Body<'a> {
    /// Number of its look.
    pub look: usize,
    /// Its triangles, in millimetres.
    pub mesh: &'a Mesh,
}

/// A place, what stands there, and the places that count from it.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Towards the node above, in millimetres.
    pub place: Isometry3<f64>,
    /// Number of the model that stands there.
    pub model: Option<usize>,
    /// The nodes below.
    pub children: Vec<Node>,
}

const MAGIC: u32 = 0x4654_6C67;
const VERSION: u32 = 2;
const JSON_CHUNK: u32 = 0x4E4F_534A;
const BINARY_CHUNK: u32 = 0x004E_4942;

const UNSIGNED_SHORT: u32 = 5123;
const UNSIGNED_INT: u32 = 5125;
const FLOAT: u32 = 5126;
const VERTICES: u32 = 34962;
const INDICES: u32 = 34963;

/// A quarter turn about x, from z up to y up: √½.
const HALF_ROOT: f64 = std::f64::consts::FRAC_1_SQRT_2;

impl Scene<'_> {
    /// The file's bytes.
    ///
    /// # Errors
    /// Only if JSON cannot be written.
    pub fn to_glb(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut file = Writer::default();
        let meshes: Vec<Value> = self.models.iter().map(|model| file.model(model)).collect();
        file.node(&self.root);
        // The root of the scene comes last: it changes units and axes.
        let top = file.nodes.len();
        file.nodes.push(json!({
            "name": self.title,
            "rotation": [-HALF_ROOT, 0.0, 0.0, HALF_ROOT],
            "scale": [0.001, 0.001, 0.001],
            "children": [0],
        }));
        let mut document = Map::new();
        let generator = concat!("pibuild ", env!("CARGO_PKG_VERSION"));
        document.insert("asset".into(), json!({ "version": "2.0", "generator": generator }));
        document.insert("scene".into(), json!(0));
        document.insert("scenes".into(), json!([{ "nodes": [top] }]));
        document.insert("nodes".into(), Value::Array(file.nodes));
        if !meshes.is_empty() {
            document.insert("meshes".into(), Value::Array(meshes));
            let materials = self.looks.iter().map(Look::material).collect();
            document.insert("materials".into(), Value::Array(materials));
            document.insert("accessors".into(), Value::Array(file.accessors));
            document.insert("bufferViews".into(), Value::Array(file.views));
            document.insert("buffers".into(), json!([{ "byteLength": file.binary.len() }]));
        }
        let text = serde_json::to_vec(&document)?;
        Ok(container(text, file.binary))
    }
}

impl Look {
    fn material(&self) -> Value {
        let [red, green, blue] = self.colour;
        json!({
            "name": self.name,
            "pbrMetallicRoughness": {
                "baseColorFactor": [red, green, blue, 1.0],
                "metallicFactor": self.metallic,
                "roughnessFactor": self.roughness,
            },
        })
    }
}

/// The tables of a file as they grow.
#[derive(Default)]
struct Writer {
    nodes: Vec<Value>,
    accessors: Vec<Value>,
    views: Vec<Value>,
    binary: Vec<u8>,
}

impl Writer {
    fn model(&mut self, model: &Model) -> Value {
        let primitives: Vec<Value> = model
            .bodies
            .iter()
            .map(|body| {
                let position = self.positions(body.mesh);
                let indices = self.indices(body.mesh);
                json!({
                    "attributes": { "POSITION": position },
                    "indices": indices,
                    "material": body.look,
                })
            })
            .collect();
        json!({ "name": model.name, "primitives": primitives })
    }

    fn positions(&mut self, mesh: &Mesh) -> usize {
        let (mut low, mut high) = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
        let mut bytes = Vec::with_capacity(mesh.points.len() * 12);
        for point in &mesh.points {
            for axis in 0..3 {
                let value = point[axis] as f32;
                low[axis] = low[axis].min(value);
                high[axis] = high[axis].max(value);
                bytes.extend(value.to_le_bytes());
            }
        }
        let accessor = json!({
            "bufferView": self.view(&bytes, VERTICES),
            "componentType": FLOAT,
            "count": mesh.points.len(),
            "type": "VEC3",
            "min": low,
            "max": high,
        });
        self.accessor(accessor)
    }

    /// The largest 16-bit index is reserved.
    fn indices(&mut self, mesh: &Mesh) -> usize {
        let corners = mesh.triangles.iter().flatten();
        let short = u16::try_from(mesh.points.len()).is_ok();
        let bytes: Vec<u8> = if short {
            corners.flat_map(|&index| (index as u16).to_le_bytes()).collect()
        } else {
            corners.flat_map(|&index| index.to_le_bytes()).collect()
        };
        let accessor = json!({
            "bufferView": self.view(&bytes, INDICES),
            "componentType": if short { UNSIGNED_SHORT } else { UNSIGNED_INT },
            "count": mesh.triangles.len() * 3,
            "type": "SCALAR",
        });
        self.accessor(accessor)
    }

    fn accessor(&mut self, accessor: Value) -> usize {
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }

    fn view(&mut self, bytes: &[u8], target: u32) -> usize {
        let offset = self.binary.len();
        self.binary.extend_from_slice(bytes);
        pad(&mut self.binary, 0);
        self.views.push(json!({
            "buffer": 0,
            "byteOffset": offset,
            "byteLength": bytes.len(),
            "target": target,
        }));
        self.views.len() - 1
    }

    /// Writes a node and all below it; returns its number.
    fn node(&mut self, node: &Node) -> usize {
        let number = self.nodes.len();
        let mut written = Map::new();
        written.insert("name".into(), json!(node.name));
        if let Some(model) = node.model {
            written.insert("mesh".into(), json!(model));
        }
        let shift = node.place.translation.vector.map(tidy);
        if shift.amax() > 0.0 {
            written.insert("translation".into(), json!([shift.x, shift.y, shift.z]));
        }
        let turn = node.place.rotation.coords.map(|value| (value * 1e9).round() / 1e9 + 0.0);
        if turn.xyz().amax() > 0.0 {
            written.insert("rotation".into(), json!([turn.x, turn.y, turn.z, turn.w]));
        }
        self.nodes.push(Value::Null);
        let children: Vec<usize> = node.children.iter().map(|child| self.node(child)).collect();
        if !children.is_empty() {
            written.insert("children".into(), json!(children));
        }
        self.nodes[number] = Value::Object(written);
        number
    }
}

/// To the nanometre, for short numbers; adding zero turns -0 into 0.
fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6 + 0.0
}

/// Header and two chunks, each a multiple of four bytes.
fn container(mut text: Vec<u8>, binary: Vec<u8>) -> Vec<u8> {
    pad(&mut text, b' ');
    let mut chunks = vec![];
    for (kind, content) in [(JSON_CHUNK, text), (BINARY_CHUNK, binary)] {
        if !content.is_empty() {
            chunks.extend((content.len() as u32).to_le_bytes());
            chunks.extend(kind.to_le_bytes());
            chunks.extend(content);
        }
    }
    let mut file = Vec::with_capacity(chunks.len() + 12);
    for word in [MAGIC, VERSION, chunks.len() as u32 + 12] {
        file.extend(word.to_le_bytes());
    }
    file.extend(chunks);
    file
}

fn pad(bytes: &mut Vec<u8>, with: u8) {
    bytes.resize(bytes.len().next_multiple_of(4), with);
}
