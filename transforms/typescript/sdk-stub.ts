/**
 * The legacy half of the SDK as a declaration file: all that the checker is ever told about it.
 * It is ours, not the installed package's, so results do not depend on what is installed. Names and
 * shapes follow the API reference (Completions) and SDK 0.4 to 0.137; everything else is `any`.
 */
export const STUB_PATH = '/.sdk/stub.d.cts';

export const STUB_TEXT = `
declare class APIPromise<T> extends Promise<T> {
  asResponse(): Promise<APIResponse<T>>;
  withResponse(): Promise<{ data: T; response: any; request_id: string | null | undefined }>;
}
declare class APIResponse<T> {
  json(): Promise<T>;
  [key: string]: any;
}
declare class Anthropic {
  constructor(options?: any, more?: any);
  completions: Anthropic.Completions;
  messages: any;
  beta: any;
  models: any;
  apiKey: any;
  baseURL: any;
  complete(params: Anthropic.LegacyRequest, options?: any): Promise<Anthropic.LegacyResponse>;
  completeStream(params: Anthropic.LegacyRequest, options?: any): Promise<Anthropic.LegacyResponse>;
}
declare namespace Anthropic {
  export const HUMAN_PROMPT: string;
  export const AI_PROMPT: string;
  export type LegacyRequest = any;
  export interface LegacyResponse { completion: any; stop: any; stop_reason: any; truncated: any; exception: any; log_id: any; model: any }
  export interface CompletionChunk {
    id: string; completion: string; model: string; stop_reason: string | null; type: 'completion';
    stop: string | null; log_id: string; truncated: boolean; exception: string | null;
  }
  export interface Completion {
    id: string; completion: string; model: string; stop_reason: string | null; type: 'completion';
    stop: string | null; log_id: string; truncated: boolean; exception: string | null;
  }
  export class Stream<T> implements AsyncIterable<T> {
    controller: any;
    [Symbol.asyncIterator](): AsyncIterator<T>;
    tee(): [Stream<T>, Stream<T>];
    toReadableStream(): any;
  }
  /** What a request without the SDK gives: of fetch and its like, of axios, and text that holds JSON. */
  export class HttpResponse<T> {
    json<Own = T>(): Promise<T>;
    text(): Promise<JsonText<T>>;
    clone(): HttpResponse<T>;
    [key: string]: any;
  }
  export class JsonText<T> extends String {
    readonly json: T;
    trim(): any;
    toString(): any;
  }
  /** What the analysis knows in place of what the program says. */
  export type Second<Said, Known> = Known;
  /** A stream that the program takes apart by itself: its chunks are not followed, but what reads its body is. */
  export class RawStream<T> {
    readonly chunk: T;
    [key: string]: any;
  }
  export class AxiosResponse<T> {
    data: T;
    [key: string]: any;
  }
  export class GotResponse<B> {
    body: B;
    [key: string]: any;
  }
  export class SuperagentResponse<T> {
    body: T;
    text: JsonText<T>;
    [key: string]: any;
  }
  export type SuperagentRequest<T> = Promise<SuperagentResponse<T>> & SuperagentEnd<T>;
  export interface SuperagentEnd<T> { end(callback: (error: any, response: SuperagentResponse<T>) => any): any }
  /** A request that is built step by step. */
  export interface SuperagentBuild<T> extends Promise<SuperagentResponse<T>>, SuperagentEnd<T> {
    set(...given: any[]): SuperagentBuild<T>;
    send(...given: any[]): SuperagentBuild<T>;
    type(...given: any[]): SuperagentBuild<T>;
    accept(...given: any[]): SuperagentBuild<T>;
    retry(...given: any[]): SuperagentBuild<T>;
    timeout(...given: any[]): SuperagentBuild<T>;
    ok(...given: any[]): SuperagentBuild<T>;
    buffer(...given: any[]): SuperagentBuild<T>;
    redirects(...given: any[]): SuperagentBuild<T>;
    withCredentials(...given: any[]): SuperagentBuild<T>;
    auth(...given: any[]): SuperagentBuild<T>;
  }
  export class UndiciResponse<T> {
    body: HttpResponse<T>;
    [key: string]: any;
  }
  export type GotRequest<T, B> = Promise<GotResponse<B>> & JsonSource<T>;
  export type KyRequest<T> = Promise<HttpResponse<T>> & JsonSource<T>;
  export interface JsonSource<T> { json<Own = T>(): Promise<T>; text(): Promise<JsonText<T>> }
  /** What a command of Amazon Bedrock gives. */
  export class InvokeModelAnswer<T> {
    body: JsonBytes<T>;
    [key: string]: any;
  }
  export class JsonBytes<T> {
    readonly json: T;
    toString(encoding?: any): JsonText<T>;
    transformToString(encoding?: any): JsonText<T>;
    [key: string]: any;
  }
  export type Decoded<B> = 0 extends 1 & B ? string : B extends JsonBytes<infer T> ? JsonText<T> : string;
  export type Buffered<B> = 0 extends 1 & B ? any : B extends JsonBytes<any> ? B : any;
  export type Parsed<X> = 0 extends 1 & X ? any : X extends JsonText<infer T> ? T : any;
  export class Completions {
    create(body: CompletionCreateParamsBase & { stream?: false | null }, options?: any): APIPromise<Completion>;
    create(body: CompletionCreateParamsBase & { stream: true }, options?: any): APIPromise<Stream<CompletionChunk>>;
    create(body: CompletionCreateParamsBase, options?: any): APIPromise<Completion | Stream<CompletionChunk>>;
  }
  export interface CompletionCreateParamsBase {
    max_tokens_to_sample?: number; model?: string; prompt?: string;
    metadata?: CompletionCreateParams.Metadata; stop_sequences?: string[]; stream?: boolean | null;
    temperature?: number; top_k?: number; top_p?: number; betas?: string[]; tags?: any; [key: string]: any;
  }
  export type CompletionCreateParams = CompletionCreateParamsBase;
  export interface CompletionCreateParamsNonStreaming extends CompletionCreateParamsBase { stream?: false }
  export interface CompletionCreateParamsStreaming extends CompletionCreateParamsBase { stream: true }
  export namespace CompletionCreateParams {
    export interface Metadata { user_id?: string | null }
    export interface CompletionRequestNonStreaming extends CompletionCreateParamsBase { stream?: false }
    export interface CompletionRequestStreaming extends CompletionCreateParamsBase { stream: true }
    export { CompletionCreateParamsNonStreaming, CompletionCreateParamsStreaming };
  }
  export namespace Completions {
    export { Completion, CompletionCreateParams, CompletionCreateParamsNonStreaming, CompletionCreateParamsStreaming };
  }
  export type Metadata = any;
  export type Message = any;
  export type MessageParam = any;
  export type Model = string;
  export type RequestOptions = any;
  export type ClientOptions = any;
  export class Client {
    constructor(apiKey?: any, options?: any);
    complete(params: CompletionCreateParamsNonStreaming, options?: any): Promise<Completion>;
    completeStream(params: CompletionCreateParamsNonStreaming, options?: any): Promise<Completion>;
  }
  export interface SamplingParameters extends CompletionCreateParamsNonStreaming {}
  export interface CompletionResponse extends Completion {}
  export type OnOpen = (response: any) => any;
  export type OnUpdate = (completion: CompletionResponse) => any;
  export class AnthropicBedrock extends Anthropic {}
  export { Anthropic, Anthropic as default };
  export const APIError: any;
  export const APIUserAbortError: any;
  export const RateLimitError: any;
}
export = Anthropic;
`;

/** Enough of a host for inference; everything else that a program names is an error type, which is as good as any. */
export const AMBIENT_PATH = '/.sdk/ambient.d.ts';
export const AMBIENT_TEXT = `
declare const process: { env: Record<string, string | undefined>; argv: string[]; [key: string]: any };
declare const console: { log(...args: any[]): void; error(...args: any[]): void; warn(...args: any[]): void; info(...args: any[]): void; debug(...args: any[]): void; [key: string]: any };
declare var require: any;
declare var Response: any;
type Response = import('@anthropic-ai/sdk').HttpResponse<import('@anthropic-ai/sdk').Completion>;
interface JSON { parse<X>(text: X): import('@anthropic-ai/sdk').Parsed<X> }
interface BufferConstructor { from<B>(bytes: B, ...more: any[]): import('@anthropic-ai/sdk').Buffered<B>; [key: string]: any }
declare const Buffer: BufferConstructor;
declare class TextDecoder { constructor(...settings: any[]); decode<B>(bytes?: B, options?: any): import('@anthropic-ai/sdk').Decoded<B>; [key: string]: any }
`;
