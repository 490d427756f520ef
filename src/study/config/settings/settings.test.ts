import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../../core/language/catalogue.ts';
import { METHODS } from '../../../copra/methods/registry.ts';
import { ArmSchema, completeArm, plainArm, StudyConfigSchema } from '../config.ts';
import { defaultArm } from '../default-arm.ts';
import { SWEEP_SETTINGS } from '../sweep.ts';
import { helpOf, meaningsOf } from './help.ts';
import { settingHelp } from './help/messages.de.ts';
import { settingNames, settingValues } from './messages.de.ts';
import { ARM_ROWS, ARM_SETTINGS, matters } from './arm.ts';
import { ANALYSIS_IDS, analysisRowsOf, ANALYSIS_SETTINGS } from './analyses.ts';
import { switchedOn } from './analysis-rows.ts';
import { inSentence, usualOf, valueText, type Row } from './rows.ts';
import { SHARED_ROWS, SHARED_SETTINGS } from './shared.ts';
import { anySettings, anyValue } from './test-values.ts';
import { TRAINING_ROWS, TRAINING_SETTINGS } from './training.ts';

const arm = defaultArm('copra', 'a', 'A');
const OF_ANALYSES = ANALYSIS_IDS.flatMap((id) => analysisRowsOf(id).map(({ row, name }): [string, Row] => [name, row]));
const ALL: (readonly [string, Row])[] = [...ARM_ROWS, ...TRAINING_ROWS, ...SHARED_ROWS, ...OF_ANALYSES];

describe('the tables of settings', () => {
  it('have one row for every key of an arm, and of training', () => {
    expect(Object.keys(ArmSchema.entries)).toEqual(['id', 'name', 'method', ...Object.keys(ARM_SETTINGS)]);
    expect(Object.keys(StudyConfigSchema.entries.training.entries)).toEqual(Object.keys(TRAINING_SETTINGS));
  });

  it('have one row for every key of every analysis; one that is usually off may be absent', () => {
    const { entries } = StudyConfigSchema.entries.analyses;
    expect(Object.keys(entries).toSorted()).toEqual([...ANALYSIS_IDS, ...Object.keys(SHARED_SETTINGS)].toSorted());
    for (const id of ANALYSIS_IDS) {
      const entry = entries[id];
      const { enabled } = ANALYSIS_SETTINGS[id];
      expect(entry.type === 'optional', id).toBe(!enabled.usual);
      expect(v.is(entry, switchedOn(ANALYSIS_SETTINGS[id])), id).toBe(true);
    }
  });

  it('give no name and no key of addresses twice, inside and outside of an analysis', () => {
    const names = [...ARM_ROWS, ...TRAINING_ROWS, ...SHARED_ROWS].map(([, { label }]) => label);
    const outside = [...names, ...OF_ANALYSES.map(([name]) => name)];
    const inside = ANALYSIS_IDS.map((id) => Object.values(ANALYSIS_SETTINGS[id]).map(({ label }) => label));
    for (const words of [outside, ALL.map(([, { query }]) => query), ...inside])
      expect(new Set(words.map((word) => word.toLowerCase())).size).toBe(words.length);
  });

  it.each(ALL)('%s: the schema takes what the row says and nothing beyond, and every value has words', (_, row) => {
    if (row.usual !== null || !row.optional) expect(v.is(row.schema, row.usual)).toBe(true);
    fc.assert(
      fc.property(anyValue(row), (value) => {
        expect(v.is(row.schema, value)).toBe(true);
        expect(valueText(row, value)).not.toBe('');
      }),
    );
    if (row.kind === 'number') {
      for (const outside of [row.min - 1, row.max + 1, NaN, Infinity]) expect(v.is(row.schema, outside)).toBe(false);
      expect(v.is(row.schema, row.min + 0.005)).toBe(!('whole' in row));
    } else if (row.kind === 'limit') {
      for (const outside of [row.min - 1, row.max + 1, row.min + 0.5]) expect(v.is(row.schema, outside)).toBe(false);
      expect(v.is(row.schema, row.begin)).toBe(true);
    } else if (row.kind === 'numbers') {
      for (const outside of [row.min - 1, row.max + 1, NaN]) expect(v.is(row.schema, [outside])).toBe(false);
      expect(v.is(row.schema, [])).toBe(row.fewest === 0);
    } else if (row.kind === 'names') {
      expect(v.is(row.schema, Array(row.most + 1).fill('food'))).toBe(false);
    } else if (row.kind !== 'switch') {
      expect(v.is(row.schema, row.kind === 'many' ? ['else'] : 'else')).toBe(false);
      expect(v.is(row.schema, [])).toBe(row.kind === 'many' && row.none === true);
    }
  });

  it.each(SWEEP_SETTINGS)('$key: suggested values of a sweep are allowed', ({ key, suggested }) => {
    const values = suggested(completeArm(arm)[key]);
    expect(values.length).toBeGreaterThanOrEqual(3);
    for (const value of values) expect(v.is(ARM_SETTINGS[key].schema, value), String(value)).toBe(true);
  });
});

