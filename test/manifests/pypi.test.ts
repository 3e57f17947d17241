import { describe, expect, it } from 'vitest';
import { isManifest } from '../../src/manifests/plan.js';
import { project } from './project.js';

const ANY = { profile: '1.x', lowest: '0.16.0' };
const RAISED = { profile: '0.x', lowest: '0.125.0', declared: '0.3.11' };
const PYPROJECT = '[project]\nname = "x"\ndependencies = [\n  "httpx",\n  "anthropic==0.3.11", # pinned\n]\n';

describe('which paths are wanted', () => {
  it.each([
    ...[
      'requirements.txt',
      'requirements.in',
      'a/requirements-dev.txt',
      'dev-requirements.txt',
      'requirements/base.txt',
      'constraints.txt',
    ],
    ...[
      'pyproject.toml',
      'a/setup.cfg',
      'setup.py',
      'Pipfile',
      'Pipfile.lock',
      'poetry.lock',
      'uv.lock',
      'environment.yml',
      'conda-env.yaml',
    ],
  ])('%s', (path) => {
    expect(isManifest(path)).toBe(true);
  });
  it.each(['notes.txt', 'my-setup.py', 'Pipfile2', 'docs/environments/a.yml', 'a.toml'])('not %s', (path) => {
    expect(isManifest(path)).toBe(false);
  });
});

/** A manifest whose range is raised, and what becomes of it. */
const raised = (path: string, before: string, after: string) => {
  const tree = project({ [path]: before });
  expect(tree.raised('src/x.py')).toEqual({ [path]: after });
  expect(tree.notes('src/x.py').map((note) => note.split(' ')[0])).toEqual(['CTM209']);
  const again = project({ [path]: after });
  expect(again.raised('src/x.py')).toEqual({});
  expect(again.notes('src/x.py')).toEqual([]);
  const windows = project({ [path]: before.replaceAll('\n', '\r\n') });
  expect(windows.raised('src/x.py')).toEqual({ [path]: after.replaceAll('\n', '\r\n') });
};

describe('requirements', () => {
  it.each([
    ['anthropic==0.3.11\n', 'anthropic==0.125.0\n'],
    ['anthropic==0.3.11', 'anthropic==0.125.0'],
    ['Anthropic >= 0.3 , < 0.4  # the API\nhttpx\n', 'Anthropic >= 0.125 , < 0.126  # the API\nhttpx\n'],
    ['anthropic[bedrock]~=0.3.0; python_version >= "3.8"\n', 'anthropic[bedrock]~=0.125.0; python_version >= "3.8"\n'],
    ['anthropic (>=0.3)\n', 'anthropic (>=0.125)\n'],
    ['anthropic==0.3.11 --config-settings="a=b"\n', 'anthropic==0.125.0 --config-settings="a=b"\n'],
    ['anthropic \\\n  ==0.3.11\n', 'anthropic \\\n  ==0.125.0\n'],
    ['\uFEFFanthropic==0.2.10\n', '\uFEFFanthropic==0.125.0\n'],
  ])('%j', (before, after) => {
    raised('requirements.txt', before, after);
  });

  it.each([
    '# anthropic==0.3.11\n',
    'anthropic-bedrock==0.3.11\n',
    'langchain[anthropic]==0.3.11\n',
    'my-anthropic==0.3\n',
    '--find-links anthropic==0.3\n',
  ])('nothing in %j', (text) => {
    const tree = project({ 'requirements.txt': text });
    expect(tree.plan.sdkFor('x.py')).toEqual(ANY);
    expect(tree.notes('x.py')).toEqual(['CTM218 x.py']);
  });

  it('takes in what -r names, wherever it is', () => {
    const tree = project({
      'requirements.txt': '-r deps/prod.list\n',
      'deps/prod.list': '-r ../requirements.txt\nanthropic==0.3.11\n',
    });
    expect(tree.plan.sdkFor('x.py')).toEqual(RAISED);
    expect(tree.raised('x.py')).toEqual({ 'deps/prod.list': '-r ../requirements.txt\nanthropic==0.125.0\n' });
  });

  it('speaks for the folder that holds the folder of requirements', () => {
    const tree = project({
      'api/requirements/base.txt': 'anthropic==0.3.11\n',
      'requirements.txt': 'anthropic>=0.39\n',
    });
    expect(tree.plan.sdkFor('api/src/x.py')).toEqual(RAISED);
    expect(tree.plan.sdkFor('web/x.py')).toEqual({ profile: '1.x', lowest: '0.39.0' });
  });

  it('leaves a version whose hashes are written down, and says so', () => {
    const text = 'anthropic==0.3.11 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\n';
    const tree = project({ 'requirements.txt': text });
    expect(tree.raised('x.py')).toEqual({});
    expect(tree.notes('x.py')).toEqual(['CTM209 requirements.txt ==0.3.11']);
    expect(tree.plan.raise(['x.py']).notes[0]?.message).toBe(
      'anthropic stays at ==0.3.11 here, but the first version with Messages is 0.16.0. Its hashes belong to that version: write ==0.125.0 with the hashes of the new one.',
    );
  });

  it.each([
    '-e git+https://x.dev/a.git#egg=anthropic\n',
    'anthropic @ https://x.dev/a.whl\n',
    'git+https://x.dev/a.git#egg=anthropic\n',
  ])('says that %j states no version', (text) => {
    const tree = project({ 'requirements.txt': text });
    expect(tree.plan.sdkFor('x.py')).toEqual(ANY);
    expect(tree.notes('x.py').map((note) => note.slice(0, 23))).toEqual(['CTM218 requirements.txt']);
  });
});

