"""Certificates made on the spot with the openssl program: an authority, and servers it does or does not vouch for."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest


class Authority:
    """A certificate authority in a folder."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("openssl") is None:
            pytest.skip("the openssl program is not installed")
        self._folder = folder
        self.file = folder / "authority.pem"
        self._openssl(
            "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Authority "
            "-keyout authority.key -out authority.pem -addext keyUsage=critical,keyCertSign"
        )

    def server(self, name: str, subject: str, *, expired: bool = False, own_word: bool = False) -> ssl.SSLContext:
        """Give a server's context; `own_word`: signed by itself."""
        self._openssl(f"req -newkey rsa:2048 -nodes -subj /CN={name} -keyout {name}.key -out {name}.csr")
        (self._folder / f"{name}.ext").write_text(f"subjectAltName={subject}\n")
        signer = f"-signkey {name}.key" if own_word else "-CA authority.pem -CAkey authority.key -CAcreateserial"
        if expired:
            self._expired(name)
        else:
            self._openssl(f"x509 -req -in {name}.csr {signer} -days 30 -extfile {name}.ext -out {name}.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / f"{name}.pem", self._folder / f"{name}.key")
        return context

    def _expired(self, name: str) -> None:
        (self._folder / "index.txt").touch()
        (self._folder / "serial").write_text("01\n")
        (self._folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n"
            "[p]\ncommonName=supplied\n"
        )
        self._openssl(
            f"ca -batch -notext -config ca.cnf -cert authority.pem -keyfile authority.key -in {name}.csr "
            f"-out {name}.pem -startdate 20200101000000Z -enddate 20200201000000Z -extfile {name}.ext"
        )

    def _openssl(self, arguments: str) -> None:
        subprocess.run(["openssl", *arguments.split()], cwd=self._folder, check=True, capture_output=True)
