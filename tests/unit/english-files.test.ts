/** What files, links and addresses hold is the same, whatever language the page speaks. */
import { afterAll, describe, expect, it } from 'vitest';
import { smallClipBase as base } from '../fixtures/adapter-base.ts';
import { mapResultFixture } from '../fixtures/map-result.ts';
import { withPredictions } from '../fixtures/predictions.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';
import { randomAdapter, smallLayout } from '../../src/copra/test-layouts.ts';
import { speakEnglish } from '../../src/core/language/catalogue.ts';
import { PSEUDO } from '../../src/core/language/locale.ts';
import { loadLanguage } from '../support/load-language.ts';
import { adapterReadme } from '../../src/share/adapter/readme.ts';
import { configToQuery } from '../../src/share/config/config-query.ts';
import { mapCsv } from '../../src/share/csv/map-csv.ts';
import { confusionsCsv, predictionsCsv } from '../../src/share/csv/predictions-csv.ts';
import { sweepCsv } from '../../src/share/csv/sweep-csv.ts';
import { encodeResultLink } from '../../src/share/link/result-link.ts';
import { pythonFiles } from '../../src/share/python/python-files.ts';
import { reportHtml } from '../../src/share/report/report-html.ts';
import { armPointsCsv } from '../../src/state/summary/arm-points.ts';
import { summaryCsv } from '../../src/state/summary/summary-csv.ts';
import { sweepOf } from '../../src/study/config/sweep.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import { quick } from '../../src/study/presets/quick.ts';
import { confusionsOf } from '../../src/study/predictions/confusions.ts';

const { config: study } = quick;
const result = withPredictions(studyResultFixture({ seeds: 2 }), 100);
const layout = smallLayout();
const sweep = sweepOf(learningRates.config);

const files = () => ({
  report: reportHtml({
    result,
    origin: '',
    origins: { weights: [], counts: null },
    figures: [],
    language: 'en',
    thumbnails: [],
  }),
  readme: adapterReadme({
    name: 'CopRA',
    base,
    baseModel: 'someone/vit',
    revision: null,
    folder: null,
    weights: [],
    naming: 'v5',
    classes: [],
    adapter: { layout, scale: 0.5, values: randomAdapter(layout, 1) },
    provenance: {
      kind: 'run',
      arm: study.arms[1],
      seed: 3,
      study,
      taskName: null,
      gates: { steps: 10, activeSteps: [4, 5, 6, 7] },
      players: layout.players,
      classes: [],
      hasPrompts: false,
      testAccuracy: 0.5375,
      testImages: 800,
      frozen: null,
    },
  }),
  python: pythonFiles({ ...study, training: { ...study.training, steps: 20_000 } }, null),
  map: mapCsv(mapResultFixture()),
  predictions: predictionsCsv(result),
  confusions: confusionsCsv(result, confusionsOf(result)),
  summary: summaryCsv(result),
  points: armPointsCsv(result),
  sweep: sweep && sweepCsv({ ...result, config: learningRates.config }, sweep),
  link: encodeResultLink(result).fragment,
  addresses: [study, learningRates.config].map(configToQuery),
});

describe('files, links and addresses', () => {
  afterAll(speakEnglish);
  const english = files();

  it.each(['de', PSEUDO] as const)('are the same while the page speaks %s', async (locale) => {
    await loadLanguage(locale);
    expect(files()).toEqual(english);
  });
});
