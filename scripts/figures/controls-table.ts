/** Whether something simpler explains CopRA: CopRA − every other arm of the preset Controls, measure by measure. */
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { controls } from '../../src/study/presets/controls.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { keptVariance, storedVariance } from '../../src/study/result/measures/arm-difference.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import { barrierMeasure, midpointMeasure } from '../../src/study/result/measures/paths.ts';
import {
  EVERY_OTHER_ACCURACY,
  EVERY_OTHER_KEPT,
  halfSparsityMeasure,
} from '../../src/study/result/measures/pruning.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { compare, countText, differenceCell, differenceText, isOfThese, signed, type Compared } from './comparison.ts';
import { markdownTable } from '../markdown-table.ts';

const SHOWN: readonly Measure[] = [
  TEST_ACCURACY,
  midpointMeasure('factor'),
  barrierMeasure('factor'),
  midpointMeasure('product'),
  EVERY_OTHER_ACCURACY,
  EVERY_OTHER_KEPT,
  halfSparsityMeasure('factors'),
];

/** "Against LoRA with SAM, CopRA is better in 2 of 6 measures, worse in 1, and in 3 it cannot be told." What is clear on these images alone is counted apart. */
function verdict(result: StudyResult, copra: string, other: { readonly id: string; readonly name: string }): string {
  const found = SHOWN.flatMap((measure) => {
    const row = compare(result, measure, other.id, copra);
    return !row || row.side === null ? [] : [{ side: measure.lowerIsBetter ? -row.side : row.side, row }];
  });
  const [better, worse] = [1, -1].map((wanted) => found.filter(({ side, row }) => side === wanted && !isOfThese(row)));
  const these = found.filter(({ side, row }) => side !== 0 && isOfThese(row));
  const clear = `better in ${better.length} of ${counted(found.length, 'measure')}, worse in ${worse.length}`;
  const apart = these.length > 0 ? `, in ${these.length} it is clear on these images alone` : '';
  const open = found.length - better.length - worse.length - these.length;
  return `- Against ${other.name}, CopRA is ${clear}${apart}, and in ${open} it cannot be told.`;
}

/** CopRA and what it is held against; null while there is no saved result. */
function controlled(results: ReadonlyMap<Preset, StudyResult>) {
  const result = results.get(controls);
  const copra = result?.config.arms.find(({ method }) => method === 'copra');
  if (!result || !copra) return null;
  const others = result.config.arms.filter(({ id }) => id !== copra.id);
  return { result, copra, others };
}

const [CLEAR, CLEAR_HERE, EXCEEDED, MATCHED, TOO_SMALL, OPEN] = [
  'also clear against',
  'clear on these images alone against',
  'exceeded by',
  'matched by',
  'too much for',
  'perhaps explained by',
] as const;
const SAID_IN_ORDER = [CLEAR, CLEAR_HERE, EXCEEDED, MATCHED, TOO_SMALL, OPEN];

type Shown = Pick<Compared, 'side' | 'difference'>;

/**
 * What a control says of a finding: how CopRA differs from it (`beside`), and how it itself differs from LoRA (`own`).
 * @internal Tests play differences that no saved result has.
 */
export function wordsOf(finding: Shown, beside: Shown | null, own: Shown | null): (typeof SAID_IN_ORDER)[number] {
  if (beside && beside.side === finding.side) return isOfThese(beside) ? CLEAR_HERE : CLEAR;
  if (own && own.side === finding.side && !isOfThese(own))
    return beside?.side && !isOfThese(beside) ? EXCEEDED : MATCHED;
  return own && !mayReach(own, finding) ? TOO_SMALL : OPEN;
}

/** Whether a control may differ from LoRA by as much as CopRA does. An interval over seeds alone is too short to rule it out. */
function mayReach(control: Shown, finding: Shown): boolean {
  if (control.side === null || isOfThese(control)) return true;
  const { low, high } = control.difference;
  return finding.side === 1 ? high >= finding.difference.mean : low <= finding.difference.mean;
}

interface ToldControl {
  readonly id: string;
  readonly name: string;
  readonly words: (typeof SAID_IN_ORDER)[number];
  /** The control − LoRA. */
  readonly own: Compared | null;
}

/** Every clear difference of CopRA from LoRA, and what each control says of it. */
function toldFindings({ result, copra, others: [lora, ...simpler] }: NonNullable<ReturnType<typeof controlled>>) {
  return SHOWN.flatMap((measure) => {
    const finding = compare(result, measure, lora.id, copra.id);
    if (!finding?.side || isOfThese(finding)) return [];
    const said = simpler.map(({ id, name }): ToldControl => {
      const own = compare(result, measure, lora.id, id);
      return { id, name, words: wordsOf(finding, compare(result, measure, id, copra.id), own), own };
    });
    return [{ measure, finding, said }];
  });
}

