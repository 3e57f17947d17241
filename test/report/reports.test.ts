import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReportRequests, writeReports } from '../../src/report/reports.js';
import { UsageError } from '../../src/usage-error.js';
import { project } from '../support/project.js';
import { outcome } from './outcome.js';

const style = { color: true, shown: (path: string) => path };

describe('report arguments', () => {
  it('name a format, or a format and a file', () => {
    expect(readReportRequests([], '/')).toEqual([{ format: 'text', file: undefined }]);
    expect(readReportRequests(['json'], '/')).toEqual([{ format: 'json', file: undefined }]);
    const { folder } = project({});
    expect(readReportRequests(['json=a=b.json'], folder)).toEqual([
      { format: 'json', file: join(folder, 'a=b.json') },
      { format: 'text', file: undefined },
    ]);
  });

  it.each([
    [['xml']],
    [['constructor']],
    [['']],
    [['json=']],
    [['json', 'text']],
    [['json=no/such/folder/a.json']],
    [['text=.']],
  ])('are refused: %j', (args) => {
    expect(() => readReportRequests(args, project({}).folder)).toThrow(UsageError);
  });
});

describe('reports', () => {
  it('go to their files without colours, and to the caller', async () => {
    const { folder, read } = project({});
    const printed: string[] = [];
    await writeReports(readReportRequests(['json=r.json', 'text=r.txt'], folder), outcome(), style, (text) =>
      printed.push(text),
    );
    expect(JSON.parse(read('r.json'))).toMatchObject({ schemaVersion: 1 });
    expect(read('r.txt')).not.toContain('\u001B');
    expect(printed).toEqual([expect.stringContaining('\u001B')]);
  });

  it('fail with the name of the format', async () => {
    const requests = [{ format: 'json', file: join(project({}).folder, 'gone', 'r.json') }];
    await expect(writeReports(requests, outcome(), style, () => undefined)).rejects.toThrow(
      'The json report was not written',
    );
  });
});
