"""Which addresses of the network may be contacted: those of the public internet, unless told otherwise.

After the IANA registries of special-purpose addresses (RFC 6890). `is_global` alone will not do: it lets through NAT64
and 6to4 forms of 127.0.0.1.
"""
from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_CLOSED4 = tuple(map(ip_network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/3")))
_OPEN6 = IPv6Network("2000::/3")        # all that is given out as global unicast
_CLOSED6 = tuple(map(ip_network, (
    "2001::/23",                        # protocol assignments, Teredo among them
    "2001:db8::/32", "3fff::/20")))     # documentation
_HOLDING4 = (IPv6Network("64:ff9b::/96"), IPv6Network("::ffff:0:0/96"))
"""Forms of IPv4 addresses whose last 32 bits are the address: NAT64 (RFC 6052) and mapped."""
_SIX_TO_FOUR = IPv6Network("2002::/16")


def is_public(address: str) -> bool:
    """Whether an address in digits is one of the public internet. An address of IPv6 that holds one of IPv4 is judged by
    that; what is no address is not public."""
    try:
        read = ip_address(address)
    except ValueError:
        return False
    return _public4(read) if isinstance(read, IPv4Address) else _public6(read)


def _public4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _CLOSED4)


def _public6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if any(address in network for network in _HOLDING4):
        return _public4(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address in _SIX_TO_FOUR:
        return _public4(IPv4Address(int(address) >> 80 & 0xFFFF_FFFF))
    return address in _OPEN6 and not any(address in network for network in _CLOSED6)
