//! Random stacks.
