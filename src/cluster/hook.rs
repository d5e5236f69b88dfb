//! A hook: a caddy whose collar is open to the rear, so that it comes off to the front.
//!
//! The caddy is pushed on the rail from the front; the two arms over and under the rail keep it
//! from turning. One screw a board goes through the web in front of the rail into a nut in the
//! rail's slot. The nut goes in with the caddy and turns as it is tightened, so that caddy, screw
//! and nut come off together once it is loosened.
//!
//! A snap was reckoned first and left: an arm under the rail must give by a nose's height to let the
//! rail pass, and whoever pulls at a network plug, 40 mm above such a nose, presses on that arm with
//! three times the pull (40 mm over the 12.7 mm that the rail is deep). What bends open by hand then
//! opens by itself at 8 to 10 N.

use super::fixing::{Chosen, longest, shortest};
use super::quantity::{Known, Ledger};
use super::rail::RailPlan;
use super::seat::{PlugExit, SeatedBoard};
use crate::catalog::{Catalog, FastenerClass};
use crate::units::{Megapascals, Mm, Newtons};

/// Thickness of the web that the screw pulls at.
const WEB: Mm = Mm::um(5_000);
/// The screw ends this much before the slot's ground.
const SLOT_SPARE: Mm = Mm::um(500);
/// Room beside the screw's head.
const HEAD_ROOM: Mm = Mm::um(500);
/// The notch begins here along the rail where there is room for a label beside it.
pub(super) const NOTCH_FROM: Mm = Mm::um(11_000);
/// What a caddy must bear at its far edge, drawn to the front.
const PULL: Newtons = Newtons(30.0);
/// What the web may bear.
const STRESS_LIMIT: Megapascals = Megapascals(20.0);

/// How a hook is held to the rail.
#[derive(Clone, Debug)]
pub struct HookPlan {
    /// Thickness of the web in front of the rail.
    pub web: Mm,
    /// Height of the screw: below 0, the board's side of the strip.
    pub height: Mm,
    /// Where the notch in front of the screw begins, from the outside of a board's wall on.
    pub notch_from: Mm,
    /// The screw.
    pub screw: Chosen,
    /// Its length, as the slot allows.
    pub screw_length: Known<Mm>,
    /// The nut in the slot.
    pub nut: Chosen,
    /// What it must bear at the caddy's far edge.
    pub pull: Known<Newtons>,
    /// What the screw then holds.
    pub tension: Known<Newtons>,
    /// Bending stress in the web.
    pub stress: Known<Megapascals>,
    /// What the web may bear.
    pub stress_limit: Known<Megapascals>,
    /// Way to the front until the caddy is off the rail.
    pub travel: Known<Mm>,
    /// True if the power plug stands behind the rail, and has to be pulled before.
    pub plug_in_the_way: bool,
}

/// What a hook has to fit.
pub(super) struct Around<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) rail: &'a RailPlan,
    pub(super) seated: &'a SeatedBoard,
    /// Height of the strip.
    pub(super) strip: &'a Known<Mm>,
    /// Walls and clearance over the rail.
    pub(super) over_rail: Mm,
    /// Front and rear of the rail's window.
    pub(super) window: (Mm, Mm),
    pub(super) body: &'a Known<Mm>,
    pub(super) board_pitch: Mm,
    pub(super) boards: u32,
    /// What the notch keeps from the caddy's edge.
    pub(super) margin: Mm,
}

