//! A mesh in layers, and what a slicer would lay down in each.
//!
//! Promise: lengths, areas and counts as a slicer with the same settings would have them, to a few
//! percent. Layers that must be alike are looked at once: those between which no vertex lies and
//! that cross no slanted triangle. Where faces are slanted, every second or later layer stands for
//! its neighbours.
//!
//! Not promised: the paths themselves.

mod bitmap;
mod section;

use std::collections::BTreeMap;

use bitmap::Bitmap;
use section::{Grid, Section};

use super::profile::Profile;
use crate::geometry::Mesh;
use crate::units::Mm;

/// Slanted stretches are looked at this often at most.
const MOST_SLANTED: usize = 40;
/// Two outlines' worth of cells beyond the depth of the walls.
const DEEPEST: usize = 12;

/// A mesh, cut into layers.
pub struct Layers<'a> {
    mesh: &'a Mesh,
    heights: Heights,
    /// Which section stands for a layer.
    section: Vec<usize>,
    sections: Vec<Section>,
    grid: Grid,
}

/// Heights of layers.
#[derive(Clone, Copy, Debug)]
struct Heights {
    first: f64,
    other: f64,
    count: usize,
}

impl Heights {
    fn middle(&self, layer: usize) -> f64 {
        if layer == 0 { self.first / 2.0 } else { self.first + (layer as f64 - 0.5) * self.other }
    }

    /// The first layer whose middle is at or above `z`.
    fn from(&self, z: f64) -> usize {
        if z <= self.first / 2.0 {
            return 0;
        }
        let above = ((z - self.first) / self.other + 0.5).ceil().max(1.0);
        (above as usize).min(self.count)
    }
}

/// Lines that fill an area.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hatch {
    /// What they cover, in mm².
    pub area: f64,
    /// Width of the area across 45° lines, in mm, all its pieces added up.
    pub across: f64,
}

/// What is laid down in layers that are alike.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// How many layers.
    pub layers: usize,
    /// Is it the one on the bed?
    pub first: bool,
    /// Height of each, in mm.
    pub height: f64,
    /// Area of the section, in mm².
    pub area: f64,
    /// Lengths of the outermost walls, one an outline, in mm.
    pub outer: Vec<f64>,
    /// Length of the walls inside of them.
    pub inner: f64,
    /// Area of what is too narrow to be hatched.
    pub narrow: f64,
    /// Solid fill that nothing lies on.
    pub top: Hatch,
    /// Solid fill over air.
    pub bridge: Hatch,
    /// Other solid fill.
    pub solid: Hatch,
    /// Sparse fill.
    pub sparse: Hatch,
}

/// What decides how walls and fill lie, in millimetres.
#[derive(Clone, Copy, Debug)]
pub struct Widths {
    /// Width of a line.
    pub line: f64,
    /// Distance of neighbouring lines, which overlap in their rounded sides.
    pub spacing: f64,
}

impl Widths {
    /// The widths that PrusaSlicer chooses by itself: 1.125 nozzles, and a cross-section that is a
    /// rectangle with round ends.
    /// Source: PrusaSlicer 2.5.0, Flow.cpp, `auto_extrusion_width` and `rounded_rectangle_extrusion_spacing`.
    pub fn new(nozzle: Mm, height: f64) -> Widths {
        let line = 1.125 * nozzle.mm();
        let spacing = line - height * (1.0 - std::f64::consts::FRAC_PI_4);
        Widths { line, spacing: spacing.max(line / 4.0) }
    }
}

