/** The folders above a path, nearest first, each with its trailing slash; the root of the project is empty. */
export function ancestors(path: string): string[] {
  const folders = path.split('/').slice(0, -1);
  return folders.reduce<string[]>((above, folder) => [`${above[0] ?? ''}${folder}/`, ...above], ['']);
}