describe('a setting matters', () => {
  it('to the methods that list it, or to all', () => {
    for (const { id, settings } of METHODS)
      for (const [key] of ARM_ROWS) {
        const others = METHODS.some((method) => (method.settings as readonly string[]).includes(key));
        expect(matters(key, id)).toBe(!others || (settings as readonly string[]).includes(key));
      }
    expect(matters('rank', 'lora')).toBe(true);
    expect(matters('p0', 'lora')).toBe(false);
    expect(matters('p0', 'copra')).toBe(true);
  });
});

describe('arms', () => {
  it('are completed, and made plain again', () => {
    fc.assert(
      fc.property(anySettings(ARM_SETTINGS), (settings) => {
        const given = v.parse(ArmSchema, { ...arm, ...settings });
        const complete = completeArm(given);
        expect(Object.keys(complete).sort()).toEqual(Object.keys(ArmSchema.entries).sort());
        expect(completeArm(plainArm(given))).toEqual(complete);
        expect(plainArm(complete)).toEqual(plainArm(given));
      }),
    );
  });

  it('begin with lists of their own', () => {
    expect(usualOf(ARM_SETTINGS).projections).not.toBe(ARM_SETTINGS.projections.usual);
  });
});

it('labels are written small within a sentence, but for names', () => {
  expect(
    ['Weight decay', 'Warm-up steps', 'Initial p₀', 'DoRA', 'LoRA+ ratio', 'rsLoRA', 'Shapley values'].map(inSentence),
  ).toEqual(['weight decay', 'warm-up steps', 'initial p₀', 'DoRA', 'LoRA+ ratio', 'rsLoRA', 'Shapley values']);
});

describe('settings in German', () => {
  const GERMAN: Readonly<Record<string, object>> = { settingHelp, settingNames, settingValues };
  const speakGerman = (): void => speak('de', (area) => GERMAN[area] ?? null);
  afterEach(speakEnglish);

  it('have their names and the words of their values, and the English ones again after it', () => {
    const { learningRateSchedule } = TRAINING_SETTINGS;
    const english = [learningRateSchedule.label, valueText(learningRateSchedule, 'cosine')];
    speakGerman();
    expect([learningRateSchedule.label, valueText(learningRateSchedule, 'cosine')]).toEqual([
      'Verlauf der Lernrate',
      'Kosinus',
    ]);
    expect(valueText(ARM_SETTINGS.weightDecay, 0.01)).toBe('0,01');
    expect(valueText(ARM_SETTINGS.rsLora, true)).toBe('an');
    expect(valueText(ARM_SETTINGS.towers, ['vision', 'text'])).toBe('Bild Text');
    expect(valueText(SHARED_SETTINGS.testImages, null)).toBe('alle');
    expect(SHARED_SETTINGS.testImages.toggle).toBe('Testbilder begrenzen');
    expect(inSentence(ARM_SETTINGS.weightDecay.label)).toBe('Weight Decay');
    speakEnglish();
    expect([learningRateSchedule.label, valueText(learningRateSchedule, 'cosine')]).toEqual(english);
  });

  it.each(ALL)('%s: every value has words, which differ where the English ones do', (_, row) => {
    const told = (): string[] => {
      const options = row.kind === 'choice' ? Object.keys(row.options) : [];
      return options.map((option) => valueText(row, option));
    };
    const english = new Set(told()).size;
    speakGerman();
    expect(row.label).not.toBe('');
    expect(new Set(told()).size).toBe(english);
    expect(valueText(row, row.usual)).not.toBe('');
  });

  it('give no name twice inside and outside of an analysis', () => {
    speakGerman();
    const outside = [
      ...[...ARM_ROWS, ...TRAINING_ROWS, ...SHARED_ROWS].map(([, { label }]) => label),
      ...ANALYSIS_IDS.flatMap((id) => analysisRowsOf(id).map(({ name }) => name)),
    ];
    const inside = ANALYSIS_IDS.map((id) => Object.values(ANALYSIS_SETTINGS[id]).map(({ label }) => label));
    for (const words of [outside, ...inside]) expect(new Set(words).size).toBe(words.length);
  });

  it('name lists of tasks, and find the list of a value by it', () => {
    const [, tasks] = Object.entries(ANALYSIS_SETTINGS.multitask).find(([key]) => key === 'tasks')!;
    speakGerman();
    expect(valueText(tasks, tasks.usual)).toBe('Vier mitgelieferte');
    expect(tasks.kind === 'names' && tasks.lists['Teile der Aufgabe']).toEqual([]);
  });

  it('are explained, and rules of aggregation say whether they are exact', () => {
    const [, rules] = Object.entries(ANALYSIS_SETTINGS.federated).find(([key]) => key === 'rules')!;
    expect(meaningsOf(rules)?.fedit).toBe('A and B are averaged on their own. Not exact.');
    speakGerman();
    expect(helpOf(ARM_SETTINGS.rank)).toMatch(/^Breite r der Faktoren/);
    expect(meaningsOf(rules)?.fedit).toMatch(/ Nicht exakt\.$/);
  });

  it('keep English short names in names of arms', () => {
    speakGerman();
    const ramp = SWEEP_SETTINGS.find(({ key }) => key === 'rampFraction');
    expect([ramp?.label, ramp?.short]).toEqual(['Anteil der Rampe', 'ramp']);
  });
});
