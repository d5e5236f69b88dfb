//! A print server that does what it is told to do wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use sha1::{Digest, Sha1};

/// Which program it speaks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    Moonraker,
    OctoPrint,
    PrusaLink,
}

/// What it does to one request instead of answering it.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Hangs up before it does anything.
    HangsUp,
    /// Does what it is asked for, and hangs up without a word.
    DoesAndHangsUp,
    /// Answers so, and does nothing: status, kind of content, content.
    Says(u16, &'static str, &'static str),
    /// Sends the client elsewhere.
    Redirects(&'static str),
    /// Says nothing for so long.
    Hangs(Duration),
    /// Waits until the test has killed the client; then does it, or not.
    ClientDies { and_does_it: bool },
}

/// What the server has.
#[derive(Debug, Default)]
pub struct Shop {
    pub files: BTreeMap<String, Vec<u8>>,
    pub queue: Vec<(u64, String)>,
    /// File, and whether it went well; one that is being printed has no outcome yet.
    pub prints: Vec<(String, Option<bool>)>,
    /// Every request: method and path.
    pub requests: Vec<String>,
    /// What is done to the request of this number, from 0.
    pub faults: BTreeMap<usize, Fault>,
    /// What is done to all.
    pub always: Option<Fault>,
    /// The key that it wants.
    pub key: Option<&'static str>,
    /// The name and password that it wants instead.
    pub login: Option<(&'static str, &'static str)>,
    pub offline: bool,
    next: u64,
}

/// A running server.
pub struct PrintServer {
    pub url: String,
    shop: Arc<Mutex<Shop>>,
    dying: Receiver<()>,
    dead: Sender<()>,
}

impl PrintServer {
    pub fn start(speaks: Speaks) -> PrintServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shop = Arc::new(Mutex::new(Shop::default()));
        let (tell, dying) = channel();
        let (dead, wait) = channel();
        let served = Arc::clone(&shop);
        thread::spawn(move || {
            let wait = Arc::new(Mutex::new(wait));
            for stream in listener.incoming() {
                let (stream, served) = (stream.unwrap(), Arc::clone(&served));
                let (tell, wait) = (tell.clone(), Arc::clone(&wait));
                thread::spawn(move || serve(stream, speaks, &served, &tell, &wait));
            }
        });
        PrintServer { url, shop, dying, dead }
    }

    pub fn shop(&self) -> MutexGuard<'_, Shop> {
        self.shop.lock().unwrap()
    }

    /// Waits for the moment at which the client is to die, and returns once `kill` has killed it.
    pub fn when_the_client_should_die(&self, kill: impl FnOnce()) {
        self.dying.recv_timeout(Duration::from_secs(20)).unwrap();
        kill();
        self.dead.send(()).unwrap();
    }
}

impl Shop {
    /// How many copies of each file are queued, printing or printed.
    pub fn copies(&self) -> BTreeMap<String, usize> {
        let good = self.prints.iter().filter(|(_, outcome)| *outcome != Some(false));
        let files = self.queue.iter().map(|(_, file)| file).chain(good.map(|(file, _)| file));
        let mut copies = BTreeMap::new();
        for file in files {
            *copies.entry(file.clone()).or_insert(0) += 1;
        }
        copies
    }

    /// The print comes to an end.
    pub fn finish(&mut self, well: bool) {
        let print = self.prints.iter_mut().find(|print| print.1.is_none()).unwrap();
        print.1 = Some(well);
    }

    /// The queue's first goes to the printer.
    pub fn load_next(&mut self) {
        let (_, file) = self.queue.remove(0);
        self.prints.push((file, None));
    }

    fn printing(&self) -> Option<&str> {
        self.prints.iter().find(|print| print.1.is_none()).map(|print| print.0.as_str())
    }
}

