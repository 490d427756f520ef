import { useStore } from 'zustand/react';
import { COLLECT_WORDS } from '../../state/dataset/messages.ts';
import { useServices } from '../context.ts';
import shared from '../shared.module.css';

/** Tells screen readers where pictures went that were chosen, dropped or pasted. It stands before they come, otherwise it is not heard. */
export function CollectAnnouncer() {
  const brought = useStore(useServices().collect, (state) => state.brought);
  return (
    <p className={shared.hidden} role="status">
      {brought && COLLECT_WORDS.added(brought.images, brought.to.name, brought.to.images.length)}
    </p>
  );
}
