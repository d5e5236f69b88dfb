//! What each code means, for `pibuild explain CODE`.

/// A finding's code and its long form.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The stable word.
    pub code: &'static str,
    /// What is checked, why, and what to do about it.
    pub text: &'static str,
}

/// All codes of all checks, in order.
pub const CODES: &[Code] = &[
    Code {
        code: "AIR-blocked",
        text: "A device that fills more than 60 % of the depth of the space behind the racks \
               starves everything below it: all air from there has to pass what is left. The \
               1050-node cluster overheated below its server and screen drawer that way. Put such \
               a device lowest, take a shorter one, or open a side of the shell.",
    },
    Code {
        code: "AIR-soft-limit",
        text: "From this temperature on the board lowers its clock a little (a Raspberry Pi 3B+ at \
               60 °C goes from 1.4 to 1.2 GHz). Only noted: it is no fault, and for a short while \
               nobody sees it.",
    },
    Code {
        code: "AIR-throttle",
        text: "Boards under full load must stay below the temperature at which they throttle. For \
               each half of a rack: board = room + heat ÷ (1206 × air) + watts × K/W. Roof fans \
               draw 0.6 of what they are rated, shared out over the faces of the banks by their \
               openings, the lower halves in series with what deep devices leave free behind the \
               racks. A board's K/W falls with the root of the air's speed from the figure for \
               still air to that with a caddy fan. Buoyancy is neglected, though it is of the same \
               size as the fans' suction: the account is simple, and its window is narrow. So the \
               verdict comes with a band: what nobody confirmed (areas, flows, K/W) is moved by \
               15 %. It is an error if the temperature itself reaches the limit, a warning if its \
               band does.",
    },
    Code {
        code: "AIR-velocity",
        text: "Air through the faces of the banks and through the roof should not be faster than \
               2.5 m/s (a rule of thumb for vents, unverified): faster air whistles, and the fans \
               no longer move what the account takes them to.",
    },
    Code {
        code: "BOM-price-missing",
        text: "A line of the bill of materials has no price, so the total is too small. Give one \
               under `prices:`, by the line's item.",
    },
    Code {
        code: "BOM-price-unused",
        text: "A price under `prices:` belongs to no line of the bill of materials. Its key must be \
               a line's item: a catalogue id, or the name of a printed part.",
    },
    Code {
        code: "BOM-price-unverified",
        text: "A price in the catalogue is an estimate that no source confirms. Look it up before \
               you order, and give yours under `prices:`.",
    },
    Code {
        code: "CUT-bar",
        text: "Every length that is sawn off a bar must be no longer than the longest bar that is \
               sold (`stock.bars`; 97, 145 and 242 in unless the design says otherwise). The saw's \
               kerf lies between pieces, so one piece may be as long as its bar.",
    },
    Code {
        code: "CUT-edge",
        text: "A router's middle runs half of its diameter beside each piece. Where pieces lie nearer to \
               the edge than that, it leaves the sheet: it may meet clamps, and one side of the piece \
               is the sheet's own edge. `stock.trim: auto` keeps a whole diameter, so that the tool \
               stays on the sheet.",
    },
    Code {
        code: "CUT-sheet",
        text: "Every flat piece must go onto a whole sheet of its material, inside the trim \
               (`stock.trim`), one way or turned; what does not has to be spliced. The nesting keeps one \
               kerf, or one diameter of the cutter, between pieces.",
    },
    Code {
        code: "FARM-deadline",
        text: "All prints, reprints of what is expected to fail included, must be done within \
               `printing.deadline_days`, counted from the first shift on. More printers, longer hours or \
               a weekend shift help; so do measured minutes, if the estimates are too long.",
    },
    Code {
        code: "FARM-printers",
        text: "Every part needs a printer whose bed holds it with `printing.margin` and \
               `printing.brim`, and that prints its material.",
    },
    Code {
        code: "FARM-schedule",
        text: "How long the farm prints. Plates are started only while somebody is there, and may end \
               at any time; each takes the changeover and, at times, a new spool. The limit is a time \
               that no schedule can beat. A farm of very many plates has a queue, but no schedule.",
    },
    Code {
        code: "FARM-sliced",
        text: "`printing.sliced` names what a slicer said of each part. It is looked up by the part's mesh \
               and by all that it is printed with, so that a part that has changed since is estimated \
               again until `pibuild farm slice` has seen it.",
    },
    Code {
        code: "FARM-spools",
        text: "A spool is changed when what is left on it would not last for the next plate; so some \
               is left over, for small plates. farm/spools.csv lists every spool, with printer and time.",
    },
    Code {
        code: "FIT-axial-play",
        text: "The printed caddies must go between the two collars. The row keeps at least 0.3 mm \
               of play, shared out over its caddies; a body that prints lying down comes in whole \
               layers. Less play means that `caddy.width` was set too large.",
    },
    Code {
        code: "FIT-bank-height",
        text: "A caddy must not be taller than its bank's panel: n × 44.45 − 0.79 mm (EIA-310). \
               Leave `bank.height: auto`, or use a lower rail.",
    },
    Code {
        code: "FIT-boards",
        text: "Boards (`pis`) are compared with the places that the racks hold, never silently \
               reconciled. Fewer places than boards is an error; empty places are only noted.",
    },
    Code {
        code: "FIT-clip",
        text: "Pegs keep a board in its plane; a toe on the rail's block and a clip at the far edge \
               keep it on its pegs. The clip's finger bends as the board snaps in: its strain is \
               1.5 × thickness × overlap ÷ length², and stays below what a print bears again and \
               again. Where connectors or holes leave no room for clip or toe, or where a second \
               wall stands over the board, it takes screws.",
    },
    Code {
        code: "FIT-droop",
        text: "A tray holds on to the rail at its rear. The play around the rail tilts it by twice the \
               clearance over the depth of the rail, which its front shows magnified. More than 3 mm \
               looks wrong; more than there is room under the trays jams.",
    },
    Code {
        code: "FIT-fan-height",
        text: "A fan is carried by a square flange, 2 mm wider than the fan. It stands behind the row \
               and must keep to the bank's own rack units.",
    },
    Code {
        code: "FIT-fans",
        text: "Each fan hangs on a caddy, and its flange reaches over the neighbours. Flanges must \
               not meet: the smallest distance between two fan caddies is what they have. Nor may \
               the outermost stand out over the bank's body, which passes the rack's opening.",
    },
    Code {
        code: "FIT-fastener",
        text: "Every screw and bolt must be in the catalogue, long enough to hold and short enough not \
               to come out on the other side: add one under `catalog.fasteners`. The rail bolt's \
               sunk head must leave 0.8 mm of the bracket's plate under its cone, or it pulls \
               through. No wall of a caddy may stand over a hole in its fan's flange.",
    },
    Code {
        code: "FIT-fixing",
        text: "A board screw or insert must end inside the plastic under the board: wall and \
               standoff. An insert is never simply drilled through.",
    },
    Code {
        code: "FIT-hook",
        text: "A hook's collar is open to the rear: the caddy goes on its rail from the front, and \
               comes off to the front, while its neighbours stay. One screw a board goes through \
               the notch in front and the web behind it into a slot nut that turns as it is \
               tightened: loosen it by two turns, and caddy, screw and nut come off together. A \
               pull at the caddy's far edge tilts it about the rail's other edge; the screw holds \
               against that, and the web bends between the two arms: F = pull × (far edge to the \
               rail's other edge) ÷ (screw to that edge), stress = F × span ÷ 8 ÷ (b × t² ÷ 6). \
               Where the power plug stands behind the rail it is pulled from behind before the \
               caddy comes off. It needs a slot that looks to the front, and a caddy wide enough \
               for the screw's head; else `caddy.collar: auto` takes a bead. Caddies with a fan \
               are beads always: once their neighbours are off, their board is in reach where \
               they hang.",
    },
    Code {
        code: "FIT-interference",
        text: "No two solids may fill the same space: every part, board, plug (with the bend of its \
               cable), fan and the rail of \
               a bank against each other, against the rack's posts, the bank above and the devices \
               above and below. \
               Up to 0.01 mm is contact. Bought things are boxes of the catalogue's sizes. A card \
               that a design does without is only noted.",
    },
    Code {
        code: "FIT-neighbour-gap",
        text: "Boards stand side by side. From the tallest component of one to the back of the \
               next there must be a gap: below 0 is an error, below 0.5 mm a warning, since boards \
               and prints vary. The smallest pitch is 0.8 mm of plastic, the solder tails, the \
               board, and its tallest component.",
    },
    Code {
        code: "FIT-opening",
        text: "Rail and two bracket plates together must go between the rack's posts. EIA-310 \
               gives 450.85 mm, but some racks honour only 450: brackets that fill the opening are \
               a warning.",
    },
    Code {
        code: "FIT-plug",
        text: "The power plug and the bend of its cable stand beside the rail, in the strip. They \
               must reach no further than the strip is high, and must not meet the block that \
               holds the rail. Side by side, plugs may be thicker than anything on the board: they \
               need 0.3 mm more than their thickness from board to board.",
    },
    Code {
        code: "FIT-rack-units",
        text: "The contents of a rack must not be taller than the rack units between its base and \
               its top.",
    },
    Code {
        code: "FIT-rail",
        text: "The rail as bought, less what is milled off, must leave a row for caddies between \
               the two collars.",
    },
    Code {
        code: "FIT-vents",
        text: "At least 40 % of the wall behind a board should be open. It stays whole around \
               standoffs and where solder tails face a neighbour's metal shields.",
    },
    Code {
        code: "LOD-castor",
        text: "On an uneven floor one of the castors hangs in the air, so that the others carry \
               everything: total ÷ (castors − 1), a third for four of them. More than a castor is \
               rated for is an error; more than three quarters of it while it rolls, without what \
               transport.remove takes off, is a warning, since a doorsill adds to it.",
    },
    Code {
        code: "LOD-floor",
        text: "What stands on the floor, over the area that it covers: of a police box out to its \
               plinth. Floors of offices are built \
               for 2.4 kPa (50 psf), those of lobbies and exhibition halls for 4.8 kPa (100 psf), \
               evenly spread (IBC table 1607.1, unverified). More than the first is noted, more than \
               the second a warning: somebody who knows the building has to say yes.",
    },
    Code {
        code: "LOD-rail-sag",
        text: "A rail is a beam on two supports, evenly loaded: it bends by 5 F L³ ÷ (384 E I). More \
               than a 360th of its length is a warning. I is that of a full bar, less what its mass \
               says is missing; E is 70,326 N/mm² (80/20 catalogue 21).",
    },
    Code {
        code: "LOD-tip",
        text: "Everything that stands on the floor must be able to be tilted by 10° in any direction \
               without falling over (IEC 60950-1, IEC 62368-1). The angle is atan(reach ÷ height) of \
               the middle of all masses, over the nearest edge of what it stands on: castors, or the \
               rack's feet. Put heavy things low.",
    },
    Code {
        code: "LOD-weight",
        text: "What everything weighs, frame and shell included, by the catalogue, the prints' \
               estimates and 40 g of cables for each board; screws and labels are left out. It has no limit of its own: castors, floor \
               and lifts have theirs.",
    },
    Code {
        code: "NET-addresses",
        text: "Every board, switch, server, gateway and controller has an address of its own, and \
               none has the network's, the router's or the broadcast address. `wiring/addresses.csv` \
               lists them. Of very large clusters only the first 20,000 boards are looked at.",
    },
    Code {
        code: "NET-cables",
        text: "Cables run along walls, across, along and up, with 50 mm for plug and bend at either \
               end, and are rounded up to lengths that are sold. Longer ones than any in stock are \
               noted: they are made to measure. A length that the design sets and that does not reach \
               is an error.",
    },
    Code {
        code: "NET-links",
        text: "Every switch, server, gateway and controller is joined to the network once. A cable \
               between two that are joined already would close a loop, in which switches without a \
               spanning tree send frames round for ever.",
    },
    Code {
        code: "NET-macs",
        text: "wiring/dhcpd.conf gives each board its address by its hardware address (MAC). They \
               stand in a CSV file next to the design, with the columns `hostname` and `mac`, that \
               `network.macs` names. Without it the file has placeholders.",
    },
    Code {
        code: "NET-oversubscription",
        text: "What the boards of an access switch can send together, against the one port that joins \
               it to the others. 3 : 1 to 20 : 1 is the custom at the edge of a network (unverified); \
               more is a warning. A Raspberry Pi 3B+ sends 300 Mbit/s at most.",
    },
    Code {
        code: "NET-subnet",
        text: "Boards, switches, servers and controllers each need an address. A prefix /n has \
               2^(32−n) addresses, less network, broadcast and gateway.",
    },
    Code {
        code: "NET-switch-ports",
        text: "An access switch serves the banks next to it in its rack, the nearest first, until \
               the next bank would not find enough ports. Every board needs a port.",
    },
    Code {
        code: "NET-uplinks",
        text: "An access switch needs a port that leads to the others: an uplink, or one port that \
               no board uses.",
    },
    Code {
        code: "PRT-bed",
        text: "Each part must fit the bed of at least one printer model, as it lies, turned, or on \
               the diagonal, and below its height. The part is written all the same.",
    },
    Code {
        code: "PRT-bridge",
        text: "A bridge is laid through the air from one supported side to another. Up to 10 mm \
               print everywhere; up to 26 mm on a printer that is set up well, which is noted; \
               longer ones are a warning.",
    },
    Code {
        code: "PRT-contact",
        text: "A tall part on little ground is knocked over by the nozzle. Below one square \
               millimetre on the bed for each millimetre of height a brim is advised.",
    },
    Code {
        code: "PRT-coupon",
        text: "Before the many, print the fit coupon: it is first in the queue. Push the rail through \
               its three windows, drive a screw, set an insert, press in a nut. The number beside \
               each is what it tries. If another clearance than the middle one slides best, that is \
               your `caddy.clearance`; if holes are too tight, raise `printing.hole_compensation`.",
    },
    Code {
        code: "PRT-detail",
        text: "Gaps narrower than a printed line close, holes below 2 mm close too, and floors of \
               fewer than three layers have holes. The tightest of a part's is shown.",
    },
    Code {
        code: "PRT-engraving",
        text: "A stroke of an engraved number should be as wide as the nozzle, or the slicer closes \
               it. The strokes follow from the field on the caddy's front and from how many figures \
               the last number has.",
    },
    Code {
        code: "PRT-minutes-unused",
        text: "A measured time under `printing.minutes` belongs to no printed part. Its key must be \
               a part's name, or what its left and right forms share (`end-bracket`).",
    },
    Code {
        code: "PRT-model",
        text: "The part's numbers contradict each other, so that it has no valid solid: a hole \
               that meets an edge, a wall without thickness. Other findings usually say why.",
    },
    Code {
        code: "PRT-orientation",
        text: "Each part comes as it lies best. Should a design's numbers make it bridge or hang more \
               than a printer takes, the other sides are tried, and the first that does better is \
               named.",
    },
    Code {
        code: "PRT-overhang",
        text: "What faces down more steeply than 45° and is held at one end only must not stand \
               out by more than a wall is thick (2.05 mm), or it droops.",
    },
    Code {
        code: "PRT-peg",
        text: "A peg is as thick as the board's holes less 0.3 mm of play. Below four lines of the \
               nozzle it breaks off: such boards take screws.",
    },
    Code {
        code: "PRT-wall",
        text: "A wall should be at least two printed lines thick, or the slicer leaves it out or \
               prints it badly. Measured on each part's mesh, within the layers, against the widest \
               nozzle of the printers in use.",
    },
    Code {
        code: "PWR-boot",
        text: "A supply takes a high current for a moment when it is switched on: 30 to 60 A for a \
               small one (a rule of thumb, unverified). On each circuit these peaks add to what runs \
               there already; common breakers may trip at once from five times their rating on. \
               Switches, servers and fans are taken to run before the boards. A supply is switched as \
               a whole, so a batch (`power.boot.batch`) is as many supplies as its boards fill. Only a \
               warning: peaks meet only if they fall on the same moment of the mains' wave, and the \
               house's wiring takes some off. `wiring/boot-plan.csv` lists the batches.",
    },
    Code {
        code: "PWR-circuit",
        text: "What is plugged into one circuit, as volt-amperes (watts ÷ power factor), boards under \
               full load, against what it may carry for three hours and more: 80 % of the breaker \
               under NEC (20 A at 120 V: 16 A, 1920 VA), all of it under IEC. An inlet of a power unit \
               is a circuit of its own. `wiring/circuits.csv` lists every load.",
    },
    Code {
        code: "PWR-outlets",
        text: "Every supply and every device that draws power needs an outlet of a power unit in \
               the racks.",
    },
    Code {
        code: "PWR-panel",
        text: "Switched panels stand between outlets and loads. Loads that find no switch are only \
               noted: they are switched at their plugs.",
    },
    Code {
        code: "PWR-poe",
        text: "A switch that powers its boards gives each port so much (15.4 W by IEEE 802.3af, 30 W \
               by 802.3at) and all ports together its budget. The converter on the board passes on 80 \
               to 85 % (unverified), so a port gives more than the board takes.",
    },
    Code {
        code: "PWR-port-current",
        text: "What a board draws under full load must not exceed what one port of its supply \
               carries.",
    },
    Code {
        code: "PWR-service",
        text: "Boards under full load, devices and fans together, at the wall and with their power \
               factor, against the service. NEC allows 80 % of a breaker for continuous loads.",
    },
    Code {
        code: "PWR-supply-nameplate",
        text: "By the current that board makers recommend, every multi-port supply is \
               over-subscribed. Boards without USB devices draw far less, so this only warns.",
    },
    Code {
        code: "PWR-supply-ports",
        text: "Each board takes one port of the supplies of its access group.",
    },
    Code {
        code: "PWR-supply-voltage",
        text: "A supply must fit the board's socket and give its voltage, within 10 %. A supply that \
               pibuild chooses always does; one that the design names may not.",
    },
    Code {
        code: "PWR-supply-watts",
        text: "What the boards on one supply draw together, at their sockets, against its output: \
               idle, in ordinary use and under full load.",
    },
    Code {
        code: "PWR-volts-at-board",
        text: "What is left of the supply's voltage behind cable and contacts: both wires of the \
               longest cable (20 AWG has 33.3 mΩ/m, each three numbers thinner twice that) and four \
               contacts of 30 mΩ (10 new, 50 at most; unverified). A board takes a constant power, so \
               that less voltage means more current: V = (V₀ + √(V₀² − 4 P R)) ÷ 2. Below the board's \
               own minimum (a Raspberry Pi complains at 4.63 V) is an error, below 4.75 V, what USB \
               promises, a warning.",
    },
    Code {
        code: "SHL-doors",
        text: "Each door leaf is followed in plan while it opens by a right angle, all others shut; it \
               must not meet posts, lintels, signs or its twin. The floor that it needs is told.",
    },
    Code {
        code: "SHL-fans",
        text: "Roof fans stand on a circle around the middle of the frame's top plate, far enough \
               apart for their covers; in rows where the plate is too narrow for the circle. What \
               does not fit has no place.",
    },
    Code {
        code: "SHL-hardware",
        text: "The catalogue lacks a fitting or fastener that frame or shell need, so the bill of \
               materials is short of it. Add one under `catalog.fittings` or `catalog.fasteners`.",
    },
    Code {
        code: "SHL-sheet",
        text: "Every flat part must fit on a sheet of its material. Long boards are split; a plate \
               that is larger than a sheet both ways is not.",
    },
    Code {
        code: "SHL-sides",
        text: "A side of the box is open or has doors. Sides in neither list are closed for good.",
    },
    Code {
        code: "SHL-splice",
        text: "Boards longer than a sheet are split, away from holes and from joints of boards that \
               touch. A plate behind each joint holds them together; layers of a wall bridge each \
               other's joints.",
    },
    Code {
        code: "SHL-thickness",
        text: "Grooves, slots and layers follow the sheet's thickness, which varies: plywood of 18 mm \
               may have 17.1 to 18.1. Measure, and write `shell.sheet_thickness`.",
    },
    Code {
        code: "SHL-vents",
        text: "All air of the roof fans leaves by the louvres in the roof's steps. Faster than 2.5 m/s \
               it whistles, and the fans lose part of their flow.",
    },
    Code {
        code: "TRN-crate",
        text: "A shell that `transport.remove` takes off travels in crates of at most 100 kg (four \
               people, 25 kg each), as long and as wide as its longest and widest parts. They are \
               carried lengthwise, flat or on edge, through the same doors, and stand in the same \
               lifts.",
    },
    Code {
        code: "TRN-door",
        text: "What is rolled along the route must go through each door: its narrower side through \
               the width, its height through the height. Of a police box that is the frame, all in it \
               and its shell, without what `transport.remove` takes off; without a frame each rack \
               goes by itself. Less than 20 mm to spare is a warning: doors have sills, hinges and closers.",
    },
    Code {
        code: "TRN-lift",
        text: "What is rolled along the route must stand in each lift, one way or the other, and \
               weigh no more than the lift carries. Those who push it, and their pallet jack, come on \
               top.",
    },
    Code {
        code: "TRN-ramp",
        text: "A ramp must be less steep than the angle at which the load tips, and as wide as its \
               narrower side. Steeper than 1 in 12 (ADA) is a warning: the weight pulls with m g \
               sin(angle), and one person pushes about 250 N for long.",
    },
];
