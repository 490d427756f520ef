import { counted } from '../../core/counted.ts';
import { Suspense } from 'react';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { lazily } from '../lazily.ts';

const Collect = lazily(async () => (await import('./Collect.tsx')).Collect);

export function CollectFold() {
  const { collect } = useServices();
  const shown = useStore(collect, (state) => state.shown);
  const count = useStore(collect, ({ classes }) => classes.reduce((sum, { images }) => sum + images.length, 0));
  return (
    <Fold
      key={shown}
      defaultOpen={shown > 0}
      title="Camera and single pictures"
      level={4}
      summary={count > 0 ? counted(count, 'picture') : ''}
    >
      <Suspense>
        <Collect />
      </Suspense>
    </Fold>
  );
}
