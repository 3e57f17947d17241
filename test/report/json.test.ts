import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/report/json.js';
import { outcome } from './outcome.js';

const style = { color: false, shown: (path: string) => path };
const read = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('report.schema.json')) as { readonly properties: Readonly<Record<string, unknown>> };
const validate = new Ajv({ strict: true }).compile(schema);

describe('the json report', () => {
  it.each([
    ['a run with one of everything', outcome()],
    ['a dry run', outcome({ dryRun: true, written: null })],
    [
      'a check that found nothing',
      outcome({ command: 'check', sites: [], findings: [], changes: [], notices: [], written: null, exitCode: 0 }),
    ],
  ])('fits its schema: %s', (_name, each) => {
    validate(JSON.parse(json(each, style)));
    expect(validate.errors).toBeNull();
  });

  it('says what became of each file', () => {
    expect(JSON.parse(json(outcome(), style))).toMatchObject({
      exitCode: 1,
      summary: {
        sites: { exact: 1, adjusted: 1, manual: 1, accepted: 1 },
        tiers: { static: 1, structural: 0, runtime: 1 },
        findings: 4,
        files: { changed: 1, created: 1, skipped: 1 },
      },
      findings: [{ code: 'CTM101', title: 'Call migrated', edits: [{ start: 0, end: 4, text: 'x' }] }, {}, {}, {}],
      files: [
        { path: 'src/a.ts', change: 'modified', written: false },
        { path: 'src/helper.ts', change: 'created', written: true },
      ],
      failures: [{ path: 'src/a.ts' }],
    });
  });

  it('has every field explained', () => {
    for (const field of Object.keys(schema.properties)) expect(read('reports.md')).toContain(`\`${field}\``);
  });
});
