//! Boxes in a tree, to find those that overlap.

/// A box: its smallest and its largest coordinates. Plain arrays, for speed even unoptimised.
pub type Box3 = [[f64; 3]; 2];

/// The smallest box around two.
pub fn union(first: Box3, second: Box3) -> Box3 {
    let mut union = first;
    for axis in 0..3 {
        union[0][axis] = first[0][axis].min(second[0][axis]);
        union[1][axis] = first[1][axis].max(second[1][axis]);
    }
    union
}

/// Boxes in a leaf.
const LEAF: usize = 4;

/// A balanced tree of boxes. Order and result depend on the boxes only.
pub struct Tree<'a> {
    boxes: &'a [Box3],
    /// Numbers of the boxes; every node owns a range of them.
    order: Vec<usize>,
    /// In heap order would waste space; children follow their parent.
    nodes: Vec<Node>,
}

struct Node {
    bounds: Box3,
    /// Its range of `order`.
    range: (usize, usize),
    /// The two children, unless it is a leaf.
    children: Option<(usize, usize)>,
}

impl Tree<'_> {
    /// Sorts boxes into a tree.
    pub fn new(boxes: &[Box3]) -> Tree<'_> {
        let mut tree = Tree { boxes, order: (0..boxes.len()).collect(), nodes: vec![] };
        if !boxes.is_empty() {
            tree.grow(0, boxes.len());
        }
        tree
    }

    fn grow(&mut self, from: usize, to: usize) -> usize {
        let mut bounds = self.boxes[self.order[from]];
        for &number in &self.order[from..to] {
            bounds = union(bounds, self.boxes[number]);
        }
        let node = self.nodes.len();
        self.nodes.push(Node { bounds, range: (from, to), children: None });
        if to - from > LEAF {
            let length = |axis: &usize| bounds[1][*axis] - bounds[0][*axis];
            let longer = |first: &usize, second: &usize| length(first).total_cmp(&length(second));
            let axis = (0..3).max_by(longer).unwrap_or(0);
            let middle = from.midpoint(to);
            let boxes = self.boxes;
            let centre = |number: usize| boxes[number][0][axis] + boxes[number][1][axis];
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

    /// Calls `visit` with the number of every box that overlaps or touches `wanted`.
    pub fn overlapping(&self, wanted: &Box3, mut visit: impl FnMut(usize)) {
        let mut nodes = if self.nodes.is_empty() { vec![] } else { vec![0] };
        while let Some(number) = nodes.pop() {
            let node = &self.nodes[number];
            if !overlap(&node.bounds, wanted) {
                continue;
            }
            if let Some((left, right)) = node.children {
                nodes.extend([left, right]);
                continue;
            }
            let boxes = self.order[node.range.0..node.range.1].iter();
            boxes.filter(|&&it| overlap(&self.boxes[it], wanted)).for_each(|&it| visit(it));
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

fn overlap(first: &Box3, second: &Box3) -> bool {
    first[0][0] <= second[1][0]
        && second[0][0] <= first[1][0]
        && first[0][1] <= second[1][1]
        && second[0][1] <= first[1][1]
        && first[0][2] <= second[1][2]
        && second[0][2] <= first[1][2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_same_pairs_as_comparing_all() {
        let boxes: Vec<Box3> = (0..200u32)
            .map(|number| {
                let corner = [7, 11, 13].map(|factor| f64::from(number * factor % 31));
                [corner, corner.map(|value| value + f64::from(number % 5))]
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
