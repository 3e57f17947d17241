/** What something is called that held a prompt, once it holds messages; the same name where it does not speak of a prompt. */
export function nameOfMessages(name: string): string {
  return name
    .replace(/(?<![a-z])prompts?(?![a-z])/, 'messages')
    .replace(/Prompts?(?![a-z])/, 'Messages')
    .replace(/(?<![A-Z])PROMPTS?(?![A-Z])/, 'MESSAGES');
}

/** What the function is called that stands beside a builder and returns messages. */
export function nameOfTwin(name: string): string {
  const renamed = nameOfMessages(name);
  return renamed === name ? `${name}_messages` : renamed;
}
