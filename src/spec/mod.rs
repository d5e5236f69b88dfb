//! What the user wrote: text to typed design, with the place of every mistake.
//!
//! ```text
//! bytes ─ read ─ text ─ index ─ tree with places ─ load ─ what scalars are ─ shape ─ schema
//!                                                                              │
//!                           Document ─ merged catalogue ─ meaning ─ Design ────┘
//! ```
//!
//! Promise: [`read`] gives a design that every later stage can take at its word, or all mistakes
//! that it could find, each with a place. It reads no file but through [`Files`], never panics, and
//! takes milliseconds, whatever the bytes are.
//!
//! Not promised: that the design can be built. What depends on derived numbers (does it fit, does
//! it print, is there power) is a finding, not a mistake.

mod bundle;
mod choice;
mod code;
mod costs;
mod date;
mod design;
mod diagnostic;
mod index;
mod load;
mod macs;
mod making;
mod meaning;
mod named_file;
mod nearest;
mod node;
mod places;
mod prices;
mod profiles;
mod read;
mod schema;
mod shape;
mod site;
mod sliced;
mod source;
mod stock;
mod stock_list;
mod view;

/// More mistakes than anybody reads; what is beyond is not collected.
const MOST_MISTAKES: usize = 200;

pub use bundle::Files;
pub use choice::{Auto, CatalogSource, Count};
pub use code::CODES;
pub use costs::{Costs, Labour};
pub use date::Date;
pub use design::{
    Bank, BoardFixing, Caddy, Collar, Design, EndBracket, Fans, Label, Orientation, Rail,
    RailOrientation, RailPosition,
};
pub use diagnostic::{Diagnostic, Rejected};
pub use macs::{Mac, Macs};
pub use making::{
    Door, Down, Drawings, Lift, PrinterUse, Printing, Projection, Ramp, Removable, RouteStep,
    Spares, Staffed, Transport,
};
pub use places::Places;
pub use prices::{OwnPrice, Prices};
pub use read::{Document, read};
pub use schema::schema;
pub use site::{
    AddressScheme, Arrangement, Boot, BootFrom, Cable, Circuit, Cooling, DeviceUse, EMPTY, Network,
    Plug, Power, PowerFrom, RackStandard, Racks, Role, Service, Shell, ShellFrame, ShellStyle,
    Side, Tool, ToolKind, WiringCode,
};
pub use sliced::{SLICED_VERSION, SlicedPart, SlicedTimes};
pub use source::{Place, Source};
pub use stock::{Stock, StockSheet};

pub use nearest::nearest;
