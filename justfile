# What one does with this repository. `just` alone lists it all.

pibuild := "target/release/pibuild"

[private]
default:
    @just --list --unsorted

# Does it compile?
[group('develop')]
check:
    cargo check --all-targets

# Run all tests, or those whose name holds FILTER.
[group('develop')]
test *FILTER:
    cargo test {{ FILTER }}

# Draw two thousand random designs: each gives proved parts or a finding that says why not.
[group('develop')]
random:
    cargo test --test boards all_random -- --ignored

# Time the flagship's parts and verdict, and large print farms; show how good schedules are.
[group('develop')]
bench:
    cargo bench --bench parts --bench schedule

# Say what could be written better; nothing may be left.
[group('develop')]
clippy:
    cargo clippy --all-targets -- -D warnings

# Lay the source out as it should be.
[group('develop')]
fmt:
    cargo fmt

# Are licences, sources and crates as deny.toml wants them?
[group('develop')]
deny:
    cargo deny check bans licenses sources

# Build the program as users get it.
[group('use')]
build:
    cargo build --release

# Generate everything for DESIGN into output/NAME, as in `just generate designs/tardis.yaml`.
[group('use')]
generate DESIGN: build
    {{ pibuild }} generate {{ quote(DESIGN) }}

# Get the slicer, mesh checker and Python packages that `interop` needs.
[group('prove')]
interop-setup:
    tests/interop/setup

# Let other people's programs judge the files that pibuild makes.
[group('prove')]
interop: interop-setup build
    tests/interop/run {{ pibuild }} designs/tardis.yaml designs/mini-84.yaml designs/minirack-8.yaml

# All that continuous integration does.
[group('prove')]
ci:
    .ci/run
