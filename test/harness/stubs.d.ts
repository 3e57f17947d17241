/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-invalid-void-type, no-restricted-exports -- these packages have default exports, and their types do not matter */
// Packages that fixtures import beside the SDK. Their own types do not matter here: everything is `any`.
declare module '@aws-sdk/client-bedrock-runtime';
declare module '@anthropic-ai/tokenizer';
declare module '@anthropic-ai/vertex-sdk';
declare module '@nestjs/common';
declare module '@jest/globals';
declare module 'ai';
declare module 'ai/prompts';
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

declare module 'bottleneck' {
  export default class Bottleneck {
    constructor(options?: Record<string, unknown>);
    schedule<R>(fn: () => PromiseLike<R>): Promise<R>;
    schedule<R>(options: { priority?: number }, fn: () => PromiseLike<R>): Promise<R>;
  }
}

declare module 'got' {
  interface Sent extends Promise<any> {
    json<T = unknown>(): Promise<T>;
    text(): Promise<string>;
  }
  interface Got {
    (url: string, options?: any): Sent;
    post(url: string, options?: any): Sent;
    extend(options: any): Got;
  }
  const got: Got;
  export default got;
}

declare module 'p-limit' {
  type Limit = <A extends unknown[], R>(fn: (...args: A) => PromiseLike<R> | R, ...args: A) => Promise<R>;
  export default function pLimit(concurrency: number): Limit;
}

declare module 'p-map' {
  export default function pMap<E, N>(
    input: Iterable<E | PromiseLike<E>>,
    mapper: (element: E, index: number) => N | PromiseLike<N>,
    options?: { concurrency?: number },
  ): Promise<N[]>;
}

declare module 'p-queue' {
  export default class PQueue {
    constructor(options?: { concurrency?: number });
    add<T>(fn: () => PromiseLike<T> | T): Promise<T | void>;
  }
}

declare module 'p-retry' {
  export default function pRetry<T>(
    input: (attempt: number) => PromiseLike<T> | T,
    options?: { retries?: number },
  ): Promise<T>;
}

declare module 'p-timeout' {
  export default function pTimeout<T, F = T>(
    input: PromiseLike<T>,
    options: { milliseconds: number; fallback?: () => F | Promise<F> },
  ): Promise<T | F>;
}

declare namespace JSX {
  type IntrinsicElements = Record<string, unknown>;
}
