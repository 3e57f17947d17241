import { invalidRequest } from './api-error.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads the fields of one JSON object; whatever does not fit is the API's 400, naming the field by its path. */
export class Fields {
  private readonly prefix: string;
  private readonly nullIsAbsent: boolean;

  /**
   * @param options.prefix where the object stands, such as `messages.0.`; empty for the body
   * @param options.nullIsAbsent whether null stands for an absent field, as the legacy API read it
   */
  constructor(
    private readonly json: JsonObject,
    options: { readonly prefix?: string; readonly nullIsAbsent?: boolean } = {},
  ) {
    this.prefix = options.prefix ?? '';
    this.nullIsAbsent = options.nullIsAbsent ?? false;
  }

  /** @throws ApiError where a key is not among those of the API. */
  allowOnly(keys: readonly string[]): void {
    const extra = Object.keys(this.json).find((key) => !keys.includes(key));
    if (extra !== undefined) throw this.fault(extra, 'Extra inputs are not permitted');
  }

  has(key: string): boolean {
    if (!Object.hasOwn(this.json, key)) return false;
    return !(this.nullIsAbsent && this.json[key] === null);
  }

  /** Whether a field that may be null has a value. */
  hasValue(key: string): boolean {
    return this.has(key) && this.json[key] !== null;
  }

  /** The raw value. @throws ApiError where it is missing. */
  required(key: string): unknown {
    if (!this.has(key)) throw this.fault(key, 'Field required');
    return this.json[key];
  }

  string(key: string): string {
    const value = this.required(key);
    if (typeof value !== 'string') throw this.fault(key, 'Input should be a valid string');
    return value;
  }

  boolean(key: string): boolean {
    const value = this.required(key);
    if (typeof value !== 'boolean') throw this.fault(key, 'Input should be a valid boolean');
    return value;
  }

  integer(key: string, minimum: number): number {
    const value = this.required(key);
    if (typeof value !== 'number' || !Number.isInteger(value)) throw this.fault(key, 'Input should be a valid integer');
    if (value < minimum) throw this.fault(key, `Input should be greater than or equal to ${minimum}`);
    return value;
  }

  number(key: string, minimum: number, maximum: number): number {
    const value = this.required(key);
    if (typeof value !== 'number') throw this.fault(key, 'Input should be a valid number');
    if (value < minimum) throw this.fault(key, `Input should be greater than or equal to ${minimum}`);
    if (value > maximum) throw this.fault(key, `Input should be less than or equal to ${maximum}`);
    return value;
  }

  list(key: string): readonly unknown[] {
    const value = this.required(key);
    if (!Array.isArray(value)) throw this.fault(key, 'Input should be a valid list');
    return value;
  }

  strings(key: string): readonly string[] {
    return this.list(key).map((item, index) => {
      if (typeof item !== 'string') throw this.fault(`${key}.${index}`, 'Input should be a valid string');
      return item;
    });
  }

  /** The fields of a nested object. */
  object(key: string): Fields {
    return this.nested(key, this.required(key));
  }

  /** The fields of an element of a list that stands under `key`. */
  element(key: string, index: number, value: unknown): Fields {
    return this.nested(`${key}.${index}`, value);
  }

  fault(key: string, problem: string): Error {
    return invalidRequest(`${this.prefix}${key}: ${problem}`);
  }

  private nested(path: string, value: unknown): Fields {
    if (!isObject(value)) throw this.fault(path, 'Input should be a valid dictionary');
    return new Fields(value, { prefix: `${this.prefix}${path}.`, nullIsAbsent: this.nullIsAbsent });
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
