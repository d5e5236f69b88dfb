//! The supply that feeds the boards.

use super::Cluster;
use crate::catalog::Supply;
use crate::spec::{Auto, Document};

/// The supply that the design names; else the smallest that feeds the board's plug and has ports
/// for all `boards`; else the largest that feeds it.
pub fn supply_for(document: &Document, cluster: &Cluster, boards: u32) -> Option<(String, Supply)> {
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
    let enough = fitting.iter().find(|(_, supply)| supply.ports >= boards);
    let (id, supply) = enough.or(fitting.last())?;
    Some(((*id).clone(), (*supply).clone()))
}
