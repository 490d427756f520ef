import { counted } from '../../core/counted.ts';
import { Suspense, useEffect } from 'react';
import { useStore } from 'zustand/react';
import { without } from '../../core/without.ts';
import { findBackbone, usableBackbones } from '../../state/models/backbones.ts';
import { megabytes } from '../backbone/amounts.ts';
import { ModelFacts } from '../backbone/ModelFacts.tsx';
import { PromptsFold } from '../backbone/PromptsFold.tsx';
import { TransferLine } from '../backbone/TransferLine.tsx';
import { useBackbone, useEditConfig, useImageSize, useServices, useStudy } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { Fold } from '../controls/Fold.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { lazily } from '../lazily.ts';
import css from './study.module.css';
import { useChooseBackbone } from './use-choose-backbone.ts';
import { ErrorText } from '../controls/ErrorText.tsx';

const GetBackbone = lazily(async () => (await import('../backbone/GetBackbone.tsx')).GetBackbone);
const ModelsOnDevice = lazily(async () => (await import('../backbone/ModelsOnDevice.tsx')).ModelsOnDevice);

function InputSize() {
  const { imageSize: own, facts } = useBackbone();
  const imageSize = useImageSize();
  const edit = useEditConfig();
  const { patchSize } = facts.vision;
  const set = (size: number) =>
    edit((config) => (size === own ? without(config, 'imageSize') : { ...config, imageSize: size }));
  return (
    <SettingRow
      label="Input size"
      help={`Side of the images in pixels, a multiple of the patch size (${patchSize}). Smaller images are much faster; the position embeddings are interpolated.`}
      defaultText={`${own} px`}
      onReset={imageSize === own ? null : () => set(own)}
    >
      <NumberInput
        label="Input size"
        value={imageSize}
        min={patchSize}
        max={Math.floor(1024 / patchSize) * patchSize}
        step={patchSize}
        onChange={(size) => set(Math.max(patchSize, Math.round(size / patchSize) * patchSize))}
      />
    </SettingRow>
  );
}

export function BackboneSection() {
  const { models } = useServices();
  const { models: stored, transfer, error, use } = useStore(models);
  const chosen = useStudy((state) => state.config.backbone);
  const choose = useChooseBackbone();
  const backbone = useBackbone();
  useEffect(() => void models.refresh(), [models]);
  const missing = stored !== null && !findBackbone(chosen, stored);
  const options = usableBackbones(stored).map(({ id, name, summary }) => ({ id, name, description: summary }));
  return (
    <section className={css.section} aria-labelledby="backbone-title">
      <div className={css.sectionHead}>
        <h3 id="backbone-title" className={css.sectionTitle}>
          Backbone
        </h3>
        {backbone.link && !missing && (
          <a className={css.link} href={backbone.link}>
            Model card
          </a>
        )}
      </div>
      {missing && (
        <ErrorText>
          The backbone {chosen} of this study is not on this device. Get it below, or choose another.
        </ErrorText>
      )}
      {options.length > 1 && (
        <Choice label="Backbone" wide value={missing ? '' : chosen} options={options} onChange={choose} />
      )}
      {!missing && (
        <>
          <p className={css.lead}>
            <strong>{backbone.name}</strong>, frozen. {backbone.summary}
          </p>
          <ModelFacts card={backbone} />
          <InputSize />
        </>
      )}
      {transfer && <TransferLine transfer={transfer} onCancel={() => models.cancel()} />}
      {error && <ErrorText>{error}</ErrorText>}
      <div className={css.folds}>
        {backbone.facts.text && !missing && <PromptsFold />}
        <Fold title="Get another backbone" level={4}>
          <Suspense>
            <GetBackbone />
          </Suspense>
        </Fold>
        <Fold
          title="Models on this device"
          level={4}
          summary={stored && use ? `${counted(stored.length, 'model')}, ${megabytes(use.used)}` : ''}
        >
          <Suspense>
            <ModelsOnDevice />
          </Suspense>
        </Fold>
      </div>
    </section>
  );
}
