import type { LogEntry } from '../reference/log.js';

/** Ids that the reference server makes up. */
const ID = /\b(?:compl|msg|req)_reference\d+/g;

/**
 * What a program printed, with those things blotted out that every migration changes: model ids and response ids.
 * @param requests what was asked in the run and in the run to compare it with
 */
export function blotted(text: string, requests: readonly LogEntry[]): string {
  const models = requests.flatMap((request) => ('model' in request ? [request.model] : []));
  return [...new Set(models)]
    .sort((a, b) => b.length - a.length)
    .reduce((result, model) => result.replaceAll(model, '<model>'), text.replace(ID, '<id>'));
}

/** So much of an answer has to stand behind a space for the space to be the legacy API's; programs may cut the rest off. */
const RECOGNISED = 3;

/**
 * Whether two texts are the same but for the one space that the legacy API puts before an answer: in what a program
 * printed, and in a prompt that holds an earlier answer.
 * @param answers what the model said in the legacy run, without that space
 */
export function sameButForLeadingSpaces(legacy: string, migrated: string, answers: readonly string[]): boolean {
  const beginnings = [...new Set(answers.flatMap(beginningsOf))];
  let at = 0;
  let from = 0;
  while (at < legacy.length || from < migrated.length) {
    if (legacy[at] === migrated[from]) from++;
    else if (legacy[at] !== ' ' || !beginnings.some((beginning) => legacy.startsWith(beginning, at + 1))) return false;
    at++;
  }
  return true;
}

/** How an answer may begin in print: as it is, or as JSON writes it. */
function beginningsOf(answer: string): readonly string[] {
  if (answer === '') return [];
  const beginning = Array.from(answer).slice(0, RECOGNISED).join('');
  return [beginning, JSON.stringify(beginning).slice(1, -1)];
}
