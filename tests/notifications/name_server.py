"""A small name server of the tests' own, on this machine, that knows TXT records alone."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@contextmanager
def naming(texts: dict[str, list[str]], *, silent: bool = False) -> Iterator[str]:
    """Answer with these texts, as they are while it runs, on the address that is yielded; `silent` never answers."""

    class Answering(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, socket = self.request
            asked = dns.message.from_wire(data)
            name = asked.question[0].name
            answer = dns.message.make_response(asked)
            answer.flags |= dns.flags.AA | dns.flags.RA
            found = texts.get(name.to_text(omit_final_dot=True), [])
            for text in found:
                parts = " ".join(f'"{text[begin : begin + 255]}"' for begin in range(0, len(text), 255))
                answer.find_rrset(answer.answer, name, 1, 16, create=True).update(
                    dns.rrset.from_text(name, 60, "IN", "TXT", parts)
                )
            if not found:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            if not silent:
                socket.sendto(answer.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
