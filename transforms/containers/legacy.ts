import type { LanguageEntry, UnreadEntry } from '../transform.js';

/** Whether code of a language that a transform reads may hold something legacy, by its text. */
export function isCandidate(text: string, { needles }: LanguageEntry): boolean {
  return needles.some((needle) => text.includes(needle));
}

/** Whether code of a language may hold a call, by its text. */
export async function mayCall(text: string, language: LanguageEntry): Promise<boolean> {
  if (!isCandidate(text, language)) return false;
  const importing = await language.importing?.();
  return importing?.mayCall(text) ?? true;
}

/** Whether code of any language holds what the legacy API has alone. */
export function holdsLegacy(text: string, unread: readonly UnreadEntry[]): boolean {
  return unread.some(({ needles }) => needles.some((needle) => text.includes(needle)));
}