impl<'a> Layers<'a> {
    /// Cuts a mesh, which stands on z = 0.
    pub fn new(mesh: &'a Mesh, profile: &Profile, layer_height: Mm) -> Layers<'a> {
        let top = mesh.bounds().max.z;
        let (first, other) = (profile.first_layer, layer_height.mm().max(0.01));
        let above = ((top - first) / other - 0.5).ceil().max(0.0) as usize;
        let heights = Heights { first, other, count: 1 + above };
        let grid = Grid::around(mesh);
        let mut layers = Layers { mesh, heights, section: Vec::new(), sections: Vec::new(), grid };
        layers.group();
        layers
    }

    /// Decides which layers are alike, and cuts one of each kind.
    fn group(&mut self) {
        let count = self.heights.count;
        let mut changes = vec![false; count + 1];
        for point in &self.mesh.points {
            changes[self.heights.from(point.z)] = true;
        }
        // How many slanted triangles begin less how many end at each layer.
        let mut slanted = vec![0i32; count + 1];
        for triangle in &self.mesh.triangles {
            let corners = triangle.map(|index| self.mesh.points[index as usize]);
            let [low, high] = [f64::min, f64::max]
                .map(|pick| corners.iter().map(|corner| corner.z).fold(corners[0].z, pick));
            let (from, to) = (self.heights.from(low), self.heights.from(high));
            let normal = (corners[1] - corners[0]).cross(&(corners[2] - corners[0]));
            if from < to && normal.z.abs() > 1e-3 * normal.norm() {
                slanted[from] += 1;
                slanted[to] -= 1;
            }
        }
        let mut open = 0;
        let is_slanted: Vec<bool> = slanted
            .iter()
            .map(|step| {
                open += step;
                open > 0
            })
            .collect();
        let share = is_slanted.iter().filter(|slanted| **slanted).count();
        let stride = share.div_ceil(MOST_SLANTED).max(2);
        let mut starts: Vec<usize> = Vec::new();
        for layer in 0..count {
            let alike = match starts.last() {
                None => false,
                Some(start) if is_slanted[layer] => {
                    is_slanted[*start] && *start > 0 && layer - start < stride
                }
                Some(start) => !is_slanted[*start] && *start > 0 && !changes[layer],
            };
            if !alike {
                starts.push(layer);
            }
            self.section.push(starts.len() - 1);
        }
        let ends = starts.iter().skip(1).copied().chain([count]);
        let cut = starts.iter().zip(ends).map(|(start, end)| {
            self.grid.cut(
                self.mesh,
                &self.mesh.triangles,
                self.heights.middle((start + end - 1) / 2),
            )
        });
        self.sections = cut.collect();
    }

    /// What is laid down, layers that are alike together, from below.
    pub fn paths(&self, profile: &Profile, nozzle: Mm) -> Vec<Paths> {
        let widths = Widths::new(nozzle, self.heights.other);
        let walls: Vec<Walls> = self
            .sections
            .iter()
            .map(|section| Walls::new(section, profile, widths, self.grid))
            .collect();
        let mut known: BTreeMap<Surroundings, usize> = BTreeMap::new();
        let mut found: Vec<Paths> = Vec::new();
        for layer in 0..self.heights.count {
            let around = self.surroundings(layer, profile);
            let index = *known.entry(around).or_insert_with_key(|around| {
                let section = &self.sections[around.own];
                let mut paths = walls[around.own].paths(self, section, around, self.grid);
                paths.first = layer == 0;
                paths.height = if layer == 0 { self.heights.first } else { self.heights.other };
                found.push(paths);
                found.len() - 1
            });
            found[index].layers += 1;
        }
        found
    }

    fn surroundings(&self, layer: usize, profile: &Profile) -> Surroundings {
        let (above, below) = profile.shells(self.heights.other);
        let last = self.heights.count - 1;
        let at = |layer: usize| self.section[layer];
        let mut cover: Vec<usize> = (layer.saturating_sub(below)..=(layer + above).min(last))
            .map(at)
            .filter(|section| *section != self.section[layer])
            .collect();
        cover.dedup();
        Surroundings {
            own: at(layer),
            over: (layer < last).then(|| at(layer + 1)),
            under: layer.checked_sub(1).map(at),
            cover,
            exposed: layer + above > last || layer < below,
        }
    }
}

/// What decides the fill of a layer: the sections of its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Surroundings {
    own: usize,
    over: Option<usize>,
    under: Option<usize>,
    /// Other sections within the reach of solid shells.
    cover: Vec<usize>,
    /// Is the part's top or bottom within that reach?
    exposed: bool,
}

