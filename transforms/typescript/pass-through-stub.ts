/**
 * What the checker is told of packages and modules that run a function and give what it gives: retries, queues, limits,
 * timers; and under which types functions of the program are that do so. Names and shapes follow the packages' documentation; what may give nothing says so. Their other members are
 * error types, as everything that is not declared.
 */
export const PASS_THROUGH_PATH = '/.sdk/pass-through.d.ts';

export const PASS_THROUGH_TEXT = `
declare namespace __passThrough {
  type Given<T> = T | PromiseLike<T>;
  interface RunsFirst { <T>(run: (...given: any[]) => Given<T>, ...more: any[]): Promise<T> }
  interface RunsSecond { <T>(settings: any, run: (...given: any[]) => Given<T>): Promise<T> }
  interface RunsForEach {
    <I, T>(over: Iterable<Given<I>> | AsyncIterable<I>, run: (item: I, index: number) => Given<T>, settings?: any): Promise<T[]>;
  }
  interface RunsWithRetry { <T>(run: (retry: (error: any) => never, attempt: number) => Given<T>, settings?: any): Promise<T> }
  interface WaitsFor {
    <T>(promise: PromiseLike<T>, milliseconds: number): Promise<T>;
    <T>(promise: PromiseLike<T>, settings: { fallback?: undefined; [key: string]: any }): Promise<T>;
    (promise: any, settings: any, fallback?: any): any;
  }
  interface Queue { add<T>(run: (...given: any[]) => Given<T>, settings?: any): Promise<T | void> }
  interface Limiter {
    schedule<T>(run: (...given: any[]) => Given<T>, ...more: any[]): Promise<T>;
    schedule<T>(settings: object, run: (...given: any[]) => Given<T>, ...more: any[]): Promise<T>;
  }
  interface Policy { execute<T>(run: (...given: any[]) => Given<T>, signal?: any): Promise<T> }
  interface Store { run<R>(store: any, run: (...given: any[]) => R, ...more: any[]): R }
  interface Tracer {
    startActiveSpan<R>(name: any, run: (span: any) => R): R;
    startActiveSpan<R>(name: any, settings: any, run: (span: any) => R): R;
    startActiveSpan<R>(name: any, settings: any, context: any, run: (span: any) => R): R;
  }
  interface StartsSpan { <R>(settings: any, run: (span: any) => R): R }
  type Promises0 = RunsFirst;
  interface Promises1 { <T>(first: any, run: (...given: any[]) => Given<T>, ...more: any[]): Promise<T> }
  interface Gives0 { <R>(run: (...given: any[]) => R, ...more: any[]): R }
  interface Gives1 { <R>(first: any, run: (...given: any[]) => R, ...more: any[]): R }
  interface Promises2 { <T>(first: any, second: any, run: (...given: any[]) => Given<T>, ...more: any[]): Promise<T> }
  interface Gives2 { <R>(first: any, second: any, run: (...given: any[]) => R, ...more: any[]): R }
}
declare module 'p-retry' { const retry: __passThrough.RunsFirst; export = retry }
declare module 'async-retry' { const retry: __passThrough.RunsWithRetry; export = retry }
declare module 'promise-retry' { const retry: __passThrough.RunsWithRetry; export = retry }
declare module 'exponential-backoff' { export const backOff: __passThrough.RunsFirst }
declare module 'ts-retry-promise' { export const retry: __passThrough.RunsFirst }
declare module 'radash' { export const retry: __passThrough.RunsSecond }
declare module 'p-limit' { const limit: (...settings: any[]) => __passThrough.RunsFirst; export = limit }
declare module 'p-map' { const map: __passThrough.RunsForEach; export = map }
declare module 'p-timeout' { const timeout: __passThrough.WaitsFor; export = timeout }
declare module 'p-queue' { class PQueue {} interface PQueue extends __passThrough.Queue {} export = PQueue }
declare module 'bottleneck' { class Bottleneck {} interface Bottleneck extends __passThrough.Limiter {} export = Bottleneck }
declare module 'cockatiel' {
  export const bulkhead: (...settings: any[]) => __passThrough.Policy;
  export const circuitBreaker: (...settings: any[]) => __passThrough.Policy;
  export const retry: (...settings: any[]) => __passThrough.Policy;
  export const timeout: (...settings: any[]) => __passThrough.Policy;
  export const wrap: (...policies: any[]) => __passThrough.Policy;
}
declare module 'async_hooks' { export class AsyncLocalStorage<T> {} export interface AsyncLocalStorage<T> extends __passThrough.Store {} }
declare module 'node:async_hooks' { export * from 'async_hooks' }
declare module '@opentelemetry/api' { export const trace: { getTracer(...named: any[]): __passThrough.Tracer } }
declare module '@sentry/node' { export const startSpan: __passThrough.StartsSpan }
declare module '@sentry/nextjs' { export const startSpan: __passThrough.StartsSpan }
`;
