/** Whether something simpler explains CopRA: CopRA − every other arm of the preset Controls, measure by measure. */
import { counted } from '../../src/core/counted.ts';
import { controls } from '../../src/study/presets/controls.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
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

/** In two sentences: which differences from LoRA a control has as well. Empty while there is no saved result. */
export function controlsSummary(results: ReadonlyMap<Preset, StudyResult>): string {
  const found = controlled(results);
  if (!found) return '';
  const { result, copra, others } = found;
  const [lora, ...simpler] = others;
  const explained = SHOWN.flatMap((measure) => {
    const side = compare(result, measure, lora.id, copra.id)?.side;
    if (!side) return [];
    const by = simpler
      .filter(({ id }) => compare(result, measure, id, copra.id)?.side !== side)
      .map(({ name }) => name);
    const what = `${measure.name} (${side > 0 ? 'higher' : 'lower'})`;
    return [`${what} ${by.length > 0 ? `is explained by ${by.join(' or ')}` : 'by none of them'}`];
  });
  return `Could something simpler do what CopRA does? Beside it stand ${simpler.map(({ name }) => name).join(', ')}. One of them explains a difference between LoRA and CopRA if CopRA does not clearly differ from it there: ${explained.join('; ')}.`;
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

${copra.name} − every control ([study.md](study.md#controls)), in percentage points, with 95 % intervals; **bold** where they exclude 0. A control that explains a finding leaves nothing of it in its column.

${markdownTable(['measure', 'over', ...others.map(({ name }) => `against ${name}`)], rows)}

${others.map((other) => verdict(result, copra.id, other)).join('\n')}

`;
}