/// The walls of a section, and what is left inside of them.
struct Walls {
    outer: Vec<f64>,
    inner: f64,
    /// Area inside of the walls.
    area: f64,
    /// Roughly that area, as cells that can be hatched.
    inside: Bitmap,
    /// Share of the area that can be hatched.
    wide: f64,
}

impl Walls {
    fn new(section: &Section, profile: &Profile, widths: Widths, grid: Grid) -> Walls {
        let walls = f64::from(profile.perimeters);
        let depth = widths.line + (walls - 1.0) * widths.spacing;
        let cells = ((depth / grid.cell).ceil() as usize + 1).min(DEEPEST);
        let mut eroded = vec![section.inside.clone()];
        for step in 0..cells {
            let next = eroded[step].eroded(step % 2 == 1);
            eroded.push(next);
        }
        let counts: Vec<f64> = eroded.iter().map(|region| region.count() as f64).collect();
        let scale = section.area / counts[0].max(1.0);
        // The area that is deeper than `depth`, between whole cells in proportion.
        let deeper = |depth: f64| {
            let (whole, share) = ((depth / grid.cell) as usize, (depth / grid.cell).fract());
            let at = |index: usize| counts[index.min(counts.len() - 1)];
            (at(whole) + (at(whole + 1) - at(whole)) * share) * scale
        };
        let outer_area = section.area - deeper(widths.line);
        let outline: f64 = section.outlines.iter().sum();
        let shortened = outer_area / widths.line / outline.max(1e-9);
        let area = deeper(depth);
        let rim = &eroded[((depth / grid.cell).round() as usize).min(cells)];
        let mut inside = rim.eroded(true).dilated();
        inside.keep(rim);
        let wide = inside.count() as f64 / (rim.count() as f64).max(1.0);
        Walls {
            outer: section.outlines.iter().map(|length| length * shortened.min(1.0)).collect(),
            inner: (deeper(widths.line) - area).max(0.0) / widths.spacing,
            area,
            inside,
            wide,
        }
    }

    fn paths(
        &self,
        layers: &Layers,
        section: &Section,
        around: &Surroundings,
        grid: Grid,
    ) -> Paths {
        let mut covered = if around.exposed { grid.nothing() } else { section.inside.clone() };
        for other in &around.cover {
            covered.keep(&layers.sections[*other].inside);
        }
        // What the section next to this one leaves free. The same section leaves nothing.
        let free = |next: Option<usize>| match next {
            Some(index) if index == around.own => None,
            Some(index) => {
                let mut free = self.inside.clone();
                free.take_out(&layers.sections[index].inside);
                Some(free)
            }
            None => Some(self.inside.clone()),
        };
        let all = self.inside.count() as f64;
        let per_cell = if all > 0.0 { self.area * self.wide / all } else { 0.0 };
        let hatch = |region: &Bitmap| Hatch {
            area: region.count() as f64 * per_cell,
            across: region.runs() as f64 * grid.cell * std::f64::consts::FRAC_1_SQRT_2,
        };
        let top = free(around.over);
        // What lies on the bed is no bridge.
        let mut bridge = around.under.and_then(|under| free(Some(under)));
        if let (Some(bridge), Some(top)) = (&mut bridge, &top) {
            bridge.take_out(top);
        }
        let mut sparse = self.inside.clone();
        sparse.keep(&covered);
        let mut solid = self.inside.clone();
        for other in [Some(&sparse), top.as_ref(), bridge.as_ref()].into_iter().flatten() {
            solid.take_out(other);
        }
        Paths {
            area: section.area,
            outer: self.outer.clone(),
            inner: self.inner,
            narrow: self.area * (1.0 - self.wide),
            top: top.as_ref().map(hatch).unwrap_or_default(),
            bridge: bridge.as_ref().map(hatch).unwrap_or_default(),
            solid: hatch(&solid),
            sparse: hatch(&sparse),
            ..Paths::default()
        }
    }
}
