import { ts } from '../ts.js';
import { STUB_PATH } from '../sdk-stub.js';

/** What an expression holds of a legacy answer, by its type in the SDK's stub. */
export interface Answer {
  /**
   * either: a completion or a stream, as `stream: flag` gives; response: the HTTP response of `asResponse()`; http: that
   * of a request without the SDK; json: text, or the bytes of it, that holds the answer as JSON;
   * raw: a response whose body is a stream of it.
   */
  readonly kind: 'completion' | 'chunk' | 'stream' | 'either' | 'response' | 'http' | 'json' | 'raw';
  /** none: the value itself; promise: a promise of it; container: something that has it inside, or gives it when called. */
  readonly wrapper: 'none' | 'promise' | 'container';
  /** Whether it may also be null or undefined. */
  readonly isNullable: boolean;
  /** Whether the promise may give null or undefined instead. */
  readonly givesNothing: boolean;
}

export type AnswerReader = (type: ts.Type) => Answer | undefined;

const DEEPEST = 5;
const NULLISH = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void;
const OPAQUE = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never;
const SDK_KINDS: Readonly<Record<string, Answer['kind']>> = {
  Completion: 'completion',
  CompletionChunk: 'chunk',
  Stream: 'stream',
  HttpResponse: 'http',
  JsonText: 'json',
  RawStream: 'raw',
  AxiosResponse: 'http',
  GotResponse: 'http',
  SuperagentResponse: 'http',
  UndiciResponse: 'http',
  InvokeModelAnswer: 'http',
  JsonBytes: 'json',
};
const PROMISES = new Set(['Promise', 'PromiseLike', 'APIPromise']);

/**
 * Reads the answer out of a type: through unions with null, promises, and the generic types and functions of the
 * language. What a program's own classes and interfaces hold is no part of them here: their members are asked one by one.
 */
export function createAnswerReader(checker: ts.TypeChecker, isLibrary: (file: ts.SourceFile) => boolean): AnswerReader {
  const cache = new Map<ts.Type, Answer | undefined>();

  const read = (type: ts.Type, depth: number): Answer | undefined => {
    if (depth > DEEPEST || type.flags & OPAQUE) return undefined;
    if (cache.has(type)) return cache.get(type);
    const answer = readNew(type, depth);
    if (depth === 0 || answer) cache.set(type, answer);
    return answer;
  };

  const readNew = (type: ts.Type, depth: number): Answer | undefined => {
    if (type.isUnion()) return readUnion(type.types, depth);
    if (type.isIntersection()) return inside(firstOf(type.types, depth));
    if (!(type.flags & ts.TypeFlags.Object)) return undefined;
    const symbol = type.getSymbol();
    const file = symbol?.declarations?.[0]?.getSourceFile();
    const kind = symbol && file?.fileName === STUB_PATH ? SDK_KINDS[symbol.name] : undefined;
    const isOwn = file !== undefined && !isLibrary(file);
    const held = isOwn || kind === 'completion' || kind === 'chunk' ? undefined : firstOf(heldBy(type), depth);
    if (kind && (kind !== 'stream' || held)) return value(kind);
    if (symbol?.name === 'SuperagentBuild' && file?.fileName === STUB_PATH) return inPromise(value('http'));
    if (held && symbol && PROMISES.has(symbol.name)) return inPromise(held);
    if (held && symbol?.name === 'APIResponse') return value('response');
    return inside(held ?? readCalled(type, depth));
  };

  const heldBy = (type: ts.Type): readonly ts.Type[] => {
    const { objectFlags } = type as ts.ObjectType;
    if (objectFlags & ts.ObjectFlags.Reference) return checker.getTypeArguments(type as ts.TypeReference);
    if (!(objectFlags & ts.ObjectFlags.Anonymous)) return [];
    return type
      .getProperties()
      .filter(isStubProperty)
      .map((property) => checker.getTypeOfSymbol(property));
  };

  const readCalled = (type: ts.Type, depth: number): Answer | undefined => {
    const signatures = type.getCallSignatures();
    if (signatures.some(({ declaration }) => declaration && isLibrary(declaration.getSourceFile()))) return undefined;
    return firstOf(
      signatures.map((signature) => checker.getReturnTypeOfSignature(signature)),
      depth,
    );
  };

  const readUnion = (types: readonly ts.Type[], depth: number): Answer | undefined => {
    const members = types.filter((type) => !(type.flags & NULLISH));
    const answers = members.map((type) => read(type, depth + 1));
    const found = answers.filter((answer) => answer !== undefined);
    const [first] = found;
    if (!first) return undefined;
    const isAll = found.length === members.length && found.every(({ wrapper }) => wrapper === first.wrapper);
    return {
      kind: commonKind(new Set(found.map(({ kind }) => kind))),
      wrapper: isAll ? first.wrapper : 'container',
      isNullable: members.length < types.length || found.some(({ isNullable }) => isNullable),
      givesNothing: found.some(({ givesNothing }) => givesNothing),
    };
  };

  const firstOf = (types: readonly ts.Type[], depth: number): Answer | undefined => {
    for (const type of types) {
      const answer = read(type, depth + 1);
      if (answer) return answer;
    }
    return undefined;
  };

  return (type) => read(type, 0);
}

function value(kind: Answer['kind']): Answer {
  return { kind, wrapper: 'none', isNullable: false, givesNothing: false };
}

function commonKind(kinds: ReadonlySet<Answer['kind']>): Answer['kind'] {
  if (kinds.has('response')) return 'response';
  if (kinds.has('either') || (kinds.has('stream') && kinds.size > 1)) return 'either';
  return kinds.has('chunk') ? 'chunk' : kinds.has('stream') ? 'stream' : 'completion';
}

function isStubProperty(property: ts.Symbol): boolean {
  return property.declarations?.[0]?.getSourceFile().fileName === STUB_PATH;
}

function inside(held: Answer | undefined): Answer | undefined {
  return held && { ...held, wrapper: 'container' };
}

function inPromise(held: Answer): Answer {
  return {
    ...held,
    wrapper: held.wrapper === 'none' ? 'promise' : 'container',
    isNullable: false,
    givesNothing: held.isNullable,
  };
}
