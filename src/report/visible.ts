/**
 * Text of a repository as a terminal may see it: paths and messages can hold anything, escape sequences too.
 * A line end and what surrounds it becomes one space.
 */
export function visible(text: string): string {
  return text.replace(/\s*[\r\n]\s*/g, ' ').replace(CONTROL, escape);
}

// eslint-disable-next-line no-control-regex -- they are what is looked for.
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