describe('constraints', () => {
  it.each<[string, string, Record<string, string>, object]>([
    ['anthropic\n', 'anthropic==0.3.11\n', { 'constraints.txt': 'anthropic==0.125.0\n' }, RAISED],
    ['anthropic>=0.3\n', 'anthropic==0.39.0\n', {}, { profile: '0.x', lowest: '0.39.0' }],
    ['anthropic\n', 'anthropic<1\n', {}, { profile: '0.x', lowest: '0.16.0' }],
  ])('%j under %j', (requirements, constraints, changed, target) => {
    const tree = project({ 'requirements.txt': requirements, 'constraints.txt': constraints });
    expect(tree.plan.sdkFor('x.py')).toEqual(target);
    expect(tree.raised('x.py')).toEqual(changed);
  });

  it('are none of a folder below, and declare nothing alone', () => {
    expect(project({ 'constraints.txt': 'anthropic==0.3.11\n' }).notes('x.py')).toEqual(['CTM218 x.py']);
  });
});

describe('what a tool made of other manifests', () => {
  const compiled =
    '#\n# This file is autogenerated by pip-compile with Python 3.11\n#\nanthropic==0.3.11\n    # via -r requirements.in\n';

  it('is stale once they are raised', () => {
    const tree = project({ 'requirements.in': 'anthropic<0.4\n', 'requirements.txt': compiled });
    expect(tree.raised('x.py')).toEqual({ 'requirements.in': 'anthropic>=0.125.0,<0.126\n' });
    expect(tree.plan.raise(['x.py']).notes.map(({ message }) => message)).toEqual([
      'anthropic goes from <0.4 to >=0.125.0,<0.126, because the first version with Messages is 0.16.0. requirements.txt is stale until pip-compile --upgrade-package anthropic has run.',
    ]);
  });

  it('has to be made again where they let every version in', () => {
    const tree = project({ 'requirements.in': 'anthropic\n', 'requirements.txt': compiled });
    expect(tree.raised('x.py')).toEqual({});
    expect(tree.notes('x.py')).toEqual(['CTM209 requirements.txt ==0.3.11']);
    expect(tree.plan.sdkFor('x.py')).toEqual(ANY);
  });

  it('counts where there is nothing else', () => {
    expect(project({ 'requirements.txt': compiled }).plan.sdkFor('x.py')).toEqual(RAISED);
  });
});