impl HookPlan {
    /// Works out a hook, or says why there is none.
    pub(super) fn new(around: &Around, ledger: &mut Ledger) -> Result<HookPlan, String> {
        let Around { catalog, rail, seated, .. } = *around;
        let slot = rail.profile.slot.as_ref();
        let slot = slot.ok_or("the catalogue knows no slot of this rail that takes a nut")?;
        // The one nearest to the board: the longest lever against a pull at the board.
        let offset = rail.front_slots().iter().max().copied();
        let offset = offset.ok_or("no slot of the rail looks to the front")?;
        let height = offset - around.strip.value.half();
        let limit = WEB + slot.depth.value - SLOT_SPARE;
        let screw = longest(catalog, FastenerClass::HookScrew, &slot.thread, limit)
            .filter(|screw| screw.fastener.length.value > WEB);
        let screw = screw.ok_or_else(|| {
            format!("the catalogue has no {} screw for a slot {} deep", slot.thread, {
                slot.depth.value
            })
        })?;
        let entry = format!("catalog.rails.{}", rail.profile_id);
        let depth = ledger.fact(&entry, "slot.depth", &slot.depth, &rail.profile.source);
        let web = ledger.rule("hook.web", WEB, super::OWN_RULE);
        let screw_length = ledger.derive(
            "caddy.hook_screw",
            format!("the longest there is up to hook.web + the slot's depth − {SLOT_SPARE}"),
            &[&web, &depth],
            screw.fastener.length.value,
        );
        let nut = shortest(catalog, FastenerClass::SlotNut, &slot.thread)
            .ok_or_else(|| format!("the catalogue has no slot nut for {}", slot.thread))?;
        let room = screw.fastener.head.value + HEAD_ROOM * 2;
        let end =
            if around.boards > 1 { around.board_pitch - around.margin } else { around.body.value };
        let notch_from = NOTCH_FROM.min(end - room);
        if notch_from < around.margin {
            return Err(format!("a caddy {end} wide has no room for a screw's head of {room}"));
        }
        let in_the_way = |v0: Mm| v0 < -around.over_rail;
        let behind = seated.boxes.iter().filter(|it| it.fitted && it.area.u1 > around.window.1);
        if let Some(found) = behind.into_iter().find(|it| in_the_way(it.area.v0)) {
            return Err(format!("the board's {} would not pass the rail", found.what));
        }
        let plug = &seated.plug;
        let plug_in_the_way = plug.exit == PlugExit::Strip && in_the_way(plug.area.v0);
        let loads = Loads::new(around, offset, height, screw.fastener.hole.value, ledger);
        if loads.stress.value.0 > loads.stress_limit.value.0 {
            return Err(format!(
                "a pull of {} would bend its web with {:.1} MPa, more than {}",
                loads.pull.value, loads.stress.value.0, loads.stress_limit.value
            ));
        }
        let travel = ledger.derive(
            "caddy.hook_travel",
            "depth of the rail's window: then the caddy is off the rail",
            &[&rail.depth],
            around.window.1 - around.window.0,
        );
        Ok(HookPlan {
            web: WEB,
            height,
            notch_from,
            screw,
            screw_length,
            nut,
            pull: loads.pull,
            tension: loads.tension,
            stress: loads.stress,
            stress_limit: loads.stress_limit,
            travel,
            plug_in_the_way,
        })
    }
}

/// What a pull at the far edge does to screw and web.
struct Loads {
    pull: Known<Newtons>,
    tension: Known<Newtons>,
    stress: Known<Megapascals>,
    stress_limit: Known<Megapascals>,
}

impl Loads {
    /// A pull at the board's far edge tilts the caddy about the rail's edge on the other side; the
    /// screw between the two holds against it. The web bends between the two arms as a beam that is
    /// held at both ends and loaded in the middle: M = F·l ÷ 8, W = b·t² ÷ 6 (any handbook).
    fn new(around: &Around, offset: Mm, height: Mm, hole: Mm, ledger: &mut Ledger) -> Loads {
        let pull = ledger.assume(
            "hook.pull",
            PULL,
            "as much as a network plug takes to go in (30 N by IEC 60512-13-1, after a vendor's \
             note); it comes out with less",
        );
        let stress_limit = ledger.assume(
            "hook.stress_limit",
            STRESS_LIMIT,
            "half of what prints bear within their layers: PETG 44 to 56 MPa, PLA more, ABS and \
             ASA about 40 (tables of makers and additive.tools)",
        );
        let web = ledger.rule("hook.web", WEB, super::OWN_RULE);
        let lever = around.rail.height.value.half() + offset;
        let arm = (around.seated.far - height + lever).mm() / lever.mm().max(1.0);
        let tension = ledger.derive(
            "caddy.hook_tension",
            "hook.pull × (far edge to the rail's other edge) ÷ (screw to that edge)",
            &[&pull, &around.rail.height, around.strip],
            pull.value * arm,
        );
        let span = around.strip.value - around.over_rail * 2 + (around.window.1 - around.window.0)
            - around.rail.depth.value;
        let width = (around.board_pitch.min(around.body.value) - hole).max(Mm::um(1)).mm();
        let section = width * WEB.mm() * WEB.mm() / 6.0;
        let stress = ledger.derive(
            "caddy.hook_stress",
            "caddy.hook_tension × height of the window ÷ 8, over (caddy.body_width − the screw's \
             hole) × hook.web² ÷ 6",
            &[&tension, around.body, &web, &around.rail.height],
            Megapascals(tension.value.0 * span.mm() / 8.0 / section),
        );
        Loads { pull, tension, stress, stress_limit }
    }
}
