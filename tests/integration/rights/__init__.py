"""People's rights over their data, on both databases."""