describe('pyproject.toml', () => {
  it.each([
    [PYPROJECT, PYPROJECT.replace('==0.3.11', '==0.125.0')],
    [
      "[project.optional-dependencies]\nllm = ['anthropic>=0.3,<0.4']\n",
      "[project.optional-dependencies]\nllm = ['anthropic>=0.125,<0.126']\n",
    ],
    [
      '[dependency-groups]\ndev = ["anthropic~=0.3.0", {include-group = "x"}]\n',
      '[dependency-groups]\ndev = ["anthropic~=0.125.0", {include-group = "x"}]\n',
    ],
    ['[tool.uv]\ndev-dependencies = ["anthropic==0.3.*"]\n', '[tool.uv]\ndev-dependencies = ["anthropic==0.125.*"]\n'],
    [
      '[tool.poetry.dependencies]\npython = "^3.8"\nanthropic = "^0.3.0"\n',
      '[tool.poetry.dependencies]\npython = "^3.8"\nanthropic = "^0.125.0"\n',
    ],
    [
      '[tool.poetry.dependencies.anthropic]\nversion = "0.3.11"\nextras = ["bedrock"]\n',
      '[tool.poetry.dependencies.anthropic]\nversion = "0.125.0"\nextras = ["bedrock"]\n',
    ],
    [
      '[tool.poetry.group.dev.dependencies]\nanthropic = {version = "~0.3", optional = true}\n',
      '[tool.poetry.group.dev.dependencies]\nanthropic = {version = "~0.125", optional = true}\n',
    ],
    [
      '[tool.poetry]\ndev-dependencies.anthropic = ">=0.3 <0.4"\n',
      '[tool.poetry]\ndev-dependencies.anthropic = ">=0.125 <0.126"\n',
    ],
    ['[project]\ndependencies = ["\\u0061nthropic==0.3.11"]\n', '[project]\ndependencies = ["anthropic==0.125.0"]\n'],
  ])('%j', (before, after) => {
    raised('pyproject.toml', before, after);
  });

  it.each([
    '[tool.poetry.dependencies]\nanthropic = {git = "https://x.dev/a.git"}\n',
    '[tool.poetry.dependencies]\nanthropic = {path = "../a"}\n',
    '[project]\ndependencies = ["anthropic"]\n[tool.uv.sources]\nanthropic = {git = "https://x.dev/a.git"}\n',
  ])('says that %j states no version', (text) => {
    const tree = project({ 'pyproject.toml': text });
    expect(tree.notes('x.py').map((note) => note.slice(0, 21))).toEqual(['CTM218 pyproject.toml']);
    expect(tree.raised('x.py')).toEqual({});
  });

  it.each(['*', ''])('has nothing to say about "%s"', (version) => {
    expect(
      project({ 'pyproject.toml': `[tool.poetry.dependencies]\nanthropic = "${version}"\n` }).notes('x.py'),
    ).toEqual([]);
  });

  it.each(['[project', 'a = \n', 'x = "\n', '[a]\n[a]\n'])('says that %j does not parse', (text) => {
    const tree = project({ 'pyproject.toml': text, 'requirements.txt': 'anthropic>=0.39,<1\n' });
    expect(tree.notes('x.py').map((note) => note.split(' ')[0])).toEqual(['CTM901']);
    expect(tree.plan.sdkFor('x.py')).toEqual({ profile: '0.x', lowest: '0.39.0' });
  });

  it('names the lock file that goes stale', () => {
    const message = (lock: string) =>
      project({ 'pyproject.toml': PYPROJECT, [lock]: '' }).plan.raise(['x.py']).notes[0]?.message;
    expect(message('uv.lock')).toContain('uv.lock is stale until uv lock has run.');
    expect(message('poetry.lock')).toContain('poetry.lock is stale until poetry lock has run.');
    expect(message('package-lock.json')).toContain('Install again.');
  });
});

