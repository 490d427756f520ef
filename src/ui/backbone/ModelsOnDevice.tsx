/** Models stored on this device, their sizes, and the free space. */
import { useStore } from 'zustand/react';
import type { StoredModel } from '../../model/hub/manifest.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import { useChooseArriving, useChooseBackbone } from '../study/use-choose-backbone.ts';
import { megabytes } from './amounts.ts';
import css from './backbone.module.css';
import shared from '../shared.module.css';
import { BACKBONE_WORDS } from './messages.ts';

function ModelRow({ model }: { model: StoredModel }) {
  const { models } = useServices();
  const words = BACKBONE_WORDS.onDevice;
  const busy = useStore(models, (state) => state.transfer !== null);
  const current = useStudy((state) => state.config.backbone);
  const running = useStudy((state) => state.status !== 'idle');
  const choose = useChooseBackbone();
  const chooseArriving = useChooseArriving();
  const { id, bytes, manifest, unfinished } = model;
  const name = splitModelId(id)?.name ?? id;
  return (
    <li className={css.row}>
      <div>
        <p className={shared.rowTitle}>{name}</p>
        <p className={shared.rowFacts}>
          {manifest
            ? megabytes(bytes)
            : words.unfinished(megabytes(bytes), unfinished ? megabytes(unfinished.totalBytes) : null)}
          {id === current && words.inUse}
        </p>
      </div>
      <span className={css.actions}>
        {manifest && id !== current && (
          <Button aria-label={BACKBONE_WORDS.takeThis(name)} onPress={() => choose(id)}>
            {BACKBONE_WORDS.take}
          </Button>
        )}
        {!manifest && unfinished && !unfinished.request.startsWith('local/') && (
          <Button
            aria-label={words.continueThis(name)}
            isDisabled={busy}
            onPress={() => void chooseArriving(models.fetch(unfinished.request))}
          >
            {words.continue}
          </Button>
        )}
        <Button
          aria-label={words.deleteThis(name)}
          isDisabled={busy || (running && id === current)}
          onPress={() => void models.remove(id)}
        >
          {words.delete}
        </Button>
      </span>
    </li>
  );
}

export function ModelsOnDevice() {
  const { models } = useServices();
  const words = BACKBONE_WORDS.onDevice;
  const { models: stored, use } = useStore(models);
  return (
    <div className={css.stack}>
      {stored?.length === 0 && <p className={study.note}>{words.none}</p>}
      <ul className={shared.rows} aria-label={words.label}>
        {(stored ?? []).map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </ul>
      {use && (
        <p className={study.note}>{words.space(megabytes(use.used), use.free === null ? null : megabytes(use.free))}</p>
      )}
    </div>
  );
}
