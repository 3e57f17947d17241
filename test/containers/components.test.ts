import { expect, it } from 'vitest';
import { containers } from '../../transforms/containers/containers.js';
import { namesInTemplate } from '../../transforms/containers/template.js';
import { TS } from './languages.js';

async function cut(path: string, ...lines: readonly string[]) {
  const { programs, notes } = await containers.cut(
    { path, text: lines.join('\n') },
    { languages: [TS], unread: [{ extensions: [], needles: ['legacy'] }] },
  );
  return { programs: programs.map(({ path: own, text }) => [own, text]), notes: notes.map(({ code }) => code) };
}

it('scripts of a component are one program, the one whose names the other sees first', async () => {
  const { programs } = await cut(
    'a.vue',
    '<script setup>',
    'b;',
    '</script>',
    '<script lang="ts" data-x="a>b">',
    'export const a = 1;',
    '</script>',
  );
  expect(programs).toEqual([['a.vue.ts', 'export const a = 1;\n\nb;\n']]);
  expect((await cut('a.svelte', '<script>b</script>', "<script context='module'>a</script>")).programs).toEqual([
    ['a.svelte.js', 'a\n\nb\nexport {};\n'],
  ]);
});

it('scripts of others, data, comments and styles are no program', async () => {
  const { programs, notes } = await cut(
    'a.vue',
    ...[
      '<!-- <script>legacy</script> -->',
      '<script src="./a.js"></script>',
      '<script type="application/json">legacy</script>',
      '<style>legacy</style>',
    ],
    '<script lang="coffee">legacy</script>',
  );
  expect({ programs, notes }).toEqual({ programs: [], notes: ['CTM907'] });
});

it('the parts of an Astro file are programs of their own', async () => {
  const { programs } = await cut(
    'a.astro',
    '---',
    'const a = 1;',
    '---',
    '<p>{a}</p>',
    '<script>b;</script>',
    '<script is:inline>c;</script>',
  );
  expect(programs).toEqual([
    ['a.astro.ts', 'const a = 1;\n\n;[a];\nexport { a };\n\nexport {};\n'],
    ['a.astro.1.ts', 'b;\nexport {};\n'],
    ['a.astro.2.js', 'c;\nexport {};\n'],
  ]);
});

it.each([
  [
    'vue',
    '<p :title="a + b.c" @click="d(\'e\')" v-if=\'f\' :g-h class="i">j {{ k }} {l}</p>',
    ['a', 'b', 'd', 'e', 'f', 'gH', 'k'],
  ],
  ['svelte', '<p title="a {b}">{#if $c.d}{e({ f: 1 })}{:else}g{/if}</p>', ['$c', 'b', 'c', 'e', 'f']],
  ['astro', '<p class="a">{b.map((c) => <i>{c}</i>)}</p>', ['b', 'c', 'i']],
] as const)('a template of %s reads the names in its expressions', (kind, template, names) => {
  expect(namesInTemplate(template, kind)).toEqual(names);
});
