#!/usr/bin/env python3
"""Makes the keys and tokens of the tests beside it, without the library that is tested. See README.md.

Keys and signatures are the work of the openssl command, HMACs that of Python's standard library, and AES-GCM that of
the Python package "cryptography". Writes test-keys.jwks.json and tokens.tsv; makes the private keys that are not there yet.
"""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import tempfile
import zlib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = Path(__file__).resolve().parent
ISSUED_AT = 1767225600  # 2026-01-01T00:00:00Z
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493

CLAIMS = {
    "nonce": "n-1",
    "package": "example.shop.app",
    "iat": ISSUED_AT,
    "app_version": "3.2.1",
    "device": "genuine",
    "app": "genuine",
}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def dump(value):
    return json.dumps(value, separators=(",", ":")).encode("utf-8")


# Keys.

OPENSSL_KEYS = {
    "ec-1": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "ec-enc": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "ec-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
    "ec-rogue": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "rsa-1": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    "rsa-2": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    "rsa-short": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
    "rsa-rogue": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    "ed-1": ["-algorithm", "ED25519"],
    "ed-rogue": ["-algorithm", "ED25519"],
}


def private_key(name):
    return HERE / f"test-only-{name}.private.pem"


def secret(name):
    path = HERE / f"test-only-{name}.secret.hex"
    if not path.exists():
        path.write_text(os.urandom(32).hex() + "\n")
    return bytes.fromhex(path.read_text().strip())


def make_private_keys():
    for name, arguments in OPENSSL_KEYS.items():
        if not private_key(name).exists():
            subprocess.run(
                ["openssl", "genpkey", *arguments, "-out", private_key(name)], check=True, stderr=subprocess.DEVNULL)


