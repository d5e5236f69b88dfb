//! A region of a layer, as a bit a cell.
//!
//! Rows of 64-bit words; column 0 is the lowest bit of a row's first word. The outermost cells are
//! empty: the grid leaves room for that.

/// A set of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    /// Words in a row.
    words: usize,
    cells: Vec<u64>,
    /// Where cells may be: the rest is empty and is not looked at.
    window: Window,
}

/// Rows and words of rows, each from one to before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    rows: [usize; 2],
    words: [usize; 2],
}

impl Window {
    const NOTHING: Window = Window { rows: [0, 0], words: [0, 0] };

    /// Each row's range of cells, in a bitmap of that many words in a row.
    fn ranges(self, words: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
        let [from, to] = self.words;
        (self.rows[0]..self.rows[1]).map(move |row| row * words + from..row * words + to)
    }
}

impl Bitmap {
    /// No cell, of `columns` × `rows`.
    pub fn empty(columns: usize, rows: usize) -> Bitmap {
        let words = columns.div_ceil(64);
        Bitmap { words, cells: vec![0; words * rows], window: Window::NOTHING }
    }

    /// Flips one cell: with [`Bitmap::fill`], an edge of the region to the right of it.
    pub fn flip(&mut self, column: usize, row: usize) {
        if let Some(word) = self.cells.get_mut(row * self.words + column / 64) {
            *word ^= 1 << (column % 64);
        }
    }

    /// Turns edges into regions: each cell becomes the parity of the edges up to it in its row.
    pub fn fill(&mut self) {
        let words = self.words.max(1);
        let mut window = Window { rows: [usize::MAX, 0], words: [usize::MAX, 0] };
        for (number, row) in self.cells.chunks_mut(words).enumerate() {
            let mut carry = 0u64;
            for (index, word) in row.iter_mut().enumerate() {
                for shift in [1, 2, 4, 8, 16, 32] {
                    *word ^= *word << shift;
                }
                *word ^= carry;
                carry = 0u64.wrapping_sub(*word >> 63);
                if *word != 0 {
                    window.rows = [window.rows[0].min(number), number + 1];
                    window.words = [window.words[0].min(index), window.words[1].max(index + 1)];
                }
            }
        }
        self.window = if window.rows[1] == 0 { Window::NOTHING } else { window };
    }

    /// Number of cells.
    pub fn count(&self) -> u64 {
        let rows = self.window.ranges(self.words).map(|row| &self.cells[row]);
        rows.flatten().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Keeps what is in the other region as well.
    pub fn keep(&mut self, other: &Bitmap) {
        for row in self.window.ranges(self.words) {
            let others = &other.cells[row.clone()];
            self.cells[row].iter_mut().zip(others).for_each(|(word, other)| *word &= other);
        }
    }

    /// Takes the other region out.
    pub fn take_out(&mut self, other: &Bitmap) {
        for row in self.window.ranges(self.words) {
            let others = &other.cells[row.clone()];
            self.cells[row].iter_mut().zip(others).for_each(|(word, other)| *word &= !other);
        }
    }

    /// Pieces of rows and pieces of columns that the region consists of.
    pub fn runs(&self) -> u64 {
        let mut runs = 0;
        for row in self.window.ranges(self.words) {
            let mut before = 0;
            for at in row {
                let word = self.cells[at];
                // The row under the first of the window is empty, or there is none.
                let under = at.checked_sub(self.words).map_or(0, |under| self.cells[under]);
                let starts =
                    (word & !(word << 1 | before)).count_ones() + (word & !under).count_ones();
                runs += u64::from(starts);
                before = word >> 63;
            }
        }
        runs
    }

    /// Without the cells at its rim: those with an empty neighbour, corners counted if `corners`.
    #[must_use]
    pub fn eroded(&self, corners: bool) -> Bitmap {
        self.neighbours(self.window, corners, |one, other| one & other)
    }

    /// With the cells around it.
    #[must_use]
    pub fn dilated(&self) -> Bitmap {
        if self.window == Window::NOTHING {
            return self.clone();
        }
        let rows = self.cells.len() / self.words.max(1);
        let grown =
            |[from, to]: [usize; 2], most: usize| [from.saturating_sub(1), most.min(to + 1)];
        let window = Window {
            rows: grown(self.window.rows, rows),
            words: grown(self.window.words, self.words),
        };
        self.neighbours(window, true, |one, other| one | other)
    }

    /// Each word of the window joined with its neighbours.
    fn neighbours(&self, window: Window, corners: bool, join: impl Fn(u64, u64) -> u64) -> Bitmap {
        let words = self.words;
        let mut across = vec![0; self.cells.len()];
        let wider =
            Window { rows: [window.rows[0].saturating_sub(1), window.rows[1] + 1], ..window };
        for row in wider.ranges(words) {
            if row.end > self.cells.len() {
                break;
            }
            let (first, last) =
                (row.start - row.start % words, row.start - row.start % words + words);
            for at in row {
                let word = self.cells[at];
                let left = if at == first { 0 } else { self.cells[at - 1] >> 63 };
                let right = if at + 1 == last { 0 } else { self.cells[at + 1] << 63 };
                across[at] = join(word, join(word << 1 | left, word >> 1 | right));
            }
        }
        let sides = if corners { &across } else { &self.cells };
        let mut cells = vec![0; self.cells.len()];
        for row in window.ranges(words) {
            for at in row {
                let below = at.checked_sub(words).map_or(0, |at| sides[at]);
                let above = sides.get(at + words).copied().unwrap_or(0);
                cells[at] = join(across[at], join(below, above));
            }
        }
        Bitmap { words, cells, window }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rectangle of cells.
    fn rectangle(columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) -> Bitmap {
        let mut bitmap = Bitmap::empty(200, 50);
        for row in rows {
            bitmap.flip(columns.start, row);
            bitmap.flip(columns.end, row);
        }
        bitmap.fill();
        bitmap
    }

    #[test]
    fn edges_become_regions_across_words() {
        let region = rectangle(60..140, 5..15);
        assert_eq!(region.count(), 80 * 10);
        assert_eq!(region.runs(), 10 + 80);
    }

    #[test]
    fn a_rim_comes_off_and_back_on() {
        let region = rectangle(60..140, 5..15);
        assert_eq!(region.eroded(true).cells, rectangle(61..139, 6..14).cells);
        assert_eq!(region.eroded(true).dilated().cells, region.cells);
        assert_eq!(rectangle(60..62, 5..7).eroded(false).count(), 0);
    }
}
