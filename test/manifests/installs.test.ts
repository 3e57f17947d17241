import { describe, expect, it } from 'vitest';
import { planInstalls, type Install } from '../../src/manifests/installs.js';
import { planManifests } from '../../src/manifests/plan.js';

const MANIFESTS = { manifests: ['requirements.txt'], read: () => 'anthropic==0.3.0\n' };

function plan(version: string, sdk?: '0.x') {
  const install: Install = {
    path: 'a.ipynb',
    version,
    range: { start: 7, end: 7 + version.length },
    advice: 'Run it again.',
  };
  return planInstalls(planManifests(MANIFESTS, {}), (path) => (path === 'a.ipynb.py' ? [install] : []), sdk);
}

describe('what a notebook installs', () => {
  it('says what its cells are written for', () => {
    expect(plan('>=0.30,<1').sdkFor('a.ipynb.py')).toMatchObject({ profile: '0.x', lowest: '0.30.0' });
    expect(plan('==1.5').sdkFor('a.ipynb.py').profile).toBe('1.x');
    expect(plan('==1.5', '0.x').sdkFor('a.ipynb.py').profile).toBe('0.x');
  });

  it('is raised where it has no Messages, and no manifest with it', () => {
    const { edits, notes } = plan('==0.3.11').raise(['a.ipynb.py']);
    expect([...edits]).toEqual([['a.ipynb', [{ range: { start: 7, end: 15 }, pieces: ['==0.125.0'] }]]]);
    expect(notes).toMatchObject([{ code: 'CTM209', path: 'a.ipynb', range: { start: 7, end: 15 } }]);
  });

  it('is left where it has Messages', () => {
    expect(plan('~=0.39.0').raise(['a.ipynb.py'])).toEqual({ edits: new Map(), notes: [] });
  });

  it('is no business of other files', () => {
    expect([...plan('~=0.39.0').raise(['b.py']).edits.keys()]).toEqual(['requirements.txt']);
  });
});
