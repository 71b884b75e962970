"""The shell around the pure rooms: gather, advance, apply. Knows no SQL and no channel, only `ports`."""
