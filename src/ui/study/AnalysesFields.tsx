import { counted } from '../../core/counted.ts';
import { Suspense } from 'react';
import { studyCost } from '../../state/study/cost.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { FEDERATED } from '../../study/analyses/federated/settings.ts';
import { MANY_TASKS } from '../../study/analyses/multitask/defaults.ts';
import { MERGING } from '../../study/analyses/merging/defaults.ts';
import { useBackbone, useEditConfig, useStudy } from '../context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import { integer } from '../format.ts';
import { lazily } from '../lazily.ts';
import { ANALYSIS_NAMES } from './analysis-names.ts';
import css from './study.module.css';

type Analyses = StudyConfig['analyses'];

const DEFAULTS: Analyses = PRESETS[0].config.analyses;

/** Behind a fold and longer than the rest of it, so it comes after first paint. */
const ShapleySettings = lazily(async () => (await import('./ShapleySettings.tsx')).ShapleySettings);

const FederatedSettings = lazily(async () => (await import('./FederatedSettings.tsx')).FederatedSettings);

const MultitaskSettings = lazily(async () => (await import('./MultitaskSettings.tsx')).MultitaskSettings);
const LandscapeSettings = lazily(async () => (await import('./GeometrySettings.tsx')).LandscapeSettings);
const GeometryAnalyses = lazily(async () => (await import('./GeometrySettings.tsx')).GeometryAnalyses);

const HELP = {
  landscape: 'Accuracy and loss between the adapters of every pair of seeds.',
  shapley: 'What every layer contributes, by trying coalitions of layers.',
  pruning: 'Accuracy with layers switched off and with weights set to zero.',
} as const;

function MergingSettings() {
  const merging = useStudy((state) => state.config.analyses.merging) ?? MERGING;
  const edit = useEditConfig();
  const setDensity = (density: number) =>
    edit((old) => ({ ...old, analyses: { ...old.analyses, merging: { ...merging, density } } }));
  return (
    <div className={css.nested}>
      <SettingRow
        label="Entries kept"
        help="The share of the entries that TIES, DARE and magnitude merging keep. The published values lie between 0.1 and 0.5."
        defaultText={String(MERGING.density)}
        onReset={merging.density !== MERGING.density ? () => setDensity(MERGING.density) : null}
      >
        <NumberInput label="Share of entries kept" value={merging.density} min={0.01} max={1} onChange={setDensity} />
      </SettingRow>
    </div>
  );
}

