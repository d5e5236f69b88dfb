"""Usage: packages.py DIR

Proves that every 3MF file in DIR is what slicers expect: lib3mf, the format's reference
implementation, reads it strictly and without a warning, in millimetres, and finds every mesh
manifold and oriented, with a name, a part number and a coloured material; PrusaSlicer finds
manifold parts of the certified volume. The triangles of DIR/parts/*.3mf are the STL's, bit for bit,
and the bytes are the certified ones.
"""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import lib3mf
import numpy
import trimesh
from lib3mf import get_wrapper

from tally import Tally

VOLUME_TOLERANCE = 0.001
FILES = ["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model"]
# What the program writes in place of a date; a real one would change the bytes from run to run.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def slicer_report(package):
    """What PrusaSlicer says of a file with one object, by label."""
    report = subprocess.run(
        ["prusa-slicer", "--info", package],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    ).stdout
    return dict(re.findall(r"^(\w+) = +(.*?)\s*$", report, re.MULTILINE))


def check_container(tally, package):
    name = package.name
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        tally.check(names[:3] == FILES, f"{name}: holds {names}")
        dates = {entry.date_time for entry in archive.infolist()}
        tally.check(dates == {NO_DATE}, f"{name}: entries are dated {dates}")
        tally.check(archive.testzip() is None, f"{name}: a checksum is wrong")


def check_model(tally, package):
    """Reads it with lib3mf; returns vertices and triangles of each object."""
    name = package.name
    model = get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    try:
        reader.ReadFromFile(str(package))
    except lib3mf.ELib3MFException as problem:
        tally.check(False, f"{name}: lib3mf refuses it: {problem}")
        return []
    warnings = [reader.GetWarning(index) for index in range(reader.GetWarningCount())]
    tally.check(not warnings, f"{name}: lib3mf warns of {warnings}")
    unit = model.GetUnit()
    tally.check(unit == lib3mf.ModelUnit.MilliMeter, f"{name}: the unit is {unit}")

    materials = model.GetBaseMaterialGroups()
    coloured = {}
    while materials.MoveNext():
        group = materials.GetCurrentBaseMaterialGroup()
        for base in group.GetAllPropertyIDs():
            coloured[group.GetResourceID(), base] = group.GetName(base)
            colour = group.GetDisplayColor(base)
            tally.check(colour.Alpha == 255, f"{name}: {group.GetName(base)} is see-through")
    tally.check(coloured, f"{name}: names no material")

    meshes = []
    objects = model.GetMeshObjects()
    while objects.MoveNext():
        mesh = objects.GetCurrentMeshObject()
        where = f"{name}: {mesh.GetName()}"
        tally.check(mesh.GetName(), f"{where}: an object has no name")
        tally.check(mesh.GetPartNumber(), f"{where}: has no part number")
        tally.check(mesh.IsManifoldAndOriented(), f"{where}: lib3mf finds it open or inside out")
        group, base, has = mesh.GetObjectLevelProperty()
        tally.check(has and coloured.get((group, base)), f"{where}: has no material")
        vertices = [list(vertex.Coordinates) for vertex in mesh.GetVertices()]
        triangles = [list(triangle.Indices) for triangle in mesh.GetTriangleIndices()]
        meshes.append((numpy.array(vertices, dtype=numpy.float32), numpy.array(triangles)))
    items = model.GetBuildItems()
    tally.check(items.Count() >= len(meshes) > 0, f"{name}: {items.Count()} things to build")
    return meshes


def check_part(tally, package, meshes, certificate):
    name = package.stem
    if not tally.check(len(meshes) == 1, f"{package.name}: {len(meshes)} objects, not 1"):
        return
    vertices, triangles = meshes[0]
    stl = trimesh.load_mesh(package.with_suffix(".stl"), process=False)
    stored = numpy.asarray(stl.triangles, dtype=numpy.float32)
    same = numpy.array_equal(vertices[triangles], stored)
    tally.check(same, f"{package.name}: not the triangles of {name}.stl")
    proof = certificate.get(name)
    if not tally.check(proof is not None, f"{name}: not in certificate.json"):
        return
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    certified = proof["files"].get(f"parts/{package.name}")
    tally.check(digest == certified, f"{package.name}: sha256 is {digest}, not the certified one")

    report = slicer_report(package)
    manifold = report.get("manifold")
    tally.check(manifold == "yes", f"{package.name}: PrusaSlicer says manifold = {manifold}")
    volume, wanted = float(report.get("volume", 0)), proof["brep_volume_mm3"]
    off = abs(volume - wanted) / wanted
    tally.check(off <= VOLUME_TOLERANCE, f"{package.name}: {volume} mm³ in PrusaSlicer")
    count = report.get("number_of_parts")
    tally.check(count == "1", f"{package.name}: PrusaSlicer sees {count} parts, not 1")
    size = len(package.read_bytes()) / len(package.with_suffix(".stl").read_bytes())
    print(f"  {package.name}: {len(triangles)} triangles, {size:.0%} of the STL's size")


def main(folder):
    tally = Tally(f"packages of {folder.name}")
    proofs = folder / "parts" / "certificate.json"
    if not tally.check(proofs.is_file(), f"no {proofs}"):
        tally.close()
    certificate = json.loads(proofs.read_text(encoding="utf-8"))
    packages = sorted(folder.rglob("*.3mf"))
    there = {package.stem for package in packages if package.parent.name == "parts"}
    missing = sorted(set(certificate) ^ there)
    tally.check(not missing, f"3MF files or certificates are missing for {missing}")
    for package in packages:
        check_container(tally, package)
        meshes = check_model(tally, package)
        if package.parent.name == "parts":
            check_part(tally, package, meshes, certificate)
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