def public_der(name):
    return subprocess.run(
        ["openssl", "pkey", "-in", private_key(name), "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout


def public_pem(name):
    return subprocess.run(["openssl", "pkey", "-in", private_key(name), "-pubout"], check=True, capture_output=True).stdout


def modulus(name):
    out = subprocess.run(
        ["openssl", "rsa", "-in", private_key(name), "-noout", "-modulus"], check=True, capture_output=True, text=True).stdout
    return bytes.fromhex(out.strip().removeprefix("Modulus="))


def ec_jwk(name, curve, size, **more):
    point = public_der(name)[-2 * size:]
    return {"kty": "EC", "crv": curve, "x": b64(point[:size]), "y": b64(point[size:]), "kid": name, **more}


def rsa_jwk(name, kid=None, **more):
    return {"kty": "RSA", "n": b64(modulus(name)), "e": "AQAB", "kid": kid or name, **more}


def jwk_set():
    return {"keys": [
        ec_jwk("ec-1", "P-256", 32, use="sig", alg="ES256"),
        ec_jwk("ec-enc", "P-256", 32, use="enc"),
        ec_jwk("ec-384", "P-384", 48, use="sig", alg="ES384"),
        rsa_jwk("rsa-1", use="sig", alg="RS256"),
        rsa_jwk("rsa-2"),
        rsa_jwk("rsa-1", kid="rsa-pss", alg="PS256"),
        rsa_jwk("rsa-1", kid="rsa-signs", key_ops=["sign"]),
        rsa_jwk("rsa-short", use="sig", alg="RS256"),
        {"kty": "OKP", "crv": "Ed25519", "x": b64(public_der("ed-1")[-32:]), "kid": "ed-1", "use": "sig", "alg": "EdDSA"},
        {"kty": "oct", "k": b64(secret("aes-1")), "kid": "aes-1", "use": "enc", "alg": "dir"},
        {"kty": "oct", "k": b64(secret("aes-1")), "kid": "aes-as-mac", "alg": "HS256"},
        {"kty": "oct", "k": b64(secret("aes-1")[:16]), "kid": "aes-short", "alg": "dir"},
        {"kty": "of-tomorrow", "kid": "tomorrow-1"},
    ]}


# Signatures.

def openssl_sign(arguments, data):
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return subprocess.run(["openssl", *arguments, file.name], check=True, capture_output=True).stdout


def es256_der(name, data):
    return openssl_sign(["dgst", "-sha256", "-sign", private_key(name)], data)


def der_to_raw(der):
    """SEQUENCE of two INTEGERs (short lengths, as P-256 has) to r and s of 32 bytes each."""
    assert der[0] == 0x30 and der[1] == len(der) - 2
    raw, at = b"", 2
    for _ in range(2):
        assert der[at] == 0x02
        length = der[at + 1]
        raw += int.from_bytes(der[at + 2:at + 2 + length], "big").to_bytes(32, "big")
        at += 2 + length
    return raw


def es256(name):
    return lambda data: der_to_raw(es256_der(name, data))


def rs256(name):
    return lambda data: openssl_sign(["dgst", "-sha256", "-sign", private_key(name)], data)


def ps256(name):
    return lambda data: openssl_sign(
        ["dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32", "-sign", private_key(name)], data)


def ed25519(name):
    return lambda data: openssl_sign(["pkeyutl", "-sign", "-rawin", "-inkey", private_key(name), "-in"], data)


def hs256(key):
    return lambda data: hmac.new(key, data, hashlib.sha256).digest()


def jws(header, claims, sign):
    """Header and claims are objects, or bytes that stand for themselves."""
    parts = [b64(part if isinstance(part, bytes) else dump(part)) for part in (header, claims)]
    signed = ".".join(parts)
    return signed + "." + b64(sign(signed.encode("ascii")))


def jwe(header, content, key, vector=12, encrypted_key=b""):
    written = b64(header if isinstance(header, bytes) else dump(header))
    iv = os.urandom(vector)
    plain = content if isinstance(content, bytes) else dump(content)
    sealed = AESGCM(key).encrypt(iv, plain, written.encode("ascii"))
    return ".".join([written, b64(encrypted_key), b64(iv), b64(sealed[:-16]), b64(sealed[-16:])])


# Tokens.

EC = {"alg": "ES256", "typ": "JWT", "kid": "ec-1"}
RSA = {"alg": "RS256", "typ": "JWT", "kid": "rsa-1"}
ED = {"alg": "EdDSA", "typ": "JWT", "kid": "ed-1"}
AES = {"alg": "dir", "enc": "A256GCM", "kid": "aes-1"}


def without(claims, name):
    return {key: value for key, value in claims.items() if key != name}


def flip(part):
    data = bytearray(unb64(part))
    data[0] ^= 1
    return b64(bytes(data))


def change_part(token, number, change):
    parts = token.split(".")
    parts[number] = change(parts[number])
    return ".".join(parts)


def stray_bit(part):
    """Another last character that decodes to the same bytes, as part's length leaves bits over."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(part) % 4 in (2, 3)
    return part[:-1] + alphabet[alphabet.index(part[-1]) ^ 1]


def signed(claims):
    return jws(EC, claims, es256("ec-1"))


def valid():
    yield "es256", signed(CLAIMS)
    yield "es256-no-kid", jws(without(EC, "kid"), CLAIMS, es256("ec-1"))
    yield "es256-offers-keys", jws({
        **EC, "jku": "http://127.0.0.1:9/keys", "x5u": "http://127.0.0.1:9/cert", "x5c": ["bm8gY2VydGlmaWNhdGU="],
        "jwk": ec_jwk("ec-rogue", "P-256", 32)}, CLAIMS, es256("ec-1"))

    def second(data):
        raw = es256("ec-1")(data)
        return raw[:32] + (P256_ORDER - int.from_bytes(raw[32:], "big")).to_bytes(32, "big")

    yield "es256-second-signature", jws(EC, CLAIMS, second)
    yield "rs256", jws(RSA, CLAIMS, rs256("rsa-1"))
    yield "rs256-other-key", jws({**RSA, "kid": "rsa-2"}, CLAIMS, rs256("rsa-2"))
    yield "eddsa", jws(ED, CLAIMS, ed25519("ed-1"))
    yield "eddsa-new-name", jws({**ED, "alg": "Ed25519"}, CLAIMS, ed25519("ed-1"))
    yield "jwe", jwe(AES, CLAIMS, secret("aes-1"))
    yield "jwe-no-kid", jwe(without(AES, "kid"), CLAIMS, secret("aes-1"))
    yield "jwe-of-jws", jwe({**AES, "cty": "JWT"}, signed(CLAIMS).encode(), secret("aes-1"))
    yield "jwe-of-jws-unsaid", jwe(AES, jws(ED, CLAIMS, ed25519("ed-1")).encode(), secret("aes-1"))
    yield "claims-no-version", signed(without(CLAIMS, "app_version"))
    yield "claims-more", signed({**CLAIMS, "more": {"deep": [1, 2, {"er": None}]}})
    yield "claims-fraction-of-second", signed({**CLAIMS, "iat": ISSUED_AT + 0.5})


def wrong_algorithm():
    header = b64(dump({"alg": "none", "kid": "ec-1"}))
    yield "none", header + "." + b64(dump(CLAIMS)) + "."
    yield "none-with-signature", jws({"alg": "none", "kid": "ec-1"}, CLAIMS, es256("ec-1"))
    yield "none-in-capitals", b64(dump({"alg": "NoNe"})) + "." + b64(dump(CLAIMS)) + "."
    yield "hs256-rsa-pem", jws({**RSA, "alg": "HS256"}, CLAIMS, hs256(public_pem("rsa-1")))
    yield "hs256-rsa-der", jws({**RSA, "alg": "HS256"}, CLAIMS, hs256(public_der("rsa-1")))
    yield "hs256-rsa-modulus", jws({**RSA, "alg": "HS256"}, CLAIMS, hs256(modulus("rsa-1")))
    yield "hs256-ec-pem", jws({**EC, "alg": "HS256"}, CLAIMS, hs256(public_pem("ec-1")))
    yield "hs256-secret", jws({"alg": "HS256", "kid": "aes-as-mac"}, CLAIMS, hs256(secret("aes-1")))
    yield "rs256-of-ec-key", jws({**RSA, "kid": "ec-1"}, CLAIMS, rs256("rsa-1"))
    yield "es256-of-rsa-key", jws({**EC, "kid": "rsa-1"}, CLAIMS, es256("ec-1"))
    yield "es256-of-ed-key", jws({**EC, "kid": "ed-1"}, CLAIMS, es256("ec-1"))
    yield "es256-of-secret", jws({**EC, "kid": "aes-1"}, CLAIMS, es256("ec-1"))
    yield "es256-key-for-encryption", jws({**EC, "kid": "ec-enc"}, CLAIMS, es256("ec-enc"))
    yield "es256-key-of-p384", jws({**EC, "kid": "ec-384"}, CLAIMS, es256("ec-1"))
    yield "rs256-key-for-pss", jws({**RSA, "kid": "rsa-pss"}, CLAIMS, rs256("rsa-1"))
    yield "rs256-key-for-signing", jws({**RSA, "kid": "rsa-signs"}, CLAIMS, rs256("rsa-1"))
    yield "rs256-short-key", jws({**RSA, "kid": "rsa-short"}, CLAIMS, rs256("rsa-short"))
    yield "ps256", jws({**RSA, "alg": "PS256"}, CLAIMS, ps256("rsa-1"))
    yield "dir-in-jws", jws({"alg": "dir", "kid": "aes-1"}, CLAIMS, hs256(secret("aes-1")))
    yield "jwe-alg-none", jwe({**AES, "alg": "none"}, CLAIMS, secret("aes-1"))
    yield "jwe-alg-rsa", jwe({**AES, "alg": "RSA-OAEP-256"}, CLAIMS, secret("aes-1"), encrypted_key=b"k" * 256)
    yield "jwe-enc-a128gcm", jwe({**AES, "enc": "A128GCM"}, CLAIMS, secret("aes-1")[:16])
    yield "jwe-enc-cbc", jwe({**AES, "enc": "A128CBC-HS256"}, CLAIMS, secret("aes-1"), vector=16)
    yield "jwe-of-ec-key", jwe({**AES, "kid": "ec-1"}, CLAIMS, secret("aes-1"))
    yield "jwe-key-for-mac", jwe({**AES, "kid": "aes-as-mac"}, CLAIMS, secret("aes-1"))
    yield "jwe-short-key", jwe({**AES, "kid": "aes-short"}, CLAIMS, secret("aes-1")[:16])
    yield "jwe-of-none", jwe(AES, (b64(dump({"alg": "none"})) + "." + b64(dump(CLAIMS)) + ".").encode(), secret("aes-1"))


def wrong_header():
    yield "crit", jws({**EC, "crit": ["exp"], "exp": 1}, CLAIMS, es256("ec-1"))
    yield "b64-false", jws({**EC, "b64": False}, CLAIMS, es256("ec-1"))
    yield "zip-in-jws", jws({**EC, "zip": "DEF"}, CLAIMS, es256("ec-1"))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(dump(CLAIMS)[:-1] + b" " * 8_000_000 + b"}") + packer.flush()
    yield "jwe-zip", jwe({**AES, "zip": "DEF"}, bomb, secret("aes-1"))
    yield "jwe-crit", jwe({**AES, "crit": ["x"], "x": 1}, CLAIMS, secret("aes-1"))


def wrong_key():
    yield "es256-unknown-kid", jws({**EC, "kid": "ec-9"}, CLAIMS, es256("ec-1"))
    yield "es256-empty-kid", jws({**EC, "kid": ""}, CLAIMS, es256("ec-1"))
    yield "es256-key-of-unknown-type", jws({**EC, "kid": "tomorrow-1"}, CLAIMS, es256("ec-1"))
    yield "es256-own-key", jws({**EC, "kid": "ec-rogue", "jwk": ec_jwk("ec-rogue", "P-256", 32)}, CLAIMS, es256("ec-rogue"))
    yield "jwe-unknown-kid", jwe({**AES, "kid": "aes-9"}, CLAIMS, secret("aes-1"))
    yield "rs256-no-kid", jws(without(RSA, "kid"), CLAIMS, rs256("rsa-1"))


def eddsa_zero_left_out():
    """One signature in sixteen ends in a zero, without which it is the same number."""
    for attempt in range(1000):
        token = jws(ED, {**CLAIMS, "nonce": f"n-{attempt}"}, ed25519("ed-1"))
        signature = unb64(token.rsplit(".", 1)[1])
        if signature[-1] == 0:
            return change_part(token, 2, lambda part: b64(signature[:-1]))
    raise AssertionError("no signature ends in a zero")


def wrong_signature():
    yield "es256-rogue", jws(EC, CLAIMS, es256("ec-rogue"))
    yield "es256-rogue-offers-key", jws({**EC, "jwk": ec_jwk("ec-rogue", "P-256", 32)}, CLAIMS, es256("ec-rogue"))
    yield "es256-changed-claims", change_part(signed(CLAIMS), 1, lambda part: b64(dump({**CLAIMS, "nonce": "n-2"})))
    yield "es256-changed-header", change_part(signed(CLAIMS), 0, lambda part: b64(dump({**EC, "typ": "jwt"})))
    yield "es256-of-zeros", jws(EC, CLAIMS, lambda data: bytes(64))
    yield "es256-der", jws(EC, CLAIMS, lambda data: es256_der("ec-1", data))
    yield "es256-no-signature", jws(EC, CLAIMS, lambda data: b"")
    yield "es256-short-signature", jws(EC, CLAIMS, lambda data: es256("ec-1")(data)[:-1])
    yield "rs256-rogue", jws(RSA, CLAIMS, rs256("rsa-rogue"))
    yield "rs256-other-key-of-set", jws(RSA, CLAIMS, rs256("rsa-2"))
    yield "rs256-as-pss", jws(RSA, CLAIMS, ps256("rsa-1"))
    yield "eddsa-rogue", jws(ED, CLAIMS, ed25519("ed-rogue"))

    def one_order_more(data):
        signature = ed25519("ed-1")(data)
        scalar = int.from_bytes(signature[32:], "little") + ED25519_ORDER
        return signature[:32] + scalar.to_bytes(32, "little")

    yield "eddsa-scalar-too-large", jws(ED, CLAIMS, one_order_more)
    yield "eddsa-zero-added", jws(ED, CLAIMS, lambda data: ed25519("ed-1")(data) + b"\0")
    yield "eddsa-zero-left-out", eddsa_zero_left_out()
    yield "eddsa-short-signature", jws(ED, CLAIMS, lambda data: ed25519("ed-1")(data)[:-1])
    yield "jwe-of-rogue-jws", jwe(AES, jws(EC, CLAIMS, es256("ec-rogue")).encode(), secret("aes-1"))


def wrong_encryption():
    whole = jwe(AES, CLAIMS, secret("aes-1"))
    yield "jwe-changed-tag", change_part(whole, 4, flip)
    yield "jwe-changed-content", change_part(whole, 3, flip)
    yield "jwe-changed-vector", change_part(whole, 2, flip)
    yield "jwe-changed-header", change_part(whole, 0, lambda part: b64(dump({**AES, "typ": "JWT"})))
    yield "jwe-rogue", jwe(AES, CLAIMS, secret("aes-rogue"))

    parts = whole.split(".")
    sealed = unb64(parts[3]) + unb64(parts[4])
    yield "jwe-moved-tag", ".".join([*parts[:3], b64(sealed[:-12]), b64(sealed[-12:])])
    yield "jwe-no-tag", ".".join([*parts[:3], b64(sealed), ""])
    yield "jwe-encrypted-key", jwe(AES, CLAIMS, secret("aes-1"), encrypted_key=b"k" * 32)
    yield "jwe-long-vector", jwe(AES, CLAIMS, secret("aes-1"), vector=16)
    yield "jwe-no-enc", jwe(without(AES, "enc"), CLAIMS, secret("aes-1"))
    yield "jwe-of-jwe", jwe(AES, whole.encode(), secret("aes-1"))
    yield "jwe-of-nothing", jwe(AES, b"", secret("aes-1"))


def malformed():
    whole = signed(CLAIMS)
    yield "empty", ""
    yield "word", "token"
    yield "two-parts", whole.rsplit(".", 1)[0]
    yield "four-parts", whole + "."
    yield "six-parts", whole + "..."
    yield "space-before", " " + whole
    yield "space-after", whole + " "
    yield "padding", whole + "=="
    yield "stray-bit", change_part(whole, 2, stray_bit)
    yield "standard-alphabet", change_part(whole, 2, lambda part: "+/" + part[2:])
    yield "not-ascii", change_part(whole, 2, lambda part: "\u00fc" + part[1:])
    yield "header-empty", change_part(whole, 0, lambda part: "")
    yield "header-no-json", jws(b"alg=ES256", CLAIMS, es256("ec-1"))
    yield "header-array", jws(b'["ES256"]', CLAIMS, es256("ec-1"))
    yield "header-twice-alg", jws(b'{"alg":"none","alg":"ES256","kid":"ec-1"}', CLAIMS, es256("ec-1"))
    yield "header-null-and-alg", jws(b'{"alg":null,"alg":"ES256","kid":"ec-1"}', CLAIMS, es256("ec-1"))
    yield "header-no-alg", jws(without(EC, "alg"), CLAIMS, es256("ec-1"))
    yield "header-alg-number", jws({**EC, "alg": 256}, CLAIMS, es256("ec-1"))
    yield "header-kid-number", jws({**EC, "kid": 1}, CLAIMS, es256("ec-1"))
    yield "header-deep", jws(b'{"alg":"ES256","kid":"ec-1","x":' + b"[" * 3000 + b"]" * 3000 + b"}", CLAIMS, es256("ec-1"))
    yield "claims-no-json", signed(b"nonce=n-1")
    yield "claims-array", signed([CLAIMS])
    yield "claims-empty", signed(b"")
    yield "claims-two-objects", signed(dump(CLAIMS) + dump(CLAIMS))
    yield "claims-deep", signed(dump(CLAIMS)[:-1] + b',"x":' + b'{"x":' * 1000 + b"0" + b"}" * 1001)
    yield "claims-twice-nonce", signed(b'{"nonce":"n-2",' + dump(CLAIMS)[1:])
    yield "claims-twice-within", signed(dump(CLAIMS)[:-1] + b',"x":{"a":1,"a":2}}')
    yield "claims-utf-16", signed(dump(CLAIMS).decode().encode("utf-16-be"))
    yield "claims-latin-1", signed(dump(CLAIMS)[:-1] + b',"x":"\xfc"}')
    yield "nonce-number", signed({**CLAIMS, "nonce": 1})
    yield "nonce-object", signed({**CLAIMS, "nonce": {"a": 1}})
    yield "nonce-too-long", signed({**CLAIMS, "nonce": "n" * 513})
    yield "package-array", signed({**CLAIMS, "package": ["example.shop.app"]})
    yield "device-true", signed({**CLAIMS, "device": True})
    yield "version-number", signed({**CLAIMS, "app_version": 3})
    yield "iat-text", signed({**CLAIMS, "iat": str(ISSUED_AT)})
    yield "iat-nan", signed(dump(CLAIMS).replace(str(ISSUED_AT).encode(), b"NaN"))
    yield "iat-infinite", signed(dump(CLAIMS).replace(str(ISSUED_AT).encode(), b"1e400"))
    yield "iat-exponent", signed(dump(CLAIMS).replace(str(ISSUED_AT).encode(), b"1e999999999"))
    yield "iat-huge", signed({**CLAIMS, "iat": 10**300})
    yield "iat-endless", signed({**CLAIMS, "iat": 10**1500})
    yield "iat-milliseconds", signed({**CLAIMS, "iat": ISSUED_AT * 1000})
    yield "iat-negative", signed({**CLAIMS, "iat": -1})


def wrong_claims():
    yield "oversized", signed({**CLAIMS, "x": "x" * 16384})
    yield "no-nonce", signed(without(CLAIMS, "nonce"))
    yield "null-nonce", signed({**CLAIMS, "nonce": None})
    yield "blank-nonce", signed({**CLAIMS, "nonce": " "})
    yield "no-package", signed(without(CLAIMS, "package"))
    yield "no-iat", signed(without(CLAIMS, "iat"))
    yield "no-device", signed(without(CLAIMS, "device"))
    yield "no-app", signed(without(CLAIMS, "app"))
    yield "jwe-no-nonce", jwe(AES, without(CLAIMS, "nonce"), secret("aes-1"))
    yield "other-package", signed({**CLAIMS, "package": "example.shop.app.clone"})
    yield "old", signed({**CLAIMS, "iat": ISSUED_AT - 241})
    yield "just-not-old", signed({**CLAIMS, "iat": ISSUED_AT - 240})
    yield "future", signed({**CLAIMS, "iat": ISSUED_AT + 121})
    yield "just-not-future", signed({**CLAIMS, "iat": ISSUED_AT + 120})
    yield "rooted-device", signed({**CLAIMS, "device": "rooted"})
    yield "changed-app", signed({**CLAIMS, "app": "Genuine"})


def main():
    make_private_keys()
    groups = (valid, wrong_algorithm, wrong_header, wrong_key, wrong_signature, wrong_encryption, malformed, wrong_claims)
    with open(HERE / "test-keys.jwks.json", "w", encoding="utf-8") as file:
        json.dump(jwk_set(), file, indent=2)
        file.write("\n")
    with open(HERE / "tokens.tsv", "w", encoding="utf-8") as file:
        for group in groups:
            for name, token in group():
                file.write(f"{name}\t{token}\n")


if __name__ == "__main__":
    main()
