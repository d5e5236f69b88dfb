//! What the user wrote: text to typed design, with the place of every mistake.

mod choice;
mod design;
mod making;
mod site;

pub use choice::{Auto, CatalogSource, Count};
pub use design::{
    Bank, BoardFixing, Caddy, Collar, Design, EndBracket, Fans, Label, Orientation, Rail,
    RailOrientation,
};
pub use making::{
    Door, Lift, PrinterUse, Printing, Ramp, Removable, RouteStep, Spares, Staffed, Transport,
};
pub use site::{
    Arrangement, Boot, BootFrom, Cable, Circuit, Cooling, DeviceUse, Network, Plug, Power,
    PowerFrom, RackStandard, Racks, Role, Service, Shell, ShellStyle, Side, Tool, ToolKind,
    WiringCode,
};
