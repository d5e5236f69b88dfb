//! Where a router goes: beside the contours by half its diameter, with tabs that hold the pieces.

use cavalier_contours::polyline::{PlineSource, PlineSourceMut, Polyline};

use super::marks::{Layer, Marks};
use crate::geometry::{Contour, Vertex};
use crate::units::Mm;

/// Width of a tab. A habit of workshops, not a rule: twice the usual thickness of a cut's rib.
const TAB: f64 = 8.0;
/// About so far apart are tabs, and so many has every piece at least.
const BETWEEN_TABS: f64 = 500.0;
const FEWEST_TABS: usize = 2;
/// Tabs keep this distance from corners where they can.
const FROM_CORNER: f64 = 20.0;

impl Marks {
    /// The same with tabs: rectangles across the cut, outside of every piece. There are none at the
    /// sheet's own edge, where there is nothing to hold on to.
    #[must_use]
    pub fn with_tabs(mut self, tool: Mm) -> Marks {
        let sheet = [self.length.mm(), self.width.mm()];
        let on_sheet = |tab: &Contour| {
            tab.extent().is_some_and(|extent| {
                (0..2).all(|axis| extent.min[axis] >= 0.0 && extent.max[axis] <= sheet[axis])
            })
        };
        let outlines = self.contours.iter().filter(|(layer, _)| *layer == Layer::Outside);
        let tabs: Vec<Contour> =
            outlines.flat_map(|(_, outline)| tabs(outline, tool, on_sheet)).collect();
        self.contours.extend(tabs.into_iter().map(|tab| (Layer::Tabs, tab)));
        self
    }

    /// The way of the tool's middle around pieces and within cut-outs; everything else as it is.
    /// Also gives how many cut-outs the tool does not fit into: they are left out.
    pub fn tool_paths(&self, tool: Mm) -> (Marks, usize) {
        let (mut contours, mut too_narrow) = (Vec::new(), 0);
        for (layer, contour) in &self.contours {
            if matches!(layer, Layer::Outside | Layer::Inside) {
                let paths = beside(contour, tool);
                too_narrow += usize::from(paths.is_empty());
                contours.extend(paths.into_iter().map(|path| (*layer, path)));
            } else {
                contours.push((*layer, contour.clone()));
            }
        }
        (Marks { contours, labels: self.labels.clone(), ..*self }, too_narrow)
    }
}

/// The contour moved to its right by half of the tool's diameter: outlines run counter-clockwise and
/// holes clockwise, so the right is always where the waste is.
fn beside(contour: &Contour, tool: Mm) -> Vec<Contour> {
    let mut polyline = Polyline::new_closed();
    for vertex in &contour.vertices {
        polyline.add(vertex.x, vertex.y, vertex.bulge);
    }
    let moved = polyline.parallel_offset(-tool.mm() / 2.0);
    let path = |polyline: Polyline<f64>| {
        let vertices = polyline.iter_vertexes().map(|vertex| Vertex {
            x: Mm::from_mm(vertex.x).mm(),
            y: Mm::from_mm(vertex.y).mm(),
            bulge: vertex.bulge,
        });
        Contour { vertices: vertices.collect(), closed: true }
    };
    moved.into_iter().map(path).collect()
}

/// So many places are looked at for every tab.
const PLACES: usize = 6;

/// Rectangles across the cut around an outline, evenly along as much of it as `may_be`.
fn tabs(outline: &Contour, tool: Mm, may_be: impl Fn(&Contour) -> bool) -> Vec<Contour> {
    let around = outline.length();
    let wanted = ((around / BETWEEN_TABS).round() as usize).max(FEWEST_TABS);
    let places = wanted * PLACES;
    let along = |index: usize| around * (index as f64 + 0.5) / places as f64;
    let candidates: Vec<Contour> = (0..places)
        .filter_map(|index| tab(outline, along(index), tool))
        .filter(|tab| may_be(tab))
        .collect();
    let wanted = wanted.min(candidates.len());
    (0..wanted)
        .map(|index| candidates[(2 * index + 1) * candidates.len() / (2 * wanted)].clone())
        .collect()
}

/// A rectangle across the cut, so far along an outline.
fn tab(outline: &Contour, along: f64, tool: Mm) -> Option<Contour> {
    let ([x, y], [dx, dy]) = outline.at(along, FROM_CORNER)?;
    let (half, out) = (TAB / 2.0, tool.mm());
    // To the right of the way, where the waste is.
    let corner = |(side, away): (f64, f64)| Vertex {
        x: Mm::from_mm(x + dx * side * half + dy * away).mm(),
        y: Mm::from_mm(y + dy * side * half - dx * away).mm(),
        bulge: 0.0,
    };
    let corners = [(-1.0, 0.0), (-1.0, out), (1.0, out), (1.0, 0.0)];
    Some(Contour { vertices: corners.into_iter().map(corner).collect(), closed: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Sketch;

    fn marks(sketch: &Sketch) -> Marks {
        let contours = sketch.contours().unwrap();
        let layer = |contour: Contour| {
            (if contour.area() > 0.0 { Layer::Outside } else { Layer::Inside }, contour)
        };
        let (length, width) = (Mm::um(300_000), Mm::um(200_000));
        let contours = contours.into_iter().map(layer).collect();
        Marks { length, width, contours, labels: Vec::new() }
    }

    #[test]
    fn the_tool_goes_around_pieces_and_within_holes_and_keeps_arcs() {
        let mm = Mm::from_mm;
        let plate = Sketch::rect(mm(50.0), mm(50.0), mm(250.0), mm(150.0))
            .with_hole(Sketch::circle(mm(100.0), mm(100.0), mm(20.0)))
            .with_hole(Sketch::circle(mm(200.0), mm(100.0), mm(2.0)));
        let (paths, too_narrow) = marks(&plate).tool_paths(mm(6.0));
        let extents: Vec<_> = paths.contours.iter().map(|(_, c)| c.extent().unwrap()).collect();
        assert_eq!((paths.contours.len(), too_narrow), (2, 1));
        assert!(
            (extents[0].min[0] - 47.0).abs() < 1e-6 && (extents[0].max[1] - 153.0).abs() < 1e-6
        );
        assert!(
            (extents[1].min[0] - 83.0).abs() < 1e-6 && (extents[1].max[0] - 117.0).abs() < 1e-6
        );
        // Round corners outside, two half circles inside: no polygons.
        assert!(paths.contours[1].1.vertices.len() <= 3);
    }

    #[test]
    fn tabs_lie_outside_of_the_piece_across_the_cut() {
        let mm = Mm::from_mm;
        let plate = Sketch::rect(mm(50.0), mm(50.0), mm(250.0), mm(150.0));
        let with_tabs = marks(&plate).with_tabs(mm(6.0));
        let tabs: Vec<_> =
            with_tabs.contours.iter().filter(|(layer, _)| *layer == Layer::Tabs).collect();
        assert_eq!(tabs.len(), 2);
        for (_, tab) in tabs {
            assert!((tab.area().abs() - 48.0).abs() < 1e-6);
            let extent = tab.extent().unwrap();
            let middle = [0, 1].map(|axis| f64::midpoint(extent.min[axis], extent.max[axis]));
            assert!(!plate.contains(middle[0], middle[1]));
        }
    }
}
