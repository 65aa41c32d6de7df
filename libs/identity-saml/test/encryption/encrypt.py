"""Makes EncryptedAssertion documents by Python's cryptography package.

Reads a list of orders (JSON) from standard input and writes the list of documents to standard output. Nothing of the
gateway is used: the structure is written out here, as the national operators' samples have it.
"""

import base64
import json
import os
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
DS = "http://www.w3.org/2000/09/xmldsig#"
DIGESTS = {
    "sha1": (hashes.SHA1, DS + "sha1"),
    "sha256": (hashes.SHA256, XENC + "sha256"),
    "sha384": (hashes.SHA384, "http://www.w3.org/2001/04/xmldsig-more#sha384"),
    "sha512": (hashes.SHA512, XENC + "sha512"),
}
CURVES = {
    "P-256": (ec.SECP256R1, "1.2.840.10045.3.1.7"),
    "P-384": (ec.SECP384R1, "1.3.132.0.34"),
    "P-521": (ec.SECP521R1, "1.3.132.0.35"),
    "brainpoolP256r1": (ec.BrainpoolP256R1, "1.3.36.3.3.2.8.1.1.7"),
}


def b64(octets):
    return base64.encodebytes(octets).decode().strip()


def content(order, key, plain):
    """The CipherValue: AES-GCM with the tag at the end, or AES-CBC with the padding of XML Encryption."""
    if order["cipher"].endswith("gcm"):
        iv = os.urandom(order.get("ivBytes", 12))
        encryptor = Cipher(algorithms.AES(key), modes.GCM(iv)).encryptor()
        body = encryptor.update(plain) + encryptor.finalize()
        return iv + body + encryptor.tag[: order.get("tagBytes", 16)]
    iv = os.urandom(16)
    pad = 16 - len(plain) % 16
    padded = plain + os.urandom(pad - 1) + bytes([pad])
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return iv + encryptor.update(padded) + encryptor.finalize()


def encrypted_key_oaep(order, public, key):
    digest, digest_uri = DIGESTS[order.get("digest", "sha1")]
    mask, _ = DIGESTS[order.get("mask", "sha1")]
    label = order.get("label", "").encode() or None
    wrapped = public.encrypt(key, padding.OAEP(padding.MGF1(mask()), digest(), label))
    method = ""
    if label is not None:
        shown = order.get("shownLabel", order["label"])
        method += f"<xenc:OAEPparams>{b64(shown.encode())}</xenc:OAEPparams>"
    if "digest" in order:
        method += f'<ds:DigestMethod Algorithm="{digest_uri}"/>'
    if "mask" in order and order["transport"] == "rsa-oaep":
        method += f'<xenc11:MGF Algorithm="{XENC11}mgf1{order["mask"]}"/>'
    namespace = XENC11 if order["transport"] == "rsa-oaep" else XENC
    return (
        f'<xenc:EncryptionMethod Algorithm="{namespace}{order["transport"]}">{method}</xenc:EncryptionMethod>'
        f"<xenc:CipherData><xenc:CipherValue>{b64(wrapped)}</xenc:CipherValue></xenc:CipherData>"
    )


def encrypted_key_ecdh(order, public, key):
    curve, oid = CURVES[order.get("curve", "P-256")]
    digest, digest_uri = DIGESTS[order.get("digest", "sha256")]
    ephemeral = (
        serialization.load_pem_private_key(order["ephemeral"].encode(), None)
        if "ephemeral" in order
        else ec.generate_private_key(curve())
    )
    secret = ephemeral.exchange(ec.ECDH(), public)
    # With four octets of length in front, as the national samples have them; "spec" puts the padding octet before.
    fields = [len(text).to_bytes(4, "big") + text.encode() for text in order.get("parties", ["", "", ""])]
    written = fields if order.get("kdf") == "as-is" else [b"\0" + field for field in fields]
    bits = int(order["wrap"])
    wrapping = ConcatKDFHash(digest(), bits // 8, b"".join(fields)).derive(secret)
    wrapped = aes_key_wrap(wrapping, key)
    point = ephemeral.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    algorithm, u, v = [field.hex().upper() for field in written]
    return (
        f'<xenc:EncryptionMethod Algorithm="{XENC}kw-aes{bits}"/>'
        f'<ds:KeyInfo><xenc:AgreementMethod Algorithm="{XENC11}ECDH-ES">'
        f'<xenc11:KeyDerivationMethod Algorithm="{XENC11}ConcatKDF">'
        f'<xenc11:ConcatKDFParams AlgorithmID="{algorithm}" PartyUInfo="{u}" PartyVInfo="{v}">'
        f'<ds:DigestMethod Algorithm="{digest_uri}"/></xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod>'
        f'<xenc:OriginatorKeyInfo><ds:KeyValue><dsig11:ECKeyValue><dsig11:NamedCurve URI="urn:oid:{oid}"/>'
        f"<dsig11:PublicKey>{b64(point)}</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue></xenc:OriginatorKeyInfo>"
        f"</xenc:AgreementMethod></ds:KeyInfo>"
        f"<xenc:CipherData><xenc:CipherValue>{b64(wrapped)}</xenc:CipherValue></xenc:CipherData>"
    )


def document(order):
    public = serialization.load_pem_public_key(order["publicKey"].encode())
    key = os.urandom(order.get("keyBytes", int(order["cipher"][3:6]) // 8))
    inner = encrypted_key_ecdh if order["transport"] == "ecdh" else encrypted_key_oaep
    encrypted_key = f'<xenc:EncryptedKey Id="_k1">{inner(order, public, key)}</xenc:EncryptedKey>'
    cipher = (XENC11 if order["cipher"].endswith("gcm") else XENC) + order["cipher"]
    beside = order.get("beside", False)
    reference = f'<ds:RetrievalMethod Type="{XENC}EncryptedKey" URI="#_k1"/>' if beside else encrypted_key
    return (
        '<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" '
        f'xmlns:xenc="{XENC}" xmlns:xenc11="{XENC11}" xmlns:ds="{DS}" '
        'xmlns:dsig11="http://www.w3.org/2009/xmldsig11#">'
        f'<xenc:EncryptedData Id="_d1" Type="{XENC}Element"><xenc:EncryptionMethod Algorithm="{cipher}"/>'
        f"<ds:KeyInfo>{reference}</ds:KeyInfo><xenc:CipherData>"
        f"<xenc:CipherValue>{b64(content(order, key, order['plain'].encode()))}</xenc:CipherValue>"
        f"</xenc:CipherData></xenc:EncryptedData>{encrypted_key if beside else ''}</saml2:EncryptedAssertion>"
    )


json.dump([document(order) for order in json.load(sys.stdin)], sys.stdout)
