import { ToggleButton } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { useServices } from '../context.ts';
import { BellIcon, BlockedBellIcon } from '../controls/icons.tsx';
import { InfoTip } from '../controls/InfoTip.tsx';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';

/** Offers to tell, where the page is hidden by then, that the study under way has ended. */
export function NotifyControl() {
  const { notify } = useServices();
  const state = useStore(notify, (store) => store.notify);
  if (state === 'unable') return null;
  const words = LIVE_WORDS.notifications;
  if (state === 'blocked')
    return (
      <InfoTip about={words.about} icon={<BlockedBellIcon />}>
        <p>{words.blocked}</p>
      </InfoTip>
    );
  return (
    <ToggleButton
      className={css.notify}
      isSelected={state === 'on'}
      onChange={(on) => (on ? void notify.turnOn() : notify.turnOff())}
    >
      <BellIcon />
      {state === 'on' ? words.on : words.off}
    </ToggleButton>
  );
}