struct Request {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

struct Reply(u16, String, String);

fn serve(
    mut stream: TcpStream,
    speaks: Speaks,
    shop: &Mutex<Shop>,
    tell: &Sender<()>,
    wait: &Mutex<Receiver<()>>,
) {
    let Some(request) = read(&mut stream) else { return };
    let mut shop = shop.lock().unwrap();
    let number = shop.requests.len();
    shop.requests.push(format!("{} {}", request.method, request.path));
    let fault = shop.faults.get(&number).or(shop.always.as_ref()).cloned();
    match fault {
        Some(Fault::HangsUp) => return,
        Some(Fault::DoesAndHangsUp) => {
            answer(speaks, &mut shop, &request);
            return;
        }
        Some(Fault::ClientDies { and_does_it }) => {
            tell.send(()).unwrap();
            wait.lock().unwrap().recv().unwrap();
            if and_does_it {
                answer(speaks, &mut shop, &request);
            }
            return;
        }
        Some(Fault::Hangs(time)) => {
            drop(shop);
            thread::sleep(time);
            return;
        }
        Some(Fault::Says(status, kind, body)) => {
            write(&mut stream, &Reply(status, kind.to_owned(), body.to_owned()), None);
            return;
        }
        Some(Fault::Redirects(goal)) => {
            let reply = Reply(302, "text/html".to_owned(), String::new());
            write(&mut stream, &reply, Some(("Location", goal)));
            return;
        }
        None => {}
    }
    if shop.key.is_some_and(|key| request.headers.get("x-api-key").map(String::as_str) != Some(key))
    {
        write(&mut stream, &Reply(403, "text/plain".to_owned(), "go away".to_owned()), None);
        return;
    }
    if shop.login.is_some_and(|login| !knows(&request, login)) {
        let challenge = r#"Digest realm="Printer API", qop="auth", nonce="dcd98b71""#;
        let reply = Reply(401, "text/plain".to_owned(), String::new());
        write(&mut stream, &reply, Some(("WWW-Authenticate", challenge)));
        return;
    }
    let reply = answer(speaks, &mut shop, &request);
    drop(shop);
    write(&mut stream, &reply, None);
}

/// Is the digest that of this name and password (RFC 2617)?
fn knows(request: &Request, (user, password): (&str, &str)) -> bool {
    let header = request.headers.get("authorization").map_or("", String::as_str);
    let field = |name: &str| {
        let start = header.find(&format!(" {name}=")).map(|at| at + name.len() + 2);
        start.map_or("", |at| header[at..].split(',').next().unwrap().trim_matches('"'))
    };
    let md5 = |text: String| {
        md5::Md5::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
    };
    let secret = md5(format!("{user}:Printer API:{password}"));
    let what = md5(format!("{}:{}", request.method, request.path));
    let (count, nonce) = (field("nc"), field("cnonce"));
    field("response") == md5(format!("{secret}:dcd98b71:{count}:{nonce}:auth:{what}"))
}

fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut part = [0; 8192];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&part[..count]);
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut body = bytes.split_off(end + 4);
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    while body.len() < length {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        body.extend_from_slice(&part[..count]);
    }
    Some(Request { method, path, headers, body })
}

fn write(stream: &mut TcpStream, Reply(status, kind, body): &Reply, header: Option<(&str, &str)>) {
    let header = header.map_or(String::new(), |(name, value)| format!("{name}: {value}\r\n"));
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{header}\
         Connection: close\r\n\r\n{body}"
    );
}

fn answer(speaks: Speaks, shop: &mut Shop, request: &Request) -> Reply {
    let reply = match speaks {
        Speaks::Moonraker => moonraker(shop, request),
        Speaks::OctoPrint => octoprint(shop, request),
        Speaks::PrusaLink => prusalink(shop, request),
    };
    let (status, value) =
        reply.unwrap_or_else(|| (404, json!({ "error": { "code": 404, "message": "Not Found" } })));
    let body = if value.is_null() { String::new() } else { value.to_string() };
    Reply(status, "application/json".to_owned(), body)
}

