/** Whether something simpler explains CopRA: CopRA − every other arm of the preset Controls, measure by measure. */
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { controls } from '../../src/study/presets/controls.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { keptVariance, storedVariance } from '../../src/study/result/measures/arm-difference.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import { barrierMeasure, midpointMeasure } from '../../src/study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT, halfSparsityMeasure } from '../../src/study/result/measures/pruning.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { compare, countText, differenceText } from './comparison.ts';
import { markdownTable } from '../markdown-table.ts';

const SHOWN: readonly Measure[] = [
  TEST_ACCURACY,
  midpointMeasure('factor'),
  barrierMeasure('factor'),
  midpointMeasure('product'),
  EVERY_OTHER_KEPT,
  halfSparsityMeasure('factors'),
];

/** "Against LoRA with SAM, CopRA is better in 2 of 6 measures, worse in 1, and in 3 it cannot be told." */
function verdict(result: StudyResult, copra: string, other: { readonly id: string; readonly name: string }): string {
  const sides = SHOWN.flatMap((measure) => {
    const side = compare(result, measure, other.id, copra)?.side;
    return side === undefined || side === null ? [] : [measure.lowerIsBetter ? -side : side];
  });
  const [better, worse] = [1, -1].map((wanted) => sides.filter((side) => side === wanted).length);
  const clear = `better in ${better} of ${counted(sides.length, 'measure')}, worse in ${worse}`;
  return `- Against ${other.name}, CopRA is ${clear}, and in ${sides.length - better - worse} it cannot be told.`;
}

/** CopRA and what it is held against; null while there is no saved result. */
function controlled(results: ReadonlyMap<Preset, StudyResult>) {
  const result = results.get(controls);
  const copra = result?.config.arms.find(({ method }) => method === 'copra');
  if (!result || !copra) return null;
  const others = result.config.arms.filter(({ id }) => id !== copra.id);
  return { result, copra, others };
}

/**
 * Which differences from LoRA a control may explain: those in which CopRA does not clearly differ from it. An interval that contains 0 proves no explanation, so
 * the words are no stronger. Empty while there is no saved result.
 */
export function controlsSummary(results: ReadonlyMap<Preset, StudyResult>): string {
  const found = controlled(results);
  if (!found) return '';
  const { result, copra, others } = found;
  const [lora, ...simpler] = others;
  const told = SHOWN.flatMap((measure) => {
    const side = compare(result, measure, lora.id, copra.id)?.side;
    if (!side) return [];
    const same = (arm: string): boolean => compare(result, measure, arm, copra.id)?.side === side;
    const [remaining, open] = [true, false].map((isSame) => simpler.filter(({ id }) => same(id) === isSame));
    const against = (arms: typeof simpler): string => listed(arms.map(({ name }) => name));
    const parts = [
      ...(remaining.length > 0 ? [`also clear against ${against(remaining)}`] : []),
      ...(open.length > 0 ? [`not told apart from ${against(open)}`] : []),
    ];
    return [`${measure.name} (${side > 0 ? 'higher' : 'lower'}): ${parts.join(', ')}`];
  });
  return `Could something simpler do what CopRA does? Beside it stand ${listed(simpler.map(({ name }) => name))}. A clear difference between LoRA and CopRA that is as clear against a control is not explained by it; where CopRA does not clearly differ from a control, that control may explain it. ${told.join('; ')}.`;
}

/** Saved results of before keep what images add against the first arm alone. */
function boundsNote(result: StudyResult, copra: string): string {
  const isBound = result.config.arms.some(
    ({ id }) =>
      id !== copra &&
      keptVariance(result, TEST_ACCURACY.id, id, copra) !== null &&
      storedVariance(result, TEST_ACCURACY.id, id, copra) === null,
  );
  return isBound
    ? `This result keeps what the images add against ${result.config.arms[0].name} alone: against the others the intervals take the most that it can be ([statistics.md](statistics.md)). `
    : '';
}

/** A section of the page of results; empty while there is no saved result of the preset. */
export function controlsSection(results: ReadonlyMap<Preset, StudyResult>): string {
  const found = controlled(results);
  if (!found) return '';
  const { result, copra, others } = found;
  const rows = SHOWN.map((measure) => {
    const compared = others.map(({ id }) => compare(result, measure, id, copra.id));
    const texts = compared.map((row) => {
      const text = row ? differenceText(row.difference) : '–';
      return row?.side ? `**${text}**` : text;
    });
    const known = compared.find((row) => row !== null);
    return [measure.name, known ? countText(known) : '–', ...texts];
  });
  return `## Could something simpler explain it?

${copra.name} − every control ([study.md](study.md#controls)), in percentage points, with 95 % intervals over seeds and images where a cell says nothing else; **bold** where they exclude 0. ${boundsNote(result, copra.id)}A control that explains a finding leaves nothing of it in its column; a wide interval leaves that open.

${markdownTable(['measure', 'over', ...others.map(({ name }) => `against ${name}`)], rows)}

${others.map((other) => verdict(result, copra.id, other)).join('\n')}

`;
}
