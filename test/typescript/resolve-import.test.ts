import { describe, expect, it } from 'vitest';
import { createResolver } from '../../transforms/typescript/resolve-import.js';
import { STUB_PATH } from '../../transforms/typescript/sdk-stub.js';

function resolverOf(files: Readonly<Record<string, string>>) {
  const read = (path: string): string | undefined => files[path];
  return createResolver(Object.keys(files), (path) => read(path) !== undefined, read);
}

describe('where an import leads', () => {
  it.each([
    ['./client', 'src/client.ts'],
    ['./client.js', 'src/client.ts'],
    ['../lib', 'lib/index.js'],
    ['./view.jsx', 'src/view.tsx'],
    ['./missing', undefined],
    ['../../outside', undefined],
  ])('%s from src/main.ts is %s', (specifier, expected) => {
    const resolve = resolverOf({ 'src/main.ts': '', 'src/client.ts': '', 'lib/index.js': '', 'src/view.tsx': '' });
    expect(resolve(specifier, 'src/main.ts')).toBe(expected);
  });

  it.each(['@anthropic-ai/sdk', '@anthropic-ai/sdk/resources/completions', '@anthropic-ai/bedrock-sdk'])(
    '%s is the stub',
    (specifier) => {
      expect(resolverOf({})(specifier, 'main.ts')).toBe(STUB_PATH);
    },
  );

  it('follows paths and baseUrl of the nearest tsconfig, comments and all', () => {
    const resolve = resolverOf({
      'app/tsconfig.json':
        '{ // here\n "compilerOptions": { "baseUrl": "src", "paths": { "@/*": ["*"], "ai": ["lib/ai.ts"] } } }',
      'app/src/lib/ai.ts': '',
      'app/src/deep/main.ts': '',
    });
    expect(resolve('@/lib/ai', 'app/src/deep/main.ts')).toBe('app/src/lib/ai.ts');
    expect(resolve('ai', 'app/src/deep/main.ts')).toBe('app/src/lib/ai.ts');
    expect(resolve('lib/ai', 'app/src/deep/main.ts')).toBe('app/src/lib/ai.ts');
  });

  it('finds the source of a workspace package behind the entry that its manifest names', () => {
    const resolve = resolverOf({
      'packages/ai/package.json': '{ "name": "@acme/ai", "main": "./dist/index.js" }',
      'packages/ai/src/index.ts': '',
      'packages/ai/src/models.ts': '',
      'packages/web/main.ts': '',
    });
    expect(resolve('@acme/ai', 'packages/web/main.ts')).toBe('packages/ai/src/index.ts');
    expect(resolve('@acme/ai/models', 'packages/web/main.ts')).toBe('packages/ai/src/models.ts');
    expect(resolve('@acme/other', 'packages/web/main.ts')).toBeUndefined();
  });

  it('takes a manifest or tsconfig that does not parse for an empty one', () => {
    const resolve = resolverOf({ 'package.json': '{ "name": ', 'tsconfig.json': '[', 'main.ts': '' });
    expect(resolve('anything', 'main.ts')).toBeUndefined();
  });
});
