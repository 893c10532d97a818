"""Names of hosts as they are looked up: international ones in ASCII."""

from __future__ import annotations


def ascii_host(host: str) -> str:
    """Give the name as DNS knows it ("straße.de" is "xn--strae-oqa.de"). Raises UnicodeError for what is no name.

    IDNA 2008 with the mapping of UTS 46, non-transitional, as browsers do; names that it refuses but that exist, such
    as emoji, are read by the older IDNA 2003.
    """
    if not host.isascii():
        import idna  # noqa: PLC0415  # its tables are large, and hardly any address needs them

        try:
            return idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            pass
    return host.encode("idna").decode("ascii")
