import { describe, expect, it } from 'vitest';
import type { Files } from '../../harness/files.js';
import { runPython } from './run-python.js';
import { isSkipped } from './skipped.js';
import { pythonSdk } from './venv.js';

const SETUP = `import asyncio, json, os
URL = "https://api.anthropic.com/v1/complete"
BODY = {"model": "claude-2", "max_tokens_to_sample": 9, "prompt": "\\n\\nHuman: [[say: Hello]]\\n\\nAssistant:"}
HEADERS = {"x-api-key": "k", "anthropic-version": "2023-06-01", "content-type": "application/json"}
RAW = json.dumps(BODY).encode()
`;
const AIOHTTP = `import aiohttp
async def main():
    async with aiohttp.ClientSession(BASE) as session:
        async with session.post(TARGET, json=BODY, headers=HEADERS) as response:
            print((await response.json())["completion"], response.url.path)
asyncio.run(main())`;

/** 0.39 reads ANTHROPIC_BASE_URL, as the code below does not. */
const run = (source: string, files: Files = new Map(), env: Record<string, string> = {}) =>
  runPython({ files: new Map([...files, ['main.py', SETUP + source]]), entry: 'main.py', env }, pythonSdk('0.39.0'));

describe.skipIf(isSkipped)(
  'what a Python program sends to the real API reaches the reference server',
  { timeout: 600_000 },
  () => {
    it.each([
      [
        'urllib.request',
        'import urllib.request\nrequest = urllib.request.Request(URL, data=RAW, headers=HEADERS)\nprint(json.load(urllib.request.urlopen(request))["completion"], "/v1/complete")',
      ],
      [
        'http.client',
        'import http.client\nconnection = http.client.HTTPSConnection("api.anthropic.com", timeout=5)\nconnection.request("POST", "/v1/complete", RAW, HEADERS)\nprint(json.load(connection.getresponse())["completion"], "/v1/complete")',
      ],
      [
        'urllib3',
        'import urllib3\nresponse = urllib3.PoolManager().request("POST", URL, body=RAW, headers=HEADERS)\nprint(json.loads(response.data)["completion"], "/v1/complete")',
      ],
      [
        'requests',
        'import requests\nresponse = requests.post(URL, json=BODY, headers=HEADERS)\nprint(response.json()["completion"], response.url[25:])',
      ],
      [
        'httpx',
        'import httpx\nresponse = httpx.post(URL, json=BODY, headers=HEADERS)\nprint(response.json()["completion"], response.url.path)',
      ],
      [
        'httpx with a base URL',
        'import httpx\nresponse = httpx.Client(base_url="https://api.anthropic.com", headers=HEADERS).post("/v1/complete", json=BODY)\nprint(response.json()["completion"], response.request.url.path)',
      ],
      [
        'httpx, asynchronous',
        'import httpx\nasync def main():\n    async with httpx.AsyncClient() as client:\n        response = await client.post(URL, json=BODY, headers=HEADERS)\n        print(response.json()["completion"], response.url.path)\nasyncio.run(main())',
      ],
      ['aiohttp', AIOHTTP.replace('BASE', '').replace('TARGET', 'URL')],
      [
        'aiohttp with a base URL',
        AIOHTTP.replace('BASE', '"https://api.anthropic.com"').replace('TARGET', '"/v1/complete"'),
      ],
    ])('%s', async (_, source) => {
      const { stdout, stderr, requests } = await run(source);
      expect(stderr).toBe('');
      expect(stdout).toBe(' Hello /v1/complete\n');
      expect(requests).toMatchObject([
        { api: 'complete', conversation: { turns: [{ role: 'user', text: '[[say: Hello]]' }] } },
      ]);
    });

    it('also for Bedrock, with the client of AWS and without it', async () => {
      const { stdout, stderr, requests } = await run(`import boto3, requests
body = json.dumps({"prompt": BODY["prompt"]})
print(json.loads(boto3.client("bedrock-runtime").invoke_model(modelId="anthropic.claude-v2", body=body)["body"].read())["completion"])
url = "https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-v2/invoke"
print(requests.post(url, data=body, headers={"authorization": "AWS4-HMAC-SHA256"}).json()["completion"])`);
      expect(stderr).toBe('');
      expect(stdout).toBe(' Hello\n Hello\n');
      expect(requests).toMatchObject([{ version: 'bedrock' }, { version: 'bedrock' }]);
    });

    it('other hosts, and a process without the address, are left alone', async () => {
      const child =
        'import socket, urllib.request\nsocket.create_connection = lambda address, *rest: print("to", address)\n';
      const source = `import subprocess, sys\nenv = {name: value for name, value in os.environ.items() if name != "ANTHROPIC_BASE_URL"}
for url, own in (("https://example.org", os.environ), ("https://api.anthropic.com", env)):
    code = ${JSON.stringify(child)} + "import http.client\\nhttp.client.HTTPSConnection._create_connection = None\\n" + "connection = http.client.HTTPSConnection('" + url[8:] + "')\\nconnection._create_connection = socket.create_connection\\ntry: connection.connect()\\nexcept AttributeError: pass"
    subprocess.run([sys.executable, "-c", code], env=own)`;
      const { stdout } = await run(source);
      expect(stdout).toBe("to ('example.org', 443)\nto ('api.anthropic.com', 443)\n");
    });

    it('modules that were imported before are patched too', async () => {
      const { stdout, stderr } = await run(`import subprocess, sys
env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
shim = os.path.join(os.environ["PYTHONPATH"].split(os.pathsep)[0], "sitecustomize.py")
code = f"import requests, runpy; runpy.run_path({shim!r}); print(requests.post({URL!r}, json={BODY!r}, headers={HEADERS!r}).json()['completion'])"
subprocess.run([sys.executable, "-c", code], env=env)`);
      expect(stderr).toBe('');
      expect(stdout).toBe(' Hello\n');
    });

    it('a sitecustomize of the program runs too', async () => {
      const files = new Map([['own/sitecustomize.py', 'import builtins\nbuiltins.CUSTOM = "custom"\n']]);
      const { stdout, stderr } = await run(
        'import subprocess, sys\nprint(os.environ["PYTHONPATH"].split(os.pathsep)[1:], CUSTOM)',
        files,
        { PYTHONPATH: 'own' },
      );
      expect(stderr).toBe('');
      expect(stdout).toBe("['own'] custom\n");
    });
  },
);
