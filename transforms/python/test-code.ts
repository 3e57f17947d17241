/** Libraries that stand doubles in for what a program calls. */
const LIBRARIES =
  /^\s*(?:import|from)\s+(?:unittest\.mock|mock|responses|respx|requests_mock|vcr|aioresponses|httpretty|pytest_httpx|pytest_mock|flexmock)\b|^\s*from\s+unittest\s+import\b[^\n]*\bmock\b/m;

/** Fixtures of pytest that do the same, where a function asks for them. */
const FIXTURES =
  /\bdef\s+\w+\([^)]*\b(?:mocker|monkeypatch|httpx_mock|requests_mock|respx_mock|responses_mock|aioresponses|vcr)\b/;

/** Whether a file is a test that stands doubles in for what is called. */
export function hasDoubles(text: string): boolean {
  return LIBRARIES.test(text) || FIXTURES.test(text);
}
