"""The whole job on real posts that ship with the package: offline, through the same code as everything else."""
