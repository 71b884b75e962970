"""Promises under fire: the real program is killed, starved and lied to, and keeps its word. See CASES.md."""
