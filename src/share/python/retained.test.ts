/** Which gains are clear in the Python export, in CPython alone, against this project. */
import { describe, expect, it } from 'vitest';
import { readText } from '../../../tests/support/files.ts';
import { hasPython, python, sayUnchecked } from '../../../tests/support/python.ts';
import { clearRetainedGain } from '../../copra/retained-gain.ts';
import { pythonLiteral } from './literal.ts';

if (!hasPython) sayUnchecked('the retained gains of the Python export');

const SOURCE = readText('src/share/python/analyses.py');

const cases = [1, 2, 3, 20, 400].flatMap((images) =>
  [0, 0.3, 0.5, 0.95, 1].flatMap((frozen) =>
    [0, 1, 2, 3, 30]
      .map((more) => frozen + more / images)
      .filter((full) => full <= 1)
      .map((full) => [0.4, frozen, full, images] as const),
  ),
);

describe.skipIf(!hasPython)('the Python script', () => {
  it('keeps the gains that the page keeps', () => {
    const start = SOURCE.indexOf('def retained(');
    const law = SOURCE.slice(start, SOURCE.indexOf('\n\n\n', start));
    const given = pythonLiteral(JSON.stringify(cases));
    const told = python(
      `import json, math\n${law}\nprint(json.dumps([retained(*case) for case in json.loads(${given})]))`,
    );
    const theirs = JSON.parse(told) as (number | null)[];
    const ours = cases.map((one) => clearRetainedGain(...one));
    expect(theirs.map((gain) => gain === null)).toEqual(ours.map((gain) => gain === null));
    ours.forEach((gain, i) => gain !== null && expect(theirs[i]).toBeCloseTo(gain, 12));
    expect(new Set(ours.map((gain) => gain === null)).size).toBe(2);
  });
});
