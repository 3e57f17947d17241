"""Loaded by Python before a command's own code: what it sends to the real API goes to the reference server instead.

SDKs before 0.8 read no ANTHROPIC_BASE_URL, nor does code that calls the API itself. Only the standard library is used, and
nothing newer than Python 3.7, as this has to load wherever the command runs.
"""

import os
import re
import socket
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from urllib.parse import urlsplit

API = re.compile(r"(?:api\.anthropic\.com|bedrock-runtime\.[\w-]+\.amazonaws\.com)\Z")


class Server:
    """Where requests go; nowhere else than they would, as long as there is no host."""

    host = None
    port = None

    @classmethod
    def stand_at(cls, url):
        address = urlsplit(url or "")
        cls.host, cls.port = (address.hostname, address.port) if address.scheme == "http" else (None, None)

    @classmethod
    def stands_for(cls, host):
        return cls.host is not None and isinstance(host, str) and API.match(host) is not None


def patch_connections(module):
    """http.client, which urllib.request uses, and urllib3, which requests and botocore use: no TLS, and another address."""
    connection = module.HTTPSConnection
    original = connection.connect

    def connect(self):
        if not Server.stands_for(self.host):
            return original(self)
        self.sock = socket.create_connection((Server.host, Server.port))
        self.is_verified = True

    connection.connect = connect


def patch_httpx(module):
    """httpx and its successor httpx2: the transport gets a copy of the request, so that the program sees its own."""

    def redirected(request):
        if not Server.stands_for(request.url.host):
            return request
        url = request.url.copy_with(scheme="http", host=Server.host, port=Server.port)
        return module.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions)

    transport = module.HTTPTransport
    handle = transport.handle_request
    transport.handle_request = lambda self, request: handle(self, redirected(request))

    async_transport = module.AsyncHTTPTransport
    handle_async = async_transport.handle_async_request
    async_transport.handle_async_request = lambda self, request: handle_async(self, redirected(request))


def patch_aiohttp(module):
    request = module.ClientRequest
    original = request.__init__

    def __init__(self, method, url, *args, **kwargs):
        if Server.stands_for(url.host):
            url = url.with_scheme("http").with_host(Server.host).with_port(Server.port)
        original(self, method, url, *args, **kwargs)

    request.__init__ = __init__


PATCHES = {
    "http.client": patch_connections,
    "urllib3.connection": patch_connections,
    "httpx": patch_httpx,
    "httpx2": patch_httpx,
    "aiohttp.client_reqrep": patch_aiohttp,
}


class PatchingFinder(MetaPathFinder):
    """Patches the modules of PATCHES once they are imported."""

    def find_spec(self, name, path=None, target=None):
        patch = PATCHES.get(name)
        spec = patch and PathFinder.find_spec(name, path, target)
        if not spec or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            patch(module)

        spec.loader.exec_module = exec_module
        return spec


def load_shadowed():
    """Runs the sitecustomize that Python would have found if it had not found this one."""
    here = os.path.dirname(os.path.abspath(__file__))
    others = [path for path in sys.path if os.path.abspath(path) != here]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None and spec.origin != __file__:
        from importlib.util import module_from_spec

        spec.loader.exec_module(module_from_spec(spec))


Server.stand_at(os.environ.get("ANTHROPIC_BASE_URL"))
for name, patch in PATCHES.items():
    if name in sys.modules:
        patch(sys.modules[name])
sys.meta_path.insert(0, PatchingFinder())
load_shadowed()
