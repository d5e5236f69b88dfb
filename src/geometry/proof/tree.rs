//! Boxes in a tree, to find those that overlap.

use crate::geometry::axes::Bounds;

/// Boxes in a leaf.
const LEAF: usize = 4;

/// A balanced tree of boxes. Order and result depend on the boxes only.
pub struct Tree<'a> {
    boxes: &'a [Bounds],
    /// Numbers of the boxes; every node owns a range of them.
    order: Vec<usize>,
    /// In heap order would waste space; children follow their parent.
    nodes: Vec<Node>,
}

struct Node {
    bounds: Bounds,
    /// Its range of `order`.
    range: (usize, usize),
    /// The two children, unless it is a leaf.
    children: Option<(usize, usize)>,
}

impl Tree<'_> {
    /// Sorts boxes into a tree.
    pub fn new(boxes: &[Bounds]) -> Tree<'_> {
        let mut tree = Tree { boxes, order: (0..boxes.len()).collect(), nodes: vec![] };
        if !boxes.is_empty() {
            tree.grow(0, boxes.len());
        }
        tree
    }

    fn grow(&mut self, from: usize, to: usize) -> usize {
        let mut bounds = Bounds::EMPTY;
        for &number in &self.order[from..to] {
            bounds.include(self.boxes[number].min.into());
            bounds.include(self.boxes[number].max.into());
        }
        let node = self.nodes.len();
        self.nodes.push(Node { bounds, range: (from, to), children: None });
        if to - from > LEAF {
            let axis = bounds.size().imax();
            let middle = from.midpoint(to);
            let boxes = self.boxes;
            let centre = |number: usize| boxes[number].min[axis] + boxes[number].max[axis];
            self.order[from..to].select_nth_unstable_by(middle - from, |&first, &second| {
                centre(first).total_cmp(&centre(second)).then(first.cmp(&second))
            });
            let children = (self.grow(from, middle), self.grow(middle, to));
            self.nodes[node].children = Some(children);
        }
        node
    }

    /// Calls `visit` with every pair of boxes that overlap or touch.
    pub fn overlapping_pairs(&self, mut visit: impl FnMut(usize, usize)) {
        let mut pairs = if self.nodes.is_empty() { vec![] } else { vec![(0, 0)] };
        while let Some((first, second)) = pairs.pop() {
            let (one, other) = (&self.nodes[first], &self.nodes[second]);
            if first != second && !overlap(&one.bounds, &other.bounds) {
                continue;
            }
            match (one.children, other.children) {
                (Some((left, right)), _) if first == second => {
                    pairs.extend([(left, left), (left, right), (right, right)]);
                }
                // The larger node is parted, so that both shrink together.
                (Some((left, right)), other_children)
                    if other_children.is_none() || one.count() >= other.count() =>
                {
                    pairs.extend([(left, second), (right, second)]);
                }
                (_, Some((left, right))) => pairs.extend([(first, left), (first, right)]),
                _ => self.visit_leaves(one, other, first == second, &mut visit),
            }
        }
    }

    fn visit_leaves(
        &self,
        one: &Node,
        other: &Node,
        is_same: bool,
        visit: &mut impl FnMut(usize, usize),
    ) {
        for index in one.range.0..one.range.1 {
            let start = if is_same { index + 1 } else { other.range.0 };
            for other_index in start..other.range.1 {
                let (first, second) = (self.order[index], self.order[other_index]);
                if overlap(&self.boxes[first], &self.boxes[second]) {
                    visit(first, second);
                }
            }
        }
    }
}

impl Node {
    fn count(&self) -> usize {
        self.range.1 - self.range.0
    }
}

fn overlap(first: &Bounds, second: &Bounds) -> bool {
    (0..3).all(|axis| first.min[axis] <= second.max[axis] && second.min[axis] <= first.max[axis])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_same_pairs_as_comparing_all() {
        let boxes: Vec<Bounds> = (0..200u32)
            .map(|number| {
                let mut bounds = Bounds::EMPTY;
                let corner = [7, 11, 13].map(|factor| f64::from(number * factor % 31));
                bounds.include(corner);
                bounds.include(corner.map(|value| value + f64::from(number % 5)));
                bounds
            })
            .collect();
        let mut found = vec![];
        Tree::new(&boxes).overlapping_pairs(|first, second| {
            found.push((first.min(second), first.max(second)));
        });
        found.sort_unstable();
        let mut expected = vec![];
        for first in 0..boxes.len() {
            for second in first + 1..boxes.len() {
                if overlap(&boxes[first], &boxes[second]) {
                    expected.push((first, second));
                }
            }
        }
        assert_eq!(found, expected);
    }
}
