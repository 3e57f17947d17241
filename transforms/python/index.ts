import type { Transform } from '../transform.js';
import { lowerProject } from './lower-project.js';
import { loadGrammar, parse } from './parse.js';
import { surveyProject, type Survey } from './survey.js';

/** Python, through tree-sitter's grammar; loaded only where there is a candidate. */
export async function loadPython(): Promise<Transform<Survey>> {
  await loadGrammar();
  return {
    survey: surveyProject,
    lower: lowerProject,
    parses: ({ text }) => parse(text).error === undefined,
  };
}
