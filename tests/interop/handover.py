"""Usage: handover.py PIBUILD DESIGN

Hands the design's plan, sliced by PrusaSlicer, over to the real Moonraker and the real OctoPrint (with
its virtual printer), both on loopback: every job is to be there exactly as often as the queue wants it,
every file byte for byte. The servers are killed half way through a hand-over, and so is pibuild; after
a restart the next run is to complete it. OctoPrint prints one small job to its end.
"""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

import jsonschema

from tally import Tally

ROOT = Path(__file__).resolve().parents[2]
INTEROP = ROOT / "target/interop"
# A print of a few moves: the virtual printer has no heater to wait for.
TINY = "G28\n" + "G1 X10 Y10 F6000\nG1 X20 Y20\n" * 5 + "M400\n"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A program that serves on loopback, and can be killed and started again on the same data."""

    key = None
    started = []

    def __init__(self, folder):
        Server.started.append(self)
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.prepare()
        self.start()

    def start(self):
        log = open(self.folder / "said.txt", "ab")
        self.process = subprocess.Popen(
            self.command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.is_up():
                    return
            except (OSError, ValueError, http.client.HTTPException):
                pass
            time.sleep(0.2)
        sys.exit(f"{self.command()[0]} does not come up, see {self.folder}/said.txt")

    def kill(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def get(self, path):
        headers = {"X-Api-Key": self.key} if self.key else {}
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def json(self, path):
        return json.loads(self.get(path))


class Moonraker(Server):
    to = "moonraker"

    def prepare(self):
        (self.folder / "config").mkdir()
        (self.folder / "config/moonraker.conf").write_text(
            f"[server]\nhost: 127.0.0.1\nport: {self.port}\n"
            "[machine]\nprovider: none\n[authorization]\ntrusted_clients:\n  127.0.0.1\n"
        )

    def command(self):
        return [INTEROP / "moonraker/bin/moonraker", "-d", self.folder]

    def is_up(self):
        # It makes its own key, and tells it to whom it trusts.
        self.key = self.key or self.json("/access/api_key")["result"]
        return "result" in self.json("/server/info")

    def files(self):
        listed = self.json("/server/files/list?root=gcodes")["result"]
        return {one["path"]: self.get("/server/files/gcodes/" + one["path"]) for one in listed}

    def queue(self):
        jobs = self.json("/server/job_queue/status")["result"]["queued_jobs"]
        return Counter(job["filename"] for job in jobs)


class OctoPrint(Server):
    to = "octoprint"
    key = "5e1f0c8a9b7d4e6f8a1b2c3d4e5f6a7b"

    def prepare(self):
        config = {
            "api": {"key": self.key},
            "plugins": {
                "virtual_printer": {"enabled": True},
                # None of these may look for news on the internet.
                "_disabled": ["announcements", "softwareupdate", "pluginmanager", "tracking"],
            },
            "serial": {"autoconnect": True, "port": "VIRTUAL"},
            "server": {
                "firstRun": False,
                "startOnceInSafeMode": False,
                "onlineCheck": {"enabled": False},
                "pluginBlacklist": {"enabled": False},
            },
        }
        (self.folder / "config.yaml").write_text(json.dumps(config))

    def command(self):
        serve = ["serve", "--iknowwhatimdoing", "--host", "127.0.0.1", "--port", str(self.port)]
        return [INTEROP / "octoprint/bin/octoprint", "--basedir", self.folder, *serve]

    def is_up(self):
        return self.json("/api/job")["state"] == "Operational"

    def listed(self):
        top = self.json("/api/files/local?recursive=true")["files"]
        return [child for folder in top for child in folder.get("children", [folder])]

    def files(self):
        download = "/downloads/files/local/"
        return {one["path"]: self.get(download + one["path"]) for one in self.listed()}

    def prints(self):
        counts = {one["path"]: one.get("prints", {}) for one in self.listed()}
        return {path: (it.get("success", 0), it.get("failure", 0)) for path, it in counts.items()}


class Output:
    """The output folder of the design, and pibuild at work on it."""

    def __init__(self, pibuild, folder):
        self.pibuild = pibuild
        self.folder = folder
        self.jobs = json.loads((folder / "farm/queue.json").read_text())["jobs"]

    def state(self):
        return self.folder / "farm/handover.json"

    def gcode(self):
        sliced = json.loads((self.folder / "farm/gcode/sliced.json").read_text())["jobs"]
        return {one["id"]: (self.folder / one["file"]).read_bytes() for one in sliced}

    def print_instead(self, text):
        """Puts other gcode in the place of what was sliced."""
        index = self.folder / "farm/gcode/sliced.json"
        sliced = json.loads(index.read_text())
        for one in sliced["jobs"]:
            gcode = f"; {one['id']}\n{text}".encode()
            (self.folder / one["file"]).write_bytes(gcode)
            one["sha256"] = hashlib.sha256(gcode).hexdigest()
        index.write_text(json.dumps(sliced))

    def start(self, command, *arguments, key):
        return subprocess.Popen(
            [self.pibuild, "farm", command, self.folder, *arguments],
            env={**os.environ, "PIBUILD_API_KEY": key},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, command, *arguments, key):
        process = self.start(command, *arguments, key=key)
        said, complained = process.communicate(timeout=300)
        return process.returncode, said, complained

    def submit(self, server, *more, key=None):
        where = ["--to", server.to, "--url", server.url]
        return self.run("submit", *where, *more, key=key or server.key)

    def status(self, server):
        code, said, _ = self.run("status", "--format", "json", key=server.key)
        return code, {job["id"]: job for job in json.loads(said)["jobs"]}

    def submit_until(self, server, uploads, victim):
        """Starts a hand-over and kills pibuild or the server after so many uploads."""
        options = ["--retries", "1", "--wait", "0.1"]
        where = ["--to", server.to, "--url", server.url]
        process = self.start("submit", *where, *options, key=server.key)
        seen = 0
        for line in process.stderr:
            seen += line.startswith("uploaded ")
            if seen == uploads:
                process.kill() if victim == "pibuild" else server.kill()
                break
        process.communicate(timeout=300)
        return process.returncode, seen


def judge_files(tally, output, server, what):
    """Each job's gcode is there once, byte for byte; returns their names by job."""
    files, names = server.files(), {}
    for job, gcode in output.gcode().items():
        same = [name for name, content in files.items() if content == gcode]
        if tally.check(len(same) == 1, f"{what}: gcode of {job} is there {len(same)} times"):
            names[job] = same[0]
    tally.check(len(files) == len(names), f"{what}: {len(files)} files for {len(names)} jobs")
    return names


