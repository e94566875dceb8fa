"""Page by mail."""

import asyncio
import smtplib
import ssl
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from bot.care.model.delivery import Outcome, Result
from bot.care.model.page import Page
from bot.care.ports.outside import Clock

DEADLINE = 15.0
"""Seconds for each answer of the server."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Mail:
    """`url`: `smtp://` (STARTTLS, except to this very machine) or `smtps://`, with name and password if needed."""

    url: str
    sender: str
    to: tuple[str, ...]
    clock: Clock
    deadline: float = DEADLINE

    async def page(self, page: Page) -> Result:
        return await asyncio.to_thread(self._conversation, self._letter(page))

    async def look(self) -> Result:
        """Up to the addresses, which the server takes or refuses; nothing is sent."""
        return await asyncio.to_thread(self._conversation, None)

    def _letter(self, page: Page) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, ", ".join(self.to), page.subject
        letter["Date"] = format_datetime(self.clock.now())
        # two copies of one page are one message to a mail program
        letter["Message-ID"] = f"<{page.id}@{self.sender.rpartition('@')[2]}>"
        letter.set_content(f"{page.text}\n")
        return letter

    def _conversation(self, letter: EmailMessage | None) -> Result:
        """Without a letter it ends before one; each step until then that fails has sent nothing."""
        is_leaving = False
        try:
            with closing(self._connected()) as server:
                self._introduced(server)
                if letter is not None:
                    is_leaving = True
                    _must(server.data(letter.as_bytes()))
                return Result(Outcome.SENT)
        except smtplib.SMTPNotSupportedError:
            return Result(Outcome.REFUSED, reason="it offers no STARTTLS, or no login")
        except smtplib.SMTPResponseException as error:
            is_temporary = error.smtp_code < 500
            return Result(Outcome.NOT_SENT if is_temporary else Outcome.REFUSED, reason=str(error.smtp_code))
        except (OSError, smtplib.SMTPException) as error:
            return Result(Outcome.AMBIGUOUS if is_leaving else Outcome.NOT_SENT, reason=type(error).__name__)

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        if parts.scheme == "smtps":
            tls = ssl.create_default_context()
            return smtplib.SMTP_SSL(parts.hostname or "", parts.port or 465, timeout=self.deadline, context=tls)
        return smtplib.SMTP(parts.hostname or "", parts.port or 587, timeout=self.deadline)

    def _introduced(self, server: smtplib.SMTP) -> None:
        """Up to the addresses; raises what the server refuses."""
        parts = urlsplit(self.url)
        if parts.scheme == "smtp" and parts.hostname not in LOCAL:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        _must(server.mail(self.sender))
        for address in self.to:
            _must(server.rcpt(address))


def _must(answer: tuple[int, bytes]) -> None:
    """Raises what the server refused."""
    code, said = answer
    if code >= 400:
        raise smtplib.SMTPResponseException(code, said)
