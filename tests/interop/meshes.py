"""Usage: meshes.py DIR

Proves that every mesh in DIR/parts is one that strangers' programs accept as it is:
admesh finds nothing to repair, trimesh finds one closed, outward-facing body, manifold3d takes it
as a manifold, pymeshlab finds no triangles that cross, its volume is the certificate's within 0.1 %, and its bytes are the certified ones.
The left and right end brackets are mirror images to the last triangle.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import manifold3d
import numpy
import pymeshlab
import trimesh

from tally import Tally

VOLUME_TOLERANCE = 0.001
SAME_PLACE = 1e-3  # mm; STL keeps about seven digits of a coordinate

# Lines of admesh's report and what they must say for a mesh that needed no repair.
ADMESH_WANTED = {
    "Total disconnected facets": 0,
    "Number of parts": 1,
    "Degenerate facets": 0,
    "Edges fixed": 0,
    "Facets removed": 0,
    "Facets added": 0,
    "Facets reversed": 0,
    "Backwards edges": 0,
    "Normals fixed": 0,
}


def admesh_report(stl):
    """The numbers of admesh's report by their label; of two columns, those before its repairs."""
    report = subprocess.run(
        ["admesh", str(stl)], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    ).stdout
    found = re.findall(r"^\s*([A-Z][a-z ]+?)\s*:\s*(-?\d+)\b", report, re.MULTILINE)
    return {label: int(number) for label, number in found}


def crossing_triangles(stl):
    meshes = pymeshlab.MeshSet()
    meshes.load_new_mesh(str(stl))
    meshes.meshing_remove_duplicate_vertices()
    meshes.compute_selection_by_self_intersections_per_face()
    return meshes.current_mesh().selected_face_number()


def check_mesh(tally, stl, certificate):
    name = stl.stem
    report = admesh_report(stl)
    for label, wanted in ADMESH_WANTED.items():
        got = report.get(label)
        tally.check(got == wanted, f"{name}: admesh says {label}: {got}, not {wanted}")

    mesh = trimesh.load_mesh(stl)
    tally.check(mesh.is_watertight, f"{name}: trimesh finds it open")
    tally.check(mesh.is_volume, f"{name}: trimesh does not take it as a volume")
    tally.check(mesh.body_count == 1, f"{name}: trimesh counts {mesh.body_count} bodies, not 1")

    solid = manifold3d.Manifold(
        manifold3d.Mesh(
            vert_properties=numpy.asarray(mesh.vertices, dtype=numpy.float32),
            tri_verts=numpy.asarray(mesh.faces, dtype=numpy.uint32),
        )
    )
    status = solid.status()
    tally.check(status == manifold3d.Error.NoError, f"{name}: manifold3d says {status}")

    crossing = crossing_triangles(stl)
    tally.check(crossing == 0, f"{name}: pymeshlab finds {crossing} triangles that cross others")

    proof = certificate.get(name)
    if not tally.check(proof is not None, f"{name}: not in certificate.json"):
        return
    tally.check(proof["closed"] is True, f"{name}: not certified as closed")
    tally.check(proof["oriented"] is True, f"{name}: not certified as oriented")
    tally.check(proof["bodies"] == 1, f"{name}: certified with {proof['bodies']} bodies, not 1")
    triangles = proof["triangles"]
    tally.check(
        len(mesh.faces) == triangles, f"{name}: {len(mesh.faces)} triangles, {triangles} certified"
    )
    for key in ("volume_mm3", "brep_volume_mm3"):
        off = abs(mesh.volume - proof[key]) / proof[key]
        tally.check(
            off <= VOLUME_TOLERANCE,
            f"{name}: volume {mesh.volume:.1f}, certified {key} {proof[key]:.1f} ({off:.2%} off)",
        )
    digest = hashlib.sha256(stl.read_bytes()).hexdigest()
    tally.check(digest == proof["sha256"], f"{name}: sha256 is {digest}, not the certified one")


def mirrored_axis(left, right):
    """The axis, 0 to 2, across which the one is the other's mirror image, or None."""
    for axis in range(3):
        flipped = left.vertices.copy()
        flipped[:, axis] *= -1
        flipped += right.bounds[0] - flipped.min(axis=0)
        if same_triangles(flipped, left.faces, right.vertices, right.faces):
            return axis
    return None


def same_triangles(vertices_a, faces_a, vertices_b, faces_b):
    """Do the two meshes have the same triangles, in any order?"""
    if len(faces_a) != len(faces_b) or len(vertices_a) != len(vertices_b):
        return False
    twin = numpy.empty(len(vertices_a), dtype=int)
    for index, vertex in enumerate(vertices_a):
        distances = numpy.linalg.norm(vertices_b - vertex, axis=1)
        twin[index] = distances.argmin()
        if distances[twin[index]] > SAME_PLACE:
            return False
    in_a = Counter(tuple(sorted(triangle)) for triangle in twin[faces_a])
    in_b = Counter(tuple(sorted(triangle)) for triangle in faces_b)
    return in_a == in_b


def main(folder):
    tally = Tally(f"meshes of {folder.name}")
    parts = sorted((folder / "parts").glob("*.stl"))
    proofs = folder / "parts" / "certificate.json"
    if not tally.check(parts, f"no parts/*.stl in {folder}"):
        tally.close()
    if not tally.check(proofs.is_file(), f"no {proofs}"):
        tally.close()
    certificate = json.loads(proofs.read_text(encoding="utf-8"))
    for name in sorted(set(certificate) - {stl.stem for stl in parts}):
        tally.check(False, f"{name}: certified, but parts/{name}.stl is not there")
    for stl in parts:
        check_mesh(tally, stl, certificate)

    for left in (stl for stl in parts if stl.stem.endswith("-left")):
        right = left.with_name(left.name.replace("-left", "-right"))
        if tally.check(right.is_file(), f"{left.stem}: has no right-hand twin"):
            axis = mirrored_axis(trimesh.load_mesh(left), trimesh.load_mesh(right))
            tally.check(axis is not None, f"{left.stem}: not the mirror image of {right.stem}")
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
