//! The redirect address of one flow, and the ports behind it, bound before anybody learns the address.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use leadferry_connector::{OAuth, Redirect};
use rand::CryptoRng;

use super::{FlowError, Provider, proof};

/// The path people register at vendors that compare the whole address.
const REGISTERED_PATH: &str = "/oauth-callback";

/// The addresses a person registers with their own app for `facts`, exactly as a sign-in will use them. Where the vendor takes
/// any port and path of this computer (RFC 8252 §7.3), that is the host alone.
pub fn redirect_urls(id: &str, facts: &OAuth, scheme: &str) -> Vec<String> {
    match facts.redirect {
        Redirect::LoopbackAnyPort => vec!["http://127.0.0.1".to_owned()],
        Redirect::LocalhostPorts(ports) => {
            ports.iter().map(|port| format!("http://localhost:{port}{REGISTERED_PATH}")).collect()
        }
        Redirect::CustomScheme => vec![format!("{scheme}:/cb/{id}")],
    }
}

/// Where the vendor sends the browser back to.
#[derive(Debug)]
pub(super) struct Callback {
    /// The address, byte for byte the same in both calls.
    pub(super) uri: String,
    /// The one path that counts.
    pub(super) path: String,
    /// The one `Host` that counts.
    pub(super) host: String,
    /// Bound ports; none for an app scheme.
    pub(super) listeners: Vec<TcpListener>,
}

impl Callback {
    pub(super) fn open(
        provider: &Provider,
        scheme: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, FlowError> {
        match provider.facts.redirect {
            Redirect::LoopbackAnyPort => {
                let listener = bind(Ipv4Addr::LOCALHOST.into(), 0).map_err(|_| FlowError::NoPort)?;
                let port = listener.local_addr().map_err(|_| FlowError::NoPort)?.port();
                let path = format!("/cb/{}/{}", provider.id, proof::random_text(rng));
                Ok(Self::at(format!("127.0.0.1:{port}"), path, vec![listener]))
            }
            Redirect::LocalhostPorts(ports) => {
                let (port, listeners) = ports
                    .iter()
                    .find_map(|port| Some((*port, bind_localhost(*port)?)))
                    .ok_or_else(|| FlowError::PortsTaken(ports.to_vec()))?;
                Ok(Self::at(format!("localhost:{port}"), REGISTERED_PATH.to_owned(), listeners))
            }
            Redirect::CustomScheme => {
                let path = format!("/cb/{}", provider.id);
                Ok(Self { uri: format!("{scheme}:{path}"), path, host: String::new(), listeners: Vec::new() })
            }
        }
    }

    fn at(host: String, path: String, listeners: Vec<TcpListener>) -> Self {
        Self { uri: format!("http://{host}{path}"), path, host, listeners }
    }
}

/// Both addresses `localhost` may mean, since browsers differ. Where the computer has no IPv6 the other one is enough; a port
/// another program holds on either is not ours, since the browser might hand the code to that program.
fn bind_localhost(port: u16) -> Option<Vec<TcpListener>> {
    let four = bind(Ipv4Addr::LOCALHOST.into(), port).ok()?;
    match bind(Ipv6Addr::LOCALHOST.into(), port) {
        Ok(six) => Some(vec![four, six]),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => None,
        Err(_) => Some(vec![four]),
    }
}

fn bind(ip: std::net::IpAddr, port: u16) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(SocketAddr::new(ip, port))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
