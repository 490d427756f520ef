/** Models stored on this device, their sizes, and the free space. */
import { useStore } from 'zustand/react';
import type { StoredModel } from '../../model/hub/manifest.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import study from '../study/study.module.css';
import { useChooseBackbone } from '../study/use-choose-backbone.ts';
import { megabytes } from './amounts.ts';
import css from './backbone.module.css';
import shared from '../shared.module.css';

function ModelRow({ model }: { model: StoredModel }) {
  const { models } = useServices();
  const busy = useStore(models, (state) => state.transfer !== null);
  const current = useStudy((state) => state.config.backbone);
  const running = useStudy((state) => state.status !== 'idle');
  const choose = useChooseBackbone();
  const { id, bytes, manifest, unfinished } = model;
  const name = splitModelId(id)?.name ?? id;
  const resume = async (request: string) => {
    const done = await models.fetch(request);
    if (done) choose(done.id);
  };
  return (
    <li className={css.row}>
      <div>
        <p className={shared.rowTitle}>{name}</p>
        <p className={shared.rowFacts}>
          {manifest
            ? megabytes(bytes)
            : `unfinished: ${megabytes(bytes)}${unfinished ? ` of ${megabytes(unfinished.totalBytes)}` : ''}`}
          {id === current && ' · in use'}
        </p>
      </div>
      <span className={css.actions}>
        {manifest && id !== current && (
          <Button aria-label={`Use ${name}`} onPress={() => choose(id)}>
            Use
          </Button>
        )}
        {!manifest && unfinished && !unfinished.request.startsWith('local/') && (
          <Button aria-label={`Continue ${name}`} isDisabled={busy} onPress={() => void resume(unfinished.request)}>
            Continue
          </Button>
        )}
        <Button
          aria-label={`Delete ${name}`}
          isDisabled={busy || (running && id === current)}
          onPress={() => void models.remove(id)}
        >
          Delete
        </Button>
      </span>
    </li>
  );
}

export function ModelsOnDevice() {
  const { models } = useServices();
  const { models: stored, use } = useStore(models);
  return (
    <div className={css.stack}>
      {stored?.length === 0 && <p className={study.note}>None yet: the bundled backbone is part of the page.</p>}
      <ul className={shared.rows} aria-label="Models on this device">
        {(stored ?? []).map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </ul>
      {use && (
        <p className={study.note}>
          {megabytes(use.used)} in use{use.free !== null && `, ${megabytes(use.free)} free for this page`}.
        </p>
      )}
    </div>
  );
}
