"""Usage: solids.py DIR

Proves with OCCT, the kernel of most open CAD programs, that every STEP file in DIR/parts reads
without complaint as one valid solid of planes, cylinders and cones, named after the part; that its
volume is the certificate's within 1e-6 and the STL's within 0.1 %; and that its bytes are the
certified ones. If there is an assembly/bank.step, its instances are valid solids of such parts.
The small files of tests/golden are judged first: a void, and an assembly whose places are known.

OCCT forgives a face that looks the wrong way; a unit test of `export::step` does not.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import cadquery
import trimesh
from OCP.IFSelect import IFSelect_RetDone
from OCP.STEPCAFControl import STEPCAFControl_Reader
from OCP.TCollection import TCollection_ExtendedString
from OCP.TDataStd import TDataStd_Name
from OCP.TDF import TDF_Label, TDF_LabelSequence
from OCP.TDocStd import TDocStd_Document
from OCP.XCAFDoc import XCAFDoc_DocumentTool, XCAFDoc_ShapeTool

from tally import Tally

EXACT = 1e-6
MESHED = 0.001
SURFACES = {"PLANE", "CYLINDER", "CONE"}
GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def read(tally, step):
    """What OCCT makes of a file: the document, its tool for shapes, and its free shapes' labels."""
    document = TDocStd_Document(TCollection_ExtendedString("XmlXCAF"))
    reader = STEPCAFControl_Reader()
    reader.SetNameMode(True)
    status = reader.ReadFile(str(step))
    complaints = reader.Reader().WS().ModelCheckList(False)
    if not tally.check(status == IFSelect_RetDone, f"{step.name}: OCCT cannot read it: {status}"):
        return None
    tally.check(complaints.IsEmpty(False), f"{step.name}: OCCT complains about entities")
    tally.check(reader.Transfer(document), f"{step.name}: OCCT cannot take it over")
    tool = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
    labels = TDF_LabelSequence()
    tool.GetFreeShapes(labels)
    # The document must outlive its labels.
    return document, [labels.Value(index + 1) for index in range(labels.Length())]


def name_of(label):
    attribute = TDataStd_Name()
    if not label.FindAttribute(TDataStd_Name.GetID_s(), attribute):
        return None
    return attribute.Get().ToExtString()


def shape_of(label):
    return cadquery.Shape.cast(XCAFDoc_ShapeTool.GetShape_s(label))


def close(volume, wanted, tolerance):
    return abs(volume - wanted) <= tolerance * wanted


def check_solid(tally, step, label, name):
    """Is it one valid solid of analytic faces? Returns it."""
    where = f"{step.name}: {name}"
    tally.check(name_of(label) == name, f"{where}: the product is called {name_of(label)}")
    shape = shape_of(label)
    count = len(shape.Solids())
    tally.check(count == 1, f"{where}: {count} solids, not 1")
    tally.check(shape.ShapeType() == "Solid", f"{where}: a {shape.ShapeType()}")
    tally.check(shape.isValid(), f"{where}: OCCT finds it invalid")
    kinds = {face.geomType() for face in shape.Faces()}
    tally.check(kinds <= SURFACES, f"{where}: faces are {kinds}")
    return shape


def check_part(tally, step, certificate):
    found = read(tally, step)
    if found is None:
        return
    _document, labels = found
    if not tally.check(len(labels) == 1, f"{step.name}: {len(labels)} shapes, not 1"):
        return
    name = step.stem
    shape = check_solid(tally, step, labels[0], name)
    proof = certificate.get(name)
    if not tally.check(proof is not None, f"{name}: not in certificate.json"):
        return
    volume, wanted = shape.Volume(), proof["brep_volume_mm3"]
    tally.check(close(volume, wanted, EXACT), f"{name}: OCCT measures {volume}, not {wanted} mm³")
    meshed = trimesh.load_mesh(step.with_suffix(".stl")).volume
    tally.check(close(volume, meshed, MESHED), f"{name}: {volume} mm³, but {meshed} as STL")
    faces = len(shape.Faces())
    tally.check(faces == proof["faces"], f"{name}: {faces} faces, {proof['faces']} certified")
    digest = hashlib.sha256(step.read_bytes()).hexdigest()
    certified = proof["files"].get(f"parts/{step.name}")
    tally.check(digest == certified, f"{step.name}: sha256 is {digest}, not the certified one")
    print(f"  {name}: {faces} faces, {volume:.3f} mm³, off by {abs(volume / wanted - 1):.0e}")


