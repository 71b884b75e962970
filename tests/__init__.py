"""Everything that is checked, from the pure rooms to a running program."""
