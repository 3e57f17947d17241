import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../package-root.js';

/** What Node loads before a command's own code. */
export const REDIRECT = fileURLToPath(new URL('dist/src/parity/redirect.cjs', packageRoot()));

/** Where Python finds what it loads before a command's own code. */
export const PYTHON_REDIRECT = fileURLToPath(new URL('src/parity/python', packageRoot()));

/** An environment in which a command asks the reference server at `url`, whatever it would ask otherwise. */
export function pointedAt(url: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'reference',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
    AWS_ACCESS_KEY_ID: 'reference',
    AWS_SECRET_ACCESS_KEY: 'reference',
    // A proxy cannot reach this machine's loopback address.
    NO_PROXY: joined(',', env['NO_PROXY'], new URL(url).hostname, 'api.anthropic.com'),
    no_proxy: joined(',', env['no_proxy'], new URL(url).hostname, 'api.anthropic.com'),
    NODE_OPTIONS: joined(' ', env['NODE_OPTIONS'], `--require ${JSON.stringify(REDIRECT)}`),
    PYTHONPATH: joined(delimiter, PYTHON_REDIRECT, env['PYTHONPATH']),
  };
}

function joined(separator: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}