def instances(tally, step):
    """Name of the part, name of the instance and shape of everything in an assembly."""
    found = read(tally, step)
    if found is None:
        return []
    _document, labels = found
    one = len(labels) == 1 and XCAFDoc_ShapeTool.IsAssembly_s(labels[0])
    if not tally.check(one, f"{step.name}: not one assembly"):
        return []
    tally.check(name_of(labels[0]) == step.stem, f"{step.name}: it is called {name_of(labels[0])}")
    components = TDF_LabelSequence()
    XCAFDoc_ShapeTool.GetComponents_s(labels[0], components)
    read_out = []
    for index in range(components.Length()):
        component, part = components.Value(index + 1), TDF_Label()
        referred = XCAFDoc_ShapeTool.GetReferredShape_s(component, part)
        if tally.check(referred, f"{step.name}: instance {index + 1} is of no part"):
            check_solid(tally, step, part, name_of(part))
            read_out.append((name_of(part), name_of(component), shape_of(component)))
    return read_out


def check_bank(tally, step, certificate):
    found = instances(tally, step)
    tally.check(found, f"{step.name}: it is empty")
    occurrences = Counter(name for _, name, _ in found)
    twice = [name for name, count in occurrences.items() if count > 1]
    tally.check(not twice, f"{step.name}: instances of one name: {twice}")
    for part, name, shape in found:
        if part in certificate:
            volume, wanted = shape.Volume(), certificate[part]["brep_volume_mm3"]
            good = close(volume, wanted, EXACT) and shape.isValid()
            tally.check(good, f"{step.name}: {name} has {volume} mm³, {part} {wanted}")
    print(f"  {step.name}: {dict(Counter(part for part, _, _ in found))}")


def check_golden(tally):
    for name, wanted in [("block", 6.0), ("hollow", 1000.0 - 216.0)]:
        step = GOLDEN / f"{name}.step"
        found = read(tally, step)
        if found is not None and tally.check(len(found[1]) == 1, f"{name}: not one shape"):
            volume = check_solid(tally, step, found[1][0], name).Volume()
            tally.check(close(volume, wanted, EXACT), f"{name}: {volume} mm³, not {wanted}")

    found = instances(tally, GOLDEN / "bank.step")
    boxes = {name: shape.BoundingBox() for _, name, shape in found}
    places = {
        "left 0": (0.0, 3.0, 0.0, 2.0, 0.0, 1.0),
        "left 1": (0.0, 3.0, 20.55, 22.55, 0.0, 1.0),
        "left 2": (0.0, 3.0, 41.1, 43.1, 0.0, 1.0),
        # Its own box is -3..0, 0..2, 0..1; a quarter turn, then shifted by (7, 8, 9).
        "rechts für §": (5.0, 7.0, 5.0, 8.0, 9.0, 10.0),
    }
    tally.check(set(boxes) == set(places), f"bank: instances are {sorted(boxes)}")
    for name in set(boxes) & set(places):
        box = boxes[name]
        got = (box.xmin, box.xmax, box.ymin, box.ymax, box.zmin, box.zmax)
        good = all(abs(one - other) < 1e-4 for one, other in zip(got, places[name]))
        tally.check(good, f"bank: {name} is at {got}, not {places[name]}")
    parts = Counter(part for part, _, _ in found)
    tally.check(parts == {"block": 3, "mirrored": 1}, f"bank: its parts are {dict(parts)}")


def main(folder):
    tally = Tally(f"solids of {folder.name}")
    check_golden(tally)
    proofs = folder / "parts" / "certificate.json"
    if tally.check(proofs.is_file(), f"no {proofs}"):
        certificate = json.loads(proofs.read_text(encoding="utf-8"))
        parts = sorted((folder / "parts").glob("*.step"))
        missing = set(certificate) ^ {step.stem for step in parts}
        tally.check(not missing, f"STEP files or certificates are missing for {sorted(missing)}")
        for step in parts:
            check_part(tally, step, certificate)
        bank = folder / "assembly" / "bank.step"
        if bank.is_file():
            check_bank(tally, bank, certificate)
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
