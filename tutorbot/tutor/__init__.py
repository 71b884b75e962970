"""The conversation engine: (state, event) -> turn. Pure: no clock, no chance, no disk, no database, no channel."""
