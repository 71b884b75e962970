"""The rules of the escalation desk: tickets and what a helper is shown. Pure."""
