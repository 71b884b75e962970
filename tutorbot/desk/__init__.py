"""The rules of the escalation desk: tickets, what a helper is shown, and what is kept from both sides. Pure.

redaction   hides secrets in people's words: `secret_rules` is the table, `secret_words`, `secret_checks` what it uses
caution     finds what a helper must not write: `caution_words` is how people ask for it, `links` which sites are safe
folding     a text as both search it
"""
