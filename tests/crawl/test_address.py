"""Which addresses may be contacted."""
from __future__ import annotations

import pytest
from jihua.crawl.address import is_public


@pytest.mark.parametrize("address", [
    "8.8.8.8", "114.114.114.114", "223.5.5.5", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "240e:1::1",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "ff02::1", "2001:db8::1", "2001::1", "3fff::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "5f00::1", "", "localhost",
    "0x7f.1", "2130706433"])
def test_not_public(address: str) -> None:
    assert not is_public(address)
