import type { Transform } from '../transform.js';
import { lowerProject } from './lower-project.js';
import { syntaxErrors } from './parse.js';
import { surveyProject, type Survey } from './survey.js';

/** TypeScript and JavaScript, through the compiler's own parser and checker. */
export const typescript: Transform<Survey> = {
  survey: surveyProject,
  lower: lowerProject,
  parses: ({ path, text }) => syntaxErrors(path, text).length === 0,
};
