"""How fast it is, against bare bots, as ratios of one run. Run by hand; see README.md. Never run by the tests."""
