//! Which switch serves which boards, and which supplies feed them.
//!
//! Promise: every bank belongs to at most one access group; a bank that no switch has ports for
//! belongs to none, and the checks say so. Not here yet: single ports, cables, addresses.

mod demand;

use crate::catalog::Supply;
use crate::cluster::{Cluster, Known, Ledger};
use crate::layout::{Item, Layout, RackPlan};
use crate::spec::{Auto, Design, Document, Role};

pub use demand::Demand;

/// One access switch, the banks that it serves, and the supplies that feed them.
#[derive(Clone, Debug)]
pub struct AccessGroup {
    /// The rack that it stands in.
    pub rack: u32,
    /// The switch's name in the design.
    pub switch: String,
    /// Its ports for boards.
    pub ports: u32,
    /// Numbers of the banks that it serves, counted from 0 through all racks.
    pub banks: Vec<u32>,
    /// Boards in them.
    pub boards: u32,
    /// Supplies that feed them.
    pub supplies: u32,
}

/// Network and power of the cluster, by access group.
#[derive(Clone, Debug)]
pub struct Wiring {
    /// The groups, by rack and from top to bottom.
    pub groups: Vec<AccessGroup>,
    /// Boards without a switch port.
    pub unserved: u32,
    /// Catalogue id of the supply, if one is known.
    pub supply: Option<(String, Supply)>,
    /// Supplies in use.
    pub supplies: Known<u32>,
    /// What it all draws.
    pub demand: Demand,
}

impl Wiring {
    /// Joins banks to switches, rack by rack.
    pub fn connect(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        ledger: &mut Ledger,
    ) -> Wiring {
        let design = &document.design;
        let supply = choose_supply(document, cluster, layout);
        let per_bank = cluster.bank.boards.value;
        let mut groups = Vec::new();
        let mut served_boards = 0;
        let mut first_bank = 0;
        for rack in &layout.racks {
            let banks = banks_of(rack);
            let size = |bank: usize| {
                let bank = first_bank + u32::try_from(bank).unwrap_or(u32::MAX);
                layout.boards_in(bank, per_bank)
            };
            for (switch, ports, mine) in share_banks(design, cluster, rack, &banks, &size) {
                let boards: u32 = mine.iter().map(|&bank| size(bank)).sum();
                served_boards += boards;
                let supplies =
                    supply.as_ref().map_or(0, |(_, supply)| boards.div_ceil(supply.ports.max(1)));
                let numbered = mine
                    .iter()
                    .filter_map(|&bank| u32::try_from(bank).ok())
                    .map(|b| first_bank + b);
                groups.push(AccessGroup {
                    rack: rack.number,
                    switch,
                    ports,
                    banks: numbered.collect(),
                    boards,
                    supplies,
                });
            }
            first_bank += u32::try_from(banks.len()).unwrap_or(u32::MAX);
        }
        let seated = layout.boards.value.min(layout.places.value);
        let unserved = seated.saturating_sub(served_boards);
        // Boards that no switch serves still need power.
        let for_unserved =
            supply.as_ref().map_or(0, |(_, supply)| unserved.div_ceil(supply.ports.max(1)));
        let used = groups.iter().map(|group| group.supplies).sum::<u32>() + for_unserved;
        let supplies = ledger.derive(
            "power.supplies_used",
            describe(&groups, supply.as_ref()),
            &[&layout.boards],
            used,
        );
        let demand = Demand::add_up(document, cluster, layout, &supplies, ledger);
        Wiring { groups, unserved, supply, supplies, demand }
    }
}

fn describe(groups: &[AccessGroup], supply: Option<&(String, Supply)>) -> String {
    let ports = supply.map_or(0, |(_, supply)| supply.ports);
    let listed = groups.iter().map(|group| {
        let banks: Vec<String> = group.banks.iter().map(|bank| (bank + 1).to_string()).collect();
        format!(
            "rack {} {}: banks {}, {} boards, {}",
            group.rack,
            group.switch,
            banks.join("+"),
            group.boards,
            group.supplies
        )
    });
    let listed: Vec<String> = listed.collect();
    format!("⌈boards ÷ {ports} ports⌉ for each access group ({})", listed.join("; "))
}

/// Positions of the rack's banks in its stack.
fn banks_of(rack: &RackPlan) -> Vec<usize> {
    let numbered = rack.items.iter().enumerate();
    numbered.filter(|(_, placed)| placed.item == Item::Bank).map(|(at, _)| at).collect()
}

/// Each access switch, from the top, takes the nearest banks that no other has, the upper one
/// first, until the next would not find enough ports.
fn share_banks(
    design: &Design,
    cluster: &Cluster,
    rack: &RackPlan,
    banks: &[usize],
    boards_in: &dyn Fn(usize) -> u32,
) -> Vec<(String, u32, Vec<usize>)> {
    let mut taken = vec![false; banks.len()];
    let mut groups = Vec::new();
    for (at, placed) in rack.items.iter().enumerate() {
        let Item::Device(name) = &placed.item else { continue };
        let is_access =
            design.devices.get(name).is_some_and(|device| device.role == Some(Role::Access));
        let Some(device) = cluster.device(name).filter(|_| is_access) else { continue };
        let mut nearest: Vec<usize> = (0..banks.len()).filter(|&bank| !taken[bank]).collect();
        nearest.sort_by_key(|&bank| (banks[bank].abs_diff(at), banks[bank]));
        let mut mine = Vec::new();
        let mut free = device.ports;
        for bank in nearest {
            let boards = boards_in(bank);
            if boards > free {
                break;
            }
            free -= boards;
            taken[bank] = true;
            mine.push(bank);
        }
        mine.sort_unstable();
        groups.push((name.clone(), device.ports, mine));
    }
    groups
}

/// The supply that the design names; else the smallest that feeds the board's plug and has ports
/// for all boards; else the largest that feeds it.
fn choose_supply(
    document: &Document,
    cluster: &Cluster,
    layout: &Layout,
) -> Option<(String, Supply)> {
    let supplies = &document.catalog.supplies;
    if let Auto::Set(id) = &document.design.power.supply {
        return supplies.get_key_value(id).map(|(id, supply)| (id.clone(), supply.clone()));
    }
    let connector = &cluster.board.power_socket.connector;
    let nameplate = cluster.board.power.nameplate.value;
    let mut fitting: Vec<(&String, &Supply)> = supplies
        .iter()
        .filter(|(_, supply)| supply.feeds.contains(connector))
        .filter(|(_, supply)| supply.port_current.value >= nameplate)
        .collect();
    fitting.sort_by_key(|(_, supply)| supply.ports);
    let enough = fitting.iter().find(|(_, supply)| supply.ports >= layout.boards.value);
    let (id, supply) = enough.or(fitting.last())?;
    Some(((*id).clone(), (*supply).clone()))
}
