import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo import api, models
from odoo.tools import hmac


class SajadDossierSeal(models.AbstractModel):
    """Seals what is taken out of dossiers, so that others can check it (row C10).

    The seal is the SHA-256 of the list of what was taken out; it is signed with a key
    whose public half everybody may have. A secret that both sides share would let
    whoever checks a seal make one.
    """

    _name = "sajad.dossier.seal"
    _description = "Seal of Dossiers"

    @api.model
    def _seal(self, facts):
        """Return a list as bytes, and what its export keeps of its seal.

        :param dict facts: what was taken out; JSON
        :return: (bytes, {"seal", "signature", "public_key"}), hexadecimal
        """
        manifest = json.dumps(facts, ensure_ascii=False, indent=1).encode()
        key = self._get_key()
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return manifest, {
            "seal": hashlib.sha256(manifest).hexdigest(),
            "signature": key.sign(manifest).hex(),
            "public_key": public.hex(),
        }

    @api.model
    def _get_key(self):
        """Return the key of this database: it follows from Odoo's own secret.

        Nothing is kept that a backup of the parameters does not hold. A copy of the
        database for trials gets another secret, and seals nothing in our name.
        """
        # the secret of the database is read by no user
        seed = hmac(self.env(su=True), "sajad_dossier_seal", "ed25519")
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))

    @api.model
    def _get_verify_url(self, seal=""):
        """Return the address where anybody learns whether a seal is known."""
        base = self.env["ir.config_parameter"].get_base_url()
        return f"{base}/sajad/dossier/verify{seal and '/'}{seal}"
