// Usage: node scene.mjs DIR
//
// Proves that every 3D model in DIR/assembly is one that strangers' programs load: Khronos' own
// validator finds no error and no warning, and there are triangles.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

// The validator is installed by ./setup, outside the repository's sources.
const require = createRequire(join(process.cwd(), "target/interop/node/package.json"));
const { validateBytes } = require("gltf-validator");

const WANTED = { numErrors: 0, numWarnings: 0 };

const folder = process.argv[2];
if (folder === undefined) {
    console.error("usage: node scene.mjs DIR");
    process.exit(2);
}

const tally = { passed: 0, failed: 0 };

function check(holds, problem) {
    if (holds) {
        tally.passed += 1;
    } else {
        tally.failed += 1;
        console.error(`  ${problem}`);
    }
}

const assembly = join(folder, "assembly");
const files = readdirSync(assembly).filter((name) => name.endsWith(".glb")).sort();
for (const name of ["bank.glb", "cluster.glb", "rack-1.glb"]) {
    check(files.includes(name), `no assembly/${name}`);
}
for (const name of files) {
    const report = await validateBytes(new Uint8Array(readFileSync(join(assembly, name))));
    for (const [count, wanted] of Object.entries(WANTED)) {
        const got = report.issues[count];
        const first = report.issues.messages[0];
        const why = first === undefined ? "" : `: ${first.code} at ${first.pointer}`;
        check(got === wanted, `${name}: the validator says ${count}: ${got}, not ${wanted}${why}`);
    }
    check(report.info.version === "2.0", `${name}: is glTF ${report.info.version}, not 2.0`);
    check(report.info.totalTriangleCount > 0, `${name}: has no triangles`);
}

console.log(`scenes of ${basename(folder)}: ${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
