/** JSON files of a model folder: bytes → checked values, with errors that name the file and the key. */
import * as v from 'valibot';
import { firstViolation } from '../platform/describe-issues.ts';
import { isPage } from '../platform/is-page.ts';
import { FILE_CHECKS } from './words.ts';

/** A JSON file of a model folder that cannot be read or asks for something unsupported. */
export class ModelConfigError extends Error {
  override readonly name = 'ModelConfigError';
}

/** @throws ModelConfigError when the bytes are not UTF-8 JSON. */
export function parseJsonBytes(file: string, bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (isPage(bytes)) throw new ModelConfigError(FILE_CHECKS.isPage(file));
    throw new ModelConfigError(FILE_CHECKS.notJson(file, (error as Error).message));
  }
}

/** @throws ModelConfigError naming the first key that does not fit the schema. */
export function validateJson<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const { path, what } = firstViolation(result.issues);
  throw new ModelConfigError(FILE_CHECKS.badKey(file, path, what));
}

/** A positive integer small enough that products of a few of them stay exact. */
export const Count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
