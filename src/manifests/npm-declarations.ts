import { SDK_PACKAGES, type SdkPackage } from '../api/sdk.js';
import type { Leaf } from './leaf.js';

/** Where a manifest says which version of an SDK package is installed. */
export interface Declaration {
  readonly sdk: SdkPackage;
  /** The version range alone, without `npm:name@`. */
  readonly version: string;
  /** The text of the manifest as a whole, such as `npm:@anthropic-ai/sdk@^0.9.0`. */
  readonly leaf: Leaf;
  /** What stands before the version range in it. */
  readonly prefix: string;
}

const SECTIONS: readonly string[] = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
/** npm and pnpm-workspace.yaml; pnpm in package.json; Yarn. */
const OVERRIDES: readonly (readonly string[])[] = [['overrides'], ['pnpm', 'overrides'], ['resolutions']];
/** pnpm-workspace.yaml and .yarnrc.yml; package.json for Bun. */
const CATALOG_PARENTS: readonly (readonly string[])[] = [[], ['workspaces']];
/**
 * `name` or `**` and a slash before it. An override below another package is none of ours, and one for certain versions
 * (`name@^0.5`) no longer applies once the range is raised.
 */
const OVERRIDE_KEY = /^(?:\*\*\/)?(@[^@/>]+\/[^@/>]+)$/;
const NPM_ALIAS = /^npm:((?:@[^@/]+\/)?[^@/]+)@/;

/**
 * The SDK packages that a package.json depends on. One under another name (`"old": "npm:@anthropic-ai/sdk@0.5"`) is none
 * of them: no import of the SDK leads there.
 */
export function dependencies(leaves: readonly Leaf[]): Declaration[] {
  const inSections = leaves.filter(({ keys }) => keys.length === 2 && SECTIONS.includes(keys[0] as string));
  return inSections.flatMap((leaf) => declaration(leaf, packageNamed(leaf.keys[1])));
}

/** The versions of SDK packages that a manifest forces on everything that is installed. */
export function overrides(leaves: readonly Leaf[]): Declaration[] {
  return leaves.flatMap((leaf) => {
    const key = OVERRIDES.flatMap((parent) => below(parent, leaf.keys))[0];
    if (key === undefined || leaf.value.startsWith('$')) return [];
    const [name, ...rest] = key;
    const isWhole = rest.length === 0 || (rest.length === 1 && rest[0] === '.');
    return isWhole ? declaration(leaf, packageNamed(OVERRIDE_KEY.exec(name ?? '')?.[1])) : [];
  });
}

/** The version of a package in a named catalog; `catalog` is empty or `default` for the one without a name. */
export function catalogEntry(leaves: readonly Leaf[], catalog: string, sdk: SdkPackage): Declaration | undefined {
  const paths =
    catalog === '' || catalog === 'default' ? [['catalog'], ['catalogs', 'default']] : [['catalogs', catalog]];
  const wanted = CATALOG_PARENTS.flatMap((parent) => paths.map((path) => [...parent, ...path, sdk.name].join('\0')));
  const leaf = leaves.find(({ keys }) => wanted.includes(keys.join('\0')));
  return leaf === undefined ? undefined : declaration(leaf, sdk)[0];
}

/** The name of the catalog that a declaration points to, empty for the default one; undefined where it points to none. */
export function catalogOf({ version }: Declaration): string | undefined {
  return /^catalog:(.*)$/.exec(version.trim())?.[1];
}

function declaration(leaf: Leaf, sdk: SdkPackage | undefined): Declaration[] {
  if (sdk === undefined) return [];
  const alias = NPM_ALIAS.exec(leaf.value);
  const prefix = alias?.[1] === sdk.name ? alias[0] : '';
  return [{ sdk, version: leaf.value.slice(prefix.length), leaf, prefix }];
}

function packageNamed(name: string | undefined): SdkPackage | undefined {
  return SDK_PACKAGES.find((sdk) => sdk.name === name);
}

function below(parent: readonly string[], keys: readonly string[]): (readonly string[])[] {
  return parent.every((key, at) => keys[at] === key) && keys.length > parent.length ? [keys.slice(parent.length)] : [];
}
