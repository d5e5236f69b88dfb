//! Rows of words under each other.

/// Rows with their columns two spaces apart; the columns of these numbers are aligned to the right.
pub fn columns<const N: usize>(
    rows: impl IntoIterator<Item = [String; N]>,
    to_the_right: &[usize],
) -> String {
    let rows: Vec<[String; N]> = rows.into_iter().collect();
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[column] - cell.chars().count());
            let between = if column > 0 { "  " } else { "" };
            line += between;
            line += &if to_the_right.contains(&column) { gap + cell } else { cell.clone() + &gap };
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}
