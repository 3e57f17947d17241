/** What something is called that held a prompt, once it holds messages; the same name where it does not speak of a prompt. */
export function nameOfMessages(name: string): string {
  return name
    .replace(/prompts?(?=$|[A-Z_0-9])/, 'messages')
    .replace(/Prompts?(?=$|[A-Z_0-9])/, 'Messages')
    .replace(/PROMPTS?(?=$|_)/, 'MESSAGES');
}

/** What the function is called that stands beside a builder and returns messages. */
export function nameOfTwin(name: string): string {
  const renamed = nameOfMessages(name);
  return renamed === name ? `${name}Messages` : renamed;
}
