//! Drawing scales.

/// A drawing scale of ISO 5455.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// As it is written on the sheet: `1:2`.
    pub(super) name: &'static str,
    /// Millimetres on paper for one of the part.
    pub(super) factor: f64,
}

/// From large to small. Enlargements beyond 2:1 show nothing that a printer can make.
const SCALES: [Scale; 7] = [
    Scale { name: "2:1", factor: 2.0 },
    Scale { name: "1:1", factor: 1.0 },
    Scale { name: "1:2", factor: 0.5 },
    Scale { name: "1:5", factor: 0.2 },
    Scale { name: "1:10", factor: 0.1 },
    Scale { name: "1:20", factor: 0.05 },
    Scale { name: "1:50", factor: 0.02 },
];

impl Scale {
    /// The largest scale that fits, or else the smallest that there is.
    pub(super) fn largest(fits: impl Fn(Scale) -> bool) -> Scale {
        let [.., smallest] = SCALES;
        SCALES.into_iter().find(|scale| fits(*scale)).unwrap_or(smallest)
    }
}