/// Fields of a multipart body, and its file.
fn parts(request: &Request) -> (BTreeMap<String, String>, Vec<u8>) {
    let kind = &request.headers["content-type"];
    let boundary = format!("--{}", kind.split_once("boundary=").unwrap().1);
    let (mut fields, mut file) = (BTreeMap::new(), Vec::new());
    let mut rest = &request.body[..];
    while let Some(start) = find(rest, boundary.as_bytes()) {
        rest = &rest[start + boundary.len()..];
        let Some(head_end) = find(rest, b"\r\n\r\n") else { break };
        let head = String::from_utf8_lossy(&rest[..head_end]).into_owned();
        let content = &rest[head_end + 4..];
        let end = find(content, format!("\r\n{boundary}").as_bytes()).unwrap();
        let quoted = |name: &str| {
            let start = head.find(&format!("{name}=\""))? + name.len() + 2;
            head[start..].split('"').next().map(str::to_owned)
        };
        if let Some(name) = quoted("filename") {
            fields.insert("filename".to_owned(), name);
            file = content[..end].to_vec();
        } else {
            let text = String::from_utf8_lossy(&content[..end]).into_owned();
            fields.insert(quoted("name").unwrap(), text);
        }
        rest = &content[end..];
    }
    (fields, file)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn moonraker(shop: &mut Shop, request: &Request) -> Option<(u16, Value)> {
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let parameter = |name: &str| {
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or("")
    };
    let queue = |shop: &Shop| {
        let jobs: Vec<Value> = shop
            .queue
            .iter()
            .map(|(id, file)| json!({ "filename": file, "job_id": format!("{id:04}") }))
            .collect();
        Some((200, json!({ "result": { "queued_jobs": jobs, "queue_state": "paused" } })))
    };
    match (request.method.as_str(), path) {
        ("GET", "/server/info") => {
            let state = if shop.offline { "disconnected" } else { "ready" };
            let info = json!({ "klippy_connected": !shop.offline, "klippy_state": state });
            Some((200, json!({ "result": info })))
        }
        ("GET", "/server/files/metadata") => {
            let size = shop.files.get(parameter("filename"))?.len();
            Some((200, json!({ "result": { "size": size } })))
        }
        ("POST", "/server/files/upload") => {
            let (fields, file) = parts(request);
            if pibuild::outputs::sha256(&file) != fields["checksum"] {
                return Some((422, json!({ "error": { "message": "checksum" } })));
            }
            shop.files.insert(format!("{}/{}", fields["path"], fields["filename"]), file);
            Some((201, json!({ "result": {} })))
        }
        ("GET", "/server/job_queue/status") => queue(shop),
        ("POST", "/server/job_queue/job") => {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            let names: Vec<String> = serde_json::from_value(body["filenames"].clone()).unwrap();
            if let Some(missing) = names.iter().find(|name| !shop.files.contains_key(*name)) {
                let message = format!("G-Code File {missing} does not exist");
                return Some((400, json!({ "error": { "message": message } })));
            }
            for name in names {
                shop.next += 1;
                shop.queue.push((shop.next, name));
            }
            queue(shop)
        }
        ("DELETE", "/server/job_queue/job") => {
            let ids: BTreeSet<u64> =
                parameter("job_ids").split(',').map(|id| id.parse().unwrap()).collect();
            shop.queue.retain(|(id, _)| !ids.contains(id));
            queue(shop)
        }
        ("POST", "/server/job_queue/start") => {
            if !shop.offline && shop.printing().is_none() && !shop.queue.is_empty() {
                shop.load_next();
            }
            queue(shop)
        }
        ("GET", "/server/history/list") => {
            let (start, limit): (usize, usize) =
                (parameter("start").parse().unwrap(), parameter("limit").parse().unwrap());
            let jobs: Vec<Value> = shop
                .prints
                .iter()
                .skip(start)
                .take(limit)
                .map(|(file, outcome)| {
                    let status = match outcome {
                        None => "in_progress",
                        Some(true) => "completed",
                        Some(false) => "cancelled",
                    };
                    json!({ "filename": file, "status": status })
                })
                .collect();
            Some((200, json!({ "result": { "count": jobs.len(), "jobs": jobs } })))
        }
        _ => None,
    }
}

fn octoprint(shop: &mut Shop, request: &Request) -> Option<(u16, Value)> {
    let path = request.path.split('?').next().unwrap();
    let ended = |file: &str, well: bool| {
        shop.prints.iter().filter(|print| print.0 == file && print.1 == Some(well)).count()
    };
    let describe = |(file, bytes): (&String, &Vec<u8>)| {
        let hash = Sha1::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        json!({
            "name": file.rsplit('/').next(),
            "path": file,
            "type": "machinecode",
            "size": bytes.len(),
            "hash": hash,
            "prints": { "success": ended(file, true), "failure": ended(file, false) },
        })
    };
    match (request.method.as_str(), path) {
        ("GET", "/api/version") => {
            Some((200, json!({ "api": "0.1", "server": "1.11.8", "text": "OctoPrint 1.11.8" })))
        }
        ("GET", "/api/job") => {
            let state = match shop.printing() {
                _ if shop.offline => "Offline",
                Some(_) => "Printing",
                None => "Operational",
            };
            Some((200, json!({ "job": { "file": { "path": shop.printing() } }, "state": state })))
        }
        ("POST", "/api/files/local") => {
            let (fields, file) = parts(request);
            shop.files.insert(format!("{}/{}", fields["path"], fields["filename"]), file);
            Some((201, json!({ "done": true })))
        }
        (method, path) => {
            let name = path.strip_prefix("/api/files/local/")?;
            if method == "POST" {
                if shop.offline || shop.printing().is_some() {
                    return Some((409, json!({ "error": "Printer is not operational" })));
                }
                shop.files.get(name)?;
                shop.prints.push((name.to_owned(), None));
                return Some((204, Value::Null));
            }
            if let Some(found) = shop.files.get_key_value(name) {
                return Some((200, describe(found)));
            }
            let inside =
                shop.files.iter().filter(|(file, _)| file.starts_with(&format!("{name}/")));
            let children: Vec<Value> = inside.map(describe).collect();
            (!children.is_empty()).then(|| (200, json!({ "type": "folder", "children": children })))
        }
    }
}

fn prusalink(shop: &mut Shop, request: &Request) -> Option<(u16, Value)> {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/api/version") => {
            Some((200, json!({ "api": "2.0.0", "server": "2.1.2", "text": "PrusaLink" })))
        }
        ("GET", "/api/v1/storage") => Some((
            200,
            json!({ "storage_list": [
                { "path": "/sdcard", "available": false, "type": "SDCARD" },
                { "path": "/usb", "available": true, "read_only": false, "type": "USB" },
            ] }),
        )),
        ("GET", "/api/v1/status") => {
            let state = match shop.prints.last() {
                _ if shop.offline => "ATTENTION",
                None => "IDLE",
                Some((_, None)) => "PRINTING",
                Some((_, Some(true))) => "FINISHED",
                Some((_, Some(false))) => "STOPPED",
            };
            Some((200, json!({ "printer": { "state": state } })))
        }
        ("GET", "/api/v1/job") => {
            let Some((file, outcome)) = shop.prints.last() else {
                return Some((204, Value::Null));
            };
            let state = match outcome {
                None => "PRINTING",
                Some(true) => "FINISHED",
                Some(false) => "STOPPED",
            };
            let file = json!({ "name": "SHORT~1.GCO", "display_name": file, "path": "/usb" });
            Some((200, json!({ "id": shop.prints.len(), "state": state, "file": file })))
        }
        (method, path) => {
            let name = path.strip_prefix("/api/v1/files/usb/")?;
            match method {
                "GET" => {
                    let size = shop.files.get(name)?.len();
                    Some((
                        200,
                        json!({ "name": "SHORT~1.GCO", "display_name": name, "size": size }),
                    ))
                }
                "PUT" => {
                    shop.files.insert(name.to_owned(), request.body.clone());
                    Some((201, Value::Null))
                }
                _ if shop.offline || shop.printing().is_some() => {
                    Some((409, json!({ "title": "Conflict", "message": "Printer is busy" })))
                }
                _ => {
                    shop.files.get(name)?;
                    shop.prints.push((name.to_owned(), None));
                    Some((204, Value::Null))
                }
            }
        }
    }
}
