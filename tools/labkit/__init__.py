"""The lab: hosts in network namespaces, for tests and demonstrations. `tools/lab` is the entry."""
