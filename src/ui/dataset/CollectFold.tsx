import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { lazily } from '../lazily.tsx';
import { DATASET_WORDS } from './messages.ts';

const Collect = lazily(async () => (await import('./Collect.tsx')).Collect);

export function CollectFold() {
  const { collect } = useServices();
  const shown = useStore(collect, (state) => state.shown);
  const count = useStore(collect, ({ classes }) => classes.reduce((sum, { images }) => sum + images.length, 0));
  return (
    <Fold
      key={shown}
      defaultOpen={shown > 0}
      title={DATASET_WORDS.collect.title}
      level={4}
      summary={count > 0 ? DATASET_WORDS.collect.pictures(count) : ''}
    >
      <Suspense>
        <Collect />
      </Suspense>
    </Fold>
  );
}
