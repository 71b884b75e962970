"""The tables of rules, by what they are about. Pure data; `rules` makes one table of them."""