def judge_queue(tally, output, server, what):
    """Each job is queued as often as it is wanted, and nothing else is."""
    names = judge_files(tally, output, server, what)
    wanted = Counter({names.get(job["id"]): job["copies"] for job in output.jobs})
    queued = server.queue()
    tally.check(queued == wanted, f"{what}: {dict(queued)} queued, wanted {dict(wanted)}")


def submit(tally, output, server, what, *more, status=0):
    code, said, complained = output.submit(server, *more)
    tally.check(code == status, f"{what}: exit {code}, not {status}: {said}{complained}")
    written = output.state().read_text() if output.state().exists() else ""
    tally.check(server.key not in said + complained + written, f"{what}: the key is to be seen")


def judge_moonraker(tally, output, folder):
    server = Moonraker(folder)
    submit(tally, output, server, "Moonraker, dry run", "--dry-run")
    tally.check(not server.queue() and not output.state().exists(), "a dry run changes something")
    submit(tally, output, server, "Moonraker")
    judge_queue(tally, output, server, "Moonraker")
    submit(tally, output, server, "Moonraker, again")
    judge_queue(tally, output, server, "Moonraker, again")

    server.kill()
    server.start()
    tally.check(not server.queue(), "Moonraker keeps its queue now: look at what the docs promise")
    submit(tally, output, server, "Moonraker, restarted")
    judge_queue(tally, output, server, "Moonraker, restarted")
    submit(tally, output, server, "Moonraker without a printer", "--print", status=3)
    judge_queue(tally, output, server, "Moonraker without a printer")
    code, jobs = output.status(server)
    queued = sum(job["queued"] for job in jobs.values())
    wanted = sum(job["copies"] for job in output.jobs)
    tally.check((code, queued) == (0, wanted), f"status: exit {code}, {queued} of {wanted} queued")
    server.kill()


