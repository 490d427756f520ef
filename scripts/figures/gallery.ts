/** docs/gallery.md: every saved study with a picture, a sentence and a link. */
import { ablationsFewShots } from '../../src/study/presets/ablations-few-shots.ts';
import { ablations } from '../../src/study/presets/ablations.ts';
import { controls } from '../../src/study/presets/controls.ts';
import { federatedFewShots } from '../../src/study/presets/federated-few-shots.ts';
import { federated } from '../../src/study/presets/federated.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { full } from '../../src/study/presets/full.ts';
import { geometryFewShots } from '../../src/study/presets/geometry-few-shots.ts';
import { geometry } from '../../src/study/presets/geometry.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import { manyTasksFewShots } from '../../src/study/presets/many-tasks-few-shots.ts';
import { manyTasks } from '../../src/study/presets/many-tasks.ts';
import { mergeFewShots } from '../../src/study/presets/merge-few-shots.ts';
import { merge } from '../../src/study/presets/merge.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { listed } from '../../src/core/listed.ts';
import { captionOf, type CaptionedView } from './captions.ts';
import { pictureFile } from './paper-figures.ts';
import { fixed } from '../../src/core/number-format.ts';
import { presetDescription } from '../../src/study/presets/descriptions/preset-description.ts';
import { sixteenShots } from '../../src/study/presets/sixteen-shots.ts';
import { presetTime } from '../../src/study/presets/preset-time.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { REGIMES } from '../../src/study/schedules/regimes.ts';
import { threadsOf } from './preset-times.ts';
import type { SavedResults } from './saved.ts';

/** The figure that shows what a study is about. Studies without a saved result are left out until they have one. */
const SHOWN: readonly { readonly preset: Preset; readonly view: CaptionedView }[] = [
  { preset: fewShots, view: 'landscape' },
  { preset: sixteenShots, view: 'summary' },
  { preset: full, view: 'landscape' },
  { preset: geometryFewShots, view: 'plane' },
  { preset: geometry, view: 'plane' },
  { preset: learningRatesFewShots, view: 'sweep' },
  { preset: learningRates, view: 'sweep' },
  { preset: mergeFewShots, view: 'merging' },
  { preset: merge, view: 'merging' },
  { preset: manyTasksFewShots, view: 'many-tasks' },
  { preset: manyTasks, view: 'many-tasks' },
  { preset: federatedFewShots, view: 'federated' },
  { preset: federated, view: 'federated' },
  { preset: ablationsFewShots, view: 'summary' },
  { preset: ablations, view: 'summary' },
  { preset: controls, view: 'landscape' },
];

export function galleryPage(saved: SavedResults): string {
  return `# Gallery

Written by \`npm run figures\`. The page comes with these studies; each opens in a moment, with every figure, and can be run again or changed from there. Put what stands behind
“Open” behind the address of any copy of the page, such as \`http://localhost:4173/\` of \`npm start\`.

${SHOWN.filter(({ preset }) => preset.saved)
  .map(({ preset, view }) => entry(preset, view, saved))
  .join('\n\n')}

${furtherStudies(saved)}
`;
}

/** What has no picture here, and how long it takes to compute everything again. */
function furtherStudies(saved: SavedResults): string {
  const searches = REGIMES.filter((regime) => regime.saved).map(({ id }) => `\`?search=${id}\``);
  const others = [
    'spectra, sharpness and what is known along training (`?preset=why`)',
    'a map of sixteen studies (`?map=regime-map`)',
    '“Few images” with other training images (`?map=draws`)',
    ...(searches.length > 0 ? [`the search for a schedule (${listed(searches)})`] : []),
  ];
  const made = PRESETS.filter((preset) => preset.saved).map((preset) => saved(preset).provenance);
  const hours = (of: typeof made): string => fixed(of.reduce((sum, { seconds }) => sum + seconds, 0) / 3600, 1);
  const ofThread = made.filter(({ device }) => threadsOf(device) === 1);
  return `## More

The page also comes with ${listed(others)}. \`npm run figures\` computes the studies of all presets with saved results again, one after the other. A study that was interrupted goes on where it was; those that were finished before it are computed again, unless the rest is named: \`npm run figures -- PRESET …\`. The present ones took ${hours(made)} hours, ${hours(ofThread)} of them with one thread.`;
}

function entry(preset: Preset, view: CaptionedView, saved: SavedResults): string {
  return `## ${preset.name}

${presetDescription(preset.id)} ${presetTime(preset.id)}

![The study “${preset.name}”: ${view}](${pictureFile({ preset, view })})

${captionOf(view, saved(preset))}

Open: \`?preset=${preset.id}\``;
}
