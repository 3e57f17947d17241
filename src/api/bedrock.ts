/** What a Messages body says on Amazon Bedrock in place of a header (AWS documentation, Anthropic Claude Messages API). */
export const BEDROCK_VERSION = 'bedrock-2023-05-31';

/** The limit that Bedrock took for a legacy body without one (AWS documentation, Anthropic Claude Text Completions API). */
export const BEDROCK_DEFAULT_LIMIT = 200;
