"""Signatures: the first key signs, all keys verify, every changed bit is found, keys never leak."""

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.adapters.signing import Signer, SigningKeyError

SEED = bytes(range(32))
OTHER_SEED = bytes(range(32, 64))


def setting(key_id: str, seed: bytes, padding: bool = False) -> str:
    text = base64.urlsafe_b64encode(seed).decode()
    return f"{key_id}:{text if padding else text.rstrip('=')}"


SIGNER = Signer(setting("2026", SEED))


@given(st.binary(max_size=200))
def test_signs_and_verifies(message: bytes) -> None:
    key_id, signature = SIGNER.sign(message)
    assert key_id == "2026"
    assert len(signature) == 64
    assert SIGNER.verify(key_id, message, signature)


@given(st.binary(min_size=1, max_size=200), st.data())
def test_any_bit_flip_is_found(message: bytes, data: st.DataObject) -> None:
    key_id, signature = SIGNER.sign(message)
    both = bytearray(message + signature)
    bit = data.draw(st.integers(0, len(both) * 8 - 1))
    both[bit // 8] ^= 1 << bit % 8
    assert not SIGNER.verify(key_id, bytes(both[: len(message)]), bytes(both[len(message) :]))


def test_after_a_rotation_old_signatures_still_verify() -> None:
    _, old = SIGNER.sign(b"old")
    rotated = Signer(f"{setting('2027', OTHER_SEED)}, {setting('2026', SEED, padding=True)}")
    key_id, new = rotated.sign(b"new")
    assert key_id == "2027"
    assert rotated.verify("2026", b"old", old)
    assert rotated.verify("2027", b"new", new)
    assert not rotated.verify("2027", b"old", old)
    assert not SIGNER.verify("2027", b"new", new)
    assert list(rotated.public_keys()) == ["2027", "2026"]


def test_a_known_vector() -> None:
    """RFC 8032, section 7.1, test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    signer = Signer(setting("rfc", seed))
    _, signature = signer.sign(b"")
    assert signature.hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    public = base64.urlsafe_b64decode(signer.public_keys()["rfc"] + "=")
    assert public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


@pytest.mark.parametrize("signature", [b"", b"x" * 63, b"x" * 65])
def test_a_signature_of_the_wrong_length_is_only_wrong(signature: bytes) -> None:
    assert not SIGNER.verify("2026", b"m", signature)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "2026",
        "2026:",
        ":" + "A" * 43,
        "2026:!!!!",
        setting("2026", b"short"),
        setting("2026", bytes(33)),
        setting("an id", SEED),
        setting("a" * 17, SEED),
        f"{setting('2026', SEED)},",
        f"{setting('2026', SEED)},{setting('2026', OTHER_SEED)}",
        "2026:" + "é" * 43,
    ],
)
def test_a_bad_setting_is_refused(bad: str) -> None:
    with pytest.raises(SigningKeyError, match=r"signing key \d"):
        Signer(bad)


def test_neither_errors_nor_repr_show_a_seed() -> None:
    seed = secrets.token_bytes(32)
    text = setting("2026", seed).partition(":")[2]
    assert text not in repr(Signer(f"2026:{text}"))
    with pytest.raises(SigningKeyError) as caught:
        Signer(f"2026:{text}AAAA")
    assert text not in str(caught.value)