/** Settings of every analysis. */
export function AnalysesFields() {
  const config = useStudy((state) => state.config);
  const edit = useEditConfig();
  const backbone = useBackbone();
  const { analyses } = config;
  const cost = studyCost(config, backbone);
  const change = (patch: Partial<Analyses>) => edit((old) => ({ ...old, analyses: { ...old.analyses, ...patch } }));
  const costs = {
    landscape: `${counted(cost.landscape, 'evaluation')}, ${counted(cost.seedPairs, 'pair of seeds', 'pairs of seeds')}`,
    shapley: `${counted(cost.coalitions, 'coalition')} × ${counted(analyses.shapley.images, 'image')}`,
    pruning: counted(cost.pruning, 'evaluation'),
    merging: `${counted(cost.merging, 'merge')}, those with a factor at ${counted((analyses.merging ?? MERGING).scales.length, 'value')} of it`,
    federated: counted(cost.federated, 'client step'),
  };
  const merges = analyses.merging?.enabled ?? false;
  const federates = analyses.federated?.enabled ?? false;
  const many = analyses.multitask?.enabled ?? false;
  return (
    <>
      {(['landscape', 'shapley', 'pruning'] as const).map((key) => (
        <div key={key} className={css.analysis}>
          <SettingRow
            label={ANALYSIS_NAMES[key]}
            help={HELP[key]}
            defaultText={DEFAULTS[key].enabled ? 'on' : 'off'}
            onReset={
              analyses[key].enabled !== DEFAULTS[key].enabled
                ? () => change({ [key]: { ...analyses[key], enabled: DEFAULTS[key].enabled } })
                : null
            }
          >
            <Toggle
              label={ANALYSIS_NAMES[key]}
              value={analyses[key].enabled}
              onChange={(on) => change({ [key]: { ...analyses[key], enabled: on } })}
            />
          </SettingRow>
          {analyses[key].enabled && <p className={css.cost}>{costs[key]}</p>}
          {key === 'landscape' && analyses.landscape.enabled && (
            <Suspense>
              <LandscapeSettings />
            </Suspense>
          )}
          {key === 'shapley' && analyses.shapley.enabled && (
            <Suspense>
              <ShapleySettings />
            </Suspense>
          )}
        </div>
      ))}
      <Suspense>
        <GeometryAnalyses points={cost.plane} />
      </Suspense>
      <div className={css.analysis}>
        <SettingRow
          label={ANALYSIS_NAMES.merging}
          help="All seeds of an arm merged into one adapter, in every way there is, against single runs and an ensemble."
          defaultText="off"
          onReset={merges ? () => change({ merging: undefined }) : null}
        >
          <Toggle
            label={ANALYSIS_NAMES.merging}
            value={merges}
            onChange={(on) => change({ merging: on ? { ...(analyses.merging ?? MERGING), enabled: true } : undefined })}
          />
        </SettingRow>
        {merges && <p className={css.cost}>{costs.merging}</p>}
        {merges && <MergingSettings />}
      </div>
      <div className={css.analysis}>
        <SettingRow
          label={ANALYSIS_NAMES.federated}
          help="The arms trained again by clients with images of their own, whose adapters are aggregated round by round."
          defaultText="off"
          onReset={federates ? () => change({ federated: undefined }) : null}
        >
          <Toggle
            label={ANALYSIS_NAMES.federated}
            value={federates}
            onChange={(on) =>
              change({ federated: on ? { ...(analyses.federated ?? FEDERATED), enabled: true } : undefined })
            }
          />
        </SettingRow>
        {federates && <p className={css.cost}>{costs.federated}</p>}
        {federates && (
          <Suspense>
            <FederatedSettings />
          </Suspense>
        )}
      </div>
      <div className={css.analysis}>
        <SettingRow
          label={ANALYSIS_NAMES.multitask}
          help="The arms are also trained on further tasks, one adapter per task; these are merged into one and tested on all tasks."
          defaultText="off"
          onReset={many ? () => change({ multitask: undefined }) : null}
        >
          <Toggle
            label={ANALYSIS_NAMES.multitask}
            value={many}
            onChange={(on) =>
              change({ multitask: on ? { ...(analyses.multitask ?? MANY_TASKS), enabled: true } : undefined })
            }
          />
        </SettingRow>
        {many && <p className={css.cost}>{integer(cost.otherTasks)} further training steps</p>}
        {many && (
          <Suspense>
            <MultitaskSettings />
          </Suspense>
        )}
      </div>
      <SettingRow
        label="Test images"
        help="Upper limit of the test images used by landscape, pruning, merging and federated training. Fewer images are faster and noisier."
        defaultText={DEFAULTS.testImages === null ? 'all' : integer(DEFAULTS.testImages)}
        onReset={analyses.testImages !== DEFAULTS.testImages ? () => change({ testImages: DEFAULTS.testImages }) : null}
      >
        <span className={css.inline}>
          {analyses.testImages !== null && (
            <NumberInput
              label="Test images"
              value={analyses.testImages}
              min={1}
              max={100000}
              onChange={(count) => change({ testImages: Math.round(count) })}
            />
          )}
          <Toggle
            label="Limit test images"
            value={analyses.testImages !== null}
            onChange={(on) => change({ testImages: on ? (DEFAULTS.testImages ?? 400) : null })}
          />
        </span>
      </SettingRow>
    </>
  );
}
