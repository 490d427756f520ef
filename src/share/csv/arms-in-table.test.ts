import { describe, expect, it } from 'vitest';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { readJsonFile } from '../../../tests/support/files.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { controls } from '../../study/presets/controls.ts';
import { presets } from '../../study/presets/messages.de.ts';
import { withShownArms } from '../../study/presets/shown-arms.ts';
import { confusionsOf } from '../../study/predictions/confusions.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { domainsCsv } from '../analyses/domains/csv.ts';
import { federatedAttendanceCsv, federatedCsv, federatedErrorCsv } from '../analyses/federated/csv.ts';
import { geometryCsv } from '../analyses/geometry/csv.ts';
import { landscapeCsv } from '../analyses/landscape/csv.ts';
import { mergingCsv } from '../analyses/merging/csv.ts';
import { multitaskCsv } from '../analyses/multitask/csv.ts';
import { planeCsv } from '../analyses/plane/csv.ts';
import { pruningCsv } from '../analyses/pruning/csv.ts';
import { interactionsCsv, layerSetsCsv } from '../analyses/shapley/coalitions-csv.ts';
import { shapleyCsv } from '../analyses/shapley/csv.ts';
import { sharpnessCsv } from '../analyses/sharpness/csv.ts';
import { spectraCsv } from '../analyses/spectra/csv.ts';
import { timelineCsv } from '../analyses/timeline/csv.ts';
import { timingCsv } from '../analyses/timing/csv.ts';
import { armsInTable } from './arms-in-table.ts';
import { mapCsv } from './map-csv.ts';
import { picturePathCsv } from './picture-path-csv.ts';
import { confusionsCsv, predictionsCsv } from './predictions-csv.ts';
import { trainingCsv } from './training-csv.ts';

/** Calls every arm otherwise than its id. */
const renamed = (result: StudyResult): StudyResult => ({
  ...result,
  config: { ...result.config, arms: result.config.arms.map((arm) => ({ ...arm, name: `My ${arm.id}` })) },
});

const saved = (name: string): StudyResult =>
  renamed((readJsonFile(`tests/golden/links/${name}.json`) as { result: StudyResult }).result);

const columnsOf = (text: string, of: RegExp): string[] => {
  const [head, ...rows] = text
    .trim()
    .split('\r\n')
    .map((line) => line.replaceAll(/"[^"]*"/g, '').split(','));
  return head.flatMap((name, i) => (of.test(name) ? rows.map((row) => row[i]) : []));
};

const answered = renamed(withPredictions(studyResultFixture({ seeds: 2 }), 100));
const path = { arm: 'copra', seeds: [0, 1] as const, certainty: [0.5], predicted: [0] };

const tables: Record<string, () => string> = {
  training: () => trainingCsv(answered),
  landscape: () => landscapeCsv(answered),
  pruning: () => pruningCsv(answered),
  shapley: () => shapleyCsv(answered),
  predictions: () => predictionsCsv(answered),
  confusions: () => confusionsCsv(answered, confusionsOf(answered)),
  'path of a picture': () => picturePathCsv(answered, [path], [0.5]),
  merging: () => mergingCsv(saved('r2-merge')),
  multitask: () => multitaskCsv(saved('r2-many-tasks')),
  planes: () => planeCsv(saved('r2-geometry')),
  geometry: () => geometryCsv(saved('r2-geometry')),
  domains: () => domainsCsv(saved('r2-other-domains')),
  sharpness: () => sharpnessCsv(saved('r2-sharpness')),
  spectra: () => spectraCsv(saved('r2-spectra')),
  timeline: () => timelineCsv(saved('r2-along-training'), () => null),
  timing: () => timingCsv(saved('r2-timing')),
  federated: () => federatedCsv(saved('r2-federated')),
  'error of averaging': () => federatedErrorCsv(saved('r2-federated')),
  attendance: () => federatedAttendanceCsv(saved('r2-attendance')),
  interactions: () => interactionsCsv(saved('r2-every-coalition')),
  'sets of layers': () => layerSetsCsv(saved('r2-every-coalition')),
};

describe('arms in tables', () => {
  it.each(Object.entries(tables))('are called as on the page: %s', (_, write) => {
    const arms = new Set(columnsOf(write(), /(^|_)arm$/));
    expect(arms).toContain('My copra');
    expect(arms).not.toContain('copra');
    expect(arms).not.toContain('lora');
  });

  it('are called as on the page in the head of a map', () => {
    const { config, ...map } = mapResultFixture();
    const arms = config.study.arms.map((arm) => ({ ...arm, name: `My ${arm.id}` }));
    const [head] = mapCsv({ ...map, config: { ...config, study: { ...config.study, arms } } }).split('\r\n');
    expect(head).toContain(',My lora,My copra,');
    expect(head).toContain(',diverged_My lora,diverged_My copra,');
  });

  it('are called as they are stored where the page calls them in its language', () => {
    speak('de', (area) => (area === 'presets' ? presets : null));
    const shown = withShownArms(controls.config);
    expect(shown.arms.at(-1)?.name).toBe('Layer Drop mit fester Rate');
    expect(armsInTable({ config: shown })('layer-drop')).toBe('Constant layer drop');
    speakEnglish();
  });

  it('stay apart where two have one name', () => {
    const arms = ['lora', 'copra', 'copra-2'].map((id) => ({ id, name: id === 'lora' ? 'LoRA' : 'CopRA' }));
    expect(arms.map(({ id }) => armsInTable({ config: { arms } })(id))).toEqual(['LoRA', 'CopRA', 'CopRA-2']);
  });
});
