import { Suspense, useEffect } from 'react';
import { useStore } from 'zustand/react';
import { without } from '../../core/without.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
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
import { lazily } from '../lazily.tsx';
import { STUDY_WORDS } from './messages.ts';
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
  const words = STUDY_WORDS.backbone;
  const set = (size: number) =>
    edit((config) => (size === own ? without(config, 'imageSize') : { ...config, imageSize: size }));
  return (
    <SettingRow
      label={words.inputSize}
      help={words.inputSizeHelp(patchSize)}
      defaultText={`${own} px`}
      onReset={imageSize === own ? null : () => set(own)}
    >
      <NumberInput
        label={words.inputSize}
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
  const { models: stored, transfer, error, left, use } = useStore(models);
  const chosen = useStudy((state) => state.config.backbone);
  const choose = useChooseBackbone();
  const backbone = useBackbone();
  const words = STUDY_WORDS.backbone;
  const status = useStudy((state) => state.status);
  // A study that begins, or cannot, tells of files that are gone.
  useEffect(() => void models.refresh(), [models, status]);
  const missing = stored !== null && !findBackbone(chosen, stored);
  const options = usableBackbones(stored).map(({ id, name, summary }) => ({ id, name, description: summary }));
  return (
    <section className={css.section} aria-labelledby="backbone-title" data-arrival="backbone" tabIndex={-1}>
      <div className={css.sectionHead}>
        <h3 id="backbone-title" className={css.sectionTitle}>
          {words.title}
        </h3>
        {backbone.link && !missing && (
          <a className={css.link} href={backbone.link}>
            {words.card}
          </a>
        )}
      </div>
      {missing && <ErrorText>{words.missing(chosen)}</ErrorText>}
      {options.length > 1 && (
        <Choice
          label={words.title}
          wide
          value={missing ? '' : chosen}
          placeholder={words.choose}
          options={options}
          onChange={choose}
        />
      )}
      {!missing && (
        <>
          <p className={css.lead}>
            <strong>{backbone.name}</strong>
            {words.frozen} {backbone.summary}
          </p>
          <ModelFacts card={backbone} />
          <InputSize />
        </>
      )}
      {transfer && <TransferLine transfer={transfer} onCancel={() => models.cancel()} />}
      {error && <ErrorText>{error()}</ErrorText>}
      {left !== null && left !== chosen && (
        <p role="status" className={css.note}>
          {words.left(splitModelId(left)?.name ?? left)}
        </p>
      )}
      <div className={css.folds}>
        {backbone.facts.text && !missing && <PromptsFold />}
        <Fold title={words.another} level={4}>
          <Suspense>
            <GetBackbone />
          </Suspense>
        </Fold>
        <Fold
          title={words.onDevice}
          level={4}
          summary={stored && use ? words.stored(stored.length, megabytes(use.used)) : ''}
        >
          <Suspense>
            <ModelsOnDevice />
          </Suspense>
        </Fold>
      </div>
    </section>
  );
}
