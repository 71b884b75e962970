"""The addresses by which helpers sign in to the web desk."""

from urllib.parse import urlencode


def sign_in_address(base_url: str, secret: str) -> str:
    """Where the one-time link with this secret leads."""
    return f"{base_url.rstrip('/')}/desk/enter?{urlencode({'token': secret})}"