describe('setuptools, Pipenv and conda', () => {
  it.each([
    [
      'setup.cfg',
      '[metadata]\nname = x\n[options]\ninstall_requires =\n    httpx\n    anthropic>=0.3 ; python_version>"3.7"\n',
      '==',
      '',
    ],
    ['setup.cfg', '[options.extras_require]\nllm = anthropic==0.3.11\n', '==0.3.11', '==0.125.0'],
    [
      'setup.py',
      'from setuptools import setup\n# "anthropic==0.1"\nsetup(install_requires=[\'anthropic==0.3.11\', "x"],)\n',
      '==0.3.11',
      '==0.125.0',
    ],
    ['setup.py', 'REQUIRES = ["anthropic>=0.3"]  # it\'s old\n"""anthropic docs"""\n', '>=0.3"', '>=0.125"'],
    ['Pipfile', '[packages]\nanthropic = "==0.3.11"\nhttpx = "*"\n', '==0.3.11', '==0.125.0'],
    ['Pipfile', '[dev-packages]\nanthropic = {version = "~=0.3.0", extras = ["bedrock"]}\n', '~=0.3.0', '~=0.125.0'],
    [
      'environment.yml',
      'name: x\ndependencies:\n  - python=3.11\n  - pip:\n      - anthropic==0.3.11\n',
      '==0.3.11',
      '==0.125.0',
    ],
    ['environment.yml', 'dependencies:\n  - conda-forge::anthropic=0.3  # c\n', '=0.3', '=0.125'],
    ['environment.yml', 'dependencies: ["anthropic >=0.3,<0.4"]\n', '>=0.3,<0.4', '>=0.125,<0.126'],
  ])('%s: %j', (path, before, from, to) => {
    if (from === '==') raised(path, before, before.replace('>=0.3', '>=0.125'));
    else raised(path, before, before.replace(from, to));
  });

  it.each([
    ['setup.cfg', '[metadata]\nname = anthropic==0.3\n[flake8]\nx =\n    anthropic==0.3\n'],
    ['setup.cfg', '[options]\npackages = anthropic\npython_requires = >=3.8\n'],
    ['setup.py', "print('no anthropic==0.3 here')\n"],
    ['Pipfile', '[scripts]\nanthropic = "0.3"\n'],
    ['environment.yml', 'name: anthropic\nchannels: [anthropic]\n'],
  ])('nothing in %s: %j', (path, text) => {
    expect(project({ [path]: text }).notes('x.py')).toEqual(['CTM218 x.py']);
  });
});

describe('several manifests', () => {
  it('of one folder count together and go up together', () => {
    const tree = project({
      'pyproject.toml': PYPROJECT.replace('==0.3.11', '>=0.3'),
      'requirements.txt': 'anthropic==0.3.11\n',
    });
    expect(Object.keys(tree.raised('x.py'))).toEqual(['pyproject.toml', 'requirements.txt']);
    expect(tree.plan.sdkFor('x.py')).toEqual({ profile: '1.x', lowest: '0.125.0', declared: '0.3.0' });
  });

  it('of other languages have no word', () => {
    const tree = project({ 'requirements.txt': 'anthropic==0.3.11\n', 'package.json': {} });
    expect(tree.plan.sdkFor('x.ts')).toEqual({ profile: '1.x', lowest: '0.14.0' });
    expect(tree.raised('x.ts')).toEqual({});
    expect(tree.plan.sdkFor('x.py')).toEqual(RAISED);
  });

  it('go to the newest of the generation that the user asks for', () => {
    expect(project({ 'requirements.txt': 'anthropic==0.3.11\n' }, { sdk: '1.x' }).raised('x.py')).toEqual({
      'requirements.txt': 'anthropic==1.17.0\n',
    });
    expect(project({}, { sdk: '0.x' }).plan.sdkFor('x.py')).toEqual({ profile: '0.x', lowest: '0.16.0' });
  });
});
