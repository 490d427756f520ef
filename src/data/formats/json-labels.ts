/** The values of a JSON object that could be labels: short text, whole numbers and truth values, also one level down ("meta.label"). */

const LONGEST = 200;

/** @returns null when the text is no JSON object */
export function jsonLabels(text: string): [string, string][] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  return isObject(parsed) ? labelsOf(parsed) : null;
}

/** Whether JSON is an object, neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function labelsOf(object: Record<string, unknown>): [string, string][] {
  return Object.entries(object).flatMap(([key, value]): [string, string][] => {
    const label = labelText(value);
    if (label !== null) return [[key, label]];
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([inner, deep]): [string, string][] => {
      const text = labelText(deep);
      return text === null ? [] : [[`${key}.${inner}`, text]];
    });
  });
}

function labelText(value: unknown): string | null {
  if (typeof value === 'string') return value.length <= LONGEST ? value.trim() : null;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value))) return String(value);
  return null;
}
