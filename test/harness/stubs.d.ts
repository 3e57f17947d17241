/* eslint-disable @typescript-eslint/no-explicit-any, no-restricted-exports -- these packages have default exports, and their types do not matter */
// Packages that fixtures import beside the SDK. Their own types do not matter here: everything is `any`.
declare module '@aws-sdk/client-bedrock-runtime';
declare module '@anthropic-ai/tokenizer';
declare module '@anthropic-ai/vertex-sdk';
declare module '@nestjs/common';
declare module '@jest/globals';
declare module 'ai';
declare module 'ai/prompts';
declare module 'got';
declare module 'langchain/*';
declare module 'next/server';
declare module 'nock';
declare module 'openai';
declare module 'react';

declare module 'express' {
  namespace express {
    type Request = any;
    type Response = any;
  }
  function express(): any;
  export = express;
}

declare module '@anthropic-ai/bedrock-sdk' {
  import Anthropic from '@anthropic-ai/sdk';
  export class AnthropicBedrock extends Anthropic {
    constructor(options?: Record<string, unknown>);
  }
  export default AnthropicBedrock;
}

declare namespace JSX {
  type IntrinsicElements = Record<string, unknown>;
}