/**
 * Which differences from LoRA a control does as well: those in which it clearly differs from LoRA itself. Others it may explain: those in which CopRA does not
 * clearly differ from it, and it may differ from LoRA by as much itself. Two intervals that contain 0 prove no explanation, so the words are no stronger. Empty while there is no saved result.
 */
export function controlsSummary(results: ReadonlyMap<Preset, StudyResult>): string {
  const found = controlled(results);
  if (!found) return '';
  const told = toldFindings(found).map(({ measure, finding, said }) => {
    const parts = SAID_IN_ORDER.flatMap((words) => {
      const arms = said
        .filter((one) => one.words === words)
        .map(({ name, own }) => {
          const isShown = own && (words === EXCEEDED || words === MATCHED || words === TOO_SMALL);
          return isShown ? `${name} [itself ${differenceText(own.difference)}]` : name;
        });
      return arms.length > 0 ? [`${words} ${listed(arms)}`] : [];
    });
    const { mean } = finding.difference;
    return `${measure.name} (${signed(mean)}): ${parts.join(', ')}`;
  });
  const [, ...simpler] = found.others;
  return `Could something simpler do what CopRA does? Beside it stand ${listed(simpler.map(({ name }) => name))}. A clear difference between LoRA and CopRA that is as clear against a control is not explained by it. A control matches it if it clearly differs from LoRA in the same direction itself, and exceeds it if CopRA clearly falls behind it as well. Of the others from which CopRA does not clearly differ, one may explain it if it can differ from LoRA by as much itself. In brackets stands the control’s own difference from LoRA, where that is clear or too small. ${told.join('; ')}.`;
}

/** The controls that do as much as CopRA, or more, in a sentence for who reads nothing else, with what they cost. Empty where none does. */
export function simplerSentence(results: ReadonlyMap<Preset, StudyResult>): string {
  const found = controlled(results);
  if (!found) return '';
  const { result, copra } = found;
  const [lora] = found.others;
  const told = toldFindings(found).flatMap(({ measure, said }) => {
    const arms = said.filter(({ words }) => words === EXCEEDED || words === MATCHED);
    return arms.length > 0 ? [{ measure, arms }] : [];
  });
  if (told.length === 0) return '';
  const ahead = (measure: Measure, arms: readonly { readonly id: string; readonly name: string }[]): string =>
    [copra, ...arms]
      .map(({ id, name }) => {
        const row = compare(result, measure, lora.id, id);
        return `${name} ${row ? differenceText(row.difference) : '–'}`;
      })
      .join(', ');
  const all = found.others.filter(({ id }) => told.some(({ arms }) => arms.some((arm) => arm.id === id)));
  const texts = told.map(({ measure, arms }) => `“${measure.name}”: ${ahead(measure, arms)}`);
  return `Something simpler does as much in the study “Controls”. Points more than LoRA in ${texts.join('; ')}. With every layer on: ${ahead(TEST_ACCURACY, all)}.`;
}

/** Saved results of before keep what images add against the first arm alone. */
function approximationNote(result: StudyResult, copra: string): string {
  const isApproximated = result.config.arms.some(
    ({ id: arm }) =>
      arm !== copra &&
      SHOWN.some(
        ({ id }) => keptVariance(result, id, arm, copra) !== null && storedVariance(result, id, arm, copra) === null,
      ),
  );
  return isApproximated
    ? `This result keeps what the images add against ${result.config.arms[0].name} alone: against the others the intervals approximate it, and where that cannot be done they are over seeds, on these images alone ([statistics.md](statistics.md#what-is-kept)). `
    : '';
}

/** A section of the page of results; empty while there is no saved result of the preset. */
export function controlsSection(results: ReadonlyMap<Preset, StudyResult>): string {
  const found = controlled(results);
  if (!found) return '';
  const { result, copra, others } = found;
  const rows = SHOWN.map((measure) => {
    const compared = others.map(({ id }) => compare(result, measure, id, copra.id));
    const known = compared.find((row) => row !== null);
    return [measure.name, known ? countText(known) : '–', ...compared.map(differenceCell)];
  });
  return `## Could something simpler explain it?

${copra.name} − every control ([study.md](study.md#controls)), in percentage points, with 95 % intervals over seeds and images where a cell says nothing else; **bold** where they exclude 0. ${approximationNote(result, copra.id)}A control that explains a finding leaves nothing of it in its column; a wide interval leaves that open.

${markdownTable(['measure', 'over', ...others.map(({ name }) => `against ${name}`)], rows)}

${others.map((other) => verdict(result, copra.id, other)).join('\n')}

`;
}
