"""The way to Telegram's Bot API: python-telegram-bot's own extension point on aiohttp, and one plain call.

The errors are python-telegram-bot's, and so is the reading of them (`BaseRequest.post`). No object is built
from an answer. The token is in every address we call, and so no error of ours names an address.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import TracebackType
from typing import IO, Any, Self, cast

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

OFFICIAL = "https://api.telegram.org"
CONNECT_TIMEOUT = 5.0  # seconds
READ_TIMEOUT = 15.0  # seconds, for the whole call
UPLOAD_TIMEOUT = 25.0  # seconds; what is owed is leased to us for little more

File = tuple[str, bytes, str]  # name, content, media type


@dataclass(frozen=True, slots=True)
class Payload:
    """What one call sends, with the public attributes of RequestData, which is made from private parts."""

    fields: Mapping[str, object]
    files: Mapping[str, File] = field(default_factory=dict)  # by field

    @property
    def contains_files(self) -> bool:
        """Whether it has to go as multipart."""
        return bool(self.files)

    @property
    def json_payload(self) -> bytes:
        """All of it as JSON."""
        return json.dumps(self.fields).encode()

    @property
    def json_parameters(self) -> dict[str, str]:
        """Each field as a form carries it."""
        return {name: _form_value(value) for name, value in self.fields.items()}

    @property
    def multipart_data(self) -> dict[str, File]:
        """The files."""
        return dict(self.files)


class AiohttpRequest(BaseRequest):
    """HTTP for python-telegram-bot on aiohttp, which takes a third of the CPU of its stock one.

    TimedOut means that the call went out and no answer came: it may have been carried out. Any other
    NetworkError means that it never went out, or that the answer says it was not carried out.
    """

    __slots__ = ("_session",)

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds a call may take, unless it says otherwise."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Open the pool of connections."""
        # A call on a connection that Telegram has dropped for idleness would be lost, so we drop ours sooner.
        self._session = self._session or aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(keepalive_timeout=30, ttl_dns_cache=300),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Close the pool of connections."""
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """One request: the status and the answer. `read_timeout` is for the whole of it."""
        if self._session is None:
            raise RuntimeError("the request is not open; call initialize() first")
        timeout = aiohttp.ClientTimeout(
            total=_chosen(read_timeout, READ_TIMEOUT), connect=_chosen(connect_timeout, CONNECT_TIMEOUT)
        )
        # `from None`, and the kind of the error only: its text may hold the address, and so the token.
        try:
            async with self._session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                return response.status, _without_pages(response.status, await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NetworkError(f"Telegram cannot be reached ({type(error).__name__})") from None
        except (TimeoutError, aiohttp.ClientConnectionError, aiohttp.ClientPayloadError) as error:
            raise TimedOut(f"No answer from Telegram ({type(error).__name__})") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(f"Telegram cannot be called ({type(error).__name__})") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as plain data. The library's own would log what it cannot read, and so a person's words."""
        try:
            return cast("dict[str, Any]", json.loads(payload))
        except ValueError:
            raise TimedOut("Telegram's answer cannot be read") from None


class Api:
    """The Bot API as one bot sees it. Every method raises TelegramError."""

    def __init__(self, token: str, base_url: str = OFFICIAL, request: BaseRequest | None = None) -> None:
        self._root = f"{base_url.rstrip('/')}/bot{token}/"
        self._request = request or AiohttpRequest()

    async def __aenter__(self) -> Self:
        await self._request.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._request.shutdown()

    async def call(self, method: str, **fields: object) -> Any:
        """Call a method; its result, as plain data. Fields that are None are left out."""
        return await self._post(method, Payload(_given(fields)), READ_TIMEOUT)

    async def call_slowly(self, method: str, seconds: float, **fields: object) -> Any:
        """The same for a call that Telegram may hold open for so many seconds."""
        return await self._post(method, Payload(_given(fields)), seconds + READ_TIMEOUT)

    async def upload(self, method: str, name: str, file: File, **fields: object) -> Any:
        """The same with a file as the field `name`, or for `attach://name`."""
        return await self._post(method, Payload(_given(fields), {name: file}), UPLOAD_TIMEOUT)

    async def _post(self, method: str, payload: Payload, patience: float) -> Any:
        # The base class only hands the data through, to `do_request`.
        data = cast("RequestData", payload)
        return await self._request.post(self._root + method, data, read_timeout=patience)


def _chosen(timeout: Any, default: float) -> float | None:
    return default if timeout is BaseRequest.DEFAULT_NONE else cast("float | None", timeout)


def _given(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def _form_value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _body(data: RequestData | None) -> dict[str, Any]:
    """What aiohttp is to send."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, _stream(content), filename=filename, content_type=kind)
    return {"data": form}


def _stream(content: bytes | IO[bytes]) -> IO[bytes]:
    """aiohttp sends a stream piece by piece, bytes in one go."""
    return BytesIO(content) if isinstance(content, bytes) else content


def _without_pages(status: int, body: bytes) -> bytes:
    """The answer; of an error only JSON, for the page of a proxy may repeat the address, and so the token."""
    return body if status < 300 or body.startswith(b"{") else b"{}"