def judge_kills(tally, output, kind, scratch, judge_all):
    """The server, then pibuild itself, dies half way; the next run does the rest."""
    half = len(output.jobs) // 2
    for victim in ["server", "pibuild"]:
        output.state().unlink(missing_ok=True)
        folder = Path(tempfile.mkdtemp(dir=scratch))
        server = kind(folder)
        what = f"{kind.__name__}, {victim} killed after {half} uploads"
        code, seen = output.submit_until(server, half, victim)
        tally.check(seen == half and code != 0, f"{what}: exit {code} after {seen} uploads")
        if victim == "server":
            server.start()
        there = len(server.files())
        tally.check(half <= there <= half + 1, f"{what}: {there} files are there")
        submit(tally, output, server, what)
        judge_all(tally, output, server, what)
        server.kill()


def judge_octoprint(tally, output, folder):
    server = OctoPrint(folder)
    code, _, complained = output.submit(server, key="wrong" * 6)
    tally.check(code == 2 and "refuses the API key" in complained, f"a wrong key: {complained}")
    tally.check("wrongwrong" not in complained, "the wrong key is shown")
    submit(tally, output, server, "OctoPrint")
    judge_files(tally, output, server, "OctoPrint")
    tally.check(not any(map(any, server.prints().values())), "OctoPrint prints without being told")
    server.kill()


def judge_print(tally, output, folder):
    """One small job runs to its end on the virtual printer, and is counted once."""
    output.state().unlink(missing_ok=True)
    output.print_instead(TINY)
    server = OctoPrint(folder)
    submit(tally, output, server, "OctoPrint prints", "--print")
    first = min(output.jobs, key=lambda job: job["priority"])["id"]
    for _ in range(100):
        code, jobs = output.status(server)
        if code == 0 and jobs[first]["done"]:
            break
        time.sleep(0.3)
    finished = sum(job["done"] for job in jobs.values())
    left = jobs[first]["copies"] - 1
    tally.check(finished == 1, f"OctoPrint prints: {finished} done")
    tally.check(jobs[first]["left"] == left, f"OctoPrint prints: {jobs[first]}")
    prints = [counts for path, counts in server.prints().items() if any(counts)]
    tally.check(prints == [(1, 0)], f"OctoPrint itself counts {prints}")
    submit(tally, output, server, "OctoPrint prints the next", "--print")
    server.kill()


def judge(tally, pibuild, sliced, scratch):
    shutil.copytree(sliced, scratch / "output")
    output = Output(pibuild, scratch / "output")

    def place(name):
        (scratch / name).mkdir()
        return scratch / name

    judge_moonraker(tally, output, place("moonraker"))
    judge_kills(tally, output, Moonraker, scratch, judge_queue)
    output.state().unlink(missing_ok=True)
    judge_octoprint(tally, output, place("octoprint"))
    judge_kills(tally, output, OctoPrint, scratch, judge_files)
    judge_print(tally, output, place("printing"))


def main(pibuild, design):
    tally = Tally("hand-over")
    sliced = INTEROP / "out/handover"
    sliced.parent.mkdir(parents=True, exist_ok=True)
    # What was sliced in an earlier run stays; what was handed over does not.
    (sliced / "farm/handover.json").unlink(missing_ok=True)
    run = subprocess.run(
        [pibuild, "farm", "slice", design, "-o", sliced],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )
    if not tally.check(run.returncode == 0, f"farm slice: {run.stdout}{run.stderr}"):
        tally.close()
    schema = subprocess.run([pibuild, "schema", "--of", "queue"], capture_output=True, check=True)
    queue = json.loads((sliced / "farm/queue.json").read_text())
    problems = jsonschema.Draft7Validator(json.loads(schema.stdout)).iter_errors(queue)
    for problem in problems:
        tally.check(False, f"queue.json at {problem.json_path}: {problem.message}")
    with tempfile.TemporaryDirectory() as scratch:
        try:
            judge(tally, pibuild, sliced, Path(scratch))
        finally:
            for server in Server.started:
                server.kill()
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
