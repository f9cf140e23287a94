"""What hostile workloads do, by name: every function takes the work and does one thing that no workload should."""
